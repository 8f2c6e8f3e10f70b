import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatPartialDay } from '../../src/platform/day.ts'
import type { RollMapping } from '../../src/rolls/field.ts'
import { readGrids } from '../../src/rolls/reading/grid.ts'
import { readRoll } from '../../src/rolls/reading/read-roll.ts'
import { day, handWritten, type Sheet } from './hand-written.ts'

async function read(content: Buffer, mapping: RollMapping = []) {
  return readRoll(await readGrids(content), 2022, mapping)
}

type Read = Awaited<ReturnType<typeof read>>

/** Row, class, name, birth date, sex and number of each pupil, in one line each. */
const told = ({ pupils }: Read) =>
  pupils.map(({ row, class: inClass, name, birth, sex, number }) =>
    [row, inClass ?? '-', name, birth ? formatPartialDay(birth) : '-', sex ?? '-', number.number ?? number.kind].join(
      ' | ',
    ),
  )

const reasons = ({ notPupils }: Read) => notPupils.map(({ row, reason }) => `${row} ${reason}`)

const sheet = (...rows: Sheet['rows']): Sheet => ({ name: 'Sheet1', rows })

test('titles, a merged header, a signature and a total are told apart from the pupils', async () => {
  const roll = await read(
    await handWritten({
      name: 'DSHS',
      merges: ['A1:C1', 'A3:G3'],
      rows: [
        ['SỞ GD&ĐT QUẢNG NINH'],
        ['TRƯỜNG THPT CỬA LỤC'],
        ['DANH SÁCH HỌC SINH LỚP 12A3 NĂM HỌC 2022-2023'],
        [],
        ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số ĐDCN', 'Nơi thường trú', 'Ghi chú'],
        ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)'],
        [1, 'Hoàng Gia Khánh', '07/03/2005', 'Nam', '022205004718', 'Hồng Hà, Hạ Long', null],
        [2, 'Chìu Sủi Lìn', day(2005, 12, 1), 'Nữ', '022305004719', '', null],
        [null, 'Tổng số: 2 học sinh (1 nữ)'],
        [],
        [null, 'Người lập biểu', null, null, 'Hạ Long, ngày 12 tháng 4 năm 2023'],
        [null, null, null, null, 'HIỆU TRƯỞNG'],
        [null, 'Đỗ Thị Lan', null, null, 'Nguyễn Văn Bình'],
      ],
    }),
  )

  assert.deepEqual(told(roll), [
    '7 | 12A3 | Hoàng Gia Khánh | 2005-03-07 | M | 022205004718',
    '8 | 12A3 | Chìu Sủi Lìn | 2005-12-01 | F | 022305004719',
  ])
  assert.deepEqual(reasons(roll), [
    '1 above-header',
    '2 above-header',
    '3 above-header',
    '5 header',
    '6 column-numbers',
    '9 total',
    '11 signature',
    '12 signature',
    '13 signature',
  ])
})

test('several classes stand below each other, each under its line and its own header', async () => {
  const head = ['TT', 'Họ đệm', 'Tên', 'Nữ (x)', 'NS', 'CMND/CCCD']
  const roll = await read(
    await handWritten(
      sheet(
        ['Lớp 9A (GVCN: Vũ Thị Hoa)'],
        head,
        [1, 'Nguyễn Văn', 'An', null, '1/9/2008', '022208000011'],
        [2, 'Lê Thị', 'Bình', 'x', '12.10.2008', '022308000012'],
        ['LỚP: 9/2 - Sĩ số: 1'],
        head,
        [1, 'Tằng A', 'Tài', '', '05-11-2008', '022208000013'],
      ),
    ),
  )

  assert.deepEqual(told(roll), [
    '3 | 9A | Nguyễn Văn An | 2008-09-01 | M | 022208000011',
    '4 | 9A | Lê Thị Bình | 2008-10-12 | F | 022308000012',
    '7 | 9/2 | Tằng A Tài | 2008-11-05 | M | 022208000013',
  ])
})

