import { anAuthenticator } from '../../a-passkey.ts'
import { Browser } from '../../signin-house.ts'
import { bent, bentForm, bentText } from '../bend.ts'
import type { Caller } from '../doors/served.ts'
import type { Random } from '../random.ts'
import type { Protocol, ProtocolHouse } from './protocol.ts'
import { bending, fieldIn, formBrowser, idsIn } from './signed-forms.ts'

/**
 * An officer adds a passkey, proves it, and tries codes: what the authenticator says is bent before it signs it, and
 * the form around it as well.
 */

const formNames = ['form', 'return', 'way', 'code', 'name', 'challenge', 'answer', 'id', 'password', 'login']

async function passkeyRun(house: ProtocolHouse, browser: Browser, random: Random): Promise<void> {
  const asked = formBrowser(house, browser)
  const before = await (await asked('GET', '/second-factor/mine')).text()
  const form = fieldIn(await (await asked('GET', '/second-factor/add')).text(), 'form')
  const options = await asked('POST', '/second-factor/add-options', { form })
  if (options.status !== 200) return house.note(`no passkey may be added: ${options.status}`)
  const offer = (await options.json()) as { challenge: string; user: { id: string } }
  const authenticator = anAuthenticator({ origin: house.origin, id: 'localhost' })
  const made = authenticator.create(offer, bending(random, house.note))
  const answer = random.once(4) ? bent(made, random) : made
  const fields = {
    form,
    way: 'passkey',
    name: 'khóa',
    challenge: offer.challenge,
    answer: JSON.stringify(answer) ?? '',
  }
  const added = await asked('POST', '/second-factor/add', random.once(4) ? bentForm(fields, formNames, random) : fields)
  house.promise([303, 302, 400, 403, 409, 410, 413, 422, 429].includes(added.status), `an answer of ${added.status}`)
  if (added.status >= 400) return

  const request = await asked('POST', '/second-factor/options', { form })
  if (request.status !== 200) return
  const { challenge } = (await request.json()) as { challenge: string }
  const signed = authenticator.get({ challenge }, { bend: bending(random, house.note) })
  const proof = random.once(4) ? bent(signed, random) : signed
  await asked('POST', '/second-factor', { form, way: 'passkey', challenge, answer: JSON.stringify(proof) ?? '' })
  const after = await (await asked('GET', '/second-factor/mine')).text()
  // Only so many may be had at once; that of the demonstration stays.
  for (const id of idsIn(after).filter(one => !before.includes(one)))
    await asked('POST', '/second-factor/remove', { form, id })
}

async function codeRun(house: ProtocolHouse, browser: Browser, random: Random): Promise<void> {
  const asked = formBrowser(house, browser)
  const form = fieldIn(await (await asked('GET', '/second-factor/add')).text(), 'form')
  const code = random.pick(['000000', '123 456', '１２３４５６', bentText('123456', random)])
  const path = random.pick(['/second-factor', '/second-factor/add'])
  const fields = { form, way: random.pick(['totp', 'mail', 'x']), code, name: bentText('ứng dụng', random) }
  house.note(`${path} ${JSON.stringify(fields)}`)
  await asked('POST', path, random.once(3) ? bentForm(fields, formNames, random) : fields)
}

export const officerFactors: Protocol = {
  name: 'officer-factors',
  async open(house) {
    // A session goes on under another token once its factor was given: each officer keeps a browser.
    const browsersOf = (callers: readonly Caller[]) =>
      callers
        .map(({ headers }) => headers['cookie'] ?? '')
        .filter(cookie => cookie.startsWith('dinhdanh-session='))
        .map(cookie => new Browser(house.origin, new Map([cookie.split('=') as [string, string]])))
    let officers = browsersOf(house.served.callers)
    return async random => {
      const browser = random.pick(officers)
      // What was bent may have ended it.
      const isThere = (await browser.ask('/second-factor/add')).status === 200
      if (!isThere) officers = browsersOf(await house.signIn())
      const officer = isThere ? browser : random.pick(officers)
      await (random.once(4) ? codeRun(house, officer, random) : passkeyRun(house, officer, random))
    }
  },
}
