import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { readForms } from '../../platform/http/csrf.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import { type ActivationHouse, activationPageContext } from './page-context.ts'
import { accountPageRoutes } from './routes-forgotten-or-new-device.ts'
import { activationPageRoutes } from './routes-pages.ts'
import { slipStopRoutes } from './routes-slip-stop.ts'

/** The script of the passkey steps, served from this installation like everything on these pages. */
function serveScript(app: FastifyInstance): void {
  const content = readFile(new URL('passkey.js', import.meta.url))
  // The first request reports a missing file; it is no fault of the start.
  content.catch(() => {})
  app.get('/assets/passkey.js', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .send(await content),
  )
}

/** Activation, forgotten passcodes, other devices and slips to be stopped, on the web. */
export function activationRoutes({ app, origin }: Doors, house: ActivationHouse): void {
  serveScript(app)
  void app.register(async pages => {
    readForms(pages)
    const desk = activationPageContext(house, origin)
    activationPageRoutes(pages, desk)
    accountPageRoutes(pages, desk)
    slipStopRoutes(pages, desk)
  })
}
