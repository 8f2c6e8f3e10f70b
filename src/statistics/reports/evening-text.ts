import type { Language } from '../../platform/pages/html.ts'
import type { QuickSheet } from '../contract.ts'
import { namedInText } from '../law.ts'
import type { SheetPaper } from './sheet-notes.ts'
import { dayText, fillSheetText, momentText } from './sheet-numbers-and-days.ts'
import {
  aboveTexts,
  daySentence,
  extremes,
  forecastSentence,
  needSentence,
  notReportedText,
  plainSentence,
  recentSentence,
  type Sentence,
  stateSentence,
} from './sheet-sentence.ts'
import { sayMetric, saySheet } from './words.ts'

/**
 * The text that a commander pastes into the group in the evening: at most 15 plain lines, each whole by itself, without
 * a link and without a name of anybody, its author included.
 */
export function eveningText(sheet: QuickSheet, paper: SheetPaper, language: Language): string {
  const say = saySheet(language)
  const { highest, lowest, all } = extremes(sheet, language)
  const title = fillSheetText(say('title-unit'), {
    title: fillSheetText(say('title'), { day: dayText(sheet.day, language) }),
    name: sheet.whole.unit.name,
  })
  const lines = [
    paper.isDemonstration ? fillSheetText(say('in-brackets'), { text: title, note: say('demonstration') }) : title,
    aboutText(sheet, language),
    plainSentence(stateSentence(sheet, language)),
    plainSentence(daySentence(sheet, language)),
    sentenceText(needSentence(sheet, language)),
    plainSentence(recentSentence(sheet, language)),
    sentenceText(forecastSentence(sheet, language)),
    all,
    highest,
    lowest,
    notReportedText(sheet, paper, language, namedInText.unitsInEvening),
    ...aboveTexts(sheet, language, namedInText.unitsInEvening),
    reportStatusText(sheet, paper, language),
  ]
  return lines.filter(line => line !== undefined).join('\n')
}

const sentenceText = (sentence: Sentence | undefined) => sentence && plainSentence(sentence)

/** What is counted, of which campaign and group. */
export function aboutText({ campaign, metric, band }: QuickSheet, language: Language): string {
  const group = band && fillSheetText(saySheet(language)('band'), { name: band.name })
  return [`${campaign.title}.`, `${sayMetric(language)(metric)}.`, group].filter(Boolean).join(' ')
}

/** As of when, and whether it is published. */
export function reportStatusText(sheet: QuickSheet, paper: SheetPaper, language: Language): string {
  const say = saySheet(language)
  const known = fillSheetText(say('known-at'), {
    ...momentText(new Date(sheet.knownAt), language),
    edition: String(sheet.edition),
  })
  const { published } = paper
  const standing = published
    ? fillSheetText(say('published-as'), { code: published.code, issue: String(published.issue) })
    : say('draft-long')
  return `${known} ${standing}`
}
