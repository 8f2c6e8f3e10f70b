import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { type Manifest, synthesise } from './synth.ts'

const people = 15_000
let folder: string
let manifest: Manifest

const rowsOf = async (name: string): Promise<Record<string, string>[]> =>
  parse(await readFile(join(folder, name)), { columns: true })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synth-'))
  manifest = await synthesise({ people, seed: 7, out: folder })
})
after(() => rm(folder, { recursive: true }))

test('the same seed gives the same bytes, another seed another province', async () => {
  const [again, other] = [join(folder, 'again'), join(folder, 'other')]
  const [first, second, third] = [
    await synthesise({ people: 1500, seed: 3, out: again }),
    await synthesise({ people: 1500, seed: 3, out: again }),
    await synthesise({ people: 1500, seed: 4, out: other }),
  ]
  assert.deepEqual(second, first)
  assert.notEqual(third.files['persons.csv']!.sha256, first.files['persons.csv']!.sha256)
})

test('a factor of damage spoils more rows of the same pupils, and the manifest keeps it', async () => {
  const spoilt = async (damage: number) => {
    const out = join(folder, `damage-${damage}`)
    const made = await synthesise({ people: 1500, seed: 3, out, damage })
    assert.equal(made.damage, damage)
    const rows: Record<string, string>[] = parse(await readFile(join(out, 'truth/rolls.csv')), { columns: true })
    return {
      persons: made.files['persons.csv']!.sha256,
      share: rows.filter(({ damage: kinds }) => kinds !== '').length / rows.length,
    }
  }
  const [none, usual, more] = [await spoilt(0), await spoilt(1), await spoilt(3)]
  assert.equal(more.persons, usual.persons)
  assert.ok(
    none.share < 0.05 && usual.share > none.share && more.share > 1.5 * usual.share,
    JSON.stringify({ none, usual, more }),
  )
})

test('the manifest counts and hashes what was written', async () => {
  assert.equal(manifest.day, '2023-04-20')
  assert.equal(manifest.schoolYear, '2022-2023')
  for (const [name, { rows, sha256 }] of Object.entries(manifest.files)) {
    const bytes = await readFile(join(folder, name))
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, name)
    if (name.endsWith('.csv')) assert.equal((await rowsOf(name)).length, rows, name)
  }
  const pupils = Object.entries(manifest.files).reduce(
    (sum, [name, { rows }]) => sum + (name.startsWith('rolls/') ? rows : 0),
    0,
  )
  assert.equal(pupils, manifest.files['truth/rolls.csv']!.rows)
  assert.equal(manifest.pupils, pupils)
})

test('as many people as asked for, each with a number of its own, in communes of 2023', async () => {
  const persons = await rowsOf('persons.csv')
  const communes = new Set(
    (await rowsOf('units.csv'))
      .filter(({ level, valid_from }) => level === 'commune' && valid_from === '')
      .map(({ code }) => code),
  )
  assert.equal(persons.length, people)
  const numbers = persons.flatMap(({ person_number, cancelled_numbers }) => [
    person_number!,
    ...cancelled_numbers!.split(';').filter(Boolean),
  ])
  assert.equal(new Set(numbers).size, numbers.length)
  for (const number of numbers) assert.match(number, /^[0-2]\d{11}$/)
  assert.equal(communes.size, 177)
  assert.deepEqual(
    [...new Set(persons.map(({ residence_unit }) => residence_unit))].filter(code => !communes.has(code)),
    [],
  )
})

test('each of the years 2004 to 2008 has about one and a half per cent of the people', async () => {
  const persons = await rowsOf('persons.csv')
  for (const year of ['2004', '2005', '2006', '2007', '2008']) {
    const share = persons.filter(({ birth_date }) => birth_date!.startsWith(year)).length / people
    assert.ok(share > 0.0115 && share < 0.0185, `${year}: ${share}`)
  }
})

test('parents are in the register, of the right sex, and old enough', async () => {
  const persons = await rowsOf('persons.csv')
  const byNumber = new Map(persons.map(person => [person.person_number, person]))
  let tied = 0
  for (const child of persons) {
    for (const [kind, sex] of [
      ['father', 'M'],
      ['mother', 'F'],
    ] as const) {
      const number = child[`${kind}_number`]
      if (!number) continue
      tied++
      const parent = byNumber.get(number)!
      assert.equal(parent.sex, sex)
      assert.equal(parent.household_number, child.household_number)
      assert.ok(
        Number(child.birth_date!.slice(0, 4)) - Number(parent.birth_date!.slice(0, 4)) >= 16,
        `${kind} of ${child.birth_date}: ${parent.birth_date}`,
      )
      assert.notEqual(child[`${kind}_name`], '')
    }
  }
  assert.ok(tied > people / 2)
})

