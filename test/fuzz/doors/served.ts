import type { JWK } from 'jose'
import type { TSchema } from 'typebox'
import type { Ids } from './harvest.ts'

/** What a served house tells whoever fuzzes it: over IPC, since it runs in a process of its own. */

export type FuzzedRoute = {
  readonly method: string
  /** With parameters as `:name`. */
  readonly url: string
  /** The right that its door asks for; undefined for a route without a door, such as a page. */
  readonly right?: string
  readonly takesFile?: boolean
  readonly consumes?: readonly string[]
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply?: TSchema
}

/** Somebody to ask as: an officer, a citizen, a relying party. */
export type Caller = {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  /** Rights, where it has a role or is a party. */
  readonly rights: readonly string[]
}

export type ServedToFuzz = {
  readonly port: number
  readonly routes: readonly FuzzedRoute[]
  readonly callers: readonly Caller[]
  /** Ids that there are, by the path up to their parameter, and of everything. */
  readonly ids: Ids
  /** Numbers and names of the seeded people: bait for requests, and what no log may have. */
  readonly numbers: readonly string[]
  readonly names: readonly string[]
  readonly problemCodes: readonly string[]
  /** Parties that sign people in, with their private keys. */
  readonly parties: readonly PartyToFuzz[]
}

export type PartyToFuzz = {
  readonly isFapi: boolean
  readonly clientId: string
  readonly redirectUri: string
  readonly jwk: JWK
}

/** The event loop was held for so long while these requests were answered. */
export type Stretch = { readonly milliseconds: number; readonly requests: readonly string[] }

export type Measured = {
  readonly heapMegabytes: number
  readonly stretches: readonly Stretch[]
  readonly rejections: readonly string[]
  /** Jobs that failed since this was last asked, with why. */
  readonly failedJobs: readonly string[]
}

export type FromServed =
  | { readonly what: 'ready'; readonly served: ServedToFuzz }
  | { readonly what: 'failed'; readonly why: string }
  | { readonly what: 'measured'; readonly measured: Measured }
  | { readonly what: 'callers'; readonly callers: readonly Caller[] }
  | { readonly what: 'left-open'; readonly transactions: readonly string[] }

export type ToServed = { readonly what: 'measure' | 'sign-in' | 'left-open' | 'stop' }
