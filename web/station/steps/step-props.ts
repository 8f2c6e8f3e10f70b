import type { Draft } from '../draft/draft.ts'
import type { Eligibility } from '../draft/eligibility.ts'
import type { Entry } from '../keep/session-queue.ts'
import type { PaperContext } from '../paper/paper-context.tsx'

/** What each step is given. */
export type StepProps = {
  readonly draft: Draft
  readonly eligibility: Eligibility | undefined
  readonly desk: PaperContext
  /** The others of this session's queue. */
  readonly others: readonly Entry[]
  /** Changes the draft, and keeps it. */
  readonly change: (changes: Partial<Draft>) => void
  readonly next: () => void
}
