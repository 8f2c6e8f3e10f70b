import type { FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type * as parties from '../../parties/parties.ts'
import { now } from '../../platform/clock.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { readSubject, type SignInSubject, subjectText } from '../artifact.ts'
import {
  type AssuranceLevel,
  acrOf,
  amrOf,
  authenticatedAt,
  levelOf,
  provedSince,
  requestedLevel,
  requestedStrength,
  startOfMaxAge,
  strengthOf,
} from '../assurance.ts'
import { idTokenClaimRequest } from '../claim-request.ts'
import {
  type ClaimScope,
  claimsOf,
  isOpenTo,
  isPublicClaim,
  isScope,
  openedBy,
  scopes,
} from '../consents/claim-values.ts'
import * as consents from '../consents/consents.ts'
import { coalescedReads } from '../exchange/coalesced-reads.ts'
import { getCurrentExchange, newExchange, withinExchange } from '../exchange/exchange.ts'
import { commit } from '../exchange/shared-writes.ts'
import type { ProviderServer } from '../provider/provider-holder.ts'
import { pairwiseSubject } from '../provider/subject-and-claims.ts'
import { type CitizenSession, subjectOfSession } from '../session.ts'
import type { AccountStatus } from '../sessions/account-status.ts'
import { inConsentOrder } from './consent.ts'

/** An interaction of the provider: which client requests what, and which checks the person has still to meet. */
export type Interaction = {
  readonly uid: string
  readonly client: parties.Client
  readonly prompt: 'login' | 'consent'
  readonly reasons: readonly string[]
  readonly level?: AssuranceLevel | undefined
  /** The level that the request asks for, also before anyone is signed in. */
  readonly asksFor?: AssuranceLevel | undefined
  /** The strength that the request requires, also if the provider's session has it; the page decides what counts. */
  readonly strength?: number | undefined
  /** The subjects that the party requests, by its names for them. */
  readonly subjects?: readonly string[] | undefined
  /** A sign-in after this instant is a fresh one. */
  readonly since: Date
  readonly params: Readonly<Record<string, unknown>>
  /** Single claims requested beside scopes. */
  readonly claims: readonly string[]
  readonly accountId?: string | undefined
}

/** Runs a step with the provider for a page; its writes are committed before the page is answered. */
export async function inProviderExchange<T>(
  openWork: OpenWork,
  request: FastifyRequest,
  step: () => Promise<T>,
): Promise<T> {
  const exchange = newExchange(openWork, request.id)
  return withinExchange(exchange, async () => {
    const result = await step()
    const lost = await commit(exchange)
    if (lost) throw new Error(`what a page asked of the provider was not kept: ${lost.why}`)
    return result
  })
}

type ProviderInteraction = InstanceType<Provider['Interaction']>

/** The provider's interaction of a browser. Its address and its cookie, which the provider signed, must agree. */
async function findProviderInteraction(
  { provider }: ProviderServer,
  request: FastifyRequest<{ Params: { uid?: string } }>,
  reply: FastifyReply,
): Promise<ProviderInteraction | undefined> {
  const { cookies } = provider.createContext(request.raw, reply.raw)
  const uid = cookies.get(provider.cookieName('interaction'), { signed: true })
  return uid && uid === request.params.uid ? provider.Interaction.find(uid) : undefined
}

/** The lowest level in the claims or acr_values of a request. */
function requestedLevelIn({
  claims,
  acr_values: values,
}: Readonly<Record<string, unknown>>): AssuranceLevel | undefined {
  const wished = typeof values === 'string' ? values.split(' ').map(levelOf) : []
  return requestedLevel(idTokenClaimRequest(claims, 'acr')) ?? wished.find(level => level !== undefined)
}

/** The interaction of a page's address and cookie; undefined if it has ended or belongs to another browser. */
export async function findInteraction(
  serving: ProviderServer,
  openWork: OpenWork,
  request: FastifyRequest<{ Params: { uid?: string } }>,
  reply: FastifyReply,
): Promise<Interaction | undefined> {
  const said = await findProviderInteraction(serving, request, reply)
  if (!said) return undefined
  const clientId = String(said.params['client_id'])
  const client = await coalescedReads(openWork).client(clientId)
  if (client?.state !== 'active') return undefined
  const details = said.prompt.details as {
    level?: AssuranceLevel
    subjects?: string[]
    missingOIDCClaims?: string[]
  }
  return {
    uid: said.uid,
    client,
    prompt: said.prompt.name === 'consent' ? 'consent' : 'login',
    reasons: said.prompt.reasons,
    level: details.level,
    asksFor: details.level ?? requestedLevelIn(said.params),
    strength: requestedStrength(idTokenClaimRequest(said.params['claims'], 'auth_strength')) ?? undefined,
    subjects: details.subjects,
    since: new Date((said.iat ?? 0) * 1000),
    params: said.params,
    claims: details.missingOIDCClaims ?? [],
    accountId: said.session?.accountId,
  }
}

/**
 * Gives the provider the result; returns where the browser continues. If the session of the interaction has ended or
 * now belongs to another person, the interaction continues without it: the result says who is signed in.
 */
async function finishInteraction(
  serving: ProviderServer,
  request: FastifyRequest,
  reply: FastifyReply,
  result: object,
): Promise<string> {
  const said = await findProviderInteraction(serving, request as FastifyRequest<{ Params: { uid?: string } }>, reply)
  if (!said) throw new Error('an interaction was told after it was over')
  const { uid, accountId } = said.session ?? {}
  const session = uid ? await serving.provider.Session.findByUid(uid) : undefined
  if (uid && session?.accountId !== accountId) Reflect.deleteProperty(said, 'session')
  said.result = { ...('error' in result ? {} : said.lastSubmission), ...result } as never
  await said.save((said.exp ?? 0) - Math.floor(now().getTime() / 1000))
  return said.returnTo
}

/**
 * Since when a proof counts if the person must sign in anew (OpenID Connect Core 3.1.2.1): with `prompt=login` since
 * the request; with `max_age` if it is no older than that, or since the request. An earlier sign-in at another party is
 * recent enough for a long `max_age`, even if the provider has no session yet.
 */
export function factorsCountSince({ reasons, since, params }: Interaction): Date | undefined {
  if (reasons.includes('login_prompt')) return since
  const { max_age: maxAge } = params
  return maxAge === undefined ? undefined : new Date(Math.min(since.getTime(), startOfMaxAge(maxAge, now()).getTime()))
}

const countedFactors = (interaction: Interaction, { factors }: CitizenSession) =>
  provedSince(factors, factorsCountSince(interaction))

/** The person is signed in: gives the provider the session's factors as far as they count here. */
export const finishSignIn = (
  serving: ProviderServer,
  request: FastifyRequest,
  reply: FastifyReply,
  interaction: Interaction,
  session: CitizenSession,
  { level }: AccountStatus,
) => {
  const counted = countedFactors(interaction, session)
  return finishInteraction(serving, request, reply, {
    login: {
      accountId: providerAccountId(session),
      acr: acrOf(level),
      amr: amrOf(counted),
      ts: Math.floor((authenticatedAt(counted) ?? session.beganAt).getTime() / 1000),
      remember: false,
    },
  })
}

/** The person does not continue, or cannot. */
export const abortInteraction = (
  serving: ProviderServer,
  request: FastifyRequest,
  reply: FastifyReply,
  interaction: Interaction,
) =>
  finishInteraction(serving, request, reply, {
    error: interaction.level !== undefined ? 'unmet_authentication_requirements' : 'access_denied',
    error_description:
      interaction.level !== undefined
        ? `the account has not the level that is required (request ${request.id})`
        : `the end-user did not go on (request ${request.id})`,
  })

export const providerAccountId = (session: CitizenSession): string => subjectText(subjectOfSession(session))

/** Whether a subject is the requested one, if the party requests one. */
export const isRequestedSubject = ({ subjects, client }: Interaction, subject: SignInSubject): boolean =>
  !subjects || subjects.includes(pairwiseSubject(client.partyId, subjectText(subject)))

type UnmetCheck = 'another' | 'again' | 'level' | 'strength'

/** The checks that a session does not meet yet. */
export function unmetChecks(interaction: Interaction, session: CitizenSession, { level }: AccountStatus): UnmetCheck[] {
  const counted = countedFactors(interaction, session)
  return [
    ...(isRequestedSubject(interaction, subjectOfSession(session)) ? [] : ['another' as const]),
    ...(authenticatedAt(counted) ? [] : ['again' as const]),
    ...(interaction.level !== undefined && level < interaction.level ? ['level' as const] : []),
    ...(interaction.strength !== undefined && strengthOf(counted) < interaction.strength ? ['strength' as const] : []),
  ]
}

/**
 * The scopes of a request and of its single claims, in the order of the consent page, without those that lack a legal
 * basis.
 */
export function requestedScopes({ params, claims, client }: Interaction): ClaimScope[] {
  const asked = String(params['scope'] ?? '').split(' ')
  return inConsentOrder(
    scopes.filter(
      scope =>
        isOpenTo(scope, client.legalBasis) &&
        (asked.includes(scope) ||
          (client.purposes.some(one => one.scope === scope) && claims.some(claim => claimsOf(scope).includes(claim)))),
    ),
  )
}

export type ConsentAnswer = { readonly granted: readonly ClaimScope[]; readonly refused: readonly ClaimScope[] }

/** Stores the consent and continues the interaction with it. */
export async function finishConsent(
  serving: ProviderServer,
  request: FastifyRequest,
  reply: FastifyReply,
  interaction: Interaction,
  { granted, refused }: ConsentAnswer,
): Promise<string> {
  const { client, params, claims, accountId } = interaction
  const subject = readSubject(accountId)
  if (!subject) throw new Error('a consent is somebody’s')
  const grant = new serving.provider.Grant({ accountId: accountId ?? '', clientId: client.clientId })
  const open = openedBy(granted)
  const asked = String(params['scope'] ?? '')
    .split(' ')
    .filter(Boolean)
  grant.addOIDCScope(asked.filter(scope => !isScope(scope) || granted.includes(scope)).join(' '))
  // Claims of a scope may also be requested by name in another place, without asking the person twice.
  grant.addOIDCClaims([...new Set([...open, ...claims.filter(isPublicClaim)])])
  const rejected = asked.filter(scope => isScope(scope) && !granted.includes(scope))
  if (rejected.length > 0) grant.rejectOIDCScope(rejected.join(' '))
  const rejectedClaims = claims.filter(claim => !open.has(claim) && !isPublicClaim(claim))
  if (rejectedClaims.length > 0) grant.rejectOIDCClaims(rejectedClaims)
  const grantId = await grant.save()
  getCurrentExchange().also.push((work: Work) =>
    consents.addConsent(work, {
      ...subject,
      clientId: client.clientId,
      partyId: client.partyId,
      grantId,
      scopes: granted,
      refused,
      purposes: client.purposes,
    }),
  )
  return finishInteraction(serving, request, reply, { consent: { grantId } })
}