for (const [called, middle] of [
  ['is called so', 'Đệm'],
  ['has a name of its own', 'Tên lót'],
  ['has a name that nobody knows', 'Chữ giữa (nếu có)'],
])
  test(`a name in three columns is read whole where the middle one ${called}`, async () => {
    const roll = await read(
      await handWritten(
        sheet(
          ['TT', 'Lớp', 'Họ', middle ?? '', 'Tên', 'Ngày sinh', 'CMND/CCCD'],
          [1, '12B', 'NGUYỄN', 'DANH VĨNH', 'BẢO', '26.01.2005', '022205000021'],
          [2, '12B', 'LÊ', 'THỊ', 'ANH', '29.06.2005', '022305000022'],
          [3, '12B', 'TẰNG', null, 'TÀI', '30.06.2005', '022205000023'],
        ),
      ),
    )
    assert.deepEqual(
      roll.pupils.map(({ name }) => name),
      ['NGUYỄN DANH VĨNH BẢO', 'LÊ THỊ ANH', 'TẰNG TÀI'],
    )
  })

test('a pupil of the family Tống is not a total row, even with number and name only', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['TT', 'Họ đệm', 'Tên', 'Ngày sinh', 'CMND/CCCD'],
        [1, 'TỐNG NGỌC GIA', 'TRANG', null, null],
        [2, 'Tong Thi', 'Hoa', null, null],
        [3, 'Công Văn', 'An', '01/02/2006', '022206000031'],
        [null, 'Tổng số: 3 học sinh', null, null, null],
        [null, 'TỔNG CỘNG', 3, null, null],
      ),
    ),
  )
  assert.deepEqual(
    roll.pupils.map(({ name }) => name),
    ['TỐNG NGỌC GIA TRANG', 'Tong Thi Hoa', 'Công Văn An'],
  )
  assert.deepEqual(reasons(roll), ['1 header', '5 total', '6 total'])
})

test('a header of two rows divides birth date, sex and parents', async () => {
  const roll = await read(
    await handWritten({
      name: '10A1',
      merges: ['A1:A2', 'B1:B2', 'C1:E1', 'F1:G1', 'H1:I1', 'J1:J2'],
      rows: [
        ['STT', 'HỌ VÀ TÊN', 'Ngày sinh', null, null, 'Giới tính', null, 'Cha', null, 'Mã định danh cá nhân'],
        [null, null, 'Ngày', 'Tháng', 'Năm', 'Nam', 'Nữ', 'Họ và tên', 'Năm sinh', null],
        [1, 'TRẦN ĐỨC MINH', 3, 12, 2007, 'x', null, 'Trần Văn Đức', 1980, '022207000021'],
        [2, 'TRẦN THU HÀ', 14, 1, 2007, null, 'x', 'Trần Văn Hải', 1979, '022307000022'],
      ],
    }),
  )

  assert.deepEqual(told(roll), [
    '3 | 10A1 | TRẦN ĐỨC MINH | 2007-12-03 | M | 022207000021',
    '4 | 10A1 | TRẦN THU HÀ | 2007-01-14 | F | 022307000022',
  ])
  assert.deepEqual(
    roll.pupils.map(({ father, fatherYear }) => [father, fatherYear]),
    [
      ['Trần Văn Đức', 1980],
      ['Trần Văn Hải', 1979],
    ],
  )
})

test('one heading over two columns is the names before and the given name', async () => {
  const roll = await read(
    await handWritten({
      name: 'Lớp 11B2',
      merges: ['B1:C1'],
      rows: [
        ['STT', 'Họ và tên', null, 'Ngày tháng năm sinh', 'Số CCCD'],
        [1, 'Phạm Ngọc Mai', 'Trang', '20/02/2006', 22306000031],
        [2, 'Voòng', 'Lỷ', '3/4/06', '022206000032'],
      ],
    }),
  )

  assert.deepEqual(told(roll), [
    '2 | 11B2 | Phạm Ngọc Mai Trang | 2006-02-20 | - | 022306000031',
    '3 | 11B2 | Voòng Lỷ | 2006-04-03 | - | 022206000032',
  ])
  assert.equal(roll.pupils[0]?.number.kind, 'lost-zero')
})

