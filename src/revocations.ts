import * as accessLinks from './access-links/access-links.ts'
import * as accounts from './accounts/accounts.ts'
import * as audit from './audit/audit.ts'
import type { Journalled, JournalledDeed, Remembered } from './audit/revocation-journal.ts'
import * as campaign from './campaign/campaign.ts'
import * as cards from './cards/cards.ts'
import * as classes from './classes/classes.ts'
import * as enrolment from './enrolment/enrolment.ts'
import * as parties from './parties/parties.ts'
import type { Work } from './platform/work.ts'
import * as signin from './signin/signin.ts'
import * as staff from './staff/staff.ts'

/**
 * What stays ended when a database is set back to an earlier moment: the deeds that end something, what the journal
 * beside the database remembers of each, and how it is ended again (audit/revocation-journal.ts). A deed that ends
 * something and is not here comes back with a backup. A restore ends all sessions and replaces the signing keys anyway.
 */

type Line = audit.JournalLine
type EndAgain = (work: Work, lines: readonly Line[]) => Promise<readonly audit.Again[]>

type Revocation = {
  readonly remember: (deed: JournalledDeed) => Remembered | undefined
  readonly again?: EndAgain
  /** Deeds of the same thing that it takes back. */
  readonly lifts?: readonly string[]
}

const each =
  (again: (work: Work, line: Line) => Promise<audit.Again>): EndAgain =>
  async (work, lines) => {
    const outcomes: audit.Again[] = []
    for (const line of lines) outcomes.push(await again(work, line))
    return outcomes
  }

/** What an officer must repeat, since the journal knows no row of it: the file is taken in again. */
const byHand: EndAgain = async (_work, lines) => lines.map((): audit.Again => 'by-hand')

const itself = ({ subject }: JournalledDeed): Remembered => ({ of: subject.id })
const client = ({ facts }: JournalledDeed): Remembered => ({ of: String(facts['client']) })
/** Codes among the facts of a deed; nothing else is remembered of it. */
const withFacts =
  (...names: readonly string[]) =>
  ({ subject, facts }: JournalledDeed): Remembered => ({
    of: subject.id,
    facts: Object.fromEntries(
      names.flatMap(name => {
        const fact = facts[name]
        return typeof fact === 'string' || typeof fact === 'number' ? [[name, fact] as const] : []
      }),
    ),
  })

const factor =
  (kind: string) =>
  ({ subject }: JournalledDeed): Remembered => ({ of: subject.id, facts: { factor: kind } })
/** Of factors that are added, those that replace a former one of their kind. */
const replacing = ['recovery-codes', 'totp']

