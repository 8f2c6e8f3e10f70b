import type { KoaContextWithOIDC } from 'oidc-provider'
import { html } from '../../platform/pages/html.ts'
import { framedPage, type SignInFrame, signInFrameOf } from '../page-frame.ts'

/** Pages of the provider itself: a request that cannot be answered, and signing out. */

/** Protocol and host of the provider's requests are those of the configured origin (routes.ts). */
const providerFrame = (ctx: KoaContextWithOIDC): SignInFrame =>
  signInFrameOf(
    { headers: ctx.req.headers, url: '/', server: { origin: `${ctx.protocol}://${ctx.host}` } },
    { demonstration: false, wanted: ctx.oidc?.params?.['ui_locales'] },
  )

const sendPage = (ctx: KoaContextWithOIDC, page: string) => {
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('cache-control', 'no-store')
  ctx.body = page
}

const requestIdLine = (ctx: KoaContextWithOIDC) => String(ctx.res.getHeader('x-request-id') ?? '')

/** The sign-in ended, or was finished in another window. */
export const abortedPage = (frame: SignInFrame, requestId: string): string =>
  framedPage(
    frame,
    frame.text('left-title'),
    html`<p>${frame.text('left-explained')}</p>
<p><a class="button" href="/">${frame.text('to-start')}</a></p>
<p class="small">${frame.text('error-code')}: <code>${requestId}</code></p>`,
  )

/** Redirects by its Refresh header, or by its link. */
export const continuePage = (frame: SignInFrame, next: string): string =>
  framedPage(frame, frame.text('onward'), html`<p><a class="button" href="${next}">${frame.text('go')}</a></p>`)

/** The error page says that it is not the person's fault, what is stored, and the correlation id for an engineer. */
export function errorPage(
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string | undefined },
  error: Error,
): void {
  const said = providerFrame(ctx)
  const { text: say } = said
  const isOver = /session not found|has expired|interaction session|could not find logout/i.test(
    error.message + (out.error_description ?? ''),
  )
  if (isOver) {
    sendPage(ctx, abortedPage(said, requestIdLine(ctx)))
    return
  }
  sendPage(
    ctx,
    framedPage(
      said,
      say('error-title'),
      html`<p>${say('error-explained')}</p>
<p><a class="button" href="/">${say('to-start')}</a></p>
<p class="small"><code>${out.error}</code>${
        out.error_description &&
        html`
· ${out.error_description}`
      }<br>${say('error-code')}: <code>${requestIdLine(ctx)}</code></p>`,
    ),
  )
}

export const sendContinuePage = (ctx: KoaContextWithOIDC, next: string): void =>
  sendPage(ctx, continuePage(providerFrame(ctx), next))

/**
 * `form` is the provider's own with its token; buttons outside submit it. A refusal ends nothing, neither here nor at
 * the party, so it is not stored.
 */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  Object.assign(ctx.oidc.session?.state ?? {}, { clientId: undefined })
  const said = providerFrame(ctx)
  const { text: say } = said
  sendPage(
    ctx,
    framedPage(
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
  const said = providerFrame(ctx)
  sendPage(
    ctx,
    framedPage(
      said,
      said.text('onward'),
      html`<p>${said.text('another-before')}</p>
<form method="post" action="${action}"><input type="hidden" name="xsrf" value="${xsrf}"><input type="hidden"
name="logout" value="yes"><button class="button" type="submit">${said.text('go')}</button></form>`,
    ),
  )
}

type LogoutRequest = { readonly secret: string; readonly state?: string; readonly postLogoutRedirectUri?: string }

/**
 * Replaces oidc-provider's own pages: a sign-out without a session redirects at once, and a page of ours asks before
 * another person's provider session ends.
 */
export function sendOwnPage(ctx: KoaContextWithOIDC, policy: string): void {
  if (typeof ctx.body !== 'string' || !ctx.body.includes('<title>Submitting Callback</title>')) return
  if (policy) ctx.set('content-security-policy', policy)
  const { secret, state, postLogoutRedirectUri } = (ctx.oidc.session as unknown as { readonly state: LogoutRequest })
    .state
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
  const said = providerFrame(ctx)
  sendPage(ctx, framedPage(said, said.text('logged-out'), html`<p>${said.text('logged-out-text')}</p>`))
}
