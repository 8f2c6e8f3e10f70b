import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { aBirthCertificate, anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { type ALine, schoolsOf } from '../../../test/rolls/sending.ts'
import * as register from '../../register/register.ts'
import * as rolls from '../rolls.ts'

const house = await openHouse({ withUnits: true })
const { school, send, entries, events, job, waits } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
])
const [haKhanh, haPhong] = [await school('22001'), await school('22002')]
const first = await anOfficerOf(house, commune.haKhanh)
const second = await anOfficerOf(house, commune.haKhanh)
const there = await anOfficerOf(house, commune.haPhong)

const an = aPerson({ name: 'Bùi Văn Ấn', bornOn: '2005-01-11' })
const binh = aPerson({ name: 'Cao Thị Bình', bornOn: '2005-02-12', sex: 'F' })
const chi = aPerson({ name: 'Đinh Linh Chi', bornOn: '2005-03-13', sex: 'F' })
const ha = aPerson({ name: 'Lục Thị Hà', bornOn: '2005-08-19', sex: 'F' })
const ha2 = aPerson({ name: 'Lục Thị Hà', bornOn: '2005-08-19', sex: 'F' })
const others = Array.from({ length: 12 }, (_, i) =>
  aPerson({ name: `Vương Văn Thứ ${i}`, bornOn: `2006-01-${i + 10}` }),
)
await enterAll(house, [an, binh, chi, ha, ha2, ...others])
const id = (one: { person_number: string }) => idOf(house, one.person_number)

const line = (person: ReturnType<typeof aPerson>, more: Partial<ALine> = {}): ALine => ({
  name: person.full_name,
  born: person.birth_date.split('-').reverse().join('/'),
  sex: person.sex === 'F' ? 'Nữ' : 'Nam',
  number: person.person_number,
  ...more,
})

const form = { code: 'DC02', version: 'TT104/2020' }
async function correct(personId: register.PersonId, values: Record<string, string>) {
  const { id: correction } = await house.as(first, work =>
    register.proposeCorrection(work, { personId, form, evidence: aBirthCertificate(), values }),
  )
  await house.as(second, work => register.approveCorrection(work, correction))
}

test('a correction of the register removes the defect of its row and leaves all other rows as they were', async () => {
  const roll = await send(first, haKhanh, [line(an, { name: 'Bùi Văn An' }), line(binh), line(chi)])
  const before = await entries(roll)
  assert.deepEqual(before[0]?.defects, ['name-marks-differ'])

  await correct(await id(an), { full_name: 'Bùi Văn An' })
  assert.equal(await waits('rescore-changed-people'), 1, 'the correction itself asked for it')
  await job('rescore-changed-people')

  const after = await entries(roll)
  assert.deepEqual(after[0]?.defects, [])
  assert.ok((after[0]?.scoredAt ?? 0) > (before[0]?.scoredAt ?? 0))
  // Compared again they may be, while an older transaction of another test holds the mark of what is known back; they
  // stay as they were.
  const known = (entry: (typeof after)[number]) => ({ ...entry, scoredAt: undefined })
  assert.deepEqual(after.slice(1).map(known), before.slice(1).map(known))
})

test('a death is reported on the roll', async () => {
  const roll = await send(first, haKhanh, [line(an, { name: 'Bùi Văn An' }), line(binh), line(chi)])
  await correct(await id(chi), { life_status: 'dead' })
  await job('rescore-changed-people')
  assert.deepEqual((await entries(roll))[2]?.defects, ['deceased'])
})

test('a child whom nobody found is matched once established, and the entry says why', async () => {
  const roll = await send(first, haKhanh, [line(binh), { name: 'Chìu A Lộc', born: '20/10/2005', sex: 'Nam' }])
  assert.equal((await entries(roll))[1]?.state, 'not-found')

  const collected = await house.as(first, work =>
    register.collectPerson(work, {
      given: {
        fullName: 'Chìu A Lộc',
        birthDate: '2005-10-20',
        sex: 'M',
        birthRegistrationCode: '022',
        residenceUnitId: first.unitId,
        residenceKind: 'permanent',
      },
      papers: 'Giấy khai sinh số 7/2005',
      form: { code: 'DC01', version: 'TT104/2020' },
    }),
  )
  const { personId } = await house.as(second, work => register.establishNumber(work, collected.id))
  await job('rescore-changed-people')

  const [, entry] = await entries(roll)
  assert.deepEqual([entry?.state, entry?.personId], ['matched-automatically', personId])
  assert.deepEqual(await events(entry?.id ?? ''), [
    { before: null, after: 'not-found', why: 'roll-sent', contested: false, by: 'system' },
    { before: 'not-found', after: 'matched-automatically', why: 'person-changed', contested: false, by: 'system' },
  ])
})

