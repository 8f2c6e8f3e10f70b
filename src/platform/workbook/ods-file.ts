import type { Cell, SheetRow } from './cell.ts'
import { workbookProblem } from './problems.ts'
import { storable } from './strings.ts'
import type { Attributes, XmlSink } from './tags.ts'
import { readWholeXml } from './xml.ts'
import type { WorkbookLimits, WorkbookPackage } from './zip.ts'

/**
 * OpenDocument spreadsheets (OASIS ODF 1.3 part 3, 9.1), over the same limits as a workbook of Excel: one part is read
 * tag by tag, and repeated rows and cells are counted before they are made.
 */

export type OtherSheet = { readonly name: string; readonly hidden: boolean; readonly rows: readonly SheetRow[] }

/** Cells of all sheets: a row or a cell may be said to repeat a million times. */
export const mostOtherCells = 3_000_000

type OdsStyle = { font?: string | undefined; struck?: boolean | undefined; hidden?: boolean; parent?: string }

const isStruck = (a: Attributes): boolean | undefined => {
  const said = a['text-line-through-style'] ?? a['text-line-through-type']
  return said === undefined ? undefined : said !== 'none'
}

/** Styles by family and name; those of content.xml stand above those of styles.xml. */
class StyleGatherer implements XmlSink {
  readonly styles = new Map<string, OdsStyle>()
  readonly #fonts = new Map<string, string>()
  #current: OdsStyle | undefined

