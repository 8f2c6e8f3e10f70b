/**
 * Metrics that count people, in the order of their steps: each person once, from the day on which it first held and
 * still holds (domain.md 7.5).
 */
export const personMetrics = [
  'number-known',
  'card-applied',
  'card-approved',
  'card-produced',
  'card-returned',
  'card-handed-over',
  'account-received',
  'account-received-1',
  'account-received-2',
  'account-approved',
  'account-approved-1',
  'account-approved-2',
  'account-activated',
  'account-activated-1',
  'account-activated-2',
] as const
export type PersonMetric = (typeof personMetrics)[number]

/** Metrics that count the work itself; they have no list of people. */
export const workMetrics = ['sessions-held', 'sites', 'officer-hours', 'overtime-hours'] as const
export type WorkMetric = (typeof workMetrics)[number]

export const metrics = [...personMetrics, ...workMetrics] as const
export type Metric = (typeof metrics)[number]

export const isMetric = (text: string): text is Metric => metrics.some(metric => metric === text)
export const isPersonMetric = (text: string): text is PersonMetric => personMetrics.some(metric => metric === text)

/** What a deadline requires, and the metric that proves it. */
export const proofs = {
  'card-in-hand': 'card-handed-over',
  'account-activated': 'account-activated',
  'number-known': 'number-known',
} as const satisfies Record<string, PersonMetric>
export type DeadlineProof = keyof typeof proofs
export const isProof = (text: string): text is DeadlineProof => Object.hasOwn(proofs, text)

/**
 * The steps of an account and of a card, from member to done, for the funnel; the difference of two steps is who
 * stopped there.
 */
export const ways: Readonly<Record<'account' | 'card', readonly PersonMetric[]>> = {
  account: ['account-received', 'account-approved', 'account-activated'],
  card: ['card-applied', 'card-approved', 'card-produced', 'card-returned', 'card-handed-over'],
}

export const wayOf = (metric: Metric): 'account' | 'card' =>
  metric.startsWith('card') || metric === 'number-known' ? 'card' : 'account'
