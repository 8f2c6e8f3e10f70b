import * as parties from '../../parties/parties.ts'
import { gather } from '../../platform/coalesce.ts'
import type { OpenWork, Standing } from '../../platform/work.ts'
import { answerAll, type Check, type Outcome } from './checks.ts'

/**
 * Queues single checks: those of one client that come at the same moment share a transaction, and each is answered
 * independently in it.
 */

type OverQuota = { readonly withheld: 'quota-over'; readonly resetsAt: Date; readonly at: Date }

type One = Check & { readonly requestId: string }

/** Some tens fill a transaction well; two of a client at once hide each other's wait for the disk. */
const most = 64
const abreast = 2

/** A party's work: it sees all persons, since the party may name anyone, and each access is logged. */
export const asClient = ({ partyId }: parties.Client, requestId?: string): Standing => ({
  by: { kind: 'party', id: partyId },
  scope: 'house',
  purpose: 'verification',
  ...(requestId !== undefined && { requestId }),
})

export type Desk = (client: parties.Client, check: One) => Promise<Outcome | OverQuota>

export function openDesk(openWork: OpenWork): Desk {
  type Asking = { readonly client: parties.Client; readonly check: One }

  async function answerSome(asking: readonly Asking[]): Promise<(Outcome | OverQuota)[]> {
    // All are of one client; what was looked up last of it holds for all.
    const client = asking.at(-1)?.client
    if (!client) return []
    const answered = await openWork(asClient(client), async work => {
      const spent = await parties.spend(work, client.clientId, 'verification', asking.length)
      if ('over' in spent) return { resetsAt: spent.resetsAt, at: work.now }
      return answerAll(
        work,
        client,
        asking.map(({ check }) => check),
        'singly',
      )
    })
    if (!('resetsAt' in answered)) return answered
    if (asking.length === 1) return [{ withheld: 'quota-over', ...answered }]
    // All of them are more than is left: some may not be.
    const half = Math.ceil(asking.length / 2)
    return [...(await answerSome(asking.slice(0, half))), ...(await answerSome(asking.slice(half)))]
  }

  const lines = new Map<string, (asking: Asking) => Promise<Outcome | OverQuota>>()
  return (client, check) => {
    const line = lines.get(client.clientId) ?? gather(answerSome, { most, abreast })
    lines.set(client.clientId, line)
    return line({ client, check })
  }
}
