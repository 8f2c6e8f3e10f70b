import type * as audit from '../audit/audit.ts'
import type { Work } from '../platform/work.ts'
import { getClient, listVersions, suspendClient } from './clients/clients.ts'
import type { PartyId } from './party.ts'
import { suspendParty } from './registry.ts'
import * as restored from './store-after-restore.ts'
import { findParty } from './store-party.ts'

/** What is true of parties again after a database was set back to an earlier moment. */

/** No engineer is signed in any more, and no link signs in. Gives how many sessions lived. */
export const endEveryEngineerSession = restored.endEverySession

type Line = Pick<audit.JournalLine, 'of'>

const reason = 'Khôi phục từ bản sao lưu / restored from a backup'

/** A party that was suspended since. */
export async function suspendPartyAgain(work: Work, { of }: Line): Promise<audit.Again> {
  const party = await findParty(work, of as PartyId)
  if (!party) return 'unknown'
  if (party.state !== 'approved') return 'already'
  await suspendParty(work, party.id, reason)
  return 'again'
}

/** A client that was suspended since. */
export async function suspendClientAgain(work: Work, { of }: Line): Promise<audit.Again> {
  if ((await listVersions(work, [of])).length === 0) return 'unknown'
  if ((await getClient(work, of)).state === 'suspended') return 'already'
  await suspendClient(work, of, reason)
  return 'again'
}

/**
 * A client whose version in force was replaced since, maybe for its keys: those of before may be known to others, so it
 * is suspended until its party has registered its keys anew.
 */
export async function suspendClientOfReplacedKeys(work: Work, line: Line): Promise<audit.Again> {
  const versions = await listVersions(work, [line.of])
  if (versions.length === 0) return 'unknown'
  return versions.some(({ state }) => state === 'in-force') ? suspendClientAgain(work, line) : 'already'
}

/** The same of a sandbox client, of which each version is in force when it is written; a live one's is a draft. */
export async function suspendSandboxOfReplacedKeys(work: Work, line: Line): Promise<audit.Again> {
  if ((await listVersions(work, [line.of])).length === 0) return 'unknown'
  return (await getClient(work, line.of)).sandbox ? suspendClientOfReplacedKeys(work, line) : 'already'
}
