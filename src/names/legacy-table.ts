import { toneMarks } from './letter.ts'

/**
 * How the letters of the old Vietnamese fonts look when their bytes are read as Windows-1252, as a spreadsheet does.
 * TCVN3 (ABC): TCVN 5712:1993, VN3, in the fonts `.Vn…`: no capitals with tone. VNI: the letter, then its mark. VPS: VPS-VNese.
 */

/** The characters that Windows-1252 has for the bytes 80–9F; where it has none, the control character of that number. */
export const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The bytes A1–FE of TCVN3; a dot where the fonts have nothing. */
const tcvn3Bytes = 'ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ'

/** The bytes 80–FF of VPS, as two input programs agree on them. Some letters with dot below or tilde serve as their own capitals. */
const vpsBytes =
  'ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ··ỀỂỄỐỒỔỖýỷỵỚỜỞ·ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ·àáâãảạă·èéêẽìí·ĩẴĐòóôõ·Ơụùúủ·ỶẼỳ'

const byteAsCharacter = (byte: number) => (byte >= 0x80 && byte < 0xa0 ? windows1252.charAt(byte - 0x80) : String.fromCharCode(byte))

const bytesToLetters = (letters: string, first: number) =>
  new Map([...letters].map((letter, at): [string, string] => [byteAsCharacter(first + at), letter]).filter(([, letter]) => letter !== '·'))

export const tcvn3Letters = bytesToLetters(tcvn3Bytes, 0xa1)
export const vpsLetters = bytesToLetters(vpsBytes, 0x80)

/** VNI's mark characters after a vowel: its shape and its tone (an index of `toneMarks`). */
// biome-ignore format: a table is read as a table
const vniMarks: Readonly<Record<string, Readonly<Record<string, readonly [shape: string, tone: number]>>>> = {
  aeoôöuy: { ø: ['', 1], û: ['', 2], õ: ['', 3], ù: ['', 4], ï: ['', 5] },
  aeo:     { â: ['\u0302', 0], à: ['\u0302', 1], å: ['\u0302', 2], ã: ['\u0302', 3], á: ['\u0302', 4], ä: ['\u0302', 5] },
  a:       { ê: ['\u0306', 0], è: ['\u0306', 1], ú: ['\u0306', 2], ü: ['\u0306', 3], é: ['\u0306', 4], ë: ['\u0306', 5] },
}

/** VNI's letters that are one character by themselves. */
const vniSingles: Readonly<Record<string, string>> = { ñ: 'đ', ô: 'ơ', ö: 'ư', í: 'í', ì: 'ì', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' }

const pairs = Object.entries(vniMarks).flatMap(([vowels, marks]) =>
  [...vowels].flatMap(vowel =>
    Object.entries(marks).map(([mark, [shape, tone]]): [string, string] => [
      vowel + mark,
      ((vniSingles[vowel] ?? vowel) + shape + toneMarks[tone]).normalize('NFC'),
    ]),
  ),
)

/** What VNI writes in one or two characters, lower case. A y with dot below is î; `yï` is seen too. */
export const vniLetters: ReadonlyMap<string, string> = new Map([...Object.entries(vniSingles), ...pairs])
