import * as parties from '../../parties/parties.ts'
import { coalesce } from '../../platform/coalesce.ts'
import { countedAs } from '../../platform/limits/caller.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import type { SandboxPlaces } from '../sandbox-places.ts'
import { answerWithinQuota, type Check, type CheckOutcome } from './checks.ts'

/**
 * Queues single checks: those of one client that come at the same moment share a transaction, and each is answered
 * independently in it.
 */

type OverQuota = { readonly withheld: 'quota-over'; readonly resetsAt: Date; readonly at: Date }

type QueuedCheck = Check & { readonly requestId: string }

/** Some tens fill a transaction well; two of a client at once hide each other's wait for the disk. */
const mostTogether = 64
const mostAtOnce = 2

/** A party's work: it sees all persons, since the party may name anyone, and each access is logged. */
export const asClient = ({ partyId }: parties.Client, requestId?: string): Authority => ({
  by: { kind: 'party', id: partyId },
  scope: 'house',
  purpose: 'verification',
  ...(requestId !== undefined && { requestId }),
})

type ClientWork = Pick<Authority, 'inMessages'> & { readonly client: parties.Client; readonly requestId?: string }

/** Opens a party's work in the lane of its client, also where no request of it is being served any more. */
export const openAsClient = <T>(
  openWork: OpenWork,
  { client, requestId, ...how }: ClientWork,
  verb: (work: Work) => Promise<T>,
): Promise<T> => countedAs(parties.countedOf(client), () => openWork({ ...asClient(client, requestId), ...how }, verb))

export type CheckQueue = (client: parties.Client, check: QueuedCheck) => Promise<CheckOutcome | OverQuota>

export function openCheckQueue(openWork: OpenWork, places: SandboxPlaces): CheckQueue {
  type PendingCheck = { readonly client: parties.Client; readonly check: QueuedCheck }

  async function answerSome(asking: readonly PendingCheck[]): Promise<(CheckOutcome | OverQuota)[]> {
    // All are of one client; what was looked up last of it holds for all.
    const client = asking.at(-1)?.client
    if (!client) return []
    const checks = asking.map(({ check }) => check)
    const answered = await openAsClient(openWork, { client, inMessages: 'first-statement' }, async work => {
      const outcomes = await answerWithinQuota(work, client, checks)
      return 'resetsAt' in outcomes ? { ...outcomes, at: work.now } : outcomes
    })
    if (!('resetsAt' in answered)) return answered
    if (asking.length === 1) return [{ withheld: 'quota-over', ...answered }]
    // All of them are more than is left: some may not be.
    const half = Math.ceil(asking.length / 2)
    return [...(await answerSome(asking.slice(0, half))), ...(await answerSome(asking.slice(half)))]
  }

  const lines = new Map<string, (asking: PendingCheck) => Promise<CheckOutcome | OverQuota>>()
  return async (client, check) => {
    const line = lines.get(client.clientId) ?? coalesce(answerSome, { most: mostTogether, abreast: mostAtOnce })
    lines.set(client.clientId, line)
    const leave = places.enter(client, 'check')
    try {
      return await line({ client, check })
    } finally {
      leave()
    }
  }
}
