import { readFileSync } from 'node:fs'
import * as xlsx from '@e965/xlsx'
import { compoundFile } from '../workbooks/workbook-parts.ts'
import { zip } from '../workbooks/zip.ts'
import { day, handWritten, type Sheet, type Typed } from './hand-written.ts'

/**
 * Shapes in which schools send rolls, each with the truth: who is on it, as `name | birth | number | class | status`,
 * and who left. Nobody is real. The .xls and .ods of corpus/ were made by xlwt and by LibreOffice.
 */

export type Shape = {
  readonly name: string
  /** The name of the file; left out for a pasted text or where it says nothing. */
  readonly file?: string
  readonly content: () => Promise<Buffer> | Buffer
  readonly refused?: string
  readonly pupils?: readonly string[]
  readonly left?: readonly string[]
  readonly warnings?: readonly string[]
}

const corpus = (name: string) => () => readFileSync(new URL(`./corpus/${name}`, import.meta.url))
const rows = (...lines: Sheet['rows']) => handWritten({ name: 'Sheet1', rows: lines })
const sheets = (...list: readonly Sheet[]) => handWritten(...list)
const text = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'))
const struck = (value: string | number): Typed => ({ value, struck: true })
const font = (value: string, of: string): Typed => ({ value, font: of })

/** By a library that is not the one that reads .ods; of .xls it is, so the corpus has others' too. */
const written = (bookType: 'ods' | 'biff8' | 'biff5', name: string, lines: readonly (readonly unknown[])[]) => () => {
  const book = xlsx.utils.book_new()
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(lines.map(line => [...line])), name)
  return Buffer.from(xlsx.write(book, { type: 'buffer', bookType }) as Uint8Array)
}

/** A spreadsheet of OpenDocument by hand; a cell under ~ is struck through. */
function odsOf(name: string, lines: readonly (readonly string[])[], more = ''): Buffer {
  const cell = (value: string) =>
    value === ''
      ? '<table:table-cell/>'
      : `<table:table-cell office:value-type="string"${value.startsWith('~') ? ' table:style-name="ce1"' : ''}>` +
        `<text:p>${value.replace(/^~/, '')}</text:p></table:table-cell>`
  const names = ['office', 'table', 'text', 'style'].map(
    prefix => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${prefix}:1.0"`,
  )
  const content =
    `<office:document-content ${names.join(' ')}><office:automatic-styles>` +
    '<style:style style:name="ce1" style:family="table-cell"><style:text-properties ' +
    'style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:spreadsheet>' +
    `<table:table table:name="${name}">` +
    lines.map(line => `<table:table-row>${line.map(cell).join('')}</table:table-row>`).join('') +
    `${more}</table:table></office:spreadsheet></office:body></office:document-content>`
  return zip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    { name: 'content.xml', data: content },
  ])
}

const head = ['STT', 'Họ và tên', 'Ngày sinh', 'Lớp', 'Số CCCD']
const an = [1, 'Nguyễn Văn An', '07/03/2008', '9A', '022208004718']
const binh = [2, 'Trần Thị Bình', '12/10/2008', '9A', '022308000012']
const tai = [3, 'Tằng A Tài', '05/11/2008', '9A', '022208000013']
const dung = [4, 'Lê Thị Dung', '01/02/2008', '9A', '022308000014']
const isAn = 'Nguyễn Văn An | 2008-03-07 | 022208004718 | 9A | -'
const isBinh = 'Trần Thị Bình | 2008-10-12 | 022308000012 | 9A | -'
const isTai = 'Tằng A Tài | 2008-11-05 | 022208000013 | 9A | -'
const isDung = 'Lê Thị Dung | 2008-02-01 | 022308000014 | 9A | -'
const all = [isAn, isBinh, isTai, isDung]
const marked = (of: string, mark: string) => of.replace(/-$/, mark)

const short = ['STT', 'Họ và tên', 'Ngày sinh']
const noNumber = (name: string, born: string, inClass: string, status = '-') =>
  `${name} | ${born} | missing | ${inClass} | ${status}`
/** The files of the corpus are one sheet in three writers' hands. */
const ofCorpus = {
  pupils: [isAn, isTai],
  left: [marked(isBinh, 'struck-out'), marked(isDung, 'transferred 2023-02-15')],
}
const withNote = (...notes: readonly (readonly [Typed[] | readonly (string | number)[], string])[]) =>
  rows([...head, 'Ghi chú'], ...notes.map(([line, note]) => [...line, note]))

