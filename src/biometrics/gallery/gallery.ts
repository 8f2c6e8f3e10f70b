import { distanceOfScore, faceScore } from '../comparing/comparing.ts'
import { type FaceTemplate, requireLength, templateLength } from '../face-template.ts'

/**
 * All faces of an installation in memory, each searched one after another: what is found is exact, since nothing is
 * skipped but a template whose distance is already above what is asked for. 512 bytes a template: 1.3 million take
 * 666 MB, 100 million 51 GB over as many machines (bench/faces/faces.ts).
 */

/** Templates of one block; blocks are added as the gallery grows, so nothing is ever copied. */
const blockSize = 16_384
/** After so many numbers of a template the distance so far is looked at. */
const stride = 16

export type FaceCandidate = {
  /** Of the template, as its inserter named it. */
  readonly id: string
  readonly score: number
}

export type FaceSearch = {
  /** From this score on. */
  readonly threshold: number
  /** How many are given at most, the likest first. */
  readonly most: number
  /** Not to be found: the templates of the person whose face it is. */
  readonly except?: ReadonlySet<string>
  /** Only these are looked at, where they are there; all where it is left out. */
  readonly among?: Iterable<string>
}

export type FaceGallery = {
  readonly size: number
  /** Bytes that the templates take. */
  readonly bytes: number
  /** Adds a template. Throws a RangeError for one that is none, or whose id is there. */
  insert(id: string, template: FaceTemplate): void
  /** False where there was none. */
  remove(id: string): boolean
  has(id: string): boolean
  /** A copy; undefined where there is none. */
  templateOf(id: string): FaceTemplate | undefined
  /** The likest from the threshold on, and how many there were. */
  identify(template: FaceTemplate, search: FaceSearch): { readonly candidates: FaceCandidate[]; readonly count: number }
}

export function makeFaceGallery(): FaceGallery {
  const blocks: Float32Array[] = []
  const ids: string[] = []
  const places = new Map<string, number>()

  const blockOf = (place: number): Float32Array => {
    const at = Math.floor(place / blockSize)
    const block = blocks[at] ?? new Float32Array(blockSize * templateLength)
    blocks[at] = block
    return block
  }
  const write = (place: number, template: FaceTemplate) =>
    blockOf(place).set(template, (place % blockSize) * templateLength)
  const read = (place: number): FaceTemplate => {
    const from = (place % blockSize) * templateLength
    return blockOf(place).subarray(from, from + templateLength)
  }

  return {
    get size() {
      return ids.length
    },
    get bytes() {
      return blocks.length * blockSize * templateLength * 4
    },
    has: id => places.has(id),
    templateOf(id) {
      const place = places.get(id)
      return place === undefined ? undefined : read(place).slice()
    },
    insert(id, template) {
      requireLength(template)
      if (places.has(id)) throw new RangeError('a template of this id is in the gallery')
      const place = ids.length
      write(place, template)
      ids.push(id)
      places.set(id, place)
    },
    remove(id) {
      const place = places.get(id)
      if (place === undefined) return false
      const last = ids.length - 1
      const moved = ids[last] ?? ''
      // The last one takes the free place, so that none is empty.
      if (place !== last) {
        write(place, read(last))
        ids[place] = moved
        places.set(moved, place)
      }
      read(last).fill(0)
      ids.pop()
      places.delete(id)
      return true
    },
    identify(template, { threshold, most, except, among }) {
      requireLength(template)
      // Scores are rounded to a tenth: whatever rounds to the threshold is found.
      const limit = threshold > 0 ? (distanceOfScore(threshold) + 0.0005) ** 2 : Number.POSITIVE_INFINITY
      const found: { readonly place: number; readonly squared: number }[] = []
      const look = (block: Float32Array, at: number, place: number) => {
        const squared = squaredWithin(block, at, template, limit)
        if (squared !== undefined) found.push({ place, squared })
      }
      if (among)
        for (const id of new Set(among)) {
          const place = places.get(id)
          if (place !== undefined) look(blockOf(place), (place % blockSize) * templateLength, place)
        }
      else
        for (const [nth, block] of blocks.entries()) {
          const first = nth * blockSize
          const end = Math.min(blockSize, ids.length - first)
          for (let at = 0; at < end; at++) look(block, at * templateLength, first + at)
        }
      const likest = found
        .filter(one => !except?.has(ids[one.place] ?? ''))
        .sort((a, b) => a.squared - b.squared || a.place - b.place)
      return {
        count: likest.length,
        candidates: likest
          .slice(0, most)
          .map(one => ({ id: ids[one.place] ?? '', score: faceScore(Math.sqrt(one.squared)) })),
      }
    },
  }
}

/** The squared distance to a template of a block, or undefined once it is above the limit. */
function squaredWithin(block: Float32Array, from: number, template: FaceTemplate, limit: number): number | undefined {
  let sum = 0
  for (let at = 0; at < templateLength; ) {
    for (const end = at + stride; at < end; at++) {
      const difference = (block[from + at] as number) - (template[at] as number)
      sum += difference * difference
    }
    if (sum > limit) return undefined
  }
  return sum
}
