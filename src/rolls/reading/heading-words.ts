import type { RollField } from '../field.ts'
import { type FoldedHeading, foldings } from './folding.ts'

/**
 * The field that the words above a column name (domain.md 6.8). 'number?' is a "mã định danh", which can be the
 * ministry's id or the personal number (6.7): the column's content decides. 'none' is a known heading that is not read.
 */
export type Heading = RollField | 'number?' | 'none'

/** What a heading's words are held against. */
type WordTest = { test(text: string): boolean }

/** First the one, then the other, in one pass: one expression of both would look for the second after each first. */
const followed = (first: RegExp, second: RegExp): WordTest => ({
  test(text) {
    const found = first.exec(text)
    return found !== null && second.test(text.slice(found.index + found[0].length))
  },
})
const anyOf = (...tests: readonly WordTest[]): WordTest => ({ test: text => tests.some(one => one.test(text)) })

const parentHeading = (who: string) =>
  `^(?:(?:ho (?:va )?ten|ten|hoten|thong tin|ho ten dem va ten) )?(?:cua )?(?:${who})(?: hoc sinh| hs| ho va ` +
  `ten| ho ten)?$|ho (?:va )?ten (?:cua )?(?:${who})\\b`
const ofBirth = /\b(?:nam sinh|ns|sinh nam|nam|ngay sinh)\b/

/**
 * The first row that fits decides. Words are without marks; `marked` is matched where marks decide (Nam, Năm; ĐT, DT).
 */
