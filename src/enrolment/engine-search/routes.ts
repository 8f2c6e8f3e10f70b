import { writeCbeff } from '../../biometrics/abis/cbeff.ts'
import { rateLimitOf } from '../../platform/http/callers.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import type { OpenWork } from '../../platform/work.ts'
import type { StationKeys } from '../stations/keys.ts'
import { takePicturesAt } from './engine-search.ts'

/** What stands before the token of an address, below the origin of the installation. */
export const addressesBelow = '/abis/references/'

/**
 * The door at which an engine of somebody else's fetches the pictures of a capture. It is open to everybody: whoever
 * has no token of an address that is still open is answered by the same bare 404.
 */
export function engineSearchRoutes(
  { app }: Doors,
  { openWork, keys }: { readonly openWork: OpenWork; readonly keys: () => Promise<StationKeys> },
): void {
  app.route<{ Params: { token: string } }>({
    method: 'GET',
    // A look at the head would use the address up.
    exposeHeadRoute: false,
    url: `${addressesBelow}:token`,
    schema: { hide: true },
    config: { rateLimit: rateLimitOf('gateways') },
    handler: async ({ params }, reply) => {
      void reply.header('cache-control', 'no-store')
      const pictures = await takePicturesAt(openWork, keys, params.token)
      if (!pictures) return reply.code(404).send()
      return reply.type('application/xml; charset=utf-8').send(writeCbeff(pictures))
    },
  })
}
