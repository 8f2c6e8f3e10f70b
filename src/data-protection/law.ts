import { law, policy } from '../platform/law.ts'
import type { LegalBases, LegalBasis } from './purpose.ts'
import { clocks, groundCodes, type RefusalGround, type RequestClock } from './request.ts'

/**
 * What the law of personal data asks of whoever holds it: NĐ13/2023 from 1 July 2023, Law 91/2025/QH15 and NĐ356/2025
 * from 1 January 2026; before that no act set a clock, and the house keeps one of its own. Of NĐ356/2025 no text was
 * seen, only what law offices say of it (docs/domain.md 4.3, 4.4). Pure.
 */

/** How long a request may take, and by how much that may be extended, once. Either hours or days count. */
export type RequestTerm = {
  readonly count: number
  readonly unit: 'hours' | 'days'
  readonly extensionDays: number
}
type RequestTerms = Readonly<Record<RequestClock, RequestTerm>>

const complaint: RequestTerm = { count: 30, unit: 'days', extensionDays: 15 }
const in72Hours: RequestTerm = { count: 72, unit: 'hours', extensionDays: 0 }

/**
 * From the receipt to the answer. Complaints are those of the Law on Complaints, 30 days and 45 where it is hard. Of
 * withdrawing a consent and correcting, NĐ13/2023 says "at once" or "72 hours to tell why not": 72 hours for both.
 * NĐ356/2025: 10, 20 and 15 days (15, 30 and 20 where others must act too, which the house does not count on); of the
 * 10 and 20 summaries disagree whether they are working days: the shorter is taken. That they may be doubled was read
 * of the 15 alone.
 */
// biome-ignore format: a table of law
export const requestTerms = law<RequestTerms>('data-protection.request-terms', [
  {
    from: '',
    value: {
      provide: { count: 15, unit: 'days', extensionDays: 15 }, erase: { count: 15, unit: 'days', extensionDays: 15 },
      stop: { count: 15, unit: 'days', extensionDays: 15 },    complaint,
    },
    source: 'house',
  },
  {
    from: '2023-07-01',
    value: { provide: in72Hours, erase: in72Hours, stop: in72Hours, complaint },
    article: 'Art. 9(6), 9(8), 12, 14(3), 15(2), 16(5); Art. 28',
    source: 'NĐ13/2023; Law on Complaints 02/2011',
    verifiedOn: '2026-11-29', confidence: 'medium',
  },
  {
    from: '2026-01-01',
    value: {
      provide: { count: 10, unit: 'days', extensionDays: 10 }, erase: { count: 20, unit: 'days', extensionDays: 20 },
      stop: { count: 15, unit: 'days', extensionDays: 15 },    complaint,
    },
    article: 'Art. 5; Art. 28',
    source: 'NĐ356/2025; Law on Complaints 02/2011',
    verifiedOn: '2026-11-29', confidence: 'medium',
  },
], { words: ['hours', 'days', ...clocks] })

