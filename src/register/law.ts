import { law, policy } from '../platform/law.ts'

/** What the law says of corrections, and the house's own limits. */

/**
 * Working days in which the police decide a request to correct what the register says. Of NĐ137/2015 and TT59/2021 no
 * limit was seen: until then it is the house's own.
 */
export const correctionDays = law('register.correction-working-days', [
  { from: '', value: 2, source: 'house' },
  { from: '2024-07-01', value: 2, article: 'Art. 6', source: 'NĐ70/2024', confidence: 'high' },
])

/**
 * Working days in which the police of the residence correct what is written of it, from complete papers. Law 68/2020
 * Art. 26 was not read in full text: three days is what procedures of that article are published with.
 */
export const residenceCorrectionDays = law('register.residence-correction-working-days', [
  { from: '', value: 3, article: 'Art. 26', source: 'Law 68/2020/QH14', confidence: 'low' },
])

/** The form on which a change of residence is declared, and the circulars that issued it. */
export const residenceForms = law<Readonly<Record<'codes' | 'circulars', readonly string[]>>>(
  'register.residence-forms',
  [
    {
      from: '',
      value: { codes: ['CT01'], circulars: ['TT56/2021'] },
      article: 'annex',
      source: 'TT56/2021/TT-BCA',
      confidence: 'medium',
    },
    {
      from: '2024-01-01',
      value: { codes: ['CT01'], circulars: ['TT56/2021', 'TT66/2023'] },
      article: 'Art. 2',
      source: 'TT66/2023/TT-BCA',
      confidence: 'medium',
    },
    {
      from: '2025-07-01',
      value: { codes: ['CT01'], circulars: ['TT56/2021', 'TT66/2023', 'TT53/2025'] },
      article: 'annex',
      source: 'TT53/2025/TT-BCA',
      confidence: 'medium',
    },
  ],
)

/** TT59/2021 issued no form, but this house has named it on its papers. */
const circularsUntil2024 = ['TT66/2015', 'TT41/2019', 'TT104/2020', 'TT59/2021'] as const

/**
 * The forms on which a correction is asked for, and the circulars that issued them: one code has meant different forms,
 * and a form of an older circular may still be handed in. docs/domain.md 2D.
 */
export const correctionForms = law<Readonly<Record<'codes' | 'circulars', readonly string[]>>>(
  'register.correction-forms',
  [
    {
      from: '',
      value: { codes: ['DC02'], circulars: circularsUntil2024 },
      article: 'Art. 18, 19; Art. 1',
      source: 'TT66/2015; TT41/2019; TT104/2020',
      confidence: 'medium',
    },
    {
      from: '2024-07-01',
      value: { codes: ['DC02'], circulars: [...circularsUntil2024, 'TT17/2024'] },
      article: 'Art. 9(2)',
      source: 'TT17/2024/TT-BCA',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2025-07-01',
      value: { codes: ['DC02'], circulars: [...circularsUntil2024, 'TT17/2024', 'TT53/2025'] },
      article: 'annex',
      source: 'TT53/2025/TT-BCA',
      confidence: 'medium',
    },
  ],
)

type PageForm = { readonly code: string; readonly version: string }

/**
 * The forms that officers' pages name as received: of collecting somebody, correcting, and cancelling a number for
 * another, which is asked for on DC02. TT59/2021 says how they are used and issued none.
 */
export const formsOfPages = law<Readonly<Record<'collection' | 'correction' | 'newNumber' | 'residence', PageForm>>>(
  'register.forms-of-pages',
  [
    {
      from: '',
      value: {
        collection: { code: 'DC01', version: 'TT104/2020' },
        correction: { code: 'DC02', version: 'TT104/2020' },
        newNumber: { code: 'DC02', version: 'TT104/2020' },
        residence: { code: 'CT01', version: 'TT56/2021' },
      },
      article: 'Art. 18; Art. 1(1)',
      source: 'TT66/2015; TT104/2020/TT-BCA',
      verifiedOn: '2026-11-29',
      confidence: 'medium',
    },
    {
      from: '2024-07-01',
      value: {
        collection: { code: 'DC01', version: 'TT17/2024' },
        correction: { code: 'DC02', version: 'TT17/2024' },
        newNumber: { code: 'DC02', version: 'TT17/2024' },
        residence: { code: 'CT01', version: 'TT66/2023' },
      },
      article: 'Art. 9(1), 9(2)',
      source: 'TT17/2024/TT-BCA',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2025-07-01',
      value: {
        collection: { code: 'DC01', version: 'TT53/2025' },
        correction: { code: 'DC02', version: 'TT17/2024' },
        newNumber: { code: 'DC02', version: 'TT17/2024' },
        residence: { code: 'CT01', version: 'TT53/2025' },
      },
      article: 'annex',
      source: 'TT53/2025; TT17/2024',
      confidence: 'medium',
    },
  ],
)

/** Minutes that a look-up by number stands for having the person's papers at hand. */
export const lookUpMinutes = policy('register.look-up-minutes', 30)

/**
 * What opens a person to a unit that is not theirs: a row of a roll and the candidates of one, a referred row, a
 * correction, an application, a card on its way, a session, a booking; an opening that was asked for by itself; and
 * the person's own consent at a counter.
 */
export const caseKinds = [
  'roll-row',
  'roll-review',
  'roll-hand-on',
  'correction',
  'application',
  'card',
  'session',
  'booking',
  'opening',
  'counter',
] as const
export type CaseKind = (typeof caseKinds)[number]

