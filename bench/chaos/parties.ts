import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { CompiledQuery, sql } from 'kysely'
import type { House } from '../../src/open-house.ts'
import { newId } from '../../src/platform/ids.ts'
import { asSystem } from '../../src/platform/work.ts'
import * as sessions from '../../src/signin/sessions/sessions.ts'
import { inSignInScope } from '../../src/signin/sign-in-scope.ts'
import { aClient, type Registered } from '../../test/a-client.ts'
import { assertion, assertionType, codeRequest } from '../../test/relying-party.ts'
import { Browser } from '../../test/signin-house.ts'
import { type Ledger, untilAnswered, type Writing } from './ledger.ts'

/** Relying parties at work: one has batches of people checked, one keeps people signed in by refresh tokens. */

/** A person as a party says of them. */
type Said = { readonly person_number: string; readonly full_name: string; readonly birth_date: string }

export type Holder = { readonly personId: string; readonly accountId: string; readonly sessionToken: string }

export type PartiesBeginning = {
  readonly checking: Registered
  readonly people: readonly Said[]
  readonly signingIn: Registered
  readonly holders: readonly Holder[]
}

/** Rows of one batch, and milliseconds between two. */
const [rowsOfBatch, pauseBetween] = [60, 3_000]
/** People whom a party keeps signed in, and milliseconds between two refreshes of one. */
const [refreshingPeople, refreshEvery] = [6, 2_000]

export async function rowsIn<Row>(house: House, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const asMaintenance = { ...asSystem('chaos'), role: 'maintenance' } as const
  return house.openWork(asMaintenance, async ({ tx }) => {
    const { rows } = await tx.executeQuery<Row>(CompiledQuery.raw(text, [...values]))
    return rows
  })
}

/** Lets holders of level 2 sign in, one session each, as by their passcode. `born`: the first and the last year. */
export async function signInHolders(
  house: House,
  { count, born: [first, last] }: { readonly count: number; readonly born: readonly [number, number] },
): Promise<Holder[]> {
  const found = await rowsIn<{ personId: string; accountId: string }>(
    house,
    `select a.person_id as "personId", a.id as "accountId"
     from accounts.account a join register.person p using (person_id)
     where a.state = 'activated' and a.level = 2 and p.birth_y between $2 and $3 and not exists
       (select from signin.session s where s.person_id = a.person_id) order by a.id limit $1`,
    [count, first, last],
  )
  const signedIn: Holder[] = []
  for (const { personId, accountId } of found) {
    const holder = { personId, accountId } as Parameters<typeof sessions.beginSession>[1]
    const { token } = await inSignInScope(house.openWork, newId<'request'>(), work =>
      sessions.beginSession(work, { ...holder, factors: ['passcode'], browser: 'chaos' }),
    )
    signedIn.push({ personId, accountId, sessionToken: token })
  }
  return signedIn
}

/** Registers the parties, and signs in those whom they know. */
export async function prepareParties(house: House): Promise<PartiesBeginning> {
  const owner = { owner: <Row>(text: string, values?: unknown[]) => rowsIn<Row>(house, text, values) }
  return {
    checking: await aClient(owner, { grants: ['client_credentials'], scopes: ['verification'], optional: [] }),
    signingIn: await aClient(owner, { scopes: ['profile'], optional: [] }),
    holders: await signInHolders(house, { count: refreshingPeople, born: [1950, 2000] }),
    people: await rowsIn<Said>(
      house,
      `select n.number as person_number, p.full_name, make_date(p.birth_y, p.birth_m, p.birth_d)::text as birth_date
         from register.person p join register.number n using (person_id)
         where p.birth_d is not null and n.state = 'in-force' order by p.person_id limit 400`,
    ),
  }
}

