import type { Language } from '../../platform/pages/html.ts'
import type { QuickSheet } from '../contract.ts'
import { dayText, filled, momentOf, type Paper } from './sheet-paper.ts'
import {
  aboveTexts,
  daySentence,
  extremes,
  forecastSentence,
  needSentence,
  plain,
  recentSentence,
  type Sentence,
  silentText,
  stateSentence,
} from './sheet-sentence.ts'
import { sayMetric, saySheet } from './words.ts'

/** More names than these no longer fit a phone. */
const mostNames = 10

/**
 * The text that a commander pastes into the group in the evening: at most 15 plain lines, each whole by itself, without
 * a link and without a name of anybody, its author included.
 */
export function eveningText(sheet: QuickSheet, paper: Paper, language: Language): string {
  const say = saySheet(language)
  const { highest, lowest, all } = extremes(sheet, language)
  const title = filled(say('title-unit'), {
    title: filled(say('title'), { day: dayText(sheet.day) }),
    name: sheet.whole.unit.name,
  })
  const lines = [
    paper.isDemonstration ? filled(say('in-brackets'), { text: title, note: say('demonstration') }) : title,
    aboutText(sheet, language),
    plain(stateSentence(sheet, language)),
    plain(daySentence(sheet, language)),
    textOf(needSentence(sheet, language)),
    plain(recentSentence(sheet, language)),
    textOf(forecastSentence(sheet, language)),
    all,
    highest,
    lowest,
    silentText(sheet, paper, language, mostNames),
    ...aboveTexts(sheet, language, mostNames),
    standingText(sheet, paper, language),
  ]
  return lines.filter(line => line !== undefined).join('\n')
}

const textOf = (sentence: Sentence | undefined) => sentence && plain(sentence)

/** What is counted, of which campaign and group. */
export function aboutText({ campaign, metric, band }: QuickSheet, language: Language): string {
  const group = band && filled(saySheet(language)('band'), { name: band.name })
  return [`${campaign.title}.`, `${sayMetric(language)(metric)}.`, group].filter(Boolean).join(' ')
}

/** As of when, and whether it is published. */
export function standingText(sheet: QuickSheet, paper: Paper, language: Language): string {
  const say = saySheet(language)
  const known = filled(say('known-at'), { ...momentOf(new Date(sheet.knownAt)), edition: String(sheet.edition) })
  const { published } = paper
  const standing = published
    ? filled(say('published-as'), { code: published.code, issue: String(published.issue) })
    : say('draft-long')
  return `${known} ${standing}`
}
