/**
 * The daily reconciliation. In: the envelopes of a day, as each side has them. Decided: which of ours the centre has
 * not, and which it has otherwise. Out: those leave again; the centre sends anew what we have not; the day's counts.
 * Deeds: `day.reconciled`.
 */

import { Type } from 'typebox'
import { Value } from 'typebox/value'
import * as audit from '../../audit/audit.ts'
import { addDays, type Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { findCentre } from '../centre/centre.ts'
import type { Envelope } from '../envelope/envelope.ts'
import { comparedDays } from '../law.ts'
import { appendEnvelope, type OurSide } from '../outbox/outbox.ts'
import { AnswerFault } from '../question.ts'
import * as envelopes from '../store-envelope.ts'
import * as store from './store.ts'

const Ids = Type.Array(Type.String({ format: 'uuid' }), { maxItems: 20_000 })
const DayAnswerBody = Type.Object(
  {
    day: Type.String({ format: 'date' }),
    missing: Ids,
    differs: Ids,
    unseen: Ids,
  },
  { additionalProperties: false },
)

/**
 * Lists the days that are over and that the centre has not compared yet, each in an envelope: what we sent, what we
 * received. Gives the days.
 */
export async function compareDays(work: Work, ours: OurSide): Promise<Day[]> {
  const centre = await findCentre(work)
  if (!centre) return []
  const back = ruleOn(comparedDays, work.today, work)
  const compared = await store.findCompared(work, addDays(work.today, -back))
  const days = Array.from({ length: back }, (_, at) => addDays(work.today, at - back)).filter(
    day => !compared.includes(day),
  )
  const listed: Day[] = []
  for (const day of days) {
    const sent = await envelopes.envelopesOfDay(work, 'out', day)
    const received = await envelopes.envelopesOfDay(work, 'in', day)
    if (sent.length + received.length === 0) continue
    const id = newId<'day-list'>(work.now)
    await appendEnvelope(work, ours, centre, { id, kind: 'day', body: { day, sent, received } })
    await store.setListed(work, { day, envelopeId: id, sent: sent.length, received: received.length })
    listed.push(day)
  }
  return listed
}

/** Takes the centre's comparison of a day. Throws an AnswerFault. */
export async function takeDayAnswer(work: Work, { re, body }: Envelope): Promise<void> {
  if (!Value.Check(DayAnswerBody, body)) throw new AnswerFault('answer-malformed')
  const listed = await store.holdListed(work, body.day as Day)
  if (!listed || re === undefined) throw new AnswerFault('never-asked')
  // An older list of the same day: the later one is compared too.
  if (listed.envelopeId !== re.id) return
  const missing = await envelopes.sendAgain(work, body.missing)
  const counts = { missing, differing: body.differs.length, notReceived: body.unseen.length }
  await store.setCompared(work, body.day as Day, counts)
  const subject = { kind: 'exchange-day', id: re.id }
  await audit.record(work, 'day.reconciled', subject, {
    day: body.day,
    sent: listed.sent,
    received: listed.received,
    ...counts,
    ...(body.differs.length > 0 && { differs: body.differs.slice(0, 100) }),
  })
}

export type { ComparedDay } from './store.ts'
export const listDays = store.findDays
