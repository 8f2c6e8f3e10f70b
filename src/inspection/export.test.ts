import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { anInspectedHouse } from '../../test/an-inspected-house.ts'
import { commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { keyFingerprint } from '../audit/chain-heads.ts'
import { Problem } from '../platform/problem.ts'
import { needsFreshFactor } from '../staff/role.ts'
import { exportSearch as door } from './contract.ts'
import * as inspection from './inspection.ts'
import { signLines } from './signed-file.ts'

/** The result of a search leaves the house as a file: what is left behind, and what somebody then makes of the file. */

const house = await openHouse({ withUnits: true })
const { at, anOfficer, people, read } = anInspectedHouse(house)
const { privateKey: key } = generateKeyPairSync('ed25519')
const fingerprint = keyFingerprint(key)
const signer = { installation: '0191e4c0-0000-7000-8000-00000000000a', key }
const [auditor, elsewhere] = [await anOfficer('auditor', '193'), await anOfficer('auditor', '196')]
const officer = await anOfficer('ward-officer', commune.haKhanh, { name: '=Cán Bộ Công Thức' })
const whom = await people(3, { commune: commune.quangHanh, name: 'Tằng Nhì Múi' })
await read(officer, '2023-04-18T03:00:00Z', whom)
for (const { id } of whom)
  await at('2023-04-18T04:00:00Z', officer, work =>
    audit.record(work, 'card.blocked', { kind: 'card', id, personId: id, unitId: officer.unitId }),
  )
await at('2023-04-18T05:00:00Z', officer, work =>
  audit.record(work, 'visit.said', { kind: 'school', id: officer.unitId, unitId: officer.unitId }),
)

const reason = 'Thanh tra huyện yêu cầu'
const search = { from: '2023-04-18', to: '2023-04-18', reason } as const
const of = { officer: officer.by.id as never }
const download = (asked: Partial<inspection.SearchToExport>, by = auditor) =>
  at('2023-04-19T01:00:00Z', { ...by, purpose: 'audit' }, work =>
    inspection.exportSearch(work, { ...search, what: 'deeds', ...asked }, signer),
  )
const textOf = async (asked: Partial<inspection.SearchToExport>, by = auditor) =>
  String((await download(asked, by)).content)
const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

test('a download is a reading of everybody behind its rows, and a deed that knows the file', async () => {
  const text = await textOf({ what: 'readings', ...of })
  assert.ok(!text.includes('Múi') && text.includes('T. Nh. M.'), text)
  const traces = await house.owner<{ person: string; purpose: string; fields: string }>(
    `select person_id as person, purpose, fields from audit.access where by_id = $1`,
    [auditor.by.id],
  )
  assert.deepEqual(
    traces.map(({ person, purpose, fields }) => [person, purpose, fields]).sort(),
    whom.map(({ id }) => [id, 'audit', 'access-history']).sort(),
  )
  const [deed] = await house.owner<{ facts: Record<string, unknown> }>(
    `select facts from audit.deed where deed = 'search.exported' and by_id = $1`,
    [auditor.by.id],
  )
  const sha256 = createHash('sha256').update(text).digest('hex')
  assert.deepEqual(
    [deed?.facts['sha256'], deed?.facts['rows'], deed?.facts['people'], deed?.facts['reason']],
    [sha256, 3, 3, reason],
  )
  assert.equal(inspection.verifyLines(Buffer.from(text), fingerprint).sha256, sha256)
})

test('nothing is downloaded without a reason, with a factor of before, or of one’s own readings', async () => {
  await assert.rejects(download({ reason: 'vì' }), refusal('inspection-reason-needed'))
  await assert.rejects(download({ what: 'readings' }), refusal('search-officer-needed'))
  await assert.rejects(download({ what: 'readings', officer: auditor.by.id as never }), refusal('pattern-your-own'))
  assert.ok(needsFreshFactor(door))
})

test('deeds are chosen by their kind, and an auditor of another district finds none of them', async () => {
  const kinds = await at('2023-04-19T01:00:00Z', auditor, work =>
    inspection.kindsOfDeeds(work, { from: search.from, to: search.to }),
  )
  assert.deepEqual(kinds, [
    { deed: 'card.blocked', count: 3 },
    { deed: 'visit.said', count: 1 },
  ])
  const rowsIn = (text: string) => text.split('\n').filter(line => /^\d{4}-/.test(line))
  assert.equal(rowsIn(await textOf({ deed: 'visit.said' })).length, 1)
  const all = rowsIn(await textOf({}))
  assert.equal(all.length, 4)
  assert.ok(
    all.every(line => line.includes(",'=Cán Bộ")),
    'a spreadsheet runs no name',
  )
  assert.deepEqual(rowsIn(await textOf({}, elsewhere)), [])
})

test('a row that is taken out, changed or added is noticed, and a signature of another key is no proof', async () => {
  const text = await textOf({})
  const verify = (changed: string) => inspection.verifyLines(Buffer.from(changed), fingerprint)
  assert.equal(verify(text).fingerprint, fingerprint)
  const lines = text.split('\n')
  const row = lines.findIndex(line => line.includes('visit.said'))
  const signature = lines.at(-2) ?? ''
  const changed = [
    lines.toSpliced(row, 1),
    lines.with(row, lines[row]?.replace('visit.said', 'visit.sent') ?? ''),
    lines.toSpliced(row, 0, lines[row] ?? ''),
    lines.map(line => line.replace(reason, 'Không có lý do nào')),
  ]
  for (const one of changed) assert.throws(() => verify(one.join('\n')), refusal('signed-file-changed'))
  for (const one of [lines.slice(0, -2), [...lines.slice(0, -1), 'thêm', ''], lines.slice(1), ['', ...lines]])
    assert.throws(
      () => verify(one.join('\n')),
      (error: unknown) => error instanceof Problem,
    )
  assert.throws(
    () => verify(text.replaceAll('\n', '\r\n')),
    (error: unknown) => error instanceof Problem,
  )
  const forged = signLines(lines.slice(1, -2).toSpliced(row - 1, 1), generateKeyPairSync('ed25519').privateKey)
  assert.throws(() => verify(forged), refusal('signed-file-of-another-key'))
  assert.throws(
    () => verify(`${forged.split('\n').slice(0, -2).join('\n')}\n${signature}\n`),
    refusal('signed-file-changed'),
  )
})
