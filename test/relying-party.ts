import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { TestHouse } from './house.ts'
import type { Browser, Registered, SignIn } from './signin-house.ts'

/** A relying party made by hand, request by request, so that each of them can be spoilt in one place. */

export type Key = { readonly privateKey: CryptoKey; readonly jwk: JWK; readonly alg: string }

export async function aKey(alg = 'ES256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { privateKey, jwk: await exportJWK(publicKey), alg }
}

export type Form = Readonly<Record<string, string | readonly string[] | undefined>>

/** A request that is about to be sent. */
export type Sent = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly query?: Form
  readonly form?: Form
  /** Instead of the form. */
  readonly body?: string
}

export const seconds = () => Math.floor(Date.now() / 1000)
export const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')
export const random = () => randomBytes(24).toString('base64url')

const encoded = (form: Form = {}) =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      value === undefined
        ? []
        : (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
    ),
  )

export const addressOf = ({ url, query }: Sent): string => (query ? `${url}?${encoded(query)}` : url)

export function send(sent: Sent, browser?: Browser): Promise<Response> {
  const body = sent.body ?? (sent.form && encoded(sent.form).toString())
  const init = {
    method: sent.method,
    headers: { ...(sent.form && { 'content-type': 'application/x-www-form-urlencoded' }), ...sent.headers },
    ...(body !== undefined && { body }),
  }
  return browser ? browser.ask(addressOf(sent), init) : fetch(addressOf(sent), { ...init, redirect: 'manual' })
}

/** The parameters of an authorization request of a party, and what it keeps of it (RFC 7636, section 4.1). */
export function codeRequest({ clientId, redirectUri }: Pick<Registered, 'clientId' | 'redirectUri'>) {
  const verifier = random() + random()
  const params = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state: random(),
    nonce: random(),
    code_challenge: s256(verifier),
    code_challenge_method: 'S256',
  }
  return { verifier, params }
}

export type ProofChange = {
  readonly claims?: Record<string, unknown>
  readonly header?: Record<string, unknown>
  readonly key?: Key
  /** The text of the header, after the proof was signed. */
  readonly spoil?: (proof: string) => string
}

/** A DPoP proof (RFC 9449, section 4.2). */
export async function proof(
  key: Key,
  method: string,
  url: string,
  token?: string,
  { claims, header, key: by = key, spoil }: ProofChange = {},
) {
  const said = {
    jti: random(),
    htm: method,
    htu: url,
    iat: seconds(),
    ...(token && { ath: createHash('sha256').update(token).digest('base64url') }),
    ...claims,
  }
  const kept = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  const head = { alg: by.alg, typ: 'dpop+jwt', jwk: by.jwk, ...header }
  const signed = await new SignJWT(kept)
    .setProtectedHeader(Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined)) as never)
    .sign(by.privateKey)
  return spoil ? spoil(signed) : signed
}

export type AssertionChange = {
  readonly claims?: Record<string, unknown>
  readonly header?: Record<string, unknown>
  readonly key?: CryptoKey
}

/** A client assertion (RFC 7523, section 3). */
export function assertion(
  party: Registered,
  issuer: string,
  { claims, header, key }: AssertionChange = {},
): Promise<string> {
  const said = {
    iss: party.clientId,
    sub: party.clientId,
    aud: issuer,
    jti: random(),
    iat: seconds(),
    exp: seconds() + 60,
    ...claims,
  }
  return new SignJWT(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
    .sign(key ?? party.key)
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly response: Response }

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
    response,
  }
}

export type Code = {
  readonly code: string
  readonly verifier: string
  readonly redirectUri: string
  readonly dpop: Key
}
export type Tokens = Readonly<Record<'access_token' | 'id_token' | 'refresh_token' | 'token_type', string>>

