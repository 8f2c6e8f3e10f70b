import { type Random, shares } from '../random.ts'
import { ownTable } from '../shipped.ts'

type ByAge = Record<string, number>
export type Coverage = {
  cards: ByAge
  remoteCardFactor: number
  cardStates: Record<string, number>
  youngCardStates: Record<string, number>
  unsweptShare: number
  accounts: ByAge
  accountStates: Record<string, number>
  levelOneShare: number
}

export const coverage = JSON.parse(ownTable('coverage.json')) as Coverage

/** The share at an age, on the line between the ages that the table gives; nobody below the first. */
export function shareAt(table: ByAge, age: number): number {
  const points = Object.entries(table).map(([at, share]) => [Number(at), share] as const)
  const above = points.findIndex(([at]) => at >= age)
  if (above < 0) return points.at(-1)![1]
  const [toAge, toShare] = points[above]!
  if (above === 0) return age === toAge ? toShare : 0
  const [fromAge, fromShare] = points[above - 1]!
  return fromShare + ((toShare - fromShare) * (age - fromAge)) / (toAge - fromAge)
}

export const statesOf = <State extends string>(table: Record<string, number>) => {
  const drawn = shares(Object.entries(table))
  return { draw: (random: Random) => drawn.draw(random) as State }
}
