// Test files that share a process: each is loaded when the tests of the one before have ended, so that what a file sets
// for its process holds for it alone, and what it opened is closed before the next begins.
import { randomBytes } from 'node:crypto'
import { suite } from 'node:test'
import { pathToFileURL } from 'node:url'
import { setConsequences } from '../src/audit/audit.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { nameOf } from './test-files.ts'

export async function runInTurn(places: readonly string[]): Promise<void> {
  for (const place of places) {
    setConsequences({})
    setSealingKey(randomBytes(32))
    await suite(nameOf(place), () => import(pathToFileURL(place).href))
  }
}
