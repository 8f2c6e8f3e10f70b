import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as xlsx from '@e965/xlsx'
import sharp from 'sharp'
import { readPortrait } from '../../src/accounts/level-one/picture.ts'
import { readHeads } from '../../src/audit/heads-file.ts'
import { readJournal } from '../../src/audit/revocation-journal.ts'
import { readCaptureManifest, readCaptureParts, writeCapture } from '../../src/enrolment/capture.ts'
import { readPictureSize } from '../../src/enrolment/packets/picture-size.ts'
import { readStationFile } from '../../src/enrolment/packets/usb-file-parts.ts'
import {
  importCentreKey,
  importStationKey,
  isSignedBy,
  openPacket,
  PacketFault,
  readHeader,
  readStatement,
  sealPacket,
  signStatement,
} from '../../src/enrolment/seal-packet.ts'
import { readLawRows, readOwnDays } from '../../src/laws.ts'
import { partSigner, readParts } from '../../src/platform/archive/signed-parts.ts'
import { ByteRowReader } from '../../src/platform/csv/byte-rows.ts'
import { readCsv, readCsvRows } from '../../src/platform/csv/read-csv.ts'
import { readConfig } from '../../src/platform/settings/config.ts'
import { namedRows } from '../../src/platform/workbook/named-rows.ts'
import { rowReader } from '../../src/register/imports/row.ts'
import { splitName } from '../../src/rolls/reading/name-mark.ts'
import { readFile } from '../../src/rolls/reading/reading.ts'
import { readStatus } from '../../src/rolls/reading/status.ts'
import { handWritten } from '../rolls/hand-written.ts'
import { workbook } from '../workbooks/workbook-parts.ts'
import { zip } from '../workbooks/zip.ts'
import { type Parser, promise } from './parser.ts'

