import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Custodians, Present } from '../../pki/pki.ts'
import { readIdentities } from '../../platform/archive/backup-key.ts'
import { WrongUsage } from '../../platform/terminal.ts'
import { type Invocation, wordOf, wordsOf } from '../invocation.ts'

/** The files that custodians bring to a ceremony, and those that they take away. */

/** A share of a key is far below. */
const largestShare = 100_000

async function bytesOf(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch(() => undefined)
  if (!bytes) throw new WrongUsage(`there is no file ${path}`)
  if (bytes.length > largestShare) throw new WrongUsage(`${path} has ${bytes.length} bytes: it is no share of a key`)
  return bytes
}

/** The shares and keys of those who are present: `--share F` and `--identity F`, each several times. */
export async function presentOf({ values }: Pick<Invocation, 'values'>): Promise<Present> {
  const [shares, keys] = [wordsOf(values['share']), wordsOf(values['identity'])]
  if (shares.length === 0 || keys.length === 0)
    throw new WrongUsage('the key of the authority opens by --share and --identity, one of each for each custodian')
  return {
    shares: await Promise.all(shares.map(async file => ({ file, bytes: await bytesOf(file) }))),
    identities: (await Promise.all(keys.map(readIdentities))).flat(),
  }
}

/** `--custodian RECIPIENT` several times, `--threshold N`. */
export function custodiansOf({ values }: Pick<Invocation, 'values'>): Custodians {
  const threshold = Number(wordOf(values['threshold']))
  if (!Number.isInteger(threshold)) throw new WrongUsage('--threshold is how many custodians open the key together')
  return { custodians: wordsOf(values['custodian']), threshold }
}

/** A new file, of which the folder may be new too. Throws wrong usage where it is there already. */
export async function writeNew(folder: string, name: string, bytes: Uint8Array, mode = 0o600): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, name)
  if (existsSync(file)) throw new WrongUsage(`${file} is there already; choose another folder`)
  await writeFile(file, bytes, { mode, flag: 'wx', flush: true })
  return file
}

/** The names of new files are on the disk with them. */
export async function onDisk(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

/** Removes what a ceremony wrote that came to nothing. */
export const removeAll = async (files: readonly string[]): Promise<void> => {
  for (const file of files) await rm(file, { force: true })
}
