import type { RateId } from '../rate.ts'
import {
  hashTurns,
  laneTurns,
  longestWaitSeconds,
  placesOf,
  retrySeconds,
  uploadPlaces,
  wrongPasswordsAMinute,
} from './law.ts'
import type { RateName } from './own-rates.ts'

/**
 * The table of limits: whoever asks something of the server, at which door, is counted as whom, may do how much, and is
 * answered what beyond it. In: a door, and who comes through it. Decided: in which lane a request waits, and by which
 * row somebody is refused. Out: turns, places, rates, and the page docs/limits.md. No deeds.
 */

export type LaneId = keyof typeof laneTurns
export const laneIds = Object.keys(laneTurns) as LaneId[]

/** Who is counted, the nearest that is known. A network is an address, of IPv6 its /64. */
type Who =
  | 'officer'
  | 'officer, else network'
  | 'citizen, else network'
  | 'client, else network'
  | 'caller, else network'
  | 'client'
  | 'party'
  | 'network'
  | 'login and browser or network'
  | 'login'
  | 'account and browser or network'
  | 'account'
  | 'phone'
  | 'attempt'
  | 'link, else browser'
  | 'person'
  | 'installation'

type Measure =
  /** Works of the database at once, and who waits for one. */
  | { readonly by: 'turns'; readonly of: LaneId }
  /** `ofNetwork`: of all those of one network together who are not known, where that is another number. */
  | { readonly by: 'requests a minute'; readonly of: RateName; readonly ofNetwork?: RateName }
  /** Requests under way at once: `ofOne` of who is counted, `all` of everybody. */
  | { readonly by: 'requests at once'; readonly ofOne?: number; readonly all?: number }
  /** A line for something of which the machine does few at once. */
  | { readonly by: 'line'; readonly number: number }
  /** Attempts that are counted, and answered ever later; or that have an end. How many is a rule, by its id. */
  | { readonly by: 'rule'; readonly rule: string }
  /** A number of a context's law.ts or contract, which is not a rule. */
  | { readonly by: 'number'; readonly where: string }

export type Limit = {
  readonly doors: string
  readonly who: Who
  readonly measure: Measure
  readonly status: 429 | 503
  /** The problem that is answered, where it is no page that says it. */
  readonly code?: string
  /** Seconds of Retry-After, where the count itself does not say them. */
  readonly retry?: number
}

const turns = (of: LaneId, doors: string, who: Who): Limit => ({
  doors,
  who,
  measure: { by: 'turns', of },
  status: 429,
  code: 'too-many-at-once',
  retry: retrySeconds.turns,
})

const rate = (id: RateId, doors: string, who: Who): Limit => ({
  doors,
  who,
  measure: { by: 'requests a minute', of: id },
  status: 429,
  code: 'too-many-requests',
  retry: retrySeconds.requests,
})

/** A brake: the page of the form says the seconds. */
const brake = (rule: string, doors: string, who: Who): Limit => ({
  doors,
  who,
  measure: { by: 'rule', rule },
  status: 429,
})

/** Tries of software that are answered later, or no more today. */
const guessing = (code: string, who: Who): Limit => ({
  doors: 'checks of personal data',
  who,
  measure: { by: 'rule', rule: 'verification.guessing' },
  status: 429,
  code,
})

