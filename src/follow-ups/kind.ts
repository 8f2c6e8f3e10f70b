import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { FollowUp, KeptKind, StuckOwner } from './follow-up.ts'

/** The right that a reader of a kind needs, and why its personal data are read. */
type ReadAccess = { readonly right: string; readonly purpose: string }

type Bilingual = { readonly vi: string; readonly en: string }

/** What a reader of a follow-up sees beside it: the source with its own scope, the person with the register's. */
export type FollowUpDetails = {
  /** What is wrong, why its owner acts, and what they are asked to do. */
  readonly what: Bilingual
  readonly why: Bilingual
  readonly task: Bilingual
  readonly scopeName: string
  /** The name in the source, or the register's for a reader who does not see the source. */
  readonly name: string
  readonly personId?: Id<'person'> | undefined
  /** Where in the source: the sheet, and the row of it as a person counts them. */
  readonly sheet?: string | undefined
  readonly row?: number | undefined
  /** Both values, as far as the reader may see them: names, days, M and F, numbers, alive and dead. */
  readonly field?: string | undefined
  readonly sourceValue?: string | undefined
  readonly registerValue?: string | undefined
}

/** The texts of a follow-up. */
export type FollowUpTexts = Pick<FollowUpDetails, 'what' | 'why' | 'task'>

/** What the context that opens follow-ups of a kind knows of them. */
export type KeptKindRules = ReadAccess & {
  /** What waits, where the kind is counted among other work. */
  readonly title: Bilingual
  /** Whether papers that the owner has seen can settle a follow-up of this reason. */
  readonly papersDecide: (reason: string) => boolean
  /** Reasons that a reader is not told of: neither listed nor counted. */
  readonly withheld?: (work: Work) => readonly string[]
  /** The details of each, in the order given. Notes the reading of their persons. */
  readonly describe: (work: Work, followUps: readonly FollowUp[]) => Promise<readonly FollowUpDetails[]>
}

/** Something that is stuck between two steps without a follow-up of its own. */
export type StuckItem = {
  readonly reason: string
  /** What is stuck, a text of its context: an application, a card, a number of a station's counter. */
  readonly subject: string
  readonly owner: StuckOwner
  /** The unit or school that has it in hand. */
  readonly unitId: string
  readonly personId?: Id<'person'> | undefined
  readonly sinceOn: Day
  readonly dueOn: Day
  readonly facts: Readonly<Record<string, unknown>>
}

/** How many are alike in who acts and until when. */
export type StuckCount = Pick<StuckItem, 'owner' | 'dueOn'> & { readonly count: number }

export type StuckDetails = {
  readonly unit: { readonly id: string; readonly name: string }
  readonly name?: string | undefined
}

/** What is found anew each time. */
export type DerivedKindRules = ReadAccess & {
  /** How many there are by owner and last day, without reading anybody's data. */
  readonly count: (work: Work) => Promise<readonly StuckCount[]>
  /** A page of all that the scope sees, the soonest due first. */
  readonly find: (
    work: Work,
    page: { readonly offset: number; readonly limit: number },
  ) => Promise<readonly StuckItem[]>
  readonly describe: (work: Work, items: readonly StuckItem[]) => Promise<readonly StuckDetails[]>
}

/** Every kind with its rules; src/follow-up-kinds.ts joins them. */
export type FollowUpKinds = Readonly<Record<KeptKind, KeptKindRules>> & { readonly gap: DerivedKindRules }
