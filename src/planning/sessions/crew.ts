import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { Hour } from '../hour.ts'
import { leastOfficers } from '../law.ts'
import { overtimeOfOfficers } from '../overtime/overtime.ts'
import type { KitId, SessionKind, TeamId, TeamSessionId } from '../session.ts'
import { busyKits, busyOfficers, type SessionClash } from '../store-session.ts'
import { needsKit } from './capacity.ts'
import { isInRepairOn, type TeamMember } from './site.ts'
import * as store from './store.ts'

/**
 * What speaks against a team or a machine on a day, in facts for the planner: said beside each before it is chosen, and
 * raised once more by checks.ts when it was chosen all the same. One reckoning for both, so that they cannot differ.
 */

/** Against a team or a few officers; `names` are of whom it is said. */
export type CrewMark =
  | { readonly code: 'team-small'; readonly officers: number; readonly least: number }
  | { readonly code: 'members-away'; readonly away: number; readonly all: number; readonly names: string }
  | { readonly code: 'overtime'; readonly names: string }

/** Too few for the work of the kind, where nobody is named to do all of it alone. */
function smallness(
  kind: SessionKind,
  members: readonly TeamMember[],
  { day, work }: { day: Day; work: Asking },
): CrewMark[] {
  const kinds: Readonly<Record<SessionKind, number>> = ruleOn(leastOfficers, day, work)
  const least = kinds[kind]
  if (members.length === 0 || members.length >= least || members.some(({ role }) => role === 'lone')) return []
  return [{ code: 'team-small', officers: members.length, least }]
}

type Crew = { readonly kind: SessionKind; readonly day: Day; readonly members: readonly TeamMember[] }

/** What is known of officers on a day: who is away, whose overtime is above the law's limits, what each is called. */
type KnownOfficers = {
  readonly away: ReadonlySet<string>
  readonly over: ReadonlySet<string>
  readonly names: ReadonlyMap<string, string>
}

async function knownOf(work: Work, ids: readonly Id<'officer'>[], day: Day): Promise<KnownOfficers> {
  if (ids.length === 0) return { away: new Set(), over: new Set(), names: new Map() }
  const sums = await overtimeOfOfficers(work, ids, day)
  return {
    away: new Set<string>(await staff.officersAway(work, ids, day)),
    over: new Set<string>(sums.flatMap(({ officerId, over }) => (over.length ? [officerId] : []))),
    names: await staff.namesOf(work, ids),
  }
}

function marksOf(work: Asking, { kind, day, members }: Crew, { away, over, names }: KnownOfficers): CrewMark[] {
  const ids = [...new Set(members.map(({ officerId }) => officerId))]
  const named = (among: ReadonlySet<string>) =>
    ids.flatMap(id => (among.has(id) ? [names.get(id) ?? ''] : [])).join(', ')
  const gone = ids.filter(id => away.has(id)).length
  return [
    ...smallness(kind, members, { day, work }),
    ...(gone > 0 ? [{ code: 'members-away' as const, away: gone, all: ids.length, names: named(away) }] : []),
    ...(ids.some(id => over.has(id)) ? [{ code: 'overtime' as const, names: named(over) }] : []),
  ]
}

/** What a plan is warned of for the sake of its officers. */
export async function crewMarks(work: Work, crew: Crew): Promise<CrewMark[]> {
  const ids = crew.members.map(({ officerId }) => officerId)
  return marksOf(work, crew, await knownOf(work, ids, crew.day))
}

/** When and for what a team is to be chosen; `session`: the one that is moved, which does not stand in its own way. */
export type CrewQuestion = {
  readonly kind: SessionKind
  readonly day: Day
  readonly startsAt: Hour
  readonly endsAt: Hour
  readonly session?: TeamSessionId | undefined
}

type Elsewhere = { readonly code: string; readonly startsAt: Hour; readonly endsAt: Hour }

export type TeamReadiness = {
  readonly id: TeamId
  readonly members: number
  readonly marks: readonly CrewMark[]
  /** Another session of the team or of its members in these hours: with it the team cannot be planned. */
  readonly elsewhere?: (Elsewhere & { readonly names: string }) | undefined
}

export type KitReadiness = {
  readonly id: KitId
  readonly state: 'free' | 'in-repair' | 'elsewhere'
  readonly until?: Day | undefined
  readonly elsewhere?: Elsewhere | undefined
}

const placeOf = ({ code, startsAt, endsAt }: SessionClash): Elsewhere => ({ code, startsAt, endsAt })

/** Of each team in sight and each machine: what speaks against it at that time, for the dialog in which one plans. */
export async function readCrewReadiness(
  work: Work,
  question: CrewQuestion,
): Promise<{
  readonly needsKit: boolean
  readonly teams: readonly TeamReadiness[]
  readonly kits: readonly KitReadiness[]
}> {
  const { kind, day } = question
  const teams = await store.findTeams(work)
  const ids = [...new Set(teams.flatMap(({ members }) => members.map(({ officerId }) => officerId)))]
  const known = await knownOf(work, ids, day)
  const busy = await busyOfficers(work, question, ids)
  const kits = await store.findKits(work)
  const kitsElsewhere = await busyKits(
    work,
    question,
    kits.map(({ id }) => id),
  )
  return {
    needsKit: needsKit(kind),
    teams: teams.map(({ id, members }) => {
      const clashes = busy.filter(({ who, teamId }) => teamId === id || members.some(one => one.officerId === who))
      const [first] = clashes
      const names = [...new Set(clashes.flatMap(({ who }) => known.names.get(who ?? '') ?? []))].join(', ')
      return {
        id,
        members: members.length,
        marks: marksOf(work, { kind, day, members }, known),
        ...(first && { elsewhere: { ...placeOf(first), names } }),
      }
    }),
    kits: kits.map(kit => {
      const taken = kitsElsewhere.find(({ who }) => who === kit.id)
      if (isInRepairOn(kit, day))
        return { id: kit.id, state: 'in-repair' as const, ...(kit.repairUntil && { until: kit.repairUntil }) }
      if (taken) return { id: kit.id, state: 'elsewhere' as const, elsewhere: placeOf(taken) }
      return { id: kit.id, state: 'free' as const }
    }),
  }
}