/** What a party sends, as it should be; tests spoil it. */
export function aParty(signIn: SignIn, party: Registered, { fapi = false }: { readonly fapi?: boolean } = {}) {
  const { issuer } = signIn
  const at = (path: string) => `${issuer}${path}`

  const authenticated = async (change: AssertionChange = {}) => ({
    client_assertion: await assertion(party, issuer, change),
    client_assertion_type: assertionType,
  })

  /** As `codeRequest`, with some parameters otherwise. */
  function wish(more: Form = {}) {
    const { verifier, params } = codeRequest(party)
    return { verifier, params: { ...params, ...more } as Form }
  }

  const authorize = (params: Form): Sent => ({
    method: 'GET',
    url: at('/auth'),
    headers: { accept: 'text/html' },
    query: params,
  })

  const push = async (params: Form, change: AssertionChange = {}): Promise<Sent> => ({
    method: 'POST',
    url: at('/request'),
    headers: {},
    form: { ...params, ...(await authenticated(change)) },
  })

  async function pushed(params: Form): Promise<Form> {
    const { status, body } = await answerOf(await send(await push(params)))
    assert.equal(status, 201, JSON.stringify(body))
    return { client_id: party.clientId, request_uri: String(body['request_uri']) }
  }

  const token = async (
    form: Form,
    dpop?: Key,
    change: ProofChange = {},
    said: AssertionChange = {},
  ): Promise<Sent> => ({
    method: 'POST',
    url: at('/token'),
    headers: dpop ? { dpop: await proof(dpop, 'POST', at('/token'), undefined, change) } : {},
    form: { ...form, ...(await authenticated(said)) },
  })

  const exchange = ({ code, verifier, redirectUri }: Code): Form => ({
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  })

  const userinfo = async (access: string, dpop?: Key, change: ProofChange = {}): Promise<Sent> => ({
    method: 'GET',
    url: at('/me'),
    headers: dpop
      ? { authorization: `DPoP ${access}`, dpop: await proof(dpop, 'GET', at('/me'), access, change) }
      : { authorization: `Bearer ${access}` },
  })

  /** A code, by a browser in which somebody is signed in and has consented. */
  async function code(browser: Browser, more: Form = {}, dpop?: Key): Promise<Code> {
    const { verifier, params } = wish(more)
    const asked = fapi ? await pushed(params) : params
    const left = leftBy(await send(authorize(asked), browser))
    const given = left.searchParams.get('code') ?? assert.fail(`no code: ${left.href}`)
    return { code: given, verifier, redirectUri: party.redirectUri, dpop: dpop ?? (await aKey()) }
  }

  async function tokens(browser: Browser, more: Form = {}): Promise<Tokens & { dpop: Key }> {
    const given = await code(browser, more)
    const { status, body } = await answerOf(await send(await token(exchange(given), fapi ? given.dpop : undefined)))
    assert.equal(status, 200, JSON.stringify(body))
    return { ...(body as Tokens), dpop: given.dpop }
  }

  /** Lets the person of a browser consent to some scopes, once. */
  async function consent(browser: Browser, scope = 'openid profile', optional: readonly string[] = []): Promise<void> {
    const { params } = wish({ scope })
    const asked = await browser.open(addressOf(authorize(fapi ? await pushed(params) : params)))
    if (asked.left) return
    const back = await browser.send(asked, {
      step: 'consent',
      answer: 'yes',
      ...Object.fromEntries(optional.map(one => [`see-${one}`, 'yes'])),
    })
    assert.ok(back.left?.searchParams.get('code'), back.left?.href ?? back.text)
  }

  return {
    party,
    issuer,
    at,
    wish,
    authorize,
    push,
    pushed,
    token,
    exchange,
    userinfo,
    code,
    tokens,
    consent,
    authenticated,
  }
}

export type AParty = ReturnType<typeof aParty>

/** Where a browser is sent on to. */
export function leftBy(response: Response): URL {
  const location =
    response.headers.get('location') ??
    /^0;url=(.*)$/.exec(response.headers.get('refresh') ?? '')?.[1] ??
    assert.fail(`no way on: ${response.status}`)
  return new URL(location, response.url)
}

export type Flight = {
  readonly client_id: string | null
  readonly endpoint: string
  readonly outcome: string
  readonly check: string | null
  readonly error: string | null
  readonly detail: string | null
  readonly seconds: number | null
}

/** What the flight recorder has of an answer. */
export async function flightsOf(house: TestHouse, response: Response): Promise<Flight[]> {
  const id = response.headers.get('x-request-id') ?? assert.fail('the answer bears no correlation id')
  return house.owner<Flight>(
    `select client_id, endpoint, outcome, "check", error, detail, seconds from parties.flight where request_id = $1
      order by id`,
    [id],
  )
}

/** Everything in a request that a person or a browser made up: values that are no word of a standard. */
export function madeUp(sent: Sent, clientId: string): string[] {
  const values = [
    ...Object.values(sent.form ?? {}),
    ...Object.values(sent.query ?? {}),
    ...Object.values(sent.headers),
    sent.body,
  ]
    .flat()
    .filter(value => value !== undefined) as string[]
  return values.filter(value => value.length > 5 && value !== clientId && !/^[a-z_ ]+$/.test(value))
}

export const thumbprint = (key: Key): Promise<string> => calculateJwkThumbprint(key.jwk)
