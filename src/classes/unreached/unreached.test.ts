import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { schoolsOf } from '../../../test/rolls/sending.ts'
import { linkAuthority } from '../../access-links/access-links.ts'
import { kindsOfFollowUps } from '../../follow-up-kinds.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import { asDay } from '../../platform/day.ts'
import type { Authority } from '../../platform/work.ts'
import { jobs } from '../jobs.ts'
import { issueClassLink } from '../links/links.ts'
import { recordResultIn } from '../sheet.ts'

/** A pupil of Hà Khánh’s school who lives in Hà Phong; the teacher cannot reach the family. */
const house = await openHouse({ withUnits: true })
const { school, send } = await schoolsOf(house, [['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh]])
const haKhanh = await school('22001')
const pupil = aPerson({ name: 'Đoàn Thị Thu An', bornOn: '2005-03-04', commune: commune.haPhong })
await enterAll(house, [pupil])
const police = await anOfficerOf(house, '193')
await send(police, haKhanh, [
  { name: 'Đoàn Thị Thu An', born: '04/03/2005', number: pupil.person_number, class: '12A1' },
  { name: 'Người Không Rõ', born: '05/04/2005', class: '12A1' },
])
const [known, unknown] = await house.owner<{ id: string }>('select id from rolls.row order by place')
const of = { schoolId: haKhanh, schoolYear: '2022-2023', class: '12A1' } as const
const link = await house.as(police, work =>
  issueClassLink(work, { ...of, holder: 'Cô Ngọc Trâm', until: asDay('2023-05-31') }),
)
const behindLink = linkAuthority({ kind: 'class', linkId: link.id, unitId: null }, 'campaign')
const [home, schoolWard] = [await anOfficerOf(house, commune.haPhong), await anOfficerOf(house, commune.haKhanh)]

/** What the teacher says, and what the installation then does. */
async function say(row: { id: string } | undefined, outcome?: 'moved' | 'wrong-phone' | 'told-parents') {
  const id = row?.id ?? assert.fail()
  await house.as(behindLink, work => recordResultIn(work, of, id, outcome ? { outcome } : {}))
  const queued = await house.owner<{ payload: { row: string } }>(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'follow-unreached-pupil'`,
  )
  assert.ok(queued.some(({ payload }) => payload.row === id))
  for (const _twice of [1, 2])
    await jobs(house.openWork)['follow-unreached-pupil']?.({ row: id }, { attempt: 1, log: console as never })
}
const workOf = async (ward: Authority) =>
  (
    await house.as(ward, work =>
      followUps.listOpen((_kind, verb) => verb(work), kindsOfFollowUps, { kind: 'pupil-unreached' }),
    )
  ).followUps

test('a wrong phone becomes work of the ward where the pupil lives, with a last day', async () => {
  await say(known, 'wrong-phone')
  const [one, ...more] = await workOf(home)
  assert.deepEqual(more, [])
  assert.deepEqual(
    [one?.reason, one?.owner, one?.name, one?.ownerUnitName, one?.due],
    ['wrong-phone', 'ward', 'Đoàn Thị Thu An', 'Phường Hà Phong', 'later'],
  )
  assert.equal((await workOf(schoolWard)).length, 1, 'the ward of the school sees what is of its school')
})

test('what the teacher says next ends it, and taking that back opens it again', async () => {
  await say(known, 'told-parents')
  assert.deepEqual(await workOf(home), [])
  await say(known)
  assert.deepEqual(
    (await workOf(home)).map(({ reason }) => reason),
    ['wrong-phone'],
  )
  await say(known, 'moved')
  assert.deepEqual(
    (await workOf(home)).map(({ reason }) => reason),
    ['moved'],
  )
})

test('the ward says that the family was reached, and it is done', async () => {
  const [one] = await workOf(home)
  await house.as(home, work => followUps.confirmRegister(work, one?.id ?? assert.fail()))
  assert.deepEqual(await workOf(home), [])
})

test('a pupil whom the register does not know is the work of the ward of the school', async () => {
  await say(unknown, 'moved')
  const found = await workOf(schoolWard)
  assert.deepEqual(
    found.map(({ name, ownerUnitName }) => [name, ownerUnitName]),
    [['Người Không Rõ', 'Phường Hà Khánh']],
  )
})
