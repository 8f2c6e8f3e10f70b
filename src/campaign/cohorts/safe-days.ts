import type * as cards from '../../cards/cards.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import { asDay, type Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { SafeDayOfDeadline } from '../contract.ts'
import { lastSafeDay, type SafeDayQuestion } from '../last-safe-day.ts'
import type { DeadlineProof } from '../metric.ts'
import type { Need } from '../need-codes.ts'
import { type Campaign, getCampaign, listCampaigns } from './campaigns.ts'
import { getListUnit } from './list-filter.ts'
import { type CampaignDeadline, deadlinesOfMany } from './store.ts'
import { openCampaignsOf, openCampaignsOfPeople } from './store-member.ts'

/** The last safe days of the deadlines of campaigns, by the law's time limits (last-safe-day.ts). */

/** What has to be asked for by each kind of deadline; a number that is known has no limit of its own. */
type Asked = Partial<Record<DeadlineProof, (by: Day) => SafeDayQuestion>>

/** In the order of the campaigns; the deadlines of all are read at once. */
async function daysOfCampaigns(
  work: Work,
  campaigns: readonly Campaign[],
  asked: (deadline: CampaignDeadline) => Promise<Asked>,
  day: Day,
): Promise<SafeDayOfDeadline[]> {
  const deadlines = await deadlinesOfMany(
    work,
    campaigns.map(({ id }) => id),
  )
  const days = campaigns.map(campaign =>
    safeDaysIn(work, { campaign, deadlines: deadlines.get(campaign.id) ?? [] }, asked, day),
  )
  return (await Promise.all(days)).flat()
}

async function safeDaysIn(
  work: Work,
  { campaign, deadlines }: { readonly campaign: Campaign; readonly deadlines: readonly CampaignDeadline[] },
  asked: (deadline: CampaignDeadline) => Promise<Asked>,
  day: Day,
): Promise<SafeDayOfDeadline[]> {
  const found: SafeDayOfDeadline[] = []
  for (const deadline of deadlines) {
    const question = deadline.on >= day && (await asked(deadline))[deadline.proof]?.(deadline.on)
    if (!question) continue
    found.push({
      campaign: { id: campaign.id, title: campaign.title },
      deadline: deadline.name,
      by: deadline.on,
      what: question.what,
      ...lastSafeDay(question, work),
    })
  }
  return found
}

const ofFirstCard = (place: Awaited<ReturnType<typeof enrolment.processingPlaceIn>>): Asked => ({
  'card-in-hand': by => ({ what: 'card', kind: 'first-issue', place, by }),
  // Whoever has no card yet takes longest: the day is safe for everybody.
  'account-activated': by => ({ what: 'account', level: 2, card: 'without-card', by }),
})

/** What a person still has to ask for; nothing for what they have, or have asked for. */
function ofPerson(
  place: Parameters<typeof ofFirstCard>[0],
  needs: readonly Need[],
  states: readonly cards.CardState[],
): Asked {
  const isLost = states.some(state => state === 'blocked' || state === 'revoked')
  const ofNeed = needs.includes('card') ? (isLost ? 're-issue' : 'first-issue') : undefined
  const kind = ofNeed ?? (needs.includes('card-renewal') ? 'exchange' : undefined)
  const card = states.includes('handed-over') ? 'with-card' : 'without-card'
  return {
    ...(kind && { 'card-in-hand': by => ({ what: 'card', kind, place, by }) }),
    ...(needs.includes('account') && { 'account-activated': by => ({ what: 'account', level: 2, card, by }) }),
  }
}

/**
 * The last safe days of a unit's open campaigns, or of one, of whose deadlines the day has not passed; of a school's
 * classes by the place of the school.
 */
export async function listSafeDays(
  work: Work,
  query: {
    readonly unit?: Id<'unit'>
    readonly school?: Id<'school'>
    readonly campaign?: Id<'campaign'>
    readonly day?: string
  },
): Promise<{ day: Day; days: SafeDayOfDeadline[] }> {
  const day = query.day ? asDay(query.day) : work.today
  const placeId = query.school ? (await units.getSchool(work, query.school)).unitId : query.unit
  const unit = await getListUnit(work, placeId, day)
  const campaigns = query.campaign
    ? [await getCampaign(work, query.campaign)]
    : (await listCampaigns(work)).filter(({ state }) => state === 'open')
  const asked = async ({ on }: CampaignDeadline) => ofFirstCard(await enrolment.processingPlaceIn(work, unit.id, on))
  return { day, days: await daysOfCampaigns(work, campaigns, asked, day) }
}

/**
 * The last safe days of the open campaigns of the units in which a school stands, for whoever sees one class of it:
 * days are nobody’s data.
 */
export const safeDaysOfSchool = (work: Work, schoolId: Id<'school'>): Promise<SafeDayOfDeadline[]> =>
  withHouseScope(work, async house => {
    const { unitId } = await units.getSchool(house, schoolId)
    const path = new Set((await units.unitPath(house, unitId, house.today)).map(({ id }) => id))
    const open = (await listCampaigns(house)).filter(one => one.state === 'open' && path.has(one.unitId))
    const asked = async ({ on }: CampaignDeadline) => ofFirstCard(await enrolment.processingPlaceIn(house, unitId, on))
    return daysOfCampaigns(house, open, asked, house.today)
  })

