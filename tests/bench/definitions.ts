const mapping = [
  { to: 'Order_Ref', from: 'number' },
  { to: 'Deal_Name', formula: 'source.customer_name + " #" + source.number' },
  { to: 'Amount', from: 'total', as: 'decimal' },
  { to: 'Closing_Date', from: 'ordered_at', as: 'date' },
  {
    to: 'Stage',
    from: 'status',
    table: { paid: 'Closed Won', shipped: 'Closed Won', cancelled: 'Closed Lost' },
    default: 'Qualification',
  },
  { to: 'Customer_Email', from: 'customer_email' },
  { to: 'Customer_Phone', from: 'phone' },
  { to: 'City', from: 'city' },
  { to: 'Country', from: 'country' },
  { to: 'Item_Count', from: 'item_count' },
  { to: 'Is_Gift', from: 'is_gift', as: 'boolean' },
  { to: 'Description', from: 'notes' },
]

/** Fields that the simulator's deals have too. */
export const plainFields = ['Order_Ref', 'Deal_Name', 'Amount', 'Stage', 'Customer_Email']

/** Four of the twelve fields, worked out where `mapping` copies or looks up. */
const formulas = [
  { to: 'Deal_Name', formula: 'source.customer_name + " #" + source.number' },
  {
    to: 'Stage',
    formula:
      'source.status == "paid" || source.status == "shipped" ? "Closed Won" : source.status == "cancelled" ? "Closed Lost" : "Qualification"',
  },
  { to: 'Customer_Phone', formula: 'trim(coalesce(source.phone, ""))' },
  { to: 'City', formula: 'text(source.city) + ", " + text(source.country)' },
]

export interface Wish {
  /** Only these of the twelve. */
  fields?: string[]
  hasFormulas?: boolean
}

function rowsOf({ fields, hasFormulas = false }: Wish) {
  const kept = mapping.filter(({ to }) => fields?.includes(to) ?? true)
  return hasFormulas ? kept.map((row) => formulas.find(({ to }) => to === row.to) ?? row) : kept
}

/** The service that is measured, as `service:apply` reads it. JSON is YAML too. */
export function serviceOf(
  name: string,
  connection: string,
  route: string | undefined,
  wish: Wish = {}
): string {
  return JSON.stringify({
    name,
    kind: 'import',
    source: { connection, stream: 'orders' },
    target: {
      connection: 'zoho',
      stream: 'Deals',
      operation: 'upsert',
      match: { by: 'fields', fields: ['Order_Ref'] },
      ...(route ? { route } : {}),
    },
    mapping: rowsOf(wish),
  })
}

/** Every deal of the receiver into a table, by bulk read. */
export function exportOf(name: string, connection: string, table: string): string {
  return JSON.stringify({
    name,
    kind: 'export',
    source: { connection: 'zoho', stream: 'Deals', route: 'bulk_read' },
    target: {
      connection,
      stream: table,
      operation: 'upsert',
      match: { by: 'fields', fields: ['id'] },
    },
    mapping: ['id', ...mapping.map(({ to }) => to)].map((field) => ({ to: field, from: field })),
  })
}

export function shopConnection(name: string, shop: string): string {
  const { hostname, port, pathname, username } = new URL(shop)
  return JSON.stringify({
    name,
    connector: 'mysql',
    settings: {
      host: hostname,
      port: Number(port),
      database: pathname.slice(1),
      user: username,
    },
    secrets: { password: '$BENCH_SHOP_PASSWORD' },
  })
}

/** Where a house writes to: the receiver, or the simulator. */
export interface Target {
  url: string
  /** The connection file. */
  connection: string
  environment: Record<string, string>
}

export function receiverTarget(url: string): Target {
  const connection = JSON.stringify({
    name: 'zoho',
    connector: 'zoho_crm',
    settings: { accountsUrl: url, uploadUrl: url, apiUrl: url },
    secrets: { clientId: '1000.bench', clientSecret: 'bench', refreshToken: '1000.bench.refresh' },
  })
  return { url, connection, environment: {} }
}
