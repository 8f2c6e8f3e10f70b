import { foldedWords } from '../../names/name.ts'
import type { PartialDay } from '../../platform/day.ts'
import { type LinkName, nameOfWords } from '../person-record.ts'
import { type PackedNameKeys, packNameKeys } from './name-keys.ts'

/**
 * A register as linkage reads a whole province: columns of typed arrays over shared memory, so that threads read one
 * copy. People stand in the order of their birth dates: those of one day lie side by side. About 70 bytes a person, and
 * 20 a distinct name.
 */

/**
 * A person as the register streams them: numbers throughout, 0 where there is none. Names, units and households are
 * codes from 1, whose texts the packer is given. The object may be used again for the next.
 */
export type PackedInput = {
  /** 16 bytes. */
  readonly id: Uint8Array
  readonly name: number
  readonly birthYear: number
  readonly birthMonth: number
  readonly birthDay: number
  readonly sex: 'M' | 'F'
  /** Twelve digits as an integer. */
  readonly number: number
  readonly cancelled: ArrayLike<number>
  readonly cancelledCount: number
  /** Nine digits as an integer. */
  readonly oldNumber: number
  /** Of every residence in force. */
  readonly units: ArrayLike<number>
  readonly unitCount: number
  /** Of the permanent residence in force. */
  readonly permanentUnit: number
  readonly lifeStatus: string
  /** E.164 without its plus. */
  readonly phone: number
  readonly household: number
  readonly fatherName: number
  readonly fatherYear: number
  readonly motherName: number
  readonly motherYear: number
}

export type PackedTexts = { readonly nameOf: (code: number) => string; readonly unitOf: (code: number) => string }

/** Where a unit lies on the day that both sides read: the communes that it is or became, and their districts. */
export type UnitParents = { readonly communes: readonly string[]; readonly districts: readonly string[] }

/** Plain data, but for the shared columns; it passes to threads as it is. */
export type PackedPeople = {
  readonly size: number
  /** 16 bytes a person. */
  readonly ids: Uint8Array
  /** y·512 + m·32 + d; parts that are not known are 0. In ascending order. */
  readonly birth: Int32Array
  readonly sex: Uint8Array
  /** Twelve digits as an integer; 0 where there is none. */
  readonly number: Float64Array
  readonly name: Uint32Array
  readonly father: Uint32Array
  readonly mother: Uint32Array
  readonly fatherYear: Uint16Array
  readonly motherYear: Uint16Array
  /** Index into `units`, plus 1; 0 where there is no residence. More than one are in `moreUnits`. */
  readonly unit: Uint16Array
  /** The same of the permanent residence. */
  readonly home: Uint16Array
  /** 1 for the dead. */
  readonly dead: Uint8Array
  /** E.164 without its plus; 0 where there is none. */
  readonly phone: Float64Array
  readonly household: Uint32Array
  readonly names: PackedNames
  readonly units: readonly string[]
  readonly moreUnits: ReadonlyMap<number, readonly number[]>
  readonly cancelled: ReadonlyMap<number, readonly string[]>
  /** Nine digits as an integer; 0 where there is none. */
  readonly oldNumber: Uint32Array
}

/** Distinct names, each as its words; name 0 is none. */
export type PackedNames = {
  readonly size: number
  readonly start: Uint32Array
  readonly word: Uint32Array
  /** Where the folded name has other words than the marked one: its plain text. */
  readonly odd: ReadonlyMap<number, string>
  readonly words: readonly string[]
  readonly plainWords: readonly string[]
}

export const birthCode = ({ y, m = 0, d = 0 }: PartialDay) => y * 512 + m * 32 + d
export const birthOf = (code: number): PartialDay => {
  const [y, m, d] = [code >> 9, (code >> 5) & 15, code & 31]
  if (m === 0) return { y }
  return d === 0 ? { y, m } : { y, m, d }
}

type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array
type Maker<T> = { new (buffer: ArrayBufferLike): T; readonly BYTES_PER_ELEMENT: number }

