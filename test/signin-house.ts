import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { makeServer } from '../src/platform/http/server.ts'
import type { Id } from '../src/platform/ids.ts'
import { newId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { openProviderHolder } from '../src/signin/provider/provider-holder.ts'
import { routes } from '../src/signin/routes.ts'
import * as sessions from '../src/signin/sessions/sessions.ts'
import { inSignInScope } from '../src/signin/sign-in-scope.ts'
import { aClient, type Wish } from './a-client.ts'
import type { TestHouse } from './house.ts'

export type { Registered, Wish } from './a-client.ts'

/** A house that signs people in over HTTP, for relying parties that know nothing of it. */

/** Other pages to be served beside: the person's own. */
type Also = (
  app: FastifyInstance,
  house: { readonly openWork: TestHouse['openWork']; readonly origin: string },
) => Promise<void>

/** `at` a port: where one was closed before; whoever opens it there closes it. */
export async function openSignIn(house: TestHouse, { also, at }: { readonly also?: Also; readonly at?: number } = {}) {
  setSealingKey(Buffer.alloc(32, 7))
  const app = await makeServer({
    log: openLog(process.env['LOG'] ?? 'silent'),
    origin: 'http://localhost',
    trustProxy: false,
  })
  // The port is known once it listens; doors are made before, so the issuer is told late.
  const { createServer } = await import('node:net')
  const port =
    at ??
    (await new Promise<number>(resolve => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
      })
    }))
  const origin = `http://localhost:${port}`
  const desk = openProviderHolder({
    openWork: house.openWork,
    origin,
    log: openLog(process.env['LOG'] ?? 'silent'),
    isDemonstration: () => false,
    // The servers of the tests' parties are on this machine.
    calledAddresses: () => ({ demonstration: true, sandboxHosts: [] }),
  })
  await routes(app, { openWork: house.openWork, origin, holder: desk, isDemonstration: () => true })
  await also?.(app, { openWork: house.openWork, origin })
  await app.listen({ port, host: '127.0.0.1' })
  if (at === undefined) after(() => app.close())

  const register = (wish: Wish = {}) => aClient(house, wish)

  /** A browser in which a person is signed in by some factors. */
  async function signedIn(
    person: { personId: Id<'person'>; accountId: Id<'account'> },
    factors: readonly ('passcode' | 'totp' | 'passkey')[] = ['passcode'],
  ) {
    const browser = new Browser(origin)
    const { token } = await inSignInScope(house.openWork, newId<'request'>(), work =>
      sessions.beginSession(work, { ...person, factors, browser: 'test' }),
    )
    browser.cookies.set('dinhdanh-citizen', token)
    return browser
  }

  return {
    origin,
    port,
    issuer: `${origin}/oidc`,
    desk,
    register,
    signedIn,
    browser: () => new Browser(origin),
    close: () => app.close(),
  }
}

export type SignIn = Awaited<ReturnType<typeof openSignIn>>

/**
 * A browser without script: it keeps cookies, follows redirects within the house, and stops where it would leave it.
 */
export class Browser {
  readonly cookies: Map<string, string>
  readonly #origin: string
  constructor(origin: string, cookies: ReadonlyMap<string, string> = new Map()) {
    this.#origin = origin
    this.cookies = new Map(cookies)
  }

  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(url, this.#origin)
    const answer = await fetch(target, {
      ...init,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.headers as Record<string, string>),
      },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/expires=Thu, 01 Jan 1970/i.test(line) || /max-age=0/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }

  /** Follows what leads on within the house; gives the page it stops at, or the address outside. */
  async follow(first: Response): Promise<{ page?: Response; text: string; url: string; left?: URL }> {
    let answer = first
    let url = first.url
    for (let hop = 0; hop < 12; hop += 1) {
      const location = answer.headers.get('location') ?? /^0;url=(.*)$/.exec(answer.headers.get('refresh') ?? '')?.[1]
      if (!location) return { page: answer, text: await answer.text(), url }
      const next = new URL(location, url)
      if (next.origin !== this.#origin) return { text: '', url, left: next }
      url = next.href
      answer = await this.ask(url)
    }
    throw new Error(`it leads on and on: ${url}`)
  }

  async open(url: string) {
    return this.follow(await this.ask(url))
  }

  /** Sends the form of a page, with the token that stands in it, and of a consent what it says it has shown. */
  async send(page: { text: string; url: string }, fields: Record<string, string>) {
    const form =
      /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? assert.fail(`no form on ${page.text.slice(0, 300)}`)
    const shown = /name="shown" value="([^"]+)"/.exec(page.text)?.[1]
    const address = new URL(page.url)
    return this.follow(
      await this.ask(address.pathname + address.search, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ form, ...(shown && fields['step'] === 'consent' && { shown }), ...fields }),
      }),
    )
  }
}
