import { foldMarks } from '../../names/name.ts'
import type { Day } from '../../platform/day.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayInYearIn, numberIn } from '../../platform/terms/numbers-and-days.ts'
import type { LinkSheet, LinkSheetRow, NextEvent, SheetGroup } from './link-sheet.ts'
import { linkSheetText } from './words.ts'

/** What a teacher copies for the group of the class: how many, when, where; a name where the school says so. */

type Session = Extract<NextEvent, { is: 'session' }>

/** This morning, this afternoon, or a day. */
export function whenOf(language: Language, { day, startsAt }: Session, today: Day): string {
  const tell = linkSheetText(language)
  if (day !== today) return tell('on-day').replace('{day}', dayInYearIn(day, language))
  return tell(startsAt < '12:00' ? 'today-morning' : 'today-afternoon')
}

/** Whoever has to prove what the roll says brings the paper for it. */
export const bringsPapers = ({ asked }: Pick<LinkSheetRow, 'asked'>): boolean =>
  asked.some(({ owner }) => owner === 'family')

const wordsOf = (text: string) => ` ${foldMarks(text.replace(/[^\p{L}\p{N}]+/gu, ' ')).trim()} `

/**
 * A place as the text tells it: where its words name a pupil of the class, as the home of a pupil whom the team visits
 * does, the place is told by the invitation alone. Of a name its last two words are looked for, in any marks.
 */
function siteWithoutNames(language: Language, site: string | null, sheet: LinkSheet): string {
  if (site === null) return linkSheetText(language)('message-site')
  const said = wordsOf(site)
  const isNamed = sheet.groups.some(({ rows }) =>
    rows.some(({ name }) => {
      const parts = wordsOf(name).trim().split(' ')
      return parts.length > 1 && said.includes(` ${parts.slice(-2).join(' ')} `)
    }),
  )
  return isNamed ? linkSheetText(language)('message-site') : site
}

const names = (rows: readonly LinkSheetRow[]) => rows.map(({ name }) => name).join(', ')

function lineOf(language: Language, { next, rows }: SheetGroup, sheet: LinkSheet): string {
  const tell = linkSheetText(language)
  const n = numberIn(rows.length, language)
  const named = (text: string) => (sheet.namesInMessage ? `${text} (${names(rows)})` : text)
  if (next.is === 'session') {
    const when =
      next.day === sheet.day
        ? `${whenOf(language, next, sheet.day)} ${dayInYearIn(next.day, language)}`
        : whenOf(language, next, sheet.day)
    return named(
      tell('message-session')
        .replace('{when}', when)
        .replace('{time}', next.startsAt)
        .replace('{site}', () =>
          sheet.namesInMessage && next.site ? next.site : siteWithoutNames(language, next.site, sheet),
        )
        .replace('{n}', n)
        .replace('{what}', tell(`kind-${next.what}` as 'kind-activation'))
        .replace('{bring}', rows.some(bringsPapers) ? tell('message-bring') : ''),
    )
  }
  if (next.is === 'activation') {
    if (next.isOver) return named(tell('message-over').replace('{n}', n))
    if (next.by)
      return named(tell('message-activation').replace('{n}', n).replace('{day}', dayInYearIn(next.by, language)))
  }
  return named(tell(next.is === 'card-here' ? 'message-card' : 'message-other').replace('{n}', n))
}

export const messageOf = (language: Language, sheet: LinkSheet): string =>
  sheet.groups.map(group => lineOf(language, group, sheet)).join(' ')
