import { readInstant } from '../../src/accounts/account.ts'
import { decodeSecret } from '../../src/accounts/paper-secret.ts'
import { readMrz } from '../../src/cards/mrz.ts'
import { parseCursor } from '../../src/cards/paging.ts'
import { readReceiptCode } from '../../src/enrolment/receipts/receipt-code.ts'
import { readCardQr } from '../../src/names/card-qr.ts'
import { columnOrder, readBirthDate } from '../../src/names/dates/dates.ts'
import { longestWritten } from '../../src/names/law.ts'
import { readLegacyColumn } from '../../src/names/legacy/column.ts'
import { legacyEncodings } from '../../src/names/legacy/encoding.ts'
import { decodeAs, decodeLegacy, detectLegacy } from '../../src/names/legacy/legacy.ts'
import { foldedWords, isPlausibleName, nameParts, sortKey, titleCase } from '../../src/names/name.ts'
import { keysOf, readName } from '../../src/names/names.ts'
import { findContradictions, parseNumber } from '../../src/names/numbers/numbers.ts'
import { parsePhone } from '../../src/names/numbers/phone.ts'
import { readSex } from '../../src/names/numbers/sex.ts'
import { compareNames, differingLetters } from '../../src/names/spelling/spelling.ts'
import { editDistanceAtMost, jaroWinkler } from '../../src/names/spelling/string-distance.ts'
import { parseRecipient } from '../../src/outreach/recipient.ts'
import { parseHour } from '../../src/planning/hour.ts'
import { isRealDate, parseDay, parsePartialDay } from '../../src/platform/day.ts'
import { normalizeValue } from '../../src/register/corrections/correction.ts'
import { classIn, gradeIn } from '../../src/rolls/reading/class-and-grade.ts'
import { fieldOf } from '../../src/rolls/reading/heading-words.ts'
import { piecesOf } from '../../src/rolls/reading/place-words.ts'
import { readContact } from '../../src/staff/contact.ts'
import { type Parser, promise } from './parser.ts'

const text = (input: Buffer) => input.toString('utf8')
/** Bytes of an old encoding, one letter each. */
const letters = (input: Buffer) => input.toString('latin1')
const either = (input: Buffer) => (input.length % 2 ? text(input) : letters(input))
const lines = (input: Buffer) => either(input).split('\n').slice(0, 60)

const names = [
  'Nguyễn Văn An',
  'NGUYỄN THỊ HÒA',
  'Bùi Gia Thục An',
  'Chìu Sủi Lìn',
  'H’Hen Niê',
  'K’Sor Hờ Bơi',
  'Nguyeãn Vaên An',
  'Nguye64n Va8n An',
  'Nguyeenx Vawn An',
  'NGUYÔN V¡N AN',
  'Nguyá»…n VÄƒn An',
  'Nguy&#7877;n V&#259;n An',
  'TrÇn ThÞ BÝch',
]
const dates = ['15/03/2005', '2005-03-15', '15.3.05', '03/2005', '2005', '15 thang 3 nam 2005', '38426', '1-Mar-2005']
const places = [
  'Tổ 5, khu 2, phường Hà Khánh, TP. Hạ Long, tỉnh Quảng Ninh',
  'P.Bãi Cháy - H.Vân Đồn - QN',
  'Thôn 12-14, xã Quan Lạn, Bà Rịa - Vũng Tàu',
]

