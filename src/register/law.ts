import { law, policy } from '../platform/law.ts'

/** What the law says of corrections, and the house's own limits. No row was compared with the text of its act yet. */

/** Working days in which the police decide a request to correct what the register says. */
export const correctionDays = law('register.correction-working-days', [
  { from: '', value: 2, article: 'Art. 6', source: 'NĐ70/2024' },
])

/**
 * The forms on which a correction is asked for, and the circulars that issued them: one code has meant different forms,
 * and a form of an older circular may still be handed in. docs/domain.md 2D.
 */
export const correctionForms = law<Readonly<Record<'codes' | 'circulars', readonly string[]>>>(
  'register.correction-forms',
  [
    {
      from: '',
      value: {
        codes: ['DC02'],
        circulars: ['TT66/2015', 'TT41/2019', 'TT104/2020', 'TT59/2021', 'TT17/2024', 'TT53/2025'],
      },
      source: 'TT66/2015; TT41/2019; TT104/2020; TT59/2021; TT17/2024; TT53/2025',
    },
  ],
)

/** The forms that officers' pages name as received: of collecting somebody, correcting, and making a number anew. */
export const formsOfPages = {
  collection: { code: 'DC01', version: 'TT 59/2021/TT-BCA' },
  correction: { code: 'DC02', version: 'TT 59/2021/TT-BCA' },
  newNumber: { code: 'DC01', version: 'TT 59/2021/TT-BCA' },
} as const

/** Minutes that a look-up by number stands for having the person's papers at hand. */
export const lookUpMinutes = policy('register.look-up-minutes', 30)

/**
 * What opens a person to a unit that is not theirs: a row of a roll and the candidates of one, a referred row, a
 * correction, an application, a card on its way, a session; and an opening that was asked for by itself.
 */
export const caseKinds = [
  'roll-row',
  'roll-review',
  'roll-hand-on',
  'correction',
  'application',
  'card',
  'session',
  'opening',
] as const
export type CaseKind = (typeof caseKinds)[number]

/**
 * Days that a case stays open where nothing closes it sooner: a pupil's row for a school year, doubts and requests
 * until somebody should have decided, a card until it lies uncollected for long.
 */
export const caseDays = policy<Readonly<Record<CaseKind, number>>>('register.case-days', {
  'roll-row': 400,
  'roll-review': 30,
  'roll-hand-on': 30,
  correction: 15,
  application: 400,
  card: 800,
  session: 60,
  opening: 5,
})

/** Days back that superiors are shown which cases ended and nothing was decided; and the rows of the list. */
export const endedCasesShown = { days: 90, most: 200 } as const

/** Years back that a person is shown who looked at their data. */
export const readersYears = law('register.readers-years', [
  { from: '', value: 5, article: 'Art. 21', source: 'NĐ59/2022' },
])

/**
 * People that a search shows: who asks narrows the question and does not leaf through others. More are found than are
 * shown, so that those stand first that agree in marks too.
 */
export const searchLimits = { shown: 50, found: 400 } as const
