/**
 * Decisions that may be undone. In: what an officer decides at a door, such as an approval. Decided: whether anything
 * stands against it now; whether it is still held when somebody undoes it. Out: after the time to undo the verb itself,
 * once, with the officer's own authority; or nothing at all. Until then nothing has changed and nothing has left the
 * installation. Deeds: decision.made, decision.undone, decision.not-carried-out,
 * decision.authority-ended.
 */
import * as audit from '../audit/audit.ts'
import { type Id, newId } from '../platform/ids.ts'
import { queueJob } from '../platform/jobs/jobs.ts'
import { ruleOn } from '../platform/law.ts'
import { Problem } from '../platform/problem.ts'
import { type Authority, asSystem, type OpenWork, type Work, withHouseScope } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import {
  type DecidedSubject,
  type DecisionKind,
  type DecisionKinds,
  type HeldDecision,
  secondsLeft,
} from './decision.ts'
import { lapsesAfterMilliseconds, shownAtOnce, shownForMilliseconds, undoSeconds } from './law.ts'
import { decisionProblem } from './problems.ts'
import * as store from './store.ts'
import { doApart, rehearse } from './store-savepoint.ts'

export type { DecisionKind, DecisionKinds } from './decision.ts'

/** The job that carries out one press of decisions when its time has come. */
export const carryOutJob = 'carry-out-decisions'

type HeldUndo = { readonly id: string; readonly until: string; readonly seconds: number }

/** What the console needs for the bar: which press, until when, seconds left by this clock. */
export const undoOf = (work: Pick<Work, 'now'>, { batchId, takesEffectAt }: HeldDecision): HeldUndo => ({
  id: batchId,
  until: takesEffectAt.toISOString(),
  seconds: secondsLeft({ takesEffectAt }, work.now),
})

const subjectOfDecision = ({ subjectKind, subjectId, unitId, personId }: HeldDecision) => ({
  kind: subjectKind,
  id: subjectId,
  unitId,
  ...(personId && { personId }),
})

const recordDecision = (work: Work, deed: string, one: HeldDecision, facts: object = {}) =>
  audit.record(work, deed, subjectOfDecision(one), { decision: one.kind, press: one.batchId, ...facts })

/** A press of the decision key: its decisions share one undo. */
export const newPress = (work: Work) => newId<'held-decision'>(work.now)

type Decided<T> =
  | { readonly outcome: 'done'; readonly result: T }
  /** `result` is what the verb would have given now; it is not so yet. */
  | { readonly outcome: 'held'; readonly result: T; readonly held: HeldDecision }

/**
 * Records what an officer decides, to be carried out when the time to undo it is over; everything that stands against
 * it now is thrown at once. Machines and the national centre decide without this. Where the installation gives no time,
 * and for whoever is no officer, it is done at once. Throws decision-held, and what the verb throws.
 */
export async function decide<T, Input>(
  work: Work,
  kind: DecisionKind<T, Input>,
  subject: DecidedSubject,
  input: Input,
  press: Id<'held-decision'> = newPress(work),
): Promise<Decided<T>> {
  const other = await withHouseScope(work, house => store.findLatestOn(house, subject.id))
  if (other?.state === 'held') throw decisionProblem('decision-held', { until: other.takesEffectAt.toISOString() })
  const seconds = ruleOn(undoSeconds, work.today, work)
  if (seconds <= 0 || work.by.kind !== 'officer')
    return { outcome: 'done', result: await kind.carryOut(work, subject.id, input) }
  const result = await rehearse(work, part => kind.carryOut(part, subject.id, input))
  const held: HeldDecision = {
    id: newId<'held-decision'>(work.now),
    batchId: press,
    kind: kind.name,
    subjectKind: subject.kind,
    subjectId: subject.id,
    personId: subject.personId ?? null,
    unitId: subject.unitId,
    input,
    decidedBy: work.by.id,
    decidedAt: work.now,
    actsInId: work.unitId ?? null,
    authority: { scope: work.scope, ...(work.by.onBehalfOf && { onBehalfOf: work.by.onBehalfOf }) },
    takesEffectAt: new Date(work.now.getTime() + seconds * 1000),
    state: 'held',
    endedAt: null,
    endedBy: null,
    problem: null,
  }
  if (!(await store.insertHeld(work, held)))
    throw decisionProblem('decision-held', { until: held.takesEffectAt.toISOString() })
  await recordDecision(work, 'decision.made', held, { until: held.takesEffectAt.toISOString() })
  await queueJob(work, carryOutJob, { press }, { key: `${carryOutJob} ${press}`, runAt: held.takesEffectAt })
  return { outcome: 'held', result, held }
}

const findKind = (kinds: DecisionKinds, name: string) => kinds.find(kind => kind.name === name)

/** Whether an officer acts in a unit above that of the decision, with the right to decide so. */
async function isSuperior(work: Work, { actsInId }: HeldDecision, kind: DecisionKind | undefined): Promise<boolean> {
  if (!kind || !work.unitId || !actsInId || work.unitId === actsInId) return false
  const above = (await units.unitPath(work, actsInId, work.today)).slice(1)
  if (!above.some(({ id }) => id === work.unitId)) return false
  return staff.holdsRight(work, work.by.id as Id<'officer'>, kind.right)
}

