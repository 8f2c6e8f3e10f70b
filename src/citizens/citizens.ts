import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import * as cards from '../cards/cards.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import { birthday, type Day, latestDay, wholeDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as signin from '../signin/signin.ts'
import * as units from '../units/units.ts'
import { asChanging, asChild, type Self } from './self.ts'

/**
 * The front door of the person's own page: what a person reads of themselves, in works that see that one person
 * (self.ts). access-log-readers.ts has the access log, own-deeds.ts what people change, download.ts what
 * they take away; only the pages (routes.ts) are above them.
 */

export { notifyProbingStopped } from './probing.ts'

/** A card as its holder sees it: its state, its term and where it is. */
export type CardView = {
  readonly state: cards.CardState
  readonly issuedOn?: Day | undefined
  readonly serial?: string | undefined
  /** Absent: without term, or only printed on the card. */
  readonly until?: Day | undefined
  readonly hasTerm: 'yes' | 'no' | 'unknown'
  readonly mustRenew: boolean
  readonly place?: string | undefined
  readonly at?: cards.CardWhereabouts['at'] | undefined
  readonly since?: Day | undefined
}

/** The one answer of the first page. */
export type CardAnswer =
  | { readonly is: 'in-force' | 'must-renew' | 'blocked'; readonly card: CardView }
  | { readonly is: 'applied'; readonly view: enrolment.ReceiptView }
  | { readonly is: 'coming'; readonly card: CardView }
  | { readonly is: 'none' }
  | { readonly is: 'too-young'; readonly from: Day }

const isApplicationOpen = ({ card }: enrolment.ReceiptView) => !['handed-over', 'refused', 'cancelled'].includes(card)
const coming: readonly cards.CardState[] = ['applied', 'approved', 'produced', 'at-unit']

/** An application or card under way comes before a card in hand, since the person waits for it. Pure. */
export function cardAnswerOf(
  cardViews: readonly CardView[],
  views: readonly enrolment.ReceiptView[],
  { today, mayApplyFrom }: { readonly today: Day; readonly mayApplyFrom: Day },
): CardAnswer {
  const view = views.find(isApplicationOpen)
  if (view) return { is: 'applied', view }
  const next = cardViews.find(({ state }) => coming.includes(state))
  if (next) return { is: 'coming', card: next }
  const card =
    cardViews.find(({ state }) => state === 'handed-over') ??
    cardViews.find(({ state }) => state === 'blocked' || state === 'expired')
  if (card?.state === 'blocked') return { is: 'blocked', card }
  if (card) return { is: card.mustRenew ? 'must-renew' : 'in-force', card }
  return mayApplyFrom > today ? { is: 'too-young', from: mayApplyFrom } : { is: 'none' }
}

async function whereaboutsName(work: Work, { placeId, box, at }: cards.CardWhereabouts): Promise<string | undefined> {
  const id = box?.to ?? placeId
  if (!id || at === 'on-list') return undefined
  const unit = await units.unitName(work, id as Id<'unit'>)
  return unit || (await units.getSchool(work, id as units.SchoolId)).name
}

/** The person's cards, the latest first. */
export async function cardViewsOf(work: Work, { id, birthDate }: register.PersonSummary): Promise<CardView[]> {
  const theirs = (await cards.cardsOf(work, [id])).get(id) ?? []
  const places = new Map(
    (
      await cards.whereaboutsOf(
        work,
        theirs.map(card => card.id),
      )
    ).map(one => [one.cardId, one]),
  )
  const bornOn = wholeDay(birthDate)
  const views: CardView[] = []
  for (const card of theirs) {
    const place = places.get(card.id)
    const reckoned = card.issuedOn && bornOn ? cards.termFrom(bornOn, card.issuedOn, work) : undefined
    views.push({
      state: card.state,
      issuedOn: card.issuedOn,
      serial: card.serial,
      until: card.expiresOn ?? reckoned,
      hasTerm: (card.expiresOn ?? reckoned) ? 'yes' : card.issuedOn && bornOn ? 'no' : 'unknown',
      mustRenew: cards.mustRenew(card, bornOn, work.today, work),
      at: place?.at,
      since: place?.since,
      place: place && (await whereaboutsName(work, place)),
    })
  }
  return views.sort((a, b) => ((a.issuedOn ?? a.since ?? '') < (b.issuedOn ?? b.since ?? '') ? 1 : -1))
}