/** A column that grows by doubling. */
function growingColumn<T extends NumberArray>(make: Maker<T>) {
  let values = new make(new ArrayBuffer(1024 * make.BYTES_PER_ELEMENT))
  let size = 0
  return {
    push(value: number) {
      if (size === values.length) {
        const larger = new make(new ArrayBuffer(size * 2 * make.BYTES_PER_ELEMENT))
        larger.set(values)
        values = larger
      }
      values[size++] = value
    },
    at: (i: number) => values[i] ?? 0,
    /** A copy in shared memory, in another order where one is given. */
    shared(order?: Int32Array): T {
      const copy = sharedArray(make, size)
      if (!order) copy.set(values.subarray(0, size))
      else for (let i = 0; i < size; i++) copy[i] = values[order[i] ?? 0] ?? 0
      return copy
    },
  }
}

export const sharedArray = <T>(make: Maker<T>, length: number): T =>
  new make(new SharedArrayBuffer(length * make.BYTES_PER_ELEMENT))

export const twelveDigits = (number: number) => String(number + 1e12).slice(1)

/** Gives each text a code, from 1. */
export function makeDictionary() {
  const known = new Map<string, number>()
  const texts: string[] = []
  return {
    texts,
    of(text: string): number {
      const found = known.get(text)
      if (found !== undefined) return found
      texts.push(text)
      known.set(text, texts.length)
      return texts.length
    },
  }
}

function namePacker(textOf: (code: number) => string) {
  const byCode: number[] = []
  const words = makeDictionary()
  const [start, word] = [growingColumn<Uint32Array>(Uint32Array), growingColumn<Uint32Array>(Uint32Array)]
  const hashes = [0, 1, 2, 3, 4].map(() => growingColumn<Uint32Array>(Uint32Array)) as [
    Hashes,
    Hashes,
    Hashes,
    Hashes,
    Hashes,
  ]
  const odd = new Map<number, string>()
  const plainOfWord: string[] = []
  let [size, end] = [0, 0]

  function add(marked: readonly string[], plain: readonly string[], name: LinkName | undefined): number {
    const id = size++
    start.push(end)
    const isOdd = marked.length !== plain.length
    for (const [i, text] of marked.entries()) {
      const at = words.of(text)
      word.push(at)
      end++
      if (!isOdd && plainOfWord[at - 1] === undefined) plainOfWord[at - 1] = plain[i] ?? ''
    }
    if (isOdd) odd.set(id, plain.join(' '))
    const keys = name ? packNameKeys(name) : { plain: 0, joined: 0, sorted: 0, familyGiven: 0, given: 0 }
    for (const [i, key] of [keys.plain, keys.joined, keys.sorted, keys.familyGiven, keys.given].entries())
      hashes[i]?.push(key)
    return id
  }
  add([], [], undefined)

  return {
    /** 0 for a name of no letters. */
    of(code: number): number {
      if (code === 0) return 0
      const known = byCode[code]
      if (known !== undefined) return known
      const { marked, plain } = foldedWords(textOf(code))
      const name = nameOfWords(marked, plain)
      const id = name ? add(marked, plain, name) : 0
      byCode[code] = id
      return id
    },
    finish(): { names: PackedNames; keys: PackedNameKeys } {
      start.push(end)
      const [plain, joined, sorted, familyGiven, given] = hashes
      return {
        names: {
          size,
          start: start.shared(),
          word: word.shared(),
          odd,
          words: words.texts,
          plainWords: words.texts.map((text, i) => plainOfWord[i] ?? text),
        },
        keys: {
          plain: plain.shared(),
          joined: joined.shared(),
          sorted: sorted.shared(),
          familyGiven: familyGiven.shared(),
          given: given.shared(),
        },
      }
    },
  }
}
type Hashes = ReturnType<typeof growingColumn<Uint32Array>>

