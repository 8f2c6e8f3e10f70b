import type { Language } from '../../platform/pages/html.ts'
import type { QuickRow, QuickSheet } from '../contract.ts'
import { namedInText } from '../law.ts'
import type { SheetPaper } from './sheet-notes.ts'
import { dayText, exactPercentText, fillSheetText, numberText, paceText, wholeText } from './sheet-numbers-and-days.ts'
import { countsPeople, isDayNotReported, notReportedNames, rowsByRate, rowsInOrder } from './sheet-rows.ts'
import {
  isStepWord,
  type SheetMetric,
  sayAbove,
  sayBasis,
  sayDeed,
  sayNote,
  sayNoun,
  saySentence,
  sayStep,
} from './words.ts'

/** A stretch of a sentence; strong ones are what is read first. */
export type SentencePiece = { readonly text: string; readonly isStrong: boolean }
export type Sentence = readonly SentencePiece[]

export const plainSentence = (sentence: Sentence) => sentence.map(({ text }) => text).join('')

type Values = Readonly<Record<string, string>>

/** Stars are the template's own: a name that holds one stays as it is. */
export const fillSentence = (template: string, values: Values): Sentence =>
  template.split('*').map((text, i) => ({ text: fillSheetText(text, values), isStrong: i % 2 === 1 }))

function nounOf(metric: SheetMetric): Parameters<ReturnType<typeof sayNoun>>[0] {
  if (metric.startsWith('account')) return 'accounts'
  if (countsPeople(metric)) return 'people'
  if (metric.endsWith('-hours')) return 'hours'
  return metric === 'sites' ? 'sites' : 'sessions'
}

/** How far the whole has come. */
export function stateSentence({ whole, metric }: QuickSheet, language: Language): Sentence {
  const say = saySentence(language)
  const of = whole.rate ? whole.target : whole.rateOfMembers && countsPeople(metric) ? whole.members : null
  const count = say(whole.rate ? 'count-of-target' : 'count-alone')
  const deed = fillSheetText(sayDeed(language)(metric), { count })
  const frame = of === null ? 'whole-alone' : whole.rate ? 'whole-of-target' : 'whole-of-members'
  return fillSentence(fillSheetText(say(frame), { deed }), {
    whole: wholeText(say('the-whole'), whole.unit.name, language),
    done: numberText(whole.cumulative, language),
    target: numberText(whole.target ?? 0, language),
    noun: sayNoun(language)(nounOf(metric)),
    floor: numberText((whole.rate ?? whole.rateOfMembers)?.floorPercent ?? 0, language),
    exact: of === null ? '' : exactPercentText(whole.cumulative, of, language),
  })
}

export const daySentence = ({ whole: { today } }: QuickSheet, language: Language): Sentence =>
  fillSentence(saySentence(language)(today < 0 ? 'lost' : 'gained'), { n: numberText(Math.abs(today), language) })

/** What is still to be done and by when; undefined without a target. */
export function needSentence(sheet: QuickSheet, language: Language): Sentence | undefined {
  const { whole, dueOn, workingDaysLeft: days } = sheet
  if (whole.target === null) return undefined
  const say = saySentence(language)
  const remaining = whole.target - whole.cumulative
  const values = {
    more: numberText(-remaining, language),
    remaining: numberText(remaining, language),
    due: dueOn ? dayText(dueOn, language) : '',
    days: numberText(days ?? 0, language),
    needed: numberText(whole.neededPerWorkingDay ?? (days ? Math.ceil(remaining / days) : 0), language),
  }
  if (remaining <= 0) return fillSentence(say(remaining < 0 ? 'reached-more' : 'reached'), values)
  if (!dueOn) return fillSentence(say('need-no-due'), values)
  if (dueOn < sheet.day) return fillSentence(say('need-past'), values)
  return fillSentence(say(days ? 'need' : 'need-no-days'), values)
}

/** Undefined without a forecast, and once the due day is over. */
export function forecastSentence(
  { whole: { forecast }, dueOn, day }: QuickSheet,
  language: Language,
): Sentence | undefined {
  if (!forecast || !dueOn || dueOn <= day) return undefined
  const { low, mid, high } = forecast
  const key = low === high ? 'forecast-one' : 'forecast'
  return fillSentence(saySentence(language)(key), {
    low: numberText(low, language),
    mid: numberText(mid, language),
    high: numberText(high, language),
  })
}

