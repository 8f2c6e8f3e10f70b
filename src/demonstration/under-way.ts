import * as campaign from '../campaign/campaign.ts'
import * as classes from '../classes/classes.ts'
import type { House } from '../open-house.ts'
import * as planning from '../planning/planning.ts'
import { addDays, asDay, type Day } from '../platform/day.ts'
import { asId, newId } from '../platform/ids.ts'
import { asSystem, type Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { issueLinks } from './links.ts'
import { enterPublicInformation } from './public-information.ts'
import { actAs } from './standings.ts'

/**
 * What the officers of the demonstration have under way on its day, each by the verbs that their pages use and as
 * themselves: directives, the neighbours' groups of the ward, its seven sessions with a Saturday and a Sunday, and
 * proposals that wait for a second officer.
 */

type Acting = Awaited<ReturnType<typeof actAs>>

export async function beginWork(house: House, { day, ward }: { readonly day: Day; readonly ward: string }) {
  const acting = await actAs(house.openWork, day, 'campaign')
  await issueDirectives(acting)
  await setUpGroups(house, acting)
  await enterPublicInformation(acting)
  await planSessions(house, acting, { day, ward })
  await proposePosts(acting)
  await nameHomerooms(house, acting)
  await issueLinks(house, acting)
}

/** The province asks for figures, Hạ Long asks its wards; one has read what it was asked, nobody has answered. */
async function issueDirectives({ as, standingOf }: Acting): Promise<void> {
  const [haLong, camPha] = [standingOf('huyen').unitId, standingOf('huyenkhac').unitId]
  const activation = await as('chihuy', work =>
    campaign.directives.issueDirective(work, {
      title: 'Kích hoạt tài khoản định danh điện tử cho học sinh độ tuổi ưu tiên',
      body:
        'Công an các huyện, thị xã, thành phố rà soát học sinh sinh năm 2004, 2005, 2007, 2008 chưa kích hoạt tài ' +
        'khoản; tổ chức hướng dẫn kích hoạt tại trường, kể cả thứ Bảy, Chủ nhật. Báo cáo số tài khoản đã kích hoạt.',
      dueOn: asDay('2023-04-21'),
      question: { label: 'Số tài khoản đã kích hoạt đến hết ngày 20/04/2023' },
      issuedBy: 'Phạm Quang Minh Chiến, Công an tỉnh Quảng Ninh',
      units: [haLong, camPha],
    }),
  )
  await as('huyenkhac', work => campaign.directives.acknowledgeDirective(work, activation, { version: 1 }))
  const absent = await as('huyen', work =>
    campaign.directives.issueDirective(work, {
      title: 'Mời lại học sinh vắng mặt ở các đợt cấp CCCD lưu động',
      body:
        'Công an các phường, xã phối hợp với giáo viên chủ nhiệm báo cho gia đình học sinh vắng mặt ở đợt trước, ' +
        'mời đến đợt của phường trong tuần này.',
      dueOn: asDay('2023-04-23'),
      question: { label: 'Số học sinh vắng mặt đã báo được cho gia đình' },
      issuedBy: 'Vũ Thị Hạnh Nguyên, Công an thành phố Hạ Long',
      communesOf: haLong,
    }),
  )
  await as('phuong2', work => campaign.directives.acknowledgeDirective(work, absent, { version: 1 }))
}

const neighbours = [
  { quarter: 'Khu 3', leader: 'Hoàng Thị Nguyệt Ánh', members: ['Nguyễn Đức Thịnh', 'Phạm Thùy Dương'] },
  { quarter: 'Khu 5', leader: 'Lê Văn Quyết Tiến', members: ['Trần Thị Hồng Nhung', 'Vũ Minh Hiếu'] },
  { quarter: 'Khu 7', leader: 'Đoàn Thị Thanh Thúy', members: ['Bùi Quốc Việt'] },
] as const

/** Groups of neighbours; two of them are out with a list. */
async function setUpGroups({ openWork }: House, { as }: Acting): Promise<void> {
  const signedIn = (await openWork(asSystem('demonstration'), staff.officers)).find(
    ({ login }) => login === 'tocongnghe',
  )
  const member = signedIn?.appointments[0]?.id
  for (const [at, { quarter, leader, members }] of neighbours.entries()) {
    const id = await as('phuong', work =>
      campaign.groups.setUpGroup(work, {
        name: `Tổ công nghệ số cộng đồng ${quarter.toLowerCase()}`,
        quarter,
        members: [
          { role: 'leader', fullName: leader, phone: `09120000${at}1` },
          ...members.map(fullName => ({ role: 'member' as const, fullName })),
        ],
      }),
    )
    if (at < 2) await as('phuong', work => listOfQuarter(work, id))
    if (at === 0 && member) await as('phuong', work => campaign.giveAccess(work, id, member))
  }
}

/** A list of who has an account to activate; none where nobody of the quarter has. */
async function listOfQuarter(work: Work, id: Parameters<typeof campaign.makeVisitList>[1]): Promise<void> {
  await campaign
    .makeVisitList(work, id, {
      lacking: ['activation', 'account'],
      within: 'quarter',
      why: 'Hướng dẫn kích hoạt tài khoản tại nhà theo chỉ đạo của phường',
    })
    .catch(error => {
      if ((error as { code?: string }).code !== 'house-list-empty') throw error
    })
}

type Turn = {
  /** Days after the demonstration's own. */
  readonly after: number
  readonly from: string
  readonly to: string
  readonly kind: planning.PastSession['kind']
  readonly place: 'school' | 'ward'
}

/** Born in these years one sits an exam this summer. */
const examYears = [2004, 2005, 2007, 2008] as const

/** How many are asked to each: fewer than fit in its hours. */
const rooms = { school: 20, ward: 10 } as const

/** Who is asked to which session. */
const lackingFor = {
  activation: ['activation'],
  'card-and-account': ['card', 'card-renewal', 'account'],
  'raise-level': ['level-2'],
} as const satisfies Record<Turn['kind'], readonly string[]>

/** Seven sessions in the ward within a week: after work, on Saturday, on Sunday. */
const turns: readonly Turn[] = [
  { after: 0, from: '13:30', to: '17:00', kind: 'activation', place: 'school' },
  { after: 1, from: '17:30', to: '21:00', kind: 'card-and-account', place: 'ward' },
  { after: 2, from: '07:30', to: '11:30', kind: 'card-and-account', place: 'school' },
  { after: 2, from: '13:30', to: '17:30', kind: 'activation', place: 'school' },
  { after: 3, from: '07:30', to: '11:30', kind: 'card-and-account', place: 'ward' },
  { after: 4, from: '17:30', to: '20:30', kind: 'raise-level', place: 'ward' },
  { after: 5, from: '17:30', to: '20:30', kind: 'activation', place: 'ward' },
]

async function planSessions(
  { openWork }: House,
  { as, standingOf }: Acting,
  { day, ward }: { readonly day: Day; readonly ward: string },
): Promise<void> {
  const { unitId, by } = standingOf('phuong')
  const second = standingOf('phuong2').by
  const school = await as('phuong', async work => {
    const schools = await units.schoolsIn(work, [unitId], day)
    return schools.find(({ kind }) => kind === 'upper-secondary') ?? schools[0]
  })
  const planned = turns.map(turn => ({ ...turn, id: newId<'session'>(), day: addDays(day, turn.after) }))
  await openWork(asSystem('demonstration'), work =>
    planning.takeHistory(work, {
      sessions: planned.map(({ id, day: on, from, to, kind, place }) => ({
        id,
        day: on,
        start: from,
        end: to,
        school: place === 'school' ? (school?.code ?? '') : '',
        commune: ward,
        kind,
        state: 'planned',
        team: '193-D9',
        officers: ['phuong', 'phuong2'],
        kits: kind === 'card-and-account' ? ['193-M9'] : [],
      })),
      seats: [],
      officers: new Map([
        ['phuong', asId<'officer'>(by.id)],
        ['phuong2', asId<'officer'>(second.id)],
      ]),
    }),
  )
  await openWork(asSystem('demonstration'), async work => {
    const district = await units.findUnitOn(work, '193', day, 'district')
    const team = (await planning.listTeams(work, district ? [district.id] : [])).find(({ name }) => name === 'Tổ 9')
    if (team)
      await planning.setTeamMembers(work, team.id, [
        { officerId: asId<'officer'>(by.id), role: 'information-check' },
        { officerId: asId<'officer'>(second.id), role: 'fingerprint' },
      ])
  })
  const invited = new Set<string>()
  for (const { id, kind, place } of planned) {
    const at = place === 'school' && school ? { schools: [school.id] } : { unit: unitId }
    const persons = await openWork(asSystem('demonstration'), async work => {
      const basis: campaign.Basis = 'schools' in at ? 'school' : 'permanent'
      const filter = {
        needs: [...lackingFor[kind]],
        ...(kind !== 'raise-level' && { born: [...examYears] }),
        basis,
        ...at,
      }
      const { people } = await campaign.listPeopleInNeed(work, filter)
      return people.map(one => one.id).filter(one => !invited.has(`${kind} ${one}`))
    })
    const those = persons.slice(0, rooms[place])
    for (const one of those) invited.add(`${kind} ${one}`)
    await openWork(asSystem('demonstration'), work => planning.addToRoster(work, id, { persons: those }))
  }
  const [today, tomorrow] = planned
  if (!today) return
  if (tomorrow) await as('phuong', work => planning.inviteFamilies(work, tomorrow.id))
  await as('phuong', work => planning.openTeamSession(work, today.id))
  const lines = await as('phuong', work => planning.readRoster(work, today.id))
  for (const { personId } of lines.slice(0, 6)) await as('phuong', work => planning.checkIn(work, today.id, personId))
  const away = lines.slice(6, 8).map(({ personId }) => personId)
  if (away.length > 0) await as('phuong2', work => planning.markAbsent(work, today.id, away, 'ill'))
}

/** The school names the homeroom teacher of its first class. */
async function nameHomerooms({ openWork }: House, { as }: Acting): Promise<void> {
  const teacher = (await openWork(asSystem('demonstration'), staff.officers)).find(({ login }) => login === 'chunhiem')
  const post = teacher?.appointments[0]
  if (!post?.schoolId) return
  const { schoolId, id: appointmentId } = post
  await as('nhatruong', async work => {
    const { schools } = await classes.listClasses(work)
    const [school] = schools
    const lasts = school?.classes.filter(({ class: name }) => name.startsWith('12'))
    const [first] = lasts?.length ? lasts : (school?.classes ?? [])
    if (school && first)
      await classes.nameHomeroom(work, { schoolId, schoolYear: school.schoolYear, class: first.class, appointmentId })
  })
}

/** Posts that the administrator proposed and a second officer has yet to accept. */
async function proposePosts({ as, standingOf }: Acting): Promise<void> {
  const { id: officerId } = await as('quantri', work =>
    staff.enterOfficer(work, {
      login: 'phuong3',
      fullName: 'Nguyễn Hoàng Bảo Trâm',
      unitId: standingOf('phuong').unitId,
      contact: { phone: '0912000099' },
    }),
  )
  await as('quantri', work =>
    staff.proposals.proposeAppointment(work, {
      officerId,
      role: 'ward-officer',
      unitId: standingOf('phuong').unitId,
      fromOn: asDay('2023-04-24'),
      note: 'Tăng cường cho phường đến hết kỳ thi',
    }),
  )
}
