import { inflateSync } from 'node:zlib'

/** A stretch of text as it stands in a PDF: `x` where it begins, `y` its baseline from the top, both in points. */
export type Drawn = {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly text: string
  readonly font: string
}
export type Rectangle = {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export type ReadPdf = {
  readonly pages: number
  readonly texts: readonly Drawn[]
  readonly rectangles: readonly Rectangle[]
}

type PdfObject = { readonly dictionary: string; readonly stream: string }

const pageHeight = 841.89

/**
 * Reads what is written and which rectangles are drawn, by the file's own tables (ISO 32000-1, 7.5 and 9.10): of no use
 * for files of another make.
 */
export function readPdf(bytes: Buffer): ReadPdf {
  const objects = objectsOf(bytes)
  const get = (reference: string | undefined) =>
    objects.get(Number.parseInt(reference ?? '', 10)) ?? { dictionary: '', stream: '' }
  const root = [...objects.values()].find(({ dictionary }) => dictionary.includes('/Type /Pages'))?.dictionary ?? ''
  const pages = [...(/\/Kids \[([^\]]*)\]/.exec(root)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id]) => get(id))

  const texts: Drawn[] = []
  const rectangles: Rectangle[] = []
  for (const [i, { dictionary }] of pages.entries()) {
    const content = get(/\/Contents (\d+)/.exec(dictionary)?.[1]).stream
    const resources = get(/\/Resources (\d+)/.exec(dictionary)?.[1]).dictionary
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => [name, get(id).dictionary]),
    )
    texts.push(...textsOf(content, i + 1, fonts, get))
    for (const [, x, y, width, height] of content.matchAll(/([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re\b/g))
      rectangles.push({ page: i + 1, x: Number(x), y: Number(y), width: Number(width), height: Number(height) })
  }
  return { pages: pages.length, texts, rectangles }
}

function objectsOf(bytes: Buffer): Map<number, PdfObject> {
  const text = bytes.toString('latin1')
  const table = Number(/startxref\n(\d+)/.exec(text)?.[1])
  const offsets = [...text.slice(table).matchAll(/(\d{10}) \d{5} n/g)].map(([, at]) => Number(at))
  return new Map(
    offsets.map(at => {
      const id = Number.parseInt(text.slice(at, at + 10), 10)
      const start = text.indexOf('stream\n', at)
      const end = text.indexOf('endobj', at)
      if (start < 0 || start > end) return [id, { dictionary: text.slice(at, end), stream: '' }]
      const dictionary = text.slice(at, start)
      const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1])
      const stream = bytes.subarray(start + 7, start + 7 + length)
      return [
        id,
        { dictionary, stream: (dictionary.includes('FlateDecode') ? inflateSync(stream) : stream).toString('latin1') },
      ]
    }),
  )
}

function textsOf(
  content: string,
  page: number,
  fonts: ReadonlyMap<string, string>,
  get: (id: string | undefined) => PdfObject,
): Drawn[] {
  const letters = new Map(
    [...fonts].map(([name, font]) => [name, lettersOf(get(/\/ToUnicode (\d+)/.exec(font)?.[1]).stream)]),
  )
  return [...content.matchAll(/1 0 0 1 ([\d.-]+) ([\d.-]+) Tm\n\/(F\d+) [\d.]+ Tf\n[^[]*\[([^\]]*)\] TJ/g)].map(
    ([, x, y, name = '', shown = '']) => {
      const codes = [...shown.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      const text = codes.map(code => letters.get(name)?.get(Number.parseInt(code, 16)) ?? '\ufffd').join('')
      const font = /\/BaseFont \/\w+\+(\S+)/.exec(fonts.get(name) ?? '')?.[1] ?? ''
      return { page, x: Number(x), y: pageHeight - Number(y), text, font }
    },
  )
}

/** What each glyph says, by the font's ToUnicode. */
function lettersOf(map: string): Map<number, string> {
  const ranges = [...map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)]
  return new Map(
    ranges.flatMap(([, first = '', targets = '']) =>
      [...targets.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = ''], i): [number, string] => [
        Number.parseInt(first, 16) + i,
        String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map(unit => Number.parseInt(unit, 16))),
      ]),
    ),
  )
}
