import assert from 'node:assert/strict'
import type { OpenWork } from '../src/platform/work.ts'
import type { DemonstrationSignIn } from '../src/staff/demonstration.ts'
import { demonstrationProof } from '../src/staff/factors/demonstration-key.ts'
import {
  addFactor,
  type Finished,
  findSignIn,
  giveFactor,
  passkeyOffer,
  passkeyRequest,
} from '../src/staff/factors/factors.ts'
import { type SignInOrigin, signIn } from '../src/staff/sign-in.ts'
import { anAuthenticator } from './a-passkey.ts'
import type { FormBrowser } from './form-browser.ts'

/** The second step of an officer's sign-in, for tests: each officer has an authenticator of their own. */

const authenticators = new Map<string, ReturnType<typeof anAuthenticator>>()
const authenticatorOf = (login: string, origin: string) => {
  const known = authenticators.get(`${login} ${origin}`) ?? anAuthenticator({ origin, id: new URL(origin).hostname })
  authenticators.set(`${login} ${origin}`, known)
  return known
}

/**
 * Signs an officer in on a page without script: the password, then the passkey of the officer, which is made at their
 * first sign-in. Gives the last answer: a redirect to where they wanted, or why the password was refused.
 */
export async function signInByForm(
  browser: FormBrowser,
  { login, password, origin = 'http://localhost:8080' }: { login: string; password: string; origin?: string },
  page = '/sign-in',
) {
  const answer = await browser.fill(page, { login, password })
  const to = String(answer.headers.location ?? '')
  if (!to.startsWith('/second-factor')) return answer
  const { body } = await browser.get(to)
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
  const own = { form: field('form'), return: field('return') }
  if (body.includes('data-demonstration')) return browser.post('/demonstration/second-factor', own)
  const isFirst = to.startsWith('/second-factor/add')
  const options = (
    await browser.post(isFirst ? '/second-factor/add-options' : '/second-factor/options', { form: own.form })
  ).json()
  const authenticator = authenticatorOf(login, origin)
  const made = isFirst ? authenticator.create(options) : authenticator.get(options)
  return browser.post(isFirst ? '/second-factor/add' : '/second-factor', {
    ...own,
    way: 'passkey',
    ...(isFirst && { name: 'key' }),
    challenge: options.challenge,
    answer: JSON.stringify(made),
  })
}

const rp = { id: 'localhost', origin: 'http://localhost:8080', name: 'Định danh' }

/** The same without pages. Gives the sign-in's outcome, or what its password was refused with. */
export async function signInWhole(
  openWork: OpenWork,
  { login, password, from, replacing }: { login: string; password: string; from: SignInOrigin; replacing?: string },
): Promise<Finished | Exclude<Awaited<ReturnType<typeof signIn>>, { outcome: 'password-right' }>> {
  const signed = await signIn(openWork, { login, password, from })
  if (signed.outcome !== 'password-right') return signed
  const found = (await findSignIn(openWork, signed.token)) ?? assert.fail('no sign-in waits')
  const caller = { kind: 'sign-in', token: signed.token, signIn: found } as const
  const authenticator = authenticatorOf(found.login, rp.origin)
  const around = { from, replacing, rp }
  if (signed.next === 'add-factor') {
    const options = (await passkeyOffer(openWork, caller, rp)) ?? assert.fail('none may be added')
    const made = authenticator.create(options)
    return addFactor(openWork, caller, { kind: 'passkey', name: 'key', made, challenge: options.challenge }, around)
  }
  const options = (await passkeyRequest(openWork, caller, rp)) ?? assert.fail('no passkey')
  const answer = authenticator.get(options)
  return giveFactor(openWork, caller, { kind: 'passkey', answer, challenge: options.challenge }, around)
}

/**
 * Signs an officer of a demonstration in by its known second factor. Gives the session's token; none where the password
 * was refused.
 */
export async function demonstratedSession(
  { openWork, origin }: { readonly openWork: OpenWork; readonly origin: string },
  { login, password, signIns }: { login: string; password: string; signIns: readonly DemonstrationSignIn[] },
): Promise<string | undefined> {
  const from = { device: 'a-device', address: '127.0.0.1', browser: 'test' }
  const signed = await signIn(openWork, { login, password, from })
  const found = signed.outcome === 'password-right' ? await findSignIn(openWork, signed.token) : undefined
  if (signed.outcome !== 'password-right' || !found) return undefined
  const caller = { kind: 'sign-in', token: signed.token, signIn: found } as const
  const around = { from, rp: { id: new URL(origin).hostname, origin, name: 'Định danh' } }
  const proof = await demonstrationProof(openWork, caller, { signIns, rp: around.rp })
  const given = proof && (await giveFactor(openWork, caller, proof, around))
  return given?.outcome === 'signed-in' ? given.token : undefined
}