export const recentSentence = ({ whole }: QuickSheet, language: Language): Sentence =>
  fillSentence(saySentence(language)('recent'), { n: paceText(whole.recentPerWorkingDay, language) })

/** The sheet in the words that are read aloud. */
export const sentencesOf = (sheet: QuickSheet, language: Language): Sentence[] =>
  [
    stateSentence(sheet, language),
    daySentence(sheet, language),
    needSentence(sheet, language),
    forecastSentence(sheet, language),
  ].filter(found => found !== undefined)

/** At most so many names, and how many more there are. */
export function namesText(names: readonly string[], most: number, language: Language): string {
  if (names.length <= most + 1) return names.join(', ')
  return fillSheetText(sayNote(language)('and-more'), {
    names: names.slice(0, most).join(', '),
    n: numberText(names.length - most, language),
  })
}

/** The best and the worst by rate, at most three of each and never one in both; of three or fewer, all in one line. */
export function extremes(sheet: QuickSheet, language: Language): { highest?: string; lowest?: string; all?: string } {
  const say = sayNote(language)
  const rows = rowsByRate(sheet)
  const list = (some: typeof rows) =>
    some.map(({ unit, rate }) => rankedText(unit.name, rate.floorPercent, language)).join(', ')
  if (rows.length === 0) return {}
  if (rows.length <= 3) return { all: fillSheetText(say('by-rate'), { names: list(rows) }) }
  const some = Math.min(3, Math.floor(rows.length / 2))
  return {
    highest: fillSheetText(say('highest'), { names: list(rows.slice(0, some)) }),
    lowest: fillSheetText(say('lowest'), { names: list(rows.slice(-some).reverse()) }),
  }
}

/** "Phường 1 11%" would be read as 111. */
const rankedText = (name: string, percent: number, language: Language) =>
  fillSheetText(sayNote(language)(/\d$/.test(name) ? 'ranked-number' : 'ranked'), {
    name,
    floor: numberText(percent, language),
  })

/** Who has entered nothing on the day; undefined where nobody is asked. */
export function notReportedText(
  sheet: QuickSheet,
  paper: SheetPaper,
  language: Language,
  most: number,
): string | undefined {
  const say = sayNote(language)
  const names = notReportedNames(sheet, paper)
  const values = { n: numberText(names.length, language), names: namesText(names, most, language) }
  if (names.length > 0) return fillSheetText(say(names.length === 1 ? 'silent-one' : 'silent'), values)
  if (sheet.below.length > 0) return say('silent-none')
  return isDayNotReported(sheet.whole) ? say('silent-self') : undefined
}

/** Why units, or the whole, stand above their targets: a line a cause. */
export function aboveTexts(sheet: QuickSheet, language: Language, most: number): string[] {
  const causes = Map.groupBy([sheet.whole, ...rowsInOrder(sheet)], ({ above }) => above)
  return [...causes].flatMap(([cause, rows]) => {
    if (cause === null) return []
    const names = rows.map(({ unit }) => unit.name)
    return [fillSheetText(sayAbove(language)(cause), { names: namesText(names, most, language) })]
  })
}

/** Of the way to the figure, the step before which most stopped. */
function stoppedText({ metric }: QuickSheet, { funnel }: SheetPaper, language: Language): string | undefined {
  const worst = stepsOf(metric, funnel)
    .filter(({ stopped }) => stopped > 0)
    .toSorted((a, b) => b.stopped - a.stopped)[0]
  const key = `before-${worst?.metric}`
  return worst && isStepWord(key)
    ? fillSheetText(sayStep(language)(key), { n: numberText(worst.stopped, language) })
    : undefined
}

/** The steps of the way that a metric lies on; none for what counts no people. */
export function stepsOf(
  metric: SheetMetric,
  funnel: SheetPaper['funnel'],
): NonNullable<SheetPaper['funnel']>['ways'][number]['steps'] {
  if (!countsPeople(metric)) return []
  const way = metric.startsWith('account') ? 'account' : 'card'
  return funnel?.ways.find(found => found.way === way)?.steps ?? []
}

