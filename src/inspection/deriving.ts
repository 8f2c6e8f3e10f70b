/**
 * Deriving: each night the readings of the days that are over, and of the night so far, become a few rows by officer
 * and by person; patterns are found in the days of a window. In: sealed readings. Decided: what stands out, by the
 * rules of pattern.ts. Out: rows that can be made anew at any time; a sealed deed says what they were, and which
 * patterns were found, so that whoever deletes or changes them is noticed. Deeds: `readings.derived`,
 * `derived-day.differed`.
 */

import { createHash } from 'node:crypto'
import * as audit from '../audit/audit.ts'
import { addDays, beginOf, type Day, dayAfter, dayAt, dayBefore, daysFrom } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../platform/work.ts'
import { numberDefects, releaseReasons } from '../rolls/releasing/contract.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import * as law from './law.ts'
import {
  addUp,
  type OfficerDay,
  type OfficerWeek,
  officerPattern,
  officerRules,
  type PatternEvidence,
  type PatternId,
  type PatternRule,
  type PersonWeek,
  type PossibleReason,
  personPattern,
  personRules,
  readingCount,
  releasedTogetherPattern,
  releasePattern,
  togetherPattern,
} from './pattern.ts'
import * as days from './store-day.ts'
import * as store from './store-pattern.ts'

/** The day by which the house's sessions and cases stand: the same, but in a demonstration, whose day stands still. */
const houseDayOf = (work: Work, day: Day): Day => (work.today === dayAt(work.now) ? day : work.today)

/** How readings of some days are counted, for officers who acted in some units. */
export async function countingOf(
  work: Work,
  { from, until, day }: { from: Date; until: Date; day: Day },
): Promise<days.Counting> {
  const acting = await days.actingUnits(work, from, until)
  const members = await Promise.all(
    acting.map(async unitId => {
      const known = await units.scopePartsOf(work, unitId, houseDayOf(work, day)).catch(() => ({ units: [unitId] }))
      return (known.units.length > 0 ? known.units : [unitId]).map(unit => ({ acting: unitId, unit }))
    }),
  )
  return {
    from,
    until,
    houseDay: houseDayOf(work, day),
    night: ruleOn(law.nightHours, day, work),
    daysOff: daysFrom(dayAt(from), day).filter(one => !units.isWorkingDay(one)),
    fixedDay: work.today === dayAt(work.now) ? null : work.today,
    listFrom: ruleOn(law.listFrom, day, work),
    graceMinutes: ruleOn(law.sessionGrace, day, work),
    sessionDays: ruleOn(law.tieDays, day, work).session,
    errandDays: ruleOn(law.tieDays, day, work).errand,
    members: members.flat(),
  }
}

/** Counts the readings of a day, up to now where it is not over. */
async function rowsOfDay(work: Work, day: Day): Promise<{ rows: OfficerDay[]; readTo: Date }> {
  const [from, end] = [beginOf(day), beginOf(dayAfter(day))]
  const readTo = new Date(Math.min(end.getTime(), work.now.getTime()))
  const counted = await days.countDay(work, day, await countingOf(work, { from, until: readTo, day }))
  const acted = await staff.rolesOf(
    work,
    counted.map(({ officerId, unitId }) => ({ officerId, unitId, day: houseDayOf(work, day) })),
  )
  const roles = new Map(acted.map(({ officerId, unitId, role }) => [`${officerId} ${unitId}`, role]))
  return {
    rows: counted.map(row => ({ ...row, day, role: roles.get(`${row.officerId} ${row.unitId}`) ?? null })),
    readTo,
  }
}

/** SHA-256 over the rows of a day in the order of officers. 32 bytes. */
export function digestOf(rows: readonly OfficerDay[]): Buffer {
  const hash = createHash('sha256')
  const sorted = rows.toSorted((a, b) => (`${a.officerId} ${a.unitId}` < `${b.officerId} ${b.unitId}` ? -1 : 1))
  for (const row of sorted) hash.update(`${rowText(row)}\n`)
  return hash.digest()
}

