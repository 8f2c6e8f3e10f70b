import { windows1252 } from './legacy-table.ts'

/** UTF-8 that was read as Windows-1252 or Latin-1: Nguyá»…n VÄƒn. */

const utf8 = new TextDecoder('utf-8', { fatal: true })

function byteOf(character: string): number | undefined {
  const code = character.charCodeAt(0)
  if (code < 0x100) return code
  const at = windows1252.indexOf(character)
  return at < 0 ? undefined : at + 0x80
}

function decodeBytes(text: string): string | undefined {
  const bytes = Array.from(text, byteOf)
  if (!bytes.every(byte => byte !== undefined)) return undefined
  try {
    return utf8.decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}

/** à is C3 A0 and í is C3 AD: their second halves look like a blank and a soft hyphen, and get lost as such; the 90 of Đ (C4 90) is
 *  a control character and gets lost too. Before a small letter the blank stood inside the word. */
const mendLost = (text: string) =>
  text
    .replace(/Ã[ \u00a0](?=\p{Ll})/gu, 'Ã\u00a0')
    .replace(/Ã (?!\p{Ll})/gu, 'Ã\u00a0 ')
    .replace(/Ã$/, 'Ã\u00a0')
    .replace(/Ã(?=[a-z])/g, 'Ã\u00ad')
    .replace(/Ä(?=[A-Za-zÃÄÆá])/g, 'Ä\u0090')

/** A sequence that no proper name has. Without one a lone Ã is a letter: Lã is a family name, written LÃ in capitals. */
const sure = new RegExp(`[ÃÄÅÆ][\\u0080-\\u009f\\u00a1-\\u00ac\\u00ae-\\u00bf${windows1252}]|á[º»]`)

const isReadable = (text: string) => /[^\u0000-\u007f]/.test(text) && /^(?:\p{Script=Latin}|\p{M}|[\u0020-\u007e\u00a0])+$/u.test(text)

/** The text as it was meant, twice garbled text too; undefined where the text is no such thing. */
export function decodeMojibake(text: string): string | undefined {
  if (!/[\u00c2-\u00ef]/.test(text)) return undefined
  const once = decodeBytes(text) ?? (sure.test(text) ? decodeBytes(mendLost(text)) : undefined)
  if (once === undefined || once === text) return undefined
  const twice = decodeMojibake(once)
  if (twice !== undefined) return twice
  return isReadable(once) ? once : undefined
}
