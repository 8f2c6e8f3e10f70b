/**
 * What one person still needs, by when and where. In: a work that sees one person's own rows (`ownOf`), whoever holds
 * it: a link, a slip, a receipt. Decided: what is still to be asked for, the next visit, what to bring, and where an
 * application stands (situation.ts). Out: an answer without number, birth date or phone, for a page to show. The
 * reading is noted. No deeds.
 */

import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import * as planning from '../../planning/planning.ts'
import { type Day, type PartialDay, wholeDay } from '../../platform/day.ts'
import { type LawReference, ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { isMinorOn, papersToBring } from '../law.ts'

export type ToBring = 'birth-certificate' | 'old-card' | 'card' | 'phone' | 'parent' | 'receipt'

type CardLimit = { readonly workingDays: number; readonly law: LawReference }

/** Where one is expected: at a session, or at an hour of their own. */
export type Visit = Pick<planning.OwnPlace, 'day' | 'startsAt' | 'site' | 'address' | 'comingOn'> & {
  readonly sessionId?: planning.TeamSessionId | undefined
  readonly kind?: planning.SessionKind | undefined
  /** For what one is expected, as counters name it. */
  readonly service?: planning.Service | undefined
  /** The ticket of an hour that was booked. */
  readonly ticket?: string | undefined
}

export type PersonAnswer = {
  readonly personId: register.PersonId
  readonly fullName: string
  /** Whether a parent is spoken to, of a child. */
  readonly isMinor: boolean
  /** What is lacking and still to be asked for: a card under way is lacking, and asked for. */
  readonly lacking: readonly campaign.Need[]
  readonly toAsk: readonly campaign.Need[]
  /** By the campaigns that mean them, the soonest first. */
  readonly days: readonly campaign.SafeDayOfDeadline[]
  /** The next session on whose list they are, or hour that they have. */
  readonly visit?: Visit | undefined
  /** Where one goes without being asked: the police of the permanent residence, and their hours. */
  readonly counter?: { readonly name: string; readonly hours: planning.WorkingHours } | undefined
  readonly bring: readonly ToBring[]
  /** An application that has not ended, else the latest that was refused or stopped while the card is still lacking. */
  readonly application?: enrolment.ReceiptView | undefined
  readonly account?: accounts.Account | undefined
  /** A card that waits for its holder, where no application says so. */
  readonly cardWaits: boolean
  /** Whether the law of the day asks nothing for the card that is still to be asked for. */
  readonly isFree: boolean
  /** How many working days the law gives for a card that is asked for today. */
  readonly cardLimit?: CardLimit | undefined
}

const isOpen = ({ card }: enrolment.ReceiptView) => !['handed-over', 'refused', 'cancelled'].includes(card)

const isAhead = (today: Day) => (place: planning.OwnPlace) =>
  (place.state === 'planned' || place.state === 'open') &&
  place.day >= today &&
  place.outcome === null &&
  place.cameAt === null &&
  !place.walkIn

/** A session at which they have an hour is told with that hour; an hour at a counter stands by itself. */
async function visitsOf(work: Work, personId: register.PersonId): Promise<Visit[]> {
  const places: readonly Visit[] = (await planning.ownPlaces(work))
    .filter(isAhead(work.today))
    .map(place => ({ ...place, service: planning.serviceAt(place) }))
  const hours: Visit[] = []
  for (const booking of await planning.bookingsOf(work, personId)) {
    if (booking.day < work.today) continue
    const { place } = await planning.readCard(work, booking)
    const session = places.find(({ sessionId }) => sessionId === booking.placeId)
    hours.push({
      ...(session ?? { comingOn: null }),
      ...{ day: booking.day, startsAt: booking.startsAt, site: place.name, address: place.address ?? null },
      service: booking.service,
      ticket: planning.ticketText(booking.service, booking.number),
    })
  }
  return [...hours, ...places.filter(({ sessionId }) => !hours.some(hour => hour.sessionId === sessionId))]
}

/** For what one would book an hour: where one is expected, else what is to be asked for, else a card that waits. */
export function serviceToBook({ visit, toAsk, cardWaits }: PersonAnswer): planning.Service | undefined {
  if (visit?.service) return visit.service
  if (toAsk.some(need => need === 'card' || need === 'card-renewal')) return 'A'
  return toAsk.length > 0 ? 'B' : cardWaits ? 'C' : undefined
}

/** The next of them. Pure. */
const nextVisit = (visits: readonly Visit[]): Visit | undefined =>
  visits.toSorted((a, b) => (`${a.day}${a.startsAt}` < `${b.day}${b.startsAt}` ? -1 : 1))[0]

type BringQuestion = {
  readonly toAsk: readonly campaign.Need[]
  readonly waits: boolean
  readonly hadCard: boolean
  readonly hasCard: boolean
  readonly isComing: boolean
  readonly isUnderAge: boolean
}

/** What one brings, the most important first. */
export function whatToBring(
  work: Work,
  { toAsk, waits, hadCard, hasCard, isComing, isUnderAge }: BringQuestion,
): ToBring[] {
  const asks = (...needs: readonly campaign.Need[]) => needs.some(need => toAsk.includes(need))
  const papers = ruleOn(papersToBring, work.today, work)
  const bring: (ToBring | false)[] = [
    (waits || (isComing && !hasCard && toAsk.length > 0)) && 'receipt',
    asks('card') && !hadCard && papers.first,
    asks('card-renewal') && papers.replaced,
    hasCard && !asks('card', 'card-renewal') && asks('account', 'level-2') && 'card',
    asks('account', 'level-2', 'activation') && 'phone',
    isUnderAge && asks('card', 'card-renewal', 'account') && 'parent',
  ]
  return bring.filter(one => one !== false)
}

/** The counter that serves where the person lives, with its hours of today. */
async function counterOf(work: Work, { permanentUnitId }: register.PersonSummary) {
  if (!permanentUnitId) return undefined
  const police = await units.policeFor(work, permanentUnitId, work.today)
  const name = police?.name ?? (await units.unitName(work, permanentUnitId))
  return { name, hours: await planning.getWorkingHours(work, permanentUnitId, work.today) }
}

async function cardLimitOf(work: Work, { permanentUnitId }: register.PersonSummary, needs: readonly campaign.Need[]) {
  if (!permanentUnitId || !needs.some(need => need === 'card' || need === 'card-renewal')) return undefined
  const place = await enrolment.processingPlaceIn(work, permanentUnitId, work.today)
  const kind = needs.includes('card') ? 'first-issue' : 'exchange'
  const { workingDays, law } = enrolment.cardLimitOn(kind, place, work.today, work)
  return { workingDays, law }
}

/** Whether a parent is spoken to of a child, on the day of the page. */
export const isMinor = ({ birthDate }: Pick<register.PersonSummary, 'birthDate'>, today: Day): boolean => {
  const bornOn = wholeDay(birthDate as PartialDay)
  return bornOn !== undefined && isMinorOn(bornOn, today)
}

/** Reads it all of the person whose own rows the work sees; throws person-unknown for anybody else. */
export async function readAnswer(work: Work, personId: register.PersonId): Promise<PersonAnswer> {
  const person = await register.getSummary(work, personId)
  const standing = await campaign.needsOfPerson(work, personId)
  const views = await enrolment.listReceiptViews(work, personId)
  const visits = await visitsOf(work, personId)
  const theirCards = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const theirAccounts = (await accounts.accountsOf(work, [personId])).get(personId) ?? []
  await audit.noteReading(work, [personId], ['name', 'need', 'card', 'account', 'application'])

  const lacking = standing.needs.filter(need => need !== 'correction')
  const open = views.find(isOpen)
  const isComing = open !== undefined || theirCards.some(({ state }) => cardsUnderWay.includes(state))
  const account = theirAccounts.find(({ state }) => state !== 'cancelled')
  const toAsk = lacking.filter(need => {
    if (need === 'card' || need === 'card-renewal') return !isComing
    return need === 'account' ? account === undefined : true
  })
  const cardWaits = open === undefined && theirCards.some(({ state }) => state === 'at-unit')
  const hadCard = theirCards.some(({ state }) => hadStates.includes(state))
  const waits = cardWaits || open?.card === 'at-unit' || open?.card === 'dispatched'
  return {
    personId,
    fullName: person.fullName,
    isMinor: isMinor(person, work.today),
    lacking,
    toAsk,
    days: standing.lastSafeDays
      .filter(({ what }) => toAsk.some(need => (what === 'card' ? need.startsWith('card') : need === 'account')))
      .toSorted((a, b) => (a.lastSafeOn < b.lastSafeOn ? -1 : 1)),
    visit: nextVisit(visits),
    counter: await counterOf(work, person),
    bring: whatToBring(work, {
      toAsk,
      waits,
      isComing,
      hasCard: theirCards.some(({ state }) => state === 'handed-over'),
      hadCard,
      isUnderAge: cards.mayApplyFrom(person.birthDate, work.today, work) > work.today,
    }),
    application: open ?? (lacking.includes('card') ? views[0] : undefined),
    account,
    cardWaits,
    isFree:
      toAsk.includes('card') &&
      !hadCard &&
      enrolment.feeFor({ kind: 'first-issue', reason: 'first', birthDate: person.birthDate }, work.today, work).is ===
        'none',
    cardLimit: await cardLimitOf(work, person, toAsk),
  }
}

const cardsUnderWay: readonly cards.CardState[] = ['applied', 'approved', 'produced', 'at-unit']
const hadStates: readonly cards.CardState[] = ['handed-over', 'blocked', 'revoked', 'expired']
