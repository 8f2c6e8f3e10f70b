import { anAuthenticator, type PasskeyBend } from '../../a-passkey.ts'
import { Browser } from '../../signin-house.ts'
import { bent, bentForm, bentText } from '../bend.ts'
import { mutated } from '../mutate.ts'
import type { Random } from '../random.ts'
import type { Protocol, ProtocolHouse } from './protocol.ts'

/**
 * An officer adds a passkey, proves it, and tries codes: what the authenticator says is bent before it signs it, and
 * the form around it as well.
 */

const parts = ['clientData', 'authData', 'attestation'] as const
const formNames = ['form', 'return', 'way', 'code', 'name', 'challenge', 'answer', 'id', 'password', 'login']

/** Bends one part of what is signed: its bytes, or a member of its JSON. */
function bending(random: Random, note: (what: string) => void): PasskeyBend {
  const chosen = random.pick([...parts, undefined])
  return (part, bytes) => {
    if (part !== chosen) return bytes
    const isText = part === 'clientData' && random.once(2)
    const made = isText
      ? Buffer.from(JSON.stringify(bent(JSON.parse(bytes.toString('utf8')), random)) ?? 'null')
      : mutated([bytes], random)
    note(`${part} ${made.toString('latin1')}`)
    return made
  }
}

const fieldIn = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''

/** Each run comes from another address, since forms of one are counted together. */
let runs = 0

const idsIn = (page: string) => [...page.matchAll(/name="id" value="([0-9a-f-]{36})"/g)].map(([, id = '']) => id)

function formBrowser(house: ProtocolHouse, browser: Browser) {
  runs += 1
  const address = `10.${(runs >> 16) & 255}.${(runs >> 8) & 255}.${runs & 255}`
  const asked = async (method: string, path: string, fields?: Readonly<Record<string, unknown>>) => {
    const body = new URLSearchParams(
      Object.entries(fields ?? {}).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
      ),
    )
    const answer = await browser.ask(path, {
      method,
      headers: { 'x-forwarded-for': address, ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(fields && { body }),
    })
    return house.watch(answer, `${method} ${path}`)
  }
  return asked
}

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
    const officers = house.served.callers
      .map(({ headers }) => headers['cookie'] ?? '')
      .filter(cookie => cookie.startsWith('dinhdanh-session='))
      .map(cookie => new Browser(house.origin, new Map([cookie.split('=') as [string, string]])))
    return random => {
      const browser = random.pick(officers)
      return random.once(4) ? codeRun(house, browser, random) : passkeyRun(house, browser, random)
    }
  },
}
