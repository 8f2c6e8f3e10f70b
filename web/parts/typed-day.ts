import { formatPartialDay, parsePartialDay } from '../../src/platform/day.ts'

/**
 * Reads a day as people type it (7/3/2005, 03/2005, 2005, 07032005); gives 'YYYY-MM-DD', 'YYYY-MM', 'YYYY', or
 * undefined.
 */
export function typedDay(text: string): string | undefined {
  const plain = text.trim().replace(/[.\-\s]+/g, '/')
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(plain)
  const parts = run ? run.slice(1) : plain.split('/')
  if (parts.length > 3 || parts.some(part => !/^\d{1,4}$/.test(part))) return undefined
  // A year that stands first was typed as programs write it.
  // Not `toReversed`: stations have browsers from Chrome 109 on.
  const [year, month, day] = parts[0]?.length === 4 ? parts : [...parts].reverse()
  if (year?.length !== 4) return undefined
  const read = parsePartialDay([year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-'))
  return read && formatPartialDay(read)
}
