import { type PackedPart, type ZipPart, zip } from './zip.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** What stands in the parts of a workbook; each has a plain default. */
export type WorkbookParts = {
  /** Inner XML of `sheetData`, or the whole sheet where it begins with `<?xml`. */
  readonly sheet?: string
  /** What follows `sheetData`. */
  readonly after?: string
  /** Inner XML of `sst`; without it the part is not there. */
  readonly shared?: string
  /** Inner XML of `styleSheet`; without it the part is not there. */
  readonly styles?: string
  readonly sheets?: string
  readonly workbookPr?: string
  /** Parts that take the place of the one of the same name, or come besides. */
  readonly parts?: readonly (ZipPart | PackedPart)[]
}

const relation = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`
const relations = (...list: string[]) => `<Relationships xmlns="${packageRelations}">${list.join('')}</Relationships>`

/** A workbook of one sheet, as small as the standard lets it be. */
export function workbook({
  sheet = '',
  after = '',
  shared,
  styles,
  sheets,
  workbookPr = '',
  parts = [],
}: WorkbookParts = {}): Buffer {
  const listed = sheets ?? '<sheet name="Lớp 12A1" sheetId="1" r:id="rId1"/>'
  const usual: (ZipPart | PackedPart)[] = [
    { name: '_rels/.rels', data: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${main}" xmlns:r="${office}">${workbookPr}<sheets>${listed}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations(
        relation('rId1', 'worksheet', 'worksheets/sheet1.xml'),
        relation('rId2', 'worksheet', '/xl/worksheets/sheet2.xml'),
        relation('rId3', 'chartsheet', 'chartsheets/sheet1.xml'),
        relation('rId8', 'styles', 'styles.xml'),
        relation('rId9', 'sharedStrings', 'sharedStrings.xml'),
      ),
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      data: sheet.startsWith('<?xml')
        ? sheet
        : `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData>${after}</worksheet>`,
    },
    ...(shared === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: `<sst xmlns="${main}">${shared}</sst>` }]),
    ...(styles === undefined
      ? []
      : [{ name: 'xl/styles.xml', data: `<styleSheet xmlns="${main}">${styles}</styleSheet>` }]),
  ]
  const replaced = new Set(parts.map(part => part.name))
  return zip([...usual.filter(part => !replaced.has(part.name)), ...parts])
}

/**
 * A compound file (MS-CFB) as far as its head and the names in its directory: what Excel 97 and encrypted workbooks
 * are.
 */
export function compoundFile(...streams: readonly string[]): Buffer {
  const directory = streams.map(name => {
    const entry = Buffer.alloc(128)
    entry.write(name, 'utf16le')
    return entry
  })
  return Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.alloc(200_000), ...directory])
}
