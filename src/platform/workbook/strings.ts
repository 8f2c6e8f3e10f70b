import { workbookProblem } from './problems.ts'
import { readWholeXml } from './xml.ts'
import type { WorkbookLimits } from './zip.ts'

/** A text, and the font of its longest run where it has runs of its own. */
export type RichText = { readonly text: string; readonly font?: string | undefined }

/** A text that a database can keep: U+FFFD stands where NUL, or half of a pair of surrogates, stood. */
export const storable = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text).toWellFormed()

/** `_x000D_` stands for a letter that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? storable(
        text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
      )
    : text

/**
 * Gathers a text of plain or rich runs, inside `si` or `is`; how a name is spoken (`rPh`) is no part of it. Give it
 * each tag and text there, then take the result.
 */
export class RichTextReader {
  #text = ''
  #font: string | undefined
  #run = ''
  #runFont: string | undefined
  #longest = 0
  #inText = false
  #spoken = 0

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'rPh') this.#spoken++
    if (name === 'rFont' && this.#spoken === 0) this.#runFont = attributes['val']
    if (name === 't') this.#inText = this.#spoken === 0
  }

  text(text: string): void {
    if (this.#inText) this.#run += text
  }

  close(name: string): void {
    if (name === 'rPh') this.#spoken--
    if (name === 't') this.#inText = false
    if (name === 'r') this.#endRun()
  }

  get length(): number {
    return this.#text.length + this.#run.length
  }

  take(): RichText {
    this.#endRun()
    const taken = { text: unescaped(this.#text), font: this.#font }
    this.#text = ''
    this.#font = undefined
    this.#longest = 0
    return taken
  }

  #endRun(): void {
    if (this.#run.length > this.#longest) {
      this.#longest = this.#run.length
      this.#font = this.#runFont
    }
    this.#text += this.#run
    this.#run = ''
    this.#runFont = undefined
  }
}

/** Millions of texts in one block of UTF-8, so that what they take is known to the byte and no more than it says. */
class TextTable {
  #bytes = Buffer.alloc(1 << 16)
  #used = 0
  #ends = new Uint32Array(1 << 12)
  #count = 0
  readonly #fonts = new Map<number, string>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  add({ text, font }: RichText): void {
    const size = Buffer.byteLength(text)
    this.#makeRoom(size)
    this.#used += this.#bytes.write(text, this.#used)
    if (font && this.#fonts.size < 1_000_000) this.#fonts.set(this.#count, font)
    this.#ends[this.#count++] = this.#used
  }

  at(index: number): RichText | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined
    const start = index === 0 ? 0 : this.#ends[index - 1]
    return { text: this.#bytes.toString('utf8', start, this.#ends[index]), font: this.#fonts.get(index) }
  }

  #makeRoom(size: number): void {
    const needed = this.#used + size + (this.#count + 1) * 4
    if (needed > this.#limit)
      throw workbookProblem('workbook-too-large', {
        sharedTexts: this.#count,
        sharedTextBytes: needed,
        limitBytes: this.#limit,
      })
    if (this.#used + size > this.#bytes.length) {
      const larger = Buffer.alloc(Math.min(this.#limit, Math.max(this.#bytes.length * 2, this.#used + size)))
      this.#bytes.copy(larger, 0, 0, this.#used)
      this.#bytes = larger
    }
    if (this.#count >= this.#ends.length) {
      const longer = new Uint32Array(this.#ends.length * 2)
      longer.set(this.#ends)
      this.#ends = longer
    }
  }
}

/** Reads xl/sharedStrings.xml; a workbook without it keeps its texts in the cells. */
export async function readSharedTexts(
  part: AsyncIterable<Buffer> | undefined,
  limits: WorkbookLimits,
): Promise<(index: number) => RichText | undefined> {
  const table = new TextTable(limits.sharedTexts)
  const reader = new RichTextReader()
  let inside = false
  if (part) {
    await readWholeXml(
      part,
      {
        open: (name, attributes) => {
          if (name === 'si') inside = true
          else if (inside) reader.open(name, attributes)
        },
        text: text => {
          reader.text(text)
          if (reader.length > limits.oneText)
            throw workbookProblem('workbook-too-large', { oneTextBytes: reader.length, limitBytes: limits.oneText })
        },
        close: name => {
          if (name !== 'si') return reader.close(name)
          inside = false
          table.add(reader.take())
        },
      },
      limits,
    )
  }
  return index => table.at(index)
}
