import { inflateSync } from 'node:zlib'

/**
 * Reads back the PDF files that the house itself writes, for tests (ISO 32000-1): of no use for files of another make.
 */

export type PageSize = { readonly width: number; readonly height: number }
/**
 * A stretch of text as it stands in the file: `x` where it begins, `y` its baseline from the top of the page, both in
 * points.
 */
export type DrawnText = {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly text: string
  /** Its shapes in the file: fewer than its letters where one stands for two. */
  readonly glyphs: number
}

type PdfObject = { readonly dictionary: string; readonly stream: string }

function objectsOf(bytes: Buffer): Map<number, PdfObject> {
  const text = bytes.toString('latin1')
  const table = Number(/startxref\n(\d+)/.exec(text)?.[1])
  const offsets = [...text.slice(table).matchAll(/(\d{10}) \d{5} n/g)].map(([, at]) => Number(at))
  return new Map(offsets.map(at => [Number.parseInt(text.slice(at, at + 10), 10), objectAt(bytes, text, at)]))
}

function objectAt(bytes: Buffer, text: string, at: number): PdfObject {
  const [start, end] = [text.indexOf('stream\n', at), text.indexOf('endobj', at)]
  if (start < 0 || start > end) return { dictionary: text.slice(at, end), stream: '' }
  const dictionary = text.slice(at, start)
  if (/\/Subtype \/(Image|CIDFontType)/.test(dictionary) || dictionary.includes('/Length1'))
    return { dictionary, stream: '' }
  const stream = bytes.subarray(start + 7, start + 7 + Number(/\/Length (\d+)/.exec(dictionary)?.[1]))
  return { dictionary, stream: (dictionary.includes('FlateDecode') ? inflateSync(stream) : stream).toString('latin1') }
}

function pagesOf(objects: ReadonlyMap<number, PdfObject>): PdfObject[] {
  const root = [...objects.values()].find(({ dictionary }) => dictionary.includes('/Type /Pages'))?.dictionary ?? ''
  return [...(/\/Kids \[([^\]]*)\]/.exec(root)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].flatMap(
    ([, id]) => objects.get(Number(id)) ?? [],
  )
}

const sizeOf = ({ dictionary }: PdfObject): PageSize => {
  const [, width = '0', height = '0'] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(dictionary) ?? []
  return { width: Math.round(Number(width) * 100) / 100, height: Math.round(Number(height) * 100) / 100 }
}

/** The pages and their sizes in points. */
export const readPdfPages = (bytes: Buffer): PageSize[] => pagesOf(objectsOf(bytes)).map(sizeOf)

/** What each glyph says, by the font's ToUnicode. */
const lettersOf = (map: string): Map<number, string> =>
  new Map(
    [...map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)].flatMap(([, first = '', targets = '']) =>
      [...targets.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex = ''], i): [number, string] => [
        Number.parseInt(first, 16) + i,
        String.fromCharCode(...(hex.match(/[0-9a-f]{4}/g) ?? []).map(unit => Number.parseInt(unit, 16))),
      ]),
    ),
  )

const shown = /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm\n\/(F\d+) [\d.]+ Tf\n[^[]*\[([^\]]*)\] TJ/g

/** What is written on the pages, in the order in which it was written. */
export function readPdfTexts(bytes: Buffer): DrawnText[] {
  const objects = objectsOf(bytes)
  const get = (id: string | undefined) => objects.get(Number(id)) ?? { dictionary: '', stream: '' }
  return pagesOf(objects).flatMap((page, i) => {
    const content = get(/\/Contents (\d+)/.exec(page.dictionary)?.[1]).stream
    const resources = get(/\/Resources (\d+)/.exec(page.dictionary)?.[1]).dictionary
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => [
        name,
        lettersOf(get(/\/ToUnicode (\d+)/.exec(get(id).dictionary)?.[1]).stream),
      ]),
    )
    return [...content.matchAll(shown)].map(([, x, y, name = '', codes = '']): DrawnText => {
      const glyphs = [...codes.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      const text = glyphs.map(code => fonts.get(name)?.get(Number.parseInt(code, 16)) ?? '\ufffd').join('')
      return { page: i + 1, x: Number(x), y: sizeOf(page).height - Number(y), text, glyphs: glyphs.length }
    })
  })
}

/**
 * What stands on each line of each page, from left to right and without blanks: digits in cells are single texts in the
 * file.
 */
export function readPdfLines(bytes: Buffer): string[] {
  const lines = new Map<string, DrawnText[]>()
  for (const text of readPdfTexts(bytes)) {
    const key = `${text.page} ${text.y.toFixed(1)}`
    lines.set(key, [...(lines.get(key) ?? []), text])
  }
  return [...lines.values()].map(texts =>
    texts
      .toSorted((a, b) => a.x - b.x)
      .map(({ text }) => text)
      .join('')
      .replace(/\s/g, ''),
  )
}
