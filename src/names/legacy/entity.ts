/** Letters that a web page or a program wrote by their number or name: &#7855;, &#x1EAF;, &ecirc;, \u1eaf. */

const marks: Readonly<Record<string, string>> = { grave: '\u0300', acute: '\u0301', tilde: '\u0303', circ: '\u0302' }

const entity =
  /&#(\d{2,6});|&#x([0-9a-f]{2,5});|&([aeiouyn])(grave|acute|tilde|circ);|&(nbsp|amp|apos|quot|eth);|\\u([0-9a-f]{4})/gi

const others: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', apos: "'", quot: '"', eth: 'đ' }

const ofCode = (code: number, written: string) =>
  code >= 0x20 && code < 0x11_0000 ? String.fromCodePoint(code) : written

/** The text with its entities read; undefined where it has none. */
export function decodeEntities(text: string): string | undefined {
  if (!/[&\\]/.test(text)) return undefined
  const decoded = text.replace(
    entity,
    (
      written: string,
      decimal?: string,
      hexadecimal?: string,
      letter?: string,
      mark = '',
      other?: string,
      unit?: string,
    ) => {
      if (decimal) return ofCode(Number(decimal), written)
      if (hexadecimal ?? unit) return ofCode(Number.parseInt(hexadecimal ?? unit ?? '', 16), written)
      if (letter) return (letter + (marks[mark.toLowerCase()] ?? '')).normalize('NFC')
      return other === 'ETH' ? 'Đ' : (others[other?.toLowerCase() ?? ''] ?? written)
    },
  )
  return decoded === text ? undefined : decoded.normalize('NFC')
}