const bytesOf = (input: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(input)

/** Reads an input as a file, since its reader takes a path. */
async function asFile<T>(input: Buffer, name: string, read: (path: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-fuzz-'))
  try {
    const path = join(folder, name)
    await writeFile(path, input)
    return await read(path, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const head = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số ĐDCN', 'Nơi thường trú', 'Lớp']
const pupils = [
  [1, 'Nguyễn Văn An', '15/03/2005', 'Nam', '022205000001', 'Tổ 5, phường Hà Khánh, Hạ Long', '12A1'],
  [2, 'Bùi Gia Thục An', 38_426, 'Nữ', '22305000002', 'P. Bãi Cháy', '12A1'],
  [3, 'Nguyeãn Vaên Bình', '2005', 'x', '100 000 007', '', '12A1'],
]
const csv = [head, ...pupils].map(row => row.join(',')).join('\n')
const roll = { schoolYear: '2022-2023' } as const

const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c><c r="B1" s="1"><v>38426</v></c></row>'
/** The parts of a workbook in plain, joined by a mark: a change of them is packed again, so that it is looked at. */
const mark = '\n=====\n'
const plainParts = [
  `${row}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="d"><v>2005-03-15</v></c>` +
    '<c r="C2" t="b"><v>1</v></c></row>',
  '<si><t>Nguyễn Văn An</t></si><si><r><rPr><rFont val=".VnTime"/></rPr><t>NguyÔn</t></r></si>',
  '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/></numFmts>' +
    '<fonts><font><name val=".VnTimeH"/></font></fonts>' +
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/></cellXfs>',
  '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
  '<sheet name="Lớp 12A1" sheetId="1" state="hidden" r:id="rId1"/>',
].join(mark)

const oldWorkbook = (bookType: 'biff8' | 'biff5') => {
  const book = xlsx.utils.book_new()
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([head, ...pupils]), '12A1')
  return Buffer.from(xlsx.write(book, { type: 'buffer', bookType }) as Uint8Array)
}
const openDocumentParts = [
  '<office:document-content><office:automatic-styles><style:style style:name="ce1" style:family="table-cell">' +
    '<style:text-properties style:text-line-through-style="solid" style:font-name=".VnTime"/></style:style>' +
    '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="9A">' +
    '<table:table-column table:number-columns-repeated="3" table:default-cell-style-name="ce1"/>' +
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>An' +
    '<text:s text:c="2"/><text:span>B</text:span></text:p></table:table-cell><table:table-cell ' +
    'office:value-type="date" office:date-value="2008-03-07"/><table:table-cell office:value-type="float" ' +
    'office:value="22208004718" table:number-columns-repeated="2"><text:p>022208004718</text:p></table:table-cell>' +
    '</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>',
  '<office:document-styles><office:styles><style:style style:name="Default" style:family="table-cell"/>' +
    '</office:styles></office:document-styles>',
].join(mark)

const { privateKey: stationPrivate, publicKey: stationPublic } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const centreKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stationKey = await importStationKey(stationPublic.export({ format: 'jwk' }) as never)
const signingKey = await crypto.subtle.importKey(
  'jwk',
  stationPrivate.export({ format: 'jwk' }),
  { name: 'ECDSA', namedCurve: 'P-256' },
  false,
  ['sign'],
)
const centre = await importCentreKey(centreKeys.privateKey.export({ format: 'jwk' }) as never)
const capture = writeCapture(
  { parts: [{ name: 'portrait', type: 'image/jpeg', bytes: 4, sha256: 'a'.repeat(64) }] } as never,
  new Map([['portrait', new Uint8Array([0xff, 0xd8, 0xff, 0xd9])]]),
)
const packet = await sealPacket(
  capture,
  {
    station: '018f0000-0000-7000-8000-000000000000',
    application: '018f0000-0000-7000-8000-000000000001',
    counter: 1,
    previous: null,
    sealedAt: '2023-04-20T03:00:00.000Z',
  } as never,
  { centre: centreKeys.publicKey.export({ format: 'jwk' }) as never, station: signingKey },
)
const statement = await signStatement('manifest', { a: 1 }, signingKey)

const { privateKey: houseKey, publicKey: housePublic } = generateKeyPairSync('ed25519')
function archive(): Buffer {
  const signed = partSigner(houseKey)
  return Buffer.concat(
    (
      [
        ['header', '{"format":"x"}'],
        ['rows', 'a,b'],
        ['end', '{}'],
      ] as const
    ).map(([kind, content]) => signed({ kind, content: Buffer.from(content) })),
  )
}

const personColumns =
  'person_number,full_name,birth_date,sex,birth_registration_code,ethnicity,religion,nationality,hometown,' +
  'residence_unit,residence_kind,father_number,father_name,mother_number,mother_name,cancelled_number,phone,life_status'
const person = '022205000001,Nguyễn Văn An,2005-03-15,M,022,Kinh,,Việt Nam,Hà Nội,06658,permanent,,,,,,0912345678,alive'

const dot = (format: 'jpeg' | 'png') => async () => {
  const picture = sharp({ create: { width: 64, height: 80, channels: 3, background: '#a86' } })
  return [
    await picture[format]().toBuffer(),
    await picture
      .withExif({ IFD0: { Make: 'x' } })
      [format]()
      .toBuffer(),
  ]
}

async function readAll(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source) {
    // Each is made as it is asked for.
  }
}

export const parsersOfFiles: readonly Parser[] = [
  {
    name: 'roll-in-text',
    of: 'rolls/reading/reading.ts',
    samples: [csv, csv.replaceAll(',', ';'), `\ufeff${csv.replaceAll(',', '\t')}`, Buffer.from(csv, 'latin1')],
    longest: 60_000,
    milliseconds: 4000,
    read: input => readFile({ name: 'roll.csv', content: input, ...roll }),
  },
  {
    name: 'roll-in-a-workbook',
    of: 'rolls/reading/reading.ts',
    samples: async () => [
      await handWritten({ name: '12A1', rows: [['DANH SÁCH LỚP 12A1'], head, ...pupils] as never }),
    ],
    longest: 60_000,
    milliseconds: 4000,
    read: input => readFile({ name: 'roll.xlsx', content: input, ...roll }),
  },
  {
    name: 'old-workbook',
    of: 'platform/workbook/xls-file.ts',
    samples: async () => [oldWorkbook('biff8'), oldWorkbook('biff5')],
    longest: 60_000,
    milliseconds: 4000,
    read: input => readFile({ name: 'roll.xls', content: input, ...roll }),
  },
  {
    name: 'parts-of-an-open-document',
    of: 'platform/workbook/ods-file.ts',
    samples: [openDocumentParts],
    longest: 60_000,
    milliseconds: 4000,
    async read(input) {
      const [content = '', styles = ''] = input.toString('utf8').split(mark)
      const parts = [
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
        { name: 'content.xml', data: content },
        ...(styles ? [{ name: 'styles.xml', data: styles }] : []),
      ]
      await readFile({ name: 'roll.ods', content: zip(parts), ...roll })
    },
  },
  {
    name: 'status-of-a-pupil',
    of: 'rolls/reading/status.ts',
    samples: ['Đã chuyển trường 15/2', 'thôi học từ 3/2023', 'có nguy cơ bỏ học', 'nghỉ học 2 buổi ngày 3-4-2023'],
    longest: 1000,
    read: input => readStatus(input.toString('utf8'), 2022),
  },
  {
    name: 'name-with-marks',
    of: 'rolls/reading/name-mark.ts',
    samples: ['1. Nguyễn Văn An - Lớp trưởng (LT) **', 'HS: Y-Blui', "H'Hen Niê, bí thư"],
    longest: 1000,
    read: input => splitName(input.toString('utf8')),
  },
  {
    name: 'parts-of-a-workbook',
    of: 'platform/workbook/read-workbook.ts',
    samples: [plainParts, plainParts.replace('<mergeCells>', '')],
    longest: 60_000,
    milliseconds: 4000,
    async read(input) {
      const [sheet = '', shared = '', styles = '', after = '', sheets = ''] = input.toString('utf8').split(mark)
      const content = workbook({ sheet, shared, styles, after, ...(sheets && { sheets }) })
      await readFile({ name: 'roll.xlsx', content, ...roll })
    },
  },
  {
    name: 'package-of-a-workbook',
    of: 'platform/workbook/zip.ts',
    samples: [workbook({ sheet: row }), zip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text' }])],
    longest: 60_000,
    milliseconds: 4000,
    read: input => readFile({ name: 'roll.xlsx', content: input, ...roll }),
  },
  {
    name: 'csv',
    of: 'platform/csv/read-csv.ts',
    samples: ['a,b\n1,"2\n3"\n', 'a,b\r\n"1""",2\r\n', 'a\tb\n', '"a","b"\n,\n'],
    longest: 60_000,
    milliseconds: 1000,
    read: input => asFile(input, 'a.csv', path => readAll(readCsv(path, { columns: ['a'] }))),
  },
  {
    name: 'csv-as-bytes',
    of: 'platform/csv/byte-rows.ts',
    samples: ['a,b\n1,"2\n3"\n', 'a,b\r\n"1","x"\r\n4,ế\n', 'a\n1\n\n2\n', '\ufeff"a","b"\n,\n 1,2\n'],
    longest: 60_000,
    milliseconds: 1000,
    async read(input) {
      const [found, texts]: [string[], string[]] = [[], []]
      const reader = new ByteRowReader(
        { columns: ['a'] },
        {
          rows({ bytes, count, width, starts, ends }) {
            for (let at = 0; at < count * width; at++) found.push(bytes.toString('utf8', starts[at], ends[at]))
          },
          broken: () => undefined,
        },
      )
      for (const at of [0, 1, 2, 3])
        reader.push(input.subarray((at * input.length) >> 2, ((at + 1) * input.length) >> 2))
      reader.end()
      for await (const { rows } of readCsvRows(Readable.from([input]), { columns: ['a'] })) texts.push(...rows.flat())
      promise(found.join('\n') === texts.join('\n'), 'the fields that are read as text')
    },
  },
  {
    name: 'named-rows',
    of: 'platform/workbook/named-rows.ts',
    samples: ['a,b\n1,2\n', 'A;B\r\n"1";\r\n', '\ufeffb\ta\n3\t4\n'],
    longest: 60_000,
    milliseconds: 1000,
    read: input =>
      asFile(input, 'a.csv', path =>
        readAll(namedRows(path, 'a.csv', { columns: ['a', 'b'], limits: { rows: 1_000, columns: 50 } })),
      ),
  },
  {
    name: 'row-of-the-register',
    of: 'register/imports/row.ts',
    samples: [person, person.replace('Nguyễn', 'Nguyeãn')],
    longest: 20_000,
    read(input) {
      const read = rowReader({
        header: personColumns.split(','),
        fold: text => ({ name: text, ascii: text }) as never,
        unitOf: code => (code === '06658' ? '018f0000-0000-7000-8000-000000000000' : undefined),
        asOf: '2023-04-20',
      })
      read(input.toString('utf8').split(','))
    },
  },
  {
    name: 'law-file',
    of: 'laws.ts',
    samples: ['rule,from,value,article,source,verified_on\ncards.due-age,2024-07-01,14,Art. 19,LCC,2024-07-01\n'],
    longest: 20_000,
    milliseconds: 1000,
    read: input => asFile(input, 'law.csv', (_path, folder) => readLawRows(folder)),
  },
  {
    name: 'days-file',
    of: 'laws.ts',
    samples: ['date,name,kind,source,confidence\n2027-02-05,Tết,holiday,TB1,high\n2027-02-20,làm bù,workday,TB1,\n'],
    longest: 20_000,
    milliseconds: 1000,
    read: input => asFile(input, 'holidays.csv', (_path, folder) => readOwnDays(folder)),
  },
  {
    name: 'configuration',
    of: 'platform/settings/config.ts',
    samples: [
      '{"port":8080,"demo":false,"origin":"https://dinhdanh.example.vn"}',
      '{"smtpUrl":"smtp://x","mailFrom":"a@b.vn"}',
    ],
    longest: 20_000,
    read: input => asFile(input, 'config.json', async (_path, folder) => readConfig(folder, {})),
  },
  {
    name: 'packet',
    of: 'enrolment/seal-packet.ts',
    samples: [Buffer.from(packet.bytes)],
    mayThrow: error => error instanceof PacketFault,
    async read(input) {
      const bytes = bytesOf(input)
      await isSignedBy(bytes, stationKey)
      readHeader(bytes)
      await openPacket(bytes, [centre])
    },
  },
  {
    name: 'capture',
    of: 'enrolment/capture.ts',
    samples: [Buffer.from(capture)],
    read(input) {
      const content = bytesOf(input)
      const read = readCaptureManifest(content)
      const parts = (read?.manifest as { parts?: unknown } | null | undefined)?.parts
      const isPart = (part: unknown) => typeof part === 'object' && part !== null && 'name' in part && 'bytes' in part
      if (read && Array.isArray(parts) && parts.every(isPart))
        readCaptureParts(content, { end: read.end, parts: parts as never })
    },
  },
  {
    name: 'statement-of-a-station',
    of: 'enrolment/seal-packet.ts',
    samples: [statement, 'a.b.c', '..'],
    longest: 60_000,
    async read(input) {
      const read = await readStatement('manifest', input.toString('utf8'), stationKey)
      promise(read === undefined || JSON.stringify(read) === '{"a":1}', 'nothing is read that was not signed')
    },
  },
  {
    name: 'file-of-a-station',
    of: 'enrolment/packets/usb-file-parts.ts',
    samples: async () => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(packet.bytes.length)
      const list = Buffer.from(statement)
      const listLength = Buffer.alloc(4)
      listLength.writeUInt32BE(list.length)
      const { fileMagic } = await import('../../src/enrolment/packets/contract.ts')
      return [Buffer.concat([Buffer.from(fileMagic), listLength, list, length, packet.bytes])]
    },
    milliseconds: 1000,
    read: input =>
      asFile(input, 'packets.bin', async path => {
        const handlers = { list: async () => undefined, packet: async () => undefined, lengthsOf: () => [100] }
        const { size, unread } = await readStationFile(path, handlers)
        promise(
          size === input.length && unread.every(({ from, to }) => from < to && to <= size),
          'spans lie in the file',
        )
      }),
  },
  {
    name: 'size-of-a-picture',
    of: 'enrolment/packets/picture-size.ts',
    samples: async () => [...(await dot('jpeg')()), ...(await dot('png')())],
    read(input) {
      const size = readPictureSize(input)
      promise(!size || (size.width > 0 && size.height > 0), 'a picture has a size')
    },
  },
  {
    name: 'portrait',
    of: 'accounts/level-one/picture.ts',
    samples: async () => [...(await dot('jpeg')()), ...(await dot('png')())],
    milliseconds: 2000,
    read: input => readPortrait(input),
  },
  {
    name: 'parts-of-an-archive',
    of: 'platform/archive/signed-parts.ts',
    samples: [archive()],
    async read(input) {
      async function* source() {
        for (let from = 0; from < input.length; from += 50) yield input.subarray(from, from + 50)
      }
      await readAll(readParts(source(), () => housePublic))
    },
  },
  {
    name: 'heads-and-journal',
    of: 'audit/revocation-journal.ts',
    samples: [
      '{"house":"one","at":"2023-04-20T03:00:00Z","heads":[],"key":"k","signature":"AAAA"}\n',
      '{"house":"one","id":"a","at":"2023-04-20","deed":"session.ended","of":"x","signature":"AA"}\n' +
        '{"lines":1,"house":"one","signature":""}\n',
    ],
    longest: 60_000,
    mayThrow: error => error instanceof SyntaxError,
    read: input =>
      asFile(input, 'lines.jsonl', async path => {
        await readAll(readHeads(path))
        await readJournal(path, { key: housePublic, house: 'one' })
      }),
  },
]
