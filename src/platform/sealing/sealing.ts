import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { stopwatch } from '../clock.ts'
import { giveToFolderOwner } from '../data-folder/owner.ts'
import { type PlaceOfKey, placeOfKey, secretProblem } from '../settings/secrets.ts'
import { sealingProblem } from './problems.ts'

/**
 * Secrets that must be readable again are sealed under a key in the data folder, never in the database: a copy of the
 * database alone reveals none of them. AES-256-GCM (NIST SP 800-38D), one key for each use (HKDF, RFC 5869), a fresh
 * nonce for each seal.
 */

/** What is sealed; part of the key, so that nothing sealed for one use opens for another. */
export type SealedUse =
  | 'totp'
  | 'message'
  | 'passcode'
  | 'code'
  | 'signing-key'
  | 'pairwise'
  | 'cookies'
  | 'dpop-nonce'
  | 'verification'
  | 'guess'
  | 'reading'
  | 'kept-form'
  | 'answer'
  | 'draft'
  | 'attachment'
  | 'gateway'
  | 'browser'
  | 'minute-count'
  | 'document-signer'
  | 'face-template'

/** Uses whose codes are kept where nobody can make them anew: what they were made of is not known to the house. */
const macUses = [
  'passcode',
  'code',
  'pairwise',
  'cookies',
  'dpop-nonce',
  'guess',
  'reading',
  'draft',
] as const satisfies readonly SealedUse[]

/**
 * The keys of a house. `current` seals; while `former` is replaced (reseal.ts), what it sealed is read too. `macs`:
 * keys of codes that were derived from a former key, and go on when it is gone.
 */
type Ring = {
  readonly current: Buffer
  readonly former?: Buffer | undefined
  readonly macs: ReadonlyMap<string, Buffer>
}

let ring: Ring | undefined
let derived = new Map<string, KeyObject>()
/** The file that the ring is read from, as it was when it was read. */
let file: { readonly path: string; readonly writtenAt: number; age(): number } | undefined

/** So long after another process replaced the key, at most, a process still seals with the former one. */
export const keyReadEveryMilliseconds = 1000

function setRing(next: Ring): void {
  for (const bytes of [next.current, ...(next.former ? [next.former] : []), ...next.macs.values()])
    if (bytes.length !== 32) throw new RangeError('a sealing key has 32 bytes')
  ring = next
  derived = new Map()
}

/** Gives this process the key; in a house by `openSealingKey`. */
export function setSealingKey(bytes: Buffer): void {
  file = undefined
  setRing({ current: bytes, macs: new Map() })
}

const sealingPlace = (folder: string) => placeOfKey(folder, 'sealing.key')

const writeRing = ({ current, former, macs }: Ring): string =>
  [
    current.toString('base64'),
    ...(former ? [`former ${former.toString('base64')}`] : []),
    ...[...macs].map(([use, key]) => `code ${use} ${key.toString('base64')}`),
    '',
  ].join('\n')

function parseRing(text: string): Ring {
  const [first = '', ...lines] = text.trim().split('\n')
  const bytes = (word: string | undefined) => Buffer.from(word ?? '', 'base64')
  const words = lines.map(line => line.split(' '))
  const former = words.find(([kind]) => kind === 'former')?.[1]
  return {
    current: bytes(first),
    ...(former && { former: bytes(former) }),
    macs: new Map(words.flatMap(([kind, use = '', key]) => (kind === 'code' ? [[use, bytes(key)] as const] : []))),
  }
}

/** Writes a file whole or not at all. */
async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true })
  await giveToFolderOwner(draft)
  return draft
}

/** Of two processes that start at once the first one's key stays. */
async function makeKey(path: string): Promise<void> {
  const draft = await writeDraft(path, writeRing({ current: randomBytes(32), macs: new Map() }))
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function readRing(path: string): void {
  const writtenAt = statSync(path).mtimeMs
  if (file?.path !== path || file.writtenAt !== writtenAt) setRing(parseRing(readFileSync(path, 'utf8')))
  file = { path, writtenAt, age: stopwatch() }
}

/**
 * Reads the key of a data folder, `keys/sealing.key`, and makes it at first use; or the one that the folder of
 * credentials gives, which stays as it is as long as the process lives. `mayMake`: whether this is the first use.
 * Throws sealing-key-missing, sealing-key-unusable.
 */
export async function openSealingKey(folder: string, { mayMake = true } = {}): Promise<void> {
  const { path, isOurs } = sealingPlace(folder)
  if (!existsSync(path)) {
    // What was sealed under the one that is gone would never open, and nobody would know.
    if (!mayMake) throw sealingProblem('sealing-key-missing', { file: path })
    await makeKey(path)
  }
  file = undefined
  try {
    readRing(path)
  } catch (error) {
    if (error instanceof RangeError) throw sealingProblem('sealing-key-unusable', { file: path })
    throw error
  }
  if (!isOurs) file = undefined
}

/** The keys of a file; undefined where it cannot be read, or has none. */
function ringIn(path: string): Ring | undefined {
  try {
    const found = parseRing(readFileSync(path, 'utf8'))
    return [found.current, ...found.macs.values()].every(({ length }) => length === 32) ? found : undefined
  } catch {
    return undefined
  }
}

/** Whether keys go on from those in use: the same one, or one that was made in its place, perhaps some time ago. */
const goesOnFrom = (next: Ring, { current, macs }: Ring): boolean =>
  next.current.equals(current) ||
  next.former?.equals(current) === true ||
  macUses.every(use => next.macs.get(use)?.equals(macs.get(use) ?? derive(current, use)) === true)

/** Whether the key lies where it should, as this process has it: nothing is sealed under another one meanwhile. */
export function isSealingKeyThere(folder: string): boolean {
  const found = ringIn(sealingPlace(folder).path)
  return found !== undefined && ring !== undefined && goesOnFrom(found, ring)
}

/** Takes up a key that another process made. Where the file is gone, cut or another's, the key in use stays. */
function lookAgain({ path, writtenAt }: { readonly path: string; readonly writtenAt: number }): void {
  const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  const next = at === undefined || at === writtenAt ? undefined : ringIn(path)
  if (next && ring && goesOnFrom(next, ring)) setRing(next)
  file = { path, writtenAt: at ?? writtenAt, age: stopwatch() }
}

/** The keys of this process, read again where another process may have replaced them. */
function currentRing(): Ring {
  if (file && file.age() > keyReadEveryMilliseconds) lookAgain(file)
  if (!ring) throw new Error('the sealing key of this house was not opened')
  return ring
}

const derive = (key: Buffer, use: SealedUse) =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `dinhdanh ${use}`, 32))

