import { type Random, type Shares, shares, sharesOf } from '../random.ts'
import { ownTable } from '../shipped.ts'

export type Sex = 'M' | 'F'
export type FullName = { readonly family: string; readonly middles: readonly string[]; readonly given: string }

type BySexAndEra = Record<Sex, Record<'old' | 'young', string>>
type Tables = {
  peoples: Record<string, string>
  words: Record<'old' | 'young', Record<Sex, Record<string, number>>>
  families: Record<string, string>
  middles: Record<'kinh' | 'minority', BySexAndEra>
  givens: Record<'kinh' | 'minority', BySexAndEra>
  religions: string
  streets: string
  villages: string
}

export const tables = JSON.parse(ownTable('names.json')) as Tables

/** The names' fashion changes with the generation; the tables know two. */
const eraOf = (year: number) => (year < 1990 ? 'old' : 'young')

const drawn = new Map<string, Shares<string>>()
function sharesAt(key: string, text: string): Shares<string> {
  const found = drawn.get(key) ?? sharesOf(text)
  drawn.set(key, found)
  return found
}

const lengths = (['old', 'young'] as const).flatMap(era =>
  (['M', 'F'] as const).map(
    sex =>
      [
        era + sex,
        shares(Object.entries(tables.words[era][sex]).map(([n, share]) => [Number(n), share] as const)),
      ] as const,
  ),
)
const lengthOf = new Map(lengths)

export const familyName = (random: Random, people: string) =>
  sharesAt(`family/${people}`, tables.families[people]!).draw(random)

/** Middle names that stand right behind the family name or not at all. */
const onlyFirst = new Set([
  'Thị',
  'Văn',
  'Đình',
  'Hữu',
  'Công',
  'Bá',
  'Viết',
  'Trọng',
  'Gia',
  'Đăng',
  'Thế',
  'Việt',
  'A',
])

/** A name for one born in `year`, of that family; a fourth word is often the mother's family name (domain.md 9.2). */
export function nameFor(
  random: Random,
  who: { sex: Sex; year: number; people: string; family: string; motherFamily?: string | undefined },
): FullName {
  const era = eraOf(who.year)
  const kind = who.people === 'kinh' ? 'kinh' : 'minority'
  const middle = () => sharesAt(`middle/${kind}${who.sex}${era}`, tables.middles[kind][who.sex][era]).draw(random)
  const given = sharesAt(`given/${kind}${who.sex}${era}`, tables.givens[kind][who.sex][era]).draw(random)
  const words =
    kind === 'kinh' ? lengthOf.get(era + who.sex)!.draw(random) : random.chance(0.05) ? 2 : random.chance(0.94) ? 3 : 4

  const middles: string[] = []
  if (words >= 4 && who.motherFamily && who.motherFamily !== who.family && random.chance(0.12))
    middles.push(who.motherFamily)
  else if (words >= 4 && who.sex === 'F' && random.chance(0.55)) middles.push('Thị')
  while (middles.length < words - 2) {
    const next = middle()
    const fits = middles.length === 0 || !onlyFirst.has(next)
    if (fits && next !== given && next !== middles.at(-1)) middles.push(next)
  }
  return { family: who.family, middles, given }
}

export const written = ({ family, middles, given }: FullName) => [family, ...middles, given].join(' ')

/** An open syllable in oa, oe or uy with its tone on the first vowel, and the same with the tone on the second. */
const toneMoves = new Map(
  [
    ['òa óa ỏa õa ọa', 'oà oá oả oã oạ'],
    ['òe óe ỏe õe ọe', 'oè oé oẻ oẽ oẹ'],
    ['ùy úy ủy ũy ụy', 'uỳ uý uỷ uỹ uỵ'],
  ].flatMap(([old, young]) => old!.split(' ').map((ending, i) => [ending, young!.split(' ')[i]!] as const)),
)

/** Writes the tone where schools write it since the 1980s: hòa → hoà, thúy → thuý (domain.md 9.4). */
export const withNewTones = (name: string) =>
  name
    .split(' ')
    .map(word => word.slice(0, -2) + (toneMoves.get(word.slice(-2)) ?? word.slice(-2)))
    .join(' ')

const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'] as const

/** Another tone on one of the words, as a tired hand sets it. */
export function withWrongMark(name: string, random: Random): string {
  const words = name.split(' ')
  const at = random.below(words.length)
  const apart = words[at]!.normalize('NFD')
  const tone = tones.find(mark => mark && apart.includes(mark))
  const other = random.pick(tones.filter(mark => mark !== (tone ?? '') && (mark !== '' || tone)))
  const changed = tone ? apart.replace(tone, other) : apart.replace(/([aeiouy][\u0302\u0306\u031b]?)/i, `$1${other}`)
  words[at] = changed.normalize('NFC')
  return words.join(' ')
}
