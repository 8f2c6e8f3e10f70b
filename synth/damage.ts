import { readFileSync } from 'node:fs'
import { type Day, dayOf, daysInMonth } from '../src/platform/day.ts'
import { withNewTones } from './name.ts'
import { isWellFormed } from './number.ts'
import { withWrongMark } from './person.ts'
import { type Commune, communes } from './place.ts'
import type { Pupil } from './pupil.ts'
import { type Random, shares } from './random.ts'

export type Quality = 'good' | 'fair' | 'poor'
type ByQuality = readonly [good: number, fair: number, poor: number]
export type DamageProfile = { qualities: Record<Quality, number>; school: Record<string, ByQuality>; row: Record<string, ByQuality> }

export const damageProfile = JSON.parse(readFileSync(new URL('data/damage.json', import.meta.url), 'utf8')) as DamageProfile

const qualities = shares(Object.entries(damageProfile.qualities) as [Quality, number][])
export const drawQuality = (random: Random) => qualities.draw(random)
const columnOf: Record<Quality, number> = { good: 0, fair: 1, poor: 2 }
export const rateOf = (kind: string, quality: Quality) => damageProfile.row[kind]![columnOf[quality]]!

/** Of each of these only one can hold. */
const exclusive = [
  ['number-column-numeric', 'number-column-scientific', 'number-column-apostrophe'],
  ['birth-column-serial', 'birth-column-us-locale', 'birth-column-short'],
  ['font-tcvn3', 'font-tcvn3-capitals', 'font-vni', 'names-nfd'],
] as const

export function schoolDamage(random: Random, quality: Quality): ReadonlySet<string> {
  const kinds = new Set(
    Object.entries(damageProfile.school).flatMap(([kind, rates]) => (random.next() < rates[columnOf[quality]]! ? [kind] : [])),
  )
  for (const group of exclusive) {
    const held = group.filter(kind => kinds.has(kind))
    for (const kind of held.slice(1)) kinds.delete(kind)
  }
  return kinds
}

/** What stands in a cell, and what a reader who makes no mistake takes from it. */
export type GivenCell = { value: string | number; format?: string; reads: string }

/** A pupil as the roll tells it. */
export type Given = {
  name: string
  birth: GivenCell | undefined
  number: GivenCell | undefined
  sex: 'M' | 'F' | undefined
  /** Whole, only the district, or nothing. */
  residence: { commune: Commune; address: string; detail: 'whole' | 'vague' } | undefined
  damage: string[]
}

type Draw = (kind: string) => boolean

export function given(pupil: Pupil, whole: ReadonlySet<string>, quality: Quality, random: Random): Given {
  const damage: string[] = []
  // Every kind draws each time, so that a changed rate moves no other kind.
  const drawn = new Map(Object.keys(damageProfile.row).map(kind => [kind, random.next() < rateOf(kind, quality)]))
  const draw: Draw = kind => {
    if (drawn.get(kind)) damage.push(kind)
    return drawn.get(kind) === true
  }
  if (pupil.nameAtSchool !== pupil.name) damage.push('register-name-wrong')
  if (pupil.bornOnAtSchool !== pupil.birthDate && pupil.number) damage.push('register-birth-date-swapped')

  const name = givenName(pupil, whole, drawn, damage, random)
  const birth = givenBirth(pupil.bornOnAtSchool, whole, draw, damage, random)
  const number = givenNumber(pupil, whole, drawn, damage, random)
  const sex = draw('sex-missing') ? undefined : draw('sex-wrong') ? (pupil.sex === 'M' ? 'F' : 'M') : pupil.sex
  return { name, birth, number, sex, residence: givenResidence(pupil, draw, random), damage }
}

function givenName(
  pupil: Pupil,
  whole: ReadonlySet<string>,
  drawn: ReadonlyMap<string, boolean>,
  damage: string[],
  random: Random,
): string {
  let name = pupil.nameAtSchool
  const change = (kind: string, by: (name: string) => string) => {
    if (!drawn.get(kind)) return
    const changed = by(name)
    if (changed === name) return
    name = changed
    damage.push(kind)
  }
  if (whole.has('names-new-tone')) name = withNewTones(name)
  change('tone-moved', withNewTones)
  change('middle-dropped', text => withoutMiddle(text, random))
  change('mark-wrong', text => withWrongMark(text, random))
  change('i-y-swapped', text => text.replace(/(?<=[hklmstHKLMST])([ýỳỷỹỵy])(?= |$)/, letter => 'íìỉĩịi'['ýỳỷỹỵy'.indexOf(letter)]!))
  change('typo-letter', text => withTypo(text, random))
  change('telex-leftover', text => withTelex(text, random))
  change('marks-missing', bare)
  change('d-eth', text => text.replaceAll('Đ', 'Ð'))
  if (whole.has('names-uppercase')) name = name.toUpperCase()
  else change('name-uppercase', text => text.toUpperCase())
  change('double-space', text => text.replace(' ', random.pick(['  ', '   ', '\u00a0'])) + random.pick(['', ' ']))
  const hasLegacyFont = whole.has('font-tcvn3') || whole.has('font-tcvn3-capitals') || whole.has('font-vni')
  if (whole.has('names-nfd')) name = name.normalize('NFD')
  else if (!hasLegacyFont) change('name-nfd', text => text.normalize('NFD'))
  return name
}

