import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { acrOf, type Level, levelAsked, levelOf, levels, strengthAsked, strengthOfAmr } from './assurance.ts'

/** When a request of the provider asks the person for something (OpenID Connect Core 3.1.2.3), in the order in which it is looked at. */

const { base, Check } = interactionPolicy

type Asked = { readonly essential?: boolean; readonly value?: unknown; readonly values?: readonly unknown[] } | null | undefined
const idTokenClaim = (ctx: KoaContextWithOIDC, claim: string): Asked =>
  (ctx.oidc.claims.id_token as Readonly<Record<string, Asked>> | undefined)?.[claim]

/** What the page needs of an essential wish that the session does not meet. */
const levelWish = (ctx: KoaContextWithOIDC) => levelAsked(idTokenClaim(ctx, 'acr'))

/**
 * Whether an essential acr is met. Level 2 holds what level 1 does: a party that asks for level 1 is told level 1 of a holder of level 2, and the ID token
 * says so; nobody is told more than is so.
 */
function isLevelMet(ctx: KoaContextWithOIDC): boolean {
  const wish = levelWish(ctx)
  if (wish === undefined) return true
  if (wish === null) throw new errors.UnmetAuthenticationRequirements('none of the requested acr values is known here')
  const held = levelOf(ctx.oidc.session?.acr)
  if (!held || held < wish) return false
  const asked = idTokenClaim(ctx, 'acr')
  const values = asked?.value !== undefined ? [asked.value] : (asked?.values ?? [])
  const told = levels.filter(level => level <= held && values.includes(acrOf(level))).at(-1)
  if (told && told !== held) Object.defineProperty(ctx.oidc, 'acr', { value: acrOf(told as Level) })
  return true
}

export type Ask = {
  /** Whether the browser's session of this house still stands behind the provider's. */
  isOurs(ctx: KoaContextWithOIDC): Promise<boolean>
}

export function policyOf({ isOurs }: Ask) {
  const policy = base()
  const login = policy.get('login')
  if (!login) throw new Error('the provider has no login prompt')
  login.checks.remove('essential_acr')
  login.checks.remove('essential_acrs')
  login.checks.add(
    new Check('house_session', 'the session of the end-user has ended', 'login_required', async ctx =>
      ctx.oidc.session?.accountId === undefined || (await isOurs(ctx)) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
    ),
  )
  login.checks.add(
    new Check(
      'level',
      'the account has not the level that is required',
      'unmet_authentication_requirements',
      ctx => (ctx.oidc.session?.accountId === undefined || isLevelMet(ctx) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT),
      ctx => ({ level: levelWish(ctx) }),
    ),
  )
  login.checks.add(
    new Check(
      'strength',
      'the end-user has not signed in strongly enough',
      'login_required',
      ctx => {
        const asked = strengthAsked(idTokenClaim(ctx, 'auth_strength'))
        if (asked === undefined || ctx.oidc.session?.accountId === undefined) return Check.NO_NEED_TO_PROMPT
        if (asked > 2)
          throw new errors.UnmetAuthenticationRequirements('the house does not compare faces or fingers: strengths 3 and 4 are not given')
        return strengthOfAmr(ctx.oidc.session.amr as string[] | undefined) >= asked ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
      },
      ctx => ({ strength: strengthAsked(idTokenClaim(ctx, 'auth_strength')) }),
    ),
  )
  login.checks.add(
    new Check('login_hint', 'login_hint is taken in a pushed request only', 'invalid_request', ctx => {
      const isPushed =
        ctx.oidc.entities.PushedAuthorizationRequest || (ctx.oidc.entities.Interaction as { parJti?: string } | undefined)?.parJti
      // A hint may be a number; an address is read by many on its way (RFC 9126, section 1).
      if (ctx.oidc.params?.['login_hint'] !== undefined && !isPushed)
        throw new errors.InvalidRequest('login_hint is taken in a pushed authorization request only')
      return Check.NO_NEED_TO_PROMPT
    }),
  )
  return policy
}
