// The contexts on their floors, and the rooms of each in the order in which data goes through. Read by
// .dependency-cruiser.mjs and by the tests.

/** Lowest first. A context imports only front doors and contracts on strictly lower floors. */
export const floors = [
  ['platform'],
  ['audit', 'names', 'chip', 'biometrics'],
  ['units', 'linkage'],
  ['staff', 'outreach', 'exchange'],
  ['register', 'decisions'],
  ['follow-ups'],
  ['cards', 'rolls'],
  ['accounts', 'parties', 'out-of-school'],
  ['enrolment', 'signin'],
  ['campaign', 'verification'],
  ['planning', 'data-protection'],
  ['statistics', 'classes', 'citizens', 'inspection', 'installation'],
]

/** Contexts without a database: each of their files may be read from above. */
export const openContexts = ['platform', 'names', 'linkage', 'chip']

/** Folders of src/ that join contexts, as main.ts and app.ts do; they stand above all floors. */
export const joining = ['cli', 'demonstration']

/** Files besides contracts and words that a browser reads too: pure, and so is all that they stand on. */
export const readInBrowsers = [
  'platform/(endpoint|problem|day|ids|shapes|clock|law|law-of-texts|throttling/growing-wait|terms/(dated-terms|law|numbers-and-days)|pages/(html|law-mark|rehearsal-mark))',
  'staff/(role|law)',
  'campaign/(need-codes|law)',
  'planning/law',
  'data-protection/(law|request|purpose|breaches/(breach|words)|requests/words)',
  'register/(law|counter/consent|merging/merge|corrections/(correction|paper-needs|residence-value|words)|movements/movement|guardianships/guardianship)',
  'follow-ups/follow-up',
  'rolls/(roll|defect|field|law|releasing/words)',
  'inspection/(pattern|law|words-deed|first-day/step-names)',
  'installation/(steps|law)',
  'exchange/codes',
  'decisions/law',
  'parties/law',
  'statistics/(law|reports/sheet-(column|numbers-and-days|notes|rows))',
  'cards/(card|law|tracking/stage|imports/words-row-reason)',
  'accounts/(account|law)',
  'enrolment/(seal-packet|capture|application|fee|law|problems|receipts/receipt-code|gaps/gap|without-capture/child-card)',
]

/** Rooms of a context, the earlier below the later; its root files lie below them all, but for those of `tops`. */
export const rooms = {
  platform: [
    'terms',
    'pages',
    'limits',
    'settings',
    'data-folder',
    'postgres',
    'archive',
    'jobs',
    'sealing',
    'second-factor',
    'scanning',
    'throttling',
    'csv',
    'workbook',
    'pdf',
    'http',
  ],
  names: ['legacy', 'numbers', 'dates', 'spelling'],
  staff: ['factors', 'links', 'founding', 'proposals', 'duties', 'versions'],
  linkage: ['comparing', 'file-columns', 'blocking', 'learning', 'deciding', 'province-run'],
  exchange: ['envelope', 'centre', 'outbox', 'inbox', 'reconciliation', 'line', 'look-up', 'overview'],
  register: [
    'persons',
    'openings',
    'counter',
    'search',
    'link-records',
    'corrections',
    'establishing',
    'merging',
    'guardianships',
    'movements',
    'imports',
  ],
  cards: ['printed-face', 'production', 'withdrawal', 'shipping', 'hand-over', 'tracking', 'imports'],
  rolls: [
    'leaving',
    'reading',
    'queue',
    'accepting',
    'replacing',
    'reconciling',
    'review',
    'ledger',
    'releasing',
    'follow-ups',
    'folders',
  ],
  accounts: [
    'factors',
    'slips',
    'representatives',
    'locks',
    'requests',
    'activation',
    'level-one',
    'queues',
    'imports',
  ],
  'out-of-school': ['universal', 'households'],
  parties: ['clients', 'flight-recorder', 'developers', 'sandbox'],
  enrolment: ['stations', 'packets', 'adjudication', 'without-capture', 'following', 'receipts', 'papers', 'gaps'],
  signin: ['keys', 'sessions', 'consents', 'exchange', 'provider', 'api-tokens', 'pages'],
  campaign: ['cohorts', 'needs', 'reminders', 'targets', 'directives', 'groups'],
  verification: ['probing', 'checks', 'batches'],
  planning: ['overtime', 'sessions', 'rosters'],
  'data-protection': ['requests', 'breaches', 'retention', 'assessment'],
  citizens: ['data-requests'],
  inspection: ['notices', 'first-day'],
  statistics: ['balances', 'forecast', 'figures', 'reports', 'risk'],
}

/** Root files that join the rooms of their context: the front door, and lists of its routes and jobs. */
export const tops = {
  platform: [],
  names: ['names.ts', 'card-qr.ts'],
  linkage: ['two-files.ts'],
  staff: ['staff.ts', 'routes.ts'],
  exchange: ['exchange.ts', 'routes.ts', 'jobs.ts'],
  register: ['register.ts', 'routes.ts', 'jobs.ts'],
  cards: ['cards.ts', 'routes.ts'],
  rolls: ['rolls.ts', 'routes.ts', 'jobs.ts'],
  accounts: ['accounts.ts', 'routes.ts', 'jobs.ts'],
  'out-of-school': ['out-of-school.ts', 'routes.ts'],
  parties: ['parties.ts', 'routes.ts', 'jobs.ts', 'demonstration.ts', 'after-restore.ts'],
  enrolment: ['enrolment.ts', 'routes.ts', 'jobs.ts', 'demonstration.ts'],
  signin: ['signin.ts', 'routes.ts', 'jobs.ts', 'after-restore.ts'],
  campaign: ['campaign.ts', 'routes.ts', 'jobs.ts'],
  verification: ['verification.ts', 'routes.ts', 'jobs.ts'],
  planning: ['planning.ts', 'routes.ts'],
  'data-protection': ['data-protection.ts', 'routes.ts', 'jobs.ts'],
  citizens: ['routes.ts'],
  inspection: ['routes.ts'],
  statistics: ['statistics.ts', 'routes.ts', 'jobs.ts'],
}
