import { foldMarks } from '../../names/name.ts'
import type { PartialDay } from '../../platform/day.ts'
import { isLeftStatus, type PupilStatus } from '../field.ts'

/**
 * What a roll says of how a pupil stands to the school: in a column of its own, in a remark, beside the name, or by a
 * line that is struck through. What is plain is read; what is not is a question to an officer, and the pupil stays.
 */

export type StatusReading = {
  readonly status?: PupilStatus | undefined
  /** When, as far as it is written. */
  readonly on?: PartialDay | undefined
  /** The words leave open whether the pupil left. */
  readonly isDoubtful?: true
}

/** What has not happened, or is undone: "xin chuyển", "có nguy cơ bỏ học", "bỏ học, đã đi học lại". */
const openWords = new RegExp(
  String.raw`\b(?:xin|se|sap|du kien|du dinh|y dinh|muon|de nghi|dang lam|dang cho|co the|nguy co|neu|hay|hinh nhu` +
    String.raw`|khong|chua|tung|tro lai|quay lai|hoc lai|tam hoan)\b`,
)
/** What is so of the family, or of where it is registered, says nothing of the pupil's school. */
const ofOthers = new RegExp(
  String.raw`\b(?:bo|cha|me|ba|ong)(?: me)? (?:da )?(?:mat|chet|qua doi|tu vong)\b|\bmo coi\b` +
    String.raw`|\b(?:anh|chi|em) (?:trai|gai|ruot) (?:da )?(?:bo hoc|thoi hoc|chuyen)|\bchuyen (?:ho )?khau\b`,
)
/** "Chuyển đến trường B": to there, or from there. */
const eitherWay = /\bchuyen (?:den|toi) (?:truong|th|thcs|thpt|tieu hoc)\b/

type StatusWords = { readonly words: RegExp; readonly status: PupilStatus }

/** The first row that fits decides. Words are without marks. */
const statusWords: readonly StatusWords[] = [
  {
    words: new RegExp(
      String.raw`\bchuyen den(?=$| tu| ngay| thang|[ ,]*\d| hk| hoc ky)` +
        String.raw`|\bmoi (?:chuyen|den)\b|\bchuyen (?:ve )?tu\b|\btiep nhan\b`,
    ),
    status: 'arrived',
  },
  { words: /\bchuyen (?:sang )?lop\b/, status: 'enrolled' },
  {
    words: /\bbao luu\b|\btam nghi\b|\bnghi hoc tam thoi\b|\btam dung hoc\b|\bnghi (?:om )?dai (?:han|ngay)\b/,
    status: 'on-leave',
  },
  { words: /\bbuoc thoi hoc\b|\bduoi hoc\b|\bxoa ten\b/, status: 'expelled' },
  { words: /\bthoi hoc\b/, status: 'withdrew' },
  { words: /\bbo hoc\b|\bnghi hoc (?:han|luon|tu)\b|\bda nghi hoc\b|\bda nghi$/, status: 'dropped-out' },
  {
    words: /\bchuyen (?:truong|di|noi khac|ve que|sang)\b|\bchuyen hoc\b(?! ba)|^chuyen$|\bda chuyen\b|\brut ho so\b/,
    status: 'transferred',
  },
  { words: /\bluu ban\b|\bo lai lop\b|\bhoc lai\b|\bkhong len lop\b/, status: 'repeats' },
  { words: /^(?:da )?tot nghiep\b|\bda ra truong\b/, status: 'graduated' },
  { words: /\bkhuyet tat\b|\bhoa nhap\b|^kt$|^hskt$/, status: 'disabled' },
  { words: /^(?:dang|van|con|hien dang) (?:theo )?hoc\b|^binh thuong$|^di hoc$|^co mat$/, status: 'enrolled' },
]

