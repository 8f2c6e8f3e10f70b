// Names as schools write them: harmless variants of writing and damage are both made here.
import { withNewTones, withWrongMark } from '../people/name.ts'
import type { Random } from '../random.ts'
import type { Pupil } from '../schools/pupil.ts'

/** The name as the roll has it: at most a few of these befall one name, each on top of the one before. */
export function writtenName(
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
  change('i-y-swapped', text =>
    text.replace(/(?<=[hklmstHKLMST])([ýỳỷỹỵy])(?= |$)/, letter => 'íìỉĩịi'['ýỳỷỹỵy'.indexOf(letter)]!),
  )
  change('typo-letter', text => withTypo(text, random))
  change('telex-leftover', text => withTelex(text, random))
  change('marks-missing', bare)
  if (whole.has('names-uppercase')) name = name.toUpperCase()
  else change('name-uppercase', text => text.toUpperCase())
  change('double-space', text => text.replace(' ', random.pick(['  ', '   ', '\u00a0'])) + random.pick(['', ' ']))
  const hasLegacyFont = whole.has('font-tcvn3') || whole.has('font-tcvn3-capitals') || whole.has('font-vni')
  // In an old font the letter Ð means é.
  if (!hasLegacyFont) change('d-eth', text => text.replaceAll('Đ', 'Ð'))
  if (whole.has('names-nfd')) name = name.normalize('NFD')
  else if (!hasLegacyFont) change('name-nfd', text => text.normalize('NFD'))
  return name
}

export const bare = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

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