/** Takes people one by one and packs them. */
export function makePacker({ nameOf, unitOf }: PackedTexts) {
  const names = namePacker(nameOf)
  let lastUnit = 0
  const ids = growingColumn<Uint8Array>(Uint8Array)
  const [birth, sex, number] = [
    growingColumn<Int32Array>(Int32Array),
    growingColumn<Uint8Array>(Uint8Array),
    growingColumn<Float64Array>(Float64Array),
  ]
  const [name, father, mother] = [
    growingColumn<Uint32Array>(Uint32Array),
    growingColumn<Uint32Array>(Uint32Array),
    growingColumn<Uint32Array>(Uint32Array),
  ]
  const [fatherYear, motherYear, unit] = [
    growingColumn<Uint16Array>(Uint16Array),
    growingColumn<Uint16Array>(Uint16Array),
    growingColumn<Uint16Array>(Uint16Array),
  ]
  const [home, dead] = [growingColumn<Uint16Array>(Uint16Array), growingColumn<Uint8Array>(Uint8Array)]
  const [phone, household] = [growingColumn<Float64Array>(Float64Array), growingColumn<Uint32Array>(Uint32Array)]
  const moreUnits = new Map<number, readonly number[]>()
  const cancelled = new Map<number, readonly string[]>()
  const oldNumber = growingColumn<Uint32Array>(Uint32Array)
  let size = 0

  return {
    add(one: PackedInput): void {
      for (let byte = 0; byte < 16; byte++) ids.push(one.id[byte] ?? 0)
      birth.push(birthCode({ y: one.birthYear, m: one.birthMonth, d: one.birthDay }))
      sex.push(one.sex === 'M' ? 1 : 2)
      number.push(one.number)
      name.push(names.of(one.name))
      father.push(names.of(one.fatherName))
      mother.push(names.of(one.motherName))
      fatherYear.push(one.fatherYear)
      motherYear.push(one.motherYear)
      unit.push(one.unitCount > 0 ? (one.units[0] ?? 0) : 0)
      home.push(one.permanentUnit)
      dead.push(one.lifeStatus === 'dead' ? 1 : 0)
      lastUnit = Math.max(lastUnit, one.permanentUnit)
      for (let i = 0; i < one.unitCount; i++) lastUnit = Math.max(lastUnit, one.units[i] ?? 0)
      if (one.unitCount > 1)
        moreUnits.set(
          size,
          Array.from({ length: one.unitCount }, (_, i) => one.units[i] ?? 0),
        )
      phone.push(one.phone)
      household.push(one.household)
      if (one.cancelledCount > 0)
        cancelled.set(
          size,
          Array.from({ length: one.cancelledCount }, (_, i) => twelveDigits(one.cancelled[i] ?? 0)),
        )
      oldNumber.push(one.oldNumber)
      size++
    },
    finish(): { people: PackedPeople; keys: PackedNameKeys } {
      const packedNames = names.finish()
      const order = orderByBirth(size, birth.at)
      const place = new Int32Array(size)
      for (let i = 0; i < size; i++) place[order[i] ?? 0] = i
      const moved = <T>(map: ReadonlyMap<number, T>) =>
        new Map([...map].map(([person, value]) => [place[person] ?? 0, value]))
      const sixteen = sharedArray(Uint8Array, size * 16)
      for (let i = 0; i < size; i++) for (let b = 0; b < 16; b++) sixteen[i * 16 + b] = ids.at((order[i] ?? 0) * 16 + b)
      const people: PackedPeople = {
        size,
        ids: sixteen,
        birth: birth.shared(order),
        sex: sex.shared(order),
        number: number.shared(order),
        name: name.shared(order),
        father: father.shared(order),
        mother: mother.shared(order),
        fatherYear: fatherYear.shared(order),
        motherYear: motherYear.shared(order),
        unit: unit.shared(order),
        home: home.shared(order),
        dead: dead.shared(order),
        phone: phone.shared(order),
        household: household.shared(order),
        names: packedNames.names,
        units: Array.from({ length: lastUnit }, (_, i) => unitOf(i + 1)),
        moreUnits: moved(moreUnits),
        cancelled: moved(cancelled),
        oldNumber: oldNumber.shared(order),
      }
      return { people, keys: packedNames.keys }
    },
  }
}

/** The people by birth, a counting sort; those of one date in the order in which they came. */
function orderByBirth(size: number, birthAt: (person: number) => number): Int32Array {
  const days = new Int32Array(2300 * 512 + 1)
  for (let i = 0; i < size; i++) days[birthAt(i) + 1] = (days[birthAt(i) + 1] ?? 0) + 1
  for (let day = 1; day < days.length; day++) days[day] = (days[day] ?? 0) + (days[day - 1] ?? 0)
  const order = new Int32Array(size)
  for (let i = 0; i < size; i++) {
    const at = days[birthAt(i)] ?? 0
    order[at] = i
    days[birthAt(i)] = at + 1
  }
  return order
}
