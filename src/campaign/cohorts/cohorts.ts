/**
 * The members of a campaign. A definition comes in, from a file or a form. Decided here: its cohorts, bands and
 * deadlines, the unit that runs it, and the units that take part. What goes out are campaigns (campaigns.ts), their
 * members (here) and the people that a list's filter asks for (list-filter.ts). Officers add and excuse people against
 * the rule (exception.ts). Deeds: campaign.created, campaign.closed, exception.said, exception.taken-back.
 */

import * as cards from '../../cards/cards.ts'
import { addDays, type Day, dayBefore } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { openEndedDays } from '../law.ts'
import { needLawOn } from '../need-law.ts'
import { type Campaign, lastDeadline } from './campaigns.ts'
import { cohortAge } from './cohort-rule.ts'
import { cohortsOf } from './store.ts'
import * as store from './store-member.ts'

/** Everything that membership of a campaign depends on, as of the house's day. */
async function memberQueryOf(work: Work, campaign: Campaign): Promise<store.MemberQuery> {
  const day = work.today
  const lastOn = (await lastDeadline(work, campaign)) ?? addDays(campaign.startsOn, ruleOn(openEndedDays, day, work))
  const homes = await units.homesOn(work, campaign.unitId, await lastStandingDay(work, campaign, day))
  const cohorts = await cohortsOf(work, campaign.id)
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
    schools: (await units.schoolsIn(work, [...homes.keys()], day)).map(({ id, unitId }) => [id, unitId] as const),
    cohorts: cohorts.map(({ rule }) => ({
      rule,
      basis: rule.basis ?? campaign.basis,
      ageFrom: cohortAge(rule, ageOfCard),
    })),
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
