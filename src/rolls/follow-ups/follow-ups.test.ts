import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBirthCertificate, anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { handWritten, type Typed } from '../../../test/rolls/hand-written.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { kindsOfFollowUps } from '../../follow-up-kinds.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import { asDay, type Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { jobs } from '../jobs.ts'
import type { RollDefect } from '../roll.ts'
import * as rolls from '../rolls.ts'
import { findRoll } from '../store.ts'
import { opensFollowUp } from './owner-rule.ts'
import { refreshFollowUps } from './refresh-follow-ups.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
await house.work(work =>
  units.importSchools(
    work,
    ['Trường THPT Hà Khánh', 'Trường THPT Quang Hanh'].map((name, i) => ({
      line: i + 2,
      values: {
        code: `2200${i + 1}`,
        name,
        kind: 'upper-secondary',
        unit: [commune.haKhanh, commune.quangHanh][i] ?? '',
      },
    })),
  ),
)
const schoolYear = '2022-2023'
const schoolOf = (code: string) => house.work(async work => (await units.findSchool(work, code))!.id)
const [haKhanh, quangHanh] = [await schoolOf('22001'), await schoolOf('22002')]
/** The school stands in Hà Khánh; most pupils live in Hà Phong. */
const [atSchool, ward, secondOfWard, elsewhere] = [
  await anOfficerOf(house, commune.haKhanh),
  await anOfficerOf(house, commune.haPhong),
  await anOfficerOf(house, commune.haPhong),
  await anOfficerOf(house, '06781'),
]

let made = 0
/** Pupils whose names and days nobody else has. */
const aPupil = (given: Parameters<typeof aPerson>[0] = {}) => {
  made += 1
  const day = String((made % 27) + 1).padStart(2, '0')
  return aPerson({ name: `Nguyễn Văn ${syllable(made)}`, bornOn: `2005-03-${day}`, commune: commune.haPhong, ...given })
}
const given = 'An Bình Cường Dũng Giang Hải Khoa Lâm Minh Nam Phúc Quân Sơn Tùng Việt'.split(' ')
const syllable = (n: number) => (given[n % 15] ?? '') + (['', ' Anh', ' Bảo', ' Châu'][Math.floor(n / 15)] ?? '')

const head = ['STT', 'Lớp', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD']
type Row = readonly [name: Typed, birth: Typed, sex: Typed, number: Typed]
const aRoll = (...rows: readonly Row[]) =>
  handWritten({ name: '9A', rows: [head, ...rows.map((row, i) => [i + 1, '9A', ...row])] })
const sound = (person: Record<string, string>): Row => [
  person['full_name'] ?? '',
  (person['birth_date'] ?? '').split('-').reverse().join('/'),
  person['sex'] === 'F' ? 'Nữ' : 'Nam',
  person['person_number'] ?? '',
]

const runJobs = jobs(house.openWork)
const progress = { attempt: 1, log: console as never }
/** Runs what the house has queued for itself, as its own process would. */
async function theHouseDoesItsJobs() {
  for (;;) {
    const [job] = await house.owner<{ id: string; name: string; payload: Record<string, unknown> }>(`
      select j.id, t.identifier as name, j.payload from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id
      order by j.id limit 1`)
    if (!job) return
    await house.owner('delete from graphile_worker._private_jobs where id = $1', [job.id])
    await runJobs[job.name]?.(job.payload, progress)
  }
}

async function sent(content: Buffer, schoolId = haKhanh): Promise<rolls.RollId> {
  const { id } = await house.work(work =>
    rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId, schoolYear }),
  )
  await theHouseDoesItsJobs()
  return id
}

type Kept = {
  id: string
  place: number
  defect: RollDefect
  owner: followUps.FollowUpOwner
  evidence: string
  due_on: string
  state: string
  correction_id: string | null
}
const kept = (rollId: Id<'roll'>, state = 'open') =>
  house.owner<Kept>(
    `select id, source_place as place, reason as defect, owner, evidence, due_on, state, correction_id
      from follow_ups.follow_up where source_id = $1 and state = $2 order by place, defect`,
    [rollId, state],
  )
const told = (keptFollowUps: readonly Kept[]) =>
  keptFollowUps.map(({ place, defect, owner, evidence }) => [place, defect, owner, evidence])

