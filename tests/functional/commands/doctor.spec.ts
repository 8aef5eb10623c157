import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { askMail } from '#commands/doctor_parts/ask_mail'
import { askRedis } from '#commands/doctor_parts/ask_redis'
import { judgePublicUrl } from '#commands/doctor_parts/judge_public_url'
import { freePort } from '#simulators/shop/free_port'
import { PrivateRedis } from '#tests/support/private_redis'
import { runFile } from '#tests/support/run_command'

/** A server that says one line to whoever comes. */
async function speaker(line: string) {
  const server = createServer((socket) => socket.end(line)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

test.group('The doctor', () => {
  test('names what does not answer, and no password', async ({ assert }) => {
    const port = await freePort()
    const env = {
      REDIS_URL: `redis://:s3cret@127.0.0.1:${port}`,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(port),
      PUBLIC_URL: 'http://crossdock.example.com',
    }
    const { code, stdout, stderr } = await runFile('ace.js', ['doctor'], env)
    assert.equal(code, 1)
    assert.match(stdout, /✖ Redis: 127\.0\.0\.1:\d+ does not answer .*REDIS_URL/)
    assert.match(stdout, /✖ mail: 127\.0\.0\.1:\d+ does not greet .*SMTP_HOST/)
    assert.match(stdout, /✖ public address: .* is not https/)
    assert.match(stdout, /✔ database/)
    assert.notInclude(stdout + stderr, 's3cret')
  }).timeout(60_000)

  test('is content with what answers, and with what is not set', async ({ assert, cleanup }) => {
    const { server, port } = await speaker('220 mail.example.com ESMTP\r\n')
    cleanup(() => void server.close())
    const from = 'crossdock@example.com'
    const mail = await askMail({ host: '127.0.0.1', port, from })
    assert.equal(mail, `127.0.0.1:${port} greets`)
    assert.match(await askMail({ host: '', port, from }), /not set/)
    assert.match(await askRedis(null), /not set/)
    assert.match(await judgePublicUrl(null), /not set/)
    const url = 'https://crossdock.example.com/base'
    assert.equal(await judgePublicUrl(url), url)
    assert.match(await judgePublicUrl('http://127.0.0.1:3333'), /simulator alone/)
    await assert.rejects(() => judgePublicUrl('https://10.1.2.3'), /private network/)
    await assert.rejects(() => askMail({ host: '127.0.0.1', port, from: '' }), /MAIL_FROM/)
  })

  test('hears a mail server that refuses', async ({ assert, cleanup }) => {
    const { server, port } = await speaker('554 no service\r\n')
    cleanup(() => void server.close())
    await assert.rejects(
      () => askMail({ host: '127.0.0.1', port, from: 'a@example.com' }),
      /does not greet \(it says "554 no service"\)/
    )
  })

  test('pings a Redis', async ({ assert, cleanup }) => {
    const redis = await PrivateRedis.start()
    cleanup(() => redis.stop())
    assert.match(await askRedis(redis.url), /^127\.0\.0\.1:\d+ answers$/)
  }).skip(!PrivateRedis.isHere, 'there is no redis-server here')
})