const rowText = (row: OfficerDay) =>
  JSON.stringify([
    row.day,
    row.officerId,
    row.unitId,
    row.role,
    row.readings,
    row.people,
    row.untied,
    row.untiedPeople,
    row.strangers,
    row.offHours,
    row.offHoursPeople,
    row.offHoursFrom && new Date(row.offHoursFrom).toISOString(),
    row.offHoursTo && new Date(row.offHoursTo).toISOString(),
    row.busiestPeople,
    row.busiestAt && new Date(row.busiestAt).toISOString(),
    row.searches,
    row.idleSearches,
    row.exported,
    row.kin,
    row.deeds,
    row.hours,
    // Days that were sealed before numbers were counted by school say nothing of them.
    ...(row.releases.length > 0 ? [row.releases.map(({ schoolId, people }) => [schoolId, people])] : []),
  ])

/** What a derived day's deed is about; the audit finds its deeds by it. */
const daySubject = (day: Day) => ({ kind: 'inspection-day', id: `inspection-day-${day}` })
const deedName = 'readings.derived'

export type DerivedFacts = {
  readonly day: Day
  readonly officers: number
  readonly readings: number
  readonly digest: string
  readonly patterns: readonly store.FoundPattern[]
}

/** Derives a day: its rows, then the patterns of the window that ends with it. */
export async function deriveDay(work: Work, day: Day): Promise<DerivedFacts> {
  await days.holdDeriving(work)
  const { rows, readTo } = await rowsOfDay(work, day)
  await days.writeDay(work, day, rows)
  const patterns = await patternsOfWindow(work, day)
  const [digest, readings] = [digestOf(rows), rows.reduce((sum, one) => sum + one.readings, 0)]
  await days.writeDerived(work, { day, readings, officers: rows.length, digest, readTo })
  const facts = { day, officers: rows.length, readings, digest: digest.toString('hex'), patterns }
  await audit.record(work, deedName, daySubject(day), facts)
  return facts
}

type Candidate = Omit<store.FoundPattern, 'id'>

type About = Pick<Candidate, 'rule' | 'officerIds' | 'personId' | 'unitId'> & {
  readonly evidence?: Pick<PatternEvidence, 'schoolId'>
}

/** What makes two findings one pattern that grows. */
function keyOf({ rule, officerIds, personId, unitId, evidence }: About): string {
  if (personId) return `${rule} ${personId}`
  if (rule === 'together') return `${rule} ${unitId}`
  if (rule === 'released-together') return `${rule} ${evidence?.schoolId}`
  return [rule, officerIds[0], unitId, ...(rule === 'released' ? [evidence?.schoolId] : [])].join(' ')
}

/**
 * The patterns of the window that ends with a day, of officers and people who have something on that day. What is known
 * and unexplained grows; days that an auditor has explained are not counted again.
 */
async function patternsOfWindow(work: Work, day: Day): Promise<store.FoundPattern[]> {
  const from = dayAfter(addDays(day, -ruleOn(law.windowDays, day, work)))
  const known = await store.patternsSince(work, from)
  const explained = new Map(
    known.filter(({ state }) => state === 'explained').map(one => [keyOf(one), one.toOn] as const),
  )
  const found: store.FoundPattern[] = []
  for (const candidate of [
    ...(await officerCandidates(work, { from, day }, explained)),
    ...(await personCandidates(work, { from, day }, explained)),
  ]) {
    const before = known.find(one => one.state !== 'explained' && keyOf(one) === keyOf(candidate))
    const pattern = { ...candidate, id: before?.id ?? newId<'pattern'>(work.now) }
    if (before) await store.updateFound(work, pattern)
    else await store.insertPattern(work, pattern)
    found.push(pattern)
  }
  for (const one of known.filter(
    ({ state, toOn, id }) => state === 'open' && toOn === day && !found.some(f => f.id === id),
  )) {
    const reasons = [
      ...one.evidence.reasons.filter(({ code }) => code !== 'tied-since'),
      { code: 'tied-since' as const },
    ]
    const { id, rule, unitId, officerIds, personId, fromOn, toOn } = one
    const pattern = { id, rule, unitId, officerIds, personId, fromOn, toOn, evidence: { ...one.evidence, reasons } }
    await store.updateFound(work, pattern)
    found.push(pattern)
  }
  return found
}

