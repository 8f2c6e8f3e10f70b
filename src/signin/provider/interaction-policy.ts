import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { now } from '../../platform/clock.ts'
import {
  type AssuranceLevel,
  acrOf,
  amrOf,
  assuranceLevels,
  authenticatedAt,
  type Factor,
  levelOf,
  provedSince,
  requestedLevel,
  requestedStrength,
  startOfMaxAge,
  strengthOf,
  strengthOfAmr,
} from '../assurance.ts'
import { type ClaimRequest, idTokenClaimRequest, requestedValues } from '../claim-request.ts'
import { isPublicClaim } from '../consents/claim-values.ts'
import { requestedSubjects } from './requested-subjects.ts'
import { subjectForClient } from './subject-and-claims.ts'

/**
 * When a request of the provider asks the person for something (OpenID Connect Core 3.1.2.3), in the order of the
 * checks.
 */

const { base, Check } = interactionPolicy

/** The claims parameter alone: `acr_values` or a client's default would otherwise replace an essential request. */
const idTokenClaimRequestIn = (ctx: KoaContextWithOIDC, claim: string): ClaimRequest =>
  idTokenClaimRequest(ctx.oidc.params?.['claims'], claim)

/** The level of an essential acr that the session does not meet. */
function requestedLevelOf(ctx: KoaContextWithOIDC): AssuranceLevel | undefined {
  const wish = requestedLevel(idTokenClaimRequestIn(ctx, 'acr'))
  if (wish === null) throw new errors.UnmetAuthenticationRequirements('none of the requested acr values is known here')
  return wish
}

/** The strength of an essential request. One that nobody can meet is refused before anyone is asked. */
function requestedStrengthOf(ctx: KoaContextWithOIDC): number | undefined {
  const wish = requestedStrength(idTokenClaimRequestIn(ctx, 'auth_strength'))
  if (wish === null) throw new errors.UnmetAuthenticationRequirements('none of the requested strengths is known here')
  if (wish !== undefined && wish > 2)
    throw new errors.UnmetAuthenticationRequirements(
      'the house does not compare faces or fingers: strengths 3 and 4 are not given',
    )
  return wish
}

/**
 * Whether an essential acr is met. Level 2 includes level 1: a party that requires level 1 gets level 1 for a level 2
 * holder, as its ID token says.
 */
function isLevelMet(ctx: KoaContextWithOIDC): boolean {
  const wish = requestedLevelOf(ctx)
  if (wish === undefined) return true
  const held = levelOf(ctx.oidc.session?.acr)
  if (!held || held < wish) return false
  const values = requestedValues(idTokenClaimRequestIn(ctx, 'acr'))
  const told = assuranceLevels.filter(level => level <= held && values.includes(acrOf(level))).at(-1)
  if (told && told !== held) Object.defineProperty(ctx.oidc, 'acr', { value: acrOf(told), configurable: true })
  return true
}

/**
 * Whether an essential strength is met, within `max_age` if that is requested and the person was not just asked; the ID
 * token then reports these factors alone.
 */
async function isStrengthMet(ctx: KoaContextWithOIDC, factorsOf: PolicyQuestions['factorsOf']): Promise<boolean> {
  const wish = requestedStrengthOf(ctx)
  if (!isSignedIn(ctx)) return true
  const { max_age: maxAge } = ctx.oidc.params ?? {}
  if (maxAge === undefined || ctx.oidc.result?.login)
    return wish === undefined || strengthOfAmr(ctx.oidc.session?.amr as string[] | undefined) >= wish
  const fresh = provedSince(await factorsOf(ctx), startOfMaxAge(maxAge, now()))
  if (!authenticatedAt(fresh)) return false
  Object.defineProperty(ctx.oidc, 'amr', { value: amrOf(fresh), configurable: true })
  return wish === undefined || strengthOf(fresh) >= wish
}

/**
 * The answer never concerns another subject than the requested one, with or without a page (OpenID Connect Core
 * 3.1.2.2).
 */
function isRequestedSubjectOf({ oidc }: KoaContextWithOIDC, requested: readonly unknown[] | undefined): boolean {
  const accountId = oidc.session?.accountId
  return (
    !requested ||
    (accountId !== undefined &&
      oidc.client !== undefined &&
      requested.includes(subjectForClient(accountId, oidc.client)))
  )
}

