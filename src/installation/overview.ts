import * as audit from '../audit/audit.ts'
import { addDays } from '../platform/day.ts'
import { findDoubtedTime } from '../platform/jobs/believed-time.ts'
import { ruleOn } from '../platform/law.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as rolls from '../rolls/rolls.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { duties, lawKnownDays, mostMissingUnits } from './law.ts'
import { refuseBelowProvince } from './province.ts'
import { stepsOf } from './steps.ts'

/** What of an installation is there, what is missing and where, counted anew each time from the contexts. */

type PostHeld = { readonly officerId: string; readonly role: staff.Role; readonly unitId: string }

const isOn = (work: Work, { fromOn, toOn }: Pick<staff.Appointment, 'fromOn' | 'toOn'>) =>
  (!fromOn || fromOn <= work.today) && (!toOn || work.today < toOn)

/** The posts that hold today, of officers who have not left. */
async function postsHeld(work: Work): Promise<PostHeld[]> {
  return (await staff.officers(work)).flatMap(({ id, left, appointments }) =>
    left
      ? []
      : appointments
          .filter(one => isOn(work, one))
          .map(({ role, unitId }) => ({ officerId: id as string, role, unitId: unitId as string })),
  )
}

type KnownUnit = { readonly id: units.UnitId; readonly name: string; readonly level: string }

/** Each duty with the units that need somebody and those that have nobody. A level without units is left out. */
function dutiesHeld(work: Work, below: readonly KnownUnit[], posts: readonly PostHeld[]) {
  return ruleOn(duties, work.today, work).flatMap(({ duty, right, level, least, notBeside }) => {
    const needing = below.filter(unit => unit.level === level)
    if (needing.length === 0) return []
    const excluded = new Set(posts.filter(({ role }) => staff.mayDo(role, notBeside)).map(({ officerId }) => officerId))
    const holders = Map.groupBy(
      posts.filter(({ role, officerId }) => staff.mayDo(role, right) && !excluded.has(officerId)),
      ({ unitId }) => unitId,
    )
    const heldIn = (id: string) => new Set(holders.get(id)?.map(({ officerId }) => officerId)).size
    const missing = needing.filter(({ id }) => heldIn(id) < least)
    return [
      {
        duty,
        level: level as 'province' | 'district' | 'commune',
        least,
        units: needing.length,
        filled: needing.length - missing.length,
        /** Of a duty of the province itself: how many have it. */
        held: needing.reduce((sum, { id }) => sum + heldIn(id), 0),
        missing: missing.slice(0, mostMissingUnits).map(({ id, name }) => ({ id, name })),
      },
    ]
  })
}

/** Facts of the server that only whoever joins the installation knows. */
export type ServerFacts = {
  readonly installation: string
  readonly sendsMail: boolean
  readonly sendsMessages: boolean
  /** Whether base backups are made, and the log is archived. */
  readonly makesBaseBackups: boolean
  readonly scanner: 'none' | 'silent' | 'finds-nothing' | 'works'
}

/** The last backup of all tables, the last base backup, and the last drill of its restore. */
const lastBackups = async (work: Work, installation: string) =>
  [
    await audit.lastDeedOfName(work, installation, 'backup.made'),
    await audit.lastDeedOfName(work, installation, 'base-backup.made'),
    await audit.lastDeedOfName(work, installation, 'backup.drilled'),
  ] as const

const outcomeOf = (facts: unknown): 'ok' | 'findings' | 'failed' => {
  const { outcome } = facts as { outcome?: unknown }
  return outcome === 'ok' || outcome === 'findings' ? outcome : 'failed'
}

/** What an operator still has to see to: the first backup, the clock, the law to come, sending, the scanner. */
async function serverState(work: Work, { installation, ...facts }: ServerFacts) {
  const [backup, base, drill] = await withHouseScope(work, house => lastBackups(house, installation))
  const doubted = await withHouseScope(work, findDoubtedTime)
  const until = addDays(work.today, ruleOn(lawKnownDays, work.today, work))
  const known = units.holidaysKnownUntil(work.today, work)
  return {
    now: work.now.toISOString(),
    ...(doubted && { believedAt: doubted.believedAt.toISOString() }),
    ...(backup && { backupAt: backup.at.toISOString() }),
    ...(base && { baseBackupAt: base.at.toISOString() }),
    ...(drill && { drill: { at: drill.at.toISOString(), outcome: outcomeOf(drill.facts) } }),
    ...facts,
    holidaysKnownUntil: known,
    lawNeededUntil: until,
    lawIsKnown: known >= until,
  }
}

/** How far an installation has come. Throws province-needed. */
export async function overview(work: Work, server: ServerFacts) {
  const province = await refuseBelowProvince(work)
  const below = await units.subtreeOn(work, province.id, work.today)
  const standing = new Set<string>(below.map(({ id }) => id))
  // Former units too: a school that nobody moved to a unit of today is told.
  const { units: everInScope } = await units.scopePartsOf(work, province.id, work.today)
  const schools = await units.schoolsIn(work, everInScope)
  const posts = await postsHeld(work)
  const held = dutiesHeld(work, below, posts)
  const sent = await rolls.listRolls(work, {})
  const there = {
    communes: below.filter(({ level }) => level === 'commune').length,
    districts: below.filter(({ level }) => level === 'district').length,
    schools: schools.length,
    schoolsAstray: schools.filter(({ unitId }) => !standing.has(unitId)).length,
    duties: held,
    people: await withHouseScope(work, register.countPersons),
    rollsSent: sent.length,
    rollsReconciled: sent.filter(({ state }) => state === 'reconciled').length,
  }
  return {
    unit: { id: province.id, name: province.name },
    day: work.today,
    ...there,
    officers: new Set(posts.map(({ officerId }) => officerId)).size,
    officerUnits: new Set(posts.map(({ unitId }) => unitId)).size,
    steps: stepsOf(there),
    server: await serverState(work, server),
  }
}
