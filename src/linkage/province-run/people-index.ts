import { hashOfText, mixHashes, type PackedNameKeys } from './name-keys.ts'
import { type PackedPeople, sharedArray } from './packed.ts'
import { packedRowsOf } from './packed-row.ts'

/**
 * The ways from a row to the people it may be: each an equality on a hash. A bucket holds strangers now and then;
 * scoring tells them apart.
 */
export type PeopleIndex = {
  /** Open addressing: person + 1, by number. */
  readonly byNumber: Int32Array
  /** The same by the old number of nine digits; whoever shares one follows. */
  readonly byOldNumber: Int32Array
  /** The same by id, for whoever comes back with one. */
  readonly byId: Int32Array
  /** Where the people of a birth code begin; people stand in the order of birth. */
  readonly birthStart: Int32Array
  readonly byNameYear: Buckets
  /** By day and month, whatever the year. */
  readonly byNameDay: Buckets
  readonly byFamilyGivenYear: Buckets
  readonly byWordYear: Buckets
  readonly byNameUnit: Buckets
  /** By commune and year of birth: for rows that nothing else finds. */
  readonly byUnitYear: Buckets
  readonly byFatherYear: Buckets
  readonly byMotherYear: Buckets
  /** See packed-row.ts. */
  readonly glances: Int32Array
  /**
   * A bit for each word of the name: who lacks one of a row's has not its words. Apart from the glances, since many are
   * asked for it and few for more: those of a year lie together.
   */
  readonly wordBits: Int32Array
}

type Buckets = { readonly start: Int32Array; readonly item: Int32Array; readonly mask: number }

const birthCodes = 2300 * 512
const yearOf = (code: number) => code >> 9
/** Month and day of a birth code; 0 where either is not known. */
export const dayOf = (code: number) => ((code & 31) === 0 || (code & 480) === 0 ? 0 : code & 511)

/** Both are small numbers, of which `mixed` alone would make few keys. */
export const unitYear = (unit: number, year: number) => mixHashes(Math.imul(unit, 0x9e3779b1), year)

/** The words of names, and communes, make fewer keys with the years than there are people. */
const [manyBuckets, wordBuckets, fewBuckets] = [24, 18, 16]

/**
 * Counts each bucket, then fills it: two passes over the keys, no lists. A key of 0 is none. `mostBits`: no more
 * buckets than keys that may come.
 */
function makeBuckets(
  entries: number,
  each: (take: (key: number, person: number) => void) => void,
  mostBits = manyBuckets,
): Buckets {
  const bits = Math.min(mostBits, Math.max(8, Math.floor(Math.log2(Math.max(entries, 2)))))
  const mask = 2 ** bits - 1
  const start = sharedArray(Int32Array, mask + 2)
  let taken = 0
  each(key => {
    if (key === 0) return
    start[(key & mask) + 1] = (start[(key & mask) + 1] ?? 0) + 1
    taken++
  })
  for (let i = 1; i < start.length; i++) start[i] = (start[i] ?? 0) + (start[i - 1] ?? 0)
  const next = start.slice()
  const item = sharedArray(Int32Array, taken)
  each((key, person) => {
    if (key === 0) return
    const at = next[key & mask] ?? 0
    item[at] = person
    next[key & mask] = at + 1
  })
  return { start, item, mask }
}

/** One of 32 bits. */
export const wordBit = (hash: number): number => 1 << (hash >>> 27)

/** Indexes packed people, in shared memory: about 160 bytes a person. */
export function indexPeople(people: PackedPeople, keys: PackedNameKeys): PeopleIndex {
  const { size, names, birth, name } = people
  const wordHash = new Uint32Array(names.words.length + 1)
  for (let word = 0; word < names.words.length; word++) wordHash[word + 1] = hashOfText(names.plainWords[word] ?? '')

  const yearAt = (person: number) => yearOf(birth[person] ?? 0)
  const plainAt = (person: number) => keys.plain[name[person] ?? 0] ?? 0
  const withYear = (keyOf: (person: number) => number) =>
    makeBuckets(size, take => {
      for (let i = 0; i < size; i++) {
        const key = keyOf(i)
        take(key === 0 ? 0 : mixHashes(key, yearAt(i)), i)
      }
    })
  return {
    byNumber: slotsBy(people.number),
    byOldNumber: slotsBy(people.oldNumber),
    byId: idsOf(people),
    birthStart: birthsOf(people),
    byNameYear: withYear(plainAt),
    byNameDay: makeBuckets(size, take => {
      for (let i = 0; i < size; i++) {
        const [plain, day] = [plainAt(i), dayOf(birth[i] ?? 0)]
        take(day === 0 || plain === 0 ? 0 : mixHashes(plain, day), i)
      }
    }),
    byFamilyGivenYear: withYear(i => keys.familyGiven[name[i] ?? 0] ?? 0),
    byWordYear: makeBuckets(
      size,
      take => {
        for (let i = 0; i < size; i++) {
          const id = name[i] ?? 0
          for (let at = names.start[id] ?? 0; at < (names.start[id + 1] ?? 0); at++)
            take(mixHashes(wordHash[names.word[at] ?? 0] ?? 0, yearAt(i)), i)
        }
      },
      wordBuckets,
    ),
    byNameUnit: makeBuckets(size, take => {
      for (let i = 0; i < size; i++)
        for (const unit of people.moreUnits.get(i) ?? [people.unit[i] ?? 0])
          take(unit === 0 || plainAt(i) === 0 ? 0 : mixHashes(plainAt(i), unit), i)
    }),
    byUnitYear: makeBuckets(
      size,
      take => {
        for (let i = 0; i < size; i++)
          for (const unit of people.moreUnits.get(i) ?? [people.unit[i] ?? 0])
            take(unit === 0 ? 0 : unitYear(unit, yearAt(i)), i)
      },
      fewBuckets,
    ),
    byFatherYear: withYear(i => keys.plain[people.father[i] ?? 0] ?? 0),
    byMotherYear: withYear(i => keys.plain[people.mother[i] ?? 0] ?? 0),
    glances: packedRowsOf(people, keys),
    wordBits: wordBitsOf(people, wordHash),
  }
}