export const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

function withoutMiddle(name: string, random: Random): string {
  const words = name.split(' ')
  if (words.length < 3) return name
  words.splice(random.between(1, words.length - 2), 1)
  return words.join(' ')
}

/** A letter doubled, left out, or its neighbour on the keyboard. */
function withTypo(name: string, random: Random): string {
  const places = [...name.matchAll(/[bcdghklmnprstvx]/g)].map(({ index }) => index)
  if (places.length === 0) return name
  const place = random.pick(places)
  const letter = name[place]!
  const beside: Record<string, string> = {
    b: 'v',
    c: 'v',
    d: 's',
    g: 'h',
    h: 'j',
    k: 'l',
    l: 'k',
    m: 'n',
    n: 'm',
    p: 'o',
    r: 't',
    s: 'd',
    t: 'r',
    v: 'b',
    x: 'z',
  }
  return name.slice(0, place) + random.pick(['', letter + letter, beside[letter]!]) + name.slice(place + 1)
}

const telexKeys: Record<string, string> = { '\u0301': 's', '\u0300': 'f', '\u0309': 'r', '\u0303': 'x', '\u0323': 'j' }

/** What stays when the typing program slept: 'Nguyeenx' for 'Nguyễn'. */
function withTelex(name: string, random: Random): string {
  const words = name.split(' ')
  const marked = [...words.keys()].filter(i => words[i] !== bare(words[i]!))
  if (marked.length === 0) return name
  const i = random.pick(marked)
  const apart = words[i]!.normalize('NFD')
  const tone = Object.entries(telexKeys).find(([mark]) => apart.includes(mark))?.[1] ?? ''
  const keys = apart
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
    .replace(/(.)\u0302/g, (_, letter: string) => letter + letter.toLowerCase())
    .replace(/[\u0306\u031b]/g, 'w')
    .replaceAll('đ', 'dd')
    .replaceAll('Đ', 'DD')
  words[i] = keys + tone
  return words.join(' ')
}

const two = (n: number) => String(n).padStart(2, '0')
/** Days since 30 December 1899, as Excel counts. */
const serialOf = (y: number, m: number, d: number) => Math.round(Date.UTC(y, m - 1, d) / 86_400_000) + 25_569

function givenBirth(bornOn: Day, whole: ReadonlySet<string>, draw: Draw, damage: string[], random: Random): GivenCell | undefined {
  if (draw('birth-missing')) return undefined
  if (draw('birth-excel-year')) return { value: Number(bornOn.slice(0, 4)), format: 'yyyy-mm-dd', reads: bornOn.slice(0, 4) }
  if (draw('birth-year-only'))
    return { value: random.chance(0.5) ? Number(bornOn.slice(0, 4)) : bornOn.slice(0, 4), reads: bornOn.slice(0, 4) }
  if (draw('birth-month-only')) return { value: `${bornOn.slice(5, 7)}/${bornOn.slice(0, 4)}`, reads: bornOn.slice(0, 7) }

  let [y, m, d] = bornOn.split('-').map(Number) as [number, number, number]
  if (draw('birth-wrong')) [y, m, d] = misremembered(y, m, d, random)
  else if (d <= 12 && d !== m && draw('birth-swapped')) [m, d] = [d, m]

  // An American Excel takes 3/4 for 4 March, and leaves 25/3 as text.
  const american = whole.has('birth-column-us-locale')
  if (american && d <= 12) {
    if (d !== m) damage.push('birth-column-us-locale')
    return { value: serialOf(y, d, m), format: random.chance(0.8) ? 'm/d/yyyy' : 'dd/mm/yyyy', reads: dayOf(y, d, m) }
  }
  const reads = dayOf(y, m, d)
  if (whole.has('birth-column-serial') || draw('birth-as-serial')) return { value: serialOf(y, m, d), format: 'dd/mm/yyyy', reads }
  if (whole.has('birth-column-short')) return { value: random.chance(0.5) ? `${d}/${m}/${two(y % 100)}` : `${d}/${m}/${y}`, reads }
  const between = random.chance(0.96) ? '/' : random.pick(['-', '.'])
  return { value: [two(d), two(m), y].join(between), reads }
}

