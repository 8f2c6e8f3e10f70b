import { packetWords } from './words-packets.ts'
import { paperWords } from './words-paper.ts'
import { prepareWords } from './words-prepare.ts'
import { queueWords } from './words-queue.ts'
import { shellWords } from './words-shell.ts'
import { stepWords } from './words-steps.ts'

/** Every text of the station, Vietnamese first. {places} are filled in. */
export const texts = {
  ...shellWords,
  ...prepareWords,
  ...queueWords,
  ...stepWords,
  ...packetWords,
  ...paperWords,
} as const satisfies Record<string, readonly [vi: string, en: string]>

export type WordKey = keyof typeof texts
