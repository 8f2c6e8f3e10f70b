import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { latestBuiltIn } from '../../../test/latest-built-in.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { dayAt } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { runJobs } from '../../platform/jobs/run-jobs.ts'
import { openLog } from '../../platform/log.ts'
import { asSystem } from '../../platform/work.ts'
import { type Channels, openChannels } from '../channels/channels.ts'
import { openCuttingServer, openMailServer, refusing } from '../channels/mail-server.fixture.ts'
import { jobs } from '../jobs.ts'
import { retryPauses } from '../law.ts'
import * as outreach from '../outreach.ts'
import { aSending, mailbox, phone, someone } from '../sending.fixture.ts'
import { deliver, lookAfter, sendDue } from './sending.ts'

const house = await openHouse()
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-outbox-'))
after(() => rm(folder, { recursive: true, force: true }))

const origin = 'https://dinhdanh.example'
const mailFrom = 'dinh-danh@congan.example'
const through = (smtpUrl: string): Channels => openChannels({ folder, origin, config: { smtpUrl, mailFrom } })

const queued = (given: Parameters<typeof aSending>[0] = {}) =>
  house.work(work => outreach.sendMessage(work, aSending(given)))
const told = (id: outreach.MessageId) => house.work(work => outreach.getMessage(work, id))
const stateOf = async (id: outreach.MessageId) => {
  const { message, tries } = await told(id)
  return [message.state, message.code, tries.map(({ outcome, code }) => [outcome, code].filter(Boolean).join(' '))]
}
/** As if so many minutes had gone by since. */
const wait = (id: string, minutes: number) =>
  house.owner(
    `update outreach.message
      set next_at = next_at - $2 * interval '1 minute', begun_at = begun_at - $2 * interval '1 minute' where id = $1`,
    [id, minutes],
  )
const minutesToNext = async (id: outreach.MessageId) => {
  const { message, tries } = await told(id)
  return Math.round(((message.nextAt?.getTime() ?? 0) - (tries.at(-1)?.endedAt?.getTime() ?? 0)) / 60_000)
}

const mostTries = latestBuiltIn(retryPauses).length + 1

