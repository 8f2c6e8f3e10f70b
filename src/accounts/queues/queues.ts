/**
 * Queues: officers see which accounts of their units wait (for a decision, a notice, an activation, a lock), the most
 * urgent first; one whole account; and the funnel.
 * Decided: the queue of an account and its day. Nothing is changed here; readings of personal data are recorded.
 * Deeds: none.
 */

import * as audit from '../../audit/audit.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { AccountRowOf, listAccounts, Queue } from '../contract.ts'
import { placeOf } from '../shown.ts'
import type { Asked, Row } from './store.ts'
import * as list from './store.ts'
import { type Course, courseOf, onTheWeb } from './store-funnel.ts'

const pageSize = 50

/** Where a page ended: the day and the id of its last row. */
function placeIn(text: string | undefined) {
  const found = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text ?? '')
  return found?.[1] && found[2] ? { urgent: found[1], id: found[2] } : undefined
}

type Narrowed = { readonly unit?: string | undefined; readonly via?: Asked['via']; readonly level?: number | undefined }

const askedIn = async (work: Work, { unit, via, level }: Narrowed): Promise<Asked> => ({
  units: unit ? (await units.scopePartsOf(work, unit as Id<'unit'>, work.today)).units : undefined,
  via,
  level,
})

const bornOf = ({ birthY, birthM, birthD }: Row) =>
  birthY === null
    ? ''
    : formatPartialDay({ y: birthY, ...(birthM && { m: birthM }), ...(birthM && birthD && { d: birthD }) })

const noDay = '9999-12-31'

function dueOf(day: string | undefined, today: string): AccountRowOf['due'] {
  if (!day) return 'none'
  if (day === today) return 'today'
  return day < today ? 'overdue' : 'later'
}

export async function shownRow(work: Work, row: Row): Promise<AccountRowOf> {
  const dueOn = row.urgent === noDay ? undefined : row.urgent
  const { demandId, demandKind, demandStep } = row
  return {
    id: row.id,
    personId: row.personId,
    name: row.name ?? '',
    born: bornOf(row),
    level: row.level,
    state: row.state,
    ...(row.raises && { asks: 2 as const }),
    ...(row.via && { via: row.via }),
    ...(row.unitId && { unit: await placeOf(work, row.unitId) }),
    ...(dueOn && { dueOn }),
    due: dueOf(dueOn, work.today),
    hasPhone: row.hasPhone,
    ...(row.lockedFor && { lockedFor: row.lockedFor }),
    ...(demandId && demandKind && demandStep && { demand: { id: demandId, kind: demandKind, step: demandStep } }),
    mine: [row.receivedBy, row.raises ? row.raisedBy : row.requestedBy].includes(work.by.id),
  }
}

/** A page of a queue, with the count of each queue. */
export async function queueOf(
  work: Work,
  { queue, after, ...narrowed }: Narrowed & { readonly queue: Queue; readonly after?: string | undefined },
): Promise<ReplyOf<typeof listAccounts>> {
  const asked = await askedIn(work, narrowed)
  const rows = await list.pageOf(work, { ...asked, queue, after: placeIn(after) }, pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const shown = await Promise.all(page.map(row => shownRow(work, row)))
  await audit.noteReading(
    work,
    page.map(({ personId }) => personId),
    ['name', 'birth', 'account'],
  )
  return {
    accounts: shown,
    ...(rows.length > pageSize && last && { next: `${last.urgent}_${last.id}` }),
    ...(await list.countsOf(work, asked)),
  }
}

/**
 * The funnel: requested, approved, notified, activated, and where the others stopped; and how far people came who
 * activate on the web.
 */
export async function funnel(work: Work, narrowed: Narrowed) {
  const asked = await askedIn(work, narrowed)
  const course: Course = await courseOf(work, asked)
  const { began, proven, activated, stops } = await onTheWeb(work, asked)
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
