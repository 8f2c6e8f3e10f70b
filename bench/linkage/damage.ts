// How a pupil is told on a roll of the bench. Written for the bench alone: nothing of it is shared with synth's damage,
// or known to what is measured.
import { daysInMonth, type PartialDay } from '../../src/platform/day.ts'
import type { Random } from '../../synth/random.ts'

/** A pupil as the family knows them; empty texts and 0 are what nobody knows. */
export type Pupil = {
  readonly name: string
  readonly birth: PartialDay
  readonly sex: 'M' | 'F'
  readonly number: string
  readonly cancelled: readonly string[]
  readonly sibling: string
  readonly commune: string
  readonly father: string
  readonly fatherYear: number
  readonly mother: string
  readonly motherYear: number
  readonly phone: string
}

/** The same as the roll has it, after reading: a number is twelve digits or empty. `damage` names what befell it. */
export type Told = Omit<Pupil, 'sex' | 'cancelled' | 'sibling'> & {
  readonly sex: 'M' | 'F' | ''
  readonly numberIs: 'right' | 'wrong' | 'none'
  readonly damage: readonly string[]
}

/** What a whole roll has columns for; not every school sends all. */
export type Form = {
  readonly residence: boolean
  readonly parents: boolean
  readonly parentYears: boolean
  readonly phone: boolean
}
export const drawForm = (random: Random): Form => ({
  residence: !random.chance(0.12),
  parents: !random.chance(0.2),
  parentYears: random.chance(0.7),
  phone: random.chance(0.6),
})

export type Around = {
  readonly random: Random
  readonly form: Form
  readonly classmates: readonly Pupil[]
  readonly communes: Communes
}
/** The communes of the same district, and all. */
export type Communes = { near(commune: string): readonly string[]; readonly all: readonly string[] }

type Rates = readonly (readonly [kind: string, rate: number])[]

/**
 * At factor 1: what was reported or assumed of school rolls (scale.md C). Of one list one thing at most befalls a row.
 */
const rates = {
  number: [
    ['number-missing', 0.35],
    ['number-digit', 0.04],
    ['number-transposed', 0.012],
    ['number-short', 0.008],
    ['number-of-sibling', 0.005],
    ['number-of-classmate', 0.005],
  ],
  name: [
    ['name-typo', 0.05],
    ['name-mark', 0.02],
    ['middle-dropped', 0.05],
    ['words-swapped', 0.007],
    ['name-lettered', 0.004],
  ],
  marks: [['marks-missing', 0.12]],
  birth: [
    ['birth-swapped', 0.02],
    ['birth-new-year', 0.012],
    ['birth-day', 0.018],
    ['birth-month', 0.008],
    ['birth-year', 0.012],
    ['birth-year-only', 0.01],
    ['birth-no-day', 0.005],
  ],
  commune: [
    ['commune-near', 0.1],
    ['commune-far', 0.05],
    ['commune-missing', 0.03],
  ],
  sex: [
    ['sex-wrong', 0.012],
    ['sex-missing', 0.01],
  ],
  father: [
    ['father-missing', 0.12],
    ['father-abbreviated', 0.06],
    ['father-bare', 0.05],
    ['father-typo', 0.04],
    ['father-other', 0.01],
  ],
  mother: [
    ['mother-missing', 0.08],
    ['mother-abbreviated', 0.06],
    ['mother-bare', 0.05],
    ['mother-typo', 0.04],
    ['mother-other', 0.01],
  ],
  years: [
    ['parent-year-off', 0.08],
    ['parent-year-missing', 0.12],
  ],
  phone: [
    ['phone-missing', 0.35],
    ['phone-other', 0.25],
  ],
} satisfies Record<string, Rates>

function draw(list: Rates, factor: number, random: Random): string | undefined {
  let at = random.next()
  for (const [kind, rate] of list) {
    at -= rate * factor
    if (at < 0) return kind
  }
  return undefined
}

