import { createHmac } from 'node:crypto'
import { anAuthenticator } from '../../a-passkey.ts'
import { Browser } from '../../signin-house.ts'
import { bent, bentForm, bentText } from '../bend.ts'
import type { Caller } from '../doors/served.ts'
import type { Random } from '../random.ts'
import type { Protocol, ProtocolHouse } from './protocol.ts'
import { bending, fieldIn, formBrowser } from './signed-forms.ts'

/** A citizen adds a passkey and an app at their own page, and takes them away again. */

const page = '/citizen/account'
const names = ['form', 'step', 'code', 'made', 'challenge', 'name', 'passkey', 'session', 'current', 'next', 'again']

/** The code of an app (RFC 6238) for a secret in base 32 (RFC 4648). */
function codeOf(secret: string): string {
  const bits = [...secret]
    .map(sign => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

type Asked = ReturnType<typeof formBrowser>

async function appRun(asked: Asked, form: string, house: ProtocolHouse, random: Random): Promise<void> {
  const offer = await (await asked('POST', page, { form, step: 'totp-offer' })).text()
  const secret = /\b[A-Z2-7]{32}\b/.exec(offer.replace(/(?<=[A-Z2-7]{4}) (?=[A-Z2-7]{4})/g, ''))?.[0]
  const isRight = secret !== undefined && random.once(2)
  const code = isRight ? codeOf(secret) : bentText('123456', random)
  const fields = { form, step: 'totp-confirm', code }
  house.note(`a code that is ${isRight ? 'right' : JSON.stringify(code)}`)
  const answer = await asked('POST', page, random.once(4) ? bentForm(fields, names, random) : fields)
  house.promise(answer.status < 500, 'a code is right or wrong')
  await asked('POST', page, { form, step: 'totp-remove' })
}

async function passkeyRun(asked: Asked, form: string, house: ProtocolHouse, random: Random): Promise<void> {
  const options = await asked('POST', '/citizen/passkey-options', { form })
  if (options.status !== 200) return
  const { options: offer } = (await options.json()) as {
    options: { challenge: string; user: { id: string } }
  }
  const authenticator = anAuthenticator({ origin: house.origin, id: 'localhost' })
  const made = authenticator.create(offer, bending(random, house.note))
  const answer = random.once(4) ? bent(made, random) : made
  const fields = {
    form,
    step: 'passkey-add',
    challenge: offer.challenge,
    made: JSON.stringify(answer) ?? '',
    name: 'máy',
  }
  await asked('POST', page, random.once(4) ? bentForm(fields, names, random) : fields)
  const shown = await (await asked('GET', page)).text()
  for (const [, id] of [...shown.matchAll(/name="passkey" value="([^"]+)"/g)].slice(0, 3))
    await asked('POST', page, { form, step: 'passkey-remove', passkey: id })
}

export const citizenFactors: Protocol = {
  name: 'citizen-factors',
  async open(house) {
    const browsersOf = (callers: readonly Caller[]) =>
      callers
        .filter(({ name }) => name.startsWith('citizen'))
        .map(
          ({ headers }) =>
            new Browser(house.origin, new Map([(headers['cookie'] ?? '').split('=') as [string, string]])),
        )
    let citizens = browsersOf(house.served.callers)
    return async random => {
      const asked = formBrowser(house, random.pick(citizens))
      const form = fieldIn(await (await asked('GET', page)).text(), 'form')
      if (!form && random.once(4)) citizens = browsersOf(await house.signIn())
      if (!form) return house.note('one who may not sign in')
      await (random.once(2) ? appRun(asked, form, house, random) : passkeyRun(asked, form, house, random))
    }
  },
}
