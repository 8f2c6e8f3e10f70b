import type { Basis } from '../need-codes.ts'
import type { CohortRule } from './contract-definition.ts'
import { cohortNumbered } from './words.ts'

/** What a cohort's rule says where it leaves something out: its name, its relation to units, its age. */

export const cohortName = (rule: CohortRule, index: number) => rule.name ?? cohortNumbered(index + 1)

/** The relation by which members belong to units, where a cohort names none: the first that a cohort names. */
export const basisOfCohorts = (cohorts: readonly CohortRule[]): Basis =>
  cohorts.find(({ basis }) => basis)?.basis ?? 'permanent'

/** The age from which a cohort's people count: as given, or the age at which a card is due when one is lacked. */
export const cohortAge = ({ ageFrom, lacking }: CohortRule, ageOfCard: number): number | undefined =>
  ageFrom ?? (lacking?.includes('card') ? ageOfCard : undefined)