/** Tells a pupil with `factor` times the usual damage. */
export function tell(pupil: Pupil, factor: number, around: Around): Told {
  const { random, form } = around
  const damage: string[] = []
  const befall: Befall = (list, value, change) => {
    const kind = draw(list, factor, random)
    if (!kind) return value
    const changed = change(kind)
    if (changed !== value) damage.push(kind)
    return changed
  }

  const number = befall(rates.number, formerOr(pupil, random), kind => wrongNumber(pupil, kind, around))
  const misspelt = befall(rates.name, pupil.name, kind => changedName(pupil.name, kind, random))
  const told = {
    name: befall(rates.marks, misspelt, () => bare(misspelt)),
    birth: befall(rates.birth, pupil.birth, kind => changedBirth(pupil.birth, kind, random)),
    sex: befall<Told['sex']>(rates.sex, pupil.sex, kind =>
      kind === 'sex-missing' ? '' : pupil.sex === 'M' ? 'F' : 'M',
    ),
    commune: form.residence
      ? befall(rates.commune, pupil.commune, kind => otherCommune(pupil.commune, kind, around))
      : '',
    phone: form.phone
      ? befall(rates.phone, pupil.phone, kind => (kind === 'phone-missing' ? '' : anyPhone(random)))
      : '',
    ...(form.parents ? tellParents(pupil, befall, around) : noParents),
  }
  if (number !== pupil.number && pupil.cancelled.includes(number)) damage.push('number-cancelled')
  const numberIs = number === pupil.number ? 'right' : damage.includes('number-missing') ? 'none' : 'wrong'
  return { ...told, number, numberIs, damage }
}

type Befall = <T>(list: Rates, value: T, change: (kind: string) => T) => T

/** Schools keep numbers that were cancelled since. */
const formerOr = ({ number, cancelled: [former] }: Pupil, random: Random) =>
  former && random.chance(0.4) ? former : number

const noParents = { father: '', fatherYear: 0, mother: '', motherYear: 0 }

function tellParents(pupil: Pupil, befall: Befall, { random, form, classmates }: Around): typeof noParents {
  const changedParent = (written: string, kind: string, other: (pupil: Pupil) => string) => {
    if (kind.endsWith('-missing')) return ''
    if (kind.endsWith('-abbreviated')) return abbreviated(written, random)
    if (kind.endsWith('-bare')) return bare(written)
    return kind.endsWith('-typo') ? misspell(written, random) : other(random.pick(classmates))
  }
  const father = befall(rates.father, pupil.father, kind => changedParent(pupil.father, kind, one => one.father))
  const mother = befall(rates.mother, pupil.mother, kind => changedParent(pupil.mother, kind, one => one.mother))
  const shift = form.parentYears
    ? befall(rates.years, 0, kind => (kind === 'parent-year-off' ? random.pick(yearsOff) : -Infinity))
    : -Infinity
  const yearOf = (parent: string, year: number) => (parent === '' || year === 0 ? 0 : Math.max(0, year + shift))
  return { father, fatherYear: yearOf(father, pupil.fatherYear), mother, motherYear: yearOf(mother, pupil.motherYear) }
}
const yearsOff = [-10, -2, -1, 1, 2, 3]

/** Eleven digits are read as twelve whose first zero was lost; where that makes no number, nothing is read. */
function wrongNumber({ number, sibling }: Pupil, kind: string, { random, classmates }: Around): string {
  if (kind === 'number-missing' || kind === 'number-short') return ''
  if (kind === 'number-of-sibling' && sibling) return sibling
  if (kind === 'number-of-classmate' || kind === 'number-of-sibling') return random.pick(classmates).number
  const at = random.chance(0.15) ? random.between(1, 5) : random.between(6, 10)
  if (kind === 'number-digit')
    return number.slice(0, at) + ((Number(number[at]) + random.between(1, 9)) % 10) + number.slice(at + 1)
  return number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2)
}

function changedName(name: string, kind: string, random: Random): string {
  if (kind === 'name-typo') return misspell(name, random)
  if (kind === 'name-mark') return remark(name, random)
  if (kind === 'name-lettered') return `${name} ${random.pick(['A', 'B', 'C'])}`
  const words = name.split(' ')
  if (words.length < 3) return name
  const at = random.between(1, words.length - 2)
  if (kind === 'middle-dropped') return words.toSpliced(at, 1).join(' ')
  if (kind === 'words-swapped') return words.toSpliced(at, 2, words[at + 1] ?? '', words[at] ?? '').join(' ')
  return name
}

const tones = '\u0300\u0301\u0303\u0309\u0323'

/** Letters without anything above or below them. */
export const bare = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

