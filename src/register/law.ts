import { law, policy } from '../platform/law.ts'

/** What the law says of corrections, and the house's own limits. No row was compared with the text of its act yet. */

/** Working days in which the police decide a request to correct what the register says. */
export const correctionDays = law('register.correction-working-days', [
  { from: '', value: 2, article: 'Art. 6', source: 'NĐ70/2024' },
])

/** Minutes that a look-up by number stands for having the person's papers at hand. */
export const lookUpMinutes = policy('register.look-up-minutes', 30)

/** Years back that a person is shown who looked at their data. */
export const readersYears = law('register.readers-years', [
  { from: '', value: 5, article: 'Art. 21', source: 'NĐ59/2022' },
])

/**
 * People that a search shows: who asks narrows the question and does not leaf through others. More are found than are
 * shown, so that those stand first that agree in marks too.
 */
export const searchLimits = { shown: 50, found: 400 } as const
