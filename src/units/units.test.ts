import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../test/house.ts'
import type { CsvRow } from '../platform/csv/read-csv.ts'
import { asDay } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import * as units from './units.ts'

const house = await openHouse({ withUnits: true })

const [in2023, in2024, in2025] = [asDay('2023-04-20'), asDay('2024-11-01'), asDay('2025-07-01')]

async function on(work: Work, code: string, day = in2023) {
  const unit = await units.findUnitOn(work, code, day)
  assert.ok(unit, `no unit ${code} on ${day}`)
  return unit
}

const rows = (columns: readonly string[], ...lines: string[]): CsvRow[] =>
  lines.map((text, index) => {
    const fields = text.split(',')
    return { line: index + 2, values: Object.fromEntries(columns.map((column, at) => [column, fields[at] ?? ''])) }
  })
const unitRows = (...lines: string[]) => rows(units.unitColumns, ...lines)
const schoolRows = (...lines: string[]) => rows(units.schoolColumns, ...lines)

/** Does something in a work that is undone afterwards. */
async function undone(verb: (work: Work) => Promise<void>) {
  const enough = new Error('undone')
  await assert.rejects(
    house.work(async work => {
      await verb(work)
      throw enough
    }),
    enough,
  )
}

test('Quảng Ninh has 177 communes in 2023, 171 in November 2024, 54 and no district since July 2025', async () => {
  await house.work(async work => {
    for (const [day, districts, communes] of [
      [in2023, 13, 177],
      [in2024, 13, 171],
      [in2025, 0, 54],
    ] as const) {
      const province = await on(work, '22', day)
      const below = await units.subtreeOn(work, province.id, day)
      assert.deepEqual(
        [below.filter(unit => unit.level === 'district').length, below.filter(unit => unit.level === 'commune').length],
        [districts, communes],
        day,
      )
      assert.equal(below[0]?.id, province.id)
      assert.equal(new Set(below.map(unit => unit.id)).size, below.length)
    }
    const provinces = async (day: typeof in2023) =>
      (await units.unitsOn(work, day)).filter(unit => unit.level === 'province').length
    assert.deepEqual([await provinces(in2023), await provinces(in2025)], [63, 34])
  })
})

test('the code 06685 is Trần Hưng Đạo until June 2025 and Hồng Gai from July on: two units', async () => {
  await house.work(async work => {
    const [before, after] = [await on(work, '06685', asDay('2025-06-30')), await on(work, '06685', in2025)]
    assert.deepEqual([before.name, after.name], ['Phường Trần Hưng Đạo', 'Phường Hồng Gai'])
    assert.notEqual(before.id, after.id)
    assert.equal((await on(work, '193')).id, before.parentId)
    assert.equal((await on(work, '22')).id, after.parentId)
    assert.equal(await units.findUnitOn(work, '193', in2025), undefined)
  })
})

test('a commune of Đông Triều stands below the town, then below the city of the same code', async () => {
  await house.work(async work => {
    const names = async (day: typeof in2023) =>
      (await units.unitPath(work, (await on(work, '07075', day)).id, day)).map(({ name }) => name)
    assert.deepEqual((await names(in2023)).slice(1), ['Thị xã Đông Triều', 'Tỉnh Quảng Ninh'])
    assert.deepEqual((await names(in2024)).slice(1), ['Thành phố Đông Triều', 'Tỉnh Quảng Ninh'])
  })
})

test('the path of a unit that ended is that of its last day', async () => {
  await house.work(async work => {
    const old = await on(work, '06685')
    const path = await units.unitPath(work, old.id, asDay('2026-01-01'))
    assert.deepEqual(
      path.map(({ name }) => name),
      ['Phường Trần Hưng Đạo', 'Thành phố Hạ Long', 'Tỉnh Quảng Ninh'],
    )
  })
})

test('the reference has 184 successions of 2025: 159 whole, 13 parts and 12 rests', async () => {
  const found = await house.owner<{ extent: string; count: number }>(
    `select extent, count(*)::int as count from units.succession s join units.unit u on u.id = s.old_id
     where effective_on = '2025-07-01' and u.level = 'commune' group by 1 order by 1`,
  )
  assert.deepEqual(
    found.map(({ extent, count }) => [extent, count]),
    [
      ['part', 13],
      ['rest', 12],
      ['whole', 159],
    ],
  )
})

test('a ward of 2025 has its former units in scope back to 2023, and no neighbours', async () => {
  await house.work(async work => {
    const scope = await units.scopeOf(work, (await on(work, '06685', in2025)).id, in2025)
    const names = await Promise.all(scope.map(id => units.unitName(work, id as units.UnitId)))
    assert.deepEqual(names.sort(), [
      'Phường Bạch Đằng',
      'Phường Hồng Gai',
      'Phường Hồng Gai',
      'Phường Trần Hưng Đạo',
      'Phường Yết Kiêu',
    ])
  })
})