test('names and headings in .VnTimeH and VNI are decoded', async () => {
  const tcvn = (value: string) => ({ value, font: '.VnTimeH' })
  const vni = (value: string) => ({ value, font: 'VNI-Times' })
  const roll = await read(
    await handWritten(
      {
        name: '12C1',
        rows: [
          [tcvn('stt'), tcvn('hä vµ tªn'), tcvn('ngµy sinh'), tcvn('giíi tÝnh')],
          [1, tcvn('nguyÔn v¨n hßa'), '02/09/2005', tcvn('nam')],
          [2, tcvn('®ç thÞ ph­îng'), '30/01/2005', tcvn('n÷')],
        ],
      },
      {
        name: '12C2',
        rows: [
          [vni('STT'), vni('Hoï vaø teân'), vni('Ngaøy sinh')],
          [1, vni('Nguyeãn Thò Haèng'), '11/12/2005'],
          [2, vni('Leâ Vaên Ñöùc'), '12/11/2005'],
        ],
      },
    ),
  )

  assert.deepEqual(told(roll), [
    '2 | 12C1 | NGUYỄN VĂN HÒA | 2005-09-02 | M | missing',
    '3 | 12C1 | ĐỖ THỊ PHƯỢNG | 2005-01-30 | F | missing',
    '2 | 12C2 | Nguyễn Thị Hằng | 2005-12-11 | - | missing',
    '3 | 12C2 | Lê Văn Đức | 2005-11-12 | - | missing',
  ])
  assert.deepEqual(
    roll.pupils.map(({ encoding }) => encoding),
    ['tcvn3', 'tcvn3', 'vni', 'vni'],
  )
})

test('a column that writes the month first is read so; years alone and days of 1905 are years', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['STT', 'Họ tên', 'Ngày sinh'],
        [1, 'Nguyễn Văn An', '09/25/2005'],
        [2, 'Trần Thị Bé', '03/04/2005'],
        [3, 'Lê Văn Cảnh', '12/31/2005'],
      ),
      {
        name: 'Khối 12',
        rows: [
          ['STT', 'Họ tên', 'Ngày sinh'],
          [1, 'Nguyễn Văn Dũng', 2005],
          [2, 'Trần Thị Én', { value: 2005, format: 'dd/mm/yyyy' }],
          [3, 'Lê Văn Giang', '10/2005'],
          [4, 'Phạm Văn Hải', 38625],
        ],
      },
    ),
  )

  assert.deepEqual(
    roll.pupils.map(({ birth }) => birth && formatPartialDay(birth)),
    ['2005-09-25', '2005-03-04', '2005-12-31', '2005', '2005', '2005-10', '2005-09-30'],
  )
  assert.deepEqual(
    roll.pupils.slice(3).map(({ grade }) => grade),
    [12, 12, 12, 12],
  )
})

test('a text that is no number is named by its kind', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['Họ và tên', 'Ngày sinh', 'Số CCCD/ĐDCN'],
        ['Nguyễn Văn An', '01/02/2005', '022 205 000 041'],
        ['Nguyễn Văn Bảo', '01/02/2005', 22205000042],
        ['Nguyễn Văn Cần', '01/02/2005', '101234567'],
        ['Nguyễn Văn Dần', '01/02/2005', '2.2205E+10'],
        ['Nguyễn Văn Em', '01/02/2005', '22200502010000000001'],
        ['Nguyễn Văn Giáp', '01/02/2005', 'C1234567'],
        ['Nguyễn Văn Hợi', '01/02/2005', 'chưa có'],
        ['Nguyễn Văn Kính', '01/02/2005', { value: 22205000043, format: '000000000000' }],
      ),
    ),
  )

  assert.deepEqual(
    roll.pupils.map(({ number }) => number.kind),
    ['number', 'lost-zero', 'malformed', 'malformed', 'missing', 'missing', 'missing', 'number'],
  )
  assert.equal(roll.pupils[2]?.oldNumber, '101234567')
})

test('"Mã định danh" is the personal number or the ministry\'s id, as its digits say', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['STT', 'Lớp', 'Mã định danh', 'Họ tên', 'Ngày sinh', 'Mã định danh cá nhân'],
        [1, '8A', '2212345678', 'Bùi Thị Xuân', '04/05/2009', '022309000051'],
        [2, '8A', '2212345679', 'Bùi Thị Hạ', '04/05/2009', ''],
      ),
      {
        name: 'B',
        rows: [
          ['STT', 'Mã định danh', 'Họ tên', 'Ngày sinh'],
          [1, '022309000052', 'Bùi Thị Thu', '06/05/2009'],
          [2, '022309000053', 'Bùi Thị Đông', '07/05/2009'],
        ],
      },
    ),
  )

  assert.deepEqual(
    roll.pupils.map(({ number }) => number.number ?? number.kind),
    ['022309000051', 'missing', '022309000052', '022309000053'],
  )
})

