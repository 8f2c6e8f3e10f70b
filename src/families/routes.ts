import { readForms } from '../platform/http/csrf.ts'
import { hideSecretAddresses } from '../platform/http/security-headers.ts'
import type { Doors } from '../platform/http/serve-endpoint.ts'
import { serveAssets } from '../platform/pages/page-assets.ts'
import { checkRoutes } from './check/routes.ts'
import type { FamilyHouse } from './family-frame.ts'
import { pageRoutes } from './page/routes.ts'
import { slipRoutes } from './slips/routes.ts'

export async function routes(doors: Doors, house: FamilyHouse): Promise<void> {
  slipRoutes(doors)
  await doors.app.register(async scope => {
    readForms(scope, 10_000)
    hideSecretAddresses(scope)
    serveAssets(scope, import.meta.url, ['family.css'])
    checkRoutes(scope, house)
    pageRoutes(scope, house)
  })
}
