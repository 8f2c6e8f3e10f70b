import { builtInFormat, type NumberFormatter, numberFormatter } from './number-formats-in-file.ts'
import { workbookProblem } from './problems.ts'
import type { XmlSink } from './tags.ts'
import { readWholeXml } from './xml.ts'
import type { WorkbookLimits } from './zip.ts'

/**
 * What a reader needs of a cell's style: its font, because only the font reveals legacy encodings, and its number
 * format.
 */
export type Style = {
  readonly font: string | undefined
  readonly numberFormat: string | undefined
  readonly struck: boolean
  readonly show: NumberFormatter
}

/** Excel allows 65,490 cell formats; more than this is no workbook. */
const mostStyles = 100_000

/** Reads xl/styles.xml; a workbook without it has plain cells only. */
export async function readStyles(
  part: AsyncIterable<Buffer> | undefined,
  from: 1900 | 1904,
  limits: WorkbookLimits,
): Promise<(index: number) => Style> {
  const fonts: { name?: string | undefined; struck?: boolean }[] = []
  const formats = new Map<number, string>()
  const cellFormats: { font: number; format: number }[] = []
  const path: string[] = []

  const takers: Readonly<Record<string, (attributes: Readonly<Record<string, string>>) => void>> = {
    'numFmts/numFmt': a => formats.set(Number(a['numFmtId']), a['formatCode'] ?? 'General'),
    'fonts/font': () => fonts.push({}),
    'font/name': a => path.at(-3) === 'fonts' && Object.assign(fonts.at(-1) ?? {}, { name: a['val'] }),
    'font/strike': a =>
      path.at(-3) === 'fonts' && Object.assign(fonts.at(-1) ?? {}, { struck: !/^(?:0|false)$/.test(a['val'] ?? '1') }),
    'cellXfs/xf': a => cellFormats.push({ font: Number(a['fontId'] ?? 0), format: Number(a['numFmtId'] ?? 0) }),
  }
  const sink: XmlSink = {
    open: (name, attributes) => {
      path.push(name)
      takers[`${path.at(-2)}/${name}`]?.(attributes)
      if (fonts.length + formats.size + cellFormats.length > mostStyles)
        throw workbookProblem('workbook-too-large', { styles: mostStyles })
    },
    close: () => void path.pop(),
  }
  if (part) await readWholeXml(part, sink, limits)

  const shows = new Map<string, NumberFormatter>()
  const showFor = (format: string) => {
    const show = shows.get(format) ?? numberFormatter(format, from)
    shows.set(format, show)
    return show
  }
  const styleOf = ({ font, format }: { font: number; format: number }): Style => {
    const code = formats.get(format) ?? builtInFormat(format)
    const { name, struck = false } = fonts[font] ?? {}
    return { font: name, struck, numberFormat: code === 'General' ? undefined : code, show: showFor(code) }
  }
  const styles = cellFormats.map(styleOf)
  const unstyled = styles[0] ?? styleOf({ font: 0, format: 0 })
  return index => styles[index] ?? unstyled
}