/** Whether whoever asks may undo a decision, were it in time. */
export const mayUndo = async (work: Work, one: HeldDecision, kinds: DecisionKinds): Promise<boolean> =>
  one.decidedBy === work.by.id || isSuperior(work, one, findKind(kinds, one.kind))

/**
 * Undoes one press: all its decisions that are still held. Nothing has to be restored, because nothing was done.
 * Gives how many. Throws decision-unknown, decision-of-another, decision-over (`state`: what happened, and `at`).
 */
export async function undo(work: Work, kinds: DecisionKinds, press: string): Promise<number> {
  const all = await store.holdBatch(work, press)
  const [first] = all
  if (!first) throw decisionProblem('decision-unknown')
  for (const one of all) if (!(await mayUndo(work, one, kinds))) throw decisionProblem('decision-of-another')
  const open = all.filter(({ state, takesEffectAt }) => state === 'held' && takesEffectAt > work.now)
  if (open.length === 0)
    throw decisionProblem('decision-over', {
      state: first.state === 'held' ? 'carried-out' : first.state,
      at: (first.endedAt ?? first.takesEffectAt).toISOString(),
    })
  for (const one of open) {
    await store.setEnded(work, one, { state: 'undone', by: work.by.id })
    await recordDecision(work, 'decision.undone', one, { by: one.decidedBy === work.by.id ? 'self' : 'superior' })
  }
  return open.length
}

/** Decisions of the reader that are held, or could not be carried out of late; the latest press first. */
export const findOwnHeld = (work: Work): Promise<HeldDecision[]> =>
  store.findOpenOf(work, new Date(work.now.getTime() - shownForMilliseconds), shownAtOnce * 100)

/** The decision on a subject that is held, or the latest one. */
export const findDecisionOn = store.findLatestOn

/** The authority that the officer had when they decided, and no more. */
const authorityOf = (one: HeldDecision, { purpose }: DecisionKind): Authority => ({
  by: {
    kind: 'officer',
    id: one.decidedBy,
    ...(one.authority?.onBehalfOf && { onBehalfOf: one.authority.onBehalfOf }),
  },
  ...(one.actsInId && { unitId: one.actsInId }),
  scope: one.authority?.scope ?? 'none',
  purpose,
})

/** Whether whoever decided still has the duty, in the same unit, for whom they stood in. */
const actsStill = (work: Work, one: HeldDecision, { right }: DecisionKind): Promise<boolean> =>
  withHouseScope(work, house =>
    staff.actsStill(house, one.decidedBy as Id<'officer'>, {
      unitId: one.actsInId ?? '',
      right,
      forId: one.authority?.onBehalfOf,
    }),
  )

/** Nobody acts under a duty that ended: the subject waits again, and whoever answers for its unit is told. */
const endWithAuthority = (openWork: OpenWork, due: HeldDecision): Promise<void> =>
  openWork(asSystem('none'), async work => {
    const one = await store.holdOne(work, due.id)
    if (one?.state !== 'held') return
    await store.setEnded(work, one, { state: 'not-carried-out', by: 'house', problem: 'decision-authority-ended' })
    await recordDecision(work, 'decision.authority-ended', one, { decidedBy: one.decidedBy })
  })

/**
 * Carries one decision out, if it is still held: in one transaction the verb, and that it was carried out. A server
 * that is killed in between has done neither. What stands against it by then is recorded, and the subject waits again;
 * so it does where the officer has the duty no longer.
 */
async function carryOut(openWork: OpenWork, kinds: DecisionKinds, due: HeldDecision): Promise<void> {
  const kind = findKind(kinds, due.kind)
  if (!kind) throw new Error(`no kind of decision is called ${due.kind}`)
  const hasAuthority = await openWork(authorityOf(due, kind), async work => {
    const one = await store.holdOne(work, due.id)
    if (!one) throw new Error('a decision is not seen with the authority under which it was made')
    if (one.state !== 'held' || one.takesEffectAt > work.now) return true
    if (!(await actsStill(work, one, kind))) return false
    try {
      // So late only after a long stop, or of a backup, whose officers may have undone it meanwhile.
      if (work.now.getTime() - one.takesEffectAt.getTime() > lapsesAfterMilliseconds)
        throw decisionProblem('decision-lapsed')
      await doApart(work, part => kind.carryOut(part, one.subjectId, one.input as never, one.decidedAt))
      await store.setEnded(work, one, { state: 'carried-out', by: 'house' })
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error
      await store.setEnded(work, one, { state: 'not-carried-out', by: 'house', problem: error.code })
      await recordDecision(work, 'decision.not-carried-out', one, { code: error.code })
    }
    return true
  })
  if (!hasAuthority) await endWithAuthority(openWork, due)
}

const dueAtOnce = 200

/** Carries out everything that is due; each decision in a work of its own. Throws the first fault, after the others. */
export async function carryOutDue(openWork: OpenWork, kinds: DecisionKinds): Promise<number> {
  const faults: unknown[] = []
  const due = await openWork(asSystem('none'), work => store.findDue(work, dueAtOnce))
  for (const one of due) await carryOut(openWork, kinds, one).catch(error => faults.push(error))
  if (faults.length > 0) throw faults[0]
  return due.length
}