test('a contradicted decision waits for an officer, and a refused person stays refused', async () => {
  const roll = await send(there, haPhong, [{ name: 'Lục Thị Hà', born: '19/08/2005', sex: 'Nữ' }])
  const chosen = await id(ha)
  await house.as(there, work => rolls.recordDecision(work, roll, 1, { decision: 'same', personId: chosen }))

  await correct(chosen, { birth_date: '2003-12-30' })
  await job('rescore-changed-people')
  const [entry] = await entries(roll)
  assert.deepEqual([entry?.state, entry?.personId, entry?.contested], ['matched-by-person', chosen, true])

  const other = await id(ha2)
  const { row } = await house.as(there, work =>
    rolls.recordDecision(work, roll, 1, { decision: 'same', personId: other }),
  )
  assert.deepEqual([row.state, row.personId, row.contested], ['matched-by-person', other, false])
})

test('a person who becomes the likelier one is shown where a row was in doubt', async () => {
  const roll = await send(first, haKhanh, [
    { name: 'Mã Thị Xuyến', born: '2005', sex: 'Nữ', home: 'Phường Hà Khánh, Hạ Long, Quảng Ninh' },
  ])
  assert.equal((await entries(roll))[0]?.state, 'not-found')
  const newcomer = aPerson({ name: 'Mã Thị Xuyến', bornOn: '2005-07-07', sex: 'F' })
  await enterAll(house, [newcomer])
  await job('rescore-changed-people')
  assert.notEqual((await entries(roll))[0]?.state, 'not-found')
})

/** An older transaction of any database of the server keeps an import from being followed until it has ended. */
async function staleRolls() {
  for (let tries = 0; ; tries += 1) {
    await job('rescore-changed-people')
    const stale = await house.owner<{ id: string }>(`select id from rolls.roll where stale_at is not null`)
    if (stale.length > 0 || tries === 100) return stale
    await setTimeout(100)
  }
}

test('a large import has each roll compared whole, in a job of its own', async () => {
  const roll = await send(first, haKhanh, [line(binh), { name: 'Ngô Thị Muộn', born: '01/12/2005', sex: 'Nữ' }])
  const muon = aPerson({ name: 'Ngô Thị Muộn', bornOn: '2005-12-01', sex: 'F' })
  const many = Array.from({ length: 5600 }, (_, i) =>
    aPerson({ name: `Lương Văn ${'abcdefghij'[i % 10]}${Math.floor(i / 10)}`, bornOn: '1990-01-01' }),
  )
  await enterAll(house, [...many, muon])
  const stale = await staleRolls()
  assert.ok(stale.some(one => one.id === roll))
  assert.equal((await entries(roll))[1]?.state, 'not-found')

  for (const one of stale) await job('reconcile-roll', { rollId: one.id, ifStale: true })
  assert.deepEqual((await entries(roll))[1]?.personId, await id(muon))
  assert.deepEqual(await house.owner(`select id from rolls.roll where stale_at is not null`), [])

  const before = await entries(roll)
  await job('reconcile-roll', { rollId: roll, ifStale: true })
  assert.deepEqual(await entries(roll), before, 'what is not stale is not compared again')
})

test('a roll that is sent while changes are pending is compared with them', async () => {
  const late = aPerson({ name: 'Quách Văn Trễ', bornOn: '2005-11-30' })
  const roll = await send(first, haKhanh, [line(binh), { name: 'Quách Văn Trễ', born: '30/11/2005', sex: 'Nam' }])
  assert.equal((await entries(roll))[1]?.state, 'not-found')
  await enterAll(house, [late])
  const again = await send(first, haKhanh, [line(binh), { name: 'Quách Văn Trễ', born: '30/11/2005', sex: 'Nam' }])
  assert.equal((await entries(again))[1]?.personId, await id(late))
})
