import type { FastifyRequest } from 'fastify'
import { yearOf } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Authority, OpenWork } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as signin from '../signin/signin.ts'
import { lastAtSchool } from './law.ts'
import type { FormOfAddress } from './words.ts'

/**
 * Who stands before their own page, how strongly they came, and whom the page is about: themselves, or the child for
 * whom they act now.
 */
export type Self = {
  readonly personId: register.PersonId
  readonly accountId: Id<'account'>
  readonly subjectId: register.PersonId
  readonly child?: { readonly personId: register.PersonId; readonly name: string }
  readonly session: signin.CitizenSession
  readonly level: 1 | 2
  readonly strength: 1 | 2
  /** How strong is what they proved of late, for what changes how they sign in; 0 for nothing. */
  readonly freshStrength: 0 | 1 | 2
  /** Until when the account waits after a reset by slip: it takes nothing new. */
  readonly heldUntil?: Date
  readonly address: FormOfAddress
  readonly requestId: string
  /** The moment at which they came. */
  readonly now: Date
}

const purpose = 'own-page'

type HolderRequest = Pick<Self, 'personId' | 'requestId'>

/** Reading of one person's rows and of no other's, whatever is asked: row-level security holds the work to it. */
const readingAsPerson = ({ personId, requestId }: HolderRequest, ownOf: register.PersonId): Authority => ({
  by: { kind: 'citizen', id: personId },
  scope: 'none',
  ownOf,
  purpose,
  requestId,
})

/** The one whom the page is about. */
export const asSubject = (self: Self): Authority => readingAsPerson(self, self.subjectId)

/** The one who is signed in, also while they act for a child. */
export const asHolder = (self: HolderRequest): Authority => readingAsPerson(self, self.personId)

/** A child of theirs, whom `signin.listChildren` has named today. */
export const asChild = (self: Self, childId: register.PersonId): Authority => readingAsPerson(self, childId)

/**
 * Changing something of one's own sees the house, since what follows from a deed is counted and told beyond the person.
 * Its verbs (own-deeds.ts) take whose it is from the session and from nowhere else.
 */
export const asChanging = ({ personId, requestId }: HolderRequest): Authority => ({
  by: { kind: 'citizen', id: personId },
  scope: 'house',
  purpose,
  requestId,
})

/** Who is signed in by a request's cookie; undefined where nobody is. */
export async function findSelf(openWork: OpenWork, request: FastifyRequest): Promise<Self | undefined> {
  const who = await signin.whoIsSignedIn(openWork, request)
  if (!who) return undefined
  const { session, standing } = who
  const whose = { personId: session.personId, requestId: request.id }
  const { birthDate, today, now, pupilUntil, freshStrength } = await openWork(asHolder(whose), async work => ({
    ...(await register.getSummary(work, session.personId)),
    today: work.today,
    now: work.now,
    pupilUntil: ruleOn(lastAtSchool, work.today, work),
    freshStrength: signin.freshStrength(session, work),
  }))
  return {
    ...whose,
    accountId: session.accountId,
    subjectId: standing.child?.personId ?? session.personId,
    ...(standing.child && { child: standing.child }),
    session,
    level: standing.level,
    strength: signin.sessionStrength(session),
    freshStrength,
    now,
    ...(standing.heldUntil && { heldUntil: standing.heldUntil }),
    address: yearOf(today) - birthDate.y <= pupilUntil ? 'em' : 'adult',
  }
}

export const accountRefOf = ({ personId, accountId }: Self) => ({ personId, accountId })
