import type { Static } from 'typebox'
import * as campaign from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { readFigureQuery, readUnitTree, type UnitTree, unitsWrittenIn } from '../figure.ts'
import { namesOf, noteReading } from '../figures/people-behind-figure.ts'
import { largestRiskBoard, safeChance, usualAtDesk } from '../law.ts'
import { statisticsProblem } from '../problems.ts'
import type { ChanceQuestion, PupilState } from './chance.ts'
import type { riskBoard, riskOfChosen, riskPupils } from './contract.ts'
import { type LeadStage, measureLeadTimes, type WaitingSpell } from './lead-time.ts'
import { openRisks, type PupilRisk, summarizeRisks } from './risk.ts'
import * as store from './store.ts'
import { measureAttendance, type SessionSeats } from './turn-out.ts'

/** A pupil's risk, and where they are. */
type AssessedPupil = { readonly row: store.RiskRow; readonly risk: PupilRisk; readonly isDone: boolean }

type RiskBoard = {
  readonly deadlines: readonly { name: string; on: Day; proof: campaign.DeadlineProof }[]
  readonly all: readonly AssessedPupil[]
}

const kept = new Map<string, Promise<RiskBoard>>()
const mostKept = 6

/**
 * The board of a campaign by the end of a day, as known now: worked out once for each state of knowledge, and anew
 * after a minute, since seats are planned meanwhile.
 */
async function readAssessments(work: Work, id: campaign.CampaignId, day: Day): Promise<RiskBoard> {
  const edition = (await campaign.lastEdition(work)).number
  const key = `${id} ${edition} ${day} ${Math.floor(work.now.getTime() / 60_000)}`
  const known = kept.get(key)
  if (known) return known
  // In this work's own connection: one that waits for another of the same pool may wait for ever.
  const made = withHouseScope(work, wide => assessPupils(wide, id, day))
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  return made
}

/** Codes from the district down, as lead times are grouped: a unit learns from those beside it. */
function groupsOf(tree: UnitTree): (unitId: Id<'unit'>, schoolId: Id<'school'> | null) => string {
  const known = new Map<string, string>()
  return (unitId, schoolId) => {
    const path = known.get(unitId) ?? lineOfCodes(tree, unitId)
    known.set(unitId, path)
    return schoolId ? `${path}/${schoolId}` : path
  }
}

const lineOfCodes = (tree: UnitTree, written: string) =>
  tree
    .lineOf(tree.written.get(written) ?? written)
    .flatMap(id => tree.standing.get(id) ?? [])
    .filter(({ level }) => level !== 'province')
    .map(({ code }) => code)
    .reverse()
    .join('/')

const lastDeadlineOf = (deadlines: RiskBoard['deadlines'], proof: campaign.DeadlineProof) =>
  deadlines.findLast(deadline => deadline.proof === proof)?.on

async function assessPupils(work: Work, id: campaign.CampaignId, day: Day): Promise<RiskBoard> {
  const one = await campaign.getCampaign(work, id)
  const deadlines = await campaign.deadlinesOf(work, id)
  const people = await store.countMembers(work, id)
  if (people > largestRiskBoard) throw statisticsProblem('risk-too-many', { people, most: largestRiskBoard })
  const rows = await store.riskRows(work, id, day)
  const last = deadlines.at(-1)?.on
  if (!last) throw statisticsProblem('risk-no-deadline')
  const tree = await readUnitTree(work, one, day)
  const groupOf = groupsOf(tree)
  const needs = {
    card: lastDeadlineOf(deadlines, 'card-in-hand'),
    account: lastDeadlineOf(deadlines, 'account-activated'),
  }
  const seats = await store.seatRows(work, id, day)
  const seatsOf = (isDesk: boolean): SessionSeats[] =>
    seats
      .filter(({ kind }) => (kind === 'activation') === isDesk)
      .map(({ unit_id, outcome, people }) => ({ group: groupOf(unit_id, null), outcome, count: people }))
  const question: ChanceQuestion = {
    today: day,
    deadlines: { card: needs.card ?? last, account: needs.account ?? last },
    isWorkingDay: units.isWorkingDay,
    attendance: measureAttendance(seatsOf(false)),
    desks: measureAttendance(seatsOf(true), usualAtDesk),
  }
  const spells = rows.flatMap(row => spellsOf(row, groupOf(row.unit_id, row.school_id), one.startsOn, day))
  const risks = openRisks(measureLeadTimes(spells, question), question)
  const all = rows.map(row => {
    const risk = risks.of(pupilStateOf(row, groupOf(row.unit_id, row.school_id), needs))
    return { row, risk, isDone: (!needs.card || row.handed !== null) && (!needs.account || row.activated !== null) }
  })
  return { deadlines, all }
}

