import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { test } from '@japa/runner'
import crossdock from '#config/crossdock'
import { applyConnection } from '#domain/connections/apply_connection'
import type Tenant from '#domain/tenants/tenant'
import { givenTenantFile, givenTenantWithZoho, runTemplate } from '#tests/support/run_template'
import { mariadbMissing } from '#tests/support/contract_mariadb'
import { createMariadbDatabase } from '#tests/support/mariadb'

const missing = await mariadbMissing()

async function givenDatabase(tenant: Tenant, name: string, sql: string) {
  const database = await createMariadbDatabase()
  const { hostname, port, username, password, pathname, host } = new URL(database.url)
  crossdock.egressAllow.push(host)
  const db = await createConnection({ uri: database.url, multipleStatements: true })
  await db.query(sql)
  const settings = {
    ...{ host: hostname, port: Number(port), user: decodeURIComponent(username) },
    database: pathname.slice(1),
  }
  const secrets = { password: decodeURIComponent(password) }
  await applyConnection(tenant, { name, connector: 'mysql', settings, secrets }, null)
  return {
    rows: async (query: string) => {
      const [rows] = await db.query(query)
      return JSON.parse(JSON.stringify(rows)) as object[]
    },
    close: async () => {
      await db.end()
      await database.close()
    },
  }
}

test.group('Templates of imports', () => {
  test('web leads from a CSV file', async ({ assert, cleanup }) => {
    const { tenant, rowsOf, close } = await givenTenantWithZoho()
    cleanup(close)
    const text =
      'email,first_name,last_name,company,phone,city,country,message\n' +
      ' Ann@Example.com ,Ann,  Lee ,Acme,030 123,Berlin,DE,"Call me,\nplease"\n' +
      'bob@example.com,Bob,,,,,,\n' +
      'nobody,No,Mail,,,,,\n'
    await givenTenantFile(tenant, 'leads.csv', text)
    const settings = { file: 'leads.csv' }
    await applyConnection(tenant, { name: 'web', connector: 'csv', settings, secrets: {} }, null)
    const { run } = await runTemplate(tenant, 'web_leads_to_zoho_leads')
    assert.containSubset(run.serialize(), { state: 'partial', created: 2, rejected: 1 })
    const leads = await rowsOf('Leads', 'Email,Last_Name,Company,Lead_Source')
    assert.containSubset(leads, [
      { Email: 'ann@example.com', Last_Name: 'Lee', Company: 'Acme', Lead_Source: 'Web Download' },
      { Email: 'bob@example.com', Last_Name: 'Unknown' },
    ])
  }).timeout(60_000)

  test('customers to contacts of their accounts', async ({ assert, cleanup }) => {
    const { tenant, put, rowsOf, close } = await givenTenantWithZoho()
    cleanup(close)
    await put('Accounts', [{ Account_Name: 'Acme' }])
    await givenTenantFile(tenant, 'shop.sqlite', '')
    const shop = new Database(join(crossdock.dataRoot, 'files', tenant.id, 'shop.sqlite'))
    cleanup(() => void shop.close())
    shop.exec(`create table customers (id integer primary key, email text, first_name text,
      last_name text, company text, phone text, city text, country text, updated_at datetime);
      insert into customers values
        (1, 'ANN@example.com', 'Ann', 'Lee', 'Acme', '030 1', 'Leeds', 'UK', '2026-11-01 08:00:00'),
        (2, 'bob@example.com', 'Bob', '', 'Nobody Ltd', null, null, null, '2026-11-01 08:00:00'),
        (3, null, 'No', 'Mail', null, null, null, null, '2026-11-01 08:00:00')`)
    const settings = { file: 'shop.sqlite' }
    await applyConnection(
      tenant,
      { name: 'shop', connector: 'sqlite', settings, secrets: {} },
      null
    )
    const { run } = await runTemplate(tenant, 'customers_to_zoho_contacts')
    assert.containSubset(run.serialize(), { created: 1, rejected: 1 })
    const contacts = await rowsOf('Contacts', 'Email,Account_Name,Mailing_Country')
    assert.containSubset(contacts, [
      { Email: 'ann@example.com', Account_Name: { name: 'Acme' }, Mailing_Country: 'GB' },
    ])
  }).timeout(60_000)
})

test.group('Templates of exports', (group) => {
  group.tap((each) => each.skip(missing !== null, missing ?? '').timeout(90_000))

  test('won deals to invoices', async ({ assert, cleanup }) => {
    const { tenant, put, close } = await givenTenantWithZoho()
    cleanup(close)
    await put('Deals', [
      { Deal_Name: 'Won', Stage: 'Closed Won', Amount: 12.5, Closing_Date: '2026-11-02' },
      { Deal_Name: 'Open', Stage: 'Qualification' },
    ])
    const books = await givenDatabase(
      tenant,
      'books',
      `CREATE TABLE invoices (id INT AUTO_INCREMENT PRIMARY KEY, deal_id VARCHAR(30) NOT NULL UNIQUE,
        title VARCHAR(120), customer VARCHAR(200), amount DECIMAL(14,2), closed_on DATE,
        won_at DATETIME)`
    )
    cleanup(books.close)
    const { run } = await runTemplate(tenant, 'zoho_deals_won_to_invoices')
    assert.containSubset(run.serialize(), { state: 'succeeded', created: 1 })
    assert.deepEqual(await books.rows('SELECT title, amount FROM invoices'), [
      { title: 'Won', amount: '12.50' },
    ])
  })

  test('contacts to a mailing list', async ({ assert, cleanup }) => {
    const { tenant, put, close } = await givenTenantWithZoho()
    cleanup(close)
    await put('Accounts', [{ Account_Name: 'Acme' }])
    await put('Contacts', [
      { Last_Name: 'Lee', Email: 'Ann@example.com', Mailing_Country: 'DE' },
      { Last_Name: 'Ray', Email: 'bob@example.com', Email_Opt_Out: true },
      { Last_Name: 'Mute' },
    ])
    const mailing = await givenDatabase(
      tenant,
      'mailing',
      `CREATE TABLE mailing_list (contact_id VARCHAR(30) PRIMARY KEY, email VARCHAR(100),
        first_name VARCHAR(40), last_name VARCHAR(80), company VARCHAR(200), country VARCHAR(100),
        subscribed TINYINT(1), changed_at DATETIME)`
    )
    cleanup(mailing.close)
    const { run } = await runTemplate(tenant, 'zoho_contacts_to_mailing_list')
    assert.containSubset(run.serialize(), { state: 'succeeded', created: 2 })
    const rows = await mailing.rows(
      'SELECT email, last_name, subscribed FROM mailing_list ORDER BY email'
    )
    assert.deepEqual(rows, [
      { email: 'ann@example.com', last_name: 'Lee', subscribed: 1 },
      { email: 'bob@example.com', last_name: 'Ray', subscribed: 0 },
    ])
  })
})
