import type * as parties from '../parties/parties.ts'
import { verificationProblem } from './problems.ts'

const plainText = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()

/**
 * The purpose that a client names must be the one that was approved: by its code, or by its sentence in either
 * language. Throws verification-purpose-not-approved.
 */
export function approvedPurpose({ purposes }: Pick<parties.Client, 'purposes'>, typed: string): string {
  const asked = plainText(typed)
  const found = purposes.find(
    ({ scope, vi, en }) => scope === 'verification' && [scope, plainText(vi), plainText(en)].includes(asked),
  )
  if (!found) throw verificationProblem('verification-purpose-not-approved')
  return found.vi
}
