import type { PasskeyBend } from '../../a-passkey.ts'
import type { Browser } from '../../signin-house.ts'
import { bent } from '../bend.ts'
import { mutated } from '../mutate.ts'
import type { Random } from '../random.ts'
import type { ProtocolHouse } from './protocol.ts'

/** Forms of pages without script, and what an authenticator says within them, bent before it signs it. */

const parts = ['clientData', 'authData', 'attestation'] as const

/** Bends one part of what is signed: its bytes, or a member of its JSON. */
export function bending(random: Random, note: (what: string) => void): PasskeyBend {
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

export const fieldIn = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''

/** Each run comes from another address, since forms of one are counted together. */
let runs = 0

export const idsIn = (page: string) => [...page.matchAll(/name="id" value="([0-9a-f-]{36})"/g)].map(([, id = '']) => id)

export function formBrowser(house: ProtocolHouse, browser: Browser) {
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
