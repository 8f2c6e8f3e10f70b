import { kindsOfFollowUps } from '../follow-up-kinds.ts'
import * as followUps from '../follow-ups/follow-ups.ts'
import { asOperator, type House } from '../open-house.ts'
import { printAnswer } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/** As many as a province has open. */
const everyFollowUp = 1_000_000

const asOperatorOf =
  (house: House): followUps.OpenForKind =>
  (kind, verb) =>
    house.openWork(asOperator(kindsOfFollowUps[kind].purpose), verb)

const countLine = ({ kind, owner, overdue, today, later }: followUps.KindCounts) =>
  `  ${kind.padEnd(12)} ${owner.padEnd(8)} ${overdue} overdue, ${today} due today, ${later} later`

/** `follow-up list`: what has to be done, by whom, until when, and what is stuck beside it. */
export async function listFollowUps({ house, json }: Invocation): Promise<void> {
  const open = asOperatorOf(house)
  const counts = await house.openWork(asOperator('none'), work =>
    followUps.countOpen(work, kindsOfFollowUps, {}, () => true),
  )
  if (!json) {
    const total = counts.reduce((sum, { overdue, today, later }) => sum + overdue + today + later, 0)
    return printAnswer(false, undefined, [`${total} open`, ...counts.map(countLine)].join('\n'))
  }
  const found = await followUps.listOpen(open, kindsOfFollowUps, { limit: everyFollowUp })
  const kept = found.followUps.map(one => ({
    kind: one.kind,
    id: one.id,
    reason: one.reason,
    evidence: one.evidence,
    owner: one.owner,
    unit: one.ownerUnitId ?? null,
    scope: one.scopeId,
    source: one.sourceId,
    place: one.sourcePlace ?? null,
    due: one.dueOn,
    overdue: one.due === 'overdue',
  }))
  return printAnswer(true, { counts, followUps: kept, gaps: found.stuck.map(gapAnswer) }, '')
}

const gapAnswer = ({ reason, subject, unitId, sinceOn, dueOn, due, facts }: followUps.DescribedStuckItem) => ({
  kind: reason,
  subject,
  unit: unitId,
  since: sinceOn,
  due: dueOn,
  overdue: due === 'overdue',
  facts,
})