test('each defect goes to the side that evidence speaks against, and to the school without evidence', async () => {
  const [marks, swapped, year, sex, odd, half, whole, dead, cancelled, zero, other, stranger] = [
    aPupil({ name: 'Trần Thị Thúy', sex: 'F' }),
    aPupil({ bornOn: '2005-07-03' }),
    aPupil({ bornOn: '2006-05-05', person_number: '022205700001' }),
    aPupil({ sex: 'F', person_number: '022205700002', name: 'Phạm Văn Đức' }),
    aPupil({ sex: 'F', person_number: '022205700003', name: 'Lỷ A Sáng' }),
    aPupil({ name: 'Chìu Sủi Lìn', bornOn: '2005', sex: 'F' }),
    aPupil({ name: 'Tằng A Tài', bornOn: '2005', sex: 'M' }),
    aPupil({ name: 'Voòng A Sáu', life_status: 'dead' }),
    aPupil({ name: 'Bùi Thị Nguyệt', sex: 'F', cancelled_numbers: '022305999001' }),
    aPupil({ name: 'Đặng Quốc Bảo' }),
    aPupil({ name: 'Hà Kiều Oanh', sex: 'F' }),
    aPupil({ name: 'Lê Hoài Thương', commune: commune.quangHanh }),
  ] as const
  await enterAll(house, [marks, swapped, year, sex, odd, half, whole, dead, cancelled, zero, other, stranger])
  const id = await sent(
    await aRoll(
      ['Trần Thị Thuy', sound(marks)[1], 'Nữ', marks.person_number],
      [swapped.full_name, '07/03/2005', 'Nam', swapped.person_number],
      [year.full_name, '05/05/2005', 'Nam', year.person_number],
      [sex.full_name, sound(sex)[1], 'Nam', sex.person_number],
      sound(odd),
      [half.full_name, '2005', 'Nữ', half.person_number],
      [whole.full_name, '04/06/2005', 'Nam', whole.person_number],
      sound(dead),
      [cancelled.full_name, sound(cancelled)[1], 'Nữ', '022305999001'],
      [zero.full_name, sound(zero)[1], 'Nam', Number(zero.person_number)],
      [other.full_name, sound(other)[1], 'Nữ', null],
      ['Nịnh Thị Không Ai', '06/06/2004', 'Nữ', null],
      ['Sằn Thị Chưa Rõ', '07/06/2004', 'Nữ', '022304123123'],
    ),
  )

  const keptFollowUps = await kept(id)
  assert.deepEqual(told(keptFollowUps), [
    [1, 'name-marks-differ', 'school', 'silent'],
    [2, 'birth-day-month-swapped', 'school', 'silent'],
    [3, 'birth-date-differs', 'ward', 'digits-for-roll'],
    [3, 'number-contradicts-record', 'ward', 'digits-for-roll'],
    [4, 'number-contradicts-record', 'ward', 'digits-for-roll'],
    [4, 'sex-differs', 'ward', 'digits-for-roll'],
    [5, 'number-contradicts-record', 'ward', 'register-against-itself'],
    [6, 'birth-date-partial', 'family', 'silent'],
    [7, 'birth-date-partial', 'ward', 'roll-gives-more'],
    [8, 'deceased', 'ward', 'silent'],
    [9, 'number-cancelled', 'school', 'register-consistent'],
    [10, 'number-lost-zero', 'school', 'roll-alone'],
    [11, 'number-missing', 'school', 'roll-alone'],
    [12, 'not-in-register', 'family', 'numberless'],
    [12, 'number-missing', 'family', 'numberless'],
    [13, 'not-in-register', 'school', 'nobody'],
    [13, 'number-differs', 'school', 'nobody'],
  ])
  const at = (place: number) => keptFollowUps.filter(one => one.place === place)
  assert.equal(new Set(at(3).map(one => one.correction_id)).size, 1, 'two defects of one value share the correction')
  assert.equal(at(5)[0]?.correction_id, null, 'nothing says which value is wrong, so none is proposed')
  assert.equal(at(8)[0]?.due_on, '2023-04-24', 'a living pupil who is dead on record is looked at in two working days')
  assert.equal(at(1)[0]?.due_on, '2023-05-09', 'ten working days over the five holidays')

  const waiting = await house.as(ward, work => register.listCorrections(work, { which: 'to-decide' }))
  assert.deepEqual(
    waiting.flatMap(({ changes }) => changes.map(({ field, old, new: value }) => [field, old, value])).sort(),
    [
      ['birth_date', '2005', '2005-06-04'],
      ['birth_date', '2006-05-05', '2005-05-05'],
      ['life_status', 'dead', 'alive'],
      ['sex', 'F', 'M'],
    ],
  )
  assert.match(waiting[0]?.evidence ?? '', /Trường THPT Hà Khánh, năm học 2022-2023, lớp 9A, trang 9A, dòng \d+/)
})

