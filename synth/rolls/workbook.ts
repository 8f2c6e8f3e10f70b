import { crc32, deflateRawSync } from 'node:zlib'

/**
 * A small .xlsx writer of our own: rolls need fonts by cell, formulas with their values, and workbooks made the same
 * byte for byte.
 */
export type Style = { font?: string; bold?: boolean; format?: string; centred?: boolean }
export type Cell = { value: string | number; style?: Style | undefined; formula?: string }
export type Sheet = {
  name: string
  rows: (Cell | undefined)[][]
  merges: string[]
  widths?: readonly number[]
  hidden?: boolean
}

/** Texts in a table of their own, as Excel writes, or in the cells, as exports of other programs do. */
export type TextPlace = 'shared' | 'inline'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const keepsSpace = (text: string) => (/^\s|\s$| {2}/.test(text) ? ' xml:space="preserve"' : '')

const letters = Array.from(
  { length: 60 },
  (_, i) => (i < 26 ? '' : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26)),
)
/** 'B7' for column 1, row 7 (columns from 0, rows from 1). */
export const at = (column: number, row: number) => letters[column]! + row

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

type Styles = { indexOf(style: Style | undefined): number; xml(): string }

function openStyles(): Styles {
  const fonts: string[] = []
  const formats: string[] = []
  const cells: string[] = []
  const indices = new Map<Style | undefined, number>()
  const place = (list: string[], xml: string) => {
    const found = list.indexOf(xml)
    return found >= 0 ? found : list.push(xml) - 1
  }
  const add = (style: Style = {}) => {
    const font = place(
      fonts,
      `<font>${style.bold ? '<b/>' : ''}<sz val="12"/><name val="${style.font ?? 'Times New Roman'}"/></font>`,
    )
    const format = style.format === undefined ? 0 : 164 + place(formats, style.format)
    const centred = style.centred
      ? ' applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
      : '/>'
    return place(
      cells,
      `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" ` +
        `applyFont="1"${format ? ' applyNumberFormat="1"' : ''}${centred}`,
    )
  }
  indices.set(undefined, add())
  return {
    indexOf: style => {
      const found = indices.get(style) ?? add(style)
      indices.set(style, found)
      return found
    },
    xml: () =>
      `${declaration}<styleSheet ${main}>` +
      (formats.length
        ? `<numFmts count="${formats.length}">` +
          `${formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escaped(code)}"/>`).join('')}` +
          '</numFmts>'
        : '') +
      `<fonts count="${fonts.length}">${fonts.join('')}</fonts><fills count="2"><fill><patternFill ` +
      'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs ' +
      'count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle ` +
      'name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  }
}

type Texts = { indexOf(text: string): number; xml(): string }

function openTexts(): Texts {
  const indices = new Map<string, number>()
  return {
    indexOf: text => {
      const found = indices.get(text)
      if (found !== undefined) return found
      indices.set(text, indices.size)
      return indices.size - 1
    },
    xml: () =>
      `${declaration}<sst ${main} ` +
      `uniqueCount="${indices.size}">` +
      `${[...indices.keys()].map(text => `<si><t${keepsSpace(text)}>${escaped(text)}</t></si>`).join('')}</sst>`,
  }
}

function cellXml(
  { value, style, formula }: Cell,
  where: string,
  styles: Styles,
  texts: Texts,
  place: TextPlace,
): string {
  const head = `<c r="${where}" s="${styles.indexOf(style)}"`
  if (formula !== undefined)
    return (
      `${head}${typeof value === 'string' ? ' t="str"' : ''}><f>${escaped(formula)}</f>` +
      `<v>${typeof value === 'string' ? escaped(value) : value}</v></c>`
    )
  if (typeof value === 'number') return `${head}><v>${value}</v></c>`
  if (place === 'inline') return `${head} t="inlineStr"><is><t${keepsSpace(value)}>${escaped(value)}</t></is></c>`
  return `${head} t="s"><v>${texts.indexOf(value)}</v></c>`
}

function sheetXml(sheet: Sheet, styles: Styles, texts: Texts, place: TextPlace): string {
  const rows = sheet.rows.map((row, i) => {
    const cells = row
      .map((cell, column) => (cell ? cellXml(cell, at(column, i + 1), styles, texts, place) : ''))
      .join('')
    return cells && `<row r="${i + 1}">${cells}</row>`
  })
  const widths = sheet.widths
    ?.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const merges = sheet.merges.length
    ? `<mergeCells count="${sheet.merges.length}">` +
      `${sheet.merges.map(range => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`
    : ''
  return (
    `${declaration}<worksheet ${main}>${widths ? `<cols>${widths}</cols>` : ''}<sheetData>${rows.join('')}` +
    `</sheetData>${merges}</worksheet>`
  )
}

export function workbook(sheets: readonly Sheet[], place: TextPlace = 'shared'): Buffer {
  const [styles, texts] = [openStyles(), openTexts()]
  const bodies = sheets.map(sheet => sheetXml(sheet, styles, texts, place))
  const list = sheets.map(
    ({ name, hidden }, i) =>
      `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
  )
  const links = [
    ...sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
    ['styles', 'styles.xml'] as const,
    ['sharedStrings', 'sharedStrings.xml'] as const,
  ]
  const types = sheets.map(
    (_, i) =>
      `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ` +
      'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>',
  )

  return zip([
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default ` +
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default ' +
        'Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ' +
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override ' +
        'PartName="/xl/styles.xml" ' +
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override ' +
        'PartName="/xl/sharedStrings.xml" ' +
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>' +
        `${types.join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
        `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook ${main} xmlns:r="${relations}"><sheets>${list.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
        `${links
          .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${relations}/${type}" Target="${target}"/>`)
          .join('')}</Relationships>`,
    ],
    ...bodies.map((body, i) => [`xl/worksheets/sheet${i + 1}.xml`, body] as const),
    ['xl/styles.xml', styles.xml()],
    ['xl/sharedStrings.xml', texts.xml()],
  ])
}

/** A zip with the time of day left at its beginning, 1 January 1980, so that the same roll has the same hash. */
function zip(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, text] of files) {
    const raw = Buffer.from(text)
    const packed = deflateRawSync(raw, { level: 2 })
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(raw), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(raw.length, 18)
    common.writeUInt16LE(name.length, 22)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    bodies.push(Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed)
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, index, end])
}