/** A step that a campaign does not ask for counts as taken. */
function pupilStateOf(
  row: store.RiskRow,
  group: string,
  needs: { card: Day | undefined; account: Day | undefined },
): PupilState {
  const last = <At extends string>(steps: readonly (readonly [At, Day | null])[]) => {
    const step = steps.findLast(([, on]) => on !== null)
    return step && step[1] !== null ? { at: step[0], since: step[1] } : undefined
  }
  const asksBoth = needs.card !== undefined || needs.account === undefined
  const card = last([
    ['applied', row.applied],
    ['approved', row.approved],
    ['produced', row.produced],
    ['at-unit', row.returned],
    ['handed-over', row.handed],
  ])
  const account = last([
    ['requested', row.received],
    ['approved', row.account_approved],
    ['activated', row.activated],
  ])
  return {
    group,
    card: asksBoth ? (card ?? { at: 'none' }) : { at: 'handed-over' },
    account:
      needs.account !== undefined || needs.card === undefined ? (account ?? { at: 'none' }) : { at: 'activated' },
    ...(row.missed_last && { missedOn: row.missed_last }),
    ...(row.planned && { plannedSessionOn: row.planned }),
    ...(row.desk && { plannedDeskOn: row.desk }),
  }
}

/** The waits in each stage since the campaign began; earlier ones say nothing about its pace. */
function spellsOf(row: store.RiskRow, group: string, startsOn: Day, day: Day): WaitingSpell[] {
  const spells: WaitingSpell[] = []
  const add = (stage: LeadStage, from: Day | null, to: Day | null, where = group) => {
    if (from !== null && from >= startsOn) spells.push({ stage, group: where, from, ...(to !== null && { to }) })
  }
  const district = group.split('/')[0] ?? ''
  const begun = row.in_on > startsOn ? row.in_on : startsOn
  const captured = row.applied ?? row.received
  if (captured === null || captured >= begun) {
    // Whether a school's turn has come says nothing of its pace: captures are counted by district.
    const { missed_first: missed } = row
    if (missed !== null && begun <= day) {
      spells.push({ stage: 'capture', group: district, from: begun, leftOn: missed })
      add('capture-after-absence', missed, captured, district)
    } else add('capture', begun, captured, district)
  }
  add('approval', row.applied, row.approved)
  add('production', row.approved, row.produced)
  add('delivery', row.produced, row.returned)
  add('hand-over', row.returned, row.handed)
  add('account-approval', row.received, row.account_approved)
  add('activation', row.account_approved, row.activated)
  return spells
}

type RiskParams = {
  readonly unit?: Id<'unit'> | undefined
  readonly school?: Id<'school'> | undefined
  readonly day?: string | undefined
}

/** The board's pupils of the given unit (and school), which must be the work's own or below. */
async function readRiskBoard(work: Work, id: campaign.CampaignId, { unit, school, day }: RiskParams) {
  const asked = await readFigureQuery(work, id, { ...(unit && { unit }), ...(day && { day }) })
  const board = await readAssessments(work, id, asked.day)
  const own = new Set(unitsWrittenIn(asked.tree, asked.unit.id))
  const all = board.all.filter(({ row }) => own.has(row.unit_id) && (school === undefined || row.school_id === school))
  return { asked, board, all }
}

type RiskGroupShape = Static<NonNullable<typeof riskBoard.reply>>['whole']

/** Chances rolled up: by class within a school, by school within a ward, else by the units below. */
export async function readRisk(
  work: Work,
  id: campaign.CampaignId,
  { by, ...query }: RiskParams & { by?: 'unit' | 'school' | 'class' | undefined },
): Promise<Static<NonNullable<typeof riskBoard.reply>>> {
  const { asked, board, all } = await readRiskBoard(work, id, query)
  const way = by ?? (query.school ? 'class' : asked.unit.level === 'commune' ? 'school' : 'unit')
  const keyOf = groupKeyOf(asked.tree, asked.unit.id, way)
  const groups = await Promise.all(
    [...Map.groupBy(all, ({ row }) => keyOf(row))].map(async ([key, members]) =>
      riskGroupOf(key, await groupName(work, way, key), members, asked.day),
    ),
  )
  const safeDays = all.flatMap(({ risk: { lastSafeCaptureDay }, row }) =>
    row.applied === null && lastSafeCaptureDay ? [lastSafeCaptureDay] : [],
  )
  return {
    day: asked.day,
    deadlines: board.deadlines.map(({ name, on, proof }) => ({ name, on, proof })),
    lastSafeDay: safeDays.sort()[0] ?? null,
    whole: riskGroupOf('', asked.unit.name, all, asked.day),
    groups: groups.toSorted((a, b) => a.expected / a.pupils - b.expected / b.pupils || (a.name < b.name ? -1 : 1)),
  }
}

