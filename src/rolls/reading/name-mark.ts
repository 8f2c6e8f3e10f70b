import { cleanName, foldMarks } from '../../names/name.ts'

/** A name as it stands in a cell holds more than the name: a number, stars, an office, a remark. */

/** Offices and traits, in words without marks. */
const offices = [
  ...['lop truong', 'lop pho', 'lt', 'lp', 'bi thu', 'bi thu chi doan', 'bt', 'to truong', 'to pho', 'tt'],
  ...['chi doi truong', 'chi doi pho', 'cdt', 'lien doi truong', 'lien doi pho', 'co do', 'sao do', 'thu quy'],
  ...['quan ca', 'thu ky', 'ban can su', 'doan vien', 'doi vien', 'khuyet tat', 'kt', 'hoa nhap', 'con liet si'],
  ...['con thuong binh', 'ho ngheo', 'can ngheo', 'hn', 'cn', 'mo coi', 'dan toc', 'nu', 'nam'],
].map(office => office.split(' '))
/** The vice head of a class is one for something, in a word or two. */
const vice = 'lop pho'
const remark = /^(?:da )?(?:xin )?(?:chuyen|thoi hoc|bo hoc|nghi hoc|bao luu|luu ban|hoc lai|moi)\b/
const mostWords = 16

const trimEndOf = (text: string, letters: string): string => {
  let end = text.length
  while (end > 0 && letters.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** Whether that is what schools write behind a name: offices, one after the other, or a remark. */
function followsName(text: string): boolean {
  const plain = trimEndOf(foldMarks(text), '.:').toLowerCase()
  if (remark.test(plain)) return true
  const words = plain.split(/[ ,/]/).filter(Boolean)
  if (words.length === 0 || words.length > mostWords) return false
  /** At which words a list of offices may end. */
  const ends = new Set([0])
  for (let at = 0; at < words.length; at++)
    if (ends.has(at))
      for (const office of offices)
        if (office.every((word, i) => words[at + i] === word)) {
          const most = office.join(' ') === vice ? 2 : 0
          for (let more = 0; more <= most; more++) ends.add(at + office.length + more)
        }
  return ends.has(words.length)
}

const separators = /[-–—_,;/|]/g

/** "Nguyễn Văn An - lớp trưởng" in its two parts, where the second is none of the name. */
function partedName(text: string): { name: string; mark: string } | undefined {
  for (const { index } of text.matchAll(separators)) {
    const sign = text.charAt(index)
    const [name, mark] = [text.slice(0, index).trimEnd(), text.slice(index + 1).trimStart()]
    const isLoose = name.length < index || mark.length < text.length - index - 1
    const stands = ',;/|'.includes(sign) || isLoose || /^\p{Lu}{2}$/u.test(mark)
    if (stands && /\p{L}$/u.test(name) && followsName(mark)) return { name, mark: mark.trim() }
  }
  return undefined
}

const stars = '*†#+✓✔•▪■◆★☆'

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
  const takeStars = () => {
    const name = trimEndOf(rest, stars)
    if (name === '' || name === rest) return
    marks.push(rest.slice(name.length))
    rest = name.trimEnd()
  }
  take(/^[*†#+✓✔•▪■◆★☆]+\s*/u, true)
  take(/^\d{1,3}\s*[.)\-:]\s*(?=\p{L})/u, false)
  take(/^\d{1,3}\s+(?=\p{Lu})/u, false)
  takeStars()
  const brackets = lastBrackets(rest)
  if (brackets) {
    rest = brackets.before
    marks.push(brackets.within)
  }
  takeStars()
  const parted = partedName(rest)
  if (parted) {
    rest = parted.name
    marks.push(parted.mark)
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