test('a second refresh changes nothing and proposes nothing twice', async () => {
  const [roll] = await house.owner<{ id: rolls.RollId }>(
    'select id from rolls.roll where in_force and school_id = $1',
    [haKhanh],
  )
  const all = () => house.owner(`select * from follow_ups.follow_up order by id`)
  const proposals = () => house.owner('select id, state from register.correction order by id')
  const [before, proposed] = [await all(), await proposals()]
  await house.work(async work => refreshFollowUps(work, (await findRoll(work, roll!.id))!))
  assert.deepEqual(await all(), before)
  assert.deepEqual(await proposals(), proposed)
})

test('a roll sent again keeps its open follow-ups, ends the corrected ones and withdraws their proposals', async () => {
  const [one, two] = [
    aPupil({ sex: 'F', person_number: '022205710001', name: 'Ngô Văn Quý' }),
    aPupil({ name: 'Đỗ Thị Hạnh', sex: 'F' }),
  ]
  await enterAll(house, [one, two])
  const first = await sent(
    await aRoll([one.full_name, sound(one)[1], 'Nam', one.person_number], [
      'Đỗ Thị Hanh',
      ...sound(two).slice(1),
    ] as unknown as Row),
  )
  const opened = await kept(first)
  assert.deepEqual(told(opened), [
    [1, 'number-contradicts-record', 'ward', 'digits-for-roll'],
    [1, 'sex-differs', 'ward', 'digits-for-roll'],
    [2, 'name-marks-differ', 'school', 'silent'],
  ])

  const second = await sent(await aRoll(['Đỗ Thị Hanh', ...sound(two).slice(1)] as unknown as Row, sound(one)))
  const open = await kept(second)
  assert.deepEqual(told(open), [
    [1, 'name-marks-differ', 'school', 'silent'],
    [2, 'number-contradicts-record', 'ward', 'register-against-itself'],
  ])
  assert.equal(open[0]?.id, opened[2]?.id, 'the pupil’s follow-up goes with the pupil')
  const [correction] = await house.owner<{ state: string }>('select state from register.correction where id = $1', [
    opened[1]?.correction_id,
  ])
  assert.equal(correction?.state, 'withdrawn')

  const third = await sent(await aRoll(sound(two)))
  assert.deepEqual(await kept(third), [])
  const states = await house.owner<{ defect: string; state: string }>(
    'select reason as defect, state from follow_ups.follow_up where id = any ($1) order by defect, state',
    [[...opened, ...open].map(({ id }) => id)],
  )
  assert.deepEqual(
    states.map(({ defect, state }) => `${defect} ${state}`),
    ['name-marks-differ done', 'number-contradicts-record dropped', 'sex-differs done'],
  )
})

const oneWithOtherName = async (name: string, written: string) => {
  const person = aPupil({ name })
  await enterAll(house, [person])
  const id = await sent(await aRoll([written, ...sound(person).slice(1)] as unknown as Row))
  const [followUp] = await kept(id)
  return { person, id, followUp: followUp! }
}
const openAs =
  (authority: typeof ward): followUps.OpenForKind =>
  (_kind, verb) =>
    house.as(authority, verb)
const listed = (authority: typeof ward, query: followUps.FollowUpQuery) =>
  followUps.listOpen(openAs(authority), kindsOfFollowUps, query)
const counted = (authority: typeof ward, query: followUps.FollowUpQuery) =>
  house.as(authority, work => followUps.countOpen(work, kindsOfFollowUps, query, () => true))
const insist = (followUp: Kept, papers = 'Giấy khai sinh số 15/2005') =>
  house
    .as(atSchool, work => followUps.confirmByPapers(work, kindsOfFollowUps, followUp.id as never, { papers }))
    .then(theHouseDoesItsJobs)

