import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openChecking } from '../../../test/a-checking-party.ts'
import { aPerson, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { asDay } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { deletedAtOnce } from '../../platform/jobs/law.ts'
import { builtInLaw } from '../../platform/law.ts'
import { openLog } from '../../platform/log.ts'
import { runBatch } from '../batches/run.ts'
import { jobs } from '../jobs.ts'
import { clientLimit, probingRuleOn } from '../law.ts'

const house = await openHouse({ withUnits: true })
const checking = await openChecking(house)
const victim = aPerson({ name: 'Đặng Thị Bích Ngọc', bornOn: '2005-08-21', sex: 'F' })
const accomplice = aPerson({ name: 'Lê Văn Tòng', bornOn: '1990-02-03' })
await enterAll(house, [victim, accomplice])

type Told = { row: number; matched?: boolean; differs?: string[]; error?: string }
type Said = { person_number: string; full_name: string; birth_date: string }
const said = ({ person_number = '', full_name = '', birth_date = '' }: Record<string, string>): Said => ({
  person_number,
  full_name,
  birth_date,
})
const accompliced = said(accomplice)
/** Numbers that are nobody's, each but once in this file. */
let numbered = 0
const nobodys = () => `079305${String(numbered++).padStart(6, '0')}`
const digits = (at: number, letters: string, length: number) =>
  Array.from({ length }, (_, place) => letters.charAt(Math.floor(at / letters.length ** place) % letters.length)).join(
    '',
  )
const names = (at: number) => `Bế Văn ${digits(at, 'abcdeghikl', 4)}`
const days = (at: number) => new Date(Date.UTC(1930, 0, 1 + at)).toISOString().slice(0, 10)

async function stream(token: string, rows: readonly unknown[]): Promise<Told[]> {
  const answer = await fetch(`${checking.origin}/api/verifications/batch?purpose=verification`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: rows.map(row => JSON.stringify(row)).join('\n'),
  })
  assert.equal(answer.status, 200)
  return (await answer.text())
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Told)
}

