import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { staffProblem } from './contract.ts'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** As typed on any keyboard: composed and decomposed marks are the same password (RFC 8265, section 4.2). */
const typed = (password: string) => password.normalize('NFC')

/** Two at a time, so that sign-ins at eight o'clock take their turn on a small server; those beyond the line are told so at once. */
const atOnce = 2
const longestLine = 40
let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(step: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= longestLine) throw staffProblem('sign-in-busy')
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

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(typed(password), cost))

/** What a login that does not exist is checked against, so that both take the same time. It is the hash of no password. */
const nobody = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Whether the password is right. Without a stored one it does the same work and says no. */
export const isPassword = (stored: string | undefined, password: string): Promise<boolean> =>
  inTurn(() => verify(stored ?? nobody, typed(password)))

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to hand over once: twelve letters and digits that nobody confuses, 59 bits. */
export function newPassword(): string {
  const drawn: string[] = []
  // Bytes past the last whole multiple would make some letters likelier.
  const even = 256 - (256 % letters.length)
  while (drawn.length < 12)
    for (const byte of randomBytes(24)) if (byte < even && drawn.length < 12) drawn.push(letters[byte % letters.length] ?? '')
  return [drawn.slice(0, 4), drawn.slice(4, 8), drawn.slice(8)].map(group => group.join('')).join('-')
}

const common = [
  '0123456789',
  '1234567890',
  'password12',
  'matkhau123',
  'congan1234',
  'quangninh1',
  'vietnam123',
  'abcdefghij',
  'qwertyuiop',
]

/** Why a password of one's own choice is not taken, or undefined. Length counts, mixtures do not (NIST SP 800-63B, 3.1.1.2). */
export function passwordFault(password: string, login: string): 'password-short' | 'password-long' | 'password-guessable' | undefined {
  const signs = [...typed(password)]
  if (signs.length < 10) return 'password-short'
  if (signs.length > 200) return 'password-long'
  const lower = typed(password).toLowerCase()
  const guessable = new Set(signs).size < 4 || lower.includes(login) || common.some(word => lower.startsWith(word))
  return guessable ? 'password-guessable' : undefined
}
