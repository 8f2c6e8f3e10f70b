import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Font } from 'opentype.js'

const require = createRequire(import.meta.url)
/** The reader of fonts, loaded with the first paper. */
export const opentype = () => require('opentype.js') as typeof import('opentype.js')['default']
const fileOf = (name: string) => require.resolve(`@expo-google-fonts/be-vietnam-pro/${name}/BeVietnamPro_${name}.ttf`)

/** The faces that are printed: Be Vietnam Pro (OFL 1.1), which has all of Vietnamese. */
export const fontFiles = {
  regular: fileOf('400Regular'),
  semibold: fileOf('600SemiBold'),
  bold: fileOf('700Bold'),
  italic: fileOf('400Regular_Italic'),
} as const
export type FontFace = keyof typeof fontFiles

/** Capitals are so high, in em. */
export const capHeight = 0.74

/**
 * The font has no figures of one width: in columns and numbers each digit stands in the middle of a cell of this many
 * em (docs/design.md, Tokens).
 */
export const digitCell = { regular: 0.62, semibold: 0.635, bold: 0.635, italic: 0.62 } as const satisfies Record<
  FontFace,
  number
>

const fonts = new Map<FontFace, Font>()

/** The outlines and widths of a face; read when first asked for, and kept. */
export function fontOf(face: FontFace): Font {
  const known = fonts.get(face)
  if (known) return known
  const bytes = readFileSync(fontFiles[face])
  const font = opentype().parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  fonts.set(face, font)
  return font
}

/** U+0041 for A, as refusals name signs. */
export const codePointOf = (sign: string) =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
