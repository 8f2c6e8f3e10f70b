import { law, policy } from '../platform/law.ts'

/**
 * Who decides on numbers and accounts, and the limits of the channel to the national centre. Numbers are given and
 * accounts approved by the Ministry of Public Security's authority for identity management (NĐ70/2024 Art. 11,
 * NĐ69/2024 Art. 16; before: NĐ137/2015, NĐ59/2022, QĐ34/2021). A province decides by itself only where the centre has
 * delegated that to it, which an operator says in law.csv from a day on. No row was compared with the text of its act
 * yet. Pure.
 */

/**
 * `delegated`: decided here. `centre`: handed up. `unsaid`, as it comes: handed up where a centre is joined, decided
 * here where none is, of which `doctor` warns.
 */
export const delegations = ['unsaid', 'delegated', 'centre'] as const
export type Delegation = (typeof delegations)[number]

const unsaid = [{ from: '', value: 'unsaid', article: 'Art. 11', source: 'NĐ70/2024' }] as const
export const delegatedNumbers = law<Delegation>('exchange.delegated-numbers', unsaid, { words: delegations })
export const delegatedAccounts = law<Delegation>(
  'exchange.delegated-accounts',
  [{ from: '', value: 'unsaid', article: 'Art. 16', source: 'NĐ69/2024' }],
  { words: delegations },
)

/** Working days within which an answer is expected; what waits longer stands out. */
export const answerDays = policy('exchange.answer-working-days', { number: 3, account: 3, lookUp: 1 })

/** Minutes until an envelope that nobody acknowledged leaves again: doubled each time from the first to the most. */
export const sendAgainMinutes = policy('exchange.send-again-minutes', { first: 1, most: 60 })

/** Working days within which the centre is expected to have reported on all cards of a batch. */
export const orderDays = policy('exchange.order-working-days', 5)

/**
 * Hours without a report on a batch of cards after which the centre is asked what became of it: from its
 * acknowledgement on, and from each report or asking again.
 */
export const reportHours = policy('exchange.report-asked-after-hours', 24)

/** Hours without an answer from the centre's address after which `doctor` asks for a hand. */
export const silentHours = policy('exchange.silent-hours', 6)

/** Seconds by which the clocks of both sides may differ before it stands out. */
export const clockOffSeconds = policy('exchange.clock-off-seconds', 120)

/** Days for which an envelope counts that was signed with the centre's key before the one of now. */
export const keyOverlapDays = policy('exchange.key-overlap-days', 7)

/** Days back that are compared each night, where the centre did not answer the comparison yet. */
export const comparedDays = policy('exchange.compared-days', 7)

// Limits of the format, beside docs/exchange.md. Plain numbers: no installation changes them.

/** Bytes of one envelope, of a whole bundle, and envelopes in a bundle that we make. */
export const largestEnvelope = 2 * 2 ** 20
export const largestBundle = 16 * 2 ** 20
export const envelopesInBundle = 200

/** Bytes of the envelopes in a bundle that we make: encrypted it is a third longer. */
export const envelopeBytesInBundle = 10 * 2 ** 20

/** Pieces of questions that are signed in a turn, and that a question may have: its list of them is one envelope. */
export const piecesInTurn = 100
export const mostPieces = 10_000

/** Lines of a bundle that are read; and of those that nobody known has signed, how many are kept. */
export const linesInBundle = 5000
export const foreignLinesKept = 20

/** Seconds after which the centre's address is given up for this time. */
export const answerSeconds = 20

/** How many rows of each kind the page shows. */
export const shownRows = 200