export const parsersOfNames: readonly Parser[] = [
  {
    name: 'name',
    of: 'names/names.ts',
    samples: names,
    longest: longestWritten.name,
    read(input) {
      const written = either(input)
      const { name: read } = readName(written, input.length % 3 ? undefined : '.VnTimeH')
      promise(typeof read === 'string' && read.normalize('NFC') === read, 'a name is read in composed letters')
      keysOf(read)
      foldedWords(read)
      nameParts(read)
      sortKey(read)
      titleCase(read)
      isPlausibleName(read)
      normalizeValue('full_name', written)
    },
  },
  {
    name: 'old-encoding',
    of: 'names/legacy/legacy.ts',
    samples: names,
    longest: longestWritten.name,
    read(input) {
      const written = letters(input)
      detectLegacy(written)
      decodeLegacy(text(input), '.VnTime')
      for (const encoding of legacyEncodings) promise(typeof decodeAs(written, encoding) === 'string', encoding)
    },
  },
  {
    name: 'column-of-old-texts',
    of: 'names/legacy/column.ts',
    samples: [names.join('\n'), names.slice(6, 9).join('\n')],
    longest: 60 * longestWritten.name,
    milliseconds: 1000,
    read(input) {
      const given = lines(input).map(line => line.slice(0, longestWritten.name))
      promise(readLegacyColumn(given, ['.VnTime', undefined]).length === given.length, 'each cell has a reading')
      for (const said of ['unicode', 'tcvn3', 'mojibake'] as const) readLegacyColumn(given, [], said)
    },
  },
  {
    name: 'two-spellings',
    of: 'names/spelling/spelling.ts',
    samples: [`${names[0]}\n${names[1]}`, `${names[3]}\n${names[3]}`],
    longest: 2 * longestWritten.name,
    read(input) {
      const [one = '', other = ''] = lines(input)
      compareNames(one, other)
      for (const [from, to] of [...differingLetters(one, other).a, ...differingLetters(one, other).b])
        promise(from >= 0 && from <= to, 'a range of letters goes forward')
      const likeness = jaroWinkler(one, other)
      promise(likeness >= 0 && likeness <= 1 + 1e-9, `likeness ${likeness}`)
      editDistanceAtMost(one, other, 3)
    },
  },
  {
    name: 'birth-date',
    of: 'names/dates/dates.ts',
    samples: dates,
    longest: longestWritten.name,
    read(input) {
      const written = either(input)
      for (const value of [written, Number(written), { serial: Number(written), date1904: true }]) {
        const read = readBirthDate(value, { expectYears: [2000, 2012] })
        if (read.kind !== 'day') continue
        const { y, m = 1, d = 1 } = read.day
        promise(isRealDate(y, m, d), `the calendar has ${y}-${m}-${d}`)
      }
      columnOrder(lines(input))
    },
  },
  {
    name: 'number-phone-sex',
    of: 'names/numbers/numbers.ts',
    samples: ['022205000001', '100 000 007', '0912345678', '+84 (912) 345.678', 'Nữ', 'x', '0203.3825.000'],
    longest: longestWritten.text,
    read(input) {
      const written = either(input)
      for (const value of [written, Number(written)]) {
        const read = parseNumber(value)
        if (read.kind === 'number') findContradictions(written, { sex: 'F', birthYear: 2005 })
        parsePhone(value)
        readSex(value)
        readSex(value, 'female-ticked')
      }
    },
  },
  {
    name: 'day-hour-instant',
    of: 'platform/day.ts',
    samples: [
      '2023-04-20',
      '2023-04',
      '08:30',
      '2023-04-20T08:30:00Z',
      '2023-04-20 08:30',
      '2023-04-20T08:30:00.5+07:00',
    ],
    longest: 100,
    read(input) {
      const written = text(input)
      parseDay(written)
      const partial = parsePartialDay(written)
      if (partial) promise(isRealDate(partial.y, partial.m ?? 1, partial.d ?? 1), `the calendar has ${written}`)
      parseHour(written)
      const instant = readInstant(written)
      if (instant) promise(!Number.isNaN(Date.parse(instant)), `${instant} is an instant`)
    },
  },
  {
    name: 'card-line',
    of: 'names/card-qr.ts',
    samples: [
      '022205000001|100000007|Nguyễn Văn An|15032005|Nam|Tổ 5, Hà Khánh, Hạ Long, Quảng Ninh|20042023',
      '022205000001||Nguyeenx Vawn An|15032005|Nam|Toor 5, Haf Khasnh|20042023',
      '022305000001|100000007|NGUYỄN THỊ HÒA|15032005|Nữ|Khu 2|20042023|||',
    ],
    longest: 2000,
    read: input => readCardQr(either(input)),
  },
  {
    name: 'machine-readable-zone',
    of: 'cards/mrz.ts',
    samples: ['IDVNM2050012347022205001234<<5\n0503154M3003150VNM<<<<<<<<<<<2\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'],
    longest: 500,
    read: input => readMrz(text(input)),
  },
  {
    name: 'page-cursor',
    of: 'cards/paging.ts',
    samples: ['2023-04-20~018f0000-0000-7000-8000-000000000000'],
    longest: 200,
    read: input => parseCursor(text(input)),
  },
  {
    name: 'typed-codes',
    of: 'enrolment/receipts/receipt-code.ts',
    samples: ['7K2M-09QX-VB4T-H3ZD', 'abcd efgh', '7k2m09qxvb4th3zd', '7K2M-09QX-VB4T-H3ZD-5RTN-8WQ2-KM4P'],
    longest: 200,
    read(input) {
      promise(
        /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(readReceiptCode(text(input)) ?? '0000-0000'),
        'a receipt code has a shape',
      )
      promise(
        [0, 16, 28].includes((decodeSecret(text(input)) ?? '').length),
        'a secret has 28 letters, a former one 16',
      )
    },
  },
  {
    name: 'recipient-and-contact',
    of: 'outreach/recipient.ts',
    samples: ['an@so.example.vn', '0912345678', 'a.b+c@xn--bcher-kva.example', 'ân@tỉnh.vn'],
    longest: 400,
    read(input) {
      const address = text(input)
      for (const read of [
        parseRecipient({ kind: 'email', address }),
        parseRecipient({ kind: 'phone', number: address }),
      ])
        promise('fault' in read || !/[\r\n,;<>]/.test(read.address), 'no address carries another')
      readContact(input.length % 2 ? { phone: address } : { email: address })
    },
  },
  {
    name: 'address',
    of: 'rolls/reading/place-words.ts',
    samples: places,
    longest: longestWritten.text,
    read: input => piecesOf(either(input)),
  },
  {
    name: 'heading-and-class',
    of: 'rolls/reading/heading-words.ts',
    samples: ['Họ và tên học sinh', 'Ngày, tháng, năm sinh', 'Lớp 12A1', 'KHỐI 9', 'Số ĐDCN/CCCD'],
    longest: longestWritten.text,
    read(input) {
      const [one = '', over = ''] = lines(input)
      fieldOf(one, over)
      classIn(one)
      gradeIn(one)
    },
  },
]
