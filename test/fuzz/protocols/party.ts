import { type CryptoKey, importJWK } from 'jose'
import { type AParty, aKey, answerOf, aParty, type Form, leftBy, type Sent, send } from '../../relying-party.ts'
import { Browser, type SignIn } from '../../signin-house.ts'
import { bentForm, bentMembers, bentText } from '../bend.ts'
import type { Random } from '../random.ts'
import type { Protocol, ProtocolHouse } from './protocol.ts'

/**
 * A relying party and a person's browser: pushed request, authorization, token, userinfo, refresh, revocation, logout.
 * Assertions and proofs are signed after they were bent, or bent after they were signed.
 */

const places = [
  'the request',
  'the assertion',
  'the signed assertion',
  'the exchange',
  'the proof',
  'the signed proof',
  'the userinfo request',
  'the refresh',
  'the revocation',
  'the logout',
  'nothing',
] as const
type Place = (typeof places)[number]

const requestNames = (
  'scope claims acr_values max_age prompt display ui_locales login_hint id_token_hint request request_uri resource ' +
  'response_mode response_type redirect_uri state nonce code_challenge code_challenge_method dpop_jkt client_id ' +
  'registration claims_locales authorization_details'
).split(' ')
const tokenNames = (
  'grant_type code code_verifier redirect_uri refresh_token scope resource client_id client_assertion_type audience ' +
  'client_secret username subject_token token token_type_hint'
).split(' ')
const assertionClaims = ['iss', 'sub', 'aud', 'jti', 'iat', 'exp', 'nbf']
const proofClaims = ['jti', 'htm', 'htu', 'iat', 'ath', 'nonce', 'exp', 'nbf']
const headerNames = ['kid', 'typ', 'cty', 'jku', 'x5c', 'x5t', 'jwk', 'zip', 'b64']

/** A header without what the signer would refuse itself. */
const bentHeader = (random: Random) => {
  const { alg: _alg, crit: _crit, b64: _b64, ...header } = bentMembers(headerNames, random)
  return header
}

/** Browsers and parties ask by `fetch`; each answer is looked at. */
class WatchedBrowser extends Browser {
  readonly #house: ProtocolHouse
  constructor(house: ProtocolHouse, cookies: ReadonlyMap<string, string>) {
    super(house.origin, cookies)
    this.#house = house
  }

  override async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const answer = await super.ask(url, init)
    return this.#house.watch(answer, `${init.method ?? 'GET'} ${new URL(url, this.#house.origin).pathname}`)
  }
}

type SignedIn = {
  readonly party: AParty
  readonly isFapi: boolean
  readonly cookies: ReadonlyMap<string, string>
}