test('one number in some hundreds contradicts its record', async () => {
  const odd = (await rowsOf('truth/persons.csv')).filter(({ oddities }) =>
    oddities!.includes('number-contradicts-record'),
  ).length
  assert.ok(odd > people * 0.0008 && odd < people * 0.0042, String(odd))
})

test('nobody under fourteen has a card or an account, and nobody has two cards in force', async () => {
  const bornOn = new Map(
    (await rowsOf('persons.csv')).map(({ person_number, birth_date }) => [person_number, birth_date!]),
  )
  const inForce = new Set<string>()
  const [cards, accounts] = [await rowsOf('cards.csv'), await rowsOf('accounts.csv')]
  assert.equal(new Set(cards.map(({ serial }) => serial)).size, cards.length)
  for (const { person_number, issued_on, expires_on, state } of cards) {
    assert.ok(bornOn.get(person_number)! <= '2009-04-20')
    assert.ok(expires_on === '' || issued_on! < expires_on!)
    assert.ok(issued_on! <= '2023-04-20')
    if (state !== 'handed-over' && state !== 'blocked') continue
    assert.ok(!inForce.has(person_number!))
    inForce.add(person_number!)
  }
  for (const { person_number, state, approved_at, activated_at } of accounts) {
    assert.ok(bornOn.get(person_number)! <= '2009-04-20')
    assert.equal(state === 'requested', approved_at === '')
    assert.ok(activated_at === '' || approved_at! < activated_at!, `${approved_at} ${activated_at}`)
    assert.ok(activated_at! < '2023-04-21')
  }
  const activated = accounts.filter(({ state }) => state === 'activated').length / people
  assert.ok(activated > 0.08 && activated < 0.105, String(activated))
})

test('the truth says of each row whether its person is listed again', async () => {
  const rows = (await rowsOf('truth/rolls.csv')).filter(({ person_number }) => person_number)
  const here = Map.groupBy(rows, ({ file, person_number }) => `${file} ${person_number}`)
  const schools = Map.groupBy(rows, ({ person_number }) => person_number)
  for (const row of rows) {
    const defects = row.defects!.split(';')
    assert.equal(defects.includes('duplicate-in-roll'), here.get(`${row.file} ${row.person_number}`)!.length > 1)
    assert.equal(
      defects.includes('duplicate-across-schools'),
      new Set(schools.get(row.person_number)!.map(({ school }) => school)).size > 1,
    )
  }
  assert.ok(rows.some(({ defects }) => defects!.includes('duplicate-in-roll')))
})

/** What a foreign reader sees in a row, as texts. */
const textsOf = (row: ExcelJS.Row) =>
  Array.from({ length: row.cellCount }, (_, i) => row.getCell(i + 1).value).map(value =>
    value instanceof Date
      ? value.toISOString().slice(0, 10)
      : typeof value === 'object' && value && 'result' in value
        ? String(value.result)
        : String(value ?? ''),
  )

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()

test('a foreign reader finds every pupil of the truth in the row that the truth names', async () => {
  const names = new Map(
    (await rowsOf('persons.csv')).map(({ person_number, full_name }) => [person_number, full_name!]),
  )
  const byFile = Map.groupBy(await rowsOf('truth/rolls.csv'), ({ file }) => file!)
  let seen = 0
  for (const [file, rows] of byFile) {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(join(folder, 'rolls', file))
    for (const { sheet, row, person_number, damage } of rows) {
      const texts = textsOf(workbook.getWorksheet(sheet)!.getRow(Number(row)))
      assert.ok(texts.some(text => text !== ''))
      if (!person_number || /name|marks|mark|typo|telex|middle|i-y|number|font|space|eth/.test(damage!)) continue
      seen++
      assert.ok(
        texts.some(text => text.replace("'", '') === person_number),
        `${file} ${sheet} ${row}: ${texts.join(' | ')}`,
      )
      assert.ok(
        plain(texts.join(' ')).includes(plain(names.get(person_number)!)),
        `${file} ${sheet} ${row}: ${texts.join(' | ')}`,
      )
    }
  }
  assert.ok(seen > 300, String(seen))
})

test('a number of people or a day that cannot be is refused', async () => {
  await assert.rejects(synthesise({ people: 0, seed: 1, out: folder }), RangeError)
  await assert.rejects(synthesise({ people: 10, seed: 1, out: folder, day: '2023-02-30' }), RangeError)
})
