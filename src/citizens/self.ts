import type { FastifyRequest } from 'fastify'
import { yearOf } from '../platform/day.ts'
import { ruleOn } from '../platform/law.ts'
import type { OpenWork, Standing } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as signin from '../signin/signin.ts'
import { lastAtSchool } from './law.ts'
import type { Address } from './words.ts'

/**
 * The signed-in person, how strongly they signed in, and the subject of the page: themselves, or the child for whom
 * they act now.
 */
export type Self = {
  readonly personId: register.PersonId
  readonly accountId: string
  readonly subjectId: register.PersonId
  readonly child?: { readonly personId: register.PersonId; readonly name: string }
  readonly session: signin.Session
  readonly level: 1 | 2
  readonly strength: 1 | 2
  readonly address: Address
  readonly requestId: string
}

const purpose = 'own-page'

/** A person who turns eighteen this year or later may still be at school, and is addressed as a pupil. */
const lastAtSchool = 18

type Whose = Pick<Self, 'personId' | 'requestId'>

/** Reads one person's rows alone: row-level security limits the work to them. */
const seeing = ({ personId, requestId }: Whose, ownOf: register.PersonId): Standing => ({
  by: { kind: 'citizen', id: personId },
  scope: 'none',
  ownOf,
  purpose,
  requestId,
})

/** The authority to read the subject of the page. */
export const asSubject = (self: Self): Standing => seeing(self, self.subjectId)

/** The authority to read the signed-in person, also while they act for a child. */
export const asHolder = (self: Whose): Standing => seeing(self, self.personId)

/** The authority to read a child of theirs; `signin.childrenOf` must have named the child today. */
export const asChild = (self: Self, childId: register.PersonId): Standing => seeing(self, childId)

/**
 * The authority to change one's own things. It sees the house, since consequences of a deed count and notify beyond the
 * person. The verbs (change.ts) take the person from the session and from nowhere else.
 */
export const asChanging = ({ personId, requestId }: Whose): Standing => ({
  by: { kind: 'citizen', id: personId },
  scope: 'house',
  purpose,
  requestId,
})

/** The person signed in by a request's cookie; undefined where nobody is. */
export async function findSelf(openWork: OpenWork, request: FastifyRequest): Promise<Self | undefined> {
  const who = await signin.whoIs(openWork, request)
  if (!who) return undefined
  const { session, standing } = who
  const whose = { personId: session.personId, requestId: request.id }
  const { birthDate, today, pupilUntil } = await openWork(asHolder(whose), async work => ({
    ...(await register.getSummary(work, session.personId)),
    today: work.today,
    pupilUntil: ruleOn(lastAtSchool, work.today, work),
  }))
  return {
    ...whose,
    accountId: session.accountId,
    subjectId: standing.child?.personId ?? session.personId,
    ...(standing.child && { child: standing.child }),
    session,
    level: standing.level,
    strength: signin.strength(session),
    address: yearOf(today) - birthDate.y <= pupilUntil ? 'em' : 'adult',
  }
}

export const refOf = ({ personId, accountId }: Self) => ({ personId, accountId })
