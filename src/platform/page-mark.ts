import { type Day, parseDay } from './day.ts'
import { isId } from './ids.ts'

/**
 * Where a page of a list ended, as its reader brings it back for the next one: days and ids alone, which the database
 * can read. What is shaped like a mark and is none, such as a day that the calendar has not, is refused.
 */

const dayShape = /^(\d{4}-\d{2}-\d{2})([._])(.{36})$/
const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/

/** The day and the id of the last row, as they stand in a mark; undefined where it is no mark. */
export function dayAndIdIn(mark: string): { readonly day: Day; readonly id: string } | undefined {
  const [, text = '', , id = ''] = dayShape.exec(mark) ?? []
  const day = parseDay(text)
  return day && isId(id) ? { day, id } : undefined
}

/** An instant as a mark has it. */
export const isMarkedInstant = (text: string): boolean =>
  instantShape.test(text) && parseDay(text.slice(0, 10)) !== undefined && !Number.isNaN(Date.parse(text))
