import assert from 'node:assert/strict'
import type { Connector, SettingField } from '#sdk'
import { concernsAll, type Clause } from '../stage.js'

export const settingsClause: Clause = {
  number: 'C2',
  title: 'every setting is declared, and no secret is a setting',
  concerns: concernsAll,
  async verify({ connector, stage }) {
    const names = connector.settings.map((setting) => setting.name)
    const secrets = secretNames(connector)
    assert.equal(new Set(names).size, names.length, 'names are unique')
    for (const setting of connector.settings) assertSetting(setting)
    for (const name of names) assert.ok(!secrets.includes(name), `${name} is a secret`)
    for (const name of Object.keys(stage.connection.settings)) {
      assert.ok(names.includes(name) || isKept(connector, name), `${name} is declared`)
    }
    for (const name of Object.keys(stage.connection.secrets)) {
      assert.ok(secrets.includes(name), `${name} is a declared secret`)
    }
    assertTemplates(connector, names)
  },
}

function secretNames({ auth }: Connector): string[] {
  if (auth.type === 'custom') return auth.secrets.map((secret) => secret.name)
  return auth.type === 'oauth2' ? ['clientId', 'clientSecret', 'refreshToken'] : []
}

function isKept({ auth }: Connector, name: string): boolean {
  return auth.type === 'oauth2' && Object.values(auth.keep ?? {}).includes(name)
}

function assertSetting({ name, title, type, choices, default: given }: SettingField): void {
  assert.ok(title, `${name} has a title`)
  if (type === 'choice') assert.ok(choices?.length, `${name} has choices`)
  if (given === undefined || given === null) return
  const kinds = { text: 'string', choice: 'string', integer: 'number', boolean: 'boolean' }
  assert.equal(typeof given, kinds[type], `the default of ${name} is of its type`)
  if (type === 'choice') assert.ok(choices?.includes(String(given)), `${name} can be its default`)
}

function assertTemplates(connector: Connector, names: string[]): void {
  const { auth } = connector
  if (auth.type !== 'oauth2') return
  const derived = Object.values(connector.derived ?? {}).flatMap((choices) =>
    Object.values(choices).flatMap((settings) => Object.keys(settings))
  )
  const known = [...names, ...derived, ...Object.values(auth.keep ?? {}), 'token']
  for (const text of [auth.authorizeUrl, auth.tokenUrl, auth.header]) {
    for (const [, name] of text.matchAll(/\{(\w+)\}/g)) {
      assert.ok(known.includes(name), `{${name}} is a setting`)
    }
  }
}
