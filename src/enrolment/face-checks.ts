import type { FaceFault } from '../biometrics/face-engine/face-messages.ts'
import type { ApplicationFinding } from './store-finding.ts'

/** What stands where faces are not compared, or not yet. */

/** Why a comparison was not made, in the words of the console. */
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
