import { type Day, parseDay } from '../platform/day.ts'
import { asId, type Id, isId } from '../platform/ids.ts'
import { cardProblem } from './problems.ts'

/** What a list is asked for: so many rows, after one that was shown. */
export type PageRequest = { readonly after?: string | undefined; readonly limit?: number | undefined }

/** A page of what a store gives with one row more than was asked for: `next` where there is more. */
export function pageOf<Row>(
  rows: readonly Row[],
  { limit = 100 }: PageRequest,
  idOf: (row: Row) => string,
): { rows: Row[]; next?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, ...(rows.length > limit && last && { next: idOf(last) }) }
}

/**
 * Where a page of cards in the order of a day ended: that day and that card themselves, since the card may be gone from
 * the list, or from sight, before the next page is read.
 */
export type PageCursor = { readonly key: Day; readonly cardId: Id<'card'> }

const cursorPattern = /^(\d{4}-\d{2}-\d{2})~(.+)$/

export const cursorText = (key: Day, cardId: Id<'card'>): string => `${key}~${cardId}`

/** Throws card-page-malformed. */
export function parseCursor(text: string): PageCursor {
  const [, day = '', cardId = ''] = cursorPattern.exec(text) ?? []
  const key = parseDay(day)
  if (!key || !isId(cardId)) throw cardProblem('card-page-malformed')
  return { key, cardId: asId<'card'>(cardId) }
}
