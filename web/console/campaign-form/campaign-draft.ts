import type { CohortRule, Definition } from '../../../src/campaign/cohorts/contract-definition.ts'
import { foldMarks } from '../../../src/names/name.ts'
import type { SchoolKind } from '../../../src/units/contract.ts'
import type { Campaign } from '../campaign/search.ts'

/** A campaign as the form holds it: what was typed stays so, and becomes a definition where it is whole. */

export const neededThings = ['card', 'account', 'activation', 'level-2'] as const
export type Needed = (typeof neededThings)[number]

type Metric = Definition['metrics'][number]

/** What a campaign counts for each thing that it asks for. */
const metricsOf: Readonly<Record<Needed, readonly Metric[]>> = {
  card: ['card-applied', 'card-approved', 'card-produced', 'card-returned', 'card-handed-over'],
  account: ['account-received', 'account-approved'],
  activation: ['account-activated'],
  'level-2': ['account-approved-2', 'account-activated-2'],
}

export const campaignKinds = ['exam', 'school', 'residents'] as const
export type CampaignKind = (typeof campaignKinds)[number]

export type CohortDraft = {
  readonly key: number
  readonly name: string
  readonly years: string
  readonly ageFrom: string
  readonly grades: string
  readonly schoolKinds: readonly SchoolKind[]
  readonly units: string
  readonly lackingOnly: boolean
  /** What the form does not show, kept as it was. */
  readonly rest: CohortRule
}

export type CampaignDraft = {
  readonly kind: CampaignKind
  readonly title: string
  readonly purpose: string
  readonly startsOn: string
  readonly schoolYear: string
  readonly needed: readonly Needed[]
  readonly cardBy: string
  readonly accountBy: string
  readonly cohorts: readonly CohortDraft[]
}

/** Above all of before: a draft that is taken up again brings its keys. */
let nextKey = Date.now()
export const emptyCohort = (years = ''): CohortDraft => ({
  key: nextKey++,
  name: '',
  years,
  ageFrom: '',
  grades: '',
  schoolKinds: [],
  units: '',
  lackingOnly: false,
  rest: {},
})

export const emptyDraft = (examYears: string): CampaignDraft => ({
  kind: 'exam',
  title: '',
  purpose: '',
  startsOn: '',
  schoolYear: '',
  needed: ['card', 'account', 'activation'],
  cardBy: '',
  accountBy: '',
  cohorts: [emptyCohort(examYears)],
})

/** 2004, 2005, 2007-2009 → each year; undefined where it says something else. */
export function readNumbers(text: string): number[] | undefined {
  const found: number[] = []
  for (const part of text.split(/[,;\s]+/).filter(Boolean)) {
    const [, from, to] = /^(\d{1,4})(?:[-–](\d{1,4}))?$/.exec(part) ?? []
    if (!from) return undefined
    const [first, last] = [Number(from), Number(to ?? from)]
    if (last < first || last - first > 120) return undefined
    for (let n = first; n <= last; n += 1) found.push(n)
  }
  return [...new Set(found)].sort((a, b) => a - b)
}

export const shortNameOf = (title: string) =>
  foldMarks(title)
    .replace(/ /g, '-')
    .replace(/[^a-z0-9-]/g, '')
    .slice(0, 60)

export const draftFaults = [
  'title',
  'starts',
  'needed',
  'years',
  'grades',
  'age',
  'both',
  'nobody',
  'units',
  'card-before',
  'account-before',
  'school-year',
] as const
export type DraftFault = (typeof draftFaults)[number]

const isDay = (text: string) => /^20\d\d-\d\d-\d\d$/.test(text)
const within = (numbers: readonly number[] | undefined, least: number, most: number) =>
  numbers?.every(n => n >= least && n <= most) ?? false

function faultsOfCohort({ years, grades, ageFrom, units, schoolKinds, rest, lackingOnly }: CohortDraft): DraftFault[] {
  const says = [years, grades, ageFrom, units].some(Boolean) || schoolKinds.length > 0 || lackingOnly || rest.from
  return [
    ...(within(readNumbers(years), 1900, 2100) ? [] : (['years'] as const)),
    ...(within(readNumbers(grades), 1, 12) ? [] : (['grades'] as const)),
    ...(ageFrom === '' || (/^\d{1,3}$/.test(ageFrom) && Number(ageFrom) <= 120) ? [] : (['age'] as const)),
    ...(years && ageFrom ? (['both'] as const) : []),
    ...(/^[\w.\s,;-]*$/.test(units) ? [] : (['units'] as const)),
    ...(says ? [] : (['nobody'] as const)),
  ]
}