const classSheet = (name: string, ...lines: Sheet['rows']): Sheet => ({ name, rows: [short, ...lines] })
const nineA: Sheet['rows'] = [
  [1, 'Nguyễn Văn An', '07/03/2008'],
  [2, 'Trần Thị Bình', '12/10/2008'],
]
const nineB: Sheet['rows'] = [
  [1, 'Tằng A Tài', '05/11/2008'],
  [2, 'Lê Thị Dung', '01/02/2008'],
]
const inClasses = [
  noNumber('Nguyễn Văn An', '2008-03-07', '9A'),
  noNumber('Trần Thị Bình', '2008-10-12', '9A'),
  noNumber('Tằng A Tài', '2008-11-05', '9B'),
  noNumber('Lê Thị Dung', '2008-02-01', '9B'),
]
const summaryOf = (...more: Sheet['rows']): Sheet => ({
  name: 'Tổng hợp',
  rows: [
    ['TT', 'Họ và tên', 'Ngày sinh', 'Lớp'],
    [1, 'Nguyễn Văn An', '07/03/2008', '9A'],
    [2, 'Trần Thị Bình', '12/10/2008', '9A'],
    [3, 'Tằng A Tài', '05/11/2008', '9B'],
    [4, 'Lê Thị Dung', '01/02/2008', '9B'],
    ...more,
  ],
})

