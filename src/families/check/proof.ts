import { asId, type Id, isId } from '../../platform/ids.ts'
import { seal, unseal } from '../../platform/sealing/sealing.ts'
import type { Visitor } from '../actor.ts'
import { answerMinutes } from '../law.ts'

/**
 * What a page without an account hands on to its second step: whose it is and behind which receipt or link, sealed
 * under the installation’s key and good for some minutes. No cookie and no address has it.
 */

export type ProvenVisitor = { readonly personId: Id<'person'>; readonly by: Visitor['by'] }

const place = 'families/check'

export const sealProof = ({ personId, by }: ProvenVisitor, now: Date): string =>
  seal('kept-form', place, JSON.stringify({ personId, by, until: now.getTime() + answerMinutes * 60_000 })).toString(
    'base64url',
  )

export function readProof(sealed: string, now: Date): ProvenVisitor | undefined {
  if (!/^[\w-]{40,2000}$/.test(sealed)) return undefined
  try {
    const { personId, by, until } = JSON.parse(
      unseal('kept-form', place, Buffer.from(sealed, 'base64url')),
    ) as ProvenVisitor & {
      readonly until: number
    }
    return until > now.getTime() && isId(personId) ? { personId: asId<'person'>(personId), by } : undefined
  } catch {
    // Sealed by another installation, under a former key, or changed.
    return undefined
  }
}
