/** The rates that endpoints and pages name; how many a minute, and who is counted, say limits/law.ts and limits.ts. */
export type RateId =
  | 'general'
  | 'officers-sign-in'
  | 'citizens-sign-in'
  | 'own-pages'
  | 'activation'
  | 'level-one'
  | 'developers-forms'
  | 'receipts'
  | 'access-links'
  | 'provider'
  | 'parties-software'
  | 'stations'