export const shapes: readonly Shape[] = [
  // How the sheet is laid out.
  { name: 'a plain list', content: () => rows(head, an, binh, tai, dung), pupils: all },
  {
    name: 'titles above, total and signature below',
    content: () =>
      rows(
        ['PHÒNG GD&ĐT HẠ LONG'],
        ['DANH SÁCH HỌC SINH LỚP 9A'],
        [],
        short,
        [1, 'Nguyễn Văn An', '07/03/2008'],
        [null, 'Tổng số: 1 học sinh'],
        [null, null, 'Hạ Long, ngày 12 tháng 4 năm 2023'],
        [null, null, 'HIỆU TRƯỞNG'],
        [null, null, 'Nguyễn Văn Bình'],
      ),
    pupils: [noNumber('Nguyễn Văn An', '2008-03-07', '9A')],
  },
  {
    name: 'a header of two rows with day, month and year',
    content: () =>
      handWritten({
        name: '9A',
        merges: ['A1:A2', 'B1:B2', 'C1:E1'],
        rows: [
          ['STT', 'Họ và tên', 'Ngày sinh', null, null],
          [null, null, 'Ngày', 'Tháng', 'Năm'],
          [1, 'Nguyễn Văn An', 7, 3, 2008],
        ],
      }),
    pupils: [noNumber('Nguyễn Văn An', '2008-03-07', '9A')],
  },
  {
    name: 'a name in two columns',
    content: () => rows(['STT', 'Họ đệm', 'Tên', 'Ngày sinh', 'Lớp'], [1, 'Nguyễn Văn', 'An', '07/03/2008', '9A']),
    pupils: [noNumber('Nguyễn Văn An', '2008-03-07', '9A')],
  },
  {
    name: 'a name in three columns',
    content: () =>
      rows(
        ['STT', 'Họ', 'Đệm', 'Tên', 'Ngày sinh', 'Lớp'],
        [1, 'Nguyễn', 'Văn', 'An', '07/03/2008', '9A'],
        [2, 'Trần', 'Thị', 'Bình', '12/10/2008', '9A'],
      ),
    pupils: inClasses.slice(0, 2),
  },
  {
    name: 'classes below each other, each under its line',
    content: () => rows(['Lớp 9A'], short, ...nineA, ['Lớp 9B'], short, ...nineB),
    pupils: inClasses,
  },
  {
    name: 'a class written once over merged rows',
    content: () =>
      handWritten({
        name: 'DS',
        merges: ['A2:A3'],
        rows: [
          ['Lớp', ...short],
          ['9A', ...(nineA[0] ?? [])],
          [null, ...(nineA[1] ?? [])],
          ['9B', ...(nineB[0] ?? [])],
        ],
      }),
    pupils: inClasses.slice(0, 3),
  },
  {
    name: 'a sheet a class, which its tab alone names',
    content: () => sheets(classSheet('9A', ...nineA), classSheet('Lớp 9B', ...nineB)),
    pupils: inClasses,
  },
  {
    name: 'a class in the title alone',
    content: () => rows(['DANH SÁCH LỚP 9A - NĂM HỌC 2022-2023'], short, ...nineA),
    pupils: inClasses.slice(0, 2),
  },
  {
    name: 'a tab called DS_9A',
    content: () => sheets(classSheet('DS_9A', ...nineA)),
    pupils: inClasses.slice(0, 2),
  },
  { name: 'no header', content: () => rows(an, binh, tai, dung), pupils: all },
  {
    name: 'numbers of columns below the header',
    content: () => rows(head, ['(1)', '(2)', '(3)', '(4)', '(5)'], an, binh),
    pupils: [isAn, isBinh],
  },
  {
    name: 'the register of marks with old letters (.VnTime)',
    content: () =>
      rows(
        short,
        [1, font('NguyÔn V¨n An', '.VnTime'), '07/03/2008'],
        [2, font('TrÇn ThÞ B×nh', '.VnTime'), '12/10/2008'],
      ),
    pupils: [noNumber('Nguyễn Văn An', '2008-03-07', '-'), noNumber('Trần Thị Bình', '2008-10-12', '-')],
  },
  {
    name: 'birth dates as days, serials, texts and years',
    content: () =>
      rows(
        [...short, 'Lớp'],
        [1, 'Nguyễn Văn An', day(2008, 3, 7), '9A'],
        [2, 'Trần Thị Bình', 39_733, '9A'],
        [3, 'Tằng A Tài', '5-11-2008', '9A'],
        [4, 'Lê Thị Dung', 2008, '9A'],
      ),
    pupils: [
      noNumber('Nguyễn Văn An', '2008-03-07', '9A'),
      noNumber('Trần Thị Bình', '2008-10-12', '9A'),
      noNumber('Tằng A Tài', '2008-11-05', '9A'),
      noNumber('Lê Thị Dung', '2008', '9A'),
    ],
  },
  // Formats.
  {
    name: 'CSV with semicolons',
    file: 'lop.csv',
    content: () => text(head.join(';'), an.join(';'), binh.join(';')),
    pupils: [isAn, isBinh],
  },
  {
    name: 'CSV in UTF-16',
    file: 'lop.csv',
    content: () =>
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${head.join(',')}\n${an.join(',')}\n`, 'utf16le')]),
    pupils: [isAn],
  },
  {
    name: 'a text pasted from a spreadsheet',
    content: () => text(head.join('\t'), an.join('\t'), binh.join('\t')),
    pupils: [isAn, isBinh],
  },
  {
    name: 'a pasted text without a header',
    content: () => text(...[an, binh, tai, dung].map(line => line.join('\t'))),
    pupils: all,
  },
  {
    name: 'a pasted text with quoted cells of two lines',
    content: () => text(head.join('\t'), `1\t"Nguyễn Văn\nAn"\t07/03/2008\t9A\t022208004718`),
    pupils: [isAn],
  },
  { name: '.xls by xlwt', file: 'lop9a.xls', content: corpus('9a-xlwt.xls'), ...ofCorpus },
  { name: '.xls by LibreOffice', file: 'lop9a.xls', content: corpus('9a-libreoffice.xls'), ...ofCorpus },
  { name: '.ods by LibreOffice', file: 'lop9a.ods', content: corpus('9a-libreoffice.ods'), ...ofCorpus },
  {
    name: '.xls of Excel 5',
    file: 'lop9a.xls',
    content: written('biff5', '9A', [
      ['STT', 'Ho va ten', 'Ngay sinh', 'CCCD'],
      [1, 'Nguyen Van An', '07/03/2008', '022208004718'],
    ]),
    pupils: ['Nguyen Van An | 2008-03-07 | 022208004718 | 9A | -'],
  },
  {
    name: '.xls with numbers that lost their zero',
    file: 'lop9a.xls',
    content: written('biff8', '9A', [head, [...an.slice(0, 4), 22_208_004_718]]),
    pupils: [isAn],
  },
  {
    name: '.ods by another library',
    file: 'lop.ods',
    content: written('ods', '9A', [head, an, binh]),
    pupils: [isAn, isBinh],
  },
  {
    name: '.ods with a repeated line and a million empty ones',
    file: 'lop.ods',
    content: () =>
      odsOf(
        '9A',
        [short, ['1', 'Nguyễn Văn An', '07/03/2008']],
        '<table:table-row table:number-rows-repeated="1048000">' +
          '<table:table-cell table:number-columns-repeated="1024"/>' +
          '</table:table-row>',
      ),
    pupils: [noNumber('Nguyễn Văn An', '2008-03-07', '9A')],
  },
  {
    name: '.xlsx under the name of .xls',
    file: 'lop.xls',
    content: () => rows(head, an),
    pupils: [isAn],
    warnings: ['named-otherwise'],
  },
  {
    name: 'CSV under the name of .xlsx',
    file: 'lop.xlsx',
    content: () => text(head.join(','), an.join(',')),
    pupils: [isAn],
    warnings: ['named-otherwise'],
  },
  {
    name: '.xls under the name of .csv',
    file: 'lop.csv',
    content: corpus('9a-xlwt.xls'),
    ...ofCorpus,
    warnings: ['named-otherwise'],
  },
  // Who is there, and who left.
  {
    name: 'a column of statuses',
    content: () =>
      rows(
        [...head, 'Trạng thái'],
        [...an, 'Đang học'],
        [...binh, 'Chuyển đi'],
        [...tai, 'Thôi học'],
        [...dung, 'Chuyển đến'],
      ),
    pupils: [marked(isAn, 'enrolled'), marked(isDung, 'arrived')],
    left: [marked(isBinh, 'transferred'), marked(isTai, 'withdrew')],
  },
  {
    name: 'a column "Tình trạng" that speaks of cards',
    content: () => rows([...head, 'Tình trạng'], [...an, 'Đã cấp'], [...binh, 'Chưa có'], [...tai, 'Chưa có']),
    pupils: [isAn, isBinh, isTai],
  },
  {
    name: 'remarks of leaving, with days',
    content: () =>
      withNote(
        [an, 'Đã chuyển trường 15/2'],
        [binh, 'thôi học từ 3/2023'],
        [tai, 'Bỏ học tháng 11'],
        [dung, 'con thương binh'],
      ),
    pupils: [isDung],
    left: [
      marked(isAn, 'transferred 2023-02-15'),
      marked(isBinh, 'withdrew 2023-03'),
      marked(isTai, 'dropped-out 2022-11'),
    ],
  },
  {
    name: 'lines that are struck through',
    content: () => rows(head, an, binh.map(struck), tai),
    pupils: [isAn, isTai],
    left: [marked(isBinh, 'struck-out')],
  },
  {
    name: 'lines of .ods that are struck through',
    file: 'lop.ods',
    content: () =>
      odsOf(
        '9A',
        [head, an, binh.map(value => `~${value}`), tai].map(line => line.map(String)),
      ),
    pupils: [isAn, isTai],
    left: [marked(isBinh, 'struck-out')],
  },
  {
    name: 'a date alone struck through',
    content: () => rows(head, [1, 'Nguyễn Văn An', struck('07/03/2008'), '9A', '022208004718'], binh),
    pupils: [isAn, isBinh],
  },
  {
    name: 'most lines struck through',
    content: () => rows(head, an.map(struck), binh.map(struck), tai),
    pupils: [marked(isAn, '- ?'), marked(isBinh, '- ?'), isTai],
    warnings: ['lines-struck'],
  },
  {
    name: 'remarks that leave it open',
    content: () =>
      withNote([an, 'xin chuyển trường'], [binh, 'nghỉ học'], [tai, 'có nguy cơ bỏ học'], [dung, 'Bố mẹ đã mất']),
    pupils: [marked(isAn, '- ?'), marked(isBinh, '- ?'), marked(isTai, '- ?'), isDung],
  },
  {
    name: 'absences and moves of a household are no leaving',
    content: () => withNote([an, 'nghỉ học 2 buổi'], [binh, 'chuyển khẩu về Hạ Long'], [tai, 'chuyển từ lớp 9B sang']),
    pupils: [isAn, isBinh, marked(isTai, 'arrived')],
  },
  {
    name: 'a status and a remark that contradict each other',
    content: () =>
      rows([...head, 'Trạng thái', 'Ghi chú'], [...an, 'Đang học', 'đã chuyển trường'], [...binh, 'Đang học', '']),
    pupils: [marked(isAn, 'enrolled ?'), marked(isBinh, 'enrolled')],
  },
  {
    name: 'pupils on leave, who repeat, and who are disabled',
    content: () => withNote([an, 'Bảo lưu kết quả'], [binh, 'Lưu ban'], [tai, 'HS khuyết tật'], [dung, '']),
    pupils: [marked(isAn, 'on-leave'), marked(isBinh, 'repeats'), marked(isTai, 'disabled'), isDung],
  },
  {
    name: 'leaving beside the name',
    content: () => rows(head, [1, 'Nguyễn Văn An (đã chuyển trường)', ...an.slice(2)], binh),
    pupils: [isBinh],
    left: [marked(isAn, 'transferred')],
  },
  // Lists beside each other, and sheets that repeat.
  {
    name: 'two lists side by side of one class',
    content: () =>
      rows(
        ['DANH SÁCH LỚP 9A'],
        [...short, null, ...short],
        [1, 'Nguyễn Văn An', '07/03/2008', null, 3, 'Tằng A Tài', '05/11/2008'],
        [2, 'Trần Thị Bình', '12/10/2008', null, 4, 'Lê Thị Dung', '01/02/2008'],
      ),
    pupils: inClasses.map(one => one.replace('| 9B |', '| 9A |')),
    warnings: ['lists-side-by-side'],
  },
  {
    name: 'two lists side by side, each under its class',
    content: () =>
      rows(
        ['Lớp 9A', null, null, null, 'Lớp 9B'],
        [...short, null, ...short],
        [1, 'Nguyễn Văn An', '07/03/2008', null, 1, 'Tằng A Tài', '05/11/2008'],
        [2, 'Trần Thị Bình', '12/10/2008', null, 2, 'Lê Thị Dung', '01/02/2008'],
      ),
    pupils: inClasses,
    warnings: ['lists-side-by-side'],
  },
  {
    name: 'three lists side by side',
    content: () =>
      rows([...short, ...short, ...short], [...(nineA[0] ?? []), ...(nineA[1] ?? []), ...(nineB[0] ?? [])]),
    pupils: inClasses.slice(0, 3).map(one => one.replace(/\| 9. \|/, '| - |')),
    warnings: ['lists-side-by-side'],
  },
  {
    name: 'lists side by side without running numbers, with classes of their own',
    content: () =>
      rows(
        ['Họ và tên', 'Ngày sinh', 'Lớp', 'Họ và tên', 'Ngày sinh', 'Lớp'],
        ['Nguyễn Văn An', '07/03/2008', '9A', 'Tằng A Tài', '05/11/2008', '9B'],
        ['Trần Thị Bình', '12/10/2008', '9A', 'Lê Thị Dung', '01/02/2008', '9B'],
      ),
    pupils: inClasses,
    warnings: ['lists-side-by-side'],
  },
  {
    name: 'a right list that is shorter, with a total',
    content: () =>
      rows(
        [...short, ...short],
        [...(nineA[0] ?? []), 3, 'Tằng A Tài', '05/11/2008'],
        [...(nineA[1] ?? []), null, 'Tổng số: 3'],
      ),
    pupils: inClasses.slice(0, 3).map(one => one.replace(/\| 9. \|/, '| - |')),
    warnings: ['lists-side-by-side'],
  },
  {
    name: 'a second list beside the first without a header',
    content: () =>
      rows(
        short,
        [...(nineA[0] ?? []), null, 'Tằng A Tài', '05/11/2008'],
        [...(nineA[1] ?? []), null, 'Lê Thị Dung', '01/02/2008'],
      ),
    pupils: inClasses.slice(0, 2).map(one => one.replace(/\| 9. \|/, '| - |')),
    warnings: ['columns-repeat'],
  },
  {
    name: 'a summary beside the class sheets',
    content: () => sheets(summaryOf(), classSheet('9A', ...nineA), classSheet('9B', ...nineB)),
    pupils: inClasses,
    warnings: ['summary-left-out'],
  },
  {
    name: 'a summary that has a pupil more',
    content: () =>
      sheets(classSheet('9A', ...nineA), classSheet('9B', ...nineB), summaryOf([5, 'Vi Chăn Sì', '09/09/2008', '9B'])),
    pupils: inClasses,
    warnings: ['summary-left-out', 'summary-has-more'],
  },
  {
    name: 'a summary that has a pupil less',
    content: () =>
      sheets(summaryOf(), classSheet('9A', ...nineA), classSheet('9B', ...nineB, [3, 'Vi Chăn Sì', '09/09/2008'])),
    pupils: [...inClasses, noNumber('Vi Chăn Sì', '2008-09-09', '9B')],
    warnings: ['summary-left-out', 'summary-has-less'],
  },
  {
    name: 'a hidden sheet that repeats those in view',
    content: () => sheets(classSheet('9A', ...nineA), { ...classSheet('Cũ', ...nineA), hidden: true }),
    pupils: inClasses.slice(0, 2),
  },
  // What stands in the cell of a name.
  {
    name: 'offices beside names',
    content: () =>
      rows(
        head,
        [1, 'Nguyễn Văn An - Lớp trưởng', ...an.slice(2)],
        [2, 'Trần Thị Bình (LT)', ...binh.slice(2)],
        [3, 'Tằng A Tài, bí thư', ...tai.slice(2)],
        [4, 'Lê Thị Dung - LP', ...dung.slice(2)],
      ),
    pupils: all,
  },
  {
    name: 'stars beside names',
    content: () =>
      rows(head, [1, 'Nguyễn Văn An *', ...an.slice(2)], [2, '**Trần Thị Bình', ...binh.slice(2)], tai, dung),
    pupils: all,
  },
  {
    name: 'running numbers within the name',
    content: () =>
      rows(
        head.slice(1),
        ['1. Nguyễn Văn An', ...an.slice(2)],
        ['2) Trần Thị Bình', ...binh.slice(2)],
        ['3 - Tằng A Tài', ...tai.slice(2)],
        ['4 Lê Thị Dung', ...dung.slice(2)],
      ),
    pupils: all,
  },
  {
    name: 'titles before names',
    content: () => rows(head, [1, 'Em Nguyễn Văn An', ...an.slice(2)], [2, 'HS: Trần Thị Bình', ...binh.slice(2)]),
    pupils: [isAn, isBinh],
  },
  {
    name: 'names of the highlands',
    content: () =>
      rows(
        [...short, 'Lớp'],
        [1, 'Y-Blui', '07/03/2008', '9A'],
        [2, 'Y Blui Niê', '12/10/2008', '9A'],
        [3, "H'Hen Niê", '05/11/2008', '9A'],
        [4, 'K’Brếu', '01/02/2008', '9A'],
      ),
    pupils: [
      noNumber('Y-Blui', '2008-03-07', '9A'),
      noNumber('Y Blui Niê', '2008-10-12', '9A'),
      noNumber("H'Hen Niê", '2008-11-05', '9A'),
      noNumber("K'Brếu", '2008-02-01', '9A'),
    ],
  },
  {
    name: 'names whose blanks were lost',
    content: () => rows(head, [1, 'NguyễnVănAn', ...an.slice(2)], binh),
    pupils: [isAn.replace('Nguyễn Văn An', 'NguyễnVănAn'), isBinh],
    warnings: ['names-glued'],
  },
  // Numbers, errors, foreigners.
  {
    name: 'numbers cut by the spreadsheet',
    content: () => rows(head, [...an.slice(0, 4), '2.22208E+11'], [...binh.slice(0, 4), '2,2231E+11'], tai),
    pupils: [
      'Nguyễn Văn An | 2008-03-07 | malformed | 9A | - cut',
      'Trần Thị Bình | 2008-10-12 | malformed | 9A | - cut',
      isTai,
    ],
    warnings: ['numbers-cut'],
  },
  {
    name: 'a line of nothing but errors of formulas',
    file: 'lop.csv',
    content: () => text(head.join(','), an.join(','), '2,#REF!,#N/A,9A,#REF!', tai.join(',')),
    pupils: [isAn, ' | - | missing | 9A | - broken', isTai],
    warnings: ['cells-broken'],
  },
  {
    name: 'an error of a formula in one cell',
    file: 'lop.csv',
    content: () => text(head.join(','), '1,Nguyễn Văn An,#VALUE!,9A,022208004718', binh.join(',')),
    pupils: ['Nguyễn Văn An | - | 022208004718 | 9A | - broken', isBinh],
    warnings: ['cells-broken'],
  },
  {
    name: 'foreigners by nationality and passport',
    content: () =>
      rows(
        ['STT', 'Họ và tên', 'Ngày sinh', 'Lớp', 'Số CCCD', 'Quốc tịch', 'Số hộ chiếu'],
        [1, 'KIM MIN JUN', '07/03/2008', '9A', null, 'Hàn Quốc', 'M12345678'],
        [...binh, 'Việt Nam', null],
        [3, 'Somphone Vongsa', '05/11/2008', '9A', null, 'Lào', null],
      ),
    pupils: [
      'KIM MIN JUN | 2008-03-07 | missing | 9A | - foreign',
      isBinh,
      'Somphone Vongsa | 2008-11-05 | missing | 9A | - foreign',
    ],
    warnings: ['foreigners'],
  },
  {
    name: 'most lines without a birth date',
    content: () => rows(head, ...[an, binh, tai].map(([i = 0, who = '', , ...rest]) => [i, who, null, ...rest]), dung),
    pupils: [...[isAn, isBinh, isTai].map(one => one.replace(/\| 2008-\d\d-\d\d \|/, '| - |')), isDung],
    warnings: ['births-lacking'],
  },
  // Kinds of schools.
  {
    name: 'a preschool with Mầm, Chồi, Lá',
    content: () =>
      sheets(
        classSheet('Mầm 1', [1, 'Nguyễn Văn An', '07/03/2019']),
        classSheet('Lớp Chồi', [1, 'Trần Thị Bình', '12/10/18']),
        { name: 'Sheet3', rows: [['DANH SÁCH LỚP LÁ 2'], short, [1, 'Tằng A Tài', '05/11/2017']] },
      ),
    pupils: [
      noNumber('Nguyễn Văn An', '2019-03-07', 'Mầm 1'),
      noNumber('Trần Thị Bình', '2018-10-12', 'Chồi'),
      noNumber('Tằng A Tài', '2017-11-05', 'LÁ 2'),
    ],
  },
  {
    name: 'a preschool with classes by age',
    content: () => rows([...short, 'Lớp'], [1, 'Nguyễn Văn An', '07/03/2017', '5 tuổi A']),
    pupils: [noNumber('Nguyễn Văn An', '2017-03-07', '5 tuổi A')],
  },
  {
    name: 'a vocational school with courses for classes',
    content: () => rows([...short, 'Lớp'], [1, 'Nguyễn Văn An', '07/03/2006', 'TC K15 Điện CN']),
    pupils: [noNumber('Nguyễn Văn An', '2006-03-07', 'TC K15 Điện CN')],
  },
  {
    name: 'a boarding school with rooms and days of coming',
    content: () =>
      rows(
        ['STT', 'Họ và tên', 'Ngày sinh', 'Lớp', 'Dân tộc', 'Phòng ở', 'Ghi chú'],
        [1, 'Tằng A Tài', '05/11/2008', '9A', 'Dao', 'P. 102', 'nội trú'],
        [2, 'Chìu Sủi Lìn', '01/12/2008', '9A', 'Dao', 'P. 103', 'bán trú'],
      ),
    pupils: [noNumber('Tằng A Tài', '2008-11-05', '9A'), noNumber('Chìu Sủi Lìn', '2008-12-01', '9A')],
  },
  // What is refused.
  {
    name: 'a workbook under a password',
    file: 'lop.xlsx',
    content: () => compoundFile('Root Entry', 'EncryptionInfo', 'EncryptedPackage'),
    refused: 'workbook-encrypted',
  },
  {
    name: 'a damaged .xls',
    file: 'lop.xls',
    content: () => corpus('9a-xlwt.xls')().subarray(0, 2000),
    refused: 'workbook-damaged',
  },
  {
    name: 'a web page under the name of .xls',
    file: 'lop.xls',
    content: () => text('<html><table><tr><td>STT</td></tr></table></html>'),
    refused: 'workbook-is-html',
  },
  {
    name: 'a text document',
    file: 'lop.doc',
    content: () => compoundFile('Root Entry', 'WordDocument'),
    refused: 'workbook-of-another-kind',
  },
  { name: 'an empty file', file: 'lop.xlsx', content: () => Buffer.alloc(0), refused: 'workbook-empty' },
  {
    name: 'an .ods under a password',
    file: 'lop.ods',
    content: () =>
      zip([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
        { name: 'content.xml', data: 'x' },
        {
          name: 'META-INF/manifest.xml',
          data: '<manifest:manifest><manifest:encryption-data/></manifest:manifest>',
        },
      ]),
    refused: 'workbook-encrypted',
  },
  {
    name: 'a timetable',
    content: () => rows(['Tiết', 'Thứ hai', 'Thứ ba'], [1, 'Toán', 'Văn'], [2, 'Lý', 'Hóa']),
    pupils: [],
  },
]
