import { type Day, yearOf } from '../platform/day.ts'
import { type Asking, law, policy, ruleOn } from '../platform/law.ts'

/** What the law of a school year says of who is at school, and the house's own limits. Pure. */

export const stages = ['primary', 'lower-secondary', 'upper-secondary'] as const
export type Stage = (typeof stages)[number]

export type Ages = readonly [from: number, to: number]

export type SchoolAges = {
  readonly compulsory: Ages
  readonly older: Ages
  readonly stages: Readonly<Record<Stage, Ages>>
}

/**
 * Ages are those that a child reaches in the year in which the school year begins (by year of birth, as schools enrol):
 * primary from 6, lower secondary to 14, and those of 15 to 18 who have not finished it; since the Education Law of
 * 2019 upper secondary is of 15 to 17. `compulsory` are the ages of primary and lower secondary school, which are
 * universal (phổ cập); which of them is compulsory (bắt buộc) says `compulsoryStages`. [K; medium: domain.md 6.10]
 */
export const schoolAges = law<SchoolAges>('rolls.school-ages', [
  {
    from: '',
    value: {
      compulsory: [6, 14],
      older: [15, 18],
      stages: { primary: [6, 10], 'lower-secondary': [11, 14], 'upper-secondary': [15, 18] },
    },
    article: 'Art. 6–13',
    source: 'NĐ20/2014',
    confidence: 'medium',
  },
  {
    from: '2020-07-01',
    value: {
      compulsory: [6, 14],
      older: [15, 17],
      stages: { primary: [6, 10], 'lower-secondary': [11, 14], 'upper-secondary': [15, 17] },
    },
    article: 'Art. 14, 28',
    source: 'Education Law 43/2019/QH14',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
])

/**
 * The stages that are compulsory (giáo dục bắt buộc): primary school; since the law of 2025 lower secondary school too.
 * Until then lower secondary school, and always the preschool of five-year-olds, is universal (phổ cập) alone.
 */
export const compulsoryStages = law<readonly Stage[]>(
  'rolls.compulsory-stages',
  [
    {
      from: '',
      value: ['primary'],
      article: 'Art. 1',
      source: 'Law on universal primary education 1991',
      confidence: 'medium',
    },
    {
      from: '2020-07-01',
      value: ['primary'],
      article: 'Art. 14(1)',
      source: 'Education Law 43/2019/QH14',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
    {
      from: '2026-01-01',
      value: ['primary', 'lower-secondary'],
      article: 'Art. 14, as amended',
      source: 'Education Law 43/2019/QH14; Law 123/2025/QH15',
      verifiedOn: '2026-11-29',
      confidence: 'medium',
    },
  ],
  { words: stages },
)

/** From this month on people mean the school year that comes; it begins in September. */
export const schoolYearMonth = policy('rolls.school-year-month', 8)

/** The year in which the school year of a day begins. */
export const firstYearOn = (day: Day, work: Asking): number =>
  yearOf(day) - (Number(day.slice(5, 7)) >= ruleOn(schoolYearMonth, day, work) ? 0 : 1)

/** The school year in which a day falls: '2022-2023'. */
export function schoolYearOn(day: Day, work: Asking): string {
  const first = firstYearOn(day, work)
  return `${first}-${first + 1}`
}

/**
 * Ages that those who sit the exams of a school year reach in the year in which it begins: the last classes of both
 * stages, and who is a year behind.
 */
export const examAges = policy<readonly number[]>('rolls.exam-ages', [18, 17, 15, 14])

/** Their years of birth: in 2022-2023 those born 2004, 2005, 2007 and 2008. */
export const examYearsOn = (day: Day, work: Asking): readonly number[] =>
  ruleOn(examAges, day, work).map(age => firstYearOn(day, work) - age)

/**
 * Preschools take children from three months to six years: groups (nhà trẻ) until three, classes (mẫu giáo) of three,
 * four and five years, which schools call mầm, chồi, lá; who is behind, or disabled, may be older by a year. [TT52/2020
 * Art. 13 by memory; medium] A plain number: it only tells what a date of two digits means.
 */
export const oldestInPreschool = 7

/** Nobody older is a pupil of any school, continuing education apart, whose older pupils their own ward sees. */
export const oldestPupil = policy('rolls.oldest-pupil', 30)

/**
 * A roll on which more than this share of all rows, and at least so many, are people who live outside the school's area
 * waits until another officer, of the police, accepts it; within so many working days.
 */
export const strangersOnRoll = policy('rolls.strangers', { share: 0.5, least: 3, workingDays: 3 })

/**
 * A roll that ends more than this share of the pupils of the roll in force, and at least so many, or of which the
 * register knows nobody in more than this share, waits until its sender says that it is meant so.
 */
export const unlikeRoll = policy('rolls.unlike', { share: 0.5, least: 10 })

/**
 * Working days for a follow-up: papers are put right some days before the team comes, so that the lists are right by
 * then; and as long as nobody has said when it comes, within some.
 */
export const followUpDays = policy('rolls.follow-up-working-days', { beforeVisit: 3, withoutVisit: 10 })

/** A living pupil who is dead on record is looked at as fast as a request is decided. */
export const deceasedDays = law('rolls.deceased-working-days', [
  { from: '', value: 2, source: 'house' },
  { from: '2024-07-01', value: 2, article: 'Art. 6', source: 'NĐ70/2024', confidence: 'high' },
])

// Limits of a roll that is sent. Plain numbers, as those below: no row of law.csv changes them.

/**
 * The largest file, in bytes, and its rows: the largest school has some five thousand pupils, and the rows of a whole
 * district in one file are still read.
 */
export const rollFileLimits = { bytes: 30 * 1024 * 1024, rows: 60_000 } as const

/** Rows whose numbers a school is given at once: a class or two, named one by one. */
export const mostReleased = 100

/**
 * Reading a roll that is sent, apart from the server: threads, seconds for one file (the largest school takes two, the
 * most rows ten), and files that wait for a thread. At the doors no work is open meanwhile.
 */
export const rollReading = { threads: 2, seconds: 90, waiting: 6 } as const

/** How often a roll is taken in from its beginning where another's work was in its way. */
export const rollImportTries = 5

// The review of doubtful rows.

/** Minutes that a row is one officer's; the page that shows it renews the claim while it is open. */
export const claimMinutes = 5

/** Hours and number of an officer's last decisions that can be undone; a session ends after twelve hours. */
export const undoable = { hours: 12, deeds: 500 } as const

/** Minutes of a pause after which a new sitting begins, for the pace of an officer. */
export const longestPauseMinutes = 10

/** Rows that come next, shown beside the one that is reviewed. */
export const upcomingRowCount = 5

/** Classmates of one address that are still a home; more are a village. */
export const largestHousehold = 3

/** From this share of the likelihood on a second candidate is weighed against the first. */
export const leastRivalShare = 0.05

/** A child on no roll who is at least this likely a row's pupil is undecided. */
export const leastLikelyPupil = 0.07
