import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Decrypter, Encrypter } from 'age-encryption'
import { Problem } from '../problem.ts'
import { backupProblem } from './problems.ts'

/**
 * A file in the format of age (age-encryption.org/v1, the specification at c2sp.org/age): encrypted to several
 * recipients, each of whom opens it alone, in pieces of 64 KiB that are each authenticated. The tool `age` reads it
 * too.
 */

const ageSign = Buffer.from('age-encryption.org/v1\n')
const gzipSign = Buffer.from([0x1f, 0x8b])
/** Where a file's recipients must have ended: a longer head would be held in memory whole before its key is known. */
const headBytes = 64 << 10

export const systemCodeOf = (error: unknown) => (error as { code?: string }).code

/** Throws backup-recipient-wrong. */
function encrypterFor(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter()
  for (const recipient of recipients)
    try {
      encrypter.addRecipient(recipient)
    } catch {
      throw backupProblem('backup-recipient-wrong', { recipient })
    }
  return encrypter
}

async function syncAndRename(draft: string, file: string) {
  const handle = await open(draft)
  await handle.sync().finally(() => handle.close())
  await rename(draft, file)
  const folder = await open(dirname(file))
  await folder.sync().finally(() => folder.close())
}

/** Writes what `content` gives to a file that its owner alone reads; the file is there whole, or not at all. */
export async function writeAgeFile(
  file: string,
  recipients: readonly string[],
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const draft = `${file}.part`
  const plain = ReadableStream.from(content) as ReadableStream<Uint8Array>
  try {
    const sealed = await encrypterFor(recipients).encrypt(plain)
    await pipeline(sealed, createWriteStream(draft, { mode: 0o600, flags: 'w' }))
    await syncAndRename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Throws backup-not-there, backup-is-plain, backup-not-whole. */
async function refuseOtherFormats(file: string): Promise<void> {
  const handle = await open(file).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') throw backupProblem('backup-not-there', { file })
    throw error
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.subarray(0, gzipSign.length).equals(gzipSign)) throw backupProblem('backup-is-plain', { file })
    if (!head.subarray(0, ageSign.length).equals(ageSign) || !head.includes('\n--- '))
      throw backupProblem('backup-not-whole', { why: 'it is no file of age' })
  } finally {
    await handle.close()
  }
}

/**
 * The content of such a file, as a stream in which each byte was authenticated. Throws backup-not-there,
 * backup-is-plain, backup-not-whole, backup-not-opened, backup-identity-wrong.
 */
export async function* readAgeFile(file: string, identities: readonly string[]): AsyncGenerator<Uint8Array> {
  await refuseOtherFormats(file)
  const decrypter = new Decrypter()
  for (const identity of identities)
    try {
      decrypter.addIdentity(identity)
    } catch {
      throw backupProblem('backup-identity-wrong')
    }
  // Not Readable.toWeb: it goes on to give what it reads after the reader has refused, and ends the process by that.
  const sealed = ReadableStream.from(createReadStream(file)) as ReadableStream<Uint8Array>
  const opened = await decrypter.decrypt(sealed).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw /no identity|identit/i.test(why)
      ? backupProblem('backup-not-opened')
      : backupProblem('backup-not-whole', { why })
  })
  try {
    for await (const chunk of opened) yield chunk
  } catch (error) {
    if (error instanceof Problem) throw error
    throw backupProblem('backup-not-whole', { why: error instanceof Error ? error.message : String(error) })
  }
}
