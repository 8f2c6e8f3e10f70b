import type { Id } from '../../platform/ids.ts'
/**
 * Factors: what holders prove themselves by, a passcode, a number by message or of an app, a passkey, a recovery code,
 * and the device on which the account is used. A number and a secret come in; decided is whether they are the
 * holder's, with guesses counted and slowed first, and alike for a number that is nobody's. Secrets are kept as hashes
 * or sealed, and are seen only in a work that opens them (`inFactorScope`); the holder is told of each change on the
 * account's phone.
 * Deeds: factor.added, .removed, .refused, recovery-code.used, device.known, .ended.
 */

import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { networkOf, slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import { asSystem, type Work, withHouseScope } from '../../platform/work.ts'
import type { Holder, HolderRef } from '../holder.ts'
import * as holders from '../store-holder.ts'
import * as store from './store.ts'

export type { Holder, HolderRef } from '../holder.ts'

/** Signing in has nobody yet: it is the house that acts, on behalf of the person once it knows who that is. */
export const signInScope = (personId?: Id<'person'>) => asSystem('sign-in', 'house', personId)

/**
 * Opens what holders prove themselves by for some steps of a work, which also see beyond the work's scope. Its callers
 * are the verbs of this context alone.
 */
export const inFactorScope = <T>(work: Work, step: (work: Work) => Promise<T>): Promise<T> =>
  withHouseScope(work, house => store.withFactorSetting(house, () => step(house)))

/**
 * The holder of the living (not cancelled) account of whoever has this number now; undefined for any other text too.
 */
export async function findHolder(work: Work, number: string): Promise<Holder | undefined> {
  const reading = parseNumber(number)
  return inFactorScope(work, house =>
    holders.findHolderByNumber(house, reading.kind === 'number' ? reading.number : ''),
  )
}

/**
 * By what tries at a number that is nobody's are counted: as `findHolder` reads it, so that they are counted as tries
 * at somebody's are, however it is typed. What is no number at all is nobody's for certain, and is counted for itself.
 */
export function slowdownKeyOfNumber(number: string): string {
  const reading = parseNumber(number)
  return reading.kind === 'number' ? `nobody ${reading.number}` : `no number ${number.slice(0, 40)}`
}

/** The holder of an account by its ids; undefined where it was cancelled. */
export const getHolder = (work: Work, ref: HolderRef): Promise<Holder | undefined> =>
  inFactorScope(work, house => holders.findHolderById(house, ref))

/** The account as the subject of a deed; 'unknown' where the number is nobody's. */
export const subjectOfHolder = (holder: HolderRef | undefined) =>
  holder ? { kind: 'account', id: holder.accountId, personId: holder.personId } : { kind: 'account', id: 'unknown' }

/** A secret that was wrong leaves a trace: which kind, of whose account, and nothing of what was typed. */
export const refusedDeed = (work: Work, holder: HolderRef | undefined, factor: string) =>
  audit.record(work, 'factor.refused', subjectOfHolder(holder), { factor })

/** Where something is bound to: a secret moved to another row does not open. */
export const rowKeyOf = ({ personId, accountId }: { readonly personId: string; readonly accountId: string }) =>
  `${personId}/${accountId}`

export const keyOfAccount = (kind: string, { accountId }: HolderRef) => slowdownKeyOf(kind, accountId)
export const keyOfAddress = (kind: string, address: string) => slowdownKeyOf(kind, 'place', networkOf(address))