/** Words near which a pupil may have left, though none of the above says so. */
const doubtfulWords = new RegExp(
  String.raw`\b(?:nghi hoc|chuyen|bo hoc|thoi hoc|da mat|da chet|tu vong|qua doi|dinh chi|khong den lop)\b` +
    String.raw`|\bvang (?:dai|lau|khong ly do)\b|\bkhong (?:con )?(?:di )?hoc\b`,
)
/** "Nghỉ học 2 buổi" counts absences. */
const absences = /\bnghi(?: hoc)? \d+ (?:buoi|ngay|tiet)\b|\bnghi hoc co phep\b/

/** A remark or a cell of a status column. `firstYear`: a day without a year is one of the school year. */
export function readStatus(text: string, firstYear: number): StatusReading | undefined {
  const plain = foldMarks(text.slice(0, 300)).replace(/\s+/g, ' ').trim()
  if (plain === '' || absences.test(plain)) return undefined
  if (ofOthers.test(plain)) return undefined
  if (eitherWay.test(plain)) return { isDoubtful: true, on: dayIn(text, firstYear) }
  const found = statusWords.find(({ words }) => words.test(plain))
  if (!found) return doubtfulWords.test(plain) ? { isDoubtful: true, on: dayIn(text, firstYear) } : undefined
  const on = dayIn(text, firstYear)
  if (!isLeftStatus(found.status)) return { status: found.status, on }
  return openWords.test(plain) || text.includes('?') ? { isDoubtful: true, on } : { status: found.status, on }
}

const dayIn = (text: string, firstYear: number): PartialDay | undefined => {
  const whole = /(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?(?![\d/])/.exec(text)
  const month = /(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{4})(?![\d/])/.exec(text)
  const words = /(?:ngày\s*(\d{1,2})\s*)?tháng\s*(\d{1,2})(?:\s*(?:năm\s*|[/.-]\s*)(\d{4}))?/iu.exec(
    text.normalize('NFC'),
  )
  const [d, m, y] = month
    ? [undefined, month[1], month[2]]
    : whole
      ? [whole[1], whole[2], whole[3]]
      : words
        ? [words[1], words[2], words[3]]
        : [undefined, undefined, undefined]
  if (!m || Number(m) < 1 || Number(m) > 12) return undefined
  // A school year begins in August at the earliest: 15/2 is of its second year.
  const year = y ? (y.length === 2 ? 2000 + Number(y) : Number(y)) : firstYear + (Number(m) >= 8 ? 0 : 1)
  const day = d ? Number(d) : undefined
  return day !== undefined && (day < 1 || day > 31)
    ? undefined
    : { y: year, m: Number(m), ...(day !== undefined && { d: day }) }
}

export type StatusSources = {
  readonly column: string
  readonly remark: string
  readonly besideName: string
  readonly isStruck: boolean
}

export type PupilStanding = {
  readonly status?: PupilStatus | undefined
  readonly on?: PartialDay | undefined
  /** Which words say so, or leave it open; empty where a struck line is all there is. */
  readonly said: string
  readonly isDoubtful: boolean
}

/**
 * How a pupil stands by all that the line says. Two that contradict each other are a doubt, and so is a line that is
 * struck though its words say that the pupil is there.
 */
export function standingOf(sources: StatusSources, firstYear: number): PupilStanding | undefined {
  const readings = [sources.column, sources.remark, sources.besideName].flatMap(text => {
    const reading = readStatus(text, firstYear)
    return reading ? [{ text: text.trim(), ...reading }] : []
  })
  const left = readings.find(({ status }) => status && isLeftStatus(status))
  const stays = readings.find(({ status }) => status && !isLeftStatus(status))
  const doubt = readings.find(({ isDoubtful }) => isDoubtful)
  if (left && !stays && !doubt) return { status: left.status, on: left.on, said: left.text, isDoubtful: false }
  if (left || doubt || (sources.isStruck && stays)) {
    const said = [...new Set(readings.map(({ text }) => text))].join('; ')
    return { status: stays?.status, on: (left ?? doubt)?.on, said, isDoubtful: true }
  }
  if (sources.isStruck) return { status: 'struck-out', said: '', isDoubtful: false }
  return stays && { status: stays.status, on: stays.on, said: stays.text, isDoubtful: false }
}
