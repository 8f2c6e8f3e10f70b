import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPerson, commune, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { copyOut } from '../../platform/postgres/bulk.ts'
import {
  idText,
  type LinkDictionaries,
  type LinkRow,
  type LinkStreamOptions,
  nineDigits,
  twelveDigits,
} from './link-record.ts'
import { streamLinkRecords } from './link-records.ts'
import { linkRowReader } from './link-row.ts'
import { copyStatement as statementOf } from './store-link-record.ts'

const house = await openHouse({ withUnits: true })

const people = Array.from({ length: 400 }, (_, i) =>
  aPerson({
    name: ['Nguyễn Văn An', 'Lê Thị Hoà', 'Ðặng Thuý', 'Vũ Đức', `Trần Bé ${'Tí '.repeat(i % 7)}Hon`][i % 5] as string,
    bornOn: ['2005-03-15', '1979', '1981-07', '2006-12-31', '1912-02-29'][i % 5] as string,
    sex: i % 3 === 0 ? 'F' : 'M',
    commune: [commune.haKhanh, commune.haPhong, ''][i % 3] as string,
    residence_kind: i % 4 === 0 ? 'temporary' : 'permanent',
    household_number: i % 6 === 0 ? '' : `H${i % 50}`,
    father_name: i % 2 === 0 ? 'Nguyễn Văn Bình' : '',
    mother_number: i % 9 === 0 ? '001188000001' : '',
    old_number: i % 5 === 0 ? '012345678' : '',
    cancelled_numbers:
      i % 11 === 0
        ? Array.from({ length: 1 + (i % 12) }, (_one, at) => `001205${String(i * 20 + at).padStart(6, '0')}`).join(';')
        : '',
    phone: i % 3 === 1 ? '0912345678' : '',
    life_status: ['', 'dead', 'missing'][i % 3] as string,
    ...(i === 7 && { person_number: '001205999999' }),
  }),
)
await enterAll(house, people)
// Whoever has more units than a row has room for at first.
await house.owner(`
  update register.link_record set unit_ids = (select array_agg(gen_random_uuid()) from generate_series(1, 20))
    where number = '001205999999'`)

const none = (text: string) => (text === '' ? null : text)
const year = (value: number) => value || null

/** A row as the table has it. */
const written = (row: LinkRow, { names, units: places, households }: LinkDictionaries) => ({
  person_id: idText(row.id),
  permanent_unit_id: none(places.textOf(row.permanentUnit)),
  household_id: none(households.textOf(row.household)),
  unit_ids: row.unitCount === 0 ? null : [...row.units.subarray(0, row.unitCount)].map(code => places.textOf(code)),
  birth_y: row.birthYear,
  birth_m: year(row.birthMonth),
  birth_d: year(row.birthDay),
  father_y: year(row.fatherYear),
  mother_y: year(row.motherYear),
  sex: row.sex,
  life_status: row.lifeStatus,
  full_name: names.textOf(row.name),
  number: row.number === 0 ? null : twelveDigits(row.number),
  cancelled: row.cancelledCount === 0 ? null : [...row.cancelled.subarray(0, row.cancelledCount)].map(twelveDigits),
  old_number: row.oldNumber === 0 ? null : nineDigits(row.oldNumber),
  phone: row.phone === 0 ? null : `+${row.phone}`,
  father_name: none(names.textOf(row.fatherName)),
  mother_name: none(names.textOf(row.motherName)),
})

const byId = (a: { person_id: unknown }, b: { person_id: unknown }) =>
  String(a.person_id).localeCompare(String(b.person_id))
const table = async () =>
  (await house.owner<Record<string, unknown> & { person_id: string }>('select * from register.link_record'))
    .map(({ name_tone: _tone, changed_at: _at, changed_in: _in, ...row }) => row)
    .sort(byId)

async function streamed(options?: LinkStreamOptions) {
  const rows: ReturnType<typeof written>[] = []
  const result = await house.work(work =>
    streamLinkRecords(work, (row, codes) => rows.push(written(row, codes)), options),
  )
  assert.equal(result.rows, rows.length)
  return rows.sort(byId)
}

test('the stream gives every person as the table has them, with leading zeros', async () => {
  const rows = await streamed()
  assert.equal(rows.length, 400)
  assert.deepEqual(rows, await table())
})

test('members of a household share one household code, and equal names share one name code', async () => {
  const codes = new Map<string, Set<number>>()
  const result = await house.work(work =>
    streamLinkRecords(work, row => {
      for (const [kind, code] of [
        ['name', row.name],
        ['household', row.household],
      ] as const)
        codes.set(kind, (codes.get(kind) ?? new Set()).add(code))
    }),
  )
  const [counts] = await house.owner<{ names: string; households: string }>(`
    select count(distinct full_name)::int as names, count(distinct household_id)::int as households
      from register.link_record`)
  assert.deepEqual([codes.get('name')?.size, result.households.size], [counts?.names, counts?.households])
})

test('a stream of some birth years gives the people of these years only', async () => {
  const expected = (await table()).filter(row => Number(row['birth_y']) >= 1981 && Number(row['birth_y']) <= 2005)
  assert.ok(expected.length > 50)
  assert.deepEqual(await streamed({ bornFrom: 1981, bornTo: 2005 }), expected)
})

test('rows are read alike, however the stream is split', async () => {
  const pieces: Buffer[] = []
  await house.work(async work => {
    for await (const piece of copyOut(work.tx, statementOf({}))) pieces.push(piece as Buffer)
  })
  const all = Buffer.concat(pieces)
  const read = (size: number) => {
    const rows: unknown[] = []
    const reader = linkRowReader((row, codes) => rows.push(written(row, codes)))
    for (let at = 0; at < all.length; at += size) reader.read(all.subarray(at, at + size))
    return rows
  }
  const whole = read(all.length)
  assert.equal(whole.length, 400)
  for (const size of [1, 7, 64, 1000]) assert.deepEqual(read(size), whole)
})

test('a stream that is aborted, or whose reader throws, ends the work and keeps the connection usable', async () => {
  // More than the connection holds ready: something is on its way yet when the reader gives up.
  await house.owner(`
    insert into register.link_record (person_id, birth_y, sex, life_status, full_name, name_tone, changed_at)
    select gen_random_uuid(), 1900, 'M', 'alive', 'Nguyễn ' || n, 'nguyễn ' || n, now()
      from generate_series(1, 40000) n`)
  const brokenAt = (last: number) => {
    let rows = 0
    return house.work(work =>
      streamLinkRecords(work, () => {
        if (++rows === last) throw new Error('no room')
      }),
    )
  }
  for (const last of [1, 5000]) await assert.rejects(brokenAt(last), /no room/)
  const calledOff = new AbortController()
  const onProgress = () => calledOff.abort(new Error('called off'))
  await assert.rejects(streamed({ onProgress, signal: calledOff.signal }), /called off/)
  await assert.rejects(streamed({ signal: AbortSignal.abort(new Error('called off')) }), /called off/)

  for (let i = 0; i < 10; i++) assert.equal((await streamed({ bornFrom: 1901 })).length, 400)
})

test('a work with a part of the house in scope cannot stream', async () => {
  await assert.rejects(
    house.as({ by: { kind: 'system', id: 'house' }, scope: 'none', purpose: 'test' }, work =>
      streamLinkRecords(work, () => {}),
    ),
    /part of the house/,
  )
})
