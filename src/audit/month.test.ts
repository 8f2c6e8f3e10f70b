import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import fc from 'fast-check'
import { openHouse } from '../../test/house.ts'
import { asDay } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import { makeMonth } from '../platform/months/months.ts'
import { asSystem, type Work } from '../platform/work.ts'
import * as audit from './audit.ts'
import { keyFingerprint, signFacts } from './chain-heads.ts'
import { readingText } from './entry.ts'
import { merkle } from './merkle.ts'
import type { Month, MonthSeal } from './month.ts'
import { accessOfBatch } from './store-reading.ts'

const house = await openHouse()
const { privateKey: key } = generateKeyPairSync('ed25519')
const signer = { house: 'house', key }

/** Does something as if it were another time: the work begins and is sealed then. */
const at = <T>(moment: string, verb: (work: Work) => Promise<T>, role?: 'maintenance') =>
  house.as(
    { by: { kind: 'officer', id: 'an officer' }, scope: 'house', purpose: 'register', ...(role && { role }) },
    work => {
      const now = new Date(moment)
      return verb(Object.assign(work, { now, id: newId<'work'>(now) }))
    },
  )

const read = (moment: string, people = 2) =>
  at(moment, async work => {
    await audit.noteReading(
      work,
      Array.from({ length: people }, () => newId()),
      ['identity'],
    )
    await audit.record(work, 'card.blocked', { kind: 'card', id: newId() })
  })

