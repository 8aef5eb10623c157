import { test } from '@japa/runner'
import { ALERT_KINDS } from '#domain/alerts/alert'
import AlertReceiver from '#domain/alerts/alert_receiver'
import { givenTenant, givenUser } from '#tests/support/app'
import { findBarriers } from '#tests/browser/support/find_barriers'
import { byTest, signInAs } from '#tests/browser/support/sign_in_as'

async function givenOldReceiver(role: 'admin' | 'viewer') {
  const tenant = await givenTenant()
  const user = await givenUser({ tenant, role })
  const wants = ALERT_KINDS.filter((kind) => kind !== 'held')
  const address = 'https://chat.example.com/hook'
  const receiver = await AlertReceiver.add(tenant, { kind: 'webhook', address, wants }, user.id)
  return { tenant, user, receiver }
}

test.group('Who hears of alerts', () => {
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    test(`a receiver of before is offered what came later: ${width} px`, async ({
      browserContext,
      assert,
    }) => {
      const { tenant, user, receiver } = await givenOldReceiver('admin')
      const page = await signInAs(browserContext, user)
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await page.goto(`/t/${tenant.slug}/alerts`)
      await page.getByText('Not of: a run waits for a yes.').waitFor()
      assert.deepEqual(await findBarriers(page), [])
      await byTest(page, 'change-receiver').click()
      const box = page.getByRole('checkbox', { name: 'A run waits for a yes' })
      await box.focus()
      await page.keyboard.press('Space')
      assert.deepEqual(await findBarriers(page), [])
      await byTest(page, 'save-receiver').click()
      await page.getByText('Hears of everything').waitFor()
      await receiver.refresh()
      assert.sameMembers(receiver.wants, [...ALERT_KINDS])
      assert.equal(await receiver.address(), 'https://chat.example.com/hook')
    })
  }

  test('ticks that were not saved are forgotten', async ({ browserContext, assert }) => {
    const { tenant, user } = await givenOldReceiver('admin')
    const page = await signInAs(browserContext, user)
    await page.goto(`/t/${tenant.slug}/alerts`)
    await byTest(page, 'change-receiver').click()
    const box = page.getByRole('checkbox', { name: 'A run waits for a yes' })
    await box.press('Space')
    assert.isTrue(await box.isChecked())
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
    await byTest(page, 'change-receiver').click()
    await box.waitFor()
    assert.isFalse(await box.isChecked())
  })

  test('a viewer reads who hears of what, and is offered nothing', async ({
    browserContext,
    assert,
  }) => {
    const { tenant, user } = await givenOldReceiver('viewer')
    const page = await signInAs(browserContext, user)
    await page.goto(`/t/${tenant.slug}/alerts`)
    await byTest(page, 'wants').waitFor()
    assert.equal(await page.locator('main').getByRole('button').count(), 0)
  })
})