test('without a header the columns are known by what they hold', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['DANH SÁCH LỚP 7D'],
        [1, 'Đặng Thị Ngọc Ánh', 'Nữ', '15/08/2010', '022310000061', 'Tổ 3, Phường Hà Khánh, Hạ Long', 'Đặng Văn Ba'],
        [2, 'Đặng Quốc Bảo', 'Nam', '16/09/2010', '022210000062', 'Tổ 4, Phường Hà Khánh, Hạ Long', 'Đặng Văn Bốn'],
        [3, 'Đinh Văn Chiến', 'Nam', '17/10/2010', '', 'Tổ 5, Phường Hà Khánh, Hạ Long', 'Đinh Văn Năm'],
      ),
    ),
  )

  assert.deepEqual(told(roll), [
    '2 | 7D | Đặng Thị Ngọc Ánh | 2010-08-15 | F | 022310000061',
    '3 | 7D | Đặng Quốc Bảo | 2010-09-16 | M | 022210000062',
    '4 | 7D | Đinh Văn Chiến | 2010-10-17 | M | missing',
  ])
})

test('hidden sheets are read and named so; lists behind a template are no roll', async () => {
  const roll = await read(
    await handWritten(
      {
        name: '6A',
        rows: [
          ['STT', 'Họ tên', 'Ngày sinh'],
          [1, 'Lý A Sáng', '01/03/2011'],
        ],
      },
      {
        name: '6B',
        hidden: true,
        rows: [
          ['STT', 'Họ tên', 'Ngày sinh'],
          [1, 'Lỷ Thị Hai', '02/03/2011'],
        ],
      },
      { name: 'DM', hidden: true, rows: [['DM_DANTOC'], ['Kinh'], ['Tày'], ['Dao']] },
    ),
  )

  assert.deepEqual(
    roll.sheets.map(({ name, hidden, state }) => [name, hidden, state]),
    [
      ['6A', false, 'read'],
      ['6B', true, 'read'],
      ['DM', true, 'without-pupils'],
    ],
  )
  assert.deepEqual(
    told(roll).map(line => line.split(' | ')[2]),
    ['Lý A Sáng', 'Lỷ Thị Hai'],
  )
})

test('formulas are taken by their saved result, and what would run as one stays text', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['STT', 'Họ', 'Tên', 'Họ và tên', 'Ngày sinh', 'Số định danh cá nhân'],
        [1, 'Ngô', 'Sơn', { formula: 'B2&" "&C2', result: 'Ngô Sơn' }, '08/08/2008', '022208000071'],
        [
          { formula: 'A2+1', result: 2 },
          'Ngô',
          "=cmd|'/c calc'!A1",
          { formula: 'B3', result: 'Ngô' },
          '09/08/2008',
          '022208000072',
        ],
      ),
    ),
  )

  assert.equal(roll.pupils.length, 2)
  assert.equal(roll.pupils[0]?.name, 'Ngô Sơn')
  assert.match(roll.pupils[1]?.given.name ?? '', /cmd/)
})

test('a row with a missing or unreadable field is still a pupil', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'CCCD'],
        [1, 'Hà Văn An', '31/02/2008', 'Nam', '022208000081'],
        [2, null, '01/03/2008', 'Nữ', '022308000082'],
        [3, '???', null, null, '022208000083'],
        [4, 'Hà Thị Dung', null, null, null],
        [5, null, null, null, null],
        [null, 'Hà Văn Giáp', '05/05/2008', 'trai', null],
      ),
    ),
  )

  assert.deepEqual(told(roll), [
    '2 | - | Hà Văn An | - | M | 022208000081',
    '3 | - |  | 2008-03-01 | F | 022308000082',
    '4 | - | ??? | - | - | 022208000083',
    '5 | - | Hà Thị Dung | - | - | missing',
    '7 | - | Hà Văn Giáp | 2008-05-05 | M | missing',
  ])
  assert.equal(roll.pupils[0]?.birthUnreadable, true)
  assert.deepEqual(reasons(roll), ['1 header', '6 empty-line'])
})

