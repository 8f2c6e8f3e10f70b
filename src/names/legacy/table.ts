import { toneMarks } from '../letter.ts'

/**
 * How the letters of the old Vietnamese encodings look when their bytes are read as Windows-1252, as a spreadsheet
 * does. One byte a letter: TCVN3 (ABC; TCVN 5712:1993, VN3, in the fonts `.Vn…`: no capitals with tone), VPS
 * (VPS-VNese), VISCII (RFC 1456), Vietware F, Windows-1258. A letter, then its mark: VNI, BK HCM 2, Vietware X. Each
 * table agrees with what two input programs write.
 */

/**
 * The characters that Windows-1252 has for the bytes 80–9F; where it has none, the control character of that number.
 */
export const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The byte that a character was; undefined for one that no single byte shows. */
export function byteOf(character: string): number | undefined {
  const code = character.charCodeAt(0)
  if (code < 0x100) return code
  const at = windows1252.indexOf(character)
  return at < 0 ? undefined : at + 0x80
}

/** The bytes A1–FE of TCVN3; a dot where the fonts have nothing. */
const tcvn3Bytes = 'ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ'

/** The bytes 80–FF of VPS. Some letters with dot below or tilde serve as their own capitals. */
const vpsBytes =
  'ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ··ỀỂỄỐỒỔỖýỷỵỚỜỞ·ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự' +
  'ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ·àáâãảạă·èéêẽìí·ĩẴĐòóôõ·Ơụùúủ·ỶẼỳ'

/** The bytes 80–FF of VISCII. Six rare capitals lie among the control characters. */
const visciiBytes =
  'ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ' +
  'ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ'
const visciiControls: readonly (readonly [string, string])[] = [
  ['\u0002', 'Ẳ'],
  ['\u0005', 'Ẵ'],
  ['\u0006', 'Ẫ'],
  ['\u0014', 'Ỷ'],
  ['\u0019', 'Ỹ'],
  ['\u001e', 'Ỵ'],
]

/** The bytes 96–FF of Vietware F: as TCVN3 in its plan, elsewhere in its letters. */
const vietwareFBytes =
  'ĂÂĐÊÔƠƯ··ă·âđêôơ·ư··à···········ả···ã·····áạằẳẵắặầẩẫấậèẻẽé·ẹềểễếệ·ìỉĩíị··òỏõóọồổỗốộờởỡớợùủ·ũúụừửữứựỳỷỹý··ỵ'

const bytesToLetters = (letters: string, first: number): [string, string][] =>
  [...letters].flatMap((letter, at): [string, string][] => {
    const byte = first + at
    if (letter === '·') return []
    const shown = byte < 0xa0 ? windows1252.charAt(byte - 0x80) : String.fromCharCode(byte)
    return [[String.fromCharCode(byte), letter], ...(byte < 0xa0 ? [[shown, letter] as [string, string]] : [])]
  })

export type Letters = ReadonlyMap<string, string>

export const tcvn3Letters: Letters = new Map(bytesToLetters(tcvn3Bytes, 0xa1))
export const vpsLetters: Letters = new Map(bytesToLetters(vpsBytes, 0x80))
export const visciiLetters: Letters = new Map([...bytesToLetters(visciiBytes, 0x80), ...visciiControls])
export const vietwareFLetters: Letters = new Map(bytesToLetters(vietwareFBytes, 0x96))

/**
 * Windows-1258: vowels with their shape, then the tone as a mark of its own, to be composed. What is not here it shares
 * with Latin-1.
 */
export const windows1258Letters: Letters = new Map([
  ...[...'àáâèéêëíóôùúÀÁÂÈÉÊËÍÓÔÙÚ'].map((letter): [string, string] => [letter, letter]),
  ...[...'ãăõơýưðđÃĂÕƠÝƯÐĐÌ\u0300Ò\u0309Þ\u0303ì\u0301ò\u0323'.matchAll(/(.)(.)/gu)].map(
    ([, written, meant]): [string, string] => [written ?? '', meant ?? ''],
  ),
])

/**
 * Marks after a vowel, in the order of `toneMarks` (the first: the shape without tone; a dot for none), and the shape
 * they bear.
 */
type MarkRow = readonly [vowels: string, marks: string, shape: string]

/** The signs that are a letter by themselves, in turn with that letter; and the rows of marks. */
type Pairing = { readonly singles: string; readonly marks: readonly MarkRow[] }

const circumflex = '\u0302'
const breve = '\u0306'

const vni: Pairing = {
  singles: 'ñđôơöưííììæỉóĩòịîỵ',
  marks: [
    ['aeoôöuy', '·øûõùï', ''],
    ['aeo', 'âàåãáä', circumflex],
    ['a', 'êèúüéë', breve],
  ],
}
const bkHcm2: Pairing = {
  singles: 'àđêâùăïêöôúơûưñíòìóỉôĩõị',
  marks: [
    ['aeoúuûy', '·âãäáå', ''],
    ['êïö', '·ìíîëå', ''],
    ['ù', '·çèéæå', ''],
  ],
}
const vietwareX: Pairing = {
  singles: 'âđáâàăãêäôåơæưêíçìèỉéĩëị',
  marks: [
    ['aeuæ', '·ìíîïû', ''],
    ['oå', '·ìíîïü', ''],
    ['y', '·ìíîïñ', ''],
    ['áã', '·öøùúû', ''],
    ['ä', '·öøùúü', ''],
    ['à', '·òóôõû', ''],
  ],
}

function lettersOf({ singles, marks }: Pairing): Letters {
  const single = new Map(
    [...singles.matchAll(/(.)(.)/gu)].map(([, written = '', letter = '']): [string, string] => [written, letter]),
  )
  const pairs = marks.flatMap(([vowels, row, shape]) =>
    [...vowels].flatMap(vowel =>
      [...row].flatMap((mark, tone): [string, string][] =>
        mark === '·'
          ? []
          : [[vowel + mark, ((single.get(vowel) ?? vowel) + shape + (toneMarks[tone] ?? '')).normalize('NFC')]],
      ),
    ),
  )
  return new Map([...single, ...pairs])
}

/** What is written in one or two characters, lower case. A y with dot below is VNI's î; `yï` is seen too. */
export const vniLetters = lettersOf(vni)
export const bkHcm2Letters = lettersOf(bkHcm2)
export const vietwareXLetters = lettersOf(vietwareX)