test('when the school confirms by papers the ward gets a proposal, and its approval ends the follow-up', async () => {
  const { person, id, followUp } = await oneWithOtherName('Hoàng Gia Khánh', 'Hoàng Gia Khanh')
  await assert.rejects(
    house.as(ward, work => followUps.confirmByPapers(work, kindsOfFollowUps, followUp.id as never, { papers: 'x' })),
    { code: 'follow-up-unknown' },
  )
  await assert.rejects(insist(followUp, ' '), { code: 'follow-up-papers-needed' })
  await insist(followUp)
  const [turned] = await kept(id)
  assert.deepEqual([turned?.owner, turned?.evidence, turned?.id], ['ward', 'papers', followUp.id])

  const correctionId = turned?.correction_id as register.CorrectionId
  await assert.rejects(
    house.as(ward, work => register.approveCorrection(work, correctionId)),
    { code: 'papers-needed' },
  )
  const form = { code: 'DC02', version: 'TT 59/2021/TT-BCA' }
  await house.as(ward, work =>
    register.attestCorrection(work, correctionId, { form, papers: aBirthCertificate('15/2005') }),
  )
  await assert.rejects(
    house.as(ward, work => register.approveCorrection(work, correctionId)),
    { code: 'second-officer-needed' },
  )
  await house.as(secondOfWard, work => register.approveCorrection(work, correctionId))
  await theHouseDoesItsJobs()

  assert.deepEqual(await kept(id), [])
  assert.equal((await kept(id, 'done'))[0]?.id, followUp.id)
  const personId = await idOf(house, person.person_number)
  assert.equal((await house.as(ward, work => register.getPerson(work, personId))).fullName, 'Hoàng Gia Khanh')
})

test('a refused correction turns the follow-up to the school, and waits for the school’s new answer', async () => {
  const { id, followUp } = await oneWithOtherName('Mạc Thị Xuân', 'Mạc Thị Xuan')
  await insist(followUp)
  const [turned] = await kept(id)
  await house.as(ward, work =>
    register.refuseCorrection(work, turned?.correction_id as register.CorrectionId, {
      reason: 'Giấy khai sinh ghi Xuân',
    }),
  )
  await theHouseDoesItsJobs()
  assert.deepEqual(told(await kept(id)), [[1, 'name-marks-differ', 'school', 'register']])

  await house.work(async work => refreshFollowUps(work, (await findRoll(work, id))!))
  assert.deepEqual(told(await kept(id)), [[1, 'name-marks-differ', 'school', 'register']])
  await insist(followUp, 'Giấy khai sinh bản chính')
  assert.equal((await kept(id))[0]?.owner, 'ward')
})

test('an answer holds for the values that it was given for, and for no others', async () => {
  const { person, id, followUp } = await oneWithOtherName('Phùng Văn Thắng', 'Phùng Văn Thang')
  await insist(followUp)
  const [asked] = await kept(id)
  const again = await sent(await aRoll(['Phùng Văn Tháng', ...sound(person).slice(1)] as unknown as Row))
  const [now] = await kept(again)
  assert.deepEqual([now?.owner, now?.evidence, now?.correction_id], ['school', 'silent', null])
  const [correction] = await house.owner<{ state: string }>('select state from register.correction where id = $1', [
    asked?.correction_id,
  ])
  assert.equal(correction?.state, 'withdrawn')
})

test('when the ward confirms the register without a proposal, the school looks again', async () => {
  const odd = aPupil({ sex: 'F', person_number: '022205720001', name: 'Vi Thị Lạ' })
  await enterAll(house, [odd])
  const id = await sent(await aRoll(sound(odd)))
  const [followUp] = await kept(id)
  assert.equal(followUp?.owner, 'ward')
  await house.as(ward, work => followUps.confirmRegister(work, followUp?.id as never))
  await theHouseDoesItsJobs()
  assert.deepEqual(told(await kept(id)), [[1, 'number-contradicts-record', 'school', 'register']])
})

test('a ward sees the follow-ups of its residents at every school, and no other ward or school does', async () => {
  const { id, followUp } = await oneWithOtherName('Cao Thị Mỹ Duyên', 'Cao Thị Mỹ Duyen')
  await insist(followUp)
  const seen = (authority: typeof ward, owner?: followUps.FollowUpOwner) => listed(authority, { owner, sourceId: id })
  const { followUps: found, total } = await seen(ward, 'ward')
  assert.equal(total, 1)
  assert.deepEqual(
    [found[0]?.name, found[0]?.row, found[0]?.scopeName],
    ['Cao Thị Mỹ Duyên', undefined, 'Trường THPT Hà Khánh'],
  )
  assert.equal((await seen(elsewhere)).total, 0)
  assert.equal((await seen(atSchool)).total, 1)
  assert.equal((await seen(atSchool)).followUps[0]?.registerValue, 'Cao Thị Mỹ Duyên', 'its own pupil’s record')
  const schools = { ...atSchool, scope: { units: [quangHanh as never] } }
  assert.equal((await seen(schools)).total, 0)
})

