import { type ApplicationState, mayTransition } from '../application.ts'

/** States on the way to a card's state; the path is the shortest that the table of transitions allows. */
const cardStatePath: readonly ApplicationState[] = [
  'sent-to-centre',
  'approved',
  'reprint',
  'printed',
  'shipped',
  'at-unit',
  'dispatched',
  'lost-in-transit',
  'handed-over',
]

/** States that an application only reaches by a report of them, never on the way to another. */
const lossStates: readonly ApplicationState[] = ['lost-in-transit', 'reprint']

export function pathTo(from: ApplicationState, to: ApplicationState): ApplicationState[] | undefined {
  const ways: ApplicationState[][] = [[]]
  const seen = new Set<ApplicationState>([from])
  for (const way of ways) {
    const at = way.at(-1) ?? from
    if (at === to) return way
    for (const next of cardStatePath)
      if (mayTransition(at, next) && !seen.has(next) && (next === to || !lossStates.includes(next))) {
        seen.add(next)
        ways.push([...way, next])
      }
  }
  return undefined
}

/** The state of an application whose card is in this state. */
export const cardStates: Readonly<Record<string, ApplicationState>> = {
  produced: 'printed',
  'at-unit': 'at-unit',
  'handed-over': 'handed-over',
}
