import assert from 'node:assert/strict'
import type { Chance } from './chance.ts'
import type { CardConnection } from './command.ts'

/** A published exchange: a chip that expects each command to the byte, and the chance with which it was made. */

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

export const scriptedChip = (exchange: readonly (readonly [command: string, answer: string])[]) => {
  let at = 0
  const connection: CardConnection = {
    transmit: async command => {
      const [wanted = 'no further command', answer = ''] = exchange[at++] ?? []
      assert.equal(Buffer.from(command).toString('hex'), wanted.replaceAll(' ', '').toLowerCase())
      return hex(answer)
    },
  }
  return { connection, hasAnsweredAll: () => at === exchange.length }
}

/** Gives what it was given, in its order. */
export const publishedChance = (...values: readonly string[]): Chance => {
  let at = 0
  const next = () => values[at++] ?? ''
  return { bytes: () => hex(next()), secret: () => BigInt(`0x${next()}`) }
}