function misremembered(y: number, m: number, d: number, random: Random): [number, number, number] {
  const kind = random.below(3)
  if (kind === 0) return [y + random.pick([-1, 1]), m, Math.min(d, 28)]
  if (kind === 1) return [y, (m % 12) + 1, Math.min(d, 28)]
  const other = (d % daysInMonth(y, m)) + 1
  return [y, m, other]
}

/** One thing at most is wrong with a number's value; then the cell may spoil it. */
function givenNumber(
  pupil: Pupil,
  whole: ReadonlySet<string>,
  drawn: ReadonlyMap<string, boolean>,
  damage: string[],
  random: Random,
): GivenCell | undefined {
  const right = pupil.numberAtSchool
  const wrong = wrongNumbers.find(([kind]) => drawn.get(kind))
  const value = wrong && wrong[1](pupil, random)
  if (value !== undefined) damage.push(wrong![0])
  const text = value ?? right
  if (text === '') return undefined
  if (!/^\d{12}$/.test(text)) return { value: text, reads: text }

  const asNumeric = whole.has('number-column-numeric') || drawn.get('number-as-numeric')
  const scientific = whole.has('number-column-scientific')
  if ((asNumeric || scientific) && text.startsWith('0')) damage.push(scientific ? 'number-column-scientific' : 'number-as-numeric')
  if (asNumeric || scientific) return { value: Number(text), format: scientific ? '0.00E+00' : '0', reads: String(Number(text)) }
  if (drawn.get('number-scientific-text')) {
    damage.push('number-scientific-text')
    const short = Number(text).toExponential(4).replace('e+', 'E+')
    return { value: short, reads: short }
  }
  if (drawn.get('number-spaced')) {
    damage.push('number-spaced')
    return {
      value: random.pick([
        `${text.slice(0, 3)} ${text.slice(3, 6)} ${text.slice(6)}`,
        ` ${text}`,
        `${text}\u00a0`,
        text.replace(/(...)(?=.)/g, '$1.'),
      ]),
      reads: text,
    }
  }
  return { value: whole.has('number-column-apostrophe') && random.chance(0.7) ? `'${text}` : text, reads: text, format: '@' }
}

type WrongNumber = (pupil: Pupil, random: Random) => string | undefined
const wrongNumbers: readonly (readonly [kind: string, WrongNumber])[] = [
  ['number-cancelled', pupil => pupil.cancelled[0]],
  ['number-missing', pupil => pupil.numberAtSchool && ''],
  ['number-ministry-id', pupil => ministryId(pupil)],
  ['number-passport', (_, random) => `C${random.between(1_000_000, 9_999_999)}`],
  ['number-old-nine', pupil => pupil.oldNumbers[0] ?? (pupil.numberAtSchool.slice(3) || undefined)],
  ['number-of-sibling', pupil => pupil.siblingNumbers[0]],
  ['number-of-parent', (pupil, random) => (pupil.parentNumbers.length ? random.pick(pupil.parentNumbers) : undefined)],
  ['number-transposed', (pupil, random) => transposed(pupil.numberAtSchool, random)],
  ['number-wrong-digit', (pupil, random) => wrongDigit(pupil.numberAtSchool, random)],
]

/** Twenty digits (circular 26/2019): another thing than the personal number, and often taken for it. */
export const ministryId = (pupil: Pupil) =>
  `22${pupil.bornOnAtSchool.replaceAll('-', '')}${(pupil.number || pupil.nameAtSchool.length.toString()).padStart(12, '7').slice(2)}`

function transposed(number: string, random: Random): string | undefined {
  if (!number) return undefined
  const i = random.between(5, 10)
  const swapped = number.slice(0, i) + number[i + 1] + number[i] + number.slice(i + 2)
  return swapped === number || !isWellFormed(swapped) ? undefined : swapped
}

function wrongDigit(number: string, random: Random): string | undefined {
  if (!number) return undefined
  const i = random.between(4, 11)
  return number.slice(0, i) + ((Number(number[i]) + random.between(1, 9)) % 10) + number.slice(i + 1)
}

function givenResidence(pupil: Pupil, draw: Draw, random: Random): Given['residence'] {
  if (draw('residence-missing')) return undefined
  const neighbours = communes.filter(({ district }) => district === pupil.commune.district)
  const commune = draw('residence-other-commune') ? random.pick(neighbours) : pupil.commune
  return { commune, address: pupil.address, detail: draw('residence-vague') ? 'vague' : 'whole' }
}
