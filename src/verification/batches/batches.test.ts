import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openChecking } from '../../../test/a-checking-party.ts'
import { aPerson, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { newId } from '../../platform/ids.ts'
import { setSealingKey } from '../../platform/sealing/sealing.ts'
import { asSystem } from '../../platform/work.ts'
import { forgetEnded } from './batches.ts'
import { runBatch } from './run.ts'

const house = await openHouse({ withUnits: true })
const checking = await openChecking(house)
const key = Buffer.alloc(32, 9)
setSealingKey(key)
const party = await checking.aParty()
const token = await checking.tokenOf(party)
const people = Array.from({ length: 200 }, (_, at) =>
  aPerson({ name: `Nguyễn Văn ${'ABCDEGHIKL'.charAt(at % 10)}`, bornOn: `2005-0${(at % 9) + 1}-1${at % 10}` }),
)
await enterAll(house, people)

type Told = {
  row: number
  ref?: unknown
  matched?: boolean
  differs?: string[]
  status?: string
  error?: string
  fields?: string[]
}
const said = (at: number) => {
  const { person_number, full_name, birth_date, sex } = people[at % people.length] as (typeof people)[number]
  return { person_number, full_name, birth_date, sex }
}
const ndjson = (rows: readonly unknown[]) =>
  rows.map(row => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')
const read = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Told)

type Sent = string | Uint8Array | AsyncIterable<Uint8Array>
const api = (
  method: string,
  path: string,
  { body, type, as = token }: { body?: Sent; type?: string; as?: string } = {},
) =>
  fetch(`${checking.origin}/api/verifications${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, ...(type && { 'content-type': type }) },
    ...(body !== undefined && { body, duplex: 'half' }),
  } as RequestInit)
const stream = (body: Sent, type = 'application/x-ndjson', as = token) =>
  api('POST', '/batch?purpose=verification', { body, type, as })

async function send(
  text: string,
  { format = 'ndjson', as = token, id = newId<'verification-batch'>() as string } = {},
) {
  const bytes = Buffer.from(text)
  const begun = await api('PUT', `/batches/${id}`, {
    body: JSON.stringify({ purpose: 'verification', format, bytes: bytes.length }),
    type: 'application/json',
    as,
  })
  assert.equal(begun.status, 200, await begun.clone().text())
  const { received } = (await begun.json()) as { received: number }
  const sent = await api('PUT', `/batches/${id}/input?offset=${received}`, {
    body: bytes.subarray(received),
    type: 'application/octet-stream',
    as,
  })
  assert.equal(sent.status, 200)
  return id
}
const stateOf = async (id: string, as = token) =>
  (await (await api('GET', `/batches/${id}`, { as })).json()) as Record<string, unknown>
const fetched = async (id: string, kind = 'result', as = token) =>
  (await api('GET', `/batches/${id}/${kind}`, { as })).text()

/** A batch that takes longer than its turn goes on in another. */
async function runWhole(id: string) {
  do await runBatch(house.openWork, id)
  while ((await stateOf(id))['state'] === 'running')
}

async function aQuota(perMinute: number, perDay: number) {
  const one = await checking.aParty()
  await house.owner(
    `insert into parties.quota (client_id, what, per_minute, per_day, set_by_id, set_at)
      values ($1, 'verification', $2, $3, 'x', now())`,
    [one.clientId, perMinute, perDay],
  )
  return { ...one, token: await checking.tokenOf(one) }
}

test('rows of a stream come out in order, each with its own reference, and nothing else that was sent', async () => {
  const rows = [
    { ...said(0), ref: 'a-1' },
    { ...said(1), ref: 7, full_name: 'Ai Khác' },
    { ref: '=1+1', person_number: '022205999999', full_name: 'Không Ai', birth_date: '2005-01-01' },
    '',
    '{"ref": "broken"',
    { ...said(2), ref: 'x', birth_date: '31/02/2005' },
    { ...said(3), ref: { not: 'a text' } },
    said(4),
  ]
  const answer = await stream(ndjson(rows))
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /x-ndjson/)
  assert.deepEqual(read(await answer.text()), [
    { row: 1, ref: 'a-1', matched: true, differs: [] },
    { row: 2, ref: 7, matched: false, differs: ['full_name'] },
    { row: 3, ref: '=1+1', matched: false, differs: ['person_number'] },
    { row: 4, error: 'row-unreadable' },
    { row: 5, ref: 'x', error: 'input-wrong', fields: ['birth_date'] },
    { row: 6, error: 'ref-wrong' },
    { row: 7, matched: true, differs: [] },
  ])
})

test('a CSV with any delimiter and order of columns comes back as a CSV', async () => {
  const { person_number, full_name, birth_date } = said(5)
  const lines = [
    '﻿Ref;Birth_Date;lớp;FULL_NAME;person_number',
    `"a;1";${birth_date};9A;"${full_name}";${person_number}`,
    `"a""2";;9A;${full_name};${person_number}`,
    'x"y;1;2;3;4',
    `z;${birth_date}`,
  ]
  const answer = await stream(lines.join('\r\n'), 'text/csv; charset=utf-8')
  assert.equal(
    await answer.text(),
    [
      'row;ref;matched;differs;status;error;fields',
      '1;"a;1";true;;;;',
      '2;"a""2";;;;input-wrong;birth_date',
      '3;;;;;row-unreadable;',
      '4;;;;;row-unreadable;',
      '',
    ].join('\n'),
  )
})

test('a stream without columns, of another type or for another purpose is refused before any answer', async () => {
  const typeOf = async (answer: Response) => ((await answer.json()) as { type: string }).type
  assert.equal(
    await typeOf(await stream('ref,full_name\n1,2\n', 'text/csv')),
    '/problems/verification-batch-header-wrong',
  )
  assert.equal(await typeOf(await stream('x', 'text/plain')), '/problems/verification-batch-format-unknown')
  const other = await api('POST', '/batch?purpose=marketing', { body: 'x', type: 'text/csv' })
  assert.equal(await typeOf(other), '/problems/verification-purpose-not-approved')
  assert.equal((await stream('', 'application/x-ndjson', 'nobody')).status, 401)
})

test('a client that sends a few rows and waits is answered before it sends more', async () => {
  let more: (() => void) | undefined
  const waits = new Promise<void>(resolve => {
    more = resolve
  })
  async function* slowly() {
    yield Buffer.from(`${ndjson([said(0), said(1)])}\n`)
    await waits
    yield Buffer.from(ndjson([said(2)]))
  }
  const answer = await stream(slowly())
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece, { stream: true })
    if (text.split('\n').length === 3) more?.()
  }
  assert.deepEqual(
    read(text).map(({ row, matched }) => [row, matched]),
    [
      [1, true],
      [2, true],
      [3, true],
    ],
  )
})

test('guessing by the thousand in one batch is slowed as one by one is', async () => {
  const guesser = await checking.aParty()
  const its = await checking.tokenOf(guesser)
  const guesses = Array.from({ length: 365 }, (_, day) => ({
    ...said(6),
    birth_date: new Date(Date.UTC(2005, 0, 1 + day)).toISOString().slice(0, 10),
  }))
  const told = read(await (await stream(ndjson(guesses), 'application/x-ndjson', its)).text())
  assert.equal(told.length, 365)
  const answered = told.filter(({ error }) => !error).length
  assert.ok(answered <= 4, `${answered} answered`)
  assert.ok(told.filter(({ error }) => error === 'person-slowed').length >= 361)
})

test('a day’s quota ends a stream with a row each all the same', async () => {
  const small = await aQuota(50, 50)
  const told = read(
    await (
      await stream(
        ndjson(Array.from({ length: 80 }, (_, at) => ({ ...said(at), ref: at }))),
        'application/x-ndjson',
        small.token,
      )
    ).text(),
  )
  assert.deepEqual(
    told.map(({ ref }) => ref),
    Array.from({ length: 80 }, (_, at) => at),
  )
  const left = told.filter(({ error }) => error === 'quota-over').length
  assert.ok(left >= 30 && left < 40, `${left} had no quota`)
})

test('a batch is sent in pieces, resumed, answered by a job and fetched; its answered input is deleted', async () => {
  const rows = Array.from({ length: 9000 }, (_, at) =>
    at % 1000 === 999 ? { ...said(at), ref: at, sex: 'x' } : { ...said(at), ref: at },
  )
  const bytes = Buffer.from(`${ndjson(rows)}\n\n`)
  const id = newId<'verification-batch'>()
  const begin = () =>
    api('PUT', `/batches/${id}`, {
      body: JSON.stringify({ purpose: 'for the exam file', format: 'ndjson', bytes: bytes.length }),
      type: 'application/json',
    })
  assert.equal((await begin()).status, 200)
  const piece = (from: number, to: number) =>
    api('PUT', `/batches/${id}/input?offset=${from}`, {
      body: bytes.subarray(from, to),
      type: 'application/octet-stream',
    })
  assert.equal((await piece(0, 300_001)).status, 200)
  const gap = await piece(400_000, 500_000)
  assert.deepEqual([gap.status, ((await gap.json()) as { received: number }).received], [409, 300_001])
  assert.equal((await piece(0, 300_001)).status, 200, 'an answer that was lost is asked for again')
  assert.equal((await piece(200_000, 700_000)).status, 200, 'what overlaps is taken once')
  assert.equal(((await (await begin()).json()) as { received: number }).received, 700_000)
  assert.equal((await api('GET', `/batches/${id}/result`)).status, 409)
  await piece(700_000, bytes.length)
  assert.equal((await stateOf(id))['state'], 'waiting')
  const [job] = await house.owner<{ n: number }>(
    `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'check-batch' and key = $1`,
    [`check-batch ${id}`],
  )
  assert.equal(job?.n, 1)

  const clear = await house.owner(
    `select from verification.piece
      where batch_id = $1 and position(convert_to('person_number', 'UTF8') in sealed) > 0`,
    [id],
  )
  assert.equal(clear.length, 0, 'it lies sealed')
  await runWhole(id)

  const state = await stateOf(id)
  assert.deepEqual([state['state'], state['rows'], state['errors']], ['done', 9000, 9])
  const told = read(await fetched(id))
  assert.deepEqual(
    told.map(({ row, ref }) => [row, ref]),
    rows.map(({ ref }, at) => [at + 1, ref]),
  )
  assert.equal(told.filter(({ matched }) => matched).length, 8991)
  assert.deepEqual(
    read(await fetched(id, 'errors')).map(({ row, error, fields }) => [row, error, fields]),
    Array.from({ length: 9 }, (_, at) => [1000 * (at + 1), 'input-wrong', ['sex']]),
  )
  const half = Number(state['resultBytes']) - 1000
  const tail = await (await api('GET', `/batches/${id}/result?offset=${half}`)).text()
  assert.equal((await fetched(id)).slice(-500), tail.slice(-500))
  const kept = await house.owner(`select from verification.piece where batch_id = $1 and kind = 'input'`, [id])
  assert.equal(kept.length, 0)
  const ends = new Date(String((await stateOf(id))['endsAt'])).getTime() - Date.now()
  assert.ok(ends < 86_400_000, 'what was fetched goes within a day')

  await runBatch(house.openWork, id)
  assert.equal((await stateOf(id))['rows'], 9000, 'what is done stays done')
  assert.deepEqual(await (await api('DELETE', `/batches/${id}`)).json(), { deleted: true })
  assert.equal((await api('GET', `/batches/${id}`)).status, 404)
  assert.equal((await house.owner('select from verification.piece where batch_id = $1', [id])).length, 0)
})

test('a batch belongs to its client alone, and beginning it again with other facts is refused', async () => {
  const id = await send(ndjson([said(0)]))
  const other = await checking.tokenOf(await checking.aParty())
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/result'],
    ['DELETE', ''],
    ['PUT', '/input?offset=0'],
  ] as const)
    assert.equal(
      (
        await api(method, `/batches/${id}${path}`, {
          as: other,
          ...(method === 'PUT' && { body: 'x', type: 'application/octet-stream' }),
        })
      ).status,
      404,
    )
  const differs = await api('PUT', `/batches/${id}`, {
    body: JSON.stringify({ purpose: 'verification', format: 'csv', bytes: 5 }),
    type: 'application/json',
  })
  assert.equal(((await differs.json()) as { type: string }).type, '/problems/verification-batch-differs')
})

test('a CSV batch without its columns is refused with its reason', async () => {
  const id = await send('name,born\nA,2005\n', { format: 'csv' })
  await runBatch(house.openWork, id)
  const { state, reason } = await stateOf(id)
  assert.deepEqual([state, reason], ['refused', 'verification-batch-header-wrong'])
})

test('a batch waits for quota by itself, and each row is counted once', async () => {
  // Not even two minutes, where the second begins while the batch runs, have enough.
  const small = await aQuota(2000, 100_000)
  const id = await send(ndjson(Array.from({ length: 4500 }, (_, at) => said(at))), { as: small.token })
  await runBatch(house.openWork, id)
  const waiting = await stateOf(id, small.token)
  assert.equal(waiting['state'], 'waiting')
  assert.ok(Number(waiting['rows']) >= 1500 && Number(waiting['rows']) <= 4500)
  assert.ok(waiting['waitsUntil'])
  const [queued] = await house.owner<{ run_at: Date }>(`select run_at from graphile_worker.jobs where key = $1`, [
    `check-batch ${id}`,
  ])
  assert.equal(queued?.run_at.toISOString(), waiting['waitsUntil'])
  await house.owner(`update parties.quota set per_minute = 100000 where client_id = $1`, [small.clientId])
  await runBatch(house.openWork, id)
  assert.equal((await stateOf(id, small.token))['state'], 'done')
  const [spent] = await house.owner<{ used: string }>(
    `select sum(used)::int as used from parties.spent where client_id = $1 and period = 'day'`,
    [small.clientId],
  )
  assert.equal(Number(spent?.used), 4500)
})

test('a batch that is killed again and again has each row once, and each person each access once', async () => {
  const own = await aQuota(1_000_000, 10_000_000)
  const count = 40_000
  const id = await send(ndjson(Array.from({ length: count }, (_, at) => ({ ...said(at), ref: at }))), { as: own.token })
  let kills = 0
  while ((await stateOf(id, own.token))['state'] !== 'done') {
    const child = spawn(
      process.execPath,
      [new URL('./batches.test-process.ts', import.meta.url).pathname, house.url, key.toString('hex'), id],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const gone = once(child, 'exit')
    await once(child.stdout, 'data')
    if (kills < 6) {
      await setTimeout(60 + 90 * kills)
      child.kill('SIGKILL')
      kills += 1
    }
    await gone
  }
  assert.ok(kills >= 3, `it was killed ${kills} times`)
  const told = read(await fetched(id, 'result', own.token))
  assert.equal(told.length, count)
  assert.ok(told.every(({ row, ref, matched }, at) => row === at + 1 && ref === at && matched))
  const [one] = await house.owner<{ n: number }>(
    `select count(*)::int as n from audit.access a join parties.client c on c.party_id::text = a.by_id
      where c.client_id = $1`,
    [own.clientId],
  )
  assert.equal(one?.n, count)
  const [spent] = await house.owner<{ used: number }>(
    `select sum(used)::int as used from parties.spent where client_id = $1 and period = 'day'`,
    [own.clientId],
  )
  assert.equal(spent?.used, count)
})

test('files past their end are deleted, with a deed', async () => {
  const id = await send(ndjson([said(0)]))
  await house.owner(`update verification.batch set ends_at = now() - interval '1 second' where id = $1`, [id])
  await house.as(asSystem('verification'), forgetEnded)
  assert.equal((await api('GET', `/batches/${id}`)).status, 404)
  const deeds = await house.owner<{ deed: string }>('select deed from audit.deed where subject_id = $1 order by at', [
    id,
  ])
  assert.deepEqual(
    deeds.map(({ deed }) => deed),
    ['verification-batch.begun', 'verification-batch.deleted'],
  )
  assert.ok(await idOf(house, people[0]?.person_number ?? ''))
})
