import * as accounts from '../accounts/accounts.ts'
import * as outreach from '../outreach/outreach.ts'
import * as parties from '../parties/parties.ts'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Deed, Work } from '../platform/work.ts'
import * as verification from '../verification/verification.ts'

/**
 * A party that checked wrong data about a person, as one does that tries birth dates: shown to the person, who is
 * notified when it was stopped.
 */

export type ProbingByParty = {
  readonly partyId: Id<'party'>
  readonly vi: string
  readonly en: string
  readonly from: Day
  readonly to: Day
  /** Answers that were no. */
  readonly wrongs: number
  /** Questions that were answered by nothing, since the party was slowed or stopped. */
  readonly refused: number
  readonly isStopped: boolean
}

/** By party, the latest first (as the days come); as far back as they are counted. */
export async function probingOf(work: Work, personId: Id<'person'>): Promise<ProbingByParty[]> {
  const rows = await verification.probingAbout(work, personId)
  const clients = new Map<string, parties.Client | undefined>()
  for (const clientId of new Set(rows.map(row => row.clientId)))
    clients.set(clientId, await parties.findClient(work, clientId))
  const found = new Map<string, ProbingByParty>()
  for (const { clientId, day, wrongs, refused, stoppedAt } of rows) {
    const client = clients.get(clientId)
    if (!client) continue
    const { partyId, partyName } = client
    const known = found.get(partyId) ?? {
      partyId,
      ...partyName,
      from: day,
      to: day,
      wrongs: 0,
      refused: 0,
      isStopped: false,
    }
    found.set(partyId, {
      ...known,
      from: day,
      wrongs: known.wrongs + wrongs,
      refused: known.refused + refused,
      isStopped: known.isStopped || stoppedAt !== null,
    })
  }
  return [...found.values()]
}

/** A consequence of `verification.stopped`: notifies the holder by the phone of their account, where there is one. */
export async function notifyProbingStopped(work: Work, { subject }: Deed): Promise<void> {
  const { id: clientId, personId } = subject
  const client = personId && (await parties.findClient(work, clientId))
  if (!personId || !client) return
  const [account] = ((await accounts.accountsOf(work, [personId])).get(personId) ?? []).filter(
    ({ state }) => state === 'activated',
  )
  const number = account && (await accounts.findPhone(work, personId))
  if (!account || !number) return
  await outreach.sendMessage(work, {
    template: 'guesses-stopped',
    facts: { party: { vi: client.partyName.vi, en: client.partyName.en }, on: work.today, page: '/citizen/looks' },
    language: 'vi',
    to: { kind: 'phone', number },
    otherwise: await accounts.otherWaysOf(work, personId),
    about: { kind: 'account', id: account.id, personId },
    // Once a day of each client.
    key: `guesses-stopped:${account.id}:${clientId}:${work.today}`,
  })
}