async function oneRun(house: ProtocolHouse, { party, isFapi, cookies }: SignedIn, random: Random) {
  const place: Place = random.pick(places)
  house.note(`${isFapi ? 'FAPI' : 'plain'}: ${place}`)
  const isAt = (...some: readonly Place[]) => some.includes(place)
  const browser = new WatchedBrowser(house, cookies)
  const noted = <Value>(value: Value): Value => {
    house.note(JSON.stringify(value) ?? 'undefined')
    return value
  }
  const said = () =>
    isAt('the assertion')
      ? noted(random.once(2) ? { claims: bentMembers(assertionClaims, random) } : { header: bentHeader(random) })
      : {}
  const shown = () => {
    if (isAt('the signed proof'))
      return { spoil: (text: string) => noted(bentText(text, random)).replace(/[^\x20-\x7e]/g, '') }
    if (!isAt('the proof')) return {}
    return noted(random.once(3) ? { header: bentHeader(random) } : { claims: bentMembers(proofClaims, random) })
  }
  const spoilt = (sent: Sent): Sent => {
    if (!isAt('the signed assertion') || !sent.form) return sent
    const was = String(sent.form['client_assertion'])
    return { ...sent, form: { ...sent.form, client_assertion: noted(bentText(was, random)) } }
  }
  const ask = async (sent: Sent) => {
    const answer = await answerOf(await house.watch(await send(sent), `${sent.method} ${new URL(sent.url).pathname}`))
    const isRefusal = answer.status >= 400
    if (isRefusal)
      house.promise(
        typeof answer.body['error'] === 'string' || answer.body['type'] !== undefined,
        `an error has a name: ${sent.url}`,
      )
    return answer
  }

  const { params, verifier } = party.wish({ scope: 'openid profile' })
  const wished: Form = isAt('the request') ? noted(bentForm(params, requestNames, random)) : params
  const dpop = await aKey()
  let asked: Form = wished
  if (isFapi) {
    const pushed = await ask(spoilt(await party.push(wished, said())))
    if (pushed.status !== 201) return
    asked = { client_id: party.party.clientId, request_uri: String(pushed.body['request_uri']) }
  }
  const answer = await send(party.authorize(asked), browser)
  if (answer.status < 300 || answer.status > 399) return
  const left = leftBy(answer)
  const code = left.searchParams.get('code')
  if (!code) {
    house.promise(
      !isAt('nothing', 'the exchange', 'the refresh'),
      `a right request gets a code, not ${left.href.slice(0, 200)}`,
    )
    return
  }
  house.promise(left.href.startsWith(party.party.redirectUri), 'a code goes to the address of its party alone')

  const form = party.exchange({ code, verifier, redirectUri: party.party.redirectUri, dpop })
  const sentForm = isAt('the exchange') ? noted(bentForm(form, tokenNames, random)) : form
  const given = await ask(spoilt(await party.token(sentForm, isFapi ? dpop : undefined, shown(), said())))
  if (given.status !== 200) {
    house.promise(
      !isAt('nothing', 'the refresh', 'the userinfo request'),
      `a right code gets tokens, not ${given.status}`,
    )
    return
  }
  const { access_token: access, refresh_token: refresh, id_token: hint, token_type: type } = given.body
  house.promise(typeof access === 'string' && typeof hint === 'string', 'tokens come whole')
  house.promise((type === 'DPoP') === isFapi, 'a token is bound where its party is bound')

  const seen = await party.userinfo(String(access), isFapi ? dpop : undefined, shown())
  const bentSeen = isAt('the userinfo request')
    ? {
        ...seen,
        headers: {
          ...seen.headers,
          authorization: bentText(seen.headers['authorization'] ?? '', random).replace(/[^\x20-\x7e]/g, ''),
        },
      }
    : seen
  const person = await ask(bentSeen)
  if (person.status === 200) house.promise(typeof person.body['sub'] === 'string', 'userinfo names its subject')

  if (typeof refresh === 'string') {
    const again: Form = { grant_type: 'refresh_token', refresh_token: refresh }
    const bentAgain = isAt('the refresh') ? noted(bentForm(again, tokenNames, random)) : again
    const next = await ask(spoilt(await party.token(bentAgain, isFapi ? dpop : undefined, shown(), said())))
    if (isAt('nothing')) house.promise(next.status === 200, `a right refresh gets tokens, not ${next.status}`)
  }
  if (random.once(2)) {
    const form = { token: String(access), token_type_hint: 'access_token' }
    const told = await party.token({}, undefined, {}, said())
    const bentTold = isAt('the revocation') ? noted(bentForm(form, tokenNames, random)) : form
    const revoked = await ask({ ...told, url: party.at('/token/revocation'), form: { ...told.form, ...bentTold } })
    if (isAt('nothing') && revoked.status === 200) {
      const after = await ask(await party.userinfo(String(access), isFapi ? dpop : undefined))
      house.promise(after.status === 401, `a revoked token opens nothing, but ${after.status}`)
    }
  }
  if (isAt('the logout')) {
    const out = noted(
      bentForm(
        { id_token_hint: String(hint), state: 'x', client_id: party.party.clientId },
        [...requestNames, 'post_logout_redirect_uri', 'logout_hint'],
        random,
      ),
    )
    const query = new URLSearchParams(
      Object.entries(out).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one])),
    )
    await new WatchedBrowser(house, cookies).ask(`/oidc/session/end?${query}`)
  }
}

export const party: Protocol = {
  name: 'party',
  async open(house) {
    const citizens = house.served.callers.filter(({ name }) => name.startsWith('citizen'))
    const signedIn: SignedIn[] = []
    for (const { isFapi, clientId, redirectUri, jwk } of house.served.parties) {
      const key = (await importJWK(jwk, 'ES256')) as CryptoKey
      const signIn = { issuer: `${house.origin}/oidc` } as SignIn
      const party = aParty(signIn, { clientId, redirectUri, key, jwk }, { fapi: isFapi })
      for (const { headers } of citizens) {
        const browser = new Browser(house.origin, new Map([(headers['cookie'] ?? '').split('=') as [string, string]]))
        // Some of the demonstration may not sign in, such as a child.
        const isConsented = await party.consent(browser).then(
          () => true,
          () => false,
        )
        if (isConsented) signedIn.push({ party, isFapi, cookies: browser.cookies })
      }
    }
    if (!signedIn.some(({ isFapi }) => isFapi) || signedIn.every(({ isFapi }) => isFapi))
      throw new Error('nobody consented to a party')
    return random => oneRun(house, random.pick(signedIn), random)
  },
}
