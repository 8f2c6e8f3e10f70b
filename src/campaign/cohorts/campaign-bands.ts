import { bandAges } from '../law.ts'
import { cohortName } from './cohort-rule.ts'
import type { CohortRule } from './contract-definition.ts'
import { bandNames } from './words.ts'

/** A part of a campaign's people, by cohort and years of birth; absent years are without end. */
export type CampaignBand = {
  readonly band: number
  readonly cohort: number
  readonly name: string
  readonly bornFrom?: number
  readonly bornTo?: number
}

function bandsOfAges(startYear: number): Omit<CampaignBand, 'band' | 'cohort'>[] {
  const youngest = { name: bandNames.below(bandAges[0]), bornFrom: startYear - bandAges[0] + 1 }
  const rest = bandAges.map((age, i) => {
    const next = bandAges[i + 1]
    const bornTo = startYear - age
    return next === undefined
      ? { name: bandNames.from(age), bornTo }
      : { name: bandNames.between(age, next - 1), bornFrom: startYear - next + 1, bornTo }
  })
  return [youngest, ...rest]
}

/**
 * The bands of a cohort: its years of birth one by one where it names some, else by age in the year the campaign
 * begins. Parents have no years of their own.
 */
function bandsOfRule(rule: CohortRule, startYear: number): Omit<CampaignBand, 'band' | 'cohort'>[] {
  if (rule.bornIn?.length && !rule.relation)
    return [...new Set(rule.bornIn)]
      .sort((a, b) => a - b)
      .map(year => ({ name: bandNames.bornIn(year), bornFrom: year, bornTo: year }))
  return bandsOfAges(startYear)
}

/** Every part of a campaign, numbered from 1: chosen once, when it is made, so that figures of all its days compare. */
export function bandsOfCampaign(cohorts: readonly CohortRule[], startYear: number): CampaignBand[] {
  const several = cohorts.length > 1
  const parts = cohorts.flatMap((rule, cohort) =>
    bandsOfRule(rule, startYear).map(band => ({
      ...band,
      cohort,
      name: several ? `${cohortName(rule, cohort)}, ${band.name}` : band.name,
    })),
  )
  // A person added against the rule may be of any age; one who fits no band has a band of its own.
  return [...parts, { cohort: added, name: bandNames.added }].map((band, i) => ({ band: i + 1, ...band }))
}

/** In the place of a cohort: people whom someone added. */
const added = -1
