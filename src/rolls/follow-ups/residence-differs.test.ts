import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { type ALine, schoolsOf } from '../../../test/rolls/sending.ts'
import * as campaign from '../../campaign/campaign.ts'
import { kindsOfFollowUps } from '../../follow-up-kinds.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import * as register from '../../register/register.ts'
import * as rolls from '../rolls.ts'
import { refreshFollowUpsJob } from './refresh-follow-ups.ts'
import { findFollowedCommunes } from './store-row.ts'

const house = await openHouse({ withUnits: true })
const { school, send, job, settled, entries } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
])
const schoolId = await school('22001')
const atSchool = await anOfficerOf(house, commune.haKhanh)
const [ward, second] = [await anOfficerOf(house, commune.haPhong), await anOfficerOf(house, commune.haPhong)]

const [khanh, phong, trung] = ['Hà Khánh', 'Hà Phong', 'Hà Trung'].map(
  name => `Phường ${name}, thành phố Hạ Long, Quảng Ninh`,
)
/** Registered in Hà Phong, and living in Hà Khánh as the school has it. */
async function aBoarder(name: string, home = khanh) {
  const person = aPerson({ name, bornOn: '2005-03-07', sex: 'F', commune: commune.haPhong })
  const personId = await enter(house, person)
  const line: ALine = { name, born: '07/03/2005', sex: 'Nữ', number: person.person_number, ...(home && { home }) }
  return { personId, line }
}
const one = await aBoarder('Chíu Thị Trọ Học')
const other = await aBoarder('Lỷ Thị Chuyển Nhà')
const third = await aBoarder('Tằng Thị Ở Quê', phong)
let roll = await send(atSchool, schoolId, [one.line, other.line, third.line])

const listOpen = async () =>
  (
    await house.as(ward, work =>
      followUps.listOpen((_kind, verb) => verb(work), kindsOfFollowUps, { kind: 'roll-defect' }),
    )
  ).followUps.filter(({ reason }) => reason === 'residence-differs')
const openOf = async (personId: string) => (await listOpen()).find(one => one.personId === personId)
const places = async () => {
  const all = await entries(roll)
  return all.filter(({ defects }) => defects.includes('residence-differs')).map(({ name }) => name)
}
const needOf = (personId: register.PersonId) =>
  house.work(async work =>
    (await campaign.listPeopleInNeed(work, { needs: ['correction'], basis: 'school' })).people.some(
      person => person.id === personId,
    ),
  )
/** The house does what an answer queued. */
const houseWorks = async () => {
  for (const place of [1, 2, 3]) await job(refreshFollowUpsJob, { rollId: roll, places: [place] })
}

test('a residence that differs is the ward’s, with a last day, both residences and what it may do', async () => {
  const found = await listOpen()
  assert.deepEqual(found.map(({ personId }) => personId).sort(), [one.personId, other.personId].sort())
  const first = await openOf(one.personId)
  assert.deepEqual(
    [first?.owner, first?.ownerUnitName, first?.sourceValue, first?.registerValue],
    ['ward', 'Phường Hà Phong', 'Phường Hà Khánh', 'Phường Hà Phong'],
  )
  assert.ok((first?.dueOn ?? '') > '2023-04-20')
  assert.match(first?.task.vi ?? '', /không ai phải làm/)
  assert.equal(await needOf(one.personId), true)
})

test('where the ward says that nobody has to act, it is over, and so is the need', async () => {
  const { id } = (await openOf(one.personId)) ?? assert.fail()
  await house.as(ward, work => followUps.confirmRegister(work, id as followUps.FollowUpId))
  await houseWorks()
  assert.deepEqual(await places(), ['Lỷ Thị Chuyển Nhà'])
  assert.equal(await openOf(one.personId), undefined)
  assert.equal(await needOf(one.personId), false)
  const [row] = await house.owner<{ state: string; by: string }>(
    'select state, answered_by as by from follow_ups.follow_up where id = $1',
    [id],
  )
  assert.deepEqual([row?.state, row?.by], ['done', ward.by.id])

  // Compared again, and on the next roll, it stays so.
  await house.work(work => rolls.reconcile(work, roll))
  roll = await send(atSchool, schoolId, [{ ...one.line, class: '12A2' }, other.line, third.line])
  assert.equal(await openOf(one.personId), undefined)
})

test('it opens again when the roll names another residence', async () => {
  roll = await send(atSchool, schoolId, [{ ...one.line, home: trung ?? '' }, other.line, third.line])
  assert.equal((await openOf(one.personId))?.sourceValue, 'Phường Hà Trung')
  roll = await send(atSchool, schoolId, [one.line, other.line, third.line])
  assert.equal(await openOf(one.personId), undefined)
})

test('a residence that two officers correct ends the follow-up', async () => {
  const value = `2023-04-01 ${atSchool.unitId} Tổ 3, khu 5`
  const { id } = await house.as(ward, work =>
    register.proposeCorrection(work, {
      personId: other.personId,
      form: { code: 'CT01', version: 'TT56/2021' },
      evidence: { kind: 'residence-confirmation', issuer: 'Công an phường Hà Phong' },
      values: { residence_permanent: value },
    }),
  )
  await house.as(second, work => register.approveCorrection(work, id))
  await settled()
  await house.work(work => rolls.reconcile(work, roll))
  assert.deepEqual(await places(), [])
  assert.deepEqual(await listOpen(), [])
})

test('of a follow-up of another ward the database names no commune', async () => {
  roll = await send(atSchool, schoolId, [{ ...one.line, home: trung ?? '' }, other.line, third.line])
  const [{ id } = assert.fail()] = await listOpen()
  const communesFor = (by: typeof ward) => house.as(by, work => findFollowedCommunes(work, [id]))
  assert.equal((await communesFor(ward)).size, 1)
  assert.equal((await communesFor(atSchool)).size, 1)
  assert.equal((await communesFor(await anOfficerOf(house, commune.quangHanh))).size, 0)
})
