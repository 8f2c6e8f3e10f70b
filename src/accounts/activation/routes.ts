import { readForms } from '../../platform/http/csrf.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import { serveAssets } from '../../platform/pages/page-assets.ts'
import { type ActivationHouse, activationPageContext } from './page-context.ts'
import { accountPageRoutes } from './routes-forgotten-or-new-device.ts'
import { activationPageRoutes } from './routes-pages.ts'
import { slipStopRoutes } from './routes-slip-stop.ts'

/** Activation, forgotten passcodes, other devices and slips to be stopped, on the web. */
export function activationRoutes({ app, origin }: Doors, house: ActivationHouse): void {
  serveAssets(app, import.meta.url, ['passkey.js'])
  void app.register(async pages => {
    readForms(pages)
    const desk = activationPageContext(house, origin)
    activationPageRoutes(pages, desk)
    accountPageRoutes(pages, desk)
    slipStopRoutes(pages, desk)
  })
}
