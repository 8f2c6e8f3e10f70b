import { workbookProblem } from './problems.ts'
import { type RichText, unescaped } from './strings.ts'
import type { Style } from './styles-in-file.ts'

/**
 * A cell that holds something. `column` counts from 1. `text` is what a person reads, with every digit of a number;
 * `value` is the same for a program: a day is 'YYYY-MM-DD', with a time 'YYYY-MM-DDThh:mm:ss'. `font` is that of the
 * longest run, else of the cell. A formula is never run: its kind, text and value are those of the result that was
 * saved with it, and with none saved the text is empty and the value null.
 */
export type Cell = {
  readonly column: number
  readonly text: string
  readonly value: string | number | boolean | null
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error'
  readonly font?: string
  readonly numberFormat?: string
  readonly formula?: true
  /** Its letters are struck through: a person took the line out and left it to be seen. */
  readonly struck?: true
}

/**
 * A row that holds something; `row` is its number in the sheet, from 1, and `cells` come in the order of the file,
 * which is that of the columns.
 */
export type SheetRow = { readonly row: number; readonly hidden?: true; readonly cells: readonly Cell[] }

/** A cell as the file has it (ECMA-376 part 1, 18.3.1.4). */
export type CellSource = {
  readonly column: number
  readonly type: string
  readonly style: number
  formula: boolean
  raw: string | undefined
  rich: RichText | undefined
}

type CellContent = Pick<Cell, 'kind' | 'text' | 'value'> & { readonly font?: string | undefined }
type CellContext = { readonly style: Style; readonly shared: (index: number) => RichText | undefined }

const textContent = ({ text, font }: RichText): CellContent => ({ kind: 'text', text, value: text, font })

function numberContent(raw: string, { style }: CellContext): CellContent {
  const number = Number(raw)
  return raw.trim() === '' || !Number.isFinite(number) ? textContent({ text: raw }) : style.show(number, raw)
}

function sharedContent(raw: string, { shared }: CellContext): CellContent {
  const found = raw.trim() === '' ? undefined : shared(Number(raw))
  if (!found) throw workbookProblem('workbook-damaged', { detail: 'a text that the table of shared texts has not' })
  return textContent(found)
}

const isTrue = (raw: string) => raw === '1' || raw === 'true'

/** Day or moment in words of ISO 8601, which strict workbooks may hold in place of a number. */
function isoContent(raw: string): CellContent {
  const [day = '', time = ''] = raw.replace(/(?:\.\d+)?Z?$/, '').split('T')
  const shown = day.split('-').reverse().join('/')
  return time === '' || time === '00:00:00'
    ? { kind: 'date', text: shown, value: day }
    : { kind: 'date', text: `${shown} ${time}`, value: `${day}T${time}` }
}

const contents = new Map<string, (raw: string, styled: CellContext) => CellContent>([
  ['n', numberContent],
  ['s', sharedContent],
  ['str', raw => textContent({ text: unescaped(raw) })],
  ['b', raw => ({ kind: 'boolean', text: isTrue(raw) ? 'TRUE' : 'FALSE', value: isTrue(raw) })],
  ['e', raw => ({ kind: 'error', text: raw, value: raw })],
  ['d', isoContent],
])

/** What a cell holds, or undefined for one that only has a style. */
export function readCell(
  source: CellSource,
  context: { readonly style: (index: number) => Style; readonly shared: (index: number) => RichText | undefined },
): Cell | undefined {
  const style = context.style(source.style)
  const content = source.rich
    ? textContent(source.rich)
    : source.raw === undefined || source.raw === ''
      ? undefined
      : (contents.get(source.type) ?? numberContent)(source.raw, { style, shared: context.shared })
  if (!source.formula && (!content || content.text === '')) return undefined

  const font = content?.font ?? style.font
  return {
    column: source.column,
    kind: content?.kind ?? 'text',
    text: content?.text ?? '',
    value: content?.value ?? null,
    ...(font && { font }),
    ...(style.numberFormat && { numberFormat: style.numberFormat }),
    ...(source.formula && { formula: true as const }),
    ...(style.struck && { struck: true as const }),
  }
}