const verify = (month?: string) =>
  house.as({ ...asSystem('test'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, { keys: [keyFingerprint(key)], ...(month && { month: month as Month }) }),
  )
const findings = async (month?: string) => (await verify(month)).findings.map(({ kind, id }) => `${kind} ${id ?? ''}`)

async function sealMonths(moment: string) {
  const sealed: Month[] = []
  for (;;) {
    const more = await at(moment, work => audit.sealMonths(work, signer))
    if (more.length === 0) return sealed
    sealed.push(...more)
  }
}

beforeEach(async () => {
  await house.owner(
    `truncate audit.deed, audit.reading_entry, audit.access;
     update audit.head set seq = 0, seal = decode(repeat('00', 32), 'hex')`,
  )
})

test('each month that is over is sealed once, by the province’s days, when no work of it can be open', async () => {
  await read('2020-01-31T16:59:00Z')
  await read('2020-01-31T17:01:00Z')
  assert.deepEqual(await sealMonths('2020-01-31T17:20:00Z'), [])
  assert.deepEqual(await sealMonths('2020-01-31T17:22:00Z'), ['2020-01'])
  await read('2020-03-10T02:00:00Z')
  assert.deepEqual(await sealMonths('2020-04-02T02:00:00Z'), ['2020-02', '2020-03'])
  assert.deepEqual(await sealMonths('2020-04-02T03:00:00Z'), [])
  const report = await verify()
  assert.deepEqual([report.months, report.findings], [['2020-01', '2020-02', '2020-03'], []])
  const counts = await house.owner<{ facts: MonthSeal }>(
    `select facts from audit.deed where deed = 'month.sealed' order by subject_id`,
  )
  assert.deepEqual(
    counts.map(({ facts }) => [facts.entries.count, facts.entries.readings]),
    [
      [1, 2],
      [1, 2],
      [1, 2],
    ],
  )
})

test('one month is proved alone, behind the root of the month before, also the one that goes on', async () => {
  for (const month of ['01', '02', '03']) await read(`2020-${month}-10T02:00:00Z`, 3)
  await sealMonths('2020-03-20T02:00:00Z')
  for (const month of ['2020-01', '2020-02', '2020-03']) {
    const report = await verify(month)
    assert.deepEqual([report.entries, report.readings, report.findings], [1, 3, []], month)
  }
  await house.owner(`delete from audit.access where at >= '2020-02-01' and at < '2020-03-01'`)
  assert.equal((await findings('2020-01')).length, 0)
  assert.match(String(await findings('2020-02')), /^readings-changed/)
  assert.equal((await findings('2020-03')).length, 0)
})

test('a month whose deeds or entries were sealed anew behind its root is named by the root', async () => {
  await read('2020-01-10T02:00:00Z')
  await read('2020-02-10T02:00:00Z')
  await sealMonths('2020-03-02T02:00:00Z')
  await house.owner(`update audit.reading_entry set count = 1, seal = digest where at < '2020-02-01'`)
  const kinds = new Set((await verify('2020-01')).findings.map(({ kind }) => kind))
  assert.ok(kinds.has('month-changed') && kinds.has('entry-changed') && kinds.has('entry-forged'), String([...kinds]))
})

test('a root of another key, a root twice, and a month without a root between others are named', async () => {
  await read('2020-01-10T02:00:00Z')
  await sealMonths('2020-04-02T02:00:00Z')
  assert.deepEqual(await findings(), [])
  const [row] = await house.owner<{ facts: MonthSeal }>(
    `select facts from audit.deed where deed = 'month.sealed' and subject_id = '2020-02'`,
  )
  assert.ok(row)
  const { key: _key, signature: _signature, ...facts } = row.facts
  const { privateKey: mine } = generateKeyPairSync('ed25519')
  const asMonth = (month: string, of: MonthSeal) =>
    at('2020-04-03T02:00:00Z', work => audit.record(work, 'month.sealed', { kind: 'month', id: month }, of))
  await asMonth('2020-02', signFacts(facts, mine))
  assert.deepEqual(await findings(), ['month-unsigned 2020-02'])
  await asMonth('2020-02', row.facts)
  assert.deepEqual((await findings()).slice(0, 2), ['month-unsigned 2020-02', 'month-changed 2020-02'])
  const later = await verify()
  assert.deepEqual(later.months, ['2020-01', '2020-02', '2020-03'])
})

test('readings that the law keeps no longer may go: their month’s root remains, and the rest is proved', async () => {
  await read('2020-01-10T02:00:00Z', 3)
  await read('2020-02-10T02:00:00Z')
  await sealMonths('2020-03-02T02:00:00Z')
  const drop = (moment: string, month: string) =>
    at(moment, work => audit.dropReadings(work, month, signer), 'maintenance')
  await assert.rejects(drop('2025-01-31T02:00:00Z', '2020-01'), { code: 'readings-still-kept' })
  await assert.rejects(drop('2025-02-01T02:00:00Z', '2020-03'), { code: 'month-not-sealed' })
  assert.deepEqual(await drop('2025-02-01T02:00:00Z', '2020-01'), { readings: 3 })
  const report = await verify()
  assert.deepEqual([report.months, report.rootOnly, report.findings], [['2020-01', '2020-02'], ['2020-01'], []])
  assert.deepEqual(await findings('2020-01'), [])
  // What is put under the root afterwards is not what it sealed.
  await house.owner(
    `insert into audit.access (person_id, id, batch_id, place, at, by_kind, by_id, purpose, fields)
     select gen_random_uuid(), gen_random_uuid(), work_id, 1, at, 'officer', 'x', 'register', 'identity'
     from audit.reading_entry where at < '2020-02-01'`,
  )
  assert.match(String(await findings()), /^readings-changed/)
})

test('a month of its own partition goes with it, and what the next month sealed stays until that goes', async () => {
  const make = (month: string) =>
    at('2020-01-01T00:00:00Z', work => makeMonth(work, 'audit.access', asDay(month)), 'maintenance')
  const drop = (month: string) =>
    at('2026-01-01T00:00:00Z', work => audit.dropReadings(work, month, signer), 'maintenance')
  const parts = async () =>
    (
      await house.owner<{ part: string }>(
        "select tableoid::regclass || ' ' || count(*) as part from audit.access group by tableoid order by 1",
      )
    ).map(({ part }) => part)
  for (const month of ['2020-01-01', '2020-02-01']) await make(month)
  await read('2020-01-10T02:00:00Z', 3)
  for (let minute = 0; minute < 40; minute += 1) await read('2020-01-31T17:00:01Z', 1)
  // These works began in January, and were sealed behind works of February.
  for (let minute = 0; minute < 40; minute += 1) await read('2020-01-31T16:59:00Z', 1)
  await sealMonths('2020-03-02T02:00:00Z')
  const counts = await house.owner<{ facts: MonthSeal }>(
    `select facts from audit.deed where deed = 'month.sealed' order by subject_id`,
  )
  const [january = 0, february = 0] = counts.map(({ facts }) => facts.entries.readings)
  assert.ok(january >= 3 && january < 40 && january + february === 83, `${january} and ${february}`)

  assert.deepEqual(await drop('2020-01'), { readings: january })
  assert.deepEqual(await parts(), [`audit.access_2020_01 ${43 - january}`, 'audit.access_2020_02 40'])
  assert.deepEqual(await findings(), [])
  assert.deepEqual(await drop('2020-02'), { readings: february })
  assert.deepEqual([await parts(), await findings()], [[], []])
})

test('whoever removes readings early and records it with the program’s code is named', async () => {
  await read('2020-01-10T02:00:00Z')
  await sealMonths('2020-02-02T02:00:00Z')
  await house.owner('delete from audit.access')
  const said = { month: '2020-01', house: 'house', root: '', readings: 2 }
  const { privateKey: mine } = generateKeyPairSync('ed25519')
  await at('2020-02-03T02:00:00Z', work =>
    audit.record(work, 'readings.dropped', { kind: 'month', id: '2020-01' }, signFacts(said, mine)),
  )
  const kinds = (await verify()).findings.map(({ kind }) => kind)
  assert.deepEqual(kinds, ['month-dropped-early', 'readings-changed'])
})

/** As a former release noted readings: in batches by the minute, which a job sealed. */
async function formerBatch(moment: string): Promise<string> {
  const batch = newId<'batch'>(new Date(moment))
  await house.owner(
    `insert into audit.access (person_id, id, batch_id, at, by_kind, by_id, purpose, fields)
     select gen_random_uuid(), gen_random_uuid(), $1, $2, 'officer', 'an officer', 'register', 'identity'
     from generate_series(1, 3)`,
    [batch, moment],
  )
  return batch
}

async function sealedBatch(moment: string, sealedAt: string): Promise<string> {
  const id = await formerBatch(moment)
  await at(sealedAt, async work => {
    const tree = merkle()
    const rows = await accessOfBatch(work.tx, id)
    for (const row of rows) tree.add(readingText(row))
    const root = tree.root().toString('hex')
    await audit.record(work, 'access.sealed', { kind: 'access-batch', id }, { count: rows.length, root })
  })
  return id
}

const forget = () => house.owner(`update audit.sealed_until set batch_id = '00000000-0000-0000-0000-000000000000'`)

test('batches that a former release sealed still verify, and open ones are sealed at the upgrade', async () => {
  await forget()
  await sealedBatch('2020-01-10T02:00:00Z', '2020-01-10T02:22:00Z')
  const open = await formerBatch('2020-01-10T02:30:00Z')
  assert.deepEqual(await findings(), [`readings-unsealed ${open}`])
  await at('2020-01-10T02:31:00Z', async work => assert.equal(await audit.sealFormerBatches(work), 1))
  assert.deepEqual(await findings(), [])
  await read('2020-01-10T02:40:00Z')
  const report = await verify()
  assert.deepEqual([report.batches, report.entries, report.findings], [2, 1, []])
  await house.owner(
    'delete from audit.access where batch_id = $1 and ctid = (select max(ctid) from audit.access where batch_id = $1)',
    [open],
  )
  assert.deepEqual(await findings(), [`readings-changed ${open}`])
})

test('a batch of the former way that somebody puts in after the upgrade is never sealed unseen', async () => {
  await forget()
  await at('2020-06-01T02:00:00Z', audit.sealFormerBatches)
  await read('2020-06-01T02:01:00Z')
  const invented = await formerBatch('2020-01-10T02:00:00Z')
  await at('2020-06-01T03:00:00Z', async work => assert.equal(await audit.sealFormerBatches(work), 0))
  assert.deepEqual(await findings(), [`readings-unsealed ${invented}`])
  const sealed = await sealedBatch('2020-01-11T02:00:00Z', '2020-06-01T03:00:00Z')
  assert.deepEqual(await findings(), [`readings-sealed-late ${sealed}`, `readings-unsealed ${invented}`])
})

test('no change of any column of a reading or an entry goes unseen, and no removal', async () => {
  for (let minute = 10; minute < 20; minute += 1) await read(`2020-01-10T02:${minute}:00Z`)
  const changes = [
    'update audit.access set person_id = gen_random_uuid()',
    'update audit.access set id = gen_random_uuid()',
    'update audit.access set batch_id = gen_random_uuid()',
    'update audit.access set place = coalesce(place, 1) + 1',
    'update audit.access set place = null',
    `update audit.access set at = at + interval '1 second'`,
    `update audit.access set by_kind = 'party'`,
    `update audit.access set by_id = 'x'`,
    'update audit.access set unit_id = gen_random_uuid()',
    `update audit.access set purpose = 'x'`,
    `update audit.access set fields = 'x'`,
    `update audit.access set request_id = 'x'`,
    `update audit.access set case_kind = 'x', case_id = gen_random_uuid()`,
    'delete from audit.access',
    'update audit.reading_entry set work_id = gen_random_uuid()',
    `update audit.reading_entry set at = at + interval '1 second'`,
    'update audit.reading_entry set count = count + 1',
    'update audit.reading_entry set digest = mac',
    'update audit.reading_entry set mac = digest',
    'delete from audit.reading_entry',
  ]
  const tables = { access: [] as unknown[], reading_entry: [] as unknown[] }
  for (const table of ['access', 'reading_entry'] as const)
    tables[table] = (await house.owner<{ row: unknown }>(`select to_jsonb(t) as row from audit.${table} t`)).map(
      ({ row }) => row,
    )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...changes), fc.nat({ max: 9 }), async (change, which) => {
      const table = change.includes('audit.access') ? 'access' : 'reading_entry'
      await house.owner(`${change} where ctid = (select ctid from audit.${table} order by at offset ${which} limit 1)`)
      assert.notEqual((await findings()).length, 0, change)
      for (const [name, rows] of Object.entries(tables)) {
        await house.owner(`truncate audit.${name}`)
        await house.owner(`insert into audit.${name} select * from jsonb_populate_recordset(null::audit.${name}, $1)`, [
          JSON.stringify(rows),
        ])
      }
    }),
    { numRuns: 40 },
  )
  assert.deepEqual(await findings(), [])
})