export type CitizenOverview = {
  readonly person: register.PersonSummary
  readonly answer: CardAnswer
  readonly cards: readonly CardView[]
  readonly applications: readonly enrolment.ReceiptView[]
  readonly account?: accounts.Account | undefined
}

/** A person's card, applications and account; the reading is recorded. */
export async function readOverview(work: Work, personId: register.PersonId): Promise<CitizenOverview> {
  const person = await register.getSummary(work, personId)
  const cardViews = await cardViewsOf(work, person)
  const applications = await enrolment.listReceiptViews(work, personId)
  const theirs = (await accounts.accountsOf(work, [personId])).get(personId) ?? []
  await audit.noteReading(work, [personId], ['identity', 'card', 'application', 'account'])
  return {
    person,
    cards: cardViews,
    applications,
    answer: cardAnswerOf(cardViews, applications, {
      today: work.today,
      mayApplyFrom: cards.mayApplyFrom(person.birthDate, work.today, work),
    }),
    account: theirs.find(({ state }) => state !== 'cancelled'),
  }
}

export type RecordView = {
  readonly person: register.Person
  readonly residences: readonly (register.Residence & { readonly place: string })[]
  readonly corrections: readonly register.Correction[]
  /** The police of the permanent residence: where a correction is asked for. */
  readonly office?: string | undefined
}

/** A person's record in the register, with corrections under way; the reading is recorded. */
export async function readRecord(work: Work, personId: register.PersonId): Promise<RecordView> {
  const person = await register.getPerson(work, personId)
  const residences: RecordView['residences'][number][] = []
  for (const one of person.residences) {
    const path = await units.unitPath(work, one.unitId, work.today)
    residences.push({ ...one, place: [one.address, ...path.map(({ name }) => name)].filter(Boolean).join(', ') })
  }
  return {
    person,
    residences,
    corrections: await register.listCorrections(work, { which: 'of-person', personId: person.id, open: false }),
    office: person.permanentUnitId && (await units.policeFor(work, person.permanentUnitId, work.today))?.name,
  }
}

/** A child for whom the person may act today; `until` is the day from which they no longer may. */
export type ChildOverview = {
  readonly standing: CitizenOverview
  readonly until: Day
  /** Whether the parent may ask for an account of the child's own. */
  readonly request: accounts.ChildRequestStatus
  /** Whether the parent may ask for a card of which nothing is captured. */
  readonly card: enrolment.ChildCardStatus
}

/** For how many children the signed-in person may act today. */
export const countChildren = (openWork: OpenWork, self: Self): Promise<number> =>
  openWork(asChanging(self), async work => (await signin.listChildren(work, self.personId)).length)

/**
 * The children of the signed-in person. Who they are is read from the whole register; each child's card and account are
 * read in a work that sees that child alone.
 */
export async function readChildren(openWork: OpenWork, self: Self): Promise<ChildOverview[]> {
  const theirs = await openWork(asChanging(self), work => signin.listChildren(work, self.personId))
  const found: ChildOverview[] = []
  for (const { id, birthDate } of theirs) {
    const shown = await openWork(asChild(self, id), async work => ({
      standing: await readOverview(work, id),
      request: await accounts.findChildRequestStatus(work, id),
      card: await enrolment.findChildCardStatus(work, id),
      until: birthday(latestDay(birthDate), signin.childUntil(work)),
    }))
    found.push(shown)
  }
  return found
}
