/**
 * The members of a campaign. A definition comes in, from a file or a form. Decided here: its cohorts, bands and
 * deadlines, the unit that runs it, and the units that take part. What goes out are campaigns (campaigns.ts), their
 * members (here) and the people that a list's filter asks for (list-filter.ts). Officers add and excuse people against
 * the rule (exception.ts). Deeds: campaign.created, campaign.closed, exception.said, exception.taken-back.
 */

import * as cards from '../../cards/cards.ts'
import { addDays, asDay, type Day, dayBefore } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { openEndedDays } from '../law.ts'
import { needLawOn } from '../need-law.ts'
import { type Campaign, draftCampaign, lastDeadline } from './campaigns.ts'
import { cohortAge } from './cohort-rule.ts'
import type { CohortRule } from './contract-definition.ts'
import { readDefinition } from './definition.ts'
import { cohortsOf } from './store.ts'
import * as store from './store-member.ts'

/** Everything that membership of a campaign depends on, as of the house's day. */
async function memberQueryOf(
  work: Work,
  campaign: Campaign,
  rules?: { readonly cohorts: readonly CohortRule[]; readonly lastDeadline: Day | undefined },
): Promise<store.MemberQuery> {
  const day = work.today
  const last = rules ? rules.lastDeadline : await lastDeadline(work, campaign)
  const lastOn = last ?? addDays(campaign.startsOn, ruleOn(openEndedDays, day, work))
  const homes = await units.homesOn(work, campaign.unitId, await lastStandingDay(work, campaign, day))
  const cohorts = rules?.cohorts ?? (await cohortsOf(work, campaign.id)).map(({ rule }) => rule)
  const schools = await units.schoolsIn(work, [...homes.keys()], day)
  const ageOfCard = cards.ageWhenDue(lastOn, work)
  return {
    campaignId: campaign.id,
    rootUnitId: campaign.unitId,
    basis: campaign.basis,
    schoolYear: campaign.schoolYear,
    startsOn: campaign.startsOn,
    openedOn: dayBefore(campaign.startsOn),
    day,
    lastOn,
    // A person who comes of age before the last deadline counts too; the law of that day says whether they lack a card.
    law: needLawOn(lastOn, work),
    units: [...homes.keys()],
    schools: schools.map(({ id, unitId }) => [id, unitId] as const),
    cohorts: await Promise.all(
      cohorts.map(async rule => ({
        rule,
        basis: rule.basis ?? campaign.basis,
        ageFrom: cohortAge(rule, ageOfCard),
        ...(await narrowedPlaces(work, { campaign, rule, homes: [...homes.keys()], schools })),
      })),
    ),
  }
}

/** The units and schools that a rule narrows a cohort to; nothing where it names none. */
async function narrowedPlaces(
  work: Work,
  {
    campaign,
    rule,
    homes,
    schools,
  }: {
    readonly campaign: Campaign
    readonly rule: CohortRule
    readonly homes: readonly units.UnitId[]
    readonly schools: readonly units.School[]
  },
) {
  if (!rule.units?.length && !rule.schoolKinds?.length) return {}
  const named = await Promise.all((rule.units ?? []).map(code => units.findUnitOn(work, code, campaign.startsOn)))
  const day = await lastStandingDay(work, campaign, work.today)
  const within = await Promise.all(
    named.map(async unit => (unit ? [...(await units.homesOn(work, unit.id, day)).keys()] : [])),
  )
  const own = rule.units?.length ? new Set(within.flat()) : undefined
  const kept = homes.filter(id => own?.has(id) ?? true)
  const places = new Set(kept)
  return {
    units: kept,
    schools: schools
      .filter(({ kind, unitId }) => places.has(unitId) && (rule.schoolKinds?.includes(kind) ?? true))
      .map(({ id, unitId }) => [id, unitId] as const),
  }
}

/** How many people a definition would mean, as of now; counts alone, of all units that it names. */
export async function countDefinition(work: Work, input: unknown) {
  const definition = readDefinition(input)
  const { campaign, cohorts } = await draftCampaign(work, definition)
  const days = (definition.deadlines ?? []).map(({ on }) => asDay(on)).sort()
  const counted = await withHouseScope(work, async house =>
    store.countMeant(house, await memberQueryOf(house, campaign, { cohorts, lastDeadline: days.at(-1) })),
  )
  const of = new Map(counted.map(({ cohort, people }) => [cohort, people]))
  return {
    people: counted.reduce((sum, { people }) => sum + people, 0),
    cohorts: cohorts.map((_, at) => of.get(at) ?? 0),
    asOf: work.now.toISOString(),
    day: work.today,
  }
}

/** The day, or the last one on which the campaign's unit stood: a district that was abolished keeps whom it had. */
export async function lastStandingDay(work: Work, { unitId }: Pick<Campaign, 'unitId'>, day: Day): Promise<Day> {
  const { validTo } = await units.getUnit(work, unitId)
  return validTo && day >= validTo ? dayBefore(validTo) : day
}

/**
 * Updates membership to what rules, exceptions, register and rolls give now, for the persons due or for everyone.
 * Members who left or changed are kept as former members with the cause. `edition` is the one that begins with the
 * change. The work must see the whole house. Returns how many memberships changed.
 */
export async function updateMembers(
  work: Work,
  campaign: Campaign,
  edition: number,
  who: 'everyone' | 'due',
): Promise<number> {
  const query = await memberQueryOf(work, campaign)
  await store.prepareExpectedMembers(work)
  await store.findExpectedMembers(work, query, who)
  return store.writeMemberDifferences(work, query, edition, who)
}

export const freezeMembers = store.insertFrozenMembers
export const areMembersFrozen = store.hasFrozenMembers