/** In the order in which they are ended again. */
export const revocations: Readonly<Record<string, Revocation>> = {
  'appointment.ended': {
    remember: ({ facts: { appointment, toOn } }) => ({ of: String(appointment), facts: { toOn: String(toOn) } }),
    again: each(staff.endAppointmentAgain),
  },
  'group-access.ended': { remember: itself, again: each(campaign.endAccessAgain) },
  'access-link.ended': { remember: itself, again: each(accessLinks.endLinkAgain) },
  // The PIN that was replaced would count again.
  'access-link.pin-set': { remember: itself, again: each(accessLinks.endLinkAgain) },
  'homeroom.ended': { remember: itself, again: each(classes.endHomeroomAgain) },
  'officer.left': { remember: itself, again: each(staff.leaveAgain) },
  'password.changed': { remember: itself, again: each(staff.dropPasswordAgain) },
  'password.reset': { remember: itself, again: each(staff.dropPasswordAgain) },
  'password.chosen': { remember: itself, again: each(staff.dropPasswordAgain) },
  'officer-factor.removed': { remember: withFacts('id'), again: each(staff.removeFactorAgain) },
  'officer-factor.added': { remember: itself, again: each(staff.refuseFirstFactorAgain) },
  // Where an officer is reached is in no journal: two officers write it again.
  'contact.changed': { remember: itself, again: byHand },
  'staff-proposal.refused': { remember: itself, again: byHand },
  'staff-proposal.withdrawn': { remember: itself, again: byHand },

  'station.revoked': { remember: itself, again: each(enrolment.revokeStationAgain) },

  'card.revoked': { remember: withFacts('code'), again: each(cards.endCardAgain) },
  'card.cancelled': { remember: withFacts('code'), again: each(cards.endCardAgain) },
  'card.blocked': { remember: withFacts('reason'), again: each(cards.blockCardAgain) },
  'card.unblocked': { remember: itself, lifts: ['card.blocked'] },
  'cards.imported': { remember: itself, again: byHand },

  'account.lowered': { remember: itself, again: each(accounts.lowerAgain) },
  'account.locked': { remember: withFacts('for'), again: each(accounts.lockAgain) },
  'account.lock-added': { remember: withFacts('for'), again: each(accounts.lockAgain) },
  'account.unlocked': { remember: itself, lifts: ['account.locked', 'account.lock-added'] },
  'account.phone-changed': { remember: itself, again: each(accounts.forgetPhoneAgain) },
  'account.representative-changed': { remember: itself, again: each(accounts.forgetPhoneAgain) },
  'account.representative-lost': { remember: itself, again: each(accounts.forgetPhoneAgain) },
  'guardianship.ended': { remember: itself, again: byHand },
  'account.cancelled': { remember: itself, again: each(accounts.cancelAgain) },
  'account.refused': { remember: itself, again: each(accounts.cancelAgain) },
  'accounts.imported': { remember: itself, again: byHand },
  'slip.used': { remember: itself, again: accounts.endSlipsAgain },
  'slip.ended': { remember: itself, again: accounts.endSlipsAgain },
  'slip.refused': { remember: itself, again: accounts.endSlipsAgain },
  // What its use took over came back with the backup, and its holder had stopped it.
  'slip.stopped': { remember: itself, again: byHand },
  'passcode.set': { remember: factor('passcode'), again: accounts.forgetFactorsAgain },
  'passcode.changed': { remember: factor('passcode'), again: accounts.forgetFactorsAgain },
  'recovery-code.used': { remember: factor('recovery-codes'), again: accounts.forgetFactorsAgain },
  'factor.removed': { remember: withFacts('factor'), again: accounts.forgetFactorsAgain },
  'factor.added': {
    remember: deed => (replacing.includes(String(deed.facts['factor'])) ? withFacts('factor')(deed) : undefined),
    again: accounts.forgetFactorsAgain,
  },
  'device.ended': {
    remember: ({ subject, facts }) => ({
      of: subject.id,
      facts: { factor: 'device', device: String(facts['device']) },
    }),
    again: accounts.forgetFactorsAgain,
  },

  'consent.withdrawn': { remember: itself, again: signin.withdrawAgain },
  'consent.ended': { remember: itself, again: signin.withdrawAgain },

  'party.suspended': { remember: itself, again: each(parties.suspendPartyAgain) },
  'party.resumed': { remember: itself, lifts: ['party.suspended'] },
  'client.suspended': { remember: client, again: each(parties.suspendClientAgain) },
  'client.resumed': { remember: client, lifts: ['client.suspended'] },
  'client-version.approved': { remember: client, again: each(parties.suspendClientOfReplacedKeys) },
  'client-version.written': { remember: client, again: each(parties.suspendSandboxOfReplacedKeys) },
}

/** Deeds that sound as if they ended something and need not be ended again: why, on one page. */
export const notRevocations: Readonly<Record<string, string>> = {
  'session.ended': 'a restore ends every session',
  'session.turned': 'a restore ends every session',
  'sessions.ended': 'a restore ends every session',
  'citizen-session.ended': 'a restore ends every session',
  'citizen-session.turned': 'a restore ends every session',
  'engineer.signed-out': 'a restore ends every session',
  'password-link.ended': 'a restore ends every link to a password',
  'founding-link.ended': 'a start ends the link of each start before, and none opens where officers are',
  'signing-key.rotated': 'a restore replaces the signing keys',
  'account.lock-ended': 'another reason to lock stands; account.unlocked lifts them all',
  'client-version.withdrawn': 'a draft was never in force',
}

export const journalled: Journalled = Object.fromEntries(
  Object.entries(revocations).map(([deed, { remember }]) => [deed, remember]),
)

/** What is still to be ended again: what was lifted later, and what was said twice, is left out. */
function stillEnded(lines: readonly Line[]): Line[] {
  const left = new Map<string, Line>()
  const keyOf = ({ deed, of, facts }: Line) => JSON.stringify([deed, of, facts ?? {}])
  for (const line of lines) {
    const { lifts = [] } = revocations[line.deed] ?? {}
    for (const [key, other] of left) if (other.of === line.of && lifts.includes(other.deed)) left.delete(key)
    if (revocations[line.deed]?.again) left.set(keyOf(line), line)
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
  for (const [deed, { again }] of Object.entries(revocations)) {
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