function wordBitsOf({ size, names, name }: PackedPeople, wordHash: Uint32Array): Int32Array {
  const ofName = new Int32Array(names.size)
  for (let id = 1; id < names.size; id++)
    for (let at = names.start[id] ?? 0; at < (names.start[id + 1] ?? 0); at++)
      ofName[id] = (ofName[id] ?? 0) | wordBit(wordHash[names.word[at] ?? 0] ?? 0)
  const bits = sharedArray(Int32Array, size)
  for (let i = 0; i < size; i++) bits[i] = ofName[name[i] ?? 0] ?? 0
  return bits
}

function birthsOf({ size, birth }: PackedPeople): Int32Array {
  const start = sharedArray(Int32Array, birthCodes + 1)
  let person = 0
  for (let code = 0; code <= birthCodes; code++) {
    while (person < size && (birth[person] ?? 0) < code) person++
    start[code] = person
  }
  return start
}

const slotOf = (number: number, mask: number) =>
  mixHashes(number % 0x100000000, Math.floor(number / 0x100000000)) & mask

/** A power of two, of which no more than four fifths are taken. */
const slotsFor = (count: number) => 2 ** Math.ceil(Math.log2(Math.max(count, 2) * 1.25))

/** Open addressing by a value: place + 1; equal values follow each other. 0 is none. */
function slotsBy(values: Uint32Array | Float64Array): Int32Array {
  let count = 0
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) count++
  const slots = sharedArray(Int32Array, slotsFor(count))
  const mask = slots.length - 1
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    if (value === 0) continue
    let slot = slotOf(value, mask)
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = i + 1
  }
  return slots
}

function placesWith(slots: Int32Array, values: Uint32Array | Float64Array, wanted: number): number[] {
  const found: number[] = []
  const mask = slots.length - 1
  for (let slot = slotOf(wanted, mask); slots[slot] !== 0; slot = (slot + 1) & mask) {
    const place = (slots[slot] ?? 1) - 1
    if (values[place] === wanted) found.push(place)
  }
  return found
}

const idKey = (ids: Uint8Array, at: number) => {
  let hash = 0
  for (let i = 0; i < 16; i += 4)
    hash = mixHashes(
      hash,
      ((ids[at + i] ?? 0) << 24) |
        ((ids[at + i + 1] ?? 0) << 16) |
        ((ids[at + i + 2] ?? 0) << 8) |
        (ids[at + i + 3] ?? 0),
    )
  return hash
}

function idsOf({ size, ids }: PackedPeople): Int32Array {
  const slots = sharedArray(Int32Array, slotsFor(size))
  const mask = slots.length - 1
  for (let i = 0; i < size; i++) {
    let slot = idKey(ids, i * 16) & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = i + 1
  }
  return slots
}

const asked = Buffer.alloc(16)

/** The person's place among the packed people; -1 for an id that is nobody's. */
export function placeOfId({ byId }: PeopleIndex, { ids }: PackedPeople, id: string): number {
  if (asked.write(id.replaceAll('-', ''), 'hex') !== 16) return -1
  const mask = byId.length - 1
  for (let slot = idKey(asked, 0) & mask; byId[slot] !== 0; slot = (slot + 1) & mask) {
    const person = (byId[slot] ?? 1) - 1
    let same = 0
    while (same < 16 && asked[same] === ids[person * 16 + same]) same++
    if (same === 16) return person
  }
  return -1
}

/** Who has a number now; -1 for nobody. */
export const placeWithNumber = ({ byNumber }: PeopleIndex, { number }: PackedPeople, wanted: number): number =>
  placesWith(byNumber, number, wanted)[0] ?? -1

/** All who have, or had, an old number. */
export const placesWithOldNumber = (
  { byOldNumber }: PeopleIndex,
  { oldNumber }: PackedPeople,
  wanted: number,
): number[] => placesWith(byOldNumber, oldNumber, wanted)
