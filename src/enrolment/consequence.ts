import type { Deed, Work } from '../platform/work.ts'
import { followCorrection } from './adjudicate.ts'

const outcomes = { 'correction.approved': 'approved', 'correction.refused': 'refused', 'correction.withdrawn': 'withdrawn' } as const

/** A consequence of a correction's end: the application that waited for it goes on, or an officer looks at it again. */
export async function followCorrectionDeed(work: Work, { deed, subject }: Deed): Promise<void> {
  const outcome = outcomes[deed as keyof typeof outcomes]
  if (outcome) await followCorrection(work, subject.id, outcome)
}
