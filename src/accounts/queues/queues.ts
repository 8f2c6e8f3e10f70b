/**
 * Queues: officers see which accounts of their units wait (for a decision, a notice, an activation, a lock), the most
 * urgent first; one whole account; and the funnel.
 * Decided: the queue of an account and its day. Nothing is changed here; readings of personal data are recorded.
 * Deeds: none.
 */

import * as audit from '../../audit/audit.ts'
import { formatPartialDay, partialDay } from '../../platform/day.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import type { Id } from '../../platform/ids.ts'
import { dayAndIdIn } from '../../platform/page-mark.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import {
  type AccountQueue,
  type AccountRowReply,
  accountQueues,
  type countAccounts,
  type listAccounts,
} from '../contract.ts'
import { countRequests, countWebAttempts, type RequestFunnel } from './store-funnel.ts'
import type { AccountFilter, QueueRow } from './store-queue.ts'
import * as list from './store-queue.ts'

const pageSize = 50

/** Where a page ended: the day and the id of its last row. Throws input-invalid. */
function positionIn(text: string | undefined) {
  if (text === undefined) return undefined
  const found = dayAndIdIn(text)
  if (!found) throw requestProblem('input-invalid', { wrong: [{ field: 'after' }] })
  return { urgent: found.day, id: found.id }
}

type QueueFilter = {
  readonly unit?: string | undefined
  readonly via?: AccountFilter['via']
  readonly level?: number | undefined
}

const readQueueFilter = async (work: Work, { unit, via, level }: QueueFilter): Promise<AccountFilter> => ({
  units: unit ? (await units.scopePartsOf(work, unit as Id<'unit'>, work.today)).units : undefined,
  via,
  level,
})

const birthText = ({ birthY, birthM, birthD }: QueueRow) =>
  birthY === null ? '' : formatPartialDay(partialDay(birthY, birthM, birthD))

const noDay = '9999-12-31'

function dueView(day: string | undefined, today: string): AccountRowReply['due'] {
  if (!day) return 'none'
  if (day === today) return 'today'
  return day < today ? 'overdue' : 'later'
}

export async function rowView(work: Work, row: QueueRow): Promise<AccountRowReply> {
  const dueOn = row.urgent === noDay ? undefined : row.urgent
  const { demandId, demandKind, demandStep } = row
  return {
    id: row.id,
    personId: row.personId,
    name: row.name ?? '',
    born: birthText(row),
    level: row.level,
    state: row.state,
    ...(row.raises && { asks: 2 as const }),
    ...(row.via && { via: row.via }),
    ...(row.unitId && { unit: await units.unitReference(work, row.unitId) }),
    ...(dueOn && { dueOn }),
    due: dueView(dueOn, work.today),
    hasPhone: row.hasPhone,
    ...(row.lockedFor && { lockedFor: row.lockedFor }),
    ...(demandId && demandKind && demandStep && { demand: { id: demandId, kind: demandKind, step: demandStep } }),
    ...(row.returned && { returned: row.returned }),
    ...(row.suppliedFor && {
      supplied: row.suppliedFor === work.by.id ? ('for-me' as const) : ('for-another' as const),
    }),
    mine: [row.suppliedBy, row.receivedBy, row.slipPrintedBy, row.raises ? row.raisedBy : row.requestedBy].includes(
      work.by.id,
    ),
  }
}

/** A page of a queue, with the count of each queue. */
export async function listQueue(
  work: Work,
  { queue, after, ...narrowed }: QueueFilter & { readonly queue: AccountQueue; readonly after?: string | undefined },
): Promise<ReplyOf<typeof listAccounts>> {
  const asked = await readQueueFilter(work, narrowed)
  const rows = await list.findQueuePage(work, { ...asked, queue, after: positionIn(after) }, pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const shown = await Promise.all(page.map(row => rowView(work, row)))
  const { counts, overdue } = await list.countQueues(work, asked)
  await audit.noteReading(
    work,
    page.map(({ personId }) => personId),
    ['name', 'birth', 'account'],
  )
  return {
    accounts: shown,
    ...(rows.length > pageSize && last && { next: `${last.urgent}_${last.id}` }),
    counts,
    overdue: { 'to-approve': overdue['to-approve'], demands: overdue.demands },
  }
}

/** How each queue stands, without reading whose accounts they are. */
export async function countWaiting(work: Work): Promise<ReplyOf<typeof countAccounts>> {
  const { counts, overdue, nextOn } = await list.countQueues(work, {})
  const of = (queue: AccountQueue) => ({
    count: counts[queue],
    overdue: overdue[queue],
    ...(nextOn[queue] && { nextOn: nextOn[queue] }),
  })
  return {
    queues: Object.fromEntries(accountQueues.map(queue => [queue, of(queue)])) as Record<
      AccountQueue,
      ReturnType<typeof of>
    >,
  }
}

/**
 * The funnel: requested, approved, notified, activated, and where the others stopped; and how far people came who
 * activate on the web.
 */
export async function getFunnel(work: Work, narrowed: QueueFilter) {
  const asked = await readQueueFilter(work, narrowed)
  const course: RequestFunnel = await countRequests(work, asked)
  const { began, proven, activated, stops } = await countWebAttempts(work, asked)
  const stop = (step: string, why: string, count: number) => (count > 0 ? [{ step, why, count }] : [])
  return {
    steps: [
      { step: 'requested', count: course.requested },
      { step: 'approved', count: course.approved },
      { step: 'told', count: course.told },
      { step: 'activated', count: course.activated },
    ],
    stops: [
      ...stop('approved', 'to-decide', course.toDecide),
      ...stop('approved', 'refused', course.refused),
      ...stop('told', 'no-phone', course.noPhone),
      ...stop('activated', 'in-time', course.inTime),
      ...stop('activated', 'lapsed', course.lapsed),
      ...stop('activated', 'locked', course.locked),
      ...stop('activated', 'ended', course.ended),
    ],
    web: {
      steps: [
        { step: 'began', count: began },
        { step: 'code-right', count: proven },
        { step: 'activated', count: activated },
      ],
      stops: [...stops],
    },
  }
}