export const limits = {
  // Turns at the database: one lane for each kind of door.
  'turns of officers': turns('officers', 'the officers’ API and console, uploads, exports', 'officer, else network'),
  'turns of officers’ sign-in': turns('officers-sign-in', 'sign-in and passwords of officers', 'caller, else network'),
  'turns of citizens': turns('citizens', 'own pages of citizens', 'citizen, else network'),
  'turns of citizens’ sign-in': turns('citizens-sign-in', 'sign-in of citizens', 'caller, else network'),
  'turns of activation': turns(
    'activation',
    'activation, forgotten passcode, new device, slips',
    'caller, else network',
  ),
  'turns of the provider': turns('provider', 'the OpenID provider, its requests together', 'caller, else network'),
  'turns of parties': turns('parties', 'the parties’ API: checks, streams, batches', 'client'),
  'turns of sandbox clients': turns('sandbox', 'the same, and the provider, for sandbox clients', 'client'),
  'turns of stations': turns('stations', 'manifests and packets of stations', 'caller, else network'),
  'turns of arrivals': turns('arrivals', 'sessions and tokens that are not known yet', 'caller, else network'),
  'turns of open doors': turns('open', 'receipts, developers, requests for level 1, all other pages', 'network'),
  'turns of health': turns('health', '/health', 'network'),
  'wait for a turn': {
    doors: 'all',
    who: 'installation',
    measure: { by: 'number', where: `${longestWaitSeconds} s` },
    status: 503,
    code: 'house-busy',
    retry: retrySeconds.busy,
  },

  // Requests under way at once.
  'requests of the provider': {
    doors: 'the OpenID provider',
    who: 'caller, else network',
    measure: { by: 'requests at once', all: placesOf['provider-requests'] },
    status: 429,
    code: 'too-many-at-once',
    retry: retrySeconds.turns,
  },
  'files that are taken in': {
    doors: 'uploads',
    who: 'officer, else network',
    measure: { by: 'requests at once', ...uploadPlaces },
    status: 429,
    code: 'too-many-at-once',
    retry: retrySeconds.turns,
  },
  'checks of a sandbox client': {
    doors: 'single checks',
    who: 'client',
    measure: { by: 'requests at once', ofOne: placesOf['sandbox-checks'] },
    status: 429,
    code: 'verification-sandbox-busy',
    retry: retrySeconds.places,
  },
  'streams of a sandbox client': {
    doors: 'streams of checks',
    who: 'client',
    measure: { by: 'requests at once', ofOne: placesOf['sandbox-streams'] },
    status: 429,
    code: 'verification-sandbox-busy',
    retry: retrySeconds.places,
  },
  'open batches': {
    doors: 'batches of checks',
    who: 'client',
    measure: { by: 'number', where: '`listLimits.mostOpen` of src/verification/law.ts' },
    status: 429,
    code: 'verification-batch-too-many',
  },

  // What the machine does few of at once.
  'passwords of officers': {
    doors: 'sign-in and passwords of officers',
    who: 'caller, else network',
    measure: { by: 'line', number: hashTurns.line },
    status: 503,
    code: 'sign-in-busy',
    retry: retrySeconds.busy,
  },
  'passcodes of citizens': {
    doors: 'sign-in, own pages, activation of citizens',
    who: 'caller, else network',
    measure: { by: 'line', number: hashTurns.lineOfCitizens },
    status: 503,
    code: 'sign-in-busy',
    retry: retrySeconds.busy,
  },
  'rolls that are read': {
    doors: 'uploads of rolls',
    who: 'installation',
    measure: { by: 'number', where: '`rollReading.waiting` of src/rolls/law.ts' },
    status: 503,
    code: 'roll-readers-busy',
    retry: retrySeconds.busy,
  },
  'reasons of a plan': {
    doors: 'why a session is where it is, who is late, what a change costs, how two plans differ',
    who: 'installation',
    measure: { by: 'number', where: '`planReasons.atOnce` of src/planning/law.ts' },
    status: 503,
    code: 'plan-reasons-busy',
    retry: retrySeconds.busy,
  },
  'papers that are drawn': {
    doors: 'slips, lists to sign and reports as PDF',
    who: 'installation',
    measure: { by: 'number', where: '`paperDrawing.waiting` of src/platform/pdf/law.ts' },
    status: 503,
    code: 'papers-busy',
    retry: retrySeconds.busy,
  },

  // Requests a minute.
  'requests of everybody': {
    ...rate('general', 'all, but for files that are the same for everyone', 'caller, else network'),
    measure: { by: 'requests a minute', of: 'general', ofNetwork: 'general-of-network' },
  },
  'requests of officers’ sign-in': rate(
    'officers-sign-in',
    'forms of officers’ sign-in and password',
    'caller, else network',
  ),
  'requests of citizens’ sign-in': rate('citizens-sign-in', 'sign-in of citizens', 'caller, else network'),
  'requests of own pages': rate('own-pages', 'own pages of citizens', 'caller, else network'),
  'requests of activation': rate('activation', 'forms of activation', 'caller, else network'),
  'requests for level 1': rate('level-one', 'forms for level 1', 'network'),
  'requests of developers': rate('developers-forms', 'forms of developers', 'network'),
  'requests of receipts': rate('receipts', 'receipts', 'network'),
  'requests of links': rate('access-links', 'pages behind a link with a PIN', 'caller, else network'),
  'requests at the provider': rate('provider', 'the OpenID provider', 'network'),
  'requests of parties’ software': rate('parties-software', 'the parties’ API', 'client, else network'),
  'requests of stations': rate('stations', 'manifests and packets of stations', 'caller, else network'),
  'requests of gateways': rate('gateways', 'receipts of gateways, pictures for an engine', 'network'),

  // Brakes: attempts that are counted before they are looked at, each answered later than the one before.
  'tries of a password': brake('staff.password-tries', 'sign-in of officers', 'login and browser or network'),
  'wrong passwords of officers from one place': {
    doors: 'sign-in of officers',
    who: 'network',
    measure: { by: 'number', where: `${wrongPasswordsAMinute} a minute, of browsers in which nobody has signed in` },
    status: 429,
  },
  'tries of a founding link': brake('staff.founding-tries', 'the page /begin of an empty installation', 'network'),
  'tries of a password from everywhere': brake('staff.password-tries-everywhere', 'sign-in of officers', 'login'),
  'tries of an officer’s factor': {
    ...brake('staff.factor-tries', 'second step of officers', 'officer'),
    code: 'factor-slowed',
  },
  'codes of officers by mail': brake('staff.mail-codes', 'second step of officers', 'officer'),
  'tries of a passcode': brake('accounts.passcode-tries', 'sign-in of citizens', 'account and browser or network'),
  'tries of strangers': brake('accounts.strangers-guesses', 'sign-in of citizens', 'account'),
  'tries from one place': brake('accounts.guesses-from-place', 'sign-in of citizens', 'network'),
  'tries of a second factor': brake('accounts.second-factor-tries', 'sign-in of citizens', 'account'),
  'tries of a sent code': brake('accounts.sent-code', 'sign-in and activation', 'attempt'),
  'tries of slips': brake('accounts.slip-guesses', 'slips', 'network'),
  'activations from one place': brake('accounts.activations-from-place', 'activation', 'network'),
  'messages to one': brake('accounts.messages-to-one', 'sent codes', 'account and browser or network'),
  'messages to one from everywhere': brake('accounts.messages-to-one-from-all', 'sent codes', 'phone'),
  'messages from one place': brake('accounts.messages-from-place', 'sent codes', 'network'),
  'requests for level 1 a day': brake('accounts.level-one-a-day', 'forms for level 1', 'network'),
  'tries of a PIN': brake('access-links.pin-tries', 'pages behind a link with a PIN', 'link, else browser'),
  'tries without an account of one number from one place': brake(
    'families.tries-of-number-from-place',
    'what do I need, without an account',
    'network',
  ),
  'tries without an account of one number': brake('families.tries-of-number', 'the same', 'person'),
  'tries without an account from one place': brake('families.tries-from-place', 'the same', 'network'),
  'tries without an account of all': brake('families.tries-of-all', 'the same', 'installation'),
  'links of developers': brake('parties.links-asked', 'sign-in of developers', 'network'),

  'codes of consent': {
    doors: 'consent at a counter',
    who: 'person',
    measure: { by: 'number', where: '`counterConsent` of src/register/law.ts' },
    status: 429,
    code: 'consent-asked-often',
  },

  'changes of one’s own hour': {
    doors: 'hours at counters and sessions, booked and moved without an officer',
    who: 'person',
    measure: { by: 'rule', rule: 'planning.booking-changes-a-day' },
    status: 429,
    code: 'bookings-too-often',
  },
  'copies of one’s own data': {
    doors: 'the file and the print of one’s own data',
    who: 'person',
    measure: { by: 'rule', rule: 'citizens.copies-a-day' },
    status: 429,
    code: 'own-copies-today',
  },
  'open requests about one’s own data': {
    doors: 'requests about personal data, on own pages and at counters',
    who: 'person',
    measure: { by: 'rule', rule: 'data-protection.open-requests' },
    status: 429,
    code: 'data-request-many-open',
  },

  // Tries and quotas of relying parties.
  'wrong answers about a person': guessing('verification-slowed', 'person'),
  'too many wrong answers about a person': guessing('verification-stopped', 'person'),
  'wrong answers of a client': guessing('verification-client-slowed', 'client'),
  'too many wrong answers of a party': guessing('verification-client-stopped', 'party'),
  'numbers for one name': guessing('verification-numbers-stopped', 'party'),
  'quota of checks': {
    doors: 'checks of personal data',
    who: 'client',
    measure: { by: 'number', where: '`usualQuota` of src/parties/law.ts, or as an officer set it' },
    status: 429,
    code: 'verification-quota-over',
  },
  'quota of sign-ins': {
    doors: 'the OpenID provider',
    who: 'client',
    measure: { by: 'number', where: '`usualQuota` of src/parties/law.ts, or as an officer set it' },
    status: 429,
  },
} as const satisfies Readonly<Record<string, Limit>>

export type LimitId = keyof typeof limits

/** The rows, as they are read. */
export const limitRows = Object.entries(limits) as readonly (readonly [LimitId, Limit])[]

/** The status that a row answers with. */
export const statusOf = (id: LimitId): 429 | 503 => limits[id].status

/** The rates by the names that routes and endpoints give them. */
const rates = {
  general: 'requests of everybody',
  'officers-sign-in': 'requests of officers’ sign-in',
  'citizens-sign-in': 'requests of citizens’ sign-in',
  'own-pages': 'requests of own pages',
  activation: 'requests of activation',
  'level-one': 'requests for level 1',
  'developers-forms': 'requests of developers',
  receipts: 'requests of receipts',
  'access-links': 'requests of links',
  provider: 'requests at the provider',
  'parties-software': 'requests of parties’ software',
  stations: 'requests of stations',
  gateways: 'requests of gateways',
} as const satisfies Readonly<Record<RateId, LimitId>>

export const rateRow = (id: RateId): Limit => limits[rates[id]]
