import { hash, verify } from '@node-rs/argon2'
import { type Caller, findCaller } from '../limits/caller.ts'
import { hashTurns, type laneTurns, retrySeconds } from '../limits/law.ts'
import { type LaneId, laneIds } from '../limits/limits.ts'
import { limitProblem } from '../limits/problems.ts'
import { type LaneTurns, openTurns } from '../limits/turns.ts'

/**
 * What people remember, kept as argon2id. All of the process hashes a few at once, for the processor and the memory;
 * each lane has a line of its own for it, in which whoever is counted takes turns (limits/limits.ts).
 */

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** As typed on any keyboard: composed and decomposed marks are the same secret (RFC 8265, section 4.2). */
export const normaliseSecret = (secret: string) => secret.normalize('NFC')

const ofCitizens: readonly LaneId[] = ['citizens', 'citizens-sign-in', 'activation']
const turnsOf = (id: LaneId): LaneTurns => ({
  share: 0,
  most: hashTurns.atOnce,
  ofOne: hashTurns.atOnce,
  line: ofCitizens.includes(id) ? hashTurns.lineOfCitizens : hashTurns.line,
})

const busy = () => limitProblem('sign-in-busy', {}, { 'retry-after': String(retrySeconds.busy) })

const turns = openTurns({
  all: hashTurns.atOnce,
  lanes: Object.fromEntries(laneIds.map(id => [id, turnsOf(id)])) as Record<keyof typeof laneTurns, LaneTurns>,
  waitSeconds: hashTurns.waitSeconds,
  lineFull: busy,
  waitedTooLong: busy,
})

/** The command line and jobs, which serve no request. */
const ofHouse: Caller = { lane: 'officers', key: 'house', isGone: () => false }

const inTurn = <T>(step: () => Promise<T>): Promise<T> => turns.take(findCaller() ?? ofHouse, step)

/** Throws sign-in-busy (503) when the line is too long. */
export const hashSecret = (secret: string): Promise<string> => inTurn(() => hash(normaliseSecret(secret), cost))

/**
 * What a login that does not exist is checked against, so that both take the same time. It is the hash of no secret.
 */
const nobody =
  `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${'A'.repeat(22)}$` +
  `${'A'.repeat(43)}`

/**
 * Whether the secret is right. Without a stored one it does the same work and says no. Throws sign-in-busy (503) when
 * the line is too long.
 */
export const matchesSecret = (stored: string | undefined, secret: string): Promise<boolean> =>
  inTurn(() => verify(stored ?? nobody, normaliseSecret(secret)))