type Window = { readonly from: Day; readonly day: Day }
type Explained = ReadonlyMap<string, Day>

async function officerCandidates(work: Work, window: Window, explained: Explained): Promise<Candidate[]> {
  const { from, day } = window
  const rows = await days.findDays(work, { from, to: day })
  const endings = await days.endingPosts(
    work,
    houseDayOf(work, day),
    addDays(houseDayOf(work, day), ruleOn(law.beforeLeaving, day, work).days),
  )
  const endOf = new Map(endings.map(({ officerId, unitId, endsOn }) => [`${officerId} ${unitId}`, endsOn]))
  const byOfficer = Map.groupBy(rows, row => `${row.officerId} ${row.unitId}`)
  const weekOf = (all: readonly OfficerDay[], after?: Day) => {
    const week = addUp(after ? all.filter(row => row.day > after) : all)
    return week && { ...week, endsOn: endOf.get(`${week.officerId} ${week.unitId}`) }
  }
  const weeks = [...byOfficer.values()].flatMap(all => weekOf(all) ?? [])
  const candidates: Candidate[] = []
  for (const all of byOfficer.values()) {
    const last = all.find(row => row.day === day)
    if (!last) continue
    for (const rule of officerRules) {
      const about = { rule, unitId: last.unitId, officerIds: [last.officerId], personId: null }
      const week = weekOf(all, explained.get(keyOf(about)))
      const evidence = week && officerPattern(rule, week, weeks, work)
      if (!week || !evidence) continue
      const reasons = await reasonsFor(work, rule, week)
      candidates.push({ ...about, fromOn: week.from, toOn: week.to, evidence: { ...evidence, reasons } })
    }
  }
  candidates.push(...(await releaseCandidates(work, window, rows, explained)))
  const totals = [...Map.groupBy(weeks, ({ unitId }) => unitId)].map(
    ([unitId, ofUnit]) => [unitId, ofUnit.reduce((sum, { strangers }) => sum + strangers, 0)] as const,
  )
  for (const [unitId, ofUnit] of Map.groupBy(rows, row => row.unitId)) {
    if (!ofUnit.some(row => row.day === day && row.strangers > 0)) continue
    const after = explained.get(keyOf({ rule: 'together', unitId, officerIds: [], personId: null }))
    const theirs = [...Map.groupBy(ofUnit, row => row.officerId).values()].flatMap(all => weekOf(all, after) ?? [])
    const others = totals.filter(([other]) => other !== unitId).map(([, total]) => total)
    const pattern = togetherPattern(theirs, others, work)
    const first = pattern?.officers[0]
    if (!pattern || !first) continue
    candidates.push({
      rule: 'together',
      unitId,
      officerIds: pattern.officers.map(({ officerId }) => officerId),
      personId: null,
      fromOn: pattern.officers.map(week => week.from).toSorted()[0] ?? from,
      toOn: day,
      evidence: { ...pattern.evidence, reasons: await reasonsFor(work, 'together', first) },
    })
  }
  return candidates
}

