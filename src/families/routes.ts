import { readFile } from 'node:fs/promises'
import { readForms } from '../platform/http/csrf.ts'
import { hideSecretAddresses } from '../platform/http/security-headers.ts'
import type { Doors } from '../platform/http/serve-endpoint.ts'
import { checkRoutes } from './check/routes.ts'
import type { FamilyHouse } from './family-frame.ts'
import { pageRoutes } from './page/routes.ts'
import { slipRoutes } from './slips/routes.ts'

const style = readFile(new URL('family.css', import.meta.url))
// A missing file fails the first request for it, not the start.
style.catch(() => {})

export async function routes(doors: Doors, house: FamilyHouse): Promise<void> {
  slipRoutes(doors)
  await doors.app.register(async scope => {
    readForms(scope, 10_000)
    hideSecretAddresses(scope)
    scope.get('/assets/family.css', { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type('text/css; charset=utf-8')
        .header('cache-control', 'public, max-age=300')
        .send(await style),
    )
    checkRoutes(scope, house)
    pageRoutes(scope, house)
  })
}
