import type { Draft } from '../draft/draft.ts'
import type { Entry } from '../keep/queue.ts'
import type { Eligibility } from '../law/eligibility.ts'
import type { Desk } from '../paper/desk.tsx'

/** What each step is given. */
export type StepProps = {
  readonly draft: Draft
  readonly eligibility: Eligibility | undefined
  readonly desk: Desk
  /** The others of this session's queue. */
  readonly others: readonly Entry[]
  /** Changes the draft, and keeps it. */
  readonly change: (changes: Partial<Draft>) => void
  readonly next: () => void
}
