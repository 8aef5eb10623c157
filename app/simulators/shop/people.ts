/** Where customers live, and how people and towns are called there. */
export interface Land {
  country: string
  currency: string
  dial: string
  given: string[]
  family: string[]
  cities: string[]
  /** Family name first, without a space where the script has none. */
  familyFirst?: '' | ' '
}

const words = (text: string) => text.split(' ')

export const lands: Land[] = [
  {
    country: 'DE',
    currency: 'EUR',
    dial: '+49 30',
    given: words('Jürgen Käthe Björn Anneliese Günther Sören Mathilda Özgür Leni Karl-Heinz'),
    family: words('Müller Groß Schäfer Weiß Köhler Vögele Straßer Öztürk Lindgrün Böhm'),
    cities: words('Berlin München Köln Düsseldorf Nürnberg Görlitz'),
  },
  {
    country: 'FR',
    currency: 'EUR',
    dial: '+33 1',
    given: words('Hélène François Maëlys Loïc Zoé Jean-Noël Gaëlle Cédric Inès Théo'),
    family: words("Lefèvre Gonçalves D'Aubigné Bézier Château Hénault Garçon Nuñez L'Hôte Prévôt"),
    cities: ['Besançon', 'Nîmes', 'Orléans', 'Saint-Étienne', 'Paris'],
  },
  {
    country: 'PL',
    currency: 'PLN',
    dial: '+48 22',
    given: words('Łukasz Małgorzata Grażyna Wojciech Zażółcia Świętosław Bożena Jędrzej'),
    family: words('Wąsik Źrebiec Dąbrowska Kołodziej Święch Ćwikła Łęcka Gżegżółka'),
    cities: ['Łódź', 'Kraków', 'Gdańsk', 'Poznań', 'Wrocław'],
  },
  {
    country: 'TR',
    currency: 'TRY',
    dial: '+90 212',
    given: words('İbrahim Çiğdem Şule Oğuz Gülşah Ümit Işıl Barış'),
    family: words('Yıldız Çelik Şahin Öz Kılıç Güneş Doğan Aydın'),
    cities: ['İstanbul', 'İzmir', 'Diyarbakır', 'Eskişehir'],
  },
  {
    country: 'SE',
    currency: 'SEK',
    dial: '+46 8',
    given: words('Åsa Björn Örjan Märta Göran Linnéa Håkan Elsie'),
    family: words('Ångström Söderberg Öhman Lindström Åkesson Björk Sjöö Hägglund'),
    cities: ['Malmö', 'Göteborg', 'Umeå', 'Stockholm'],
  },
  {
    country: 'ES',
    currency: 'EUR',
    dial: '+34 91',
    given: ['Iñigo', 'Begoña', 'José María', 'Lucía', 'Ángel', 'Noemí', 'Xènia', 'Andrés'],
    family: ['Peña Ruiz', 'Ibáñez Gil', 'Muñoz', 'Güell i Pons', 'Álvarez', 'de la Cruz'],
    cities: ['A Coruña', 'Cádiz', 'Málaga', 'Logroño'],
  },
  {
    country: 'GR',
    currency: 'EUR',
    dial: '+30 21',
    given: words('Γιώργος Ελένη Χρήστος Αγγελική Σπύρος Ειρήνη'),
    family: words('Παπαδόπουλος Ξυδάκης Ψαρρού Θεοδωρίδης Ζαχαρίου Φωτίου'),
    cities: ['Αθήνα', 'Θεσσαλονίκη', 'Πάτρα'],
  },
  {
    country: 'UA',
    currency: 'UAH',
    dial: '+380 44',
    given: words('Олександр Їванка Юлія Ґеорґій Наталя Є́ва Сергій'),
    family: words('Шевченко Ґудзь Кравець Щербак Юрченко Їжакевич'),
    cities: ['Київ', 'Львів', 'Чернівці'],
  },
  {
    country: 'JP',
    currency: 'JPY',
    dial: '+81 3',
    given: words('さくら 太郎 美咲 健一 陽菜 翔太'),
    family: words('佐藤 鈴木 髙橋 渡邉 𠮷田 小林'),
    cities: ['東京', '大阪', '札幌', '京都'],
    familyFirst: ' ',
  },
  {
    country: 'CN',
    currency: 'CNY',
    dial: '+86 10',
    given: words('伟 秀英 娜 敏 静 志强'),
    family: words('王 李 张 刘 陈 欧阳'),
    cities: ['北京', '上海', '深圳', '成都'],
    familyFirst: '',
  },
  {
    country: 'IN',
    currency: 'INR',
    dial: '+91 44',
    given: words('Aarav Lakshmi अर्जुन प्रिया Sai தமிழ் கவிதா Mohammed'),
    family: words('Iyer Sharma शर्मा வேலு Krishnamurthy Khan पटेल Reddy'),
    cities: ['Chennai', 'मुंबई', 'Tenkasi', 'Bengaluru'],
  },
  {
    country: 'EG',
    currency: 'EGP',
    dial: '+20 2',
    given: words('محمد فاطمة يوسف مريم أحمد ليلى'),
    family: words('حسن عبدالله المصري إبراهيم نجيب'),
    cities: ['القاهرة', 'الإسكندرية', 'أسوان'],
  },
  {
    country: 'BR',
    currency: 'BRL',
    dial: '+55 11',
    given: words('João Conceição Antônio Letícia Caetano Flávia Ícaro Úrsula'),
    family: ['Gonçalves', 'da Conceição', 'Araújo', 'Magalhães', 'Simões', 'Brandão'],
    cities: ['São Paulo', 'Brasília', 'Florianópolis', 'Belém'],
  },
  {
    country: 'GB',
    currency: 'GBP',
    dial: '+44 20',
    given: words('Siobhán Oliver Zoë Niamh George Chloë Rhys Amelia'),
    family: words("O'Brien Smith-Jones Brontë MacDonald Llewellyn Patel O’Neill Featherstonehaugh"),
    cities: ['London', 'Bury St Edmunds', 'Stoke-on-Trent', 'Llanfairpwll'],
  },
  {
    country: 'US',
    currency: 'USD',
    dial: '+1 212',
    given: words('Jackson Renée Sofía DeShawn Mary-Ann Chloé Miguel Grace'),
    family: ['Nguyen', "D'Angelo", 'García', 'Smith', 'Washington Jr.', 'Kowalski', 'Peña'],
    cities: ['New York', 'Cañon City', 'San José', "Coeur d'Alene"],
  },
]
