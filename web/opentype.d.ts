/** The little of opentype.js that is used here; the package brings no types. */
declare module 'opentype.js' {
  export type Command = {
    readonly type: string
    x?: number
    y?: number
    x1?: number
    y1?: number
    x2?: number
    y2?: number
  }
  export interface Path {
    commands: Command[]
  }
  export interface Glyph {
    readonly name: string | null
    readonly unicode: number | undefined
    readonly advanceWidth: number
    readonly path: Path
    getMetrics(): { xMin: number; xMax: number }
  }
  export interface Font {
    readonly unitsPerEm: number
    readonly ascender: number
    readonly descender: number
    charToGlyph(char: string): Glyph
    getKerningValue(left: Glyph, right: Glyph): number
    toArrayBuffer(): ArrayBuffer
  }
  const opentype: {
    parse(bytes: ArrayBufferLike): Font
    Path: new () => Path
    Glyph: new (parts: { name: string; unicode: number; advanceWidth: number; path: Path }) => Glyph
    Font: new (parts: {
      familyName: string
      styleName: string
      unitsPerEm: number
      ascender: number
      descender: number
      license: string
      glyphs: Glyph[]
    }) => Font
  }
  // biome-ignore lint/style/noDefaultExport: the package is so
  export default opentype
}