const groupKeyOf =
  (tree: UnitTree, unitId: Id<'unit'>, way: 'unit' | 'school' | 'class') =>
  (row: store.RiskRow): string => {
    if (way === 'class') return row.class ?? ''
    if (way === 'school') return row.school_id ?? ''
    const line = tree.lineOf(tree.written.get(row.unit_id) ?? row.unit_id)
    return line[line.indexOf(unitId) - 1] ?? unitId
  }

async function groupName(work: Work, way: 'unit' | 'school' | 'class', key: string): Promise<string> {
  if (way === 'class' || key === '') return key
  return way === 'school'
    ? (await units.getSchool(work, asId<'school'>(key))).name
    : units.unitName(work, asId<'unit'>(key))
}

function riskGroupOf(key: string, name: string, members: readonly AssessedPupil[], day: Day): RiskGroupShape {
  const rolled = summarizeRisks(members, { by: () => '', risk: one => one.risk }).get('')
  return {
    key,
    name,
    pupils: members.length,
    inHand: members.filter(({ isDone }) => isDone).length,
    expected: Math.round((members.length - (rolled?.expectedMissing ?? 0)) * 10) / 10,
    chanceOfAll: rolled?.allMakeIt ?? 1,
    late: members.filter(
      ({ isDone, row, risk: { lastSafeCaptureDay: safe } }) =>
        !isDone && row.applied === null && (safe === null || safe < day),
    ).length,
  }
}

/** Pupils in doubt, the least likely first, whom the work may see. */
export async function listRiskPupils(
  work: Work,
  id: campaign.CampaignId,
  {
    below = safeChance,
    limit = 200,
    class: inClass,
    ...query
  }: RiskParams & { class?: string | undefined; below?: number | undefined; limit?: number | undefined },
): Promise<Static<NonNullable<typeof riskPupils.reply>>> {
  const { all } = await readRiskBoard(work, id, query)
  const doubtful = all
    .filter(
      ({ isDone, risk: { both }, row }) => !isDone && both < below && (inClass === undefined || row.class === inClass),
    )
    .toSorted((a, b) => a.risk.both - b.risk.both || (a.row.person_id < b.row.person_id ? -1 : 1))
  const shown = doubtful.slice(0, limit)
  const ids = shown.map(({ row }) => row.person_id)
  const names = await namesOf(work, ids)
  await noteReading(
    work,
    shown.map(({ row }) => row),
  )
  const pupils = await Promise.all(
    shown.map(async ({ row, risk: { card, account, both, lastSafeCaptureDay, reason, rescue } }) => ({
      id: row.person_id,
      name: names.get(row.person_id) ?? null,
      school: row.school_id ? (await units.getSchool(work, row.school_id)).name : null,
      class: row.class,
      unit: await units.unitName(work, row.unit_id),
      card,
      account,
      both,
      stage: reason ?? '',
      lastSafeDay: row.applied === null ? lastSafeCaptureDay : null,
      rescue: rescue && { what: rescue.kind, both: rescue.both, minutes: Math.round(rescue.officerMinutes) },
    })),
  )
  return { total: doubtful.length, pupils }
}

type LastEvent = NonNullable<Static<NonNullable<typeof riskOfChosen.reply>>['chances'][number]['event']>

/** A session that is planned comes first: it is what somebody waits for; else what happened last. */
function lastEventOf(row: store.RiskRow): LastEvent | null {
  if (row.planned) return { what: 'session-planned', on: row.planned }
  if (row.desk) return { what: 'desk-planned', on: row.desk }
  const happened = [
    ['absent', row.missed_last],
    ['card-applied', row.applied],
    ['account-received', row.received],
    ['card-approved', row.approved],
    ['account-approved', row.account_approved],
    ['card-produced', row.produced],
    ['card-returned', row.returned],
    ['card-handed-over', row.handed],
    ['account-activated', row.activated],
  ] as const
  return happened.reduce<LastEvent | null>(
    (last, [what, on]) => (on && (!last || on >= last.on) ? { what, on } : last),
    null,
  )
}

/** The chances of some people of a campaign, as of today; those whom the work does not see are left out. */
export async function readChancesOf(
  work: Work,
  id: campaign.CampaignId,
  personIds: readonly Id<'person'>[],
): Promise<Static<NonNullable<typeof riskOfChosen.reply>>> {
  await campaign.getCampaign(work, id)
  const board = await readAssessments(work, id, work.today)
  const seen = await namesOf(work, personIds)
  const rows = board.all.filter(({ row }) => seen.has(row.person_id))
  await noteReading(
    work,
    rows.map(({ row }) => row),
  )
  return {
    chances: rows.map(({ row, risk }) => ({ person: row.person_id, both: risk.both, event: lastEventOf(row) })),
  }
}
