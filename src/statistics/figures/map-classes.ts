import { mostMapClasses } from '../law.ts'

/** Of which shares a bound is a multiple: per cent, tenths and hundredths of it; the coarsest that tells apart. */
const grains = [100, 1_000, 10_000] as const

const cutTo = (share: number, grain: number) => Math.floor(share * grain + 1e-9) / grain

/**
 * Lower bounds of the classes in which a map paints communes, from the shares of all communes of the campaign on that
 * day: as many communes in each class as ties and rounding allow. Bounds are fifths of the ordered shares, cut to whole
 * per cent (to tenths or hundredths where fifths that differ would coincide). A bound below which nobody lies is left
 * out, so there are fewer classes where shares tie. The first bound is 0: the lowest class is open below, the highest
 * above.
 */
export function mapClassesOf(shares: readonly number[]): number[] {
  const sorted = shares.toSorted((a, b) => a - b)
  const [least] = sorted
  if (least === undefined) return [0]
  const fifths = Array.from(
    { length: mostMapClasses - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / mostMapClasses)] ?? least,
  )
  const wanted = new Set(fifths.filter(share => share > least)).size
  const bounds = grains.map(grain =>
    [...new Set(fifths.map(share => cutTo(share, grain)))].filter(bound => bound > least),
  )
  return [0, ...(bounds.find(({ length }) => length === wanted) ?? bounds.at(-1) ?? [])]
}

/** The class of a share, 1 for the lowest; null where there is none. */
export const mapClassOf = (share: number | undefined, classes: readonly number[]): number | null =>
  share === undefined ? null : Math.max(1, classes.findLastIndex(bound => bound <= share) + 1)
