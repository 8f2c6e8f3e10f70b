// The days behind what an extract tells of a card or an account, and the days that follow it. Days are places in the
// season's calendar: below zero = before it.
import { birthday, type Day } from '../../src/platform/day.ts'
import type { Account } from '../documents/account.ts'
import { type Card, cardAge } from '../documents/card.ts'
import type { Random } from '../random.ts'
import { accountApprovedFrom } from './account.ts'
import { approvedFrom, producedFrom } from './card.ts'
import { wait } from './chance.ts'
import type { MovedAccountState, MovedCardState, ReturnedFile } from './fact.ts'
import type { SeasonWorld, Slow } from './world.ts'

/** Someone of whom the season tells: what the extracts have of them. */
export type Candidate = {
  readonly number: string
  readonly bornOn: Day
  readonly commune: string
  readonly phone: string
  readonly card: Card | undefined
  readonly account: Account | undefined
}

type Returned = { readonly reason: ReturnedFile['reason']; readonly on: number; readonly recaptured: number }
/** `at` by state; a state that was not come to is absent. `session` is where it was applied for. */
export type CardPath = { at: Partial<Record<MovedCardState, number>>; returned?: Returned; session?: string }
export type AccountPath = {
  level: 1 | 2
  at: Partial<Record<MovedAccountState, number>>
  sessions: Partial<Record<MovedAccountState, string>>
}

export const cardStates: readonly MovedCardState[] = ['applied', 'approved', 'produced', 'at-unit', 'handed-over']
export const accountStates: readonly MovedAccountState[] = ['requested', 'approved', 'activated']

/** A card that the season moved on; blocked, revoked and expired ones are the extract's alone. */
export const isMoved = (card: Card | undefined): card is Card =>
  card !== undefined && (cardStates as readonly string[]).includes(card.state)

const returnReason = (random: Random) => (random.chance(0.6) ? 'photo-blurred' : 'fingerprints-poor')

/**
 * How a card came to the state that the extract of day `today` has. Undefined where it was in hand before the season.
 */
export function cardHistory({ card, bornOn }: Candidate, today: number, world: SeasonWorld): CardPath | undefined {
  const { random, calendar, parameters } = world
  if (!isMoved(card)) return undefined
  const issued = card.issuedOn === undefined ? undefined : calendar.placeOf(card.issuedOn)
  if (card.state === 'handed-over' && (issued === undefined || issued < -25)) return undefined

  const whole = (median: number, spread: number) => Math.floor(wait(random, median, spread))
  const { approval, production, delivery } = parameters
  const mayApply = calendar.placeOf(birthday(bornOn, cardAge))
  const path: CardPath = { at: {} }
  const before = (at: number, working: number) => Math.max(Math.min(mayApply, at), calendar.before(at, working))
  const approved = issued === undefined ? today : before(issued, whole(production.median, production.spread))
  const isReturned = random.chance(card.state === 'applied' ? 3 * approval.returned : approval.returned)
  if (card.state !== 'applied') path.at.approved = issued === undefined ? before(today, whole(1.5, 0.7)) : approved

  const seen = path.at.approved ?? today
  const looked = whole(approval.median, approval.spread)
  const again = isReturned ? 2 + whole(approval.recapture.median, approval.recapture.spread) : 0
  path.at.applied = before(seen, looked + again)
  const recaptured = calendar.before(seen, looked)
  if (isReturned && recaptured > path.at.applied + 1) {
    path.returned = {
      reason: returnReason(random),
      on: Math.max(path.at.applied + 1, calendar.before(recaptured, 1 + random.below(3))),
      recaptured,
    }
  }
  if (issued === undefined || card.state === 'approved') return path

  path.at.produced = issued
  if (card.state === 'produced') return path
  path.at['at-unit'] = Math.min(today, calendar.after(issued + 1, whole(delivery.median, delivery.spread)))
  if (card.state === 'at-unit') return path
  const waited = 1 + whole(3, 0.7)
  path.at['handed-over'] = Math.min(today, calendar.after(path.at['at-unit'] + 1, waited - 1))
  return path['at']['handed-over'] < 0 ? undefined : path
}

/**
 * How an account came to the state that the extract has. Undefined where it was active before the season, or is no
 * more.
 */
export function accountHistory(
  { account }: Candidate,
  card: CardPath | undefined,
  today: number,
  world: SeasonWorld,
): AccountPath | undefined {
  const { random, calendar } = world
  if (!account || !(accountStates as readonly string[]).includes(account.state)) return undefined
  const placeOf = (instant: string) => (instant === '' ? undefined : calendar.placeOf(instant.slice(0, 10) as Day))
  const approved = placeOf(account.approvedAt)
  const activated = account.state === 'activated' ? placeOf(account.activatedAt) : undefined
  if (activated !== undefined && activated < 0) return undefined

  const applied = card?.at.applied
  const seen = approved ?? today
  const waited = Math.floor(wait(random, account.level === 1 ? 0.7 : 3, 0.45))
  const latest = calendar.before(seen, account.level === 1 ? 0 : Math.min(1, waited))
  const ofCard = applied !== undefined && applied <= latest && applied >= calendar.before(seen, 7)
  return {
    level: account.level,
    at: {
      requested: ofCard && account.level === 2 ? applied : calendar.before(seen, Math.min(waited, 7)),
      ...(account.state !== 'requested' && approved !== undefined && { approved }),
      ...(activated !== undefined && { activated }),
    },
    sessions: {},
  }
}

/** Goes on from a day, through the centre: what is approved and made after it. */
export function centreAhead(path: CardPath, today: number, world: SeasonWorld, slow: Slow) {
  const { applied } = path.at
  if (applied === undefined) return
  if (path.at.approved === undefined) {
    const file = approvedFrom(Math.max(applied, today), world, slow)
    path.at.approved = Math.max(file.approved, today + 1)
    if (file.recaptured !== undefined && !path.returned) {
      path.returned = {
        reason: returnReason(world.random),
        on: world.calendar.before(file.recaptured, 1),
        recaptured: file.recaptured,
      }
    }
  }
  path.at.produced ??= Math.max(producedFrom(path.at.approved, world), today + 1)
}

/** The approval of an account asked for, after a day. */
export function approvalAhead(path: AccountPath, today: number, isReturned: boolean, world: SeasonWorld, slow: Slow) {
  if (path.at.requested === undefined || path.at.approved !== undefined) return
  path.at.approved = Math.max(
    accountApprovedFrom(Math.max(path.at.requested, today), isReturned, world, slow),
    today + 1,
  )
}