/** Asks for a token until an answer comes: each time with an assertion of its own, which is taken once. */
const tokenBy = (origin: string, party: Registered, form: Readonly<Record<string, string>>, writing: Writing) =>
  untilAnswered(
    'POST /oidc/token',
    async signal => {
      const client_assertion = await assertion(party, `${origin}/oidc`)
      const body = new URLSearchParams({ ...form, client_assertion_type: assertionType, client_assertion })
      return fetch(`${origin}/oidc/token`, { method: 'POST', body, signal })
    },
    writing,
  )

/**
 * Has batches checked until it is over: of what was taken in whole each row must be answered, once. A token that is
 * refused, as where the server's clock is set, is asked for again.
 */
export async function sendBatches(origin: string, { checking, people }: PartiesBeginning, writing: Writing) {
  const chosen = (at: number) => people[at % people.length] as Said
  const form = { grant_type: 'client_credentials', scope: 'verification', resource: `${origin}/api` }
  for (let nth = 0; !writing.isOver(); nth += 1) {
    const token = await tokenBy(origin, checking, form, writing)
    const id = randomUUID()
    const rows = Array.from({ length: rowsOfBatch }, (_, at) => ({ ...chosen(nth * rowsOfBatch + at), ref: at }))
    const bytes = new TextEncoder().encode(rows.map(row => JSON.stringify(row)).join('\n'))
    const put = (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
      untilAnswered(
        `PUT ${path}`,
        signal =>
          fetch(`${origin}/api/verifications/batches/${path}`, {
            ...{ method: 'PUT', body, signal },
            headers: { authorization: `Bearer ${String(token.answer['access_token'])}`, 'content-type': type },
          }),
        writing,
      )
    const asked = { purpose: 'verification', format: 'ndjson', bytes: bytes.length }
    const begun = token.status === 200 && (await put(id, 'application/json', JSON.stringify(asked)))
    // A piece that came and was not answered is sent again from where it began.
    const sent = begun && begun.status < 300 && (await put(`${id}/input?offset=0`, 'application/octet-stream', bytes))
    if (sent && sent.status < 300) writing.ledger.entries.push({ kind: 'check', id, value: String(rows.length) })
    else writing.ledger.refuse('check', JSON.stringify((sent || begun || token).answer))
    await setTimeout(pauseBetween)
  }
}

/** Milliseconds within which the last batches are answered, once all is over. */
const answeredWithin = 120_000

/** Of batches that were taken in whole: those of which not each row was answered once. */
export async function batchesNotAnswered(house: House, { entries }: Ledger): Promise<string[]> {
  const taken = entries.filter(({ kind }) => kind === 'check')
  const ends = performance.now() + answeredWithin
  for (;;) {
    const { rows } = await house.openWork(asSystem('chaos'), ({ tx }) =>
      sql<{ id: string; found: string }>`
        select id, state || ' ' || read_rows || ' ' || wrong_rows as found from verification.batch`.execute(tx),
    )
    const found = new Map(rows.map(row => [row.id, row.found]))
    const open = taken.filter(({ id, value }) => found.get(id) !== `done ${value} 0`)
    if (open.length === 0 || performance.now() > ends) return open.map(({ id }) => `${id}: ${found.get(id)}`)
    await setTimeout(1_000)
  }
}

let addresses = 0
/** One of 2001:db8::/32 (RFC 3849), each in a network of its own. */
const newAddress = () => `2001:db8:${(addresses++).toString(16)}::1`

/** A browser in which a holder is signed in; whatever gets no answer is asked again. */
export class PatientBrowser extends Browser {
  readonly #writing: Writing
  /** Each browser at a place of its own, as people are: who begins to activate too often from one place waits. */
  readonly #address = newAddress()
  constructor(origin: string, writing: Writing, sessionToken?: string) {
    super(origin, new Map(sessionToken ? [['dinhdanh-citizen', sessionToken]] : []))
    this.#writing = writing
  }
  override async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), 'x-forwarded-for': this.#address }
    for (let tries = 0; ; tries += 1) {
      const answer = await super
        .ask(url, { ...init, headers, signal: AbortSignal.timeout(20_000) })
        .catch(() => undefined)
      if (answer && answer.status !== 429 && answer.status < 500) return answer
      await answer?.body?.cancel().catch(() => undefined)
      if (this.#writing.isOver() && tries > 120) throw new Error(`${new URL(url, 'http://x').pathname} never answered`)
      this.#writing.ledger.again += 1
      await setTimeout(Math.min(2_000, 100 * 2 ** Math.min(tries, 5)))
    }
  }
  /** Fills in a form of a page. Gives the page as it is where it has none. */
  async fill(page: { text: string; url: string }, path: string, fields: Readonly<Record<string, string>>) {
    const form = new RegExp(`action="${path}"><input type="hidden" name="form" value="([^"]+)"`).exec(page.text)?.[1]
    if (!form) return page
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.follow(
      await this.ask(path, { method: 'POST', headers, body: new URLSearchParams({ form, ...fields }) }),
    )
  }
  /** Opens an address and consents to what is asked there; gives the address outside to which it leads. */
  async leave(url: string): Promise<URL | undefined> {
    const page = await this.open(url)
    if (page.left) return page.left
    if (!/name="form"/.test(page.text) || !page.text.includes('value="consent"')) return undefined
    return (await this.send(page, { step: 'consent', answer: 'yes' })).left
  }
}

