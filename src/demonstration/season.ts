import { join } from 'node:path'
import { familyName, nameFor, written } from '../../synth/people/name.ts'
import { stream } from '../../synth/random.ts'
import * as accounts from '../accounts/accounts.ts'
import * as campaign from '../campaign/campaign.ts'
import * as cards from '../cards/cards.ts'
import type { House } from '../open-house.ts'
import * as planning from '../planning/planning.ts'
import { readCsv } from '../platform/csv/read-csv.ts'
import { asDay, type Day } from '../platform/day.ts'
import { type Authority, asSystem, type Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as statistics from '../statistics/statistics.ts'
import * as units from '../units/units.ts'
import { takeOpeningBalance } from './opening-balance.ts'

const house = asSystem('demonstration')
const loading: Authority = { ...house, role: 'maintenance' }

/**
 * The moves of the spring's cards and accounts, before the extracts: these then find everything where its last move
 * left it.
 */
export async function importMoves(of: House, folder: string): Promise<void> {
  await cards.importHistory(of.openWork, loading, join(folder, 'season', 'card-moves.csv'))
  await accounts.importAccountHistory(of.openWork, loading, join(folder, 'season', 'account-moves.csv'))
}

async function rowsOf(file: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = []
  for await (const { values } of readCsv(file)) if (values) rows.push(values)
  return rows
}

const several = (text = '') => text.split(';').filter(Boolean)

/** Invented officers of the teams, by their codes; they do not sign in. */
async function officersOf(
  work: Work,
  codes: readonly string[],
  seed: number,
  day: Day,
): Promise<Map<string, staff.OfficerId>> {
  const list = []
  for (const code of new Set(codes)) {
    const unit = await units.findUnitOn(work, code.split('-')[0] ?? '', day, 'district')
    if (!unit) continue
    const random = stream(seed, 'officer', code)
    const sex = random.chance(0.35) ? 'F' : 'M'
    const name = nameFor(random, {
      sex,
      year: 1975 + Math.floor(random.next() * 22),
      people: 'kinh',
      family: familyName(random, 'kinh'),
    })
    list.push({ login: `doi-${code.toLowerCase()}`, fullName: written(name), unitId: unit.id })
  }
  const ids = await staff.addOfficers(work, list)
  return new Map(
    codes.flatMap(code => {
      const id = ids.get(`doi-${code.toLowerCase()}`)
      return id ? [[code, id] as const] : []
    }),
  )
}

/**
 * Officers of the ward who sign in to the demonstration. They were at its sessions too; to those that come they go by
 * what they plan themselves (under-way.ts).
 */
const wardOfficers = ['phuong', 'phuong2']

/** The spring's sessions: those that were held, with who came, and those that are announced. */
export async function importSessions(
  of: House,
  folder: string,
  { seed, ward }: { readonly seed: number; readonly ward: string },
): Promise<void> {
  const [sessions, seats] = [
    await rowsOf(join(folder, 'season', 'sessions.csv')),
    await rowsOf(join(folder, 'season', 'roster.csv')),
  ]
  await of.openWork(house, async work => {
    const past = sessions.map(row => ({
      ...(row as unknown as planning.PastSession),
      officers: [
        ...several(row['officers']),
        ...(row['commune'] === ward && String(row['day']) < work.today ? wardOfficers : []),
      ],
      kits: several(row['kits']),
    }))
    const invented = past.flatMap(one => one.officers).filter(code => !wardOfficers.includes(code))
    const officers = await officersOf(work, invented, seed, work.today)
    for (const login of wardOfficers) officers.set(login, (await staff.getByLogin(work, login)).id)
    await planning.takeHistory(work, {
      sessions: past,
      seats: seats.map(({ session = '', person_number: number = '', outcome = '', reason = '', walk_in: walkIn }) => ({
        session,
        number,
        outcome: outcome === 'served' || outcome === 'absent' ? outcome : '',
        reason,
        walkIn: walkIn === 'yes',
      })),
      officers,
    })
    await manTeams(work, past, officers)
  })
}

/** What the officers of a team do, in the order in which they are named; whoever comes after is a reserve. */
const rolesInTeam = ['information-check', 'fingerprint', 'photo'] as const

/** Each team has those officers of its district who were at its sessions, so that a plan can send it out. */
async function manTeams(
  work: Work,
  past: readonly planning.PastSession[],
  officers: ReadonlyMap<string, staff.OfficerId>,
): Promise<void> {
  const codes = new Map<string, Set<string>>()
  for (const one of past) {
    const [district = '', number = ''] = one.team.split('-D')
    const key = `${district} Tổ ${number}`
    const own = one.officers.filter(code => !wardOfficers.includes(code))
    codes.set(key, new Set([...(codes.get(key) ?? []), ...own]))
  }
  const unitIds = new Map<units.UnitId, string>()
  for (const code of new Set(past.map(({ team }) => team.split('-')[0] ?? ''))) {
    const unit = await units.findUnitOn(work, code, work.today, 'district')
    if (unit) unitIds.set(unit.id, code)
  }
  for (const { id, unitId, name, members } of await planning.listTeams(work, [...unitIds.keys()])) {
    const own = [...(codes.get(`${unitIds.get(unitId)} ${name}`) ?? [])].sort()
    if (members.length > 0 || own.length === 0) continue
    const named = own.flatMap(code => officers.get(code) ?? [])
    await planning.setTeamMembers(
      work,
      id,
      named.map((officerId, at) => ({ officerId, role: rolesInTeam[at] ?? 'reserve' })),
    )
  }
}

const deadlines = [
  { name: 'Thẻ trong tay', on: '2023-05-31', proof: 'card-in-hand' },
  { name: 'Tài khoản đã kích hoạt', on: '2023-06-15', proof: 'account-activated' },
]

/** Two campaigns that the demonstration is in the middle of: the exam years' pupils, and everyone of fourteen. */
const campaigns = [
  {
    name: 'hoc-sinh-2023',
    title: 'Học sinh độ tuổi ưu tiên có thẻ CCCD và tài khoản',
    purpose: 'Mọi học sinh sinh năm 2004, 2005, 2007, 2008 có thẻ và tài khoản trước kỳ thi.',
    cohort: { basis: 'school', bornIn: [2004, 2005, 2007, 2008], from: 'rolls' },
    metrics: ['account-activated', 'card-handed-over', 'card-applied', 'account-approved'],
  },
  {
    name: 'tai-khoan-2023',
    title: 'Tài khoản định danh điện tử mùa xuân 2023',
    purpose: 'Người từ 14 tuổi có tài khoản định danh điện tử đã kích hoạt.',
    cohort: { basis: 'permanent', ageFrom: 14 },
    metrics: ['account-activated', 'account-approved', 'account-received', 'card-handed-over'],
  },
] as const

/**
 * Makes the campaigns, and hands their targets down: the province is asked for everyone it means, the units by their
 * share.
 */
export async function makeCampaigns(installation: House): Promise<void> {
  for (const one of campaigns) {
    const { id } = await installation.openWork(house, work =>
      campaign.create(work, { ...one, startsOn: '2023-03-01', deadlines }),
    )
    await statistics.recountAllDue(installation.openWork)
    // Of everybody the province has counts; of the pupils of the exam years those whom it knows.
    const target =
      one.cohort.basis === 'permanent'
        ? await takeOpeningBalance(installation, campaign.asCampaignId(id), installation.today())
        : undefined
    await installation.openWork(house, async work => handDown(work, campaign.asCampaignId(id), target))
    if (target !== undefined) await putOnFirstPages(installation, campaign.asCampaignId(id))
  }
}

/** The campaign of everyone stands on each unit's first page, which else keeps the one that was made first. */
async function putOnFirstPages(installation: House, id: campaign.CampaignId): Promise<void> {
  const everywhere = await installation.openWork(house, async work => {
    const { unitId } = await campaign.getCampaign(work, id)
    return units.subtreeOn(work, unitId, work.today)
  })
  for (const unit of everywhere)
    await installation.openWork({ ...house, unitId: unit.id }, work => campaign.chooseFirstPage(work, id))
}

const issuedBy = 'Giám đốc Công an tỉnh (minh họa)'

async function handDown(work: Work, id: campaign.CampaignId, target: number | undefined): Promise<void> {
  const one = await campaign.getCampaign(work, id)
  const [metric] = one.metrics
  if (!metric) return
  const { whole } = await statistics.readQuickSheet(work, id, { metric })
  if (whole.members === 0) return
  const dueOn = asDay('2023-06-15')
  const own = {
    unitId: one.unitId,
    said: whole.unit.code,
    metric,
    batch: '1',
    value: target ?? whole.members,
    assignedOn: one.startsOn,
    dueOn,
    splitBy: 'hand',
  }
  await campaign.issueTargets(work, one, [own], issuedBy)
  await statistics.handDownTargets(work, one, { metric, batch: '1', by: 'cohort', issuedBy })
}
