import { parseDay } from '../day.ts'
import { inputYears } from './law.ts'

/**
 * The formats `date` and `date-time` of what comes in: days that the calendar has and that can be counted with. The
 * standard's own (RFC 3339) has the year 0000 too, and seconds of 60, which neither the calendar nor the database take.
 */

const isOfInputYears = (text: string) =>
  Number(text.slice(0, 4)) >= inputYears.first && Number(text.slice(0, 4)) <= inputYears.last

const isInputDay = (text: string) => parseDay(text) !== undefined && isOfInputYears(text)

const instantShape =
  /^\d{4}-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:0\d|1[0-4]):[0-5]\d)$/

export const dayFormat = { type: 'string', validate: isInputDay } as const
export const instantFormat = {
  type: 'string',
  validate: (text: string) => isInputDay(text.slice(0, 10)) && instantShape.test(text),
} as const