test('a roll in CSV: semicolons, UTF-16, or the bytes of an old font', async () => {
  const text = 'STT;Họ và tên;Ngày sinh;Lớp;Số CCCD\r\n1;Vũ Thị Lành;14/07/2009;8C;022309000091\r\n'
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  for (const content of [Buffer.from(text), utf16])
    assert.deepEqual(told(await read(content)), ['2 | 8C | Vũ Thị Lành | 2009-07-14 | - | 022309000091'])

  const old = Buffer.from(
    'STT,Hä vµ tªn,Ngµy sinh,Líp\n1,NguyÔn V¨n HiÖp,03/05/2009,8D\n2,TrÇn ThÞ H­¬ng,04/05/2009,8D\n',
    'latin1',
  )
  assert.deepEqual(told(await read(old)), [
    '2 | 8D | Nguyễn Văn Hiệp | 2009-05-03 | - | missing',
    '3 | 8D | Trần Thị Hương | 2009-05-04 | - | missing',
  ])
})

test('an officer can set the columns, the header row, and sheets to leave out', async () => {
  const content = await handWritten(
    {
      name: 'A',
      rows: [
        ['x', 'y', 'z'],
        ['Mai Văn Một', '01/02/2003', '999'],
        ['Mai Văn Hai', '03/04/2003', '998'],
      ],
    },
    {
      name: 'B',
      rows: [
        ['STT', 'Họ tên', 'Ngày sinh'],
        [1, 'Mai Văn Ba', '05/06/2003'],
      ],
    },
  )
  const mapping: RollMapping = [
    {
      sheet: 0,
      headerRow: 1,
      columns: [
        { column: 1, field: 'name' },
        { column: 2, field: 'birth' },
        { column: 3, field: 'none' },
      ],
    },
    { sheet: 1, skip: true },
  ]
  const roll = await read(content, mapping)

  assert.deepEqual(told(roll), [
    '2 | - | Mai Văn Một | 2003-02-01 | - | missing',
    '3 | - | Mai Văn Hai | 2003-04-03 | - | missing',
  ])
  assert.deepEqual(
    roll.sheets.map(({ state }) => state),
    ['read', 'skipped'],
  )
})

test('the class is read from the first of its merged rows', async () => {
  const roll = await read(
    await handWritten({
      name: 'Tổng hợp',
      merges: ['A2:A3'],
      rows: [
        ['Lớp', 'TT', 'Họ và tên học sinh', 'Ngày sinh'],
        ['5A', 1, 'Cao Bá Quát', '01/01/2012'],
        [null, 2, 'Cao Bá Nhạ', '02/01/2012'],
        ['5B', 1, 'Cao Thắng', '03/01/2012'],
      ],
    }),
  )
  assert.deepEqual(
    roll.pupils.map(({ class: inClass, grade }) => [inClass, grade]),
    [
      ['5A', 5],
      ['5A', 5],
      ['5B', 5],
    ],
  )
})

test('both columns of a name have one encoding, known from the part that is surely Unicode', async () => {
  const roll = await read(
    await handWritten(
      sheet(
        ['Họ và tên đệm', 'Tên', 'Ngày sinh'],
        ['NguyÔn Kh¸nh', 'Th¶o', '01/03/2010'],
        ['§ç Quúnh', 'H\u00adng', '02/03/2010'],
        ['Nguyễn Xuân Ngọc', 'Hùng', '03/03/2010'],
        ['LÝ Quang', '¸nh', '04/03/2010'],
      ),
    ),
  )

  assert.deepEqual(
    roll.pupils.map(({ name, encoding }) => [name, encoding]),
    [
      ['Nguyễn Khánh Thảo', 'tcvn3'],
      ['Đỗ Quỳnh Hưng', 'tcvn3'],
      ['Nguyễn Xuân Ngọc Hùng', undefined],
      ['Lí Quang Ánh', 'tcvn3'],
    ],
  )
})

const listed = (name: string, hidden: boolean, ...pupils: readonly (readonly [string, string, string?])[]): Sheet => ({
  name,
  hidden,
  rows: [['Họ tên', 'Ngày sinh', 'Số định danh'], ...pupils.map(([who, born, number]) => [who, born, number ?? null])],
})