function keyOf(name: string, bytes: () => Buffer): KeyObject {
  const made = derived.get(name) ?? createSecretKey(bytes())
  derived.set(name, made)
  return made
}

const sealingKeyFor = (use: SealedUse): KeyObject => {
  const { current } = currentRing()
  return keyOf(use, () => derive(current, use))
}
const formerKeyFor = (use: SealedUse): KeyObject | undefined => {
  const { former } = currentRing()
  return former && keyOf(`former ${use}`, () => derive(former, use))
}
const codeKeyFor = (use: SealedUse): KeyObject => {
  const { current, macs } = currentRing()
  return keyOf(`code ${use}`, () => macs.get(use) ?? derive(current, use))
}

export type SealingKeyNames = { readonly current: string; readonly former?: string }

/** By what a key is named in deeds and messages; it says nothing of the key. */
const nameOfKey = (key: Buffer): string =>
  createHmac('sha256', key).update('name of the key').digest('hex').slice(0, 16)
export const sealingKeyNames = (): SealingKeyNames => {
  const { current, former } = currentRing()
  return { current: nameOfKey(current), ...(former && { former: nameOfKey(former) }) }
}

/** Where the sealing key lies, or should lie. */
export const sealingKeyFile = (folder: string): string => sealingPlace(folder).path

/** The file of the key, where the program may write it. Throws secret-not-ours-to-write. */
function ownFile(folder: string): string {
  const { path, isOurs }: PlaceOfKey = sealingPlace(folder)
  if (!isOurs) throw secretProblem('secret-not-ours-to-write', { secret: 'sealing.key' })
  return path
}

async function replaceRing(folder: string, next: Ring): Promise<void> {
  const path = ownFile(folder)
  renameSync(await writeDraft(path, writeRing(next)), path)
  file = undefined
  readRing(path)
}

/**
 * Makes a new key, which seals from now on; what the former one sealed stays readable. Keys of codes that are kept go
 * on as they are. Where a key is being replaced already, that goes on: no third key is made. Throws
 * secret-not-ours-to-write.
 */
export async function beginNewSealingKey(folder: string): Promise<void> {
  readRing(ownFile(folder))
  const { current, former, macs } = currentRing()
  if (former) return
  const kept = macUses.map(use => [use, macs.get(use) ?? derive(current, use)] as const)
  await replaceRing(folder, { current: randomBytes(32), former: current, macs: new Map(kept) })
}

/** Destroys the former key. The caller has made sure that nothing lies under it. */
export async function dropFormerSealingKey(folder: string): Promise<void> {
  readRing(ownFile(folder))
  const { current, macs } = currentRing()
  await replaceRing(folder, { current, macs })
}

const nonceBytes = 12
const tagBytes = 16

/**
 * Seals a text for one place, whose name (`person/account`, `message`) is bound to it: moved to another row it does not
 * open.
 */
export const seal = (use: SealedUse, place: string, text: string): Buffer =>
  sealBytes(use, place, Buffer.from(text, 'utf8'))

/** The same of bytes. */
export function sealBytes(use: SealedUse, place: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', sealingKeyFor(use), nonce)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Throws where it was sealed under another key, for another place, or was changed. */
export const unseal = (use: SealedUse, place: string, sealed: Buffer): string =>
  unsealBytes(use, place, sealed).toString('utf8')

function openWith(key: KeyObject, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()])
}

/** The same of bytes. */
export function unsealBytes(use: SealedUse, place: string, sealed: Buffer): Buffer {
  try {
    return openWith(sealingKeyFor(use), place, sealed)
  } catch (error) {
    const former = formerKeyFor(use)
    if (!former) throw error
    return openWith(former, place, sealed)
  }
}

/** The same under the key of now; undefined where it lies under it already. Throws as `unseal` does. */
export function sealedAnew(use: SealedUse, place: string, sealed: Buffer): Buffer | undefined {
  try {
    openWith(sealingKeyFor(use), place, sealed)
    return undefined
  } catch {
    return sealBytes(use, place, unsealBytes(use, place, sealed))
  }
}

/** A code that only a holder of the house's key can make of a text (HMAC-SHA-256). 32 bytes. */
export const macOf = (use: SealedUse, text: string): Buffer =>
  createHmac('sha256', codeKeyFor(use)).update(text).digest()

/**
 * A secret of few digits, made into one that cannot be tried out without the house's key; bound to its place as a seal
 * is.
 */
export const pepper = (use: SealedUse, place: string, secret: string): string =>
  createHmac('sha256', codeKeyFor(use)).update(`${place}\n${secret}`).digest('base64url')
