import { parse, stringify } from 'node:querystring'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { errorPage } from './error-and-sign-out-pages.ts'

/** A sign-in request by POST. */

/** The requested address, as the browser knows it (src/signin/provider/routes.ts). */
export const addressOf = (ctx: KoaContextWithOIDC): string =>
  (ctx.req as { readonly originalUrl?: string }).originalUrl ?? '/'

const longestForm = 8_000
/** A sender of more than this gets no explanation. */
const longestRead = 1_000_000

/** The form; undefined if it is too long. It is read to its end, because a sender does not read the answer before. */
async function readForm({ req }: KoaContextWithOIDC): Promise<string | undefined> {
  let [text, length] = ['', 0]
  for await (const piece of req) {
    length += (piece as Buffer).length
    if (length > longestRead) return undefined
    if (length <= longestForm) text += String(piece)
  }
  return length <= longestForm ? text : undefined
}

/**
 * A POST request (OpenID Connect Core 3.1.2.1) continues by GET, so that the browser sends its own cookies, which
 * another site's POST cannot. A hint, which may be a personal number, does not get into the address; its presence is
 * refused there. Gives whether it was a POST.
 */
export async function convertPostToGet(ctx: KoaContextWithOIDC): Promise<boolean> {
  if (ctx.method !== 'POST' || ctx.path !== '/auth' || !ctx.is('application/x-www-form-urlencoded')) return false
  const text = await readForm(ctx)
  if (text === undefined) {
    ctx.status = 413
    const out = {
      error: 'invalid_request',
      error_description: `a request has at most ${longestForm} characters; push a longer one`,
    }
    errorPage(ctx, out, new Error(out.error))
    return true
  }
  const asked = parse(text)
  if (asked['login_hint'] !== undefined) asked['login_hint'] = 'pushed-only'
  ctx.status = 303
  ctx.redirect(`${addressOf(ctx)}?${stringify(asked)}`)
  return true
}
