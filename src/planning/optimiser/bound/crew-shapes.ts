import type { Compiled } from '../solving/compile.ts'
import type { KitClass } from './team-day-classes.ts'

/** What a crew is: officers, kits of one store, what they do in a minute when the kits are set up. */
export type CrewShape = {
  readonly officers: number
  /** Where its kits are kept; -1 at the base, or without kits. */
  readonly store: number
  /** Kit classes and how many. */
  readonly kits: readonly (readonly [number, number])[]
  /** People’s minutes that the kits take in a minute. */
  readonly speed: number
  /** Officers whom the kits take. */
  readonly busy: number
}

/** Every crew that up to so many officers can be: no kits, or kits of one store; the largest first. */
export function crewShapes(
  { places, leastActivation, instance: { leastOfficers } }: Compiled,
  kitClasses: readonly KitClass[],
  { base, most, least }: { readonly base: number; readonly most: number; readonly least: Float64Array },
): CrewShape[] {
  const leastByKit = Math.min(leastOfficers.capture, leastOfficers.raising)
  const crews: CrewShape[] = []
  for (let officers = leastActivation; officers <= most; officers++)
    crews.push({ officers, store: -1, kits: [], speed: 0, busy: 0 })
  for (const store of new Set(kitClasses.map(one => one.store))) {
    if (store !== base && !Number.isFinite(least[base * places + store])) continue
    let shapes: CrewShape[] = [{ officers: 0, store: store === base ? -1 : store, kits: [], speed: 0, busy: 0 }]
    kitClasses.forEach((one, at) => {
      if (one.store !== store) return
      shapes = shapes.flatMap(shape =>
        Array.from({ length: one.most + 1 }, (_, many) => ({
          ...shape,
          kits: many > 0 ? [...shape.kits, [at, many] as const] : shape.kits,
          speed: shape.speed + many * one.speed,
          busy: shape.busy + many * one.officers,
        })).filter(({ busy }) => busy <= most),
      )
    })
    for (const shape of shapes) {
      if (shape.kits.length === 0) continue
      const fewest = Math.max(1, leastByKit, shape.busy)
      for (let officers = fewest; officers <= most; officers++) crews.push({ ...shape, officers })
    }
  }
  return crews.sort((a, b) => b.officers - a.officers || b.speed - a.speed)
}