/** Numbers that were given to schools, by one officer or by several, of those to which somebody gave any on the day. */
async function releaseCandidates(
  work: Work,
  { day }: Window,
  rows: readonly OfficerDay[],
  explained: Explained,
): Promise<Candidate[]> {
  const byOfficer = [...Map.groupBy(rows, row => `${row.officerId} ${row.unitId}`).values()]
  const weeks = byOfficer.flatMap(all => addUp(all) ?? [])
  const schools = new Set(rows.filter(row => row.day === day).flatMap(row => row.releases.map(one => one.schoolId)))
  const totalOf = (schoolId: Id<'school'>) =>
    weeks.flatMap(week => week.releases).reduce((sum, one) => sum + (one.schoolId === schoolId ? one.people : 0), 0)
  const totals = new Map(
    [...new Set(weeks.flatMap(week => week.releases.map(one => one.schoolId)))].map(id => [id, totalOf(id)] as const),
  )
  const candidates: Candidate[] = []
  for (const schoolId of schools) {
    for (const all of byOfficer) {
      const last = all.find(row => row.day === day && row.releases.some(one => one.schoolId === schoolId))
      if (!last) continue
      const about = { rule: 'released' as const, unitId: last.unitId, officerIds: [last.officerId], personId: null }
      const after = explained.get(keyOf({ ...about, evidence: { schoolId } }))
      const week = addUp(after ? all.filter(row => row.day > after) : all)
      const evidence = week && releasePattern(week, schoolId, weeks, work)
      if (!week || !evidence) continue
      const reasons = await reasonsForReleases(work, schoolId, [week])
      candidates.push({ ...about, fromOn: week.from, toOn: week.to, evidence: { ...evidence, reasons } })
    }
    const after = explained.get(`released-together ${schoolId}`)
    const theirs = byOfficer.flatMap(all => addUp(after ? all.filter(row => row.day > after) : all) ?? [])
    const others = [...totals].filter(([id]) => id !== schoolId).map(([, total]) => total)
    const found = releasedTogetherPattern(theirs, schoolId, others, work)
    if (found) candidates.push(await togetherCandidate(work, schoolId, found, day))
  }
  return candidates
}

async function togetherCandidate(
  work: Work,
  schoolId: Id<'school'>,
  { officers, evidence }: NonNullable<ReturnType<typeof releasedTogetherPattern>>,
  day: Day,
): Promise<Candidate> {
  return {
    rule: 'released-together',
    unitId: await unitAbove(work, [...new Set(officers.map(({ unitId }) => unitId))], day),
    officerIds: [...new Set(officers.map(({ officerId }) => officerId))],
    personId: null,
    fromOn: officers.map(week => week.from).toSorted()[0] ?? day,
    toOn: day,
    evidence: { ...evidence, reasons: await reasonsForReleases(work, schoolId, officers) },
  }
}

/** What might explain numbers given to a school: what its rolls lack, and the reason that was chosen for most. */
async function reasonsForReleases(
  work: Work,
  schoolId: Id<'school'>,
  weeks: readonly OfficerWeek[],
): Promise<PossibleReason[]> {
  const span = weeks.flatMap(({ from, to }) => [from, to]).toSorted()
  const said = await days.usualReleaseReason(work, {
    schoolId,
    officerIds: weeks.map(({ officerId }) => officerId),
    from: houseDayOf(work, span[0] as Day),
    to: houseDayOf(work, span.at(-1) as Day),
  })
  const lacking = await days.rowsWithDefects(work, schoolId, numberDefects)
  return [
    ...releaseReasons.flatMap((why): PossibleReason[] =>
      said?.why === why ? [{ code: `release-${why}`, people: said.people }] : [],
    ),
    ...(lacking > 0 ? [{ code: 'lacking-numbers' as const, people: lacking }] : []),
  ]
}

/** What might explain an officer's week: a session, a queue at the counter, a name that others bear, days off. */
async function reasonsFor(work: Work, rule: PatternRule, week: OfficerWeek): Promise<PossibleReason[]> {
  const reasons: PossibleReason[] = []
  if (rule === 'own-kin') reasons.push({ code: 'namesake' })
  const { units: theirs } = await units.scopePartsOf(work, week.unitId, houseDayOf(work, week.to)).catch(() => ({
    units: [week.unitId],
  }))
  const sessions = await days.sessionsNear(work, theirs, houseDayOf(work, week.from), houseDayOf(work, week.to))
  reasons.push(...sessions.slice(0, 1).map((one): PossibleReason => ({ code: 'session', ...one })))
  if (week.deeds >= ruleOn(law.busyCounter, week.to, work) * week.days)
    reasons.push({ code: 'counter', deeds: week.deeds })
  const off = daysFrom(week.from, week.to).find(day => units.holidayOn(day))
  if (off) reasons.push({ code: 'days-off', name: units.holidayOn(off) ?? '' })
  return reasons
}

