import type { KoaContextWithOIDC } from 'oidc-provider'
import { html } from '../../platform/pages/html.ts'
import { type Frame, framed, frameOf } from '../page-frame.ts'

/** Pages of the provider itself: a request that cannot be answered, and signing out. */

const frame = (ctx: KoaContextWithOIDC): Frame =>
  frameOf({ headers: ctx.req.headers, host: ctx.host, url: '/' } as never, {
    demonstration: false,
    wanted: ctx.oidc?.params?.['ui_locales'],
  })

const show = (ctx: KoaContextWithOIDC, page: string) => {
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('cache-control', 'no-store')
  ctx.body = page
}

const correlation = (ctx: KoaContextWithOIDC) => String(ctx.res.getHeader('x-request-id') ?? '')

/** The sign-in ended, or was finished in another window. */
export const leftPage = (said: Frame, requestId: string): string =>
  framed(
    said,
    said.say('left-title'),
    html`<p>${said.say('left-explained')}</p>
<p><a class="button" href="/">${said.say('to-start')}</a></p>
<p class="small">${said.say('error-code')}: <code>${requestId}</code></p>`,
  )

/** Redirects by its Refresh header, or by its link. */
export const onwardPage = (said: Frame, next: string): string =>
  framed(said, said.say('onward'), html`<p><a class="button" href="${next}">${said.say('go')}</a></p>`)

/** The error page says that it is not the person's fault, what is stored, and the correlation id for an engineer. */
export function errorPage(
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string | undefined },
  error: Error,
): void {
  const said = frame(ctx)
  const { say } = said
  const isOver = /session not found|has expired|interaction session|could not find logout/i.test(
    error.message + (out.error_description ?? ''),
  )
  if (isOver) {
    show(ctx, leftPage(said, correlation(ctx)))
    return
  }
  show(
    ctx,
    framed(
      said,
      say('error-title'),
      html`<p>${say('error-explained')}</p>
<p><a class="button" href="/">${say('to-start')}</a></p>
<p class="small"><code>${out.error}</code>${out.error_description && html` · ${out.error_description}`}<br>${say('error-code')}: <code>${correlation(ctx)}</code></p>`,
    ),
  )
}

export const goOnPage = (ctx: KoaContextWithOIDC, next: string): void => show(ctx, onwardPage(frame(ctx), next))

/**
 * `form` is the provider's own with its token; buttons outside submit it. A refusal ends nothing, neither here nor at
 * the party, so it is not stored.
 */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  Object.assign(ctx.oidc.session?.state ?? {}, { clientId: undefined })
  const said = frame(ctx)
  const { say } = said
  show(
    ctx,
    framed(
      said,
      say('log-out-title'),
      html`<p>${say('log-out-explained')}</p>
${{ html: form }}
<button class="button" type="submit" form="op.logoutForm" name="logout" value="yes">${say('log-out-yes')}</button>
<button class="button plain" type="submit" form="op.logoutForm">${say('log-out-no')}</button>`,
    ),
  )
}

/** A form of the provider's that would submit itself by script, which our pages do not allow; a button submits it. */
function formPage(ctx: KoaContextWithOIDC, action: string, xsrf: string): void {
  const said = frame(ctx)
  show(
    ctx,
    framed(
      said,
      said.say('onward'),
      html`<p>${said.say('another-before')}</p>
<form method="post" action="${action}"><input type="hidden" name="xsrf" value="${xsrf}"><input type="hidden" name="logout" value="yes"><button class="button" type="submit">${said.say('go')}</button></form>`,
    ),
  )
}

type Leaving = { readonly secret: string; readonly state?: string; readonly postLogoutRedirectUri?: string }

/**
 * Replaces oidc-provider's own pages: a sign-out without a session redirects at once, and a page of ours asks before
 * another person's provider session ends.
 */
export function ownPage(ctx: KoaContextWithOIDC, policy: string): void {
  if (typeof ctx.body !== 'string' || !ctx.body.includes('<title>Submitting Callback</title>')) return
  if (policy) ctx.set('content-security-policy', policy)
  const { secret, state, postLogoutRedirectUri } = (ctx.oidc.session as unknown as { readonly state: Leaving }).state
  if (ctx.oidc.route !== 'end_session') {
    formPage(ctx, ctx.oidc.urlFor('end_session_confirm'), secret)
    return
  }
  if (!postLogoutRedirectUri) {
    loggedOutPage(ctx)
    return
  }
  const back = new URL(postLogoutRedirectUri)
  if (state !== undefined) back.searchParams.set('state', state)
  ctx.status = 303
  ctx.redirect(back.href)
}

export function loggedOutPage(ctx: KoaContextWithOIDC): void {
  const said = frame(ctx)
  show(ctx, framed(said, said.say('logged-out'), html`<p>${said.say('logged-out-text')}</p>`))
}
