import * as accessLinks from '../../access-links/access-links.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import * as classes from '../../classes/classes.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import * as parties from '../../parties/parties.ts'
import type { Work } from '../../platform/work.ts'
import { type AgainName, revocations } from '../../revocations.ts'
import * as signin from '../../signin/signin.ts'
import * as staff from '../../staff/staff.ts'

/**
 * Ends again what stays ended when a database is set back to an earlier moment: src/revocations.ts says of which deeds.
 * Here every context that ends something is loaded, which the restore alone needs.
 */

type Line = audit.JournalLine
type EndAgain = (work: Work, lines: readonly Line[]) => Promise<readonly audit.Again[]>

const each =
  (again: (work: Work, line: Line) => Promise<audit.Again>): EndAgain =>
  async (work, lines) => {
    const outcomes: audit.Again[] = []
    for (const line of lines) outcomes.push(await again(work, line))
    return outcomes
  }

const verbs: Readonly<Record<AgainName, EndAgain>> = {
  'staff.endAppointmentAgain': each(staff.endAppointmentAgain),
  'campaign.endAccessAgain': each(campaign.endAccessAgain),
  'accessLinks.endLinkAgain': each(accessLinks.endLinkAgain),
  'classes.endHomeroomAgain': each(classes.endHomeroomAgain),
  'staff.leaveAgain': each(staff.leaveAgain),
  'staff.dropPasswordAgain': each(staff.dropPasswordAgain),
  'staff.removeFactorAgain': each(staff.removeFactorAgain),
  'staff.refuseFirstFactorAgain': each(staff.refuseFirstFactorAgain),
  'enrolment.revokeStationAgain': each(enrolment.revokeStationAgain),
  'cards.endCardAgain': each(cards.endCardAgain),
  'cards.blockCardAgain': each(cards.blockCardAgain),
  'accounts.lowerAgain': each(accounts.lowerAgain),
  'accounts.lockAgain': each(accounts.lockAgain),
  'accounts.forgetPhoneAgain': each(accounts.forgetPhoneAgain),
  'accounts.forgetMailboxAgain': each(accounts.forgetMailboxAgain),
  'accounts.cancelAgain': each(accounts.cancelAgain),
  'accounts.endSlipsAgain': accounts.endSlipsAgain,
  'accounts.forgetFactorsAgain': accounts.forgetFactorsAgain,
  'signin.withdrawAgain': signin.withdrawAgain,
  'parties.suspendPartyAgain': each(parties.suspendPartyAgain),
  'parties.suspendClientAgain': each(parties.suspendClientAgain),
  'parties.suspendClientOfReplacedKeys': each(parties.suspendClientOfReplacedKeys),
  'parties.suspendSandboxOfReplacedKeys': each(parties.suspendSandboxOfReplacedKeys),
  // What an officer must repeat, since the journal knows no row of it: the file is taken in again.
  'by-hand': async (_work, lines) => lines.map((): audit.Again => 'by-hand'),
}

function againOf(deed: string): EndAgain | undefined {
  const name = revocations[deed]?.again
  return name === undefined ? undefined : verbs[name as AgainName]
}

/** What is still to be ended again: what was lifted later, and what was said twice, is left out. */
function stillEnded(lines: readonly Line[]): Line[] {
  const left = new Map<string, Line>()
  const keyOf = ({ deed, of, facts }: Line) => JSON.stringify([deed, of, facts ?? {}])
  for (const line of lines) {
    const { lifts = [] } = revocations[line.deed] ?? {}
    for (const [key, other] of left) if (other.of === line.of && lifts.includes(other.deed)) left.delete(key)
    if (againOf(line.deed)) left.set(keyOf(line), line)
  }
  return [...left.values()]
}

export type EndedAgain = {
  /** By deed, how many of each outcome. */
  readonly counts: Readonly<Record<string, Partial<Record<audit.Again, number>>>>
  /** What an officer must see to: the deed and the thing. */
  readonly byHand: readonly Pick<Line, 'deed' | 'of'>[]
}

/** So many in one work, whose deeds are sealed at once. */
const linesInAWork = 500

/**
 * Ends again what was ended by deeds that this database does not know. `runWork` runs a work whose deeds are sealed at
 * its end; all of them lie in one transaction. Deeds: those of each thing that is ended.
 */
export async function endAgain(
  runWork: (verb: (work: Work) => Promise<void>) => Promise<void>,
  lines: readonly Line[],
): Promise<EndedAgain> {
  let ended: readonly Line[] = []
  await runWork(async work => {
    const ids = lines.map(({ id }) => id)
    const known = await audit.knownDeeds(work.tx, ids)
    ended = stillEnded(lines.filter(({ id }) => !known.has(id)))
  })
  const counts: Record<string, Partial<Record<audit.Again, number>>> = {}
  const forHands: Pick<Line, 'deed' | 'of'>[] = []
  for (const deed of Object.keys(revocations)) {
    const again = againOf(deed)
    const ofDeed = ended.filter(line => line.deed === deed)
    for (let at = 0; again && at < ofDeed.length; at += linesInAWork)
      await runWork(async work => {
        const some = ofDeed.slice(at, at + linesInAWork)
        for (const [index, outcome] of (await again(work, some)).entries()) {
          const ofThis = counts[deed] ?? {}
          counts[deed] = { ...ofThis, [outcome]: (ofThis[outcome] ?? 0) + 1 }
          if (outcome === 'by-hand') forHands.push({ deed, of: some[index]?.of ?? '' })
        }
      })
  }
  return { counts, byHand: forHands }
}
