import type { Language } from '../../../../src/platform/pages/html.ts'

type Tracked = { readonly width: string; readonly isDay?: boolean | 'in-year' }

/** Days have their months in full in English: 15 September 2023, 15 September. */
const englishDay = { whole: '134px', 'in-year': '92px' } as const

/** Columns that may shrink make room for the days, so that a table scrolls no more than in Vietnamese. */
const shrunk = (width: string) =>
  width.replace(/minmax\((\d+)px/, (_, least: string) => `minmax(${Math.round(Number(least) * 0.8)}px`)

/** The tracks of a table's columns. On a phone a column may be as narrow as its text. */
export function tracksOf(
  columns: readonly Tracked[],
  { narrow, language, before }: { narrow: boolean; language: Language; before: readonly string[] },
) {
  const hasLongDays = language === 'en' && columns.some(({ isDay }) => isDay)
  const track = ({ width, isDay }: Tracked): string => {
    if (narrow) return width.replace(/minmax\(\d+px/, 'minmax(0')
    if (!hasLongDays) return width
    return isDay ? englishDay[isDay === 'in-year' ? isDay : 'whole'] : shrunk(width)
  }
  return { gridTemplateColumns: [...before, ...columns.map(track)].join(' ') }
}
