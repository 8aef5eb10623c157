import { test } from '@japa/runner'
import { givenTenant, givenUser, PASSWORD } from '#tests/support/app'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

test.group('sign in', () => {
  test('needs no mouse', async ({ browserContext, assert }) => {
    const tenant = await givenTenant()
    const user = await givenUser({ tenant })
    const page = await browserContext.newPage()
    await page.goto('/login')
    await page.locator('[data-test="email"]:focus').waitFor()

    await page.keyboard.type(user.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/t/${tenant.slug}`)
    assert.equal(await page.locator('h1').innerText(), 'Execution Dashboard')
  })

  test('says that it was wrong, not what was wrong', async ({ browserContext, assert }) => {
    const user = await givenUser({ tenant: await givenTenant() })
    const page = await browserContext.newPage()
    await page.goto('/login')
    await byTest(page, 'email').fill(user.email)
    await byTest(page, 'password').fill('wrong')
    await byTest(page, 'submit').click()
    const text = await byTest(page, 'notice').innerText()
    assert.match(text, /email or the password is wrong/i)
    await page.assertInputValue('[data-test="password"]', '')
  })

  test('ends by the button', async ({ browserContext, assert }) => {
    const tenant = await givenTenant()
    const page = await signInAs(browserContext, await givenUser({ tenant }))
    await page.goto('/')
    await byTest(page, 'sign-out').click()
    await page.waitForURL('**/login')
    await page.goto(`/t/${tenant.slug}`)
    assert.match(page.url(), /\/login$/)
  })
})

test.group('colours', () => {
  test('stay as chosen, from the first paint on', async ({ browserContext, assert }) => {
    const page = await signInAs(browserContext, await givenUser({ tenant: await givenTenant() }))
    const isDark = () => page.locator('html.dark').count()
    await page.goto('/')
    await byTest(page, 'color-scheme').first().click()
    await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click()
    assert.equal(await isDark(), 1)

    await page.route('**/assets/*.js', (route) => route.abort())
    await page.reload({ waitUntil: 'commit' })
    await page.locator('html.dark').waitFor({ state: 'attached' })
    assert.equal(await isDark(), 1)
  })
})
