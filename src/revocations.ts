import type { Journalled, JournalledDeed, Remembered } from './audit/revocation-journal.ts'

/**
 * What stays ended when a database is set back to an earlier moment: the deeds that end something, what the journal
 * beside the database remembers of each (audit/revocation-journal.ts), and how it is ended again
 * (cli/restore/end-again.ts). A deed that ends something and is not here comes back with a backup. A restore ends all
 * sessions and replaces the signing keys anyway.
 */

type Revocation = {
  readonly remember: (deed: JournalledDeed) => Remembered | undefined
  /** The verb of cli/restore/end-again.ts that ends it again: a name, since every command reads this table. */
  readonly again?: string
  /** Deeds of the same thing that it takes back. */
  readonly lifts?: readonly string[]
}

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
const table = {
  'appointment.ended': {
    remember: ({ facts: { appointment, toOn } }) => ({ of: String(appointment), facts: { toOn: String(toOn) } }),
    again: 'staff.endAppointmentAgain',
  },
  'group-access.ended': { remember: itself, again: 'campaign.endAccessAgain' },
  'access-link.ended': { remember: itself, again: 'accessLinks.endLinkAgain' },
  // The PIN that was replaced would count again.
  'access-link.pin-set': { remember: itself, again: 'accessLinks.endLinkAgain' },
  'homeroom.ended': { remember: itself, again: 'classes.endHomeroomAgain' },
  'officer.left': { remember: itself, again: 'staff.leaveAgain' },
  'password.changed': { remember: itself, again: 'staff.dropPasswordAgain' },
  'password.reset': { remember: itself, again: 'staff.dropPasswordAgain' },
  'password.chosen': { remember: itself, again: 'staff.dropPasswordAgain' },
  'officer-factor.removed': { remember: withFacts('id'), again: 'staff.removeFactorAgain' },
  'officer-factor.added': { remember: itself, again: 'staff.refuseFirstFactorAgain' },
  // Where an officer is reached is in no journal: two officers write it again.
  'contact.changed': { remember: itself, again: 'by-hand' },
  'staff-proposal.refused': { remember: itself, again: 'by-hand' },
  'staff-proposal.withdrawn': { remember: itself, again: 'by-hand' },

  'station.revoked': { remember: itself, again: 'enrolment.revokeStationAgain' },

  'card.revoked': { remember: withFacts('code'), again: 'cards.endCardAgain' },
  'card.cancelled': { remember: withFacts('code'), again: 'cards.endCardAgain' },
  'card.blocked': { remember: withFacts('reason'), again: 'cards.blockCardAgain' },
  'card.unblocked': { remember: itself, lifts: ['card.blocked'] },
  'cards.imported': { remember: itself, again: 'by-hand' },

  'account.lowered': { remember: itself, again: 'accounts.lowerAgain' },
  'account.locked': { remember: withFacts('for'), again: 'accounts.lockAgain' },
  'account.lock-added': { remember: withFacts('for'), again: 'accounts.lockAgain' },
  'account.unlocked': { remember: itself, lifts: ['account.locked', 'account.lock-added'] },
  'account.phone-changed': { remember: itself, again: 'accounts.forgetPhoneAgain' },
  'account.mailbox-set': { remember: itself, again: 'accounts.forgetMailboxAgain' },
  'account.mailbox-removed': { remember: itself, again: 'accounts.forgetMailboxAgain' },
  'account.representative-changed': { remember: itself, again: 'accounts.forgetPhoneAgain' },
  'account.representative-lost': { remember: itself, again: 'accounts.forgetPhoneAgain' },
  'guardianship.ended': { remember: itself, again: 'by-hand' },
  'account.cancelled': { remember: itself, again: 'accounts.cancelAgain' },
  'account.refused': { remember: itself, again: 'accounts.cancelAgain' },
  'accounts.imported': { remember: itself, again: 'by-hand' },
  'slip.used': { remember: itself, again: 'accounts.endSlipsAgain' },
  'slip.ended': { remember: itself, again: 'accounts.endSlipsAgain' },
  'slip.refused': { remember: itself, again: 'accounts.endSlipsAgain' },
  // What its use took over came back with the backup, and its holder had stopped it.
  'slip.stopped': { remember: itself, again: 'by-hand' },
  'passcode.set': { remember: factor('passcode'), again: 'accounts.forgetFactorsAgain' },
  'passcode.changed': { remember: factor('passcode'), again: 'accounts.forgetFactorsAgain' },
  'recovery-code.used': { remember: factor('recovery-codes'), again: 'accounts.forgetFactorsAgain' },
  'factor.removed': { remember: withFacts('factor'), again: 'accounts.forgetFactorsAgain' },
  'factor.added': {
    remember: deed => (replacing.includes(String(deed.facts['factor'])) ? withFacts('factor')(deed) : undefined),
    again: 'accounts.forgetFactorsAgain',
  },
  'device.ended': {
    remember: ({ subject, facts }) => ({
      of: subject.id,
      facts: { factor: 'device', device: String(facts['device']) },
    }),
    again: 'accounts.forgetFactorsAgain',
  },

  'consent.withdrawn': { remember: itself, again: 'signin.withdrawAgain' },
  'consent.ended': { remember: itself, again: 'signin.withdrawAgain' },

  'party.suspended': { remember: itself, again: 'parties.suspendPartyAgain' },
  'party.resumed': { remember: itself, lifts: ['party.suspended'] },
  'client.suspended': { remember: client, again: 'parties.suspendClientAgain' },
  'client.resumed': { remember: client, lifts: ['client.suspended'] },
  'client-version.approved': { remember: client, again: 'parties.suspendClientOfReplacedKeys' },
  'client-version.written': { remember: client, again: 'parties.suspendSandboxOfReplacedKeys' },
} as const satisfies Readonly<Record<string, Revocation>>

export const revocations: Readonly<Record<string, Revocation>> = table

type Row = (typeof table)[keyof typeof table]
/** The verbs by which something is ended again. */
export type AgainName = Extract<Row, { readonly again: string }>['again']

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
