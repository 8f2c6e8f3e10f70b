/**
 * The encodings of old Vietnamese fonts, in which letters are stored as other letters and only the font shows them
 * right (domain.md 9.5): TCVN3 (.VnTime; capitals only by the font .VnTimeH) and VNI (VNI-Times; a vowel, then its mark
 * as a second letter).
 */
export type LegacyFont = 'tcvn3' | 'tcvn3-capitals' | 'vni'

export const fontFace: Record<LegacyFont, string> = { tcvn3: '.VnTime', 'tcvn3-capitals': '.VnTimeH', vni: 'VNI-Times' }

const tcvn3 = pairs(`
  à µ ả ¶ ã · á ¸ ạ ¹   ă ¨ ằ » ẳ ¼ ẵ ½ ắ ¾ ặ Æ   â © ầ Ç ẩ È ẫ É ấ Ê ậ Ë   đ ®
  è Ì ẻ Î ẽ Ï é Ð ẹ Ñ   ê ª ề Ò ể Ó ễ Ô ế Õ ệ Ö   ì × ỉ Ø ĩ Ü í Ý ị Þ
  ò ß ỏ á õ â ó ã ọ ä   ô « ồ å ổ æ ỗ ç ố è ộ é   ơ ¬ ờ ê ở ë ỡ ì ớ í ợ î
  ù ï ủ ñ ũ ò ú ó ụ ô   ư \u00ad ừ õ ử ö ữ ÷ ứ ø ự ù   ỳ ú ỷ û ỹ ü ý ý ỵ þ
  Ă ¡ Â ¢ Ê £ Ô ¤ Ơ ¥ Ư ¦ Đ §`)

const vniLower = pairs(`
  à aø á aù ả aû ã aõ ạ aï   ă aê ằ aè ắ aé ẳ aú ẵ aü ặ aë   â aâ ầ aà ấ aá ẩ aå ẫ aã ậ aä   đ ñ
  è eø é eù ẻ eû ẽ eõ ẹ eï   ê eâ ề eà ế eá ể eå ễ eã ệ eä   ì ì í í ỉ æ ĩ ó ị ò
  ò oø ó où ỏ oû õ oõ ọ oï   ô oâ ồ oà ố oá ổ oå ỗ oã ộ oä   ơ ô ờ ôø ớ ôù ở ôû ỡ ôõ ợ ôï
  ù uø ú uù ủ uû ũ uõ ụ uï   ư ö ừ öø ứ öù ử öû ữ öõ ự öï   ỳ yø ý yù ỷ yû ỹ yõ ỵ î`)

const vni = new Map(
  [...vniLower].flatMap(([letter, code]) => [
    [letter, code] as const,
    [letter.toUpperCase(), code.toUpperCase()] as const,
  ]),
)

function pairs(text: string): Map<string, string> {
  const words = text.trim().split(/[ \n]+/)
  return new Map(words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1]!] as const] : [])))
}

const encode: Record<LegacyFont, (text: string) => string> = {
  // A capital with a tone has no code of its own: it is stored as the small letter.
  tcvn3: text => [...text].map(letter => tcvn3.get(letter) ?? tcvn3.get(letter.toLowerCase()) ?? letter).join(''),
  'tcvn3-capitals': text => [...text.toLowerCase()].map(letter => tcvn3.get(letter) ?? letter).join(''),
  vni: text => [...text].map(letter => vni.get(letter) ?? letter).join(''),
}

/** The letters as such a font's file has them. `text` in NFC. */
export const inLegacyFont = (text: string, font: LegacyFont) => encode[font](text)
