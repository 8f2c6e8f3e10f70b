import { fields } from '../comparing/comparing.ts'
import { chanceOfWords, type Frequencies } from '../comparing/frequencies.ts'
import { totalWeight } from '../comparing/weights.ts'
import { type Scored, scorePair, withoutNumberProof } from '../deciding/decide.ts'
import type { LinkRecord } from '../person-record.ts'
import { birthCode } from './packed.ts'
import { makePrefilter } from './prefilter.ts'
import type { ProvinceData } from './province-run.ts'
import { makeUnpacker } from './unpack.ts'

/** Somebody who may be a row's pupil: `place` among the packed people, `bits` above an even chance among them all. */
export type PossiblePerson = { readonly place: number; readonly scored: Scored; readonly bits: number }

/** The years before and after the row's year in which a person with a wrong date may be born. */
const yearsAbout = 2
/**
 * A digit of the year is wrong while day and month stand: 1995 for 2005, 2010 for 2008. Rarer than one year off, by so
 * many bits.
 */
const yearsSlipped: readonly number[] = [-10, -2, 2, 10]
const slippedYear = -1.5
/**
 * The estimate may be below the exact weight by so much; and by so much more where the date is the same, and the words
 * of the name are counted one by one.
 */
const slack = 7
const slackOfWords = 7

/**
 * Finds the people among a few candidates, such as children on no roll, whom a row may mean. No blocking rule joins a
 * row with two errors, so each candidate born about that year, or on that day of a year with one wrong digit, gets a
 * quick comparison. `asked` are the candidates' indexes, in order.
 */
export function possiblePersonFinder({ people, index, linker, places }: ProvinceData, asked: Int32Array) {
  const placeOf = (unit: string) => places.get(unit) ?? { communes: [], districts: [] }
  const { set, look, estimate } = makePrefilter({ people, index, linker, placeOf })
  const { record } = makeUnpacker(people, placeOf)
  const { model, frequencies } = linker
  const even = Math.log2(frequencies.total)
  const startOf = (code: number) => index.birthStart[Math.max(0, Math.min(code, index.birthStart.length - 1))] ?? 0
  const compared = (row: LinkRecord, person: LinkRecord) =>
    withoutNumberProof(scorePair(row, person, model, frequencies), frequencies)
  const bitsOf = (row: LinkRecord, person: LinkRecord) => {
    const { weights } = compared(sameDay(row, person), person)
    const words = wordsBits(row, person, frequencies)
    return totalWeight(words > (weights[ofName] ?? 0) ? weights.with(ofName, words) : weights, frequencies) - even
  }

  /** Where those begin who were born from a date on. */
  function bornFrom(code: number): number {
    const place = startOf(code)
    let [low, high] = [0, asked.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((asked[middle] ?? 0) < place) low = middle + 1
      else high = middle
    }
    return low
  }

  return (row: LinkRecord, least: number): PossiblePerson[] => {
    const found = new Map<number, PossiblePerson>()
    const keep = (one: PossiblePerson) => {
      if (one.bits >= least && one.bits > (found.get(one.place)?.bits ?? -Infinity)) found.set(one.place, one)
    }
    const { birth } = row
    set(row)
    const code = birth?.d ? birthCode(birth) : -1
    const [from, to] = birth ? [birth.y - yearsAbout, birth.y + yearsAbout + 1] : [0, Number.MAX_SAFE_INTEGER]
    for (let i = bornFrom(birthCode({ y: from })), last = bornFrom(birthCode({ y: to })); i < last; i++) {
      const place = asked[i] ?? 0
      look(place)
      const enough = people.birth[place] === code ? least - slack - slackOfWords : least - slack
      if (Math.max(estimate[0] ?? 0, estimate[1] ?? 0) - even < enough) continue
      const person = record(place, row)
      keep({ place, scored: compared(row, person), bits: bitsOf(row, person) })
    }
    for (const years of birth?.m && birth.d ? yearsSlipped : []) {
      const theirs = { ...birth, y: (birth?.y ?? 0) + years }
      for (let i = bornFrom(birthCode(theirs)), last = bornFrom(birthCode(theirs) + 1); i < last; i++) {
        const place = asked[i] ?? 0
        const person = record(place, row)
        keep({
          place,
          scored: compared(row, person),
          bits: bitsOf({ ...row, birth: { ...theirs, y: theirs.y + 1 } }, person) + slippedYear,
        })
      }
    }
    return [...found.values()]
  }
}

const ofName = fields.indexOf('name')
/** One word of the name is another word altogether. Rarer than a slip, in bits. */
const anotherWord = -7.5

/** What all words of two names but one say, the family's and the others'. */
function wordsBits({ name: a }: LinkRecord, { name: b }: LinkRecord, f: Frequencies): number {
  if (!a || !b) return -Infinity
  const common = a.words.filter(word => b.words.includes(word))
  if (common.length < 2 || common.length < Math.max(a.words.length, b.words.length) - 1) return -Infinity
  return anotherWord - Math.log2(chanceOfWords(a, common, f))
}

/** Another month of the same day is as rare as another day of the same month. */
function sameDay(row: LinkRecord, { birth: theirs }: LinkRecord): LinkRecord {
  const { birth } = row
  if (!birth?.m || !birth.d || !theirs?.m || birth.y !== theirs.y || birth.d !== theirs.d || birth.m === theirs.m)
    return row
  return { ...row, birth: { ...birth, m: theirs.m, d: birth.d > 14 ? birth.d - 11 : birth.d + 11 } }
}