async function personCandidates(work: Work, { from, day }: Window, explained: Explained): Promise<Candidate[]> {
  const least = Math.min(
    ruleOn(law.onePerson, day, work).readings,
    ruleOn(law.manyOfficers, day, work).officers,
    ruleOn(law.knownPerson, day, work).readings,
  )
  const weeks = (await days.findPersonWeeks(work, from, day, least)).filter(({ to }) => to === day)
  const candidates: Candidate[] = []
  for (const rule of personRules)
    for (const whole of weeks) {
      const after = explained.get(`${rule} ${whole.personId}`)
      const week =
        after === undefined
          ? whole
          : (await days.findPersonWeeks(work, dayAfter(after), day, least)).find(one => one.personId === whole.personId)
      if (!week) continue
      const neighbours =
        rule === 'known-person' && week.unitId
          ? await days.findNeighbours(work, week.unitId, from, day, week.personId)
          : []
      const evidence = personPattern(rule, week, neighbours, work)
      if (evidence) candidates.push(await personCandidate(work, rule, week, evidence))
    }
  return candidates
}

const personCandidate = async (
  work: Work,
  rule: PatternRule,
  week: PersonWeek,
  evidence: Omit<PatternEvidence, 'reasons'>,
): Promise<Candidate> => ({
  rule,
  unitId: await unitAbove(work, [...new Set(week.officers.map(({ unitId }) => unitId))], week.to),
  officerIds: week.officers.map(({ id }) => id),
  personId: week.personId,
  fromOn: week.from,
  toOn: week.to,
  evidence: { ...evidence, readings: readingCount(week), reasons: [] },
})

/** The lowest unit that stands above some units: the one whose auditor sees all their officers. */
async function unitAbove(work: Work, unitIds: readonly Id<'unit'>[], day: Day): Promise<Id<'unit'>> {
  const paths = await Promise.all(unitIds.map(id => units.unitPath(work, id, houseDayOf(work, day)).catch(() => [])))
  const [first = [], ...others] = paths
  const common = first.find(({ id }) => others.every(path => path.some(one => one.id === id)))
  return common?.id ?? first.at(-1)?.id ?? (unitIds[0] as Id<'unit'>)
}

/** Which days are to be derived: those that are over since the last, and today so far; at first some days back. */
export async function daysToDerive(work: Work): Promise<Day[]> {
  const today = dayAt(work.now)
  const back = addDays(today, -ruleOn(law.daysLookedBack, today, work))
  const derived = await days.derivedDays(work, back)
  const whole = new Set(derived.filter(({ day, readTo }) => readTo >= beginOf(dayAfter(day))).map(({ day }) => day))
  return [...daysFrom(back, dayBefore(today)).filter(day => !whole.has(day)), today]
}

/** Derives what is due, each day in a work of its own, and puts right what is not as it was sealed. */
export async function deriveDue(openWork: OpenWork): Promise<{ derived: readonly Day[]; differences: number }> {
  const system = asSystem('audit')
  const differences = await openWork(system, putRight)
  const due = await openWork(system, daysToDerive)
  for (const day of due) await openWork(system, work => deriveDay(work, day))
  return { derived: due, differences: differences.length }
}

/**
 * Holds the derived rows of the last days, and their patterns, against the sealed deeds. What is missing or differs is
 * made anew from the readings, or put back as the deeds say it, and the difference is told.
 */