const headings: readonly (readonly [words: WordTest, heading: Heading, marked?: RegExp])[] = [
  [/^(?:stt|tt|so tt|so thu tu|thu tu|s tt|no|#)$/, 'index'],
  [
    followed(
      /\b(?:cccd|cmnd|cmt|ddcn|dinh danh|can cuoc|nghe|nghe nghiep|dan toc|email|trinh do)\b/,
      /\b(?:cha|bo(?! g)|me|giam ho|phu huynh|chu ho|nguoi than)\b/,
    ),
    'none',
  ],
  [
    new RegExp(
      '^(?:tinh trang|trang thai|hien trang|dien bien)(?: (?:hoc|hoc tap|hoc sinh|hs|hien tai|hien nay|di hoc' +
        '|cua hs|cua hoc sinh))*$|^tinh hinh$',
    ),
    'status',
  ],
  [/\b(?:cha|bo)(?: va| hoac)? me\b|so so ho khau|^so ho khau|bhyt|bao hiem/, 'none'],
  [
    new RegExp(
      String.raw`\b(?:ngay cap|noi cap|cap ngay|het han|co gia tri|tinh trang|da co|chua co|da lam` +
        '|chua lam|da nhan|email|nghe nghiep|noi sinh|que quan|nguyen quan|ton giao|hoc luc' +
        String.raw`|hanh kiem|doi tuong|khu vuc|noi khai sinh|dang ky khai sinh)\b`,
    ),
    'none',
  ],
  [/\b(?:sdt|dtdd|dien thoai|so dt|phone|mobile|zalo|tel|di dong)\b/, 'phone'],
  [/^dt(?: ph| phu huynh| lien he| lien lac)?$/, 'phone', /^đt/],
  [/^dt (?:ph|phu huynh|lien he|lien lac)$/, 'phone'],
  [anyOf(followed(ofBirth, /\bme\b/), /^me .*\b(?:nam sinh|ns|sinh nam)\b/), 'mother-year'],
  [anyOf(followed(ofBirth, /\b(?:cha|bo)\b/), /^(?:cha|bo) .*\b(?:nam sinh|ns|sinh nam)\b/), 'father-year'],
  [new RegExp(parentHeading('me')), 'mother'],
  [new RegExp(parentHeading('cha|bo')), 'father'],
  [/\b(?:giam ho|phu huynh|chu ho|gvcn|giao vien|nguoi than|cha me|bo me)\b/, 'none'],
  [/\b(?:dinh danh ca nhan|ddcn|cccd|can cuoc|so dinh danh|ma so dinh danh|dd ca nhan)\b/, 'number'],
  [/\b(?:cmnd|cmt|cmtnd|chung minh)\b/, 'old-number'],
  [/\b(?:bo gd|bo giao duc|bgd|bgddt|csdl|moet|co so du lieu)\b/, 'ministry-id'],
  [/\bdinh danh\b|^ma dd$|^so dd$/, 'number?'],
  [
    /^(?:ma hs|ma hoc sinh|ma hv|ma hoc vien|ma so hs|ma so hoc sinh|ma the hs|sbd|so bao danh|student id)$/,
    'ministry-id',
  ],
  [/^(?:so )?passport(?: no)?$|^(?:so )?ho chieu$/, 'passport'],
  [/ho chieu/, 'none'],
  [/^thang(?: sinh)?$/, 'birth-month'],
  [/^ngay$/, 'birth-day'],
  [/^nam sinh$|^nam$/, 'birth-year', /^năm/],
  [/^nam sinh$/, 'birth-year'],
  [
    new RegExp(
      'ngay (?:(?!ngay ).)*thang|ngay sinh|^ngay sih|^ns$|^n sinh$|^ng sinh$|sinh ngay|date of birth' +
        String.raw`|\bdob\b|birth ?da|ngaysinh|^sinh$`,
    ),
    'birth',
  ],
  [/^nu(?: x)?$|^hs nu$|^hoc sinh nu$/, 'female'],
  [/^nam(?: x)?$|^hs nam$/, 'male'],
  [/^gioi tinh|^gt$|^phai$|^nam nu$|^gioi$|^sex$|^gender$|^gtinh$/, 'sex'],
  [/^dan toc|^dt$|^ethnic/, 'ethnicity'],
  [/^(?:ma |ten )?lop(?: hoc)?(?: hien tai| hien nay)?$|^class$/, 'class'],
  [/^khoi(?: lop)?$|^grade$/, 'grade'],
  [
    new RegExp(
      '^ho(?: va)?(?: ten)?(?: chu)? ?(?:dem|lot)$|^ho$|^ho va chu dem$|^ho va$' +
        '|^ho ten dem$|^(?:(?:chu|ten) )?(?:dem|lot)$',
    ),
    'family-middle',
  ],
  [/^ten(?: hs| hoc sinh)?$|^ten goi$/, 'given'],
  [
    /ho (?:va )?(?:ten|chu dem va ten)|^hoten|ho ten|full ?name|^name$|student name|^hoc sinh$|ten thi sinh|ho,? ten/,
    'name',
  ],
  [/^(?:ma )?(?:tinh|tinh tp|tinh thanh pho|tinh thanh)(?: .*)?$/, 'province'],
  [
    new RegExp(
      '^(?:ma )?(?:quan|huyen|quan huyen|huyen quan|huyen tp|huyen tx tp|huyen thi xa[^ ]*' + '|tp tx huyen)(?: .*)?$',
    ),
    'district',
  ],
  [/^(?:ma )?(?:xa|phuong|xa phuong|phuong xa|xa tt[^ ]*)(?: .*)?$/, 'commune'],
  [/hktt\b|\bhk tt\b|ho khau|thuong tru|\bhkhau\b/, 'residence-permanent'],
  [/cho o|noi o|dia chi|tam tru|cu tru|noi cu|thon|to dan pho|address/, 'residence'],
  [/ghi chu|^note|^ghi$|^bien dong|^tang giam|^ly do/, 'note'],
  [/^quoc tich|^nationality/, 'nationality'],
]

/** More than this is no heading, but a note or somebody's text. */
const longestHeading = 90

/** Removes brackets with their content, the asterisks of mandatory fields, and line breaks. */
const withoutBrackets = (text: string) =>
  text
    .replace(/\([^)]*\)?/g, ' ')
    .replace(/[*:]/g, ' ')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()

function findHeading(folded: FoldedHeading): Heading | undefined {
  for (const [words, heading, marked] of headings)
    if (words.test(folded.plain) && (!marked || marked.test(folded.marked))) return heading
  return undefined
}

function headingOf(text: string): Heading | undefined {
  if (text.length > longestHeading) return undefined
  for (const folded of foldings(withoutBrackets(text) || text)) {
    const found = folded.plain === '' ? undefined : findHeading(folded)
    if (found) return found
  }
  return undefined
}

/** Under these words a second row divides them. */
const subHeadings: Partial<Record<Heading, Partial<Record<Heading, Heading>>>> = {
  birth: {
    'birth-day': 'birth-day',
    'birth-month': 'birth-month',
    'birth-year': 'birth-year',
    male: 'birth-male',
    female: 'birth-female',
    birth: 'birth',
  },
  father: {
    name: 'father',
    given: 'father',
    'birth-year': 'father-year',
    birth: 'father-year',
    number: 'none',
    'old-number': 'none',
    phone: 'phone',
  },
  mother: {
    name: 'mother',
    given: 'mother',
    'birth-year': 'mother-year',
    birth: 'mother-year',
    number: 'none',
    'old-number': 'none',
    phone: 'phone',
  },
  sex: { male: 'male', female: 'female' },
  name: { 'family-middle': 'family-middle', given: 'given', name: 'name' },
}

const fieldByText = new Map<string, Heading | undefined>()

/** What one heading says, or one that stands under another. The same few hundred words come again and again. */
export function fieldOf(text: string, over = ''): Heading | undefined {
  if (text.length + over.length > 2 * longestHeading) return resolveField(text, over)
  const key = `${over}\u0000${text}`
  if (fieldByText.has(key)) return fieldByText.get(key)
  if (fieldByText.size > 20_000) fieldByText.clear()
  const answer = resolveField(text, over)
  fieldByText.set(key, answer)
  return answer
}

function resolveField(text: string, over: string): Heading | undefined {
  const own = headingOf(text)
  if (!over) return own
  const above = headingOf(over)
  if (!text.trim()) return above
  if (!own) return headingOf(`${text} ${over}`) ?? (above === 'none' ? 'none' : undefined)
  const divided = above && subHeadings[above]
  return divided ? (divided[own] ?? 'none') : own
}
