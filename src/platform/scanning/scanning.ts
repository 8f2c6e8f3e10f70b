/**
 * Files that somebody sent, looked at by the installation's virus scanner before anything reads them. Comes in: bytes,
 * or the path of a file. Decided by clamd: clean, or not taken. Where a scanner is set and does not answer, nothing is
 * taken; where none is set, nothing is scanned, and doctor says so. No deeds: a refusal is logged with its code.
 */

import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ScannerAddress, scannerVersion, scanStream, type Verdict } from './clamd.ts'
import { scanProblem } from './problems.ts'

/** Of this process: set when a house is opened, from its settings. */
let scanner: ScannerAddress = ''

/** Gives this process its scanner; empty for none. */
export function setScanner(address: ScannerAddress): void {
  scanner = address
}

/** Whether files are scanned here at all: what was taken in without a scanner must not be said to be scanned. */
export const hasScanner = (): boolean => scanner !== ''

async function refuseUnclean(content: () => AsyncIterable<Uint8Array>): Promise<void> {
  if (!scanner) return
  let verdict: Verdict
  try {
    verdict = await scanStream(scanner, content())
  } catch {
    throw scanProblem('scanner-unreachable', {}, { 'retry-after': '60' })
  }
  if (verdict.kind === 'infected') throw scanProblem('file-infected', { found: verdict.found })
  if (verdict.kind === 'too-large') throw scanProblem('file-not-scannable')
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

/** Throws file-infected, file-not-scannable, scanner-unreachable. */
export const scanBytes = (bytes: Uint8Array): Promise<void> => refuseUnclean(() => once(bytes))

/** The same of a file. */
export const scanFile = (path: string): Promise<void> =>
  refuseUnclean(() => createReadStream(path) as AsyncIterable<Uint8Array>)

/** The same of a file, or of each in a folder and the folders in it. What is not there is for its reader to refuse. */
export async function scanAll(path: string): Promise<void> {
  if (!scanner) return
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) await scanFile(path)
  if (found?.isDirectory()) for (const name of await readdir(path)) await scanAll(join(path, name))
}

/** The harmless text that every scanner is made to find (EICAR); in parts, so that none finds it here. */
const testText = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*']
export const scannerTestFile = (): Buffer => Buffer.from(testText.join(''))

export type ScannerState =
  | { readonly kind: 'none' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'finds-nothing' | 'works'; readonly version: string }

/** Whether the scanner answers, and finds what it must. */
export async function scannerState(): Promise<ScannerState> {
  if (!scanner) return { kind: 'none' }
  try {
    const version = await scannerVersion(scanner)
    const { kind } = await scanStream(scanner, once(scannerTestFile()))
    return { kind: kind === 'infected' ? 'works' : 'finds-nothing', version }
  } catch {
    return { kind: 'silent' }
  }
}