function handedText({ whole, below }: QuickSheet, language: Language): string | undefined {
  if (whole.target === null || below.length === 0) return undefined
  const { notHandedDown: n } = whole
  return fillSheetText(sayNote(language)(n === 0 ? 'handed-down' : n > 0 ? 'not-handed' : 'over-handed'), {
    n: numberText(Math.abs(n), language),
  })
}

function outsideText(figure: NonNullable<SheetPaper['outside']>[number], language: Language): string {
  const say = sayNote(language)
  const { unit, source, day, value, ours, difference, note } = figure
  const key = difference === 0 ? 'outside-same' : difference > 0 ? 'outside-more' : 'outside-less'
  const line = fillSheetText(say('outside'), {
    name: unit.name,
    source,
    day: dayText(day, language),
    value: numberText(value, language),
    ours: numberText(ours, language),
    difference: fillSheetText(say(key), { n: numberText(Math.abs(difference), language) }),
  })
  return note ? fillSheetText(say('outside-note'), { line, note }) : line
}

function outsideTexts({ outside = [] }: SheetPaper, language: Language): string[] {
  const worst = outside
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, namedInText.outsideFigures)
  const others = outside.length - worst.length
  const more =
    others > 0 ? [fillSheetText(sayNote(language)('outside-others'), { n: numberText(others, language) })] : []
  return [...worst.map(figure => outsideText(figure, language)), ...more]
}

const hasMoved = ({ members, frozen }: QuickRow) => members !== frozen && frozen > 0

/** What the reader must know beside the table: each one whole sentence. */
export function notesOf(sheet: QuickSheet, paper: SheetPaper, language: Language): string[] {
  const say = sayNote(language)
  const { lowest, all } = extremes(sheet, language)
  const { whole, elsewhere, waiting, metric } = sheet
  const people = { members: numberText(whole.members, language), frozen: numberText(whole.frozen, language) }
  return [
    all ?? lowest,
    stoppedText(sheet, paper, language),
    notReportedText(sheet, paper, language, 8),
    handedText(sheet, language),
    countsPeople(metric) && hasMoved(whole) ? fillSheetText(say('cohort-moved'), people) : undefined,
    whole.opening ? fillSheetText(say('opening'), { n: numberText(whole.opening.cumulative, language) }) : undefined,
    ...aboveTexts(sheet, language, 8),
    elsewhere.members > 0 ? fillSheetText(say('elsewhere'), { n: numberText(elsewhere.members, language) }) : undefined,
    waiting > 0 ? fillSheetText(say('waiting'), { n: numberText(waiting, language) }) : undefined,
    ...outsideTexts(paper, language),
  ].filter(text => text !== undefined)
}

/** How the figures are counted, so that nobody argues about 16 or 17. */
export function methodOf(sheet: QuickSheet, language: Language): string[] {
  const say = sayNote(language)
  const { campaign, metric, below, whole, map } = sheet
  const past = whole.forecast?.calibration
  return [
    whole.target === null ? undefined : say('method-rate'),
    countsPeople(metric)
      ? fillSheetText(say('method-people'), { basis: basisText(campaign.basis, language) })
      : say('method-work'),
    whole.neededPerWorkingDay === null ? undefined : say('method-need'),
    [whole, ...below].some(({ planned }) => planned !== null) ? say('method-bar') : undefined,
    below.some(isDayNotReported) ? say('method-silent') : undefined,
    whole.forecast ? say('method-forecast') : undefined,
    whole.forecast?.cappedAt === undefined
      ? undefined
      : fillSheetText(say('method-capped'), { n: numberText(whole.forecast.cappedAt, language) }),
    countsPeople(metric) && whole.target !== null && whole.target > whole.members
      ? fillSheetText(say('method-target-above'), {
          target: numberText(whole.target, language),
          n: numberText(whole.members, language),
        })
      : undefined,
    past && past.made > 0
      ? fillSheetText(say('method-past'), {
          made: numberText(past.made, language),
          inside: numberText(past.inside, language),
        })
      : undefined,
    fillSheetText(say(below.length > 0 ? 'method-map' : 'method-map-alone'), {
      map,
      n: numberText(below.length, language),
    }),
  ].filter(text => text !== undefined)
}

const bases = ['school', 'permanent', 'temporary', 'current'] as const

function basisText(basis: string, language: Language): string {
  const known = bases.find(found => found === basis)
  return known ? sayBasis(language)(known) : basis
}
