import { type Cell, type CellSource, readCell, type SheetRow } from './cell.ts'
import { workbookProblem } from './problems.ts'
import type { RichText } from './strings.ts'
import { RichTextReader } from './strings.ts'
import type { Style } from './styles-in-file.ts'
import type { Attributes, XmlSink } from './tags.ts'
import { readXml } from './xml.ts'
import type { WorkbookLimits } from './zip.ts'

/** A range of merged cells, 1-based and inclusive; only its first cell holds the text. */
export type Merge = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

export type SheetContext = {
  readonly style: (index: number) => Style
  readonly shared: (index: number) => RichText | undefined
  readonly limits: WorkbookLimits
}

/** The column of a reference such as BC12, from 1; 0 where there is none. */
function columnOf(reference: string | undefined): number {
  let column = 0
  for (let i = 0; reference && i < reference.length; i++) {
    const code = reference.charCodeAt(i) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
    if (column > 1e6) break
  }
  return column
}

function parseRange(reference: string): Merge | undefined {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(reference)
  if (!found) return undefined
  const [, left, top, right = left, bottom = top] = found
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) }
}

/**
 * Gathers rows from the tags of a sheet. Rows and cells without a reference follow the one before, as the standard lets
 * writers do.
 */
class RowGatherer implements XmlSink {
  readonly #context: SheetContext
  readonly #rich = new RichTextReader()
  ready: SheetRow[] = []
  #inData = false
  #row = 0
  #rowsSeen = 0
  #hidden = false
  #cells: Cell[] = []
  #column = 0
  #cell: CellSource | undefined
  #within: 'v' | 'f' | 'is' | undefined

  constructor(context: SheetContext) {
    this.#context = context
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (name === 'sheetData') this.#inData = true
    if (!this.#inData) return
    if (name === 'row') this.#openRow(attributes)
    else if (name === 'c') this.#openCell(attributes)
    else if (this.#within === 'is') this.#rich.open(name, attributes)
    else if (name === 'v' || name === 'f' || name === 'is') this.#within = name
    if (name === 'f' && this.#cell) this.#cell.formula = true
  }

  readonly text = (text: string): void => {
    if (!this.#within || !this.#cell) return
    if (this.#within === 'is') this.#rich.text(text)
    if (this.#within === 'v') this.#cell.raw = (this.#cell.raw ?? '') + text
    const size = Math.max(this.#rich.length, this.#cell.raw?.length ?? 0)
    if (size > this.#context.limits.oneText)
      throw workbookProblem('workbook-too-large', { oneTextBytes: size, limitBytes: this.#context.limits.oneText })
  }

  readonly close = (name: string): void => {
    if (!this.#inData) return
    if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#closeRow()
    else if (name === 'sheetData') this.#inData = false
    else if (this.#within === 'is' && name !== 'is') this.#rich.close(name)
    else if (name === this.#within) this.#within = undefined
  }

  #openRow(attributes: Attributes): void {
    const { limits } = this.#context
    this.#row = attributes['r'] ? Number(attributes['r']) : this.#row + 1
    if (!Number.isInteger(this.#row) || this.#row < 1)
      throw workbookProblem('workbook-damaged', { detail: 'row number' })
    const row = Math.max(this.#row, ++this.#rowsSeen)
    if (row > limits.rows) throw workbookProblem('workbook-too-large', { row, limitRows: limits.rows })
    this.#hidden = attributes['hidden'] === '1' || attributes['hidden'] === 'true'
    this.#column = 0
    this.#cells = []
  }

  #openCell(attributes: Attributes): void {
    const { limits } = this.#context
    this.#column = columnOf(attributes['r']) || this.#column + 1
    if (this.#column > limits.columns || this.#cells.length >= limits.columns)
      throw workbookProblem('workbook-too-large', {
        column: Math.max(this.#column, this.#cells.length + 1),
        limitColumns: limits.columns,
      })
    this.#cell = {
      column: this.#column,
      type: attributes['t'] ?? 'n',
      style: Number(attributes['s'] ?? 0),
      formula: false,
      raw: undefined,
      rich: undefined,
    }
  }

  #closeCell(): void {
    if (!this.#cell) return
    if (this.#cell.type === 'inlineStr') this.#cell.rich = this.#rich.take()
    const cell = readCell(this.#cell, this.#context)
    if (cell) this.#cells.push(cell)
    this.#cell = undefined
    this.#within = undefined
  }

  #closeRow(): void {
    if (this.#cells.length > 0)
      this.ready.push({ row: this.#row, ...(this.#hidden && { hidden: true as const }), cells: this.#cells })
    this.#cells = []
  }
}

/** The rows of a sheet that hold something, as they stand in the file; memory holds those of one piece of it. */
export async function* sheetRows(part: AsyncIterable<Buffer>, context: SheetContext): AsyncGenerator<SheetRow> {
  const gatherer = new RowGatherer(context)
  for await (const _ of readXml(part, gatherer, context.limits)) {
    const { ready } = gatherer
    gatherer.ready = []
    yield* ready
  }
}

const mostMerges = 200_000

/** The merged ranges stand after the rows in the file: asking for them reads it once more. */
export async function sheetMerges(part: AsyncIterable<Buffer>, limits: WorkbookLimits): Promise<Merge[]> {
  const merges: Merge[] = []
  const sink: XmlSink = {
    open: (name, attributes) => {
      if (name !== 'mergeCell') return
      const range = parseRange(attributes['ref'] ?? '')
      if (range) merges.push(range)
      if (merges.length > mostMerges)
        throw workbookProblem('workbook-too-large', { merges: merges.length, limit: mostMerges })
    },
  }
  for await (const _ of readXml(part, sink, limits)) {
    // The sink has them.
  }
  return merges
}
