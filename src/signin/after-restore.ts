import type * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as consents from './consents/consents.ts'
import { rotateKeysNow } from './keys/keys.ts'
import * as artifacts from './store.ts'
import * as restored from './store-after-restore.ts'

/** What is true of sign-ins again after a database was set back to an earlier moment. */

/**
 * Nobody is signed in any more, no code, token or grant counts, and fresh keys sign. Consents stay, and are asked for
 * again at the next sign-in. Gives how many lived.
 */
export const endEverySignIn = (
  work: Work,
): Promise<{ readonly sessions: number; readonly artifacts: number; readonly keys: number }> =>
  artifacts.withSignInScope(work, async () => ({
    sessions: await restored.endEverySession(work),
    artifacts: await restored.deleteEveryArtifact(work),
    keys: (await rotateKeysNow(work)).gone,
  }))

/** Consents that were withdrawn since, or ended with their account. */
export const withdrawAgain = (work: Work, lines: readonly Pick<audit.JournalLine, 'of'>[]): Promise<audit.Again[]> =>
  artifacts.withSignInScope(work, async () => {
    const holders = await restored.findConsentHolders(
      work,
      lines.map(({ of }) => of),
    )
    const outcomes: audit.Again[] = []
    for (const { of } of lines) {
      const personId = holders.get(of)
      const isEnded = personId && (await consents.endConsent(work, personId as Id<'person'>, of as consents.ConsentId))
      outcomes.push(isEnded ? 'again' : personId ? 'already' : 'unknown')
    }
    return outcomes
  })
