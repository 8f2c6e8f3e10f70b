import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOutOfSchool, listOutOfSchool } from '../../src/out-of-school/figures-and-lists.ts'
import { weighDoubts, weighDueDoubts } from '../../src/rolls/reconciling/doubts.ts'
import { weighDoubtsJob } from '../../src/rolls/reconciling/doubts-job.ts'
import * as rolls from '../../src/rolls/rolls.ts'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../builders.ts'
import { openHouse } from '../house.ts'
import { type ALine, schoolsOf } from './sending.ts'

const schoolYear = '2022-2023'
const house = await openHouse({ withUnits: true })
const { school, send, job, waits } = await schoolsOf(house, [
  ['22001', 'Trường THCS Hà Khánh', 'lower-secondary', commune.haKhanh],
  ['22002', 'Trường THCS Quang Hanh', 'lower-secondary', commune.quangHanh],
])
const [haKhanh, quangHanh] = [await school('22001'), await school('22002')]
const ward = await anOfficerOf(house, commune.haKhanh)
const away = await anOfficerOf(house, commune.quangHanh)

const crowd = Array.from({ length: 400 }, (_, i) =>
  aPerson({
    name:
      ['Trần Văn', 'Nguyễn Đức', 'Phạm Thị', 'Bùi Minh'][i % 4] + ` ${['Hùng', 'Thảo', 'Long', 'Yến', 'Quân'][i % 5]}`,
    bornOn:
      `19${String(50 + (i % 45))}-${String((i % 12) + 1).padStart(2, '0')}-` +
      `${String((i % 28) + 1).padStart(2, '0')}`,
    commune: i % 2 === 0 ? commune.haKhanh : commune.quangHanh,
  }),
)
const nhu = aPerson({ name: 'Chíu Thị Quỳnh Như', bornOn: '2010-06-21', sex: 'F' })
const slipped = aPerson({ name: 'Lỷ Phúc Hưng', bornOn: '2009-09-14' })
const renamed = aPerson({ name: 'Tằng Dảu Hếnh', bornOn: '2011-03-27' })
const apart = aPerson({ name: 'Voòng Cắm Múi', bornOn: '2008-12-02', sex: 'F' })
/** Lives in another district. */
const abroad = aPerson({ name: 'Phùn Tài Sính', bornOn: '2010-02-05', commune: commune.quangHanh })
await enterAll(house, [...crowd, nhu, slipped, renamed, apart, abroad])

const home = 'Phường Hà Khánh, thành phố Hạ Long, Quảng Ninh'
/** Two errors each: the name and the date, the name and the decade, another given name. */
const lines: readonly ALine[] = [
  { name: 'Chíu Thị Quỳnh Mhư', class: '7A', born: '12/07/2010', sex: 'Nữ', home },
  { name: 'Lỷ Phúc Hưg', class: '8A', born: '14/09/1999', sex: 'Nam', home },
  { name: 'Tằng Gia Bảo', class: '6A', born: '27/03/2011', sex: 'Nam', home },
]
const casesOf = async (asked = ward) => {
  const { people } = await house.as(asked, work => listOutOfSchool(work, { schoolYear }, { limit: 500 }))
  return Object.fromEntries(people.filter(({ isPerson }) => isPerson).map(child => [child.name, child.case]))
}

test('a row with two errors may mean several out-of-school children, and no other child', async () => {
  const id = await send(ward, haKhanh, lines)
  await weighDoubts(house.openWork, schoolYear)
  const cases = await casesOf()
  assert.deepEqual(
    [nhu, slipped, renamed, apart].map(({ full_name }) => cases[full_name]),
    ['undecided', 'undecided', 'undecided', 'absent'],
  )
  const { all } = await house.as(ward, work => countOutOfSchool(work, { schoolYear }))
  assert.deepEqual([all.cases.undecided, all.cases.absent], [3, 1])

  // Of the rows themselves is told what was found among all.
  const { rows } = await house.work(work => rolls.describeReconciledRoll(work, id))
  assert.deepEqual([rows[1]?.outcome, rows[1]?.candidates], ['not-found', undefined])
})

