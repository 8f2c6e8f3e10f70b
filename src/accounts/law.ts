import { addDays, asDay, type Day } from '../platform/day.ts'
import { type Asking, type LawReference, law, policy, referenceOn, ruleOn } from '../platform/law.ts'
import type { GrowingWait } from '../platform/throttling/growing-wait.ts'

/**
 * What the law of a day says of accounts: who, with which document, in how many days, and what becomes of an account
 * when its card ends; and the house's own limits. Accounts began with QĐ34/2021 on 9 November 2021; rows that begin
 * `since ever` are of it. Pure; limits in working days are reckoned in due-days.ts.
 */

/** From which age a person has an account of their own, by level; before it they are under a parent's or guardian's. */
export const ownAccountAges = law<Readonly<Record<1 | 2, number>>>('accounts.own-account-ages', [
  {
    from: '',
    value: { 1: 14, 2: 14 },
    article: 'Chapter VI',
    source: 'QĐ34/2021/QĐ-TTg',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
  {
    from: '2022-10-20',
    value: { 1: 14, 2: 14 },
    article: 'Art. 11(1)',
    source: 'NĐ59/2022',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
  {
    from: '2024-07-01',
    value: { 1: 0, 2: 6 },
    article: 'Art. 7(1)',
    source: 'NĐ69/2024',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/** The row of the law from which age somebody has an account of their own on a day. */
export const ageLaw = (day: Day, work: Asking): LawReference => referenceOn(ownAccountAges, day, work)

/** The first day of accounts: no report of one can be of a day before it. */
export const firstAccountDay = law<Day>('accounts.first-day', [
  { from: '', value: asDay('2021-11-09'), article: 'as a whole', source: 'QĐ34/2021/QĐ-TTg', confidence: 'medium' },
])

/** From which age everyone asks for an account by themselves. */
export const asksAloneAge = law('accounts.asks-alone-age', [
  {
    from: '',
    value: 14,
    article: 'Chapter VI',
    source: 'QĐ34/2021/QĐ-TTg',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
  {
    from: '2022-10-20',
    value: 14,
    article: 'Art. 11(1)',
    source: 'NĐ59/2022',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
  { from: '2024-07-01', value: 14, article: 'Art. 7, 10', source: 'NĐ69/2024', confidence: 'high' },
])

/** Who is younger is under a parent's phone. */
export const ownPhoneAge = law('accounts.own-phone-age', [
  { from: '', value: 14, article: 'Chapter VI', source: 'QĐ34/2021/QĐ-TTg', confidence: 'medium' },
  { from: '2022-10-20', value: 14, article: 'Art. 11', source: 'NĐ59/2022', confidence: 'medium' },
  { from: '2024-07-01', value: 14, article: 'Art. 10', source: 'NĐ69/2024', confidence: 'high' },
])

/** Who is younger has their activation confirmed by father, mother or guardian (domain.md 3.10). */
export const confirmedBelowAge = law('accounts.confirmed-below-age', [
  { from: '', value: 14, article: 'Art. 11', source: 'NĐ59/2022', confidence: 'medium' },
  { from: '2024-07-01', value: 14, article: 'Art. 14', source: 'NĐ69/2024', confidence: 'high' },
])

/** From which age somebody can represent another: full civil capacity. */
export const representativeAge = law('accounts.representative-age', [
  { from: '', value: 18, article: 'Art. 20', source: 'Civil Code 91/2015', confidence: 'high' },
])

/**
 * Whether a grown person under guardianship has an account of their own, which the guardian asks for, or none beside
 * the guardian's.
 */
export const wardAccounts = law<'under-guardian' | 'own'>(
  'accounts.ward-accounts',
  [
    {
      from: '',
      value: 'under-guardian',
      article: 'Art. 6',
      source: 'QĐ34/2021/QĐ-TTg',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2022-10-20',
      value: 'under-guardian',
      article: 'Art. 11(1)',
      source: 'NĐ59/2022',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2024-07-01',
      value: 'own',
      article: 'Art. 7, 10',
      source: 'NĐ69/2024',
      verifiedOn: '2026-11-29',
      confidence: 'medium',
    },
  ],
  { words: ['under-guardian', 'own'] },
)

const documents = ['card', 'card-or-application', 'none'] as const
export type RequiredDocument = (typeof documents)[number]
const acting = ['holder', 'representative'] as const

export type Admission = {
  readonly level: 1 | 2
  readonly fromAge: number
  readonly document: RequiredDocument
  readonly acts: (typeof acting)[number]
}

export const admissions = law<readonly Admission[]>(
  'accounts.admissions',
  [
    {
      from: '',
      value: [
        { level: 1, fromAge: 14, document: 'none', acts: 'holder' },
        { level: 2, fromAge: 14, document: 'card-or-application', acts: 'holder' },
      ],
      article: 'Chapter VI',
      source: 'QĐ34/2021/QĐ-TTg',
      confidence: 'medium',
    },
    {
      from: '2022-10-20',
      value: [
        { level: 1, fromAge: 14, document: 'card', acts: 'holder' },
        { level: 2, fromAge: 14, document: 'card-or-application', acts: 'holder' },
      ],
      article: 'Art. 11, 14',
      source: 'NĐ59/2022',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2024-07-01',
      value: [
        { level: 1, fromAge: 0, document: 'card', acts: 'representative' },
        { level: 2, fromAge: 6, document: 'card', acts: 'representative' },
        { level: 1, fromAge: 14, document: 'card', acts: 'holder' },
        { level: 2, fromAge: 14, document: 'card-or-application', acts: 'holder' },
      ],
      article: 'Art. 7, 10',
      source: 'NĐ69/2024',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
  ],
  { words: [...documents, ...acting] },
)

/**
 * By which document, and by whose act, somebody of an age has an account of a level; undefined where the law of the day
 * gives none.
 */
export const admissionOf = (level: 1 | 2, age: number, day: Day, work: Asking): Admission | undefined =>
  ruleOn(admissions, day, work).findLast(row => row.level === level && row.fromAge <= age)

export type DecisionDays = { readonly withCard: Readonly<Record<1 | 2, number>>; readonly withoutCard: number }

/**
 * Working days to decide a request, by level; of somebody without a card that holds, of either. Both decrees count them
 * from the day on which a complete and valid file was received: while something is missing they do not run, and what is
 * supplied begins them anew (`requests/supplement.ts`). How long the holder has for it, they do not say.
 * In the decision of 2021 no limit was seen.
 */
export const daysToDecide = law<DecisionDays>('accounts.working-days-to-decide', [
  {
    from: '',
    value: { withCard: { 1: 1, 2: 3 }, withoutCard: 7 },
    article: 'NĐ59/2022 Art. 17 is kept',
    source: 'QĐ34/2021/QĐ-TTg',
    confidence: 'low',
  },
  {
    from: '2022-10-20',
    value: { withCard: { 1: 1, 2: 3 }, withoutCard: 7 },
    article: 'Art. 17',
    source: 'NĐ59/2022',
    verifiedOn: '2026-11-30',
    confidence: 'high',
  },
  {
    from: '2024-07-01',
    value: { withCard: { 1: 1, 2: 3 }, withoutCard: 7 },
    article: 'Art. 13',
    source: 'NĐ69/2024',
    verifiedOn: '2026-11-30',
    confidence: 'high',
  },
])

/**
 * Calendar days from the notice of the result within which the holder activates by themselves; afterwards by the
 * hotline.
 */
export const daysToActivate = law('accounts.days-to-activate', [
  { from: '', value: 7, article: 'Art. 18', source: 'NĐ59/2022', confidence: 'medium' },
  { from: '2024-07-01', value: 7, article: 'Art. 14', source: 'NĐ69/2024', confidence: 'high' },
])

/** Of so many the column `accounts.account.last_day` is made, by which queues are in order. */
export const daysOfLastDay = 7

/** The last of them: who is told on the 20th, and has seven, has until the end of the 27th. */
export const activationDeadline = (noticedOn: Day, work: Asking): Day =>
  addDays(noticedOn, ruleOn(daysToActivate, noticedOn, work))

/**
 * The last day of an activation by slip: days that run go on as they were told; where none run they begin with the
 * paper.
 */
export const activationDeadlineOfSlip = (runUntil: Day | undefined, day: Day, work: Asking): Day =>
  runUntil && runUntil >= day ? runUntil : activationDeadline(day, work)

/** Working days for a demand: to forward it where whoever received it does not decide, and to decide it. */
export const demandDays = law<{ readonly forward: number; readonly decide: number }>('accounts.demand-working-days', [
  { from: '', value: { forward: 1, decide: 2 }, article: 'Art. 19', source: 'NĐ59/2022', confidence: 'medium' },
  {
    from: '2024-07-01',
    value: { forward: 1, decide: 2 },
    article: 'Art. 15',
    source: 'NĐ69/2024',
    confidence: 'high',
  },
])

export type CardRule = {
  /** What becomes of the account when the card ends: it is locked, or stays as it is. */
  readonly revoked: 'locks' | 'stays'
  readonly expired: 'locks' | 'stays'
  /** Whether the account is unlocked by itself when a new card is handed over. */
  readonly newCard: 'unlocks' | 'is-asked'
}

/**
 * NĐ59/2022: the card revoked, not the card expired; unlocking is asked for and decided. NĐ69/2024: locked and unlocked
 * with the card, when it expires too.
 */
export const cardRule = law<CardRule>(
  'accounts.card-ended',
  [
    {
      from: '',
      value: { revoked: 'locks', expired: 'stays', newCard: 'is-asked' },
      article: 'Art. 19',
      source: 'NĐ59/2022',
      confidence: 'high',
    },
    {
      from: '2024-07-01',
      value: { revoked: 'locks', expired: 'locks', newCard: 'unlocks' },
      article: 'Art. 15; LCC Art. 34',
      source: 'NĐ69/2024',
      confidence: 'high',
    },
  ],
  { words: ['locks', 'stays', 'unlocks', 'is-asked'] },
)

export const cardRuleOn = (day: Day, work: Asking): CardRule => ruleOn(cardRule, day, work)

/**
 * Whether the true owner of a number who registers it later gets it, and the first account is locked (NĐ69/2024; answer
 * of the ministry of 22 April 2026); before, one number was one account.
 */
export const phoneRule = law<'is-refused' | 'takes-it'>(
  'accounts.phone-of-another',
  [
    { from: '', value: 'is-refused', article: 'Art. 14', source: 'NĐ59/2022', confidence: 'medium' },
    { from: '2024-07-01', value: 'takes-it', article: 'Art. 10', source: 'NĐ69/2024', confidence: 'medium' },
  ],
  { words: ['is-refused', 'takes-it'] },
)

export const phoneRuleOn = (day: Day, work: Asking) => ruleOn(phoneRule, day, work)

const chipDemands = ['may', 'must'] as const
type ChipDemand = (typeof chipDemands)[number]

/**
 * Whether the chip of the holder's card must be read at the counter, or may be, where level 2 is asked for with the
 * card and where a slip is printed. `must` asks of each account for itself: a class gets no sheet of slips then.
 */
export const chipReadAtCounter = law<{ readonly raise: ChipDemand; readonly slip: ChipDemand }>(
  'accounts.chip-read-at-counter',
  [{ from: '', value: { raise: 'may', slip: 'may' }, source: 'house' }],
  { words: chipDemands },
)

/**
 * What is missing from a request: working days to bring it, and how often one may ask, so that nobody keeps a request
 * from its last day by asking again and again.
 */
export const supplementLimits = policy('accounts.supplement', { workingDays: 10, times: 2 })

/** Minutes that an attempt to activate waits for its next step. */
export const attemptMinutes = policy('accounts.attempt-minutes', 60)

/** A number that was sent: how long it is good, how often it is tried, and how long it is known as just used. */
export const sentCode = policy('accounts.sent-code', { minutes: 5, tries: 5, knownAsUsedMinutes: 5 })

/**
 * Days that a slip for a new passcode is good: handed out at a session and used within the fortnight. One that
 * activates is good as long as the account may be activated.
 */
export const slipDays = policy('accounts.slip-days', 14)

/** Requests for level 1 a day: whoever mistyped twice may try again; a school behind one address has classes. */
export const levelOneADay = policy('accounts.level-one-a-day', { number: 3, phone: 3, address: 200 })

/** Days that these counts are kept. */
export const levelOneCountedDays = policy('accounts.level-one-counted-days', 2)

/** Beginnings of an activation from one place: a class that activates together stands behind one address. */
export const activationsFromPlace = policy<GrowingWait>('accounts.activations-from-place', {
  free: 100,
  first: 2,
  longest: 300,
})

/**
 * Messages to one account, asked for at one place: the first goes at once, the next after a minute, then two, four,
 * eight …: eleven in a day at most, so that nobody's phone is bombed.
 */
export const messagesToOne = policy<GrowingWait>('accounts.messages-to-one', { free: 1, first: 60, longest: 86_400 })
/**
 * The same from all places together, of whoever knows no more than number and phone: whoever sweeps the page from one
 * place does not come so far, and does not keep the holder waiting elsewhere.
 */
export const messagesToOneFromAll = policy<GrowingWait>('accounts.messages-to-one-from-all', {
  free: 12,
  first: 60,
  longest: 86_400,
})
/** Messages asked for at one place: a class that activates together stands behind one address. */
export const messagesFromPlace = policy<GrowingWait>('accounts.messages-from-place', {
  free: 100,
  first: 30,
  longest: 900,
})

/** Wrong passcodes of a holder: three cost nothing, then each is waited for, longer each time. */
export const passcodeTries = policy<GrowingWait>('accounts.passcode-tries', { free: 3, first: 2, longest: 15 * 60 })

/** Second factors stand behind a first: five mistakes of one's own reading cost nothing. */
export const secondFactorTries = policy<GrowingWait>('accounts.second-factor-tries', {
  free: 5,
  first: 2,
  longest: 15 * 60,
})

/** Guesses at one account from many places: beyond these, strangers wait together; a known device does not. */
export const strangersGuesses = policy<GrowingWait>('accounts.strangers-guesses', {
  free: 20,
  first: 2,
  longest: 15 * 60,
})
/** Guesses at many accounts from one place, behind which a whole school may sit. */
export const guessesFromPlace = policy<GrowingWait>('accounts.guesses-from-place', { free: 200, first: 2, longest: 60 })

/** Guesses at slips from one place; a class that does it together is let in. */
export const slipGuesses = policy<GrowingWait>('accounts.slip-guesses', { free: 40, first: 2, longest: 300 })
/** Wrong data with which a slip is brought, until it ends. */
export const wrongDataEndSlip = policy('accounts.wrong-data-end-slip', 5)

/*
 * Limits of security and of the work at the counter. Plain numbers: no row of law.csv changes them.
 */

// factors/

/** Recovery codes that a holder gets at once. */
export const recoveryCodeCount = 10
/** Minutes that a challenge for a passkey is good, and that the browser waits for it. */
export const passkeyMinutes = 5

// slips/

/**
 * Hours after a reset by slip in which the account takes no new passkey, app, recovery codes or phone, and signs in
 * with one factor alone: long enough that whoever was away for a weekend reads the message and stops it.
 */
export const slipHoldHours = 72
/** Days that a phone which the account had before is told of a slip, too: whoever lost the account reads it there. */
export const formerPhoneDays = 30

// level-one/

/**
 * The picture that is sent for level 1; sides in pixels. ICAO Doc 9303-9 requires 90 pixels between the eyes, which a
 * portrait has whose shorter side is 360. No phone makes more than `mostPixels`, and a small file may claim any size. A
 * larger aspect ratio than `mostStretched` is no portrait, a lower spread of colours than `leastSpread` a blank
 * picture.
 */
export const levelOnePicture = {
  largestBytes: 5 * 1024 * 1024,
  leastSide: 360,
  mostPixels: 60_000_000,
  mostStretched: 2.5,
  leastSpread: 6,
  kept: { width: 1200, height: 1600 },
} as const
/** Minutes after which a request for level 1 that still waits has lost its job, and is taken up again. */
export const levelOneLostAfterMinutes = 5

// requests/, slips/

/** Days in which what a station captured has reached the house: its officer took a request so long before, at most. */
export const captureArrivalDays = policy('accounts.capture-arrival-days', 92)

/** Requests that an officer decides at once. */
export const decisionsAtOnce = 100
/** Slips in one printing. */
export const slipsAtOnce = 200

// queues/

/** How far back a decision page shows who opened the account, in ms (30 days), and how many looks at most. */
export const looksShownMilliseconds = 2_592_000_000
export const mostLooks = 12

/** How long a code that has ended is told from one that never was, in ms; policy of this installation. */
export const endedCodeKeptMilliseconds = 3_600_000
