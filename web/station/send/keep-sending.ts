import { Refusal } from '../../parts/call.ts'
import type { Keep } from '../keep/database.ts'
import { owed } from '../keep/packet-chain.ts'
import type { House } from './house-api.ts'
import { noteRefusal, noteSilence, sendOwed } from './sending.ts'

/**
 * When to send: soon after something was sealed, at once when the browser says there is a line, and after silence in
 * growing pauses.
 */

const shortest = 5_000
const longest = 5 * 60_000
/** While something is owed, and while nothing is: the contact tells whether there is a line. */
const between = { owed: 15_000, nothing: 60_000 } as const

/**
 * The next pause after so many rounds without an answer, spread so that stations of one school do not knock all at
 * once.
 */
export const pauseAfter = (silent: number, random = Math.random()): number =>
  Math.min(longest, shortest * 2 ** Math.min(silent - 1, 10)) * (0.75 + random / 2)

export type Rounds = { readonly now: () => void; readonly stop: () => void }

export function keepSending(keep: Keep, house: House): Rounds {
  let timer: ReturnType<typeof setTimeout> | undefined
  let silent = 0
  let busy = false
  let again = false
  let stopped = false

  const later = (milliseconds: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(round, milliseconds)
  }
  async function round() {
    if (busy) {
      again = true
      return
    }
    busy = true
    try {
      await sendOwed(keep, house)
      silent = 0
    } catch (error) {
      silent += 1
      // A disk that is full can keep no note either; sending is what makes room.
      await (error instanceof Refusal ? noteRefusal(keep, error.code) : noteSilence(keep)).catch(() => undefined)
    }
    busy = false
    const owing = await owed(keep).catch(() => undefined)
    const pause = silent > 0 ? pauseAfter(silent) : owing?.length === 0 ? between.nothing : between.owed
    later(again ? 500 : pause)
    again = false
  }
  const now = () => {
    silent = 0
    later(0)
  }
  addEventListener('online', now)
  addEventListener('offline', now)
  now()
  return {
    now,
    stop() {
      stopped = true
      clearTimeout(timer)
      removeEventListener('online', now)
      removeEventListener('offline', now)
    },
  }
}
