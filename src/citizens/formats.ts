import { dayAt, formatPartialDay, type PartialDay } from '../platform/day.ts'
import { type Html, html, type Language } from '../platform/pages/html.ts'
import { dayIn, numberIn } from '../platform/terms/numbers-and-days.ts'

/** Days, times and numbers as a language writes them; 24 hours, the province's zone. */

/** 'YYYY-MM-DD', or a part of it. */
export const dayText = dayIn
export const partialDayText = (day: PartialDay, language: Language): string => dayIn(formatPartialDay(day), language)
export const dayOfInstantText = (at: Date, language: Language): string => dayIn(dayAt(at), language)

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' })
export const timeText = (at: Date): string => clock.format(at)
export const instantText = (at: Date, language: Language): string => `${dayOfInstantText(at, language)} ${timeText(at)}`

export const countText = numberIn

/** 3·1·2·6 by thin gaps that copying leaves out. */
export const numberHtml = (number: string): Html =>
  /^\d{12}$/.test(number)
    ? html`<span class="number">${[number.slice(0, 3), number.slice(3, 4), number.slice(4, 6), number.slice(6)].map(
        part => html`<span>${part}</span>`,
      )}</span>`
    : html`${number}`

export type FactRow = readonly [term: string, value: Html | string | undefined]

/** Terms with what stands behind them; those without are left out. */
export const factsHtml = (facts: readonly (FactRow | false | undefined)[]): Html => {
  const there = facts.filter(
    fact => fact !== false && fact !== undefined && fact[1] !== undefined && fact[1] !== '',
  ) as readonly FactRow[]
  return there.length === 0
    ? html``
    : html`<dl class="facts">${there.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`
}