/** The first refresh token of a holder: they sign in at the party, and consent the first time. */
async function firstToken(origin: string, party: Registered, browser: PatientBrowser, writing: Writing) {
  const { verifier, params } = codeRequest(party)
  const left = await browser.leave(`${origin}/oidc/auth?${new URLSearchParams(params)}`)
  const code = left?.searchParams.get('code')
  if (!code) return undefined
  const form = { grant_type: 'authorization_code', code, redirect_uri: party.redirectUri, code_verifier: verifier }
  const { status, answer } = await tokenBy(origin, party, form, writing)
  return status === 200 ? String(answer['refresh_token']) : undefined
}

const refreshForm = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token })

/**
 * Keeps holders signed in at a party: the refresh token that came with an answer is good for the next one. Where no
 * answer came it is good once more for a minute (RFC 9700, section 4.14.2); after longer the holder signs in anew,
 * which is counted.
 */
export async function refreshTokens(origin: string, { signingIn, holders }: PartiesBeginning, writing: Writing) {
  const keepSignedIn = async ({ sessionToken, accountId }: Holder) => {
    const browser = new PatientBrowser(origin, writing, sessionToken)
    let token: string | undefined
    while (!writing.isOver()) {
      token ??= await firstToken(origin, signingIn, browser, writing)
      if (token === undefined) writing.ledger.refuse('sign-in', 'no code or no token')
      else {
        const { status, answer, isAgain } = await tokenBy(origin, signingIn, refreshForm(token), writing)
        if (status === 200) {
          token = String(answer['refresh_token'])
          writing.ledger.entries.push({ kind: 'refresh', id: accountId, value: token })
        } else {
          writing.ledger.refuse('refresh', JSON.stringify(answer))
          const isSpent = answer['error'] === 'invalid_grant'
          assert.ok(!isSpent || isAgain, `a fresh token is refused: ${JSON.stringify(answer)}`)
          if (isSpent) token = undefined
        }
      }
      await setTimeout(refreshEvery)
    }
    // The last one that was given is good; once its successor was used it is spent.
    if (token === undefined) return
    const last = await tokenBy(origin, signingIn, refreshForm(token), writing)
    assert.equal(last.status, 200, `the last refresh token is lost: ${JSON.stringify(last.answer)}`)
    const next = await tokenBy(origin, signingIn, refreshForm(String(last.answer['refresh_token'])), writing)
    assert.equal(next.status, 200, `its successor is lost: ${JSON.stringify(next.answer)}`)
    const spent = await tokenBy(origin, signingIn, refreshForm(token), writing)
    assert.equal(spent.status, 400, 'a spent refresh token is good')
  }
  await Promise.all(holders.map(keepSignedIn))
}
