import { cleanName, foldMarks } from '../../names/name.ts'

/** A name as it stands in a cell holds more than the name: a number, stars, an office, a remark. */

const offices =
  'lop (?:truong|pho(?: \\w+){0,2})|lt|lp|bi thu(?: chi doan)?|bt|to truong' +
  '|to pho|tt|chi doi (?:truong|pho)|cdt|lien doi (?:truong|pho)|' +
  'co do|sao do|thu quy|quan ca|thu ky|ban can su|doan vien|doi vien|khuyet tat' +
  '|kt|hoa nhap|con (?:liet si|thuong binh)|' +
  'ho ngheo|can ngheo|hn|cn|mo coi|dan toc|nu|nam'
const remarks = '(?:da )?(?:xin )?(?:chuyen|thoi hoc|bo hoc|nghi hoc|bao luu|luu ban|hoc lai|moi)\\b.*'
const afterName = new RegExp(`^(?:(?:${offices})(?:[ ,/]+(?:${offices}))*|${remarks})$`)
const titles = new RegExp(
  String.raw`^(?:em|hs|h/s|học sinh|hoc sinh|cháu|lớp trưởng|lớp phó|lt|lp|thí sinh|ts)\s*[:.]\s*` +
    String.raw`|^(?:em|hs|học sinh|thí sinh)\s+(?=\p{L}+\s+\p{L}+)`,
  'iu',
)

export type MarkedName = { readonly name: string; readonly mark: string }

/** "1. Nguyễn Văn An (lớp trưởng) *" is Nguyễn Văn An, with the mark "lớp trưởng *". A name is never shortened else. */
export function splitName(text: string): MarkedName {
  const marks: string[] = []
  let rest = text.trim()
  const take = (pattern: RegExp, isMark: boolean) => {
    const found = pattern.exec(rest)
    if (!found || found[0].length === rest.length) return
    if (isMark && found[0].trim()) marks.push(found[0].trim())
    rest = (rest.slice(0, found.index) + rest.slice(found.index + found[0].length)).trim()
  }
  take(/^[*†#+✓✔•▪■◆★☆]+\s*/u, true)
  take(/^\d{1,3}\s*[.)\-:]\s*(?=\p{L})/u, false)
  take(/^\d{1,3}\s+(?=\p{Lu})/u, false)
  take(/\s*[*†#+✓✔•▪■◆★☆]+$/u, true)
  const brackets = lastBrackets(rest)
  if (brackets) {
    rest = brackets.before
    marks.push(brackets.within)
  }
  take(/\s*[*†#+✓✔•▪■◆★☆]+$/u, true)
  const parted = /^(.*\p{L})\s*(?:\s[-–—_]+\s*|[-–—_]+\s+|[-–—](?=\p{Lu}{2}$)|[,;/|]\s*)(\S.*)$/u.exec(rest)
  if (parted?.[1] && parted[2] && afterName.test(foldMarks(parted[2]).replace(/[.:]+$/, ''))) {
    rest = parted[1]
    marks.push(parted[2].trim())
  }
  if (titles.test(rest)) take(titles, true)
  return { name: cleanName(rest), mark: marks.filter(Boolean).join(' ') }
}

/** What stands in brackets at the end goes, whether they are closed or not. */
function lastBrackets(text: string): { before: string; within: string } | undefined {
  const whole = text.trimEnd()
  const inner = whole.endsWith(')') ? whole.slice(0, -1) : whole
  const opened = inner.indexOf('(', inner.lastIndexOf(')') + 1)
  return opened <= 0 ? undefined : { before: text.slice(0, opened).trim(), within: inner.slice(opened + 1).trim() }
}

/** "NguyễnVănAn": capitals within a word of small letters, where a blank was lost. */
export const looksGlued = (name: string): boolean =>
  !/\s/.test(name.trim()) && /\p{Ll}\p{Lu}\p{Ll}*(?:\p{Lu}|$)/u.test(name) && /\p{Ll}\p{Lu}/u.test(name)
