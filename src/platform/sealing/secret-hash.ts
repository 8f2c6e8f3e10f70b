import { hash, verify } from '@node-rs/argon2'
import { problems } from '../problem.ts'

/**
 * What people remember, kept as argon2id. All of the process stands in one line: officers' passwords and citizens'
 * passcodes would else take each other's turns, and the machine's memory.
 */

export const secretProblem = problems({
  'sign-in-busy': {
    status: 503,
    title: 'Too many people are signing in at this moment',
    vi: 'Đang có quá nhiều người đăng nhập cùng lúc',
    fix: 'Wait half a minute, then sign in again.',
    fixVi: 'Đợi nửa phút rồi đăng nhập lại.',
  },
})

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** As typed on any keyboard: composed and decomposed marks are the same secret (RFC 8265, section 4.2). */
export const normaliseSecret = (secret: string) => secret.normalize('NFC')

/**
 * Two hashes run at a time, so that sign-ins at eight o'clock queue on a small server; beyond the longest queue they
 * are refused at once.
 */
const atOnce = 2
const longestLine = 40
let running = 0
const waiting: (() => void)[] = []

async function oneAtATime<T>(step: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= longestLine) throw secretProblem('sign-in-busy')
    // Whoever leaves hands their place on, so that `running` does not fall in between.
    await new Promise<void>(resolve => waiting.push(resolve))
  } else running += 1
  try {
    return await step()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

/** Throws sign-in-busy (503) when the line is too long. */
export const hashSecret = (secret: string): Promise<string> => oneAtATime(() => hash(normaliseSecret(secret), cost))

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
  oneAtATime(() => verify(stored ?? nobody, normaliseSecret(secret)))
