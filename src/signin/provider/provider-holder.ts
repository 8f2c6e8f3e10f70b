import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import type { Log } from '../../platform/log.ts'
import type { OpenWork } from '../../platform/work.ts'
import { signingKeys, tendKeys } from '../keys/keys.ts'
import { tokenIn } from '../sessions/cookie.ts'
import { atTheDoor } from '../sign-in-scope.ts'
import { dress } from './answering.ts'
import { makeProvider } from './provider.ts'

/** The present provider; a new one replaces it when the keys change. */
export type Serving = {
  readonly provider: Provider
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>
}
export type ProviderDesk = {
  current(): Promise<Serving>
}

const seconds = 30

export const pathOf = (uid: string) => `/account/sign-in/${uid}`

export type DeskHouse = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly log: Log
  isDemonstration(): boolean
}

/** Another process may rotate the keys, so they are read again, at most every half minute, by the next request. */
export function openDesk({ openWork, origin, log, isDemonstration }: DeskHouse): ProviderDesk {
  const isHttps = origin.startsWith('https:')
  let made: (Serving & { readonly kids: string }) | undefined
  let checkedAt = Number.NEGATIVE_INFINITY
  let checking: Promise<Serving> | undefined

  async function check(): Promise<Serving> {
    const keys = await atTheDoor(openWork, 'keys', async work => {
      await tendKeys(work)
      return signingKeys(work)
    })
    const kids = keys.map(({ kid }) => kid).join(' ')
    if (made?.kids !== kids) {
      const provider = makeProvider({
        openWork,
        origin,
        keys,
        isDemonstration,
        interactionPath: pathOf,
        sessionToken: cookies => tokenIn(cookies, 'session', isHttps),
      })
      dress(provider, { openWork, log })
      made = { provider, answer: provider.callback() as Serving['answer'], kids }
    }
    checkedAt = performance.now()
    return made
  }

  return {
    async current() {
      if (made && performance.now() - checkedAt < seconds * 1000) return made
      checking ??= check().finally(() => {
        checking = undefined
      })
      if (!made) return checking
      // The known keys go on signing while the database is not available.
      checking.catch(() => undefined)
      return made
    },
  }
}
