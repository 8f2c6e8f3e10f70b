import { readFileSync } from 'node:fs'
import type { Glyph } from 'opentype.js'
import { opentype } from '../../platform/pdf/font.ts'

/** What stands in columns of figures: numbers, rates, dashes, hexadecimal groups. */
const letters = '0123456789abcdef.,-–% '
const isDigit = (letter: string) => letter >= '0' && letter <= '9'

/** The same outline, moved so that it stands in the middle of `width` units. */
function centredGlyph(glyph: Glyph, letter: string, width: number): Glyph {
  const { xMin, xMax } = glyph.getMetrics()
  return redrawnGlyph(glyph, letter, width, Math.round((width - (xMax - xMin)) / 2 - xMin))
}

function redrawnGlyph(glyph: Glyph, letter: string, advanceWidth: number, by: number): Glyph {
  const path = new (opentype().Path)()
  path.commands = glyph.path.commands.map(command => {
    const moved = { ...command }
    for (const key of ['x', 'x1', 'x2'] as const) if (moved[key] !== undefined) moved[key] += by
    return moved
  })
  return new (opentype().Glyph)({ name: glyph.name ?? '', unicode: letter.codePointAt(0) ?? 0, advanceWidth, path })
}

/**
 * A companion for figures in columns, made of a face of Be Vietnam Pro, which has no tabular figures: its ten digits
 * each in the middle of a cell of `cell` em (docs/design.md, Tokens), the signs between them as they are, no kerning. A
 * font of its own, and not digits placed one by one, so that a number is one word to whoever copies it from the file or
 * has it read aloud.
 */
export function figuresFont(file: string, name: string, cell: number): Buffer {
  const bytes = readFileSync(file)
  const source = opentype().parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const width = Math.round(cell * source.unitsPerEm)
  const missing = new (opentype().Glyph)({
    name: '.notdef',
    unicode: 0,
    advanceWidth: width,
    path: new (opentype().Path)(),
  })
  const glyphs = [...letters].map(letter => {
    const glyph = source.charToGlyph(letter)
    return isDigit(letter) ? centredGlyph(glyph, letter, width) : redrawnGlyph(glyph, letter, glyph.advanceWidth, 0)
  })
  const font = new (opentype().Font)({
    familyName: 'Be Vietnam Pro Figures',
    styleName: name,
    unitsPerEm: source.unitsPerEm,
    ascender: source.ascender,
    descender: source.descender,
    license: 'SIL Open Font License 1.1',
    glyphs: [missing, ...glyphs],
  })
  return Buffer.from(font.toArrayBuffer())
}
