import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'
import { newId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { setSealingKey } from '../src/platform/sealing.ts'
import { makeServer } from '../src/platform/server.ts'
import { atTheDoor } from '../src/signin/exchange.ts'
import { openDesk } from '../src/signin/provider-desk.ts'
import { routes } from '../src/signin/routes.ts'
import * as sessions from '../src/signin/session.ts'
import type { TestHouse } from './house.ts'

/** A house that signs people in over HTTP, for relying parties that know nothing of it. */

export type Registered = { readonly clientId: string; readonly redirectUri: string; readonly key: CryptoKey; readonly jwk: JWK }

export type Wish = {
  readonly scopes?: readonly string[]
  readonly optional?: readonly string[]
  readonly fapi?: boolean
  readonly isPublic?: boolean
  readonly legalBasis?: boolean
  readonly grants?: readonly string[]
  readonly sandbox?: boolean
  readonly level?: 1 | 2
  readonly partyId?: string
}

export async function openSignIn(house: TestHouse, also: (app: FastifyInstance, origin: string) => Promise<void> = async () => {}) {
  setSealingKey(Buffer.alloc(32, 7))
  const app = await makeServer({ log: openLog(process.env['LOG'] ?? 'silent'), origin: 'http://localhost', trustProxy: false })
  // The port is known once it listens; doors are made before, so the issuer is told late.
  const { createServer } = await import('node:net')
  const port = await new Promise<number>(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  const origin = `http://localhost:${port}`
  const desk = openDesk({ openWork: house.openWork, origin, log: openLog(process.env['LOG'] ?? 'silent') })
  await routes(app, { openWork: house.openWork, origin, desk, isDemonstration: () => true })
  await also(app, origin)
  await app.listen({ port, host: '127.0.0.1' })
  after(() => app.close())

  async function register(wish: Wish = {}): Promise<Registered> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }
    const clientId = `party-${newId<'client'>().slice(-12)}`
    const partyId = wish.partyId ?? newId<'party'>()
    const redirectUri = `http://localhost:9/${clientId}/callback`
    const basis = wish.legalBasis ?? true
    if (!wish.partyId)
      await house.owner(
        `insert into parties.party (id, name_vi, name_en, kind, basis_text, basis_article, contact_name, contact_email, state, registered_by_kind, registered_by_id, registered_at, decided_by_id, decided_at)
         values ($1, 'Đăng ký dự thi 2023', 'Exam registration 2023', 'state-body', $2, $3, 'Kỹ sư', 'ky.su@thi.example', 'approved', 'officer', 'x', now(), 'y', now())`,
        [partyId, basis ? 'Quy chế thi' : null, basis ? 'Điều 1' : null],
      )
    await house.owner(
      `insert into parties.client (client_id, party_id, name, sandbox, state, made_at) values ($1, $2, 'web', $3, 'active', now())`,
      [clientId, partyId, wish.sandbox ?? false],
    )
    const scopes = wish.scopes ?? ['profile', 'number', 'birthdate', 'residence', 'phone']
    const settings = {
      redirectUris: [redirectUri],
      postLogoutRedirectUris: [`http://localhost:9/${clientId}/`],
      authMethod: wish.isPublic ? 'none' : 'private_key_jwt',
      ...(!wish.isPublic && { signingAlgorithm: 'ES256', jwks: { keys: [jwk] } }),
      grants: wish.grants ?? ['authorization_code', 'refresh_token'],
      purposes: scopes.map(scope => ({
        scope,
        vi: 'để ghi vào hồ sơ thi',
        en: 'for the exam file',
        optional: (wish.optional ?? ['phone']).includes(scope),
      })),
      fapi: wish.fapi ?? false,
      ...(wish.level && { level: wish.level }),
    }
    await house.owner(
      `insert into parties.version (client_id, number, state, settings, made_by_kind, made_by_id, made_at, submitted_by_kind, submitted_by_id, submitted_at, decided_by_id, decided_at)
       values ($1, 1, 'in-force', $2, 'officer', 'x', now(), 'officer', 'x', now(), 'y', now())`,
      [clientId, JSON.stringify(settings)],
    )
    return { clientId, redirectUri, key: privateKey, jwk }
  }

  /** A browser in which a person is signed in by some factors. */
  async function signedIn(
    person: { personId: string; accountId: string },
    factors: readonly ('passcode' | 'totp' | 'passkey')[] = ['passcode'],
  ) {
    const browser = new Browser(origin)
    const { token } = await atTheDoor(house.openWork, newId<'request'>(), work =>
      sessions.begin(work, { ...person, factors, browser: 'test' }),
    )
    browser.cookies.set('dinhdanh-citizen', token)
    return browser
  }

  return { origin, issuer: `${origin}/oidc`, desk, register, signedIn, browser: () => new Browser(origin) }
}

export type SignIn = Awaited<ReturnType<typeof openSignIn>>

/** A browser without script: it keeps cookies, follows redirects within the house, and stops where it would leave it. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #origin: string
  constructor(origin: string) {
    this.#origin = origin
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
      const location = answer.headers.get('location')
      if (answer.status < 300 || answer.status > 399 || !location) return { page: answer, text: await answer.text(), url }
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

  /** Sends the form of a page, with the token that stands in it. */
  async send(page: { text: string; url: string }, fields: Record<string, string>) {
    const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? assert.fail(`no form on ${page.text.slice(0, 300)}`)
    const address = new URL(page.url)
    return this.follow(
      await this.ask(address.pathname + address.search, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ form, ...fields }),
      }),
    )
  }
}