test('the child is shown beside the row as out of school, and can be chosen', async () => {
  const id = await send(ward, haKhanh, lines)
  await weighDoubts(house.openWork, schoolYear)
  const personId = await idOf(house, slipped.person_number)
  const shown = await house.as(ward, work => rolls.getRowForReview(work, id, 2))
  const child = shown.candidates[0]
  assert.deepEqual([child?.personId, child?.isDoubt], [personId, true])
  assert.ok((child?.probability ?? 0) >= 0.5)
  assert.deepEqual(
    shown.why.map(({ code }) => code),
    ['doubt'],
  )

  await house.as(ward, work => rolls.recordDecision(work, id, 2, { decision: 'same', personId }))
  assert.equal((await casesOf())[slipped.full_name], 'enrolled-here')
  // No comparison finds the child: the word stands all the same, however often it is compared again.
  for (const round of [1, 2, 3]) {
    await weighDoubts(house.openWork, schoolYear)
    await house.work(work => rolls.reconcile(work, id))
    const [row] = await house.owner<{ state: string; contested: boolean }>(
      `select state, contested from rolls.row where roll_id = $1 and place = 2`,
      [id],
    )
    assert.deepEqual(row, { state: 'matched-by-person', contested: false }, `round ${round}`)
  }
  assert.equal((await house.as(ward, work => rolls.undoDecision(work, id, 2))).row.outcome, 'not-found')
})

test('a child on a roll, or refused by an officer, is no longer a possible match', async () => {
  const id = await send(ward, haKhanh, lines)
  await send(away, quangHanh, [
    { name: nhu.full_name, born: '21/06/2010', sex: 'Nữ', number: nhu.person_number, class: '7B' },
  ])
  await weighDoubts(house.openWork, schoolYear)
  assert.equal((await casesOf())[nhu.full_name], 'enrolled-elsewhere')
  assert.deepEqual(
    await house.owner(`select from rolls.candidate where is_doubt and roll_id = $1 and person_id = $2`, [
      id,
      await idOf(house, nhu.person_number),
    ]),
    [],
  )

  await house.as(ward, work => rolls.recordDecision(work, id, 3, { decision: 'different' }))
  assert.equal((await casesOf())[renamed.full_name], 'absent')
  await weighDoubts(house.openWork, schoolYear)
  assert.equal((await casesOf())[renamed.full_name], 'absent')
})

test('doubts are recomputed on demand where something changed, and not twice', async () => {
  await send(ward, haKhanh, lines.slice(1))
  await weighDueDoubts(house.openWork, schoolYear)
  assert.equal((await casesOf())[slipped.full_name], 'undecided')
  const at = async () => house.owner(`select moved_at from rolls.watermark where name = $1`, [`doubts ${schoolYear}`])
  const first = await at()
  await weighDueDoubts(house.openWork, schoolYear)
  await weighDueDoubts(house.openWork, '2030-2031')
  assert.deepEqual(await at(), first)
})

test('an officer who answers none of them refuses only the children shown', async () => {
  const [mine, foreign] = [await idOf(house, abroad.person_number), await idOf(house, apart.person_number)]
  const id = await send(ward, haKhanh, [{ name: 'Phùn Tài Sínk', class: '7A', born: '02/05/2010', sex: 'Nam' }])
  await weighDoubts(house.openWork, schoolYear)
  const doubts = await house.owner<{ id: string }>(
    `select person_id as id from rolls.candidate where roll_id = $1 and is_doubt`,
    [id],
  )
  assert.deepEqual(doubts, [{ id: mine }])
  const shown = await house.as(ward, work => rolls.getRowForReview(work, id, 1))
  assert.ok(!shown.candidates.some(({ personId }) => personId === mine || personId === foreign))

  await house.as(ward, work => rolls.recordDecision(work, id, 1, { decision: 'different' }))
  assert.deepEqual(await house.owner(`select from rolls.refusal where person_id = $1`, [mine]), [])
})

test('any change of roll membership recomputes the doubts, once for all of it', async () => {
  await house.owner(`delete from graphile_worker._private_jobs`)
  const id = await send(ward, haKhanh, lines)
  assert.equal(await waits(weighDoubtsJob), 1)
  await job(weighDoubtsJob, { schoolYear })
  const personId = await idOf(house, slipped.person_number)
  await house.as(ward, work => rolls.recordDecision(work, id, 2, { decision: 'same', personId }))
  assert.ok([1, 2].includes(await waits(weighDoubtsJob)), 'one a minute')
  await job(weighDoubtsJob, { schoolYear })
  await house.owner(`delete from graphile_worker._private_jobs`)
  await house.as(ward, work => rolls.undoDecision(work, id, 2))
  assert.equal(await waits(weighDoubtsJob), 1)
  await job(weighDoubtsJob, { schoolYear })
  assert.equal((await casesOf())[slipped.full_name], 'undecided')
  await job(weighDoubtsJob, { schoolYear: '2030-2031' })
})
