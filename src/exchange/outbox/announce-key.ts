import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { findCentre } from '../centre/centre.ts'
import { type ExchangeKey, thumbprintOfKey } from '../envelope/envelope.ts'
import { publicHalf } from '../envelope/keys.ts'
import { exchangeProblem } from '../problems.ts'
import * as envelopes from '../store-envelope.ts'
import { appendEnvelope, type OurSide } from './outbox.ts'

/**
 * Tells the centre which key will sign our envelopes, in one that the key of now signs. Said once for each key. Gives
 * whether the centre has acknowledged it: only then may the next key sign. Throws centre-not-joined.
 */
export async function announceKey(work: Work, ours: OurSide, next: ExchangeKey): Promise<'waiting' | 'acknowledged'> {
  const centre = await findCentre(work)
  if (!centre) throw exchangeProblem('centre-not-joined')
  const fingerprint = thumbprintOfKey(next)
  const last = await envelopes.findLastAnnouncement(work, centre.id)
  if (last && announcedKey(last.text) === fingerprint) return last.acknowledgedAt ? 'acknowledged' : 'waiting'
  await appendEnvelope(work, ours, centre, {
    id: newId(work.now),
    kind: 'key.rotation',
    body: { sign: publicHalf(next) },
  })
  const former = thumbprintOfKey(ours.keys.sign)
  await audit.record(work, 'exchange-key.announced', ourselves(ours), { fingerprint, former })
  return 'waiting'
}

/** The next key signs from now on. */
export const recordKeyRotation = (work: Work, ours: OurSide, next: ExchangeKey): Promise<void> =>
  audit.record(work, 'exchange-key.rotated', ourselves(ours), {
    fingerprint: thumbprintOfKey(next),
    former: thumbprintOfKey(ours.keys.sign),
  })

const ourselves = ({ party }: OurSide) => ({ kind: 'installation', id: party })

/** Which key an envelope of ours announced, which we signed ourselves. */
function announcedKey(text: string): string {
  const [, payload = ''] = text.split('.')
  const said = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { body: { sign: ExchangeKey } }
  return thumbprintOfKey(said.body.sign)
}