/** A hint may be a personal number, and an address is read by many in transit (RFC 9126, section 1). */
function refuseUnverifiedHint(ctx: KoaContextWithOIDC): void {
  const interaction = ctx.oidc.entities.Interaction as { parJti?: string } | undefined
  if (
    ctx.oidc.params?.['login_hint'] !== undefined &&
    !ctx.oidc.entities.PushedAuthorizationRequest &&
    !interaction?.parJti
  )
    throw new errors.InvalidRequest('login_hint is taken in a pushed authorization request only')
}

/** Claims of a person that were requested by name and not consented to yet. */
function missingClaims(ctx: KoaContextWithOIDC): string[] {
  const { grant, requestParamClaims } = ctx.oidc as unknown as {
    readonly grant?: { getOIDCClaimsEncountered(): string[] }
    readonly requestParamClaims: ReadonlySet<string>
  }
  const met = new Set(grant?.getOIDCClaimsEncountered())
  return [...requestParamClaims].filter(
    claim => !isPublicClaim(claim) && claim !== 'sid' && claim !== 'iss' && !met.has(claim),
  )
}

export type PolicyQuestions = {
  /** Whether the browser's citizen session is still behind the provider's. */
  isOurs(ctx: KoaContextWithOIDC): Promise<boolean>
  /** The factors proved in the browser's citizen session. */
  factorsOf(ctx: KoaContextWithOIDC): Promise<readonly Factor[]>
  /** Whether the person suits the client: invented people sandbox clients, others live ones. */
  isSandboxed(ctx: KoaContextWithOIDC): Promise<boolean>
}

const isSignedIn = (ctx: KoaContextWithOIDC) => ctx.oidc.session?.accountId !== undefined
const promptUnless = (isMet: boolean) => (isMet ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT)

export function policyOf({ isOurs, factorsOf, isSandboxed }: PolicyQuestions) {
  const policy = base()
  const login = policy.get('login')
  if (!login) throw new Error('the provider has no login prompt')
  login.checks.remove('essential_acr')
  login.checks.remove('essential_acrs')
  // The provider's own checks look at a hint only before the page, not at the person who comes back.
  login.checks.remove('id_token_hint')
  login.checks.remove('claims_id_token_sub_value')
  login.checks.add(
    new Check('house_session', 'the session of the end-user has ended', 'login_required', async ctx => {
      if (!isSignedIn(ctx)) return Check.NO_NEED_TO_PROMPT
      if (!(await isOurs(ctx))) return Check.REQUEST_PROMPT
      if (!(await isSandboxed(ctx)))
        throw new errors.AccessDenied('a sandbox client takes sandbox people, and they take no other')
      return Check.NO_NEED_TO_PROMPT
    }),
  )
  login.checks.add(
    new Check(
      'subject',
      'the end-user is not the one that was asked for',
      'login_required',
      ctx => promptUnless(isRequestedSubjectOf(ctx, requestedSubjects(ctx))),
      ctx => ({ subjects: requestedSubjects(ctx) }),
    ),
  )
  login.checks.add(
    new Check(
      'level',
      'the account has not the level that is required',
      'unmet_authentication_requirements',
      ctx => promptUnless(requestedLevelOf(ctx) === undefined || !isSignedIn(ctx) || isLevelMet(ctx)),
      ctx => ({ level: requestedLevelOf(ctx) }),
    ),
  )
  login.checks.add(
    new Check('strength', 'the end-user has not signed in strongly enough', 'login_required', async ctx =>
      promptUnless(await isStrengthMet(ctx, factorsOf)),
    ),
  )
  login.checks.add(
    new Check('login_hint', 'login_hint is taken in a pushed request only', 'invalid_request', ctx => {
      refuseUnverifiedHint(ctx)
      return Check.NO_NEED_TO_PROMPT
    }),
  )
  const consent = policy.get('consent')
  if (!consent) throw new Error('the provider has no consent prompt')
  consent.checks.remove('op_claims_missing')
  consent.checks.add(
    new Check(
      'op_claims_missing',
      'requested claims not granted',
      'consent_required',
      ctx => promptUnless(missingClaims(ctx).length === 0),
      ctx => ({ missingOIDCClaims: missingClaims(ctx) }),
    ),
  )
  return policy
}