/**
 * Days that a case stays open where nothing closes it sooner: a pupil's row for a school year, doubts and requests
 * until somebody should have decided, a card until it lies uncollected for long. Whoever consents at a counter is open
 * on that day alone.
 */
export const caseDays = policy<Readonly<Record<Exclude<CaseKind, 'counter'>, number>>>('register.case-days', {
  'roll-row': 400,
  'roll-review': 30,
  'roll-hand-on': 30,
  correction: 15,
  application: 400,
  card: 800,
  session: 60,
  booking: 60,
  opening: 5,
})

/**
 * A person consents at the counter of another unit: so many minutes for the code or for the second officer with the
 * paper, so many wrong codes, so many codes to one person in an hour, and so many minutes until the record is
 * shut though nobody ended it.
 */
export const counterConsent = policy('register.counter-consent', {
  minutes: 10,
  tries: 5,
  codesInHour: 3,
  openMinutes: 60,
})

/** From which age a person consents alone; for a child the representative does. */
export const consentsAloneAge = policy('register.consents-alone-age', 14)

/** Digits of the code by which a person consents. */
export const consentCodeDigits = 6

/** Days back that superiors are shown who was served at counters with their consent, and the rows of the list. */
export const consentsShown = { days: 90, most: 200 } as const

/** Days back that superiors are shown which cases ended and nothing was decided; and the rows of the list. */
export const endedCasesShown = { days: 90, most: 200 } as const

const stayParts = ['name', 'birth-date', 'number', 'reason', 'term', 'address'] as const
const stayNotifiers = ['household', 'lodging', 'guest'] as const

/**
 * Stays (lưu trú): who gives notice of a guest and what the notice holds; whoever stays as many days as `shorterThan`
 * registers a temporary residence instead (Art. 27). Notice is given before 23:00, or 08:00 of the next day.
 */
export const stayNotices = law<{
  readonly shorterThan: number
  readonly parts: readonly string[]
  readonly by: readonly string[]
}>(
  'register.stay-notices',
  [
    {
      from: '',
      value: { shorterThan: 30, parts: ['name', 'reason', 'term', 'address'], by: ['household', 'lodging'] },
      article: 'Art. 30, 31',
      source: 'Residence Law 81/2006/QH11',
      confidence: 'low',
    },
    {
      from: '2021-07-01',
      value: { shorterThan: 30, parts: ['name', 'number', 'reason', 'term', 'address'], by: ['household', 'lodging'] },
      article: 'Art. 2(6), 27(1), 30',
      source: 'Residence Law 68/2020/QH14',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2026-07-01',
      value: {
        shorterThan: 30,
        parts: ['name', 'birth-date', 'number', 'reason', 'term', 'address'],
        by: ['household', 'lodging', 'guest'],
      },
      article: 'Art. 30, as amended by Art. 4(9) of Law 118/2025/QH15',
      source: 'Residence Law 68/2020/QH14; Law 118/2025/QH15',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
  ],
  { words: [...stayParts, ...stayNotifiers] },
)

/**
 * From how many months on an absence (tạm vắng) has to be declared: of men of the age of military service beyond their
 * district, of everyone beyond their commune; and until which age parents or guardians declare it. Absences that a
 * court or an agency supervises (Art. 31(1)(a), (b)) are kept by that agency and not here. What Law 118/2025 changed in
 * Art. 31 was not seen.
 */
export const absenceDeclarations = law('register.absence-declarations', [
  {
    from: '',
    value: { serviceFrom: 18, serviceBelow: 28, serviceMonths: 3, anyoneMonths: 12, declaresFrom: 18 },
    article: 'Art. 31; Art. 30',
    source: 'Residence Law 68/2020/QH14; Law on Military Service 78/2015/QH13',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
  {
    from: '2026-07-01',
    value: { serviceFrom: 18, serviceBelow: 28, serviceMonths: 3, anyoneMonths: 12, declaresFrom: 18 },
    article: 'Art. 31, as amended by Art. 4 of Law 118/2025/QH15',
    source: 'Residence Law 68/2020/QH14; Law 118/2025/QH15',
    confidence: 'low',
  },
])

/** From which age somebody has full civil capacity: only they have, or are, a guardian of a grown person. */
export const fullCapacityAge = law('register.full-capacity-age', [
  { from: '', value: 18, article: 'Art. 20, 22, 23, 49', source: 'Civil Code 91/2015', confidence: 'high' },
])

/** Months that a notice of a stay is kept after its last night. No act was seen that says how long. */
export const staysKept = policy('register.stays-kept-months', 24)

/** Days of which a list tells who came and went, and its rows at a time. */
export const movementsShown = { days: 366, rows: 200 } as const

/** Years back that a person is shown who looked at their data. */
export const readersYears = law('register.readers-years', [
  { from: '', value: 5, article: 'Art. 21', source: 'NĐ59/2022', confidence: 'high' },
])

/**
 * People that a search shows: who asks narrows the question and does not leaf through others. More are found than are
 * shown, so that those stand first that agree in marks too.
 */
export const searchLimits = { shown: 50, found: 400 } as const

/** Days in which two records that were merged can be parted again, while nothing was built on it. */
export const mergeUndoDays = policy('register.merge-undo-days', 30)

/** People of a commune whose twins are looked for in one step of the list, and the pairs that a page shows. */
export const twinLimits = { people: 2000, shown: 50 } as const
