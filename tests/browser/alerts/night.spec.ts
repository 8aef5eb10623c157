import { test } from '@japa/runner'
import Alert from '#domain/alerts/alert'
import { alertMessage } from '#domain/alerts/alert_message'
import { raiseAlert } from '#domain/alerts/raise_alert'
import { PASSWORD, givenDeadLetter, givenRun, givenService } from '#tests/support/app'
import { givenConnection, givenTenant, givenUser } from '#tests/support/app'
import { baseUrl } from '#tests/support/base_url'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

const PHONE = { width: 390, height: 844 }

async function givenNight() {
  const tenant = await givenTenant()
  const service = await givenService(tenant)
  const run = await givenRun(service, { state: 'partial', created: 8, rejected: 1 })
  const letter = await givenDeadLetter(run, { sourceKey: 'A-1', code: 'FORMAT', field: 'Email' })
  const broken = await givenConnection(tenant, { health: 'broken', healthMessage: 'No answer' })
  const trouble = { tenantId: tenant.id, cause: 'x', title: 'Records do not arrive', detail: '1' }
  const { id, name } = service
  await raiseAlert({ ...trouble, kind: 'partial', subject: { noun: 'service', id, name } }, 1000)
  await raiseAlert(
    {
      ...{ ...trouble, kind: 'connection', title: 'It is broken' },
      subject: { noun: 'connection', id: broken.id, name: broken.name },
    },
    1000
  )
  const alerts = await Alert.query().where('tenantId', tenant.id).orderBy('kind', 'desc')
  return { tenant, service, run, letter, broken, alerts }
}

test.group('At three in the morning, on a phone', () => {
  test('the link of a mail leads by a sign-in to the repair', async ({ browser, assert }) => {
    const { tenant, service, letter, alerts } = await givenNight()
    const user = await givenUser({ tenant })
    const { text } = alertMessage(tenant, alerts, baseUrl())
    const link = /Repair the records: (\S+)/.exec(text)?.[1] ?? ''
    assert.equal(link, `${baseUrl()}/t/${tenant.slug}/services/${service.id}/dead-letters`)

    const context = await browser.newContext({
      viewport: PHONE,
      colorScheme: 'dark',
      hasTouch: true,
    })
    const page = await context.newPage()
    await page.goto(link)
    await byTest(page, 'email').fill(user.email)
    await byTest(page, 'password').fill(PASSWORD)
    await byTest(page, 'submit').tap()
    await byTest(page, 'letter-link').tap()
    await page.getByRole('link', { name: 'Edit and send' }).tap()
    await byTest(page, 'edit-form').waitFor()
    assert.include(page.url(), `/dead-letters/${letter.id}/edit`)
    await context.close()
  })

  test('each alert leads to what ends it', async ({ browserContext, assert }) => {
    const { tenant, service, broken } = await givenNight()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.setViewportSize(PHONE)
    for (const [text, place] of [
      ['Repair the records', `/services/${service.id}/dead-letters`],
      ['See the connection', `/connections/${broken.id}`],
    ] as const) {
      await page.goto(`/t/${tenant.slug}/alerts`)
      await page.getByRole('link', { name: text }).click()
      await page.waitForURL(`**/t/${tenant.slug}${place}`)
      await page.locator('h1').waitFor()
    }
    await page.goto(`/t/${tenant.slug}/alerts`)
    await byTest(page, 'mend').first().waitFor()
    assert.deepEqual(await findBarriers(page), [])
  })
})

/** What turns pages, folds, sorts and looks, and changes nothing. */
const LOOKING =
  /^(|Search|More|Less|Show|Show them|Open the navigation|(Previous|Next) page|History|Mapping|Revisions|24 hours|30 days)$/

test.group('A viewer on a phone', () => {
  test('is offered nothing that they may not do', async ({ browserContext, assert }) => {
    const { tenant, service, run, letter, broken } = await givenNight()
    const page = await signInAs(browserContext, await givenUser({ tenant, role: 'viewer' }))
    await page.setViewportSize(PHONE)
    const within = `/t/${tenant.slug}`
    const paths = [
      ...['', '/services', '/runs', '/alerts', '/credits', '/deliveries', '/connections'],
      ...['/retention', '/records?key=A-1', '/files', `/runs/${run.id}`],
      ...[`/services/${service.id}`, `/services/${service.id}/dead-letters`],
      ...[`/dead-letters/${letter.id}`, `/connections/${broken.id}`],
    ]
    const offered: string[] = []
    const links = new Set<string>()
    for (const path of paths) {
      const answer = await page.goto(`${within}${path}`)
      assert.equal(answer?.status(), 200, path)
      await page.locator('h1').waitFor()
      for (const button of await page.locator('main button').all()) {
        const name = (await button.getAttribute('aria-label')) ?? (await button.innerText())
        const isChoice = (await button.getAttribute('role')) === 'combobox'
        if (!isChoice && !LOOKING.test(name.trim())) offered.push(`${path}: ${name}`)
      }
      for (const link of await page.locator('a[href^="/t/"]').all()) {
        links.add((await link.getAttribute('href')) ?? '')
      }
    }
    for (const href of links) {
      const answer = await page.request.get(href)
      if (answer.status() >= 400) offered.push(`${answer.status()} ${href}`)
    }
    assert.deepEqual(offered, [])
  }).timeout(120_000)
})
