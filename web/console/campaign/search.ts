import type { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import type { MetricName } from '../../../src/campaign/cohorts/contract-definition.ts'
import type { figureFunnel, figureMap, quickStatistics } from '../../../src/statistics/contract.ts'
import { type differenceCauses, peopleGroups } from '../../../src/statistics/figures/contract-people.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Campaign = Answer<typeof campaignList>['campaigns'][number]
export type QuickSheet = Answer<typeof quickStatistics>
export type QuickRow = QuickSheet['whole']
export type TileMapAnswer = Answer<typeof figureMap>
export type FunnelAnswer = Answer<typeof figureFunnel>
export type Metric = QuickSheet['metric']
export type MapName = QuickSheet['map']
export type Which = (typeof peopleGroups)[number]
export type Cause = (typeof differenceCauses)[number]
export type { MetricName }

/**
 * What a page of a campaign shows, as the address holds it: campaign, unit, metric, day, map, cohort band. Nothing
 * personal.
 */
const keys = ['cd', 'dv', 'cs', 'ngay', 'bd', 'nhom'] as const
/**
 * Which people of a figure: kind, first day, school, class; an earlier edition to compare with, and one cause of the
 * difference; and in which order. A name that is looked for stands in no address.
 */
const listKeys = [...keys, 'kieu', 'tu', 'truong', 'lop', 'tu-ban', 'nn', 'xep'] as const

export type CampaignSearch = { readonly [Key in (typeof keys)[number]]?: string | undefined }
export type PeopleSearch = { readonly [Key in (typeof listKeys)[number]]?: string | undefined }

export const campaignSearch = (search: Search): CampaignSearch =>
  Object.fromEntries(keys.map(key => [key, search[key]]))
export const peopleSearch = (search: Search): PeopleSearch =>
  Object.fromEntries(listKeys.map(key => [key, search[key]]))

export const among = <Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined =>
  words.find(word => word === text)

/** What the work itself gives, in place of people: it has no list of them. */
const workMetrics: readonly Metric[] = ['sessions-held', 'sites', 'officer-hours', 'overtime-hours']
export const countsPeople = (metric: Metric) => !workMetrics.includes(metric)

const steps = [
  'account-received',
  'account-approved',
  'account-activated',
  'card-applied',
  'card-approved',
  'card-produced',
  'card-returned',
  'card-handed-over',
] as const satisfies readonly Metric[]
export type Step = (typeof steps)[number]
export const asStep = (metric: Metric): Step | undefined => steps.find(step => step === metric)

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }
export const defined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as Defined<T>

/**
 * The same as the doors ask for it. `metrics` are those of the campaign: a figure that it does not count is left out.
 */
export const asQuery = ({ dv, cs, ngay, bd, nhom }: CampaignSearch, metrics: readonly Metric[]) =>
  defined({
    unit: dv,
    metric: among(metrics, cs),
    day: ngay,
    map: bd && /^\d{4}$/.test(bd) ? bd : undefined,
    band: Number(nhom) > 0 ? Number(nhom) : undefined,
  })

export const asListQuery = (search: PeopleSearch, metrics: readonly Metric[]) => ({
  ...asQuery(search, metrics),
  ...defined({ which: among(peopleGroups, search.kieu), from: search.tu, school: search.truong, class: search.lop }),
})

export const campaignAt = (search: CampaignSearch, page = '/chien-dich') => at(`${page}${writeSearch(search)}`)
export const peopleAt = (search: PeopleSearch) => at(`/chien-dich/nguoi${writeSearch(search)}`)
export const peoplePaperAt = (search: PeopleSearch) => at(`/chien-dich/nguoi/in${writeSearch(search)}`)

export const kindOf = ({ kieu }: PeopleSearch): Which => among(peopleGroups, kieu) ?? 'done'

/** The figure that a page is of: that of the address, else the campaign's first. */
export const metricOf = (campaign: Campaign, { cs }: CampaignSearch): Metric | undefined =>
  among(campaign.metrics, cs) ?? campaign.metrics[0]

/** The campaign that the address names, else that of the unit's first page, else the latest. */
export const chosenOf = (
  { campaigns, first }: Pick<Answer<typeof campaignList>, 'campaigns' | 'first'>,
  { cd }: CampaignSearch,
) => (cd ? campaigns.find(({ id }) => id === cd) : (campaigns.find(({ id }) => id === first) ?? campaigns[0]))
