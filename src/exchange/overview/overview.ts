/**
 * What officers see of the channel. In: questions of the reader's units, the state of the line, the quarantine, the
 * days that were compared. Decided: nothing but what becomes of a message in quarantine. Out: lists, without a person's
 * name; look-ups with what may be compared, of which each reading is noted. Deeds: `envelope.set-aside`,
 * `envelope.tried-again`.
 */

import * as audit from '../../audit/audit.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { delegationOf, findCentre, isDecidedHere } from '../centre/centre.ts'
import { clockOffSeconds, shownRows } from '../law.ts'
import { lineState } from '../line/line.ts'
import { exchangeJob } from '../outbox/outbox.ts'
import { exchangeProblem } from '../problems.ts'
import type { CentreQuestion } from '../question.ts'
import { listDays } from '../reconciliation/reconciliation.ts'
import { countHoles } from '../store-envelope.ts'
import * as questions from '../store-question.ts'
import * as store from './store.ts'

const text = (at: Date | null) => (at ? at.toISOString() : undefined)

/** Members that have a value. */
const present = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null)) as {
    [Name in keyof T]?: Exclude<T[Name], null | undefined>
  }

const dueOf = (work: Work, { dueOn, answeredAt }: CentreQuestion) => {
  if (answeredAt) return 'none' as const
  if (dueOn === work.today) return 'today' as const
  return dueOn < work.today ? ('overdue' as const) : ('later' as const)
}

const questionView = async (work: Work, one: CentreQuestion) => ({
  id: one.id,
  kind: one.kind,
  state: one.state,
  unit: await units.unitReference(work, one.unitId),
  askedAt: one.askedAt.toISOString(),
  dueOn: one.dueOn,
  due: dueOf(work, one),
  ...present({
    acknowledgedAt: text(one.acknowledgedAt),
    answeredAt: text(one.answeredAt),
    code: one.code,
    note: one.note,
  }),
})

async function lineView(work: Work) {
  const centre = await findCentre(work)
  const { okAt, failures, fault, clockOff } = await lineState(work)
  return {
    ...(centre && { centre: { id: centre.id, address: centre.address, fingerprint: centre.fingerprint } }),
    line: {
      failures,
      isClockOff: Math.abs(clockOff ?? 0) > ruleOn(clockOffSeconds, work.today, work),
      holes: centre ? await countHoles(work, centre.id) : 0,
      ...present({ okAt: text(okAt), fault, clockOff }),
    },
  }
}

const decidedView = async (work: Work, what: 'numbers' | 'accounts') => ({
  here: await isDecidedHere(work, what),
  said: delegationOf(work, what),
})

/** Everything of the channel that a reader's units may see. */
export async function overviewOf(work: Work) {
  const [waiting, answered] = [
    await questions.findQuestions(work, { open: true, limit: shownRows }),
    await questions.findQuestions(work, { open: false, limit: shownRows }),
  ]
  return {
    ...(await lineView(work)),
    decided: { numbers: await decidedView(work, 'numbers'), accounts: await decidedView(work, 'accounts') },
    counts: (await questions.countQuestions(work)).map(({ oldestAt, ...one }) => ({
      ...one,
      oldestAt: oldestAt.toISOString(),
    })),
    waiting: await Promise.all(waiting.map(one => questionView(work, one))),
    answered: await Promise.all(answered.map(one => questionView(work, one))),
    quarantined: (await store.findQuarantined(work, shownRows)).map(({ cameAt, hash, ...one }) => ({
      ...one,
      cameAt: cameAt.toISOString(),
      hash: hash.slice(0, 12),
    })),
    days: (await listDays(work, 31)).map(({ answeredAt, missing, differing, notReceived, ...one }) => ({
      ...one,
      ...present({ answeredAt: text(answeredAt), missing, differing, notReceived }),
    })),
  }
}

/** How much of the channel waits for an officer. */
export const countWaiting = (work: Work): Promise<store.ChannelCounts> => store.countChannel(work)

const leastLetters = 10

/**
 * Settles a message of the quarantine: tried again at the next turn, or set aside with a reason. Throws
 * quarantined-unknown, quarantine-reason-needed.
 */
export async function settleQuarantined(
  work: Work,
  id: string,
  { as, reason = '' }: { readonly as: 'again' | 'set-aside'; readonly reason?: string | undefined },
): Promise<void> {
  const isAside = as === 'set-aside'
  if (isAside && (reason.match(/\p{L}/gu)?.length ?? 0) < leastLetters)
    throw exchangeProblem('quarantine-reason-needed')
  if (!(await store.settle(work, id, as))) throw exchangeProblem('quarantined-unknown')
  const deed = isAside ? 'envelope.set-aside' : 'envelope.tried-again'
  await audit.record(
    work,
    deed,
    { kind: 'quarantined-envelope', id, ...(work.unitId && { unitId: work.unitId }) },
    isAside ? { reason: reason.trim() } : {},
  )
  if (!isAside) await queueJob(work, exchangeJob, {}, { key: exchangeJob, queue: exchangeJob })
}

/** The look-ups of the reader's units, the latest first. Each person whose answer stands there is read. */
export async function readLookUps(work: Work): Promise<CentreQuestion[]> {
  const found = await store.findLookUps(work, shownRows)
  for (const { id, personId, answer } of found)
    if (answer) await audit.noteReading(work, [personId], ['compared'], { kind: 'centre-question', id })
  return found
}
