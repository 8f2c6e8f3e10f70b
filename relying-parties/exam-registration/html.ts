/** Text that is safe to stand in a page as it is. */
export type Html = { readonly html: string }
export type Language = 'vi' | 'en'
/** A text in both languages, as data has it. */
export type Said = { readonly vi: string; readonly en: string }

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)

type Piece = Html | string | number | false | null | undefined | readonly Piece[]

function written(piece: Piece): string {
  if (piece === false || piece === null || piece === undefined) return ''
  if (typeof piece === 'string') return escaped(piece)
  if (typeof piece === 'number') return String(piece)
  if ('html' in piece) return piece.html
  return piece.map(written).join('')
}

/** Writes markup; every value is escaped unless it is markup itself. Attributes must be quoted. */
export const html = (texts: TemplateStringsArray, ...pieces: Piece[]): Html => ({
  html: texts.reduce((page, text, index) => page + text + (index < pieces.length ? written(pieces[index]) : ''), ''),
})

/** Markup that is made elsewhere and known to be sound: the QR code's drawing. */
export const drawn = (markup: string): Html => ({ html: markup })
