import type * as parties from '../parties/parties.ts'
import { verificationProblem } from './problems.ts'

const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()

/**
 * The purpose that a client names must be the one that was approved: by its code, or by its sentence in either
 * language. Throws verification-purpose-not-approved.
 */
export function approvedPurpose({ purposes }: Pick<parties.Client, 'purposes'>, given: string): string {
  const asked = plain(given)
  const found = purposes.find(
    ({ scope, vi, en }) => scope === 'verification' && [scope, plain(vi), plain(en)].includes(asked),
  )
  if (!found) throw verificationProblem('verification-purpose-not-approved')
  return found.vi
}
