import type { Basis } from '../need-codes.ts'
import type { CohortRule } from './contract.ts'

/** A part of a campaign's people, by cohort and years of birth; absent years are without end. */
export type CampaignBand = {
  readonly band: number
  readonly cohort: number
  readonly name: string
  readonly bornFrom?: number
  readonly bornTo?: number
}

/** Ages at which bands of adults begin: the law's own (LCCCD Art. 21), and the ends of schooling. */
const ages = [14, 18, 25, 40, 60] as const

function bandsOfAges(startYear: number): Omit<CampaignBand, 'band' | 'cohort'>[] {
  const youngest = { name: `dưới ${ages[0]}`, bornFrom: startYear - ages[0] + 1 }
  const rest = ages.map((age, i) => {
    const next = ages[i + 1]
    const bornTo = startYear - age
    return next === undefined
      ? { name: `từ ${age} tuổi`, bornTo }
      : { name: `${age}–${next - 1} tuổi`, bornFrom: startYear - next + 1, bornTo }
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
      .map(year => ({ name: `sinh ${year}`, bornFrom: year, bornTo: year }))
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
  return [...parts, { cohort: added, name: 'đưa thêm' }].map((band, i) => ({ band: i + 1, ...band }))
}

/** In the place of a cohort: people whom someone added. */
const added = -1

export const cohortName = (rule: CohortRule, index: number) => rule.name ?? `nhóm ${index + 1}`

/** The relation by which members belong to units, where a cohort names none: the first that a cohort names. */
export const basisOfCohorts = (cohorts: readonly CohortRule[]): Basis =>
  cohorts.find(({ basis }) => basis)?.basis ?? 'permanent'

/** The age from which a cohort's people count: as given, or the age at which a card is due when one is lacked. */
export const cohortAge = ({ ageFrom, lacking }: CohortRule, ageOfCard: number): number | undefined =>
  ageFrom ?? (lacking?.includes('card') ? ageOfCard : undefined)
