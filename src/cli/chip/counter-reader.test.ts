import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { cardContent } from '../../../test/software-card/made-card.ts'
import { SoftwareCard } from '../../../test/software-card/software-card.ts'
import { counterReaderLimits } from '../../cards/chip-readings/counter-reader.ts'
import { contentOf, makeCountry } from '../../chip/inspecting/country.test-sample.ts'
import { readChip } from '../../chip/reading/read-chip.ts'
import { now } from '../../platform/clock.ts'
import { isCarried } from './carried-commands.ts'
import { openCounterReader } from './counter-reader.ts'
import { openPairedPages } from './paired-pages.ts'

/** The program at the counter's reader, with a card of software in it, asked by pages and by attackers over HTTP. */

const origin = 'https://can-cuoc.example.vn'
const country = await makeCountry({ at: now() })
const content = await cardContent(contentOf(), country.signer)
const chip = { isThere: true, seen: [] as string[], held: 0, isGone: false }
const reader = await openCounterReader({
  origin,
  port: 0,
  open: async () => {
    if (!chip.isThere) return undefined
    const card = new SoftwareCard(content)
    chip.held += 1
    return {
      transmit: async command => {
        if (chip.isGone) throw new Error('gone')
        chip.seen.push(Buffer.from(command).toString('hex'))
        return card.transmit(command)
      },
      leave: async () => {
        chip.held -= 1
      },
    }
  },
})
after(() => reader.close())

type Sent = { readonly method?: string; readonly body?: string; readonly headers?: Record<string, string> }
/** A request with whatever a program may say of itself; a browser could not send most of them. */
function send(path: string, { method = 'POST', body = '', headers = {} }: Sent) {
  return new Promise<{ status: number; code: string; body: Record<string, string>; headers: Record<string, unknown> }>(
    (done, fail) => {
      const host = `127.0.0.1:${reader.port}`
      const all = { host, origin, 'content-type': 'application/json', ...headers }
      const sent = request({ host: '127.0.0.1', port: reader.port, path, method, headers: all }, async reply => {
        const parts: Buffer[] = []
        for await (const part of reply) parts.push(part as Buffer)
        const text = Buffer.concat(parts).toString()
        const said = (text ? JSON.parse(text) : {}) as Record<string, string>
        done({ status: reply.statusCode ?? 0, code: said['code'] ?? '', body: said, headers: reply.headers })
      })
      sent.on('error', fail)
      sent.end(body)
    },
  )
}
const ask = (token: string, path: string, body: object = {}) =>
  send(path, { headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) })
const pair = async () => {
  const { body } = await send('/pages', { body: JSON.stringify({ code: reader.code }) })
  return body['token'] ?? ''
}

test('the page that was given the code reads a whole chip through the program', async () => {
  const token = await pair()
  const { body } = await ask(token, '/lines')
  const line = body['line'] ?? ''
  const connection = {
    transmit: async (command: Uint8Array) => {
      const { body: said } = await ask(token, '/commands', { line, command: Buffer.from(command).toString('hex') })
      return Buffer.from(said['answer'] ?? '', 'hex')
    },
  }
  const trust = { anchors: [country.authority], links: [], revocationLists: [], now: now() }
  const password = { kind: 'access-number', number: content.accessNumber ?? '' } as const
  const reading = await readChip(connection, password, trust as Parameters<typeof readChip>[2])
  assert.equal(reading.isOriginal, true, JSON.stringify(reading.checks))
  assert.equal(chip.held, 1)
  await ask(token, '/lines/end', { line })
  assert.equal(chip.held, 0)
  assert.equal((await ask(token, '/commands', { line, command: '0084000008' })).code, 'line-gone')
})

test('a page of another origin, or none, is told nothing and reaches no card', async () => {
  const token = await pair()
  const authorization = `Bearer ${token}`
  for (const foreign of ['https://evil.example', `${origin}.evil.example`, 'null', 'http://can-cuoc.example.vn', ''])
    for (const path of ['/pages', '/lines', '/commands', '/lines/end']) {
      const refused = await send(path, { headers: { origin: foreign, authorization }, body: '{}' })
      assert.deepEqual([refused.status, refused.code], [403, 'foreign-page'], foreign)
      assert.equal(refused.headers['access-control-allow-origin'], undefined)
      const asked = { origin: foreign, 'access-control-request-method': 'POST' }
      assert.equal((await send(path, { method: 'OPTIONS', headers: asked })).status, 403)
    }
  assert.equal(chip.held, 0)
})

test('a name of somebody else’s that was made to mean this machine reaches no card', async () => {
  const token = await pair()
  for (const host of ['evil.example', `evil.example:${reader.port}`, `localhost:${reader.port}`, '127.0.0.1:1'])
    assert.equal(
      (await send('/lines', { headers: { host, authorization: `Bearer ${token}` }, body: '{}' })).code,
      'foreign-page',
      host,
    )
})

test('the console’s page is let through by the browser’s questions before a call', async () => {
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-private-network': 'true' }
  const { status, headers } = await send('/commands', { method: 'OPTIONS', headers: asked })
  assert.equal(status, 204)
  assert.equal(headers['access-control-allow-origin'], origin)
  assert.equal(headers['access-control-allow-private-network'], 'true')
  assert.equal(headers['access-control-allow-credentials'], undefined, 'no cookie goes along')
  const other = { ...asked, 'access-control-request-method': 'GET' }
  assert.equal((await send('/commands', { method: 'OPTIONS', headers: other })).status, 400)
  assert.equal((await send('/commands', { method: 'GET' })).status, 400)
})

