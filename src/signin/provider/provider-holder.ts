import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import type { CalledAddresses } from '../../parties/parties.ts'
import type { Log } from '../../platform/log.ts'
import type { OpenWork } from '../../platform/work.ts'
import { providerRefreshSeconds } from '../law.ts'
import { findTokenIn } from '../sessions/cookie.ts'
import { inSignInScope } from '../sign-in-scope.ts'

/** The present provider; a new one replaces it when the keys change. */
export type ProviderServer = {
  readonly provider: Provider
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
}
export type ProviderHolder = {
  current(): Promise<ProviderServer>
}

export const interactionPath = (uid: string) => `/account/sign-in/${uid}`

export type ProviderHolderOptions = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly log: Log
  isDemonstration(): boolean
  calledAddresses(): CalledAddresses
}

/** Another process may rotate the keys, so they are read again, at most every half minute, by the next request. */
export function openProviderHolder({
  openWork,
  origin,
  log,
  isDemonstration,
  calledAddresses,
}: ProviderHolderOptions): ProviderHolder {
  const isHttps = origin.startsWith('https:')
  let made: (ProviderServer & { readonly kids: string }) | undefined
  let checkedAt = Number.NEGATIVE_INFINITY
  let checking: Promise<ProviderServer> | undefined

  async function check(): Promise<ProviderServer> {
    // What a server alone needs is loaded by its first request: a command opens the house without it.
    const { getSigningKeys, maintainKeys } = await import('../keys/keys.ts')
    const keys = await inSignInScope(openWork, 'keys', async work => {
      await maintainKeys(work)
      return getSigningKeys(work)
    })
    const kids = keys.map(({ kid }) => kid).join(' ')
    if (made?.kids !== kids) {
      const [{ makeProvider }, { extendProvider }] = await Promise.all([
        import('./provider.ts'),
        import('./extend-provider.ts'),
      ])
      const provider = makeProvider({
        openWork,
        origin,
        keys,
        isDemonstration,
        calledAddresses,
        interactionPath: interactionPath,
        sessionToken: cookies => findTokenIn(cookies, 'session', isHttps),
      })
      extendProvider(provider, { openWork, log })
      made = { provider, handle: provider.callback() as ProviderServer['handle'], kids }
    }
    checkedAt = performance.now()
    return made
  }

  return {
    async current() {
      if (made && performance.now() - checkedAt < providerRefreshSeconds * 1000) return made
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
