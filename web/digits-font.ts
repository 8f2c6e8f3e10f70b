import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import opentype, { type Font, type Glyph } from 'opentype.js'

/**
 * The companion of Be Vietnam Pro for figures that stand in columns: its ten digits on one width.
 * The family has no `tnum`; its "1" is 0.386 em wide and its "0" 0.676 em (docs/design.md, Tokens).
 */

export const digitWeights = [400, 500, 600, 700] as const
export type DigitWeight = (typeof digitWeights)[number]

/** Em the digits stand in; the bolder ones need a little more. */
const widthOf = (weight: DigitWeight) => (weight >= 600 ? 0.635 : 0.62)

const files = dirname(
  createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff'),
)
const latin = (weight: DigitWeight) => join(files, `be-vietnam-pro-latin-${weight}-normal.woff`)

async function readFont(path: string): Promise<Font> {
  const bytes = await readFile(path)
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** The same outline, moved so that it stands in the middle of `width` units. */
function centred(glyph: Glyph, width: number): Glyph {
  const { xMin, xMax } = glyph.getMetrics()
  const by = Math.round((width - (xMax - xMin)) / 2 - xMin)
  const path = new opentype.Path()
  path.commands = glyph.path.commands.map(command => {
    const moved = { ...command }
    for (const key of ['x', 'x1', 'x2'] as const)
      if (key in moved) Object.assign(moved, { [key]: Number(Reflect.get(moved, key)) + by })
    return moved
  })
  return new opentype.Glyph({ name: glyph.name ?? '', unicode: glyph.unicode ?? 0, advanceWidth: width, path })
}

/** One weight of the companion, as an OpenType file. */
export async function digitsFont(weight: DigitWeight): Promise<Uint8Array> {
  const source = await readFont(latin(weight))
  const width = Math.round(widthOf(weight) * source.unitsPerEm)
  const missing = new opentype.Glyph({ name: '.notdef', unicode: 0, advanceWidth: width, path: new opentype.Path() })
  const digits = [...'0123456789'].map(digit => centred(source.charToGlyph(digit), width))
  const font = new opentype.Font({
    familyName: 'Be Vietnam Pro Digits',
    styleName: String(weight),
    unitsPerEm: source.unitsPerEm,
    ascender: source.ascender,
    descender: source.descender,
    license: 'SIL Open Font License 1.1',
    glyphs: [missing, ...digits],
  })
  return new Uint8Array(font.toArrayBuffer())
}

/** Writes `digits-<weight>.otf` for each weight into the folder. */
export async function writeDigits(folder: string): Promise<void> {
  for (const weight of digitWeights) await writeFile(join(folder, `digits-${weight}.otf`), await digitsFont(weight))
}
