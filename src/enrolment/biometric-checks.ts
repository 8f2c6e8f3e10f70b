import type { FaceFault } from '../biometrics/face-engine/face-messages.ts'
import { queueJob } from '../platform/jobs/jobs.ts'
import type { Work } from '../platform/work.ts'
import type { ApplicationFinding } from './store-finding.ts'

/** What stands where an engine has not compared or searched, or not yet. */

/** Why a comparison of faces was not made, in the words of the console. */
export type FaceNotCompared =
  | 'waiting'
  | 'no-portrait'
  | 'no-former-portrait'
  | 'no-engine'
  | 'engine-failed'
  | FaceFault

export type FaceCheck = 'face-match' | 'face-duplicate'

/** What stands until a job has compared, and where there is nothing to compare. */
export const notCompared = (kind: FaceCheck, why: FaceNotCompared): ApplicationFinding => ({
  kind,
  verdict: 'not-done',
  facts: { why },
})

/** Whether a job has still to compare. */
export const waitsForFaces = (findings: readonly ApplicationFinding[]): boolean =>
  findings.some(({ kind, facts }) => kind.startsWith('face-') && facts['why'] === 'waiting')

/** Why an engine of somebody else's did not search all people by the pictures of a capture. */
export type NotSearched = 'search-waiting' | 'no-search-engine' | 'no-picture'

/** What stands until that engine has searched, and where nobody searches. */
export const notSearched = (why: NotSearched): ApplicationFinding => ({
  kind: 'biometric-duplicate',
  verdict: 'not-done',
  facts: { why },
})

/** Whether an engine of somebody else's has still to search for the first time. */
export const waitsForSearch = (findings: readonly ApplicationFinding[]): boolean =>
  findings.some(({ kind, facts }) => kind === 'biometric-duplicate' && facts['why'] === 'search-waiting')

/** One after another: the engine is asked by one of our jobs at a time, and others go on beside it. */
export const queueSearch = (work: Work, application: string): Promise<void> =>
  queueJob(work, 'search-people', { application }, { queue: 'engine-search', key: `search-people ${application}` })
