import type { Id } from '../../platform/ids.ts'
/**
 * Factors: how holders prove who they are. A factor is a passcode, a code by message or app, a passkey, a recovery
 * code, or the device on which the account is used.
 * A number and a secret come in. Decided is whether they are the holder's; guesses are counted and slowed down first,
 * and an unknown number gets the same treatment. Secrets are stored as hashes or sealed, and only a work in the factor
 * scope sees them (`inFactorScope`). The holder is notified of each change on the account's phone.
 * Deeds: factor.added, .removed, .refused, recovery-code.used, device.known, .ended.
 */

import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { networkOf, slowdownKeyOf } from '../../platform/limits/slowdown.ts'
import { asSystem, seeingHouse, type Work } from '../../platform/work.ts'
import type { Holder, HolderRef } from '../holder.ts'
import * as holders from '../store-holder.ts'
import * as store from './store.ts'

export type { Holder, HolderRef } from '../holder.ts'

/** The actor of a sign-in: the house, on behalf of the person once the person is known. */
export const signingIn = (personId?: Id<'person'>) => asSystem('sign-in', 'house', personId)

/**
 * Runs a step of a work in the factor scope, in which the step sees all factors. Only functions of this context call
 * it.
 */
export const withFactors = <T>(work: Work, step: (work: Work) => Promise<T>): Promise<T> =>
  seeingHouse(work, house => store.withFactors(house, () => step(house)))

/**
 * The holder of the living (not cancelled) account of the person who has this number now; undefined for any other text.
 */
export async function findHolder(work: Work, number: string): Promise<Holder | undefined> {
  const reading = parseNumber(number)
  return withFactors(work, house => holders.holderByNumber(house, reading.kind === 'number' ? reading.number : ''))
}

/**
 * The key under which tries at an unknown number are counted. The number is read as `findHolder` reads it, so that
 * tries count alike however it is typed. A text that is no number is counted as itself.
 */
export function countedAs(number: string): string {
  const reading = parseNumber(number)
  return reading.kind === 'number' ? `nobody ${reading.number}` : `no number ${number.slice(0, 40)}`
}

/** The holder of an account by its ids; undefined for a cancelled account. */
export const getHolder = (work: Work, ref: HolderRef): Promise<Holder | undefined> =>
  withFactors(work, house => holders.holderById(house, ref))

/** The account as the subject of a deed; 'unknown' for an unknown number. */
export const subjectOf = (holder: HolderRef | undefined) =>
  holder ? { kind: 'account', id: holder.accountId, personId: holder.personId } : { kind: 'account', id: 'unknown' }

/** Records a wrong secret: which kind and whose account, and nothing of what was typed. */
export const refusedDeed = (work: Work, holder: HolderRef | undefined, factor: string) =>
  audit.record(work, 'factor.refused', subjectOf(holder), { factor })

/** The row that a sealed secret is bound to. A secret moved to another row does not open. */
export const placeOf = ({ personId, accountId }: HolderRef) => `${personId}/${accountId}`

/** Second factors come after a first one, so five typing mistakes cost nothing. */
export const secondFactor: Patience = { free: 5, first: 2, longest: 15 * 60 }

export const keyOfAccount = (what: string, { accountId }: HolderRef) => slowdownKeyOf(what, accountId)
export const keyOfPlace = (what: string, address: string) => slowdownKeyOf(what, 'place', networkOf(address))