test('in 2023 the ward Trần Hưng Đạo does not see Yết Kiêu, merged into it in 2024, nor vice versa', async () => {
  await house.work(async work => {
    const [ward, neighbour] = [await on(work, '06685'), await on(work, '06682')]
    assert.ok(!(await units.scopeOf(work, ward.id, in2023)).includes(neighbour.id))
    assert.ok(!(await units.scopeOf(work, neighbour.id, in2023)).includes(ward.id))
  })
})

test('a unit that gave away a part is not visible to the unit that received it', async () => {
  await undone(async work => {
    const part = { old_code: '06655', new_code: '06658', scope: 'part', effective: '2023-01-01', source: 'test' }
    const imported = await units.importSuccessions(work, [{ line: 2, values: part }])
    assert.deepEqual([imported.added, imported.rejected], [1, []])
    const [giver, taker] = [await on(work, '06655'), await on(work, '06658')]
    assert.equal((await units.predecessorsOf(work, taker.id))[0]?.oldId, giver.id)
    assert.ok(!(await units.scopeOf(work, taker.id, in2023)).includes(giver.id))
  })
})

test('the province keeps its former units in scope after July 2025, and no other province', async () => {
  await house.work(async work => {
    const province = await on(work, '22', in2025)
    const scope = new Set(await units.scopeOf(work, province.id, in2025))
    const before = await units.subtreeOn(work, province.id, in2023)
    assert.deepEqual(
      before.filter(unit => !scope.has(unit.id)),
      [],
    )
    assert.ok(!scope.has((await on(work, '24', in2025)).id))

    const merged = await on(work, '08', in2025)
    assert.ok(
      (await units.scopeOf(work, merged.id, in2025)).includes((await on(work, '02')).id),
      'Tuyên Quang lacks Hà Giang',
    )
    assert.ok(
      !(await units.scopeOf(work, merged.id, in2023)).includes((await on(work, '02')).id),
      'Hà Giang is another province in 2023',
    )
  })
})

test('a district sees its communes of the day and not those of another district', async () => {
  await house.work(async work => {
    const [haLong, camPha] = [await on(work, '193'), await on(work, '195')]
    const scope = new Set(await units.scopeOf(work, haLong.id, in2023))
    const [own, others] = [
      await units.subtreeOn(work, haLong.id, in2023),
      await units.subtreeOn(work, camPha.id, in2023),
    ]
    assert.equal(own.length, 34)
    assert.ok(own.every(unit => scope.has(unit.id)))
    assert.ok(!others.some(unit => scope.has(unit.id)))
  })
})

test('district police end on 1 March 2025, and the province serves the district until July', async () => {
  await house.work(async work => {
    const district = await on(work, '193')
    assert.equal((await units.policeFor(work, district.id, asDay('2025-02-28')))?.name, 'Công an thành phố Hạ Long')
    assert.equal((await units.policeFor(work, district.id, asDay('2025-03-01')))?.name, 'Công an tỉnh Quảng Ninh')
    assert.ok(await units.findUnitOn(work, '193', asDay('2025-06-30')))
    assert.equal(
      (await units.policeFor(work, (await on(work, '06685')).id, asDay('2025-03-01')))?.name,
      'Công an phường Trần Hưng Đạo',
    )
  })
})

test('loading the reference again changes nothing, and another installation gets the same ids', async () => {
  const before = await house.owner('select * from units.unit order by id')
  const edition = await house.owner('select number from units.edition')
  await house.work(units.loadReference)
  assert.deepEqual(await house.owner('select * from units.unit order by id'), before)
  assert.deepEqual(await house.owner('select number from units.edition'), edition)
  await house.work(async work => assert.equal((await on(work, '22')).id, 'db5b4298-f086-8278-ba27-94cccab5b398'))
})

test('wrong rows of units are reported with a reason, and right rows are imported', async () => {
  await undone(async work => {
    const imported = await units.importUnits(
      work,
      unitRows(
        '99,Tỉnh Mới,province,,,,test',
        '990,Huyện Mới,district,99,,2024-01-01,test',
        '99001,Xã Một,commune,990,,2024-01-01,test',
        '99002,Xã Hai,commune,990,,,test',
        '99003,Xã Ba,commune,998,,,test',
        '99004,Xã Bốn,hamlet,990,,,test',
        '06685,Phường Khác,commune,193,2024-01-01,2024-06-01,test',
        '99001,Xã Một,commune,990,,2024-01-01,test',
        '99005,,commune,990,,,test',
        '99006,Xã Sáu,commune,990,2023-02-30,,test',
        '99007,Xã Bảy,commune,990,2023-02-02,2023-02-02,test',
        '99008,Xã Tám,commune,99001,,2024-01-01,test',
      ),
    )
    assert.deepEqual([imported.read, imported.added, imported.changed, imported.unchanged], [12, 3, 0, 0])
    assert.deepEqual(
      imported.rejected.map(({ line, reason }) => [line, reason.split(':')[0]]),
      [
        [5, 'parent-unknown'],
        [6, 'parent-unknown'],
        [7, 'level-unknown'],
        [8, 'code-taken'],
        [9, 'unit-twice'],
        [10, 'name-missing'],
        [11, 'day-malformed'],
        [12, 'period-empty'],
        [13, 'parent-unknown'],
      ],
    )
    assert.match(imported.rejected[0]?.reason ?? '', /990 .* stands on 2024-01-01/)
    assert.equal((await on(work, '99001')).name, 'Xã Một')
  })
})