/** Working days in which the person is told that their request is taken up, and how it goes on. */
export const acknowledgeDays = law('data-protection.acknowledge-working-days', [
  { from: '', value: 2, source: 'house' },
  {
    from: '2026-01-01',
    value: 2,
    article: 'Art. 5',
    source: 'NĐ356/2025',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/** Days before the end of its clock from which a request stands under what is due soon. */
export const reminderDays = policy('data-protection.reminder-days', 2)

const since2023: readonly RefusalGround[] = [
  'register-of-population',
  'public-duty',
  'kept-by-law',
  'others-harmed',
  'secret',
  'not-held',
  'identity-unproved',
]

/** On which grounds a request may be refused wholly or in part; which article each is of: words of requests/. */
export const refusalGrounds = law<readonly RefusalGround[]>(
  'data-protection.refusal-grounds',
  [
    {
      from: '',
      value: ['register-of-population', 'kept-by-law', 'secret', 'not-held', 'identity-unproved'],
      source: 'house',
    },
    {
      from: '2023-07-01',
      value: since2023,
      article: 'Art. 14(4), 16(2), 17',
      source: 'NĐ13/2023',
      verifiedOn: '2026-11-29',
      confidence: 'medium',
    },
    {
      from: '2026-01-01',
      value: since2023,
      article: 'Art. 4(3), 13, 14, 19',
      source: 'Law 91/2025/QH15',
      verifiedOn: '2026-11-29',
      confidence: 'medium',
    },
  ],
  { words: groundCodes },
)

const starts = ['happened', 'discovered'] as const

type BreachNotice = {
  readonly hours: number
  readonly from: (typeof starts)[number]
  /** Whether one that harms nobody need not be notified. */
  readonly onlyIfHarmful: boolean
}

/**
 * Hours in which the authority for the protection of personal data (A05) is notified of a breach, and from when they
 * count: NĐ13/2023 counts from the breach, Law 91/2025 from its discovery. Before 1 July 2023 the house counts too, so
 * that nobody waits for a rule.
 */
export const breachNotice = law<BreachNotice>(
  'data-protection.breach-notice',
  [
    { from: '', value: { hours: 72, from: 'discovered', onlyIfHarmful: false }, source: 'house' },
    {
      from: '2023-07-01',
      value: { hours: 72, from: 'happened', onlyIfHarmful: false },
      article: 'Art. 23(1)',
      source: 'NĐ13/2023',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2026-01-01',
      value: { hours: 72, from: 'discovered', onlyIfHarmful: true },
      article: 'Art. 23(1)',
      source: 'Law 91/2025/QH15',
      verifiedOn: '2026-11-29',
      confidence: 'medium',
    },
  ],
  { words: starts },
)

/** The form of the notice. That of NĐ356/2025 was not seen: the contents of NĐ13/2023 go out until it is. */
export const breachForm = law<{ readonly code: string; readonly version: string }>('data-protection.breach-form', [
  { from: '', value: { code: 'Mẫu số 03', version: 'NĐ13/2023' }, source: 'house' },
  {
    from: '2023-07-01',
    value: { code: 'Mẫu số 03', version: 'NĐ13/2023' },
    article: 'Form 03',
    source: 'NĐ13/2023',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
  {
    from: '2026-01-01',
    value: { code: '', version: 'NĐ356/2025' },
    article: 'annex',
    source: 'NĐ356/2025',
    verifiedOn: '2026-11-29',
    confidence: 'low',
  },
])

/** Hours before the end of the 72 from which the screens and `doctor` say that they are running out. */
export const breachWarningHours = policy('data-protection.breach-warning-hours', 24)

/** Days for which what is spent or over is kept: links to a password, and engineers' sessions. */
export const spentLinkDays = policy('data-protection.spent-link-days', 90)

/** Days after its end for which a session of an officer or a citizen stays, so that who asks finds it. */
export const endedSessionDays = policy('data-protection.ended-session-days', 730)

/** Days for which a job that gave up stays in the queue, so that an operator finds out why. */
export const failedJobDays = policy('data-protection.failed-job-days', 90)

/** How many requests of one person may be open at once. */
export const openRequestsOfOne = policy('data-protection.open-requests', 10)

/** What is kept, as far as the law or the house treats it alike. */
export const retentionKinds = [
  'register',
  'deeds',
  'access-history',
  'card-files',
  'account-files',
  'roll-files',
  'campaign-files',
  'messages',
  'exchange',
  'officers',
  'parties',
  'inspection',
  'data-requests',
  'breaches',
  'ended-citizen-sessions',
  'ended-officer-sessions',
  'ended-engineer-sessions',
  'sign-in-history',
  'sign-in-artifacts',
  'counted-failures',
  'flights',
  'quota-counts',
  'failed-jobs',
  'capture-pieces',
  'visit-lists',
  'stay-notices',
  'merged-records',
  'verifications',
  'level-one-askings',
  'case-papers',
  'unsent-papers',
  'withdrawn-papers',
  'engineer-links',
  'working-data',
  'installation',
] as const
export type RetentionKind = (typeof retentionKinds)[number]

/** From what on the term runs; of working data it is its purpose that ends. */
const retentionEvents = ['established', 'done', 'read', 'ended', 'purpose-over'] as const
/** What the installation does when the term ends; `archive`: it stays until an archive's decision says otherwise. */
const afterTerms = ['keep', 'archive', 'delete'] as const

export type RetentionTerm = {
  /** Whole years at least; 0 where it is kept for ever, or as long as `rule` says. */
  readonly years: number
  /** The rule that says how long, where it has one of its own. */
  readonly rule: string
  readonly from: (typeof retentionEvents)[number]
  readonly after: (typeof afterTerms)[number]
  /** The act and its article; empty where the house decides by itself. */
  readonly by: string
}
export type RetentionTerms = Readonly<Record<RetentionKind, RetentionTerm>>

const forEver = (by: string): RetentionTerm => ({ years: 0, rule: '', from: 'established', after: 'keep', by })
const archived = (by: string): RetentionTerm => ({ years: 0, rule: '', from: 'done', after: 'archive', by })
const spent = (rule: string, by: string): RetentionTerm => ({ years: 0, rule, from: 'ended', after: 'delete', by })

type RetentionActs = { readonly register: string; readonly archives: string; readonly purposeOver: string }

/**
 * How long each kind is kept: the registers for ever; files of procedures until an archive's decision; the history of
 * access five years at least; what was only needed for a purpose until that is over.
 */
const retentionUnder = ({ register, archives, purposeOver }: RetentionActs): RetentionTerms => ({
  register: forEver(register),
  deeds: forEver('NĐ59/2022 Art. 21'),
  'access-history': { years: 5, rule: '', from: 'read', after: 'delete', by: 'NĐ59/2022 Art. 21' },
  'card-files': archived(archives),
  'account-files': archived(archives),
  'roll-files': archived(archives),
  'campaign-files': archived(archives),
  messages: archived(archives),
  exchange: archived(archives),
  officers: archived(archives),
  parties: archived(archives),
  inspection: archived(archives),
  'data-requests': archived(archives),
  breaches: archived(archives),
  'ended-citizen-sessions': spent('data-protection.ended-session-days', purposeOver),
  'ended-officer-sessions': spent('data-protection.ended-session-days', purposeOver),
  'ended-engineer-sessions': spent('data-protection.spent-link-days', purposeOver),
  'sign-in-history': { years: 5, rule: '', from: 'done', after: 'delete', by: 'NĐ59/2022 Art. 21' },
  'sign-in-artifacts': spent('signin.artifacts-kept-minutes', purposeOver),
  'counted-failures': spent('throttling.failures-kept-hours', purposeOver),
  flights: spent('parties.flights-kept-days', purposeOver),
  'quota-counts': spent('parties.spent-kept', purposeOver),
  'failed-jobs': spent('data-protection.failed-job-days', ''),
  'capture-pieces': spent('enrolment.pieces-kept-days', purposeOver),
  'visit-lists': spent('campaign.house-list-days', purposeOver),
  'stay-notices': spent('register.stays-kept-months', purposeOver),
  'merged-records': spent('register.merge-undo-days', purposeOver),
  verifications: spent('verification.list-kept-days', purposeOver),
  'level-one-askings': spent('accounts.level-one-counted-days', purposeOver),
  'case-papers': archived(archives),
  'unsent-papers': spent('attachments.unfinished-hours', purposeOver),
  'withdrawn-papers': spent('attachments.withdrawn-days', purposeOver),
  'engineer-links': spent('parties.links-asked', purposeOver),
  'working-data': { years: 0, rule: '', from: 'purpose-over', after: 'delete', by: purposeOver },
  installation: forEver(''),
})

const archives2011 = 'Law on Archives 01/2011 Art. 17'

/** The dated rules of retention. Of archives' own terms for these files no table was seen: they stay. */
export const retentionTerms = law<RetentionTerms>('data-protection.retention-terms', [
  {
    from: '',
    value: retentionUnder({ register: 'LCCCD Art. 9, 10', archives: archives2011, purposeOver: '' }),
    article: 'as each kind says',
    source: 'LCCCD; Law on Archives 01/2011; NĐ59/2022',
    confidence: 'low',
  },
  {
    from: '2023-07-01',
    value: retentionUnder({
      register: 'LCCCD Art. 9, 10',
      archives: archives2011,
      purposeOver: 'NĐ13/2023 Art. 3(7), 16(1)',
    }),
    article: 'Art. 3(7), 16; as each kind says',
    source: 'NĐ13/2023; LCCCD; Law on Archives 01/2011; NĐ59/2022',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
  {
    from: '2024-07-01',
    value: retentionUnder({
      register: 'LCC Art. 8(6)',
      archives: archives2011,
      purposeOver: 'NĐ13/2023 Art. 3(7), 16(1)',
    }),
    article: 'Art. 8(6); as each kind says',
    source: 'LCC; NĐ13/2023; Law on Archives 01/2011; NĐ59/2022',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
  {
    from: '2026-01-01',
    value: retentionUnder({
      register: 'LCC Art. 8(6)',
      archives: 'Law on Archives 33/2024',
      purposeOver: 'Law 91/2025/QH15 Art. 14(1)',
    }),
    article: 'Art. 14; as each kind says',
    source: 'Law 91/2025/QH15; LCC; Law on Archives 33/2024; NĐ59/2022',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
])

type Acts = Readonly<
  Record<'register' | 'correction' | 'card' | 'account' | 'check' | 'education' | 'protection', string>
>

const basesUnder = (acts: Acts): LegalBases => {
  const duty = (act: string): LegalBasis => ({ ground: 'state-duty', act })
  return {
    register: duty(acts.register),
    correction: duty(acts.correction),
    roll: duty(acts.education),
    attendance: duty(acts.education),
    campaign: duty('QĐ06/QĐ-TTg/2022'),
    session: duty(acts.card),
    appointment: { ground: 'own-request', act: acts.card },
    capture: duty(acts.card),
    application: duty(acts.card),
    card: duty(acts.card),
    receipt: { ground: 'own-request', act: acts.card },
    outreach: duty(acts.account),
    account: { ground: 'own-request', act: acts.account },
    'sign-in': { ground: 'consent', act: acts.account },
    verification: duty(acts.check),
    'own-page': { ground: 'own-request', act: acts.protection },
    statistics: duty(acts.register),
    import: duty(acts.register),
    demonstration: { ground: 'nobody-real', act: '' },
    exchange: duty(acts.register),
    staff: { ground: 'security', act: acts.protection },
    audit: { ground: 'security', act: acts.protection },
    'data-protection': duty(acts.protection),
  }
}

const before2024 = {
  register: 'LCCCD Art. 9, 10; NĐ137/2015',
  correction: 'NĐ137/2015; TT59/2021',
  card: 'LCCCD Art. 18–23',
  account: 'NĐ59/2022',
  check: 'NĐ59/2022',
  education: 'Law on Education 43/2019; QĐ06/QĐ-TTg/2022',
  protection: 'Constitution Art. 21; Civil Code Art. 38',
} as const satisfies Acts
const since2024 = {
  ...before2024,
  register: 'LCC Art. 9–11; NĐ70/2024',
  correction: 'NĐ70/2024 Art. 6',
  card: 'LCC Art. 18–29; TT17/2024',
  account: 'LCC Art. 31–33; NĐ69/2024',
  check: 'NĐ69/2024',
} as const satisfies Acts

/**
 * Why each purpose is pursued. Articles within the acts on cards and accounts are those of the chapters, not compared
 * one by one.
 */
export const legalBases = law<LegalBases>('data-protection.legal-bases', [
  {
    from: '',
    value: basesUnder(before2024),
    article: 'as each purpose says',
    source: 'LCCCD; NĐ137/2015; NĐ59/2022',
    confidence: 'medium',
  },
  {
    from: '2023-07-01',
    value: basesUnder({ ...before2024, protection: 'NĐ13/2023 Art. 9, 17, 23, 26' }),
    article: 'Art. 11, 17; as each purpose says',
    source: 'NĐ13/2023; LCCCD; NĐ137/2015; NĐ59/2022',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
  {
    from: '2024-07-01',
    value: basesUnder({ ...since2024, protection: 'NĐ13/2023 Art. 9, 17, 23, 26' }),
    article: 'Art. 11, 17; as each purpose says',
    source: 'LCC; NĐ69/2024; NĐ70/2024; NĐ13/2023',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
  {
    from: '2026-01-01',
    value: basesUnder({ ...since2024, protection: 'Law 91/2025/QH15 Art. 4, 19, 23' }),
    article: 'Art. 9, 19; as each purpose says',
    source: 'Law 91/2025/QH15; NĐ356/2025; LCC; NĐ69/2024; NĐ70/2024',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
])

/** Rows of a page, and deletions of one statement. Plain: they only keep answers short. */
export const shownRequests = 50
export const removedAtOnce = 5000

/** Milliseconds of an hour. */
export const hour = 60 * 60_000
