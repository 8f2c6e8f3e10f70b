import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { counterReaderLimits } from '../../cards/chip-readings/counter-reader.ts'

/**
 * Which pages may use the reader: those where somebody typed the code that stands in the terminal. Any program of the
 * machine can say that it is the console's page; it cannot read the terminal.
 */
export type PairedPages = {
  /** The code that pairs the next page. */
  readonly code: string
  /** Undefined where the code is wrong. A code pairs one page; after some wrong ones it is another. */
  pair(code: string): string | undefined
  has(token: string): boolean
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** `onCode` hears each new code, so that the terminal shows it. `now`: milliseconds that only grow. */
export function openPairedPages(onCode: (code: string) => void, now: () => number): PairedPages {
  const { codeDigits, wrongCodes, wrongCodePauseMs, pages, pairedHours } = counterReaderLimits
  let code = ''
  let wrong = 0
  let mayTryAt = 0
  let paired: readonly { readonly token: Buffer; readonly until: number }[] = []
  const draw = () => {
    code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0')
    wrong = 0
    onCode(code)
  }
  draw()
  return {
    get code() {
      return code
    },
    pair(typed) {
      // A program that guesses without end gets one guess a second; what comes before is wrong, whatever it is.
      if (now() < mayTryAt) return undefined
      if (!timingSafeEqual(digest(typed), digest(code))) {
        wrong += 1
        mayTryAt = now() + wrongCodePauseMs
        if (wrong >= wrongCodes) draw()
        return undefined
      }
      const token = randomBytes(32).toString('base64url')
      paired = [...paired, { token: digest(token), until: now() + pairedHours * 3_600_000 }].slice(-pages)
      draw()
      return token
    },
    has: token => {
      const given = digest(token)
      return paired.some(one => one.until > now() && timingSafeEqual(one.token, given))
    },
  }
}
