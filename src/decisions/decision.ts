import type { Id } from '../platform/ids.ts'
import type { RowScope, Work } from '../platform/work.ts'
import type { HeldState } from './contract.ts'

/** What a decision is about, and whose officers see it. */
export type DecidedSubject = {
  readonly kind: 'account' | 'application' | 'card' | 'errand'
  readonly id: string
  readonly unitId: Id<'unit' | 'school'>
  readonly personId?: Id<'person'> | undefined
}

/** Whose rows the officer saw, and for whom they stood in. */
type DecidingAuthority = { readonly scope: RowScope; readonly onBehalfOf?: string | undefined }

export type HeldDecision = {
  readonly id: Id<'held-decision'>
  /** Decisions of one press: they are undone together. */
  readonly batchId: Id<'held-decision'>
  readonly kind: string
  readonly subjectKind: DecidedSubject['kind']
  readonly subjectId: string
  readonly personId: Id<'person'> | null
  readonly unitId: Id<'unit' | 'school'>
  /** What the officer gave with it; emptied when it ends. */
  readonly input: unknown
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly actsInId: Id<'unit'> | null
  /** Under which the officer decided; emptied when it ends. */
  readonly authority: DecidingAuthority | null
  readonly takesEffectAt: Date
  readonly state: HeldState
  readonly endedAt: Date | null
  readonly endedBy: string | null
  readonly problem: string | null
}

/** One kind of decision: with which right and for which purpose it is made, and what it does. */
export type DecisionKind<Result = unknown, Input = never> = {
  /** As its deeds name it, such as approve-account. */
  readonly name: string
  readonly right: string
  readonly purpose: string
  /** The verb itself, called once to see that nothing stands against it, and once when it takes effect. */
  readonly carryOut: (work: Work, subjectId: string, input: Input, decidedAt?: Date) => Promise<Result>
}

/** All kinds; src/decision-kinds.ts joins those of all contexts. */
export type DecisionKinds = readonly DecisionKind[]

export const secondsLeft = ({ takesEffectAt }: Pick<HeldDecision, 'takesEffectAt'>, now: Date): number =>
  Math.max(0, Math.ceil((takesEffectAt.getTime() - now.getTime()) / 1000))