async function batch(token: string, rows: readonly unknown[]): Promise<{ id: string; told: Told[] }> {
  const bytes = Buffer.from(rows.map(row => JSON.stringify(row)).join('\n'))
  const id = newId<'verification-batch'>()
  const api = (path: string, method = 'GET', body?: Buffer, type = 'application/octet-stream') =>
    fetch(`${checking.origin}/api/verifications/batches/${id}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': type }) },
      ...(body && { body: new Uint8Array(body) }),
    })
  await api(
    '',
    'PUT',
    Buffer.from(JSON.stringify({ purpose: 'verification', format: 'ndjson', bytes: bytes.length })),
    'application/json',
  )
  await api('/input?offset=0', 'PUT', bytes)
  do await runBatch(house.openWork, id)
  while (((await (await api('')).json()) as { state: string }).state === 'running')
  const told = (await (await api('/result')).text()).trimEnd().split('\n')
  return { id, told: told.map(line => JSON.parse(line) as Told) }
}

/** A victim's name and birth date under so many numbers, hers among them at a place. */
const tried = (count: number, hers: number, also: (at: number) => Partial<Said> = () => ({})): Said[] =>
  Array.from({ length: count }, (_, at) => ({
    ...said(victim),
    ...also(at),
    ...(at !== hers && { person_number: nobodys() }),
  }))
const answered = (told: readonly Told[]) => told.filter(({ error }) => error === undefined)
const partyOf = async (clientId: string) =>
  (
    await house.owner<{ id: Id<'party'> }>('select party_id as id from parties.client where client_id = $1', [clientId])
  )[0]?.id ?? assert.fail('no party')
const deedsOf = (clientId: string) =>
  house.owner<{ deed: string; facts: Record<string, number> }>(
    'select deed, facts from audit.deed where subject_id = $1 order by at',
    [clientId],
  )
const flightsOf = (clientId: string) =>
  house.owner<{ check: string; endpoint: string; request_id: string }>(
    `select "check", endpoint, request_id from parties.flight where client_id = $1 and outcome = 'failed' order by at`,
    [clientId],
  )

test('a name and birth date tried under many numbers of a batch are withheld, and the engineer sees why', async () => {
  const party = await checking.aParty()
  const token = await checking.tokenOf(party)
  const probing = tried(3000, 2900).flatMap((row, at) => (at % 3 === 0 ? [accompliced, row] : [row]))
  const told = await stream(token, probing)
  assert.equal(told.length, probing.length)
  const about = told.filter((_, at) => probing[at]?.full_name === victim['full_name'])
  assert.deepEqual([answered(about).length, about[2900]?.matched], [5, undefined])
  assert.deepEqual([...new Set(about.slice(5).map(({ error }) => error))], ['numbers-stopped'])
  assert.ok(
    told.every((one, at) => probing[at] !== accompliced || one.matched),
    'others are answered',
  )

  const single = await checking.ask(token, said(victim))
  assert.deepEqual([single.status, single.body['type']], [429, '/problems/verification-numbers-stopped'])
  assert.deepEqual(await deedsOf(party.clientId), [{ deed: 'verification.numbers-stopped', facts: { stopped: 1 } }])
  const flights = await flightsOf(party.clientId)
  assert.ok(flights.some(({ request_id }) => request_id === single.headers.get('x-request-id')))
  assert.deepEqual([...new Set(flights.map(({ check }) => check))], ['numbers-tried'])
  const other = await checking.tokenOf(await checking.aParty())
  assert.equal((await checking.ask(other, said(victim))).body['matched'], true, 'another party is answered')
})

test('probing is stopped alike in single checks, parallel streams, batches and the party’s other client', async () => {
  const singly = await checking.tokenOf(await checking.aParty())
  const statuses = await Promise.all(tried(40, -1).map(row => checking.ask(singly, row)))
  assert.equal(statuses.filter(({ status }) => status === 200).length, 5)

  const streaming = await checking.tokenOf(await checking.aParty())
  const streams = await Promise.all(Array.from({ length: 6 }, () => stream(streaming, tried(50, -1))))
  assert.equal(answered(streams.flat()).length, 5)
  assert.deepEqual(
    (await stream(streaming, [said(victim)])).map(({ error }) => error),
    ['numbers-stopped'],
  )

  const first = await checking.aParty()
  const { id, told } = await batch(await checking.tokenOf(first), tried(1200, 1100))
  assert.deepEqual([answered(told).length, told.some(({ matched }) => matched)], [5, false])
  assert.deepEqual([...new Set((await flightsOf(first.clientId)).map(flight => flight.request_id))], [id])
  const second = await checking.aParty({ partyId: await partyOf(first.clientId) })
  const bySecond = await checking.ask(await checking.tokenOf(second), said(victim))
  assert.equal(bySecond.body['type'], '/problems/verification-numbers-stopped')
})

test('an extra mark or blank, a legacy font or another way to write the day does not evade the limit', async () => {
  const token = await checking.tokenOf(await checking.aParty())
  const forms = [
    'ĐẶNG THỊ BÍCH NGỌC',
    'Dang Thi Bich Ngoc',
    'Đặng  Thị Bích Ngóc',
    '§Æng ThÞ BÝch Ngäc',
    'Đặng Thị Bích Ngọc',
  ]
  const told = await stream(
    token,
    tried(6, 5, at => ({
      full_name: forms[at] ?? String(victim['full_name']),
      birth_date: at % 2 ? '21/08/2005' : '2005-08-21',
    })),
  )
  assert.deepEqual(
    told.map(({ error }) => error),
    [undefined, undefined, undefined, undefined, undefined, 'numbers-stopped'],
  )
})

/** A client that asked about so many others today, and all was right. */
const hadRight = (clientId: string, asked: number) =>
  house.owner(
    `insert into verification.tally (client_id, on_day, hand, guesser, asked, wrong)
      values ($1, (now() at time zone 'Asia/Ho_Chi_Minh')::date, 2000, $1, $2, 0)`,
    [clientId, asked],
  )

test('changing the birth date or the name from number to number does not evade the limit', async () => {
  for (const also of [(at: number) => ({ birth_date: days(at) }), (at: number) => ({ full_name: names(at) })]) {
    const party = await checking.aParty()
    const token = await checking.tokenOf(party)
    await hadRight(party.clientId, 5000)
    assert.equal(answered(await stream(token, tried(2200, -1, also))).length, 2000)
    assert.deepEqual(
      (await stream(token, [{ ...said(victim), ...also(9999) }])).map(({ error }) => error),
      ['numbers-stopped'],
    )
  }
})

test('a repeated wrong number, a wrong birth date alone and true namesakes do not count as probing', async () => {
  const party = await checking.aParty()
  const token = await checking.tokenOf(party)
  const wrong = { ...said(victim), person_number: nobodys() }
  for (let time = 0; time < 12; time += 1) assert.equal((await checking.ask(token, wrong)).status, 200)
  assert.equal((await checking.ask(token, said(victim))).body['matched'], true)

  const namesakes = Array.from({ length: 12 }, () => aPerson({ name: 'Nông Văn Sáu', bornOn: '1991-01-01' }))
  await enterAll(house, namesakes)
  const told = await stream(token, [
    ...namesakes.map(said),
    ...namesakes.map(row => ({ ...said(row), birth_date: '1900-01-01' })),
  ])
  assert.deepEqual([told.filter(({ matched }) => matched).length, answered(told).length], [12, 24])
})

test('a person confirmed again and again counts once, so that wrong answers about others stop the client', async () => {
  const party = await checking.aParty()
  const token = await checking.tokenOf(party)
  const strangers = Array.from({ length: 1300 }, (_, at) => ({
    person_number: nobodys(),
    full_name: names(at),
    birth_date: days(at),
  }))
  const told = await stream(
    token,
    strangers.flatMap(row => [accompliced, row]),
  )
  assert.equal(told.filter(({ error }) => error === 'client-stopped').length, 600)
  const [tally] = await house.owner<{ asked: number; again: number; wrong: number; strange: number }>(
    `select sum(asked)::int as asked, sum(again)::int as again, sum(wrong)::int as wrong, sum(strange)::int as strange
     from verification.tally where client_id = $1`,
    [party.clientId],
  )
  assert.deepEqual(tally, { asked: 2000, again: 999, wrong: 1000, strange: 1000 })
  assert.deepEqual(await deedsOf(party.clientId), [
    { deed: 'verification.client-stopped', facts: { asked: 2000, again: 999, wrong: 1000, strange: 1000 } },
  ])
  assert.equal((await flightsOf(party.clientId))[0]?.check, 'too-much-wrong')
  const [later] = await stream(token, [accompliced])
  assert.equal(later?.error, 'client-stopped')
})

test('a party’s wrong answers of a day have a limit, above that of a bad list of a whole province', () => {
  const rule = probingRuleOn(asDay('2026-01-01'), builtInLaw)
  assert.equal(clientLimit(rule, 900_000, 299_000, { wrong: 299_000, strange: 149_000 }), 'free')
  assert.equal(clientLimit(rule, 900_000, 710_000), 'stopped')
  assert.equal(clientLimit(rule, 900_000, 300_000), 'stopped')
  assert.equal(clientLimit(rule, 900_000, 299_999), 'free')
  assert.equal(clientLimit(rule, 900_000, 150_000, { wrong: 150_000, strange: 150_000 }), 'stopped')
  assert.equal(clientLimit(rule, 900_000, 0, { wrong: 300_000, strange: 0 }), 'stopped', 'by another client')
})

test('a party’s clients count together, a sandbox apart, and each row over the limit gets its error', async () => {
  const one = await checking.aParty()
  const partyId = await partyOf(one.clientId)
  const [other, sandbox] = [await checking.aParty({ partyId }), await checking.aParty({ partyId, sandbox: true })]
  for (const [client, guesser] of [
    [other, partyId],
    [sandbox, sandbox.clientId],
  ] as const)
    await house.owner(
      `insert into verification.tally (client_id, on_day, hand, guesser, asked, wrong, wrong_at)
       values ($1, (now() at time zone 'Asia/Ho_Chi_Minh')::date, 2000, $2, 1000000, 299990, now())`,
      [client.clientId, guesser],
    )
  const token = await checking.tokenOf(one)
  const rows = Array.from({ length: 30 }, (_, at) => ({
    person_number: nobodys(),
    full_name: names(at),
    birth_date: days(at),
  }))
  const told = await stream(token, rows)
  assert.deepEqual(
    told.map(({ row, error }) => [row, error]),
    rows.map((_, at) => [at + 1, at < 10 ? undefined : 'client-stopped']),
  )
  assert.equal(
    (await checking.ask(await checking.tokenOf(other), accompliced)).body['type'],
    '/problems/verification-client-stopped',
  )
  await house.owner(`update verification.tally set on_day = on_day - 1 where guesser <> ''`)
  assert.equal((await stream(token, [accompliced]))[0]?.matched, true)
})

test('only hashes of what was tried are kept, and nothing once the day is over', async () => {
  const rows = await house.owner<{ told: string }>('select told from verification.tried')
  assert.ok(rows.length > 0)
  const plain = await house.owner(
    // Six digits of a number stand by chance within a hash; as the beginning of a text they do not.
    `select from verification.tried t where t::text ~* '\\m079305|ngọc|ngoc|2005-08-21|${victim['person_number']}'`,
  )
  assert.equal(plain.length, 0)
  const forget = jobs(house.openWork)['forget-verifications']
  const progress = { attempt: 1, log: openLog('silent') }
  await forget?.({}, progress)
  assert.equal((await house.owner('select from verification.tried')).length, rows.length)
  // Of a day on which many were asked about, they go by some thousand.
  await house.owner('update verification.tried set on_day = on_day - 1')
  await house.owner(`
    insert into verification.tried (on_day, guesser, told, numbers, seen)
    select on_day, 'g' || n, told, numbers, seen
    from (select * from verification.tried limit 1) t, generate_series(1, ${deletedAtOnce}) n`)
  await forget?.({}, progress)
  assert.equal((await house.owner('select from verification.tried')).length, 0)
})