test('a program that says it is the page reaches no card without the code, and each code pairs one page', async () => {
  assert.equal((await send('/lines', { body: '{}' })).code, 'not-paired')
  assert.equal((await ask('A'.repeat(43), '/lines')).code, 'not-paired')
  const used = reader.code
  await pair()
  assert.notEqual(reader.code, used)
  assert.equal((await send('/pages', { body: JSON.stringify({ code: used }) })).code, 'code-wrong')
  const before = reader.code
  const { code } = await send('/pages', { body: JSON.stringify({ code: before }) })
  assert.equal(code, 'code-wrong', 'the right one within a second of a wrong one')
  await delay(counterReaderLimits.wrongCodePauseMs)
  assert.notEqual(await pair(), '')
})

test('codes are not guessed: one guess a second, and after five wrong ones there is another code', () => {
  const shown: string[] = []
  let at = 0
  const pages = openPairedPages(
    code => shown.push(code),
    () => at,
  )
  for (let times = 0; times < 50; times++) pages.pair('no code')
  assert.equal(shown.length, 1, 'guesses within a second count once')
  for (let times = 0; times < counterReaderLimits.wrongCodes; times++) {
    at += counterReaderLimits.wrongCodePauseMs
    pages.pair('no code')
  }
  assert.equal(shown.length, 2)
  at += counterReaderLimits.wrongCodePauseMs
  const token = pages.pair(pages.code) ?? ''
  assert.equal(pages.has(token), true)
  at += counterReaderLimits.pairedHours * 3_600_000
  assert.equal(pages.has(token), false, 'a paired page is forgotten after a working day')
})

test('two pages do not speak with one card at once, and a page cannot use the line of another', async () => {
  const [one, other] = [await pair(), await pair()]
  const { body } = await ask(one, '/lines')
  const line = body['line'] ?? ''
  assert.equal((await ask(other, '/lines')).code, 'reader-busy')
  assert.equal((await ask(other, '/commands', { line, command: '0084000008' })).code, 'line-gone')
  await ask(other, '/lines/end', { line })
  assert.equal(chip.held, 1, 'the card is still the first page’s')
  const again = (await ask(one, '/lines')).body['line'] ?? ''
  assert.equal(chip.held, 1, 'who begins anew has the card once')
  assert.equal((await ask(one, '/commands', { line, command: '0084000008' })).code, 'line-gone')
  await ask(one, '/lines/end', { line: again })
  assert.match((await ask(other, '/lines')).body['line'] ?? '', /-/)
  chip.isGone = true
  const third = (await ask(other, '/lines')).body['line'] ?? ''
  assert.equal((await ask(other, '/commands', { line: third, command: '0084000008' })).code, 'line-gone')
  assert.equal(chip.held, 0, 'a card that was taken away is held no more')
  chip.isGone = false
})

test('the program carries no command but those of an inspection, and none that is too long', async () => {
  const token = await pair()
  const line = (await ask(token, '/lines')).body['line'] ?? ''
  const before = chip.seen.length
  const refused = {
    'VERIFY: a PIN': '0020008104 31323334',
    'CHANGE REFERENCE DATA': '0024008108 3132333435363738',
    'UPDATE BINARY': '00d6000001 00',
    'PUT DATA': '00da000001 00',
    'a bank’s application': '00a4040c07 a0000000031010',
    'the root by another way': '00a4000002 3f00',
    'GET DATA of a vendor': '80ca9f7f00',
    'a class of its own': '8084000008',
    'a length that lies': '00a4040c20 a0000002471001',
    'only a header': '0084',
    'a sign with PSO': '002a9e9a01 00',
    'a command that is too long': `0c86000000 0400 ${'00'.repeat(0x400)}`,
  }
  for (const [what, command] of Object.entries(refused)) {
    const { code } = await ask(token, '/commands', { line, command: command.replaceAll(' ', '') })
    assert.equal(code, 'command-refused', what)
  }
  for (const malformed of ['', 'zz', '0', '00A40000', 5, null])
    assert.equal((await ask(token, '/commands', { line, command: malformed })).code, 'malformed')
  const long = { line, command: '00'.repeat(counterReaderLimits.bodyBytes) }
  assert.equal((await ask(token, '/commands', long)).code, 'malformed')
  const form = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' }
  assert.equal((await send('/lines', { headers: form, body: '{}' })).code, 'malformed', 'what a form may send')
  assert.equal(chip.seen.length, before, 'the chip heard nothing of it')
  await ask(token, '/lines/end', { line })
  assert.ok(chip.seen.every(command => isCarried(Buffer.from(command, 'hex'))))
})

test('without a card the page is told so, and may ask again', async () => {
  const token = await pair()
  chip.isThere = false
  assert.equal((await ask(token, '/lines')).code, 'no-card')
  chip.isThere = true
  assert.equal((await ask(token, '/lines')).status, 200)
})

test('an operator is told what the command needs before anything listens', () => {
  const run = (...given: readonly string[]) =>
    spawnSync(join(process.cwd(), 'bin/dinhdanh'), ['card', 'reader', ...given], { encoding: 'utf8' })
  assert.match(run('--origin', 'http://evil.example').stderr, /--origin is how browsers reach the installation/)
  assert.match(run('--origin', origin, '--port', '80').stderr, /--port is from 1024/)
  assert.match(run('--origin', origin).stderr, /needs the package @pokusew\/pcsclite; install it/)
})
