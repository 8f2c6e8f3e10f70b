/** Why personal data is processed: the purposes that a work may have (docs/privacy.md), and grounds in law. Pure. */

export const purposes = [
  'register',
  'correction',
  'roll',
  'attendance',
  'campaign',
  'session',
  'appointment',
  'capture',
  'application',
  'verification',
  'receipt',
  'outreach',
  'account',
  'sign-in',
  'card',
  'own-page',
  'statistics',
  'import',
  'demonstration',
  'exchange',
  'staff',
  'audit',
  'data-protection',
] as const
export type DataPurpose = (typeof purposes)[number]

/** state-duty: the law gives the task; consent: they agreed; own-request: they ask for it; security: of the system. */
export const basisGrounds = ['state-duty', 'consent', 'own-request', 'security', 'nobody-real'] as const
export type BasisGround = (typeof basisGrounds)[number]

/** The ground, and the act that gives the task. */
export type LegalBasis = { readonly ground: BasisGround; readonly act: string }
export type LegalBases = Readonly<Record<DataPurpose, LegalBasis>>

export const isPurpose = (code: string): code is DataPurpose => purposes.some(one => one === code)
