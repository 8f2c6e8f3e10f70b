import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldMarks, nameWords } from '../names/name.ts'
import { candidateKeys } from './blocking.ts'
import { countsOf } from './frequencies.ts'
import { type Linker, prepare } from './linkage.ts'
import type { Linked } from './linked.ts'
import { dictionary, type PackedPeople, packer, unpacker } from './packed.ts'
import { indexPeople } from './people-index.ts'
import { aLinkRecord, foldedWords, type LinkRecord, type RawRecord } from './person-record.ts'
import { linkRows, openProvince, type ProvinceOf, selectorOf } from './province.ts'
import { anIndex, aRegister, aRoll, dice, type RollRow } from './toy-province.ts'

/** The toy's people under ids that a register could have given. */
const withIds = (raws: readonly RawRecord[]) =>
  raws.map((raw, i) => ({ ...raw, id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}` }))

const digits = (text: string | undefined) => Number((text ?? '').replace(/\D/g, ''))

function packed(raws: readonly RawRecord[]): PackedPeople {
  const [names, units, households] = [dictionary(), dictionary(), dictionary()]
  const code = (of: typeof names, text: string | undefined) => (text ? of.of(text) : 0)
  const pack = packer({ nameOf: at => names.texts[at - 1] ?? '', unitOf: at => units.texts[at - 1] ?? '' })
  for (const raw of raws) {
    const unitCodes = (raw.communes ?? []).map(units.of)
    pack.add({
      id: Buffer.from(raw.id.replaceAll('-', ''), 'hex'),
      name: code(names, raw.name),
      birthYear: raw.birth?.y ?? 0,
      birthMonth: raw.birth?.m ?? 0,
      birthDay: raw.birth?.d ?? 0,
      sex: raw.sex ?? 'M',
      number: digits(raw.number),
      cancelled: (raw.cancelledNumbers ?? []).map(Number),
      cancelledCount: raw.cancelledNumbers?.length ?? 0,
      oldNumber: digits(raw.oldNumber),
      units: unitCodes,
      unitCount: unitCodes.length,
      permanentUnit: unitCodes[0] ?? 0,
      lifeStatus: 'alive',
      phone: digits(raw.phone),
      household: code(households, raw.household),
      fatherName: code(names, raw.fatherName),
      fatherYear: raw.fatherYear ?? 0,
      motherName: code(names, raw.motherName),
      motherYear: raw.motherYear ?? 0,
    })
  }
  return pack.finish()
}

function aProvince(seed: number, size = 20_000, rows = 2_000) {
  const d = dice(seed)
  const toy = aRegister(d, size, [2004, 2005, 2006, 2007, 2008])
  const raw = withIds(toy)
  const idOf = new Map(toy.map(({ id }, i) => [id, raw[i]?.id ?? '']))
  const roll = aRoll(d, toy, rows)
  const register = raw.map(aLinkRecord)
  const people = packed(raw)
  const linker = prepare(countsOf(register))
  const places = new Map(raw.map(({ communes = [], districts = [] }) => [communes[0] ?? '', { communes, districts }]))
  const of: ProvinceOf = { people, index: indexPeople(people), linker, places }
  return { raw, roll, register, of, linker, truthOf: ({ truth }: RollRow) => truth && idOf.get(truth) }
}

const recordsOf = (roll: readonly RollRow[]) => roll.map(({ row }) => aLinkRecord(row))

/** What is decided where every candidate that blocking asks for is scored. */
function byTheBook(roll: readonly RollRow[], register: readonly LinkRecord[], linker: Linker): Linked[] {
  const find = anIndex(register)
  return linkRows(recordsOf(roll), { candidatesOf: row => candidateKeys(row).flatMap(find) }, linker)
}

test('a name is folded word by word as it is folded whole', () => {
  const word = fc.constantFrom(
    'Nguyễn',
    'hoà',
    'HÒA',
    'Quý',
    "H'Hen",
    'Đ.',
    'y-Niê',
    'Lê',
    'Thu\u0309y',
    '',
    'ß',
    '12',
    'Nguyê\u0303n',
    'Ð',
    'Ａn',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 5 }), words => {
      const written = words.join(' ')
      const { marked, plain } = foldedWords(written)
      assert.equal(marked.join(' '), nameWords(written).join(' '))
      assert.equal(plain.join(' ').trim(), foldMarks(written))
    }),
    { numRuns: 3000 },
  )
})

test('people who were packed come back as they were', () => {
  const { raw, register, of } = aProvince(1, 3000, 1)
  const { record } = unpacker(of.people, unit => of.places.get(unit) ?? { communes: [], districts: [] })
  const back = new Map(Array.from({ length: of.people.size }, (_, i) => record(i)).map(one => [one.id, one]))
  assert.equal(back.size, raw.length)
  for (const person of register) {
    const { household, ...found } = back.get(person.id) ?? {}
    const { household: _, ...before } = JSON.parse(JSON.stringify(person))
    assert.deepEqual(JSON.parse(JSON.stringify(found)), before)
    assert.equal(household !== undefined, person.household !== undefined)
  }
})

test('a province in memory finds what scoring every candidate finds', t => {
  const { roll, register, of, linker, truthOf } = aProvince(2)
  const exact = byTheBook(roll, register, linker)
  const fast = linkRows(recordsOf(roll), selectorOf(of), linker)
  const same = fast.filter((one, i) => one.outcome === exact[i]?.outcome && one.personId === exact[i]?.personId).length
  const wrong = fast.filter((one, i) => one.outcome === 'matched' && one.personId !== truthOf(roll[i] as RollRow)).length
  const wrongExact = exact.filter((one, i) => one.outcome === 'matched' && one.personId !== truthOf(roll[i] as RollRow)).length
  t.diagnostic(`${same} of ${roll.length} rows alike; wrong links ${wrong}, by the book ${wrongExact}`)
  assert.ok(same / roll.length >= 0.995)
  assert.ok(wrong <= wrongExact + 1)
})

test('threads find the same as one, roll by roll', async () => {
  const { roll, of, linker } = aProvince(3, 5000, 600)
  const rolls = [roll.slice(0, 200), roll.slice(200, 400), roll.slice(400)].map(recordsOf)
  const alone = rolls.map(rows => linkRows(rows, { candidatesOf: selectorOf(of).candidatesOf }, linker))
  const province = openProvince(of, { threads: 2 })
  try {
    assert.deepEqual(await Promise.all(rolls.map(rows => province.link(rows))), alone)
    assert.ok(province.looked() > 0)
  } finally {
    await province.close()
  }
})

test('a province that is called off answers with the reason, and goes on with what else is asked', async () => {
  const { roll, of } = aProvince(4, 3000, 300)
  const province = openProvince(of, { threads: 1 })
  try {
    const off = new AbortController()
    const first = province.link(recordsOf(roll.slice(0, 100)))
    const second = province.link(recordsOf(roll), off.signal)
    off.abort(new Error('called off'))
    await assert.rejects(second, /called off/)
    assert.equal((await first).length, 100)
    assert.equal((await province.link(recordsOf(roll.slice(0, 10)))).length, 10)
  } finally {
    await province.close()
  }
})
