import { AsyncLocalStorage } from 'node:async_hooks'
import { hash } from 'node:crypto'
import { stopwatch } from '../clock.ts'
import { knownCallers } from './law.ts'
import type { LaneId } from './limits.ts'

/** As whom a request is counted: its lane, and who it is within the lane. */
export type Counted = { readonly lane: LaneId; readonly key: string }

/** The caller of the request that is being served. A request moves to another lane once it is known whose it is. */
export type Caller = {
  lane: LaneId
  key: string
  /** Of what the request is, as its address says it: pages of one subject wait for the same tables. */
  readonly topic?: string
  /** Whether nobody waits for the answer any more. */
  isGone(): boolean
}

const current = new AsyncLocalStorage<Caller>()

/** The caller for whom something is done now; undefined where the installation does it of itself. */
export const findCaller = (): Caller | undefined => current.getStore()

/** Runs a step as a request's own. */
export const runAs = <T>(caller: Caller, step: () => T): T => current.run(caller, step)

const stays = () => false

/** Runs a step as the installation's own: whoever asks for it waits in no line, and it is done for others too. */
export const asTheHouse = <T>(step: () => T): T => current.exit(step)

/** Runs a step that is counted otherwise than the request that asked for it, or that several requests share. */
export const countedAs = <T>({ lane, key }: Counted, step: () => T): T =>
  current.run({ lane, key, isGone: stays }, step)

type Known = { readonly counted: Counted; age(): number }

/** The same text as a header may hold it, without keeping the secret itself. */
const hashOf = (secret: string) => hash('sha256', secret, 'base64url')

/**
 * Whose a session or a token was when it was last found valid. Only what proved itself stands here, so an invented
 * cookie buys no place of its own. It decides in which line a request waits, and nothing else: each request is
 * authenticated as before.
 */
export function openKnownCallers({ most, minutes }: { most: number; minutes: number } = knownCallers) {
  const known = new Map<string, Known>()
  const find = (secret: string): Counted | undefined => {
    const found = known.get(hashOf(secret))
    return found && found.age() < minutes * 60_000 ? found.counted : undefined
  }
  return {
    find,
    remember(secret: string, counted: Counted): void {
      const place = hashOf(secret)
      // The one that was used last stands last; the first to go is the one that was not used for longest.
      known.delete(place)
      known.set(place, { counted, age: stopwatch() })
      if (known.size > most) for (const first of known.keys()) return void known.delete(first)
    },
    forget(secret: string): void {
      known.delete(hashOf(secret))
    },
  }
}
export type KnownCallers = ReturnType<typeof openKnownCallers>
