import { formatPartialDay, parsePartialDay } from '../../src/platform/day.ts'

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** An English month by its first three letters, as a number; anything else stays as it is. */
const monthNumber = (part: string): string => {
  const at = /^[a-z]{3,9}$/i.test(part) ? monthNames.indexOf(part.slice(0, 3).toLowerCase()) : -1
  return at < 0 ? part : String(at + 1)
}

/**
 * Reads a day as people type it (7/3/2005, 7 Mar 2005, 03/2005, 2005, 07032005); gives 'YYYY-MM-DD', 'YYYY-MM',
 * 'YYYY', or undefined.
 */
export function typedDay(text: string): string | undefined {
  const plain = text.trim().replace(/[.\-\s]+/g, '/')
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(plain)
  const parts = run ? run.slice(1) : plain.split('/').map(monthNumber)
  if (parts.length > 3 || parts.some(part => !/^\d{1,4}$/.test(part))) return undefined
  // A year that stands first was typed as programs write it.
  // Not `toReversed`: stations have browsers from Chrome 109 on.
  const [year, month, day] = parts[0]?.length === 4 ? parts : [...parts].reverse()
  if (year?.length !== 4) return undefined
  const read = parsePartialDay([year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-'))
  return read && formatPartialDay(read)
}