/** Another tone, or none, on one of the words. */
function remark(name: string, random: Random): string {
  const words = name.split(' ')
  const at = random.below(words.length)
  const apart = (words[at] ?? '').normalize('NFD')
  const toned = new RegExp(`[${tones}]`)
  const changed = toned.test(apart)
    ? apart.replace(toned, random.chance(0.4) ? '' : random.pick([...tones]))
    : apart.replace(/[aeiouy][\u0302\u0306\u031b]*/i, `$&${random.pick([...tones])}`)
  return words.with(at, changed.normalize('NFC')).join(' ')
}

/** Sounds that are one sound somewhere in the country. */
const soundAlike = [
  ['s', 'x'],
  ['tr', 'ch'],
  ['l', 'n'],
  ['d', 'gi'],
  ['r', 'd'],
  ['v', 'd'],
  ['i', 'y'],
  ['c', 'k'],
] as const
const keyboard = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** One slip in one of the words: written by ear, a letter dropped, doubled, moved, or struck beside its key. */
export function misspell(name: string, random: Random): string {
  const words = name.split(' ')
  for (let tries = 0; tries < 20; tries++) {
    const at = random.below(words.length)
    const word = words[at] ?? ''
    const wrong = slip(word, random)
    if (wrong !== '' && bare(wrong).toLowerCase() !== bare(word).toLowerCase()) return words.with(at, wrong).join(' ')
  }
  return name
}

function slip(word: string, random: Random): string {
  const kind = random.below(5)
  if (kind === 0) return byEar(word, random)
  if (word.length < 2) return word
  const at = random.below(word.length)
  if (kind === 1) return word.slice(0, at) + word.slice(at + 1)
  if (kind === 2) return word.slice(0, at + 1) + word.slice(at)
  if (kind === 3) return at === 0 ? word : word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1)
  const letter = bare(word[at] ?? '').toLowerCase()
  const row = keyboard.find(keys => keys.includes(letter))
  const beside = row ? row[row.indexOf(letter) + random.pick([-1, 1])] : undefined
  return beside ? word.slice(0, at) + beside + word.slice(at + 1) : word
}

function byEar(word: string, random: Random): string {
  const lower = word.toLowerCase()
  for (const [one, other] of random.chance(0.5) ? soundAlike : soundAlike.toReversed()) {
    const [from, to] = random.chance(0.5) ? [one, other] : [other, one]
    if (lower.startsWith(from)) return to.charAt(0).toUpperCase() + to.slice(1) + word.slice(from.length)
  }
  return word
}

/** Nguyễn V. An, N.V. An, Ng. Văn An. */
function abbreviated(name: string, random: Random): string {
  const words = name.split(' ')
  const initial = (word: string) => `${word.charAt(0)}.`
  const kind = random.below(3)
  if (kind === 0) return words.map((word, i) => (i > 0 && i < words.length - 1 ? initial(word) : word)).join(' ')
  if (kind === 1) return words.map((word, i) => (i < words.length - 1 ? initial(word) : word)).join(' ')
  return words.map((word, i) => (i === 0 ? `${word.slice(0, 2)}.` : word)).join(' ')
}

function changedBirth(birth: PartialDay, kind: string, random: Random): PartialDay {
  const { y, m, d } = birth
  if (!m || !d) return birth
  const days = daysInMonth(y, m)
  const changed: Record<string, PartialDay> = {
    'birth-swapped': d <= 12 && d !== m ? { y, m: d, d: m } : birth,
    'birth-new-year': m === 1 && d === 1 ? birth : { y, m: 1, d: 1 },
    'birth-day': { y, m, d: ((d - 1 + random.between(1, days - 1)) % days) + 1 },
    'birth-month': { y, m: ((m - 1 + random.between(1, 11)) % 12) + 1, d: Math.min(d, 28) },
    'birth-year': { y: y + random.pick([-1, 1, 1, -2, 10]), m, d: Math.min(d, 28) },
    'birth-year-only': { y },
    'birth-no-day': { y, m },
  }
  return changed[kind] ?? birth
}

function otherCommune(commune: string, kind: string, { random, communes }: Around): string {
  if (kind === 'commune-missing') return ''
  return random.pick(kind === 'commune-near' ? communes.near(commune) : communes.all)
}

const anyPhone = (random: Random) => `0${random.pick([3, 5, 7, 8, 9])}${String(random.below(1e8)).padStart(8, '0')}`