test('follow-ups are due three working days before the team’s visit, and move with it', async () => {
  const { id } = await oneWithOtherName('Tô Ngọc Vân', 'Tô Ngọc Van')
  const dueOn = async () => (await kept(id))[0]?.due_on
  const say = (onDay: Day | undefined) =>
    house.as(atSchool, work => rolls.setVisitDay(work, haKhanh, schoolYear, onDay))
  await say(asDay('2023-05-05'))
  assert.equal(await dueOn(), '2023-04-27', 'the holidays from 29 April to 3 May are no working days')
  assert.equal((await counted(atSchool, { sourceId: id }))[0]?.later, 1)
  await say(asDay('2023-04-21'))
  assert.equal(await dueOn(), '2023-04-20', 'never before it was made')
  assert.equal((await counted(atSchool, { sourceId: id }))[0]?.today, 1)
  await say(undefined)
  assert.equal(await dueOn(), '2023-05-09')
})

test('a follow-up that the school promises to correct stays until the next roll comes', async () => {
  const { person, id, followUp } = await oneWithOtherName('Lục Văn Bền', 'Lục Văn Ben')
  await house.as(atSchool, work => followUps.announceCorrection(work, followUp.id as never))
  assert.equal((await listed(atSchool, { sourceId: id })).followUps[0]?.announcedOn, '2023-04-20')
  const next = await sent(await aRoll(sound(person)))
  assert.deepEqual(await kept(next), [])
  assert.equal(
    (await house.owner<Kept>('select state from follow_ups.follow_up where id = $1', [followUp.id]))[0]?.state,
    'done',
  )
})

test('the ward looks where another school’s roll confirms the value as a second source', async () => {
  const person = aPupil({ name: 'Đinh Thị Hoài An', sex: 'F' })
  await enterAll(house, [person])
  const written: Row = ['Đinh Thị Hoai An', ...sound(person).slice(1)] as unknown as Row
  const there = await sent(await aRoll(written), quangHanh)
  const id = await sent(await aRoll(written))
  const keptFollowUps = await kept(id)
  assert.deepEqual(told(keptFollowUps), [
    [1, 'duplicate-across-schools', 'school', 'roll-alone'],
    [1, 'name-marks-differ', 'ward', 'another-roll-agrees'],
  ])
  assert.ok(
    told(await kept(there)).some(([, defect]) => defect === 'duplicate-across-schools'),
    'the other school is asked too',
  )
})

test('a decision of a doubtful row creates its follow-ups, and undoing it drops them', async () => {
  const [one, two] = [
    aPupil({ name: 'Trần Văn Nam', bornOn: '2005-05-05' }),
    aPupil({ name: 'Trần Văn Nam', bornOn: '2005-05-05' }),
  ]
  await enterAll(house, [one, two])
  const id = await sent(await aRoll(['Trần Văn Nam', '05/05/2005', 'Nữ', null]))
  const [row] = (await house.work(work => rolls.describeReconciledRoll(work, id))).rows
  assert.equal(row?.outcome, 'review')
  assert.deepEqual(told(await kept(id)), [[1, 'number-missing', 'school', 'roll-alone']])
  const personId = await idOf(house, one.person_number)
  await house
    .as(atSchool, work => rolls.recordDecision(work, id, 1, { decision: 'same', personId }))
    .then(theHouseDoesItsJobs)
  assert.deepEqual(
    told(await kept(id)).map(([, defect]) => defect),
    ['number-missing', 'sex-differs'],
  )
  await house.as(atSchool, work => rolls.undoDecision(work, id, 1)).then(theHouseDoesItsJobs)
  assert.deepEqual(told(await kept(id)), [[1, 'number-missing', 'school', 'roll-alone']])
})

test('every blocking defect on every roll in force has exactly one open owner', async () => {
  const rows = await house.owner<{ id: string; defect: RollDefect; owners: number }>(`
    select w.id, d.defect, (select count(*)::integer from follow_ups.follow_up f
      where f.subject_id = w.id and f.reason = d.defect and f.state = 'open') as owners
    from rolls.row w join rolls.roll r on r.id = w.roll_id and r.in_force cross join unnest(w.defects) as d (defect)`)
  assert.ok(rows.length > 0)
  assert.deepEqual(
    rows.filter(({ defect, owners }) => owners !== (opensFollowUp(defect) ? 1 : 0)),
    [],
  )
  const withoutDefect = await house.owner(`select f.id from follow_ups.follow_up f where f.state = 'open'
    and not exists (select from rolls.row w join rolls.roll r on r.id = w.roll_id and r.in_force
      where w.id = f.subject_id and f.reason = any (w.defects))`)
  assert.deepEqual(withoutDefect, [])
})

