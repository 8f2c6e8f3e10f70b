import { now } from '../../platform/clock.ts'
import { writeCbeff } from './cbeff.ts'
import { hashOfToken, isReferenceToken, newReferenceToken, type References } from './references.ts'

/** Addresses of one process, in memory, for tests of engines; `address` is what stands before the token. */
export function referencesInMemory(address: string) {
  const open = new Map<string, { readonly reference: string; readonly document: string; readonly expiresAt: Date }>()
  return {
    issue(reference, pictures) {
      const { token, hash, expiresAt } = newReferenceToken()
      open.set(hash, { reference, document: writeCbeff(pictures), expiresAt })
      return `${address}${token}`
    },
    take(token: string): string | undefined {
      if (!isReferenceToken(token)) return undefined
      const hash = hashOfToken(token)
      const one = open.get(hash)
      open.delete(hash)
      return one && one.expiresAt > now() ? one.document : undefined
    },
    end(reference) {
      for (const [hash, one] of open) if (one.reference === reference) open.delete(hash)
    },
    get waiting() {
      return open.size
    },
  } satisfies References & Record<string, unknown>
}
