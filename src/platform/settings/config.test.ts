import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Problem } from '../problem.ts'
import { fromRoot } from '../root.ts'
import { Config, originOf, readConfig } from './config.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-config-'))
after(() => rm(folder, { recursive: true }))

const wrongOf = (read: () => unknown) => {
  try {
    read()
  } catch (error) {
    assert.ok(error instanceof Problem)
    return (error.facts['wrong'] as { setting: string }[]).map(({ setting }) => setting)
  }
  return []
}

test('the command line wins over the environment, the environment over the file', async () => {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ port: 1001, people: 500, logLevel: 'warn' }))
  const config = readConfig(
    folder,
    { DINHDANH_PORT: '1002', DINHDANH_PEOPLE: '600', DINHDANH_TLS: 'true' },
    { port: 1003 },
  )
  assert.deepEqual(
    [config.port, config.people, config.logLevel, config.tls, config.demo],
    [1003, 600, 'warn', true, true],
  )
  assert.equal(originOf(config), 'https://localhost:1003')
})

test('a setting that does not exist is refused by name, in the file and in the environment', async () => {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ prot: 1001 }))
  assert.deepEqual(
    wrongOf(() => readConfig(folder, {})),
    ['prot'],
  )
  await rm(join(folder, 'config.json'))
  assert.deepEqual(
    wrongOf(() => readConfig(folder, { DINHDANH_PROT: '1' })),
    ['DINHDANH_PROT'],
  )
})

test('a value that cannot be is refused with the name of its setting', async () => {
  await rm(join(folder, 'config.json'), { force: true })
  assert.deepEqual(
    wrongOf(() => readConfig(folder, { DINHDANH_PORT: 'http' })),
    ['port'],
  )
  assert.deepEqual(
    wrongOf(() => readConfig(folder, { DINHDANH_PEOPLE: '99999999' })),
    ['people'],
  )
  assert.deepEqual(
    wrongOf(() => readConfig(folder, { DINHDANH_ORIGIN: 'localhost' })),
    ['origin'],
  )
  await writeFile(join(folder, 'config.json'), '{ not json')
  assert.deepEqual(
    wrongOf(() => readConfig(folder, {})),
    ['config.json'],
  )
})

test('a mail server setting needs a sender; a wrong one is refused without its password', async () => {
  await rm(join(folder, 'config.json'), { force: true })
  const mail = {
    DINHDANH_SMTP_URL: 'smtps://thu%40congan:m%E1%BA%ADt@mail.example:465',
    DINHDANH_MAIL_FROM: 'dinh-danh@congan.example',
  }
  const { smtpUrl, mailFrom } = readConfig(folder, mail)
  assert.deepEqual([smtpUrl, mailFrom], [mail.DINHDANH_SMTP_URL, mail.DINHDANH_MAIL_FROM])
  assert.deepEqual(
    wrongOf(() => readConfig(folder, { ...mail, DINHDANH_MAIL_FROM: '' })),
    ['mailFrom'],
  )
  for (const smtpUrl of [
    'http://u:bi-mat@mail.example',
    'smtp://u:bi-mat@mail.example/inbox',
    'smtp://u:bi-mat@mail.example:99999',
    'bi-mat',
  ]) {
    assert.throws(
      () => readConfig(folder, { ...mail, DINHDANH_SMTP_URL: smtpUrl }),
      (thrown: unknown) => {
        assert.ok(thrown instanceof Problem)
        assert.deepEqual(
          (thrown.facts['wrong'] as { setting: string }[]).map(({ setting }) => setting),
          ['smtpUrl'],
        )
        return !JSON.stringify([thrown.message, thrown.facts]).includes('bi-mat')
      },
    )
  }
  assert.deepEqual(
    wrongOf(() => readConfig(folder, { DINHDANH_MAIL_FROM: 'a@x.example, b@x.example' })),
    ['mailFrom'],
  )
})

test('every setting is in the operator’s handbook', async () => {
  const handbook = await readFile(fromRoot('docs/operations.md'), 'utf8')
  for (const [name, setting] of Object.entries(Config.properties)) {
    const { description } = setting as { description?: string }
    assert.ok(handbook.includes(`| \`${name}\` |`), name)
    assert.ok(handbook.includes(`\`${description?.split(':')[0]}\``), description)
  }
})

test('a process that would take any certificate for right is refused', () => {
  assert.deepEqual(
    wrongOf(() => readConfig(join(folder, 'none'), { NODE_TLS_REJECT_UNAUTHORIZED: '0' })),
    ['NODE_TLS_REJECT_UNAUTHORIZED'],
  )
  assert.deepEqual(
    wrongOf(() => readConfig(join(folder, 'none'), { NODE_TLS_REJECT_UNAUTHORIZED: '1' })),
    [],
  )
})

test('limits of a minute are refused by the setting, not at the first request', async () => {
  await writeFile(join(folder, 'config.json'), JSON.stringify({ requestsAMinute: 'general=2400' }))
  assert.equal(readConfig(folder, {}).requestsAMinute, 'general=2400')
  assert.deepEqual(
    wrongOf(() => readConfig(folder, { DINHDANH_REQUESTS_A_MINUTE: 'everybody=1' })),
    ['requestsAMinute'],
  )
})

test('an engine of somebody else’s is spoken to encrypted, unless it is on this machine', () => {
  const wrong = (address: string) => wrongOf(() => readConfig(join(folder, 'none'), { DINHDANH_ABIS_URL: address }))
  for (const address of [
    '',
    'https://abis.example/abis',
    'http://127.0.0.1:8081/v1/abis',
    'amqps://us:secret@broker.example:5671',
    'amqp://localhost:5672',
  ])
    assert.deepEqual(wrong(address), [], address)
  for (const address of [
    'http://abis.example/abis',
    'http://localhost.example/abis',
    'https://us:secret@abis.example',
    'amqp://broker.example',
    'ftp://abis.example',
  ])
    assert.deepEqual(wrong(address), ['abisUrl'], address)
})
