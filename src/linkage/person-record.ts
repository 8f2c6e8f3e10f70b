import { foldedWords } from '../names/name.ts'
import type { PartialDay } from '../platform/day.ts'

/**
 * A name folded for comparing. `marked` keeps letters and tones (tone placement folded), `plain` has neither; both
 * lower case.
 */
export type LinkName = {
  readonly marked: string
  readonly markedWords: readonly string[]
  /** `marked` without blanks, which people leave out or misplace. */
  readonly joined: string
  /** How long `joined` is. */
  readonly letters: number
  readonly plain: string
  readonly words: readonly string[]
  /** The words of `plain` in the order of the alphabet: equal when the words only changed places. */
  readonly sorted: string
  readonly family: string
  readonly middle: string
  readonly given: string
  readonly markedFamily: string
  readonly markedMiddle: string
  readonly markedGiven: string
}

export type LinkParent = { readonly name?: LinkName; readonly birthYear?: number }

/**
 * A person as linkage sees one, on either side. Units are the ids of communes and of their districts, those of every
 * residence in force; both sides read them on the same day. `number` has twelve digits, a lost zero restored.
 */
export type LinkRecord = {
  readonly id: string
  readonly name?: LinkName
  readonly birth?: PartialDay
  readonly sex?: 'M' | 'F'
  readonly number?: string
  readonly cancelledNumbers: readonly string[]
  readonly oldNumber?: string
  readonly communes: readonly string[]
  readonly districts: readonly string[]
  /** Where the pupil's school lies: stands in for a residence that the roll does not give. */
  readonly schoolCommune?: string
  readonly schoolDistrict?: string
  readonly father?: LinkParent
  readonly mother?: LinkParent
  readonly phone?: string
  readonly household?: string
}

/** The same before folding: names as they are written, everything but the id may be missing. */
export type RawRecord = {
  readonly id: string
  readonly name?: string
  readonly birth?: PartialDay
  readonly sex?: 'M' | 'F'
  readonly number?: string
  readonly cancelledNumbers?: readonly string[]
  readonly oldNumber?: string
  readonly communes?: readonly string[]
  readonly districts?: readonly string[]
  readonly schoolCommune?: string
  readonly schoolDistrict?: string
  readonly fatherName?: string
  readonly fatherYear?: number
  readonly motherName?: string
  readonly motherYear?: number
  readonly phone?: string
  readonly household?: string
}

/** Folds a name once, so that a thousand comparisons do not. An empty name gives undefined. */
export function linkName(written: string | undefined): LinkName | undefined {
  if (!written) return undefined
  const { marked, plain } = foldedWords(written)
  return nameOfWords(marked, plain)
}

/** The name of words that are folded already. */
export function nameOfWords(marked: readonly string[], plain: readonly string[]): LinkName | undefined {
  if (marked.length === 0 || !plain[0]) return undefined
  return new Name(marked, plain)
}

/** What few comparisons ask for is made when it is asked for. */
class Name implements LinkName {
  readonly marked: string
  readonly markedWords: readonly string[]
  readonly plain: string
  readonly words: readonly string[]
  readonly family: string
  readonly given: string
  #joined: string | undefined
  #sorted: string | undefined

  constructor(marked: readonly string[], plain: readonly string[]) {
    this.marked = marked.join(' ')
    this.plain = plain.join(' ')
    this.words = plain
    // A single word is the name one is called by.
    this.family = plain.length < 2 ? '' : (plain[0] ?? '')
    this.given = plain[plain.length - 1] ?? ''
    this.markedWords = marked
  }

  get joined(): string {
    this.#joined ??= this.markedWords.join('')
    return this.#joined
  }
  get letters(): number {
    return this.marked.length - this.markedWords.length + 1
  }
  get sorted(): string {
    this.#sorted ??= this.words.length === 1 ? this.given : sortWords(this.words).join(' ')
    return this.#sorted
  }
  get middle(): string {
    return middleOf(this.words)
  }
  get markedFamily(): string {
    return this.markedWords.length < 2 ? '' : (this.markedWords[0] ?? '')
  }
  get markedMiddle(): string {
    return middleOf(this.markedWords)
  }
  get markedGiven(): string {
    return this.markedWords[this.markedWords.length - 1] ?? ''
  }
}

/** In the order of the alphabet; a name has few words. */
function sortWords(words: readonly string[]): string[] {
  const sorted: string[] = []
  for (const word of words) {
    let at = sorted.push(word) - 1
    for (; at > 0 && (sorted[at - 1] ?? '') > word; at--) sorted[at] = sorted[at - 1] ?? ''
    sorted[at] = word
  }
  return sorted
}

const middleOf = (words: readonly string[]) =>
  words.length === 3 ? (words[1] ?? '') : words.length < 3 ? '' : words.slice(1, -1).join(' ')

function linkParent(written: string | undefined, birthYear: number | undefined): LinkParent | undefined {
  const name = linkName(written)
  if (!name && birthYear === undefined) return undefined
  return { name, birthYear }
}

/** Folds what is compared. Empty texts count as missing. */
export function toLinkRecord(raw: RawRecord): LinkRecord {
  return {
    id: raw.id,
    name: linkName(raw.name),
    birth: raw.birth,
    sex: raw.sex,
    number: raw.number || undefined,
    cancelledNumbers: raw.cancelledNumbers ?? [],
    oldNumber: raw.oldNumber || undefined,
    communes: raw.communes ?? [],
    districts: raw.districts ?? [],
    schoolCommune: raw.schoolCommune,
    schoolDistrict: raw.schoolDistrict,
    father: linkParent(raw.fatherName, raw.fatherYear),
    mother: linkParent(raw.motherName, raw.motherYear),
    phone: raw.phone || undefined,
    household: raw.household || undefined,
  }
}
