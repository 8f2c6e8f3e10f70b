import { randomBytes } from 'node:crypto'
import { normaliseSecret } from '../platform/sealing/secret-hash.ts'
import { passwordLimits } from './law.ts'

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** So many groups of four letters and digits that nobody confuses, five bits a sign. */
function drawGroups(groups: number): string {
  const drawn: string[] = []
  // Bytes past the last whole multiple would make some letters likelier.
  const even = 256 - (256 % letters.length)
  while (drawn.length < groups * 4)
    for (const byte of randomBytes(groups * 8))
      if (byte < even && drawn.length < groups * 4) drawn.push(letters[byte % letters.length] ?? '')
  return Array.from({ length: groups }, (_, at) => drawn.slice(at * 4, at * 4 + 4).join('')).join('-')
}

/** A password of a demonstration: twelve signs, 59 bits. */
export const generatePassword = (): string => drawGroups(3)

/** The secret of a link: twenty signs, 99 bits, which are also typed from paper. */
export const drawSecret = (): string => drawGroups(5)

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

/**
 * Why a password of one's own choice is not taken, or undefined. Length counts, mixtures do not (NIST SP 800-63B,
 * 3.1.1.2).
 */
export function passwordFault(
  password: string,
  login: string,
): 'password-short' | 'password-long' | 'password-guessable' | undefined {
  const signs = [...normaliseSecret(password)]
  if (signs.length < passwordLimits.least) return 'password-short'
  if (signs.length > passwordLimits.most) return 'password-long'
  const lower = normaliseSecret(password).toLowerCase()
  const guessable =
    new Set(signs).size < passwordLimits.differentSigns ||
    lower.includes(login) ||
    common.some(word => lower.startsWith(word))
  return guessable ? 'password-guessable' : undefined
}