/** The last safe days of a person, for what they need, by the campaigns that mean them. */
export async function safeDaysOf(
  work: Work,
  { id, permanentUnitId }: register.PersonSummary,
  { needs, cards: theirs }: { readonly needs: readonly Need[]; readonly cards: readonly cards.Card[] },
): Promise<SafeDayOfDeadline[]> {
  const home = permanentUnitId ?? work.unitId
  if (!home || needs.length === 0) return []
  const states = theirs.map(({ state }) => state)
  const known = new Map((await listCampaigns(work)).map(one => [one.id, one]))
  const campaigns = (await openCampaignsOf(work, id)).flatMap(campaignId => known.get(campaignId) ?? [])
  const asked = async ({ on }: CampaignDeadline) =>
    ofPerson(await enrolment.processingPlaceIn(work, home, on), needs, states)
  return daysOfCampaigns(work, campaigns, asked, work.today)
}

/** A person of a list, as far as the last safe day depends on them. */
export type SafeDayRow = {
  readonly id: Id<'person'>
  readonly home: Id<'unit'> | undefined
  readonly needs: readonly Need[]
  readonly cardState: cards.CardState | undefined
}

export type MeantBy = { readonly titles: readonly string[]; readonly safeDays: readonly SafeDayOfDeadline[] }

/**
 * For each person of a list the open campaigns that mean them, and the last safe days by these: `safeDaysOf` for many,
 * each place, need and campaign worked out once.
 */
export async function safeDaysOfMany(work: Work, rows: readonly SafeDayRow[]): Promise<ReadonlyMap<string, MeantBy>> {
  const seen = new Map((await listCampaigns(work)).map(one => [one.id as string, one]))
  const meant = Map.groupBy(
    await openCampaignsOfPeople(
      work,
      rows.map(({ id }) => id),
    ),
    ({ personId }) => personId as string,
  )
  const deadlines = await deadlinesOfMany(
    work,
    [...seen.values()].map(({ id }) => id),
  )
  const known = new Map<string, Promise<SafeDayOfDeadline[]>>()
  const daysIn = (campaign: Campaign, { home = work.unitId, needs, cardState }: SafeDayRow) => {
    if (!home || needs.length === 0) return Promise.resolve([])
    const key = [campaign.id, home, needs.join(), cardState].join('|')
    const found =
      known.get(key) ??
      safeDaysIn(
        work,
        { campaign, deadlines: deadlines.get(campaign.id) ?? [] },
        async ({ on }) =>
          ofPerson(await enrolment.processingPlaceIn(work, home, on), needs, cardState ? [cardState] : []),
        work.today,
      )
    known.set(key, found)
    return found
  }
  const answer = new Map<string, MeantBy>()
  for (const row of rows) {
    const campaigns = (meant.get(row.id) ?? []).flatMap(({ campaignId }) => seen.get(campaignId) ?? [])
    const safeDays: SafeDayOfDeadline[] = []
    for (const campaign of campaigns) safeDays.push(...(await daysIn(campaign, row)))
    answer.set(row.id, { titles: campaigns.map(({ title }) => title), safeDays })
  }
  return answer
}

/** The last days of a campaign in a unit on which service is in time, by what is done; none without a deadline. */
export type LastDaysInUnit = {
  /** A first card is asked for. */
  readonly card?: Day
  /** An account is asked for, by whoever has no card yet and by whoever has one. */
  readonly accountWithoutCard?: Day
  readonly accountWithCard?: Day
  /** An account that stands is activated, which takes no decision. */
  readonly activation?: Day
}

/** The earliest of each, over the deadlines of a campaign that have not passed, by unit. */
export async function lastDaysInUnits(
  work: Work,
  campaignId: Id<'campaign'>,
  unitIds: readonly Id<'unit'>[],
): Promise<ReadonlyMap<Id<'unit'>, LastDaysInUnit>> {
  const deadlines = ((await deadlinesOfMany(work, [campaignId])).get(campaignId) ?? []).filter(
    ({ on }) => on >= work.today,
  )
  const firstOf = (proof: DeadlineProof) => deadlines.find(deadline => deadline.proof === proof)?.on
  const [cardBy, accountBy] = [firstOf('card-in-hand'), firstOf('account-activated')]
  const accountDay = (by: Day, card: 'with-card' | 'without-card') =>
    lastSafeDay({ what: 'account', level: 2, card, by }, work).lastSafeOn
  const ofAccounts: LastDaysInUnit = accountBy
    ? {
        accountWithoutCard: accountDay(accountBy, 'without-card'),
        accountWithCard: accountDay(accountBy, 'with-card'),
        activation: accountBy,
      }
    : {}
  const cardDays = new Map<string, Day>()
  const found = new Map<Id<'unit'>, LastDaysInUnit>()
  for (const unitId of unitIds) {
    if (!cardBy) {
      found.set(unitId, ofAccounts)
      continue
    }
    const place = await enrolment.processingPlaceIn(work, unitId, cardBy)
    const card =
      cardDays.get(place) ?? lastSafeDay({ what: 'card', kind: 'first-issue', place, by: cardBy }, work).lastSafeOn
    cardDays.set(place, card)
    found.set(unitId, { ...ofAccounts, card })
  }
  return found
}