test('an accepted e-mail is in Vietnamese, with the installation’s link and the message’s id', async () => {
  const server = await openMailServer()
  const id = await queued()
  assert.deepEqual(await deliver(house.openWork, through(server.url), id), { state: 'sent' })
  assert.deepEqual(await stateOf(id), ['sent', null, ['accepted']])
  assert.equal((await told(id)).tries[0]?.begunOn, '2023-04-20')

  const [{ from, to, raw } = assert.fail('no letter')] = server.taken
  assert.deepEqual([from, to], [mailFrom, [mailbox]])
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
  const body = raw.slice(head.length + 4)
  assert.match(head, new RegExp(`^Message-ID: <${id}@congan\\.example>`, 'im'))
  assert.match(head, /^Auto-Submitted: auto-generated/im)
  assert.match(head, /^Content-Type: text\/plain; charset=utf-8/im)
  assert.match(head, /^Subject: =\?UTF-8\?/im)
  const decoded = /base64/i.test(head) ? Buffer.from(body, 'base64').toString() : decodeQuoted(body)
  assert.match(decoded, new RegExp(`công dân ${someone} được trả lại`))
  assert.match(decoded, /Xem tại: https:\/\/dinhdanh\.example\/bien-nhan\//)
  const deed = await house.work(work => audit.lastDeedOn(work, id))
  assert.deepEqual(
    [deed?.deed, deed?.facts],
    [
      'message.sent',
      {
        template: 'application-returned',
        to: 'email',
        about: { kind: 'application', id: (await told(id)).message.aboutId },
        via: 'smtp',
        attempts: 1,
      },
    ],
  )
  assert.equal(await deliver(house.openWork, through(server.url), id), undefined, 'what was sent is not sent again')
  await server.close()
})

const decodeQuoted = (text: string) =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

test('a deferred e-mail is tried again after a pause, not before', async () => {
  let calls = 0
  const server = await openMailServer({
    recipient: () => (++calls === 1 ? refusing(451, '4.7.1 greylisted, quynh.huong@example.vn') : undefined),
  })
  const id = await queued()
  assert.deepEqual(await deliver(house.openWork, through(server.url), id), { state: 'failed', code: '451 4.7.1' })
  assert.equal(await minutesToNext(id), 1)
  assert.equal(await deliver(house.openWork, through(server.url), id), undefined)
  await wait(id, 2)
  assert.deepEqual(await deliver(house.openWork, through(server.url), id), { state: 'sent' })
  assert.deepEqual(await stateOf(id), ['sent', null, ['deferred 451 4.7.1', 'accepted']])
  await server.close()
})

test('an unknown mailbox is undeliverable; a refused relay or sender is not the mailbox’s fault', async () => {
  const cases: readonly (readonly [Parameters<typeof openMailServer>[0], unknown])[] = [
    [{ recipient: () => refusing(550, '5.1.1 no such user') }, { state: 'undeliverable', code: '550 5.1.1' }],
    [{ recipient: () => refusing(550, 'no such user') }, { state: 'undeliverable', code: '550' }],
    [{ letter: () => refusing(554, '5.6.0 not taken') }, { state: 'undeliverable', code: '554 5.6.0' }],
    [{ recipient: () => refusing(550, '5.7.1 relaying denied') }, { state: 'failed', code: '550 5.7.1' }],
  ]
  for (const [manners, expected] of cases) {
    const server = await openMailServer(manners)
    const id = await queued()
    assert.deepEqual(await deliver(house.openWork, through(server.url), id), expected)
    await server.close()
  }
})

test('a server that is cut off behind a whole letter may have taken it: nobody sends it again', async () => {
  const cutting = await openCuttingServer()
  const id = await queued()
  assert.deepEqual(await deliver(house.openWork, through(cutting.url), id), { state: 'unknown', code: 'connection' })
  assert.equal(cutting.cuts(), 1)
  await cutting.close()
  const server = await openMailServer()
  assert.equal(await deliver(house.openWork, through(server.url), id), undefined)
  await sendDue(house.openWork, through(server.url))
  assert.deepEqual([server.taken.length, (await stateOf(id))[2]], [0, ['unknown connection']])

  // An officer may say that it may arrive twice.
  await refusal(
    house.work(work => outreach.retryMessage(work, id)),
    'message-retry-refused',
  )
  await house.work(work => outreach.sendAgain(work, id))
  assert.equal((await house.work(work => audit.lastDeedOn(work, id)))?.deed, 'message.sent-again')
  assert.deepEqual(await deliver(house.openWork, through(server.url), id), { state: 'sent' })
  await refusal(
    house.work(work => outreach.sendAgain(work, id)),
    'message-not-unknown',
  )
  await server.close()
})

test('a server that cannot be reached has certainly taken nothing: it is tried again', async () => {
  const id = await queued()
  const nowhere = through('smtp://127.0.0.1:9')
  assert.deepEqual(await deliver(house.openWork, nowhere, id), { state: 'failed', code: 'connection' })
  await wait(id, 2)
  assert.deepEqual(await deliver(house.openWork, nowhere, id), { state: 'failed', code: 'connection' })
  assert.equal(await minutesToNext(id), 5)
  await wait(id, 6)
  const server = await openMailServer()
  assert.deepEqual(await deliver(house.openWork, through(server.url), id), { state: 'sent' })
  await server.close()
})

test('an e-mail is never sent to a remote server without encryption', async () => {
  const server = await openMailServer()
  const id = await queued()
  // The same machine under a name that is not its own.
  const elsewhere = through(`smtp://127.1:${server.port}`)
  const delivered = await deliver(house.openWork, elsewhere, id)
  assert.equal(delivered?.state, 'failed')
  assert.deepEqual(server.taken, [])
  await server.close()
})

test('a hanging or failing channel does not hold up other messages', async () => {
  const file = through('').phone
  const silent: Channels = { origin, email: [{ name: 'silent', send: () => new Promise(() => {}) }], phone: file }
  const broken: Channels = {
    origin,
    email: [{ name: 'broken', send: () => Promise.reject(new Error(`no ${mailbox}`)) }],
    phone: file,
  }
  assert.deepEqual(await deliver(house.openWork, silent, await queued(), { patience: 50 }), {
    state: 'unknown',
    code: 'timeout',
  })
  assert.deepEqual(await deliver(house.openWork, broken, await queued()), { state: 'unknown', code: 'fault' })
})

test('a message is given up after nine tries in about two days; an officer may start again', async () => {
  const id = await queued()
  const pauses: number[] = []
  const nowhere = through('smtp://127.0.0.1:9')
  for (let at = 1; at <= mostTries; at++) {
    const delivered = await deliver(house.openWork, nowhere, id)
    assert.equal(delivered?.state, at === mostTries ? 'given-up' : 'failed')
    if (at < mostTries) pauses.push(await minutesToNext(id))
    await wait(id, 2000)
  }
  assert.deepEqual(pauses, [1, 5, 15, 60, 180, 360, 720, 1440])
  assert.equal((await house.work(work => audit.lastDeedOn(work, id)))?.deed, 'message.given-up')
  assert.equal(await deliver(house.openWork, nowhere, id), undefined)

  await house.work(work => outreach.retryMessage(work, id))
  assert.equal((await house.work(work => audit.lastDeedOn(work, id)))?.deed, 'message.retried')
  assert.equal((await deliver(house.openWork, nowhere, id))?.state, 'failed')
  assert.equal(await minutesToNext(id), 1)
  const { message } = await told(id)
  assert.deepEqual([message.attempts, message.tries], [mostTries + 1, 1])
  await house.work(work => outreach.retryMessage(work, id))
  await refusal(
    house.work(work => outreach.retryMessage(work, id)),
    'message-retry-refused',
  )
})

test('two workers that deliver one message send it once', async () => {
  const server = await openMailServer()
  const id = await queued()
  const channels = through(server.url)
  const all = await Promise.all([1, 2, 3].map(() => deliver(house.openWork, channels, id)))
  assert.deepEqual(all.filter(Boolean), [{ state: 'sent' }])
  assert.equal(server.taken.length, 1)
  await server.close()
})

test('without a mail server each message becomes a private file, written whole and once', async () => {
  const toPhone = await queued({ to: { kind: 'phone', number: phone } })
  const id = await queued()
  for (const one of [id, toPhone]) assert.deepEqual(await deliver(house.openWork, through(''), one), { state: 'sent' })
  const outbox = join(folder, 'outbox')
  const { message } = await told(id)
  const day = join(outbox, dayAt(message.queuedAt))
  assert.equal(message.via, 'file')
  assert.deepEqual((await readdir(day)).sort(), [`${id}.txt`, `${toPhone}.txt`].sort())
  const modes = await Promise.all(
    [outbox, day, join(day, `${id}.txt`)].map(async path => (await stat(path)).mode & 0o777),
  )
  assert.deepEqual(modes, [0o700, 0o700, 0o600])
  const text = await readFile(join(day, `${id}.txt`), 'utf8')
  assert.match(
    text,
    new RegExp(
      `^Message-ID: ${id}\nDate: .*\nTo: ${mailbox}\nContent-Language: vi\nSubject: Hồ sơ HN-0193-000127 cần ` +
        `được hoàn thiện\n\nKính gửi`,
    ),
  )
  assert.match(await readFile(join(day, `${toPhone}.txt`), 'utf8'), /^To: \+84912345123$/m)

  await house.owner(
    `update outreach.message set state = 'failed', code = 'x', next_at = queued_at, ended_at = null where id = $1`,
    [id],
  )
  await deliver(house.openWork, through(''), id)
  assert.equal((await readdir(day)).length, 2)
})

test('an outbox that cannot be written is tried again', async () => {
  const blocked = await mkdtemp(join(tmpdir(), 'dinhdanh-outbox-'))
  after(() => rm(blocked, { recursive: true, force: true }))
  await writeFile(join(blocked, 'outbox'), 'a file where the folder should be')
  const channels = openChannels({ folder: blocked, origin, config: { smtpUrl: '', mailFrom: '' } })
  assert.deepEqual(await deliver(house.openWork, channels, await queued()), { state: 'failed', code: 'folder' })
})

test('a run of the sender takes all that is due, and nothing else', async () => {
  await house.owner(
    `update outreach.message set state = 'given-up', code = 'x', next_at = null, ended_at = now()
      where state in ('queued', 'failed')`,
  )
  const [first, early, late] = [await queued(), await queued(), await queued()]
  for (const id of [early, late]) await deliver(house.openWork, through('smtp://127.0.0.1:9'), id)
  await wait(late, 2)
  const server = await openMailServer()
  assert.deepEqual(await sendDue(house.openWork, through(server.url)), { tries: 2, isMore: false })
  const states = await Promise.all([first, early, late].map(async id => (await told(id)).message.state))
  assert.deepEqual(states, ['sent', 'failed', 'sent'])
  assert.deepEqual((await lookAfter(house.openWork, through(server.url))).interrupted, 0)
  const figures = await house.work(outreach.countMessages)
  assert.deepEqual([figures.queued, figures.failed, figures.sending], [0, 1, 0])
  await server.close()
})

test('what somebody waits for goes first, whatever was queued before', async () => {
  await house.owner(
    `update outreach.message set state = 'given-up', code = 'x', next_at = null, ended_at = now()
      where state in ('queued', 'failed')`,
  )
  const order: string[] = []
  const one = {
    name: 'one',
    window: 1,
    send: async ({ template }: { template: string }) => {
      order.push(template)
      return { outcome: 'accepted' as const }
    },
  }
  const to = { kind: 'phone', number: phone } as const
  for (let at = 0; at < 4; at++) await queued({ to })
  const facts = { code: '041907', purpose: { vi: 'đăng nhập', en: 'sign in' }, minutes: 5 }
  const about = { kind: 'account', id: newId(), personId: newId<'person'>() }
  await house.work(work => outreach.sendMessage(work, { template: 'account-code', facts, language: 'vi', to, about }))
  await sendDue(house.openWork, { origin, email: [one], phone: [one] })
  assert.deepEqual([order[0], order.length], ['account-code', 5])
})

test('jobs deliver messages, and their log has ids and codes but no names and addresses', async () => {
  await house.owner('delete from graphile_worker._private_jobs')
  const lines: string[] = []
  const write = (chunk: unknown, _encoding: string, done: () => void) => {
    lines.push(String(chunk))
    done()
  }
  const log = openLog('debug', new Writable({ write }))
  const server = await openMailServer({ recipient: () => refusing(550, `5.1.1 <${mailbox}>: ${someone} is unknown`) })
  const refused = await queued()
  const file = await queued({ to: { kind: 'phone', number: phone } })
  const runner = await runJobs(house.url, jobs(house.openWork, through(server.url)), { log })
  const until = async (id: outreach.MessageId) => {
    for (let at = 0; at < 100 && !(await told(id)).message.endedAt; at++)
      await new Promise(done => setTimeout(done, 50))
    return (await told(id)).message.state
  }
  assert.deepEqual([await until(refused), await until(file)], ['undeliverable', 'sent'])
  await runner.stop()
  await server.close()
  const text = lines.join('')
  assert.ok(text.includes(refused) && text.includes('550 5.1.1'))
  for (const personal of [mailbox, someone, '912345123']) assert.ok(!text.includes(personal), text)
})

test('a message to a person of no unit is delivered', async () => {
  const id = await house.as(asSystem('test', 'none'), work =>
    outreach.sendMessage(work, aSending({ about: { kind: 'session', id: newId() } })),
  )
  assert.deepEqual(await deliver(house.openWork, through(''), id), { state: 'sent' })
  assert.equal((await told(id)).tries.length, 1)
})

test('a one-time code is sent in the text and stored nowhere readable', async () => {
  const code = '041907'
  const purpose = { vi: 'kích hoạt tài khoản', en: 'activate your account' }
  const about = { kind: 'account', id: newId(), personId: newId<'person'>() }
  const id = await house.work(work =>
    outreach.sendMessage(work, {
      template: 'account-code',
      facts: { code, purpose, minutes: 5 },
      language: 'vi',
      to: { kind: 'phone', number: phone },
      about,
    }),
  )
  const everything = async () => {
    const rows = await house.owner<{ row: string }>(
      `select m::text as row from outreach.message m union all select d::text from audit.deed d union all select j::text
        from graphile_worker._private_jobs j`,
    )
    return rows.map(({ row }) => row).join('\n')
  }
  assert.ok(!(await everything()).includes(code))
  assert.match((await told(id)).message.body, /^\*{6} la so de kich hoat/)

  assert.deepEqual(await deliver(house.openWork, through(''), id), { state: 'sent' })
  const [day] = await readdir(join(folder, 'outbox'))
  assert.match(
    await readFile(join(folder, 'outbox', day ?? '', `${id}.txt`), 'utf8'),
    /\n041907 la so de kich hoat tai khoan, dung mot lan/,
  )
  assert.ok(!(await everything()).includes(code))
  const [row] = await house.owner<{ sealed: Buffer | null }>('select sealed from outreach.message where id = $1', [id])
  assert.equal(row?.sealed, null)
})

test('a one-time code not delivered in five minutes is given up and never sent again', async () => {
  const facts = { code: '730164', purpose: { vi: 'đăng nhập', en: 'sign in' }, minutes: 5 }
  const about = { kind: 'account', id: newId(), personId: newId<'person'>() }
  const id = await house.work(work =>
    outreach.sendMessage(work, {
      template: 'account-code',
      facts,
      language: 'vi',
      to: { kind: 'phone', number: phone },
      about,
    }),
  )
  await house.owner(`update outreach.message set useless_at = now() - interval '1 second' where id = $1`, [id])
  assert.deepEqual(await deliver(house.openWork, through(''), id), { state: 'given-up', code: 'too-late' })
  const [row] = await house.owner<{ sealed: Buffer | null }>('select sealed from outreach.message where id = $1', [id])
  assert.equal(row?.sealed, null)
  await refusal(
    house.work(work => outreach.retryMessage(work, id)),
    'message-over',
  )
})