export async function putRight(work: Work): Promise<Omit<store.Difference, 'toldAt'>[]> {
  await days.holdDeriving(work)
  const today = dayAt(work.now)
  const back = addDays(today, -ruleOn(law.daysLookedBack, today, work))
  const told: Omit<store.Difference, 'toldAt'>[] = []
  for (const day of daysFrom(back, today)) {
    const deed = (await audit.deedsOf(work, daySubject(day).id)).find(({ deed: name }) => name === deedName)
    if (!deed) continue
    const facts = deed.facts as DerivedFacts
    const stored = await days.findDays(work, { from: day, to: day })
    const patterns = await putPatternsBack(work, facts, deed.at)
    if (digestOf(stored).toString('hex') === facts.digest && patterns === 0) continue
    const difference = { day, ...(await rowsPutRight(work, day, stored, facts)), patterns }
    await store.insertDifference(work, difference)
    await audit.record(work, 'derived-day.differed', daySubject(day), difference)
    told.push(difference)
  }
  return told
}

/** Makes a day's rows anew where they are not as sealed, seals what they are now, and says how they differed. */
async function rowsPutRight(work: Work, day: Day, stored: readonly OfficerDay[], facts: DerivedFacts) {
  if (digestOf(stored).toString('hex') === facts.digest) return { missing: 0, changed: 0, extra: 0 }
  const { rows, readTo } = await rowsOfDay(work, day)
  await days.writeDay(work, day, rows)
  const key = ({ officerId, unitId }: OfficerDay) => `${officerId} ${unitId}`
  const [were, are] = [new Map(stored.map(row => [key(row), row])), new Map(rows.map(row => [key(row), row]))]
  const digest = digestOf(rows)
  const readings = rows.reduce((sum, one) => sum + one.readings, 0)
  await days.writeDerived(work, { day, readings, officers: rows.length, digest, readTo })
  await audit.record(work, deedName, daySubject(day), {
    ...facts,
    readings,
    officers: rows.length,
    digest: digest.toString('hex'),
  })
  return {
    missing: [...are.keys()].filter(one => !were.has(one)).length,
    changed: [...are].filter(([one, row]) => {
      const before = were.get(one)
      return before !== undefined && rowText(before) !== rowText(row)
    }).length,
    extra: [...were.keys()].filter(one => !are.has(one)).length,
  }
}

type ExplainedFacts = { readonly reason: string }

/** Puts patterns back that are gone or say something else than their deeds; gives how many. */
async function putPatternsBack(work: Work, { patterns, day }: DerivedFacts, foundAt: Date): Promise<number> {
  let count = 0
  for (const sealed of patterns) {
    const deeds = await audit.deedsOf(work, sealed.id)
    const explained = deeds.find(({ deed }) => deed === 'pattern.explained')
    const state = explained
      ? 'explained'
      : deeds.some(({ deed }) => deed === 'pattern.answered')
        ? 'answered'
        : deeds.some(({ deed }) => deed === 'pattern.asked')
          ? 'asked'
          : 'open'
    const stored = await store.findPattern(work, sealed.id as PatternId)
    // A later day may have found more of it: that day's deed is held against it in its turn.
    if (stored && stored.toOn > day) continue
    if (stored && stored.state === state && sameEvidence(stored, sealed)) continue
    await store.restorePattern(work, sealed, {
      foundAt: stored?.foundAt ?? foundAt,
      state,
      ...(explained && {
        explained: {
          reason: (explained.facts as ExplainedFacts).reason,
          by: explained.byId,
          onBehalfOf: explained.onBehalfOf,
          at: explained.at,
        },
      }),
    })
    count += 1
  }
  return count
}

const canonical = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(canonical)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, one]) => one !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, one]) => [name, canonical(one)]),
        )
      : value

const sameEvidence = (stored: store.FoundPattern, sealed: store.FoundPattern) =>
  JSON.stringify(
    canonical([stored.rule, stored.officerIds, stored.personId, stored.fromOn, stored.toOn, stored.evidence]),
  ) ===
  JSON.stringify(
    canonical([sealed.rule, sealed.officerIds, sealed.personId, sealed.fromOn, sealed.toOn, sealed.evidence]),
  )
