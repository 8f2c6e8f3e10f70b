import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../src/platform/day.ts'
import { placeFinder } from '../../src/rolls/reading/places.ts'
import type { GivenResidence } from '../../src/rolls/reading/pupil.ts'
import * as units from '../../src/units/units.ts'
import { commune } from '../builders.ts'
import { openHouse } from '../house.ts'

const house = await openHouse({ withUnits: true })
await house.work(work =>
  units.importSchools(work, [
    {
      line: 2,
      values: { code: '22001', name: 'Trường THPT Hà Khánh', kind: 'upper-secondary', unit: commune.haKhanh },
    },
  ]),
)
const schoolId = await house.work(async work => (await units.findSchool(work, '22001'))!.id)

const residence = (text: string): GivenResidence => ({ text, commune: '', district: '', province: '', kind: 'any' })

/** The names of the communes that a roll of the day means by its texts; '-' where none can be told. */
const meant = (day: string, ...texts: string[]): Promise<string[]> =>
  house.work(async work => {
    const all = texts.map(residence)
    const placeOf = await placeFinder(work, { schoolId, asOf: asDay(day) }, all)
    const names: string[] = []
    for (const one of all) {
      const { communeId } = await placeOf(one)
      names.push(communeId ? await units.unitName(work, communeId as units.UnitId) : '-')
    }
    return names
  })

const written: readonly (readonly [string, string])[] = [
  ['Tổ 4, khu 2, Ph. Hải Yên, Tp. Móng Cái', 'Phường Hải Yên'],
  ['Thôn Khe Mọi-xã Hạ Long-huyện Vân Đồn-Quảng Ninh', 'Xã Hạ Long'],
  ['SN 27 ngõ 4-xã Hải Lạng-H.Tiên Yên', 'Xã Hải Lạng'],
  ['Số 12-14, tổ 3-4, P.Hồng Gai-T.P Hạ Long', 'Phường Hồng Gai'],
  ['T.trấn Tiên Yên', 'Thị trấn Tiên Yên'],
  ['T. trấn Tiên Yên, H. Tiên Yên', 'Thị trấn Tiên Yên'],
  ['F. Hồng Gai, TP Hạ Long', 'Phường Hồng Gai'],
  ['SN 27 ngõ 4 ,Ph. Cẩm Thành ,TP Cẩm Phả ,T. Quảng Ninh', 'Phường Cẩm Thành'],
  ['Tổ 5 phường Hà Khánh thành phố Hạ Long', 'Phường Hà Khánh'],
  ['xa hai lang - tien yen - quang ninh', 'Xã Hải Lạng'],
  ['Số 15, tổ 2, Bình Dương, Đông Triều', 'Xã Bình Dương'],
  ['Thôn 1,Quan Lạn,Vân Đồn, Quảng Ninh, Việt Nam', 'Xã Quan Lạn'],
  ['Thôn 1,Quan Lạn,Vân Đồn'.normalize('NFD'), 'Xã Quan Lạn'],
  ['Thôn 5', '-'],
  ['Hồng Gai', '-'],
]

test('a residence is read however ranks are cut short and places parted', async () => {
  assert.deepEqual(
    await meant('2023-04-20', ...written.map(([text]) => text)),
    written.map(([, name]) => name),
  )
})

test('plain names are communes or hamlets as the rest of the roll writes them', async () => {
  assert.deepEqual(
    await meant('2023-04-20', 'Hà Khánh', 'Hồng Gai', 'Đại Dực', 'Tiên Yên', 'Hà Khánh', 'Thôn 5', 'Hải Lạng'),
    ['Phường Hà Khánh', 'Phường Hồng Gai', 'Xã Đại Dực', '-', 'Phường Hà Khánh', '-', 'Xã Hải Lạng'],
  )
  assert.deepEqual(
    await meant('2023-04-20', 'Tổ 5, Hà Khánh', 'Thôn Khe Mọi, Điền Xá', 'Khu 3-Hồng Gai', 'Thôn 5, Tiên Yên'),
    ['Phường Hà Khánh', 'Xã Điền Xá', 'Phường Hồng Gai', '-'],
  )
  assert.deepEqual(await meant('2023-04-20', 'Thôn Đông, Điền Xá', 'Số 5, Hà Khánh', 'Thôn Đông'), [
    'Xã Điền Xá',
    '-',
    '-',
  ])
  assert.deepEqual(
    await meant('2023-04-20', 'Hà Khánh', 'Khe Mọi', 'Khu 3', 'Đồng Lá', 'Hồng Gai', 'Đại Dực'),
    Array(6).fill('-'),
  )
})

test('a merged commune’s name gives its successor; a divided one’s gives nothing', async () => {
  const before = [
    'Xã Tân Việt, TX Đông Triều',
    'P. Bạch Đằng, TP Hạ Long',
    'P. Hồng Gai, TP Hạ Long',
    'Xã Hạ Long, H. Vân Đồn',
    'Xã Hải Lạng, H. Tiên Yên',
  ]
  assert.deepEqual(await meant('2023-04-20', ...before), [
    'Xã Tân Việt',
    'Phường Bạch Đằng',
    'Phường Hồng Gai',
    'Xã Hạ Long',
    'Xã Hải Lạng',
  ])
  assert.deepEqual(await meant('2024-11-15', ...before), [
    'Xã Việt Dân',
    'Phường Bạch Đằng',
    'Phường Hồng Gai',
    'Xã Hạ Long',
    'Xã Hải Lạng',
  ])
  assert.deepEqual(await meant('2025-09-01', ...before), [
    'Phường An Sinh',
    'Phường Hồng Gai',
    'Phường Hồng Gai',
    'Đặc khu Vân Đồn',
    '-',
  ])
})

test('since districts ended, rank and name within the province are enough', async () => {
  assert.deepEqual(
    await meant('2025-09-01', 'Khu 3, P. Hạ Long, tỉnh Quảng Ninh', 'Phường Hạ Long', 'xã Hải Lạng, Quảng Ninh'),
    ['Phường Hạ Long', 'Phường Hạ Long', 'Xã Hải Lạng'],
  )
})
