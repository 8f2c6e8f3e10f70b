import { Malformed } from '../der/read.ts'
import { chipLimits } from '../law.ts'
import { type ChipCheckOutcome, failed, notDone } from './check.ts'

/** The value of something that is read, or why it cannot be; undefined where it is not there. */
export type Read<T> = { readonly value: T } | { readonly fault: string } | undefined

export function read<T>(file: Uint8Array | undefined, how: (file: Uint8Array) => T): Read<T> {
  if (!file) return undefined
  if (file.length > chipLimits.file) return { fault: `it has ${file.length} bytes` }
  try {
    return { value: how(file) }
  } catch (error) {
    if (error instanceof Malformed) return { fault: error.message }
    throw error
  }
}

export const valueIn = <T>(found: Read<T>): T | undefined => (found && 'value' in found ? found.value : undefined)

export const readable = <T>(found: Read<T>, missing: string, say: (value: T) => ChipCheckOutcome): ChipCheckOutcome => {
  if (!found) return notDone(missing)
  return 'fault' in found ? failed(found.fault) : say(found.value)
}