  readonly open = (name: string, a: Attributes): void => {
    if (name === 'font-face' && a['name']) this.#fonts.set(a['name'], unquoted(a['font-family'] ?? a['name']))
    if (name === 'style' && a['family']) {
      this.#current = a['parent-style-name'] ? { parent: `${a['family']} ${a['parent-style-name']}` } : {}
      if (this.styles.size > 100_000) throw workbookProblem('workbook-too-large', { styles: this.styles.size })
      this.styles.set(`${a['family']} ${a['name'] ?? ''}`, this.#current)
    }
    if (name === 'default-style') this.#current = undefined
    if (!this.#current) return
    if (name === 'text-properties') {
      const font = a['font-name']
      this.#current.font = font ? (this.#fonts.get(font) ?? font) : a['font-family'] && unquoted(a['font-family'])
      this.#current.struck = isStruck(a)
    }
    if (name === 'table-properties' && a['display'] === 'false') this.#current.hidden = true
  }

  readonly close = (name: string): void => {
    if (name === 'style') this.#current = undefined
  }

  /** A style with what it takes from its parents. */
  resolve(family: string, name: string | undefined): OdsStyle {
    const found: OdsStyle = {}
    let key: string | undefined = `${family} ${name ?? 'Default'}`
    for (let depth = 0; key && depth < 10; depth++) {
      const one: OdsStyle | undefined = this.styles.get(key)
      found.font ??= one?.font
      found.struck ??= one?.struck
      if (one?.hidden) found.hidden = true
      key = one?.parent
    }
    return found
  }
}

const unquoted = (text: string) => text.replace(/^'|'$/g, '')

type OpenCell = {
  readonly attributes: Attributes
  readonly column: number
  readonly repeated: number
  text: string
  struck: number
}

/** Gathers the rows of all sheets. */
class SheetGatherer implements XmlSink {
  readonly sheets: { name: string; hidden: boolean; rows: SheetRow[] }[] = []
  readonly #styles: StyleGatherer
  readonly #limits: WorkbookLimits
  #depth = 0
  #row = 0
  #rowRepeated = 1
  #rowHidden = false
  #column = 0
  #cells: Cell[] = []
  #total = 0
  #cell: OpenCell | undefined
  #defaults: { readonly upTo: number; readonly style: string | undefined }[] = []
  #outside = 0
  #paragraph = 0
  readonly #spans: boolean[] = []

  constructor(styles: StyleGatherer, limits: WorkbookLimits) {
    this.#styles = styles
    this.#limits = limits
  }

  readonly open = (name: string, a: Attributes): void => {
    this.#styles.open(name, a)
    if (name === 'table') this.#openTable(a)
    if (this.#depth !== 1) return
    // A comment, a drawing or an embedded table has paragraphs of its own.
    if (this.#cell && (name === 'annotation' || name === 'frame' || name === 'shapes')) this.#outside++
    if (name === 'table-column') this.#openColumn(a)
    else if (name === 'table-row') this.#openRow(a)
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#openCell(a)
    if (!this.#cell || this.#outside > 0) return
    if (name === 'p' && this.#paragraph++ === 0 && this.#cell.text !== '') this.#cell.text += '\n'
    if (name === 'span') this.#spans.push(this.#styles.resolve('text', a['style-name']).struck === true)
    if (name === 's') this.#add(' '.repeat(Math.min(Number(a['c'] ?? 1) || 1, 100)))
    if (name === 'tab' || name === 'line-break') this.#add(name === 'tab' ? '\t' : '\n')
  }

  readonly text = (text: string): void => {
    if (this.#cell && this.#depth === 1 && this.#outside === 0 && this.#paragraph > 0) this.#add(text)
  }

  readonly close = (name: string): void => {
    this.#styles.close(name)
    if (name === 'table') this.#depth--
    if (this.#depth !== 1) return
    if (this.#cell && (name === 'annotation' || name === 'frame' || name === 'shapes')) this.#outside--
    else if (name === 'table-row') this.#closeRow()
    else if (name === 'table-cell' || name === 'covered-table-cell') this.#closeCell()
    else if (name === 'p' && this.#outside === 0 && this.#paragraph > 0) this.#paragraph--
    else if (name === 'span' && this.#outside === 0) this.#spans.pop()
  }

  #add(text: string): void {
    const cell = this.#cell
    if (!cell) return
    cell.text += text
    if (this.#spans.some(Boolean)) cell.struck += text.length
    if (cell.text.length > this.#limits.oneText)
      throw workbookProblem('workbook-too-large', {
        oneTextBytes: cell.text.length,
        limitBytes: this.#limits.oneText,
      })
  }

  #openTable(a: Attributes): void {
    if (++this.#depth !== 1) return
    if (this.sheets.length >= this.#limits.entries)
      throw workbookProblem('workbook-too-large', { sheets: this.sheets.length, limit: this.#limits.entries })
    const hidden = this.#styles.resolve('table', a['style-name']).hidden === true
    this.sheets.push({ name: storable(a['name'] ?? ''), hidden, rows: [] })
    this.#row = 0
    this.#defaults = []
  }

  #openColumn(a: Attributes): void {
    const before = this.#defaults.at(-1)?.upTo ?? 0
    if (before < this.#limits.columns)
      this.#defaults.push({ upTo: before + timesOf(a['number-columns-repeated']), style: a['default-cell-style-name'] })
  }

  #openRow(a: Attributes): void {
    this.#rowRepeated = timesOf(a['number-rows-repeated'])
    this.#rowHidden = a['visibility'] === 'collapse' || a['visibility'] === 'filter'
    this.#column = 0
    this.#cells = []
  }

  #openCell(a: Attributes): void {
    const repeated = timesOf(a['number-columns-repeated'])
    this.#cell = { attributes: a, column: this.#column + 1, repeated, text: '', struck: 0 }
    this.#column += repeated
    this.#paragraph = 0
    this.#spans.length = 0
    this.#outside = 0
  }

  #closeCell(): void {
    const cell = this.#cell
    this.#cell = undefined
    const content = cell && openContent(cell)
    if (!cell || !content || content.text === '') return
    const last = cell.column + cell.repeated - 1
    if (last > this.#limits.columns)
      throw workbookProblem('workbook-too-large', { column: last, limitColumns: this.#limits.columns })
    const columnStyle = this.#defaults.find(({ upTo }) => cell.column <= upTo)?.style
    const style = this.#styles.resolve('table-cell', cell.attributes['style-name'] ?? columnStyle)
    const struck = style.struck === true || (cell.struck > 0 && cell.struck >= cell.text.trim().length)
    for (let column = cell.column; column <= last; column++) {
      this.#count(1)
      this.#cells.push({
        column,
        ...content,
        ...(style.font && { font: style.font }),
        ...(struck && { struck: true as const }),
        ...(cell.attributes['formula'] && { formula: true as const }),
      })
    }
  }

  #closeRow(): void {
    const first = this.#row + 1
    this.#row += this.#rowRepeated
    if (this.#cells.length === 0) return
    if (this.#row > this.#limits.rows)
      throw workbookProblem('workbook-too-large', { row: this.#row, limitRows: this.#limits.rows })
    this.#count(this.#cells.length * (this.#rowRepeated - 1))
    const rows = this.sheets.at(-1)?.rows
    for (let row = first; row <= this.#row; row++)
      rows?.push({ row, ...(this.#rowHidden && { hidden: true as const }), cells: this.#cells })
    this.#cells = []
  }

  #count(cells: number): void {
    this.#total += cells
    if (this.#total > mostOtherCells)
      throw workbookProblem('workbook-too-large', { cells: this.#total, limit: mostOtherCells })
  }
}

const timesOf = (text: string | undefined) => {
  const times = Number(text ?? 1)
  return Number.isInteger(times) && times > 1 ? Math.min(times, 1 << 24) : 1
}

const isoDay = /^(-?\d{4,6}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d))?/

function openContent({ attributes: a, text }: OpenCell): Pick<Cell, 'kind' | 'text' | 'value'> | undefined {
  const shown = storable(text)
  switch (a['value-type']) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const value = Number(a['value'])
      if (!Number.isFinite(value)) break
      // A mask gives zeros back that a number has not; else all digits are told, whatever is shown of them.
      return { kind: 'number', text: /^0\d+$/.test(shown.trim()) ? shown.trim() : String(value), value }
    }
    case 'date': {
      const [, day, time] = isoDay.exec(a['date-value'] ?? '') ?? []
      if (!day) break
      const said = day.split('-').reverse().join('/')
      return time && time !== '00:00:00'
        ? { kind: 'date', text: `${said} ${time}`, value: `${day}T${time}` }
        : { kind: 'date', text: said, value: day }
    }
    case 'boolean': {
      const value = a['boolean-value'] === 'true'
      return { kind: 'boolean', text: value ? 'TRUE' : 'FALSE', value }
    }
  }
  const said = shown || storable(a['string-value'] ?? '')
  return said === '' ? undefined : { kind: 'text', text: said, value: said }
}

/** Whether a package says that it is a spreadsheet of OpenDocument. */
export async function isOds(parts: WorkbookPackage): Promise<boolean> {
  for await (const piece of parts.read('mimetype') ?? [])
    return /opendocument\.spreadsheet/.test(piece.toString('latin1', 0, 200))
  return false
}

/** The sheets of a package. Throws a workbook-… problem. */
export async function readOds(parts: WorkbookPackage, limits: WorkbookLimits): Promise<readonly OtherSheet[]> {
  const manifest = parts.read('META-INF/manifest.xml')
  if (manifest)
    await readWholeXml(
      manifest,
      {
        open: name => {
          if (name === 'encryption-data') throw workbookProblem('workbook-encrypted')
        },
      },
      limits,
    )
  const content = parts.read('content.xml')
  if (!content) throw workbookProblem('workbook-damaged', { detail: 'a package without its content' })
  const styles = new StyleGatherer()
  const named = parts.read('styles.xml')
  if (named) await readWholeXml(named, styles, limits)
  const sheets = new SheetGatherer(styles, limits)
  await readWholeXml(content, sheets, limits)
  if (sheets.sheets.length === 0) throw workbookProblem('workbook-without-sheet')
  return sheets.sheets
}