/** What is still missing or wrong, in the order of the form; of cohorts with their place. */
export function faultsOf(draft: CampaignDraft): { readonly fault: DraftFault; readonly cohort?: number }[] {
  const { title, startsOn, schoolYear, needed, cardBy, accountBy, cohorts } = draft
  const [, from, to] = /^(\d{4})-(\d{4})$/.exec(schoolYear) ?? []
  return [
    ...(shortNameOf(title) ? [] : [{ fault: 'title' as const }]),
    ...(isDay(startsOn) ? [] : [{ fault: 'starts' as const }]),
    ...(schoolYear === '' || Number(to) === Number(from) + 1 ? [] : [{ fault: 'school-year' as const }]),
    ...(needed.length > 0 ? [] : [{ fault: 'needed' as const }]),
    ...(cardBy && cardBy < startsOn ? [{ fault: 'card-before' as const }] : []),
    ...(accountBy && accountBy < startsOn ? [{ fault: 'account-before' as const }] : []),
    ...cohorts.flatMap((one, cohort) => faultsOfCohort(one).map(fault => ({ fault, cohort }))),
  ]
}

const ruleOf = (draft: CampaignDraft, one: CohortDraft): CohortRule => {
  const [bornIn, grades] = [readNumbers(one.years) ?? [], readNumbers(one.grades) ?? []]
  const units = one.units.split(/[,;\s]+/).filter(Boolean)
  const lacking = draft.needed.map(need => need)
  const from = draft.kind === 'exam' ? 'candidates' : undefined
  return {
    ...one.rest,
    ...(one.name.trim() && { name: one.name.trim() }),
    basis: one.rest.basis ?? (draft.kind === 'residents' ? 'permanent' : 'school'),
    ...(bornIn.length > 0 && { bornIn }),
    ...(grades.length > 0 && { grades }),
    ...(one.ageFrom && { ageFrom: Number(one.ageFrom) }),
    ...(one.schoolKinds.length > 0 && { schoolKinds: [...one.schoolKinds] }),
    ...(units.length > 0 && { units }),
    ...(one.lackingOnly && { lacking }),
    ...(from && !one.rest.from && bornIn.length === 0 && { from }),
  }
}

/** The definition that the form describes, for the door and for a file; whole where there are no faults. */
export function definitionOf(
  draft: CampaignDraft,
  words: { card: string; account: string },
  name?: string,
): Definition {
  const { title, purpose, startsOn, schoolYear, needed, cardBy, accountBy, cohorts } = draft
  return {
    name: name ?? shortNameOf(title),
    title: title.trim(),
    ...(purpose.trim() && { purpose: purpose.trim() }),
    ...(schoolYear && { schoolYear }),
    startsOn,
    metrics: ['number-known', ...neededThings.flatMap(need => (needed.includes(need) ? metricsOf[need] : []))],
    deadlines: [
      ...(cardBy ? [{ name: words.card, on: cardBy, proof: 'card-in-hand' as const }] : []),
      ...(accountBy ? [{ name: words.account, on: accountBy, proof: 'account-activated' as const }] : []),
    ],
    cohorts: cohorts.map(one => ruleOf(draft, one)),
  }
}

const spans = (numbers: readonly number[] = []) => numbers.join(', ')

/** The form of a campaign that has not begun. */
export function draftOf({
  title,
  purpose,
  startsOn,
  schoolYear,
  metrics,
  deadlines,
  cohorts,
  basis,
}: Campaign): CampaignDraft {
  const by = (proof: string) => deadlines.find(one => one.proof === proof)?.on ?? ''
  return {
    kind: basis === 'school' ? 'school' : 'residents',
    title,
    purpose: purpose ?? '',
    startsOn,
    schoolYear: schoolYear ?? '',
    needed: neededThings.filter(need => metricsOf[need].some(metric => metrics.includes(metric))),
    cardBy: by('card-in-hand'),
    accountBy: by('account-activated'),
    cohorts: cohorts.map(({ name, rule }) => {
      const { bornIn, grades, ageFrom, schoolKinds, units, lacking, name: _name, ...rest } = rule
      return {
        ...emptyCohort(spans(bornIn)),
        name,
        grades: spans(grades),
        ageFrom: ageFrom === undefined ? '' : String(ageFrom),
        schoolKinds: schoolKinds ?? [],
        units: units?.join(', ') ?? '',
        lackingOnly: !!lacking?.length,
        rest,
      }
    }),
  }
}
