import { posix } from 'node:path'
import type { SheetRow } from './cell.ts'
import { type FileKind, fileKind } from './kind.ts'
import { workbookProblem } from './problems.ts'
import { type Merge, type SheetContext, sheetMerges, sheetRows } from './sheet.ts'
import { readSharedTexts } from './strings.ts'
import { readStyles } from './styles-in-file.ts'
import { readWholeXml } from './xml.ts'
import { defaultLimits, openPackage, partName, type WorkbookLimits, type WorkbookPackage } from './zip.ts'

export type { Cell, SheetRow } from './cell.ts'
export type { Merge } from './sheet.ts'
export type { WorkbookLimits } from './zip.ts'

/** A sheet with cells; `index` counts from 0, over such sheets only. */
export type SheetInfo = { readonly name: string; readonly index: number; readonly hidden: boolean }

export type Workbook = {
  readonly sheets: readonly SheetInfo[]
  /** Whether days count from 1904, as old workbooks of Macintosh do; `rows` has taken account of it. */
  readonly date1904: boolean
  /** Rows that hold something, in the order of the file. May be asked for again. */
  readonly rows: (sheetIndex: number) => AsyncIterable<SheetRow>
  readonly merges: (sheetIndex: number) => Promise<readonly Merge[]>
  readonly close: () => void
}

const refusalOf: Partial<Record<FileKind, Parameters<typeof workbookProblem>>> = {
  empty: ['workbook-empty'],
  encrypted: ['workbook-encrypted'],
  'old-workbook': ['workbook-old-format', { found: 'xls' }],
  'old-xml-workbook': ['workbook-old-format', { found: 'xml' }],
  'old-document': ['workbook-of-another-kind', { found: 'doc' }],
  html: ['workbook-is-html'],
  text: ['workbook-is-text'],
  pdf: ['workbook-of-another-kind', { found: 'pdf' }],
  picture: ['workbook-of-another-kind', { found: 'picture' }],
  unknown: ['workbook-of-another-kind', { found: 'unknown' }],
}

/** A part that only a package of that kind has. */
const otherPackages = [
  ['word/document.xml', 'workbook-of-another-kind', 'docx'],
  ['ppt/presentation.xml', 'workbook-of-another-kind', 'pptx'],
  ['xl/workbook.bin', 'workbook-old-format', 'xlsb'],
] as const

async function refuseOtherPackage(parts: WorkbookPackage): Promise<never> {
  const names = new Set(parts.names())
  for (const [part, code, found] of otherPackages) if (names.has(part)) throw workbookProblem(code, { found })
  for await (const piece of parts.read('mimetype') ?? []) {
    const kind = /opendocument\.(\w+)/.exec(piece.toString('latin1', 0, 200))?.[1]
    if (kind)
      throw workbookProblem('workbook-of-another-kind', {
        found: { spreadsheet: 'ods', text: 'odt', presentation: 'odp' }[kind] ?? 'opendocument',
      })
  }
  throw workbookProblem('workbook-of-another-kind', { found: 'zip' })
}

type Relation = { readonly kind: string; readonly part: string }

/** The relations of a part by their id; targets are made whole names, and those outside the package are left out. */
async function relationsOf(
  parts: WorkbookPackage,
  part: string,
  limits: WorkbookLimits,
): Promise<Map<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const relations = new Map<string, Relation>()
  const file = parts.read(`${folder}_rels/${part.slice(folder.length)}.rels`)
  if (!file) return relations
  const open = (name: string, a: Readonly<Record<string, string>>) => {
    if (name !== 'Relationship' || a['TargetMode'] === 'External' || !a['Target']) return
    const kind = (a['Type'] ?? '').slice((a['Type'] ?? '').lastIndexOf('/') + 1)
    if (relations.size < limits.entries)
      relations.set(a['Id'] ?? String(relations.size), {
        kind,
        part: partName(posix.resolve('/', folder, a['Target'].replaceAll('\\', '/'))),
      })
  }
  await readWholeXml(file, { open }, limits)
  return relations
}

const partOfKind = (relations: Map<string, Relation>, kind: string) =>
  [...relations.values()].find(relation => relation.kind === kind)?.part

type Book = {
  readonly date1904: boolean
  readonly listed: { readonly name: string; readonly hidden: boolean; readonly relation: string }[]
}

async function readBook(file: AsyncIterable<Buffer>, limits: WorkbookLimits): Promise<Book> {
  let date1904 = false
  const listed: Book['listed'] = []
  const open = (name: string, a: Readonly<Record<string, string>>) => {
    if (name === 'workbookPr') date1904 = a['date1904'] === '1' || a['date1904'] === 'true'
    if (name !== 'sheet') return
    if (listed.length >= limits.entries)
      throw workbookProblem('workbook-too-large', { sheets: listed.length, limit: limits.entries })
    listed.push({ name: a['name'] ?? '', hidden: /hidden/i.test(a['state'] ?? ''), relation: a['id'] ?? '' })
  }
  await readWholeXml(file, { open }, limits)
  return { date1904, listed }
}

async function readPackage(parts: WorkbookPackage, limits: WorkbookLimits): Promise<Workbook> {
  const bookPart = partOfKind(await relationsOf(parts, '', limits), 'officeDocument') ?? 'xl/workbook.xml'
  const bookFile =
    /workbook\.xml$|^xl\//.test(bookPart) && !bookPart.endsWith('.bin') ? parts.read(bookPart) : undefined
  if (!bookFile) return refuseOtherPackage(parts)

  const { date1904, listed } = await readBook(bookFile, limits)
  const relations = await relationsOf(parts, bookPart, limits)
  const sheets = listed.flatMap(({ name, hidden, relation }) => {
    const found = relations.get(relation)
    return found?.kind === 'worksheet' ? [{ name, hidden, part: found.part }] : []
  })
  if (sheets.length === 0) throw workbookProblem('workbook-without-sheet')

  const partNamed = (kind: string, usual: string) => parts.read(partOfKind(relations, kind) ?? usual)
  const context: SheetContext = {
    style: await readStyles(partNamed('styles', 'xl/styles.xml'), date1904 ? 1904 : 1900, limits),
    shared: await readSharedTexts(partNamed('sharedStrings', 'xl/sharedstrings.xml'), limits),
    limits,
  }
  const sheetFile = (index: number) => {
    const sheet = sheets[index]
    if (!sheet) throw new RangeError(`the workbook has no sheet ${index}`)
    const file = parts.read(sheet.part)
    if (!file) throw workbookProblem('workbook-damaged', { detail: 'a sheet that is listed and not there' })
    return file
  }
  return {
    sheets: sheets.map(({ name, hidden }, index) => ({ name, hidden, index })),
    date1904,
    rows: index => sheetRows(sheetFile(index), context),
    merges: index => sheetMerges(sheetFile(index), limits),
    close: parts.close,
  }
}

/**
 * Opens an Excel workbook (ECMA-376, transitional or strict) of a person's making: sheets are listed, styles and shared
 * texts read, rows come as a stream. Close it when done. Throws a workbook-… problem for anything else, here or while
 * rows are read; nothing in the file is run.
 */
export async function openWorkbook(source: string | Buffer, limits: Partial<WorkbookLimits> = {}): Promise<Workbook> {
  const kind = await fileKind(source)
  const refusal = refusalOf[kind]
  if (refusal) throw workbookProblem(...refusal)

  const within = { ...defaultLimits, ...limits }
  const parts = await openPackage(source, within)
  try {
    return await readPackage(parts, within)
  } catch (error) {
    parts.close()
    throw error
  }
}
