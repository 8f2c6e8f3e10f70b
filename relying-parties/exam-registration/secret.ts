import { createHash, createHmac, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import type { Database } from './database.ts'

/** A key of this installation, drawn at its first use and kept: tickets and forms outlive the process. */
export function keyOf(db: Database, name: string): Buffer {
  db.run('insert into setting values (?, ?) on conflict do nothing', name, randomBytes(32).toString('base64'))
  return Buffer.from(
    db.find<{ value: string }>('select value from setting where name = ?', name)?.value ?? '',
    'base64',
  )
}

export const newSecret = () => randomBytes(32).toString('base64url')

/** What is kept of a secret that a browser holds. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')

export const macOf = (key: Buffer, ...parts: readonly string[]) =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** RFC 7914; 16 MiB and some 40 ms a try. */
const cost: ScryptOptions = { N: 16_384, r: 8, p: 1 }

const derive = (password: string, salt: Buffer) =>
  new Promise<Buffer>((done, fail) =>
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? fail(error) : done(key))),
  )

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`
}

const nobodys = `scrypt$${randomBytes(16).toString('base64url')}$${randomBytes(32).toString('base64url')}`

/** Takes as long where there is no such login: `kept` is then nobody's. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, salt = '', key = ''] = (kept ?? nobodys).split('$')
  const derived = await derive(password, Buffer.from(salt, 'base64url'))
  return isSame(derived.toString('base64url'), key) && kept !== undefined
}

const spoken = 'bcdfghkmnpqrstvxz'
const vowels = 'aeiou'
/** A password that can be read out from a slip: ten letters, 34 bits; guessing is slowed beside. */
export function newPassword(bytes: Uint8Array = randomBytes(10)): string {
  return Array.from(bytes, (byte, place) =>
    place % 2 ? vowels[byte % vowels.length] : spoken[byte % spoken.length],
  ).join('')
}
