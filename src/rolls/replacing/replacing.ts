/**
 * A roll takes the place of the one in force. In: a draft, or a compared roll before anything of it is kept. Decided:
 * how many of the pupils stay, leave and come; and whether the new roll is so unlike the one in force, or so unknown to
 * the register, that its sender is asked first. Out: counts, a roll that waits for its sender's word, or a former
 * roll's
 * file that is taken in again. Deeds: roll.held, roll.confirmed, roll.restored.
 */
import * as audit from '../../audit/audit.ts'
import { foldMarks } from '../../names/name.ts'
import { formatPartialDay, type PartialDay } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { unlikeRoll } from '../law.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import { findRoll, findRollInForce, type KeptRoll, setRollState } from '../store.ts'
import * as store from './store.ts'

export { setReplaced } from './store.ts'

/** The roll in force that a draft would replace, and how many of its pupils stay on, leave, and come. */
export type Replacement = Pick<KeptRoll, 'id' | 'fileName' | 'sentOn'> & {
  /** Pupils on it who have not left. */
  readonly rows: number
  readonly staying: number
  readonly leaving: number
  readonly coming: number
}

type Line = {
  readonly name: string
  readonly birth?: PartialDay | undefined
  readonly number?: string | undefined
}

const lineKey = ({ name, birth }: Line) => `${foldMarks(name).toLowerCase()} ${birth ? formatPartialDay(birth) : ''}`

/** How many lines of `after` are pupils of `before`: by their number, else by name without marks and birth date. */
export function countStaying(before: readonly Line[], after: readonly Line[]): number {
  const open = new Set(before)
  const byNumber = new Map(before.flatMap(line => (line.number ? [[line.number, line] as const] : [])))
  const byKey = Map.groupBy(before, lineKey)
  let staying = 0
  for (const line of after) {
    const numbered = line.number ? byNumber.get(line.number) : undefined
    const found = numbered && open.has(numbered) ? numbered : byKey.get(lineKey(line))?.find(one => open.has(one))
    if (found && open.delete(found)) staying += 1
  }
  return staying
}

/** What a draft with these pupils would replace; undefined where no roll of its school, year and kind is in force. */
export async function describeReplacement(
  work: Work,
  roll: KeptRoll,
  pupils: readonly Line[],
): Promise<Replacement | undefined> {
  const id = await findRollInForce(work, roll)
  const replaced = id && (await findRoll(work, id))
  if (!replaced) return undefined
  const before = await store.findPresentLines(work, replaced.id)
  const staying = countStaying(before, pupils)
  return {
    id: replaced.id,
    fileName: replaced.fileName,
    sentOn: replaced.sentOn,
    rows: before.length,
    staying,
    leaving: before.length - staying,
    coming: pupils.length - staying,
  }
}

/**
 * Refuses to put a roll in force that most of the present pupils are not on, or of which the register knows few, before
 * its sender said that it is meant so. `leaving`: pupils of the roll in force whom no line continues; `unknown`: new or
 * changed lines that are nobody of the register. What an operator or the house brings is not held. Throws roll-unlike.
 */
export async function refuseUnlike(
  work: Work,
  roll: KeptRoll,
  previous: RollId | undefined,
  { leaving, unknown }: { readonly leaving: number; readonly unknown: number },
): Promise<void> {
  if (!previous || previous === roll.id || roll.sentBy.kind !== 'officer') return
  const { share, least } = ruleOn(unlikeRoll, work.today, work)
  const isMost = (part: number, whole: number) => part >= least && part > whole * share
  const before = await store.countPresentLines(work, previous)
  if (!isMost(leaving, before) && !isMost(unknown, roll.rows)) return
  if (await store.isConfirmed(work, roll.id)) return
  throw rollProblem('roll-unlike', { leaving, before, unknown, rows: roll.rows })
}

export const isRefusedAsUnlike = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === 'roll-unlike'

/** After the comparison was refused: the roll waits for its sender, and the one in force stays. */
export async function holdUnlikeRoll(work: Work, roll: KeptRoll, { facts }: Problem): Promise<void> {
  await store.setHeldAsUnlike(work, roll.id, {
    leaving: Number(facts['leaving']),
    unknown: Number(facts['unknown']),
  })
  await audit.record(
    work,
    'roll.held',
    { kind: 'roll', id: roll.id, unitId: roll.schoolId },
    { ...facts, unlike: true },
  )
}

/** An officer says that an unlike roll is meant so; the caller has it compared. Throws roll-not-held. */
export async function confirmUnlikeRoll(work: Work, roll: KeptRoll): Promise<void> {
  if (roll.state !== 'held' || roll.heldFor !== 'unlike') throw rollProblem('roll-not-held')
  await store.setConfirmed(work, roll.id)
  await setRollState(work, roll.id, 'queued', 0)
  await audit.record(work, 'roll.confirmed', { kind: 'roll', id: roll.id, unitId: roll.schoolId })
}

/** A former roll that may be taken into force again. Throws roll-in-force, roll-not-replaced. */
export function refuseUnreplaced(roll: KeptRoll): void {
  if (roll.inForce) throw rollProblem('roll-in-force')
  if (roll.state !== 'reconciled') throw rollProblem('roll-not-replaced')
}

/** Notes that `again`, a new roll of the former one's file, restores it. Whoever restores a roll means it so. */
export async function recordRestored(work: Work, former: KeptRoll, again: KeptRoll): Promise<void> {
  await store.setRestores(work, again.id, former.id)
  await audit.record(
    work,
    'roll.restored',
    { kind: 'roll', id: former.id, unitId: former.schoolId },
    { schoolYear: former.schoolYear, as: again.id, rows: again.rows },
  )
}