test('a unit cannot end while one below it stands, and can when both end', async () => {
  const district = '207,Huyện Cô Tô,district,22,,2025-01-01,test'
  const communes = ['07192,Thị trấn Cô Tô', '07195,Xã Đồng Tiến', '07198,Xã Thanh Lân'].map(
    unit => `${unit},commune,207,,2025-01-01,test`,
  )
  await undone(async work => {
    const alone = await units.importUnits(work, unitRows(district))
    assert.match(alone.rejected[0]?.reason ?? '', /^unit-below-stands/)
    const together = await units.importUnits(work, unitRows(...communes, district))
    assert.deepEqual([together.changed, together.rejected.length], [4, 0])
    assert.equal((await units.subtreeOn(work, (await on(work, '207')).id, in2023)).length, 4)
    assert.equal(await units.findUnitOn(work, '07195', asDay('2025-01-01')), undefined)
  })
})

test('a process reads the new units after another work commits an import', async () => {
  const fresh = await openHouse()
  await fresh.work(async work => assert.equal((await units.unitsOn(work, in2023)).length, 0))
  await fresh.work(work => units.importUnits(work, unitRows('01,Thành phố Hà Nội,province,,,,test')))
  await fresh.work(async work => assert.equal((await units.unitsOn(work, in2023)).length, 1))
})

test('a school keeps its id when its commune changes, and its former commune by day', async () => {
  await undone(async work => {
    const [old, next] = ['22000101,THPT Hòn Gai,upper-secondary,06685', '22000101,THPT Hồng Gai,upper-secondary,06685']
    const first = await units.importSchools(
      work,
      schoolRows(old, '22000102,THCS Bãi Cháy,secondary,06685', '22000103,TH Một,primary,99999'),
    )
    assert.equal(first.added, 1)
    assert.deepEqual(
      first.rejected.map(({ reason }) => reason.split(':')[0]),
      ['kind-unknown', 'unit-unknown'],
    )
    assert.equal((await units.importSchools(work, schoolRows(old))).unchanged, 1)

    assert.equal((await units.importSchools(work, schoolRows(next), { asOf: in2025 })).changed, 1)
    assert.match((await units.importSchools(work, schoolRows(old))).rejected[0]?.reason ?? '', /^extract-older/)

    const [before, after] = [await units.findSchool(work, '22000101'), await units.findSchool(work, '22000101', in2025)]
    assert.deepEqual([before?.name, after?.name], ['THPT Hòn Gai', 'THPT Hồng Gai'])
    assert.equal(before?.id, after?.id)
    assert.deepEqual(
      [before?.unitId, after?.unitId],
      [(await on(work, '06685')).id, (await on(work, '06685', in2025)).id],
    )
    assert.ok(before)
    assert.ok((await units.scopeOf(work, (await on(work, '193')).id, in2023)).includes(before.id))
    assert.ok(!(await units.scopeOf(work, (await on(work, '195')).id, in2023)).includes(before.id))
  })
})

test('units are found by code and by name, with or without marks, on the requested day', async () => {
  await house.work(async work => {
    const names = async (text: string, day = in2023) =>
      (await units.searchUnits(work, text, day)).map(({ name }) => name)
    assert.deepEqual(await names('06685'), ['Phường Trần Hưng Đạo'])
    assert.deepEqual(await names('06685', in2025), ['Phường Hồng Gai'])
    assert.deepEqual(await names('hạ long'), ['Thành phố Hạ Long', 'Xã Hạ Long'])
    assert.deepEqual(await names('bach dang', in2023), ['Phường Bạch Đằng'])
    assert.deepEqual(await names('  '), [])
  })
})

test('each map begins with a day on which units changed, and shows its figures on its last', async () => {
  assert.deepEqual([asDay('2023-04-20'), asDay('2024-10-31'), in2024, asDay('2025-06-30'), in2025].map(units.mapOn), [
    '2023',
    '2023',
    '2024',
    '2024',
    '2025',
  ])
  assert.deepEqual(
    units.maps().map(({ map }) => units.figureDayOf(map)),
    ['2024-10-31', '2025-06-30', '2025-07-01'],
  )
  assert.equal(units.figureDayOf('2031'), undefined)
  const begun = await house.owner<{ day: string }>(
    'select distinct valid_from::text as day from units.unit where valid_from is not null',
  )
  for (const { from } of units.maps()) assert.ok(from === '' || begun.some(({ day }) => day === from), from)
})