test('the follow-ups of a roll of 1,500 rows are refreshed in few statements', async () => {
  const isOdd = (i: number) => i % 15 === 1
  const people = Array.from({ length: 1500 }, (_, i) =>
    aPerson({
      name:
        `${['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Vũ'][i % 5]} ` +
        `${['Văn', 'Đức', 'Minh', 'Quang', 'Hữu', 'Xuân'][i % 6]} ${syllable(i)}`,
      bornOn: `2006-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
      sex: i % 2 ? 'F' : 'M',
      commune: commune.haPhong,
      // A hundred whose record contradicts their number, and whom the roll has as the number says.
      ...(isOdd(i) && { sex: 'F', person_number: `022206${900_000 + i}` }),
    }),
  )
  await enterAll(house, people)
  const id = await sent(
    await aRoll(
      ...people.map(
        (person, i): Row =>
          isOdd(i)
            ? sound({ ...person, sex: 'M' })
            : i % 3
              ? sound(person)
              : [person.full_name, sound(person)[1], i % 2 ? 'Nam' : 'Nữ', person.person_number],
      ),
    ),
  )
  assert.equal((await kept(id)).length, 700)

  const counted = async (verb: (work: Work) => Promise<void>) => {
    let statements = 0
    await house.work(async work => {
      const tx = work.tx.withPlugin({
        transformQuery: ({ node }) => {
          statements += 1
          return node
        },
        transformResult: async ({ result }) => result,
      })
      await verb({ ...work, tx })
    })
    return statements
  }
  const settle = async (work: Work) => refreshFollowUps(work, (await findRoll(work, id))!)
  const again = await counted(settle)
  await house.owner(
    `delete from register.correction_change; delete from register.correction; delete from follow_ups.follow_up
      where source_id = '${id}'`,
  )
  const anew = await counted(settle)
  assert.equal((await kept(id)).filter(({ correction_id }) => correction_id).length, 200)
  assert.ok(again <= 12 && anew <= 20, `${again} and ${anew} statements`)
})

test('the class list asks for papers in words to be read out, without numbers or register data', async () => {
  const [marks, none, dead, sister] = [
    aPupil({ name: 'Kiều Thị Mỹ Lệ', sex: 'F' }),
    aPupil({ name: 'Quách Văn Tỉnh' }),
    aPupil({ name: 'Giáp Văn Còn', life_status: 'dead' }),
    aPupil({ name: 'Ninh Thị Yên', sex: 'F' }),
  ] as const
  await enterAll(house, [marks, none, dead, sister])
  const id = await sent(
    await aRoll(
      ['Kiều Thị Mỹ Le', '01/02/2005', 'Nữ', marks.person_number],
      [none.full_name, sound(none)[1], 'Nam', null],
      sound(dead),
      sound(sister),
      ['<b>Trà Thị Lạ</b>', '06/06/2003', 'Nữ', null],
    ),
  )
  const list = (language: 'vi' | 'en', inClass?: string) =>
    house.as(atSchool, work => rolls.printClassList(work, id, language, inClass))
  const page = await list('vi', '9A')
  assert.match(
    page,
    new RegExp(
      'Em Kiều Thị Mỹ Le: họ tên trong danh sách viết là “Kiều Thị Mỹ Le”, giấy khai sinh ' +
        String.raw`viết thế nào\? Ngày sinh trong danh sách là 01\/02\/2005, giấy khai sinh ghi thế ` +
        String.raw`nào\? Mang giấy khai sinh bản chính đến trường, chậm nhất ngày 09\/05\/2023\.`,
    ),
  )
  assert.match(page, /Em Quách Văn Tỉnh: danh sách chưa có số định danh\. Mang giấy khai sinh hoặc thẻ căn cước/)
  assert.match(page, /Em Giáp Văn Còn: công an nơi thường trú đang xem lại hồ sơ, em chưa phải làm gì\./)
  assert.doesNotMatch(page, /Ninh Thị Yên/)
  assert.doesNotMatch(page, /Kiều Thị Mỹ Lệ|\d{9}|<b>Trà|mất|chết/)
  assert.match(await list('en'), /Kiều Thị Mỹ Le: the list spells the name/)
  assert.match(await list('vi', '9B'), /Không có em nào phải mang giấy tờ/)
})