test('a hidden sheet that repeats visible ones is named an older copy, and can be read on request', async () => {
  const content = await handWritten(
    listed(
      'Năm trước',
      true,
      ['Ly A Sang', '01/03/2011'],
      ['Lỷ Hai', '02/03/2010', '022310000123'],
      ['Vi Chăn Sì', '09/09/2010'],
      ['Mạ Út', '01/01/2010'],
    ),
    listed('7A', false, ['Lý A Sáng', '01/03/2011'], ['Lỷ Thị Hai', '02/03/2011', '022310000123']),
  )

  const found = await read(content)
  assert.deepEqual(
    found.sheets.map(({ name, state, isOlderCopy }) => [name, state, isOlderCopy]),
    [
      ['Năm trước', 'skipped', true],
      ['7A', 'read', false],
    ],
  )
  assert.equal(found.pupils.length, 2)
  assert.deepEqual(
    reasons(found).slice(0, 5),
    [1, 2, 3, 4, 5].map(row => `${row} sheet-repeats`),
  )

  const asked = await read(content, [{ sheet: 0 }])
  assert.equal(asked.sheets[0]?.state, 'read')
  assert.equal(asked.pupils.length, 6)
})

test('a hidden sheet is read if few of its pupils are visible elsewhere', async () => {
  const mostlyOthers = await read(
    await handWritten(
      listed('6A', false, ['Lý A Sáng', '01/03/2011']),
      listed(
        '6B',
        true,
        ['Lý A Sáng', '01/03/2011'],
        ['Vi Chăn Sì', '09/09/2010'],
        ['Mạ Út', '01/01/2010'],
        ['Tằng Sồi Và', '26/06/2009'],
      ),
    ),
  )
  assert.equal(mostlyOthers.pupils.length, 5)

  const nothingInView = await read(
    await handWritten(
      { name: 'Bìa', rows: [['Trường THCS Cửa Lục']] },
      listed('6A', true, ['Lý A Sáng', '01/03/2011']),
    ),
  )
  assert.equal(nothingInView.pupils.length, 1)
})

test('scanned card lines in the number column give number, and missing names and dates', async () => {
  const line = (number: string, name: string, born: string, sex: string) =>
    `${number}|101234567|${name}|${born}|${sex}|Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh|20042023`
  const misread = Buffer.from(line('022305000033', 'Trần Thị Ánh', '15032005', 'Nữ'), 'utf8').toString('latin1')
  const roll = await read(
    await handWritten(
      sheet(
        ['STT', 'Họ và tên', 'Ngày sinh', 'Số CCCD'],
        [1, 'Nguyễn Văn An', '07/03/2005', line('022205000031', 'Nguyễn Văn Ân', '08032005', 'Nam')],
        [2, '', '', line('022205000032', 'Chìu Sủi Lìn', '01122005', 'Nam')],
        [3, '', '', misread],
        [4, 'Lê Thị Bé', '09/03/2005', '022305000034'],
      ),
    ),
  )

  assert.deepEqual(told(roll), [
    '2 | - | Nguyễn Văn An | 2005-03-07 | M | 022205000031',
    '3 | - | Chìu Sủi Lìn | 2005-12-01 | M | 022205000032',
    '4 | - | Trần Thị Ánh | 2005-03-15 | F | 022305000033',
    '5 | - | Lê Thị Bé | 2005-03-09 | - | 022305000034',
  ])
  assert.equal(roll.pupils[0]?.given.number, '022205000031')
})

test('a column of scanned lines is known for the number without a heading', async () => {
  const line = (number: string) => `${number}||Nguyễn Văn An|07032005|Nam|Hồng Hà, Hạ Long|20042023`
  const roll = await read(
    await handWritten(
      sheet(
        ['Nguyễn Văn An', '07/03/2005', line('022205000031')],
        ['Trần Văn Bình', '08/03/2005', line('022205000032')],
        ['Lê Văn Cao', '09/03/2005', line('022205000033')],
      ),
    ),
  )
  assert.deepEqual(
    roll.pupils.map(({ number }) => number.number),
    ['022205000031', '022205000032', '022205000033'],
  )
})
