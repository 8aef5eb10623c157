import { test } from '@japa/runner'
import { Egress } from '#workers/egress'
import manifest from '../../../../plugins/connectors/http/plugin.json' with { type: 'json' }

test('http reaches what is public by its setting, and of the private what the operator lists', ({
  assert,
}) => {
  const egress = new Egress(['10.0.0.7:8080'], manifest.hosts)
  for (const [host, port] of [
    ['api.example.com', 443],
    ['93.184.215.14', 443],
    ['10.0.0.7', 8080],
  ] as const) {
    assert.doesNotThrow(() => egress.check(host, port))
  }
  for (const host of ['10.0.0.7', '127.0.0.1', '169.254.169.254', '[::1]']) {
    assert.throws(() => egress.check(host, 443), /may not be reached/)
  }
})
