import { randomBytes } from 'node:crypto'
import { makeReceiptCode } from '../src/enrolment/receipts/receipt-code.ts'
import { routes } from '../src/families/routes.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import type { Id } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { FormBrowser } from './form-browser.ts'
import { businessDay, type TestHouse } from './house.ts'

/** The pages of families over HTTP, for browsers at any address. */
export async function serveFamilies(house: TestHouse, { trustProxy = false } = {}) {
  const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy })
  const doors = { app, origin: 'http://localhost:8080', openWork: openRequests(house.openWork, async () => undefined) }
  await routes(doors, { openWork: house.openWork, isDemonstration: () => true, today: () => businessDay })
  await app.ready()
  return { app, browser: (address = '127.0.0.1') => new FormBrowser(() => app, address) }
}

/** What stands on a page, without its markup. */
export const textOf = (page: string) =>
  page
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.;])/g, '')

/** A receipt of an application, as a station would have given it. */
export async function aReceipt(
  house: TestHouse,
  { personId, applicationId, unitId }: { personId: Id<'person'>; applicationId: string; unitId: Id<'unit'> },
): Promise<string> {
  const code = makeReceiptCode(randomBytes(8))
  await house.owner(
    `insert into enrolment.receipt_lookup (token_hash, code, station_id, application_id, person_id, unit_id, given_at)
     values ($1, $2, null, $3, $4, $5, now())`,
    [randomBytes(32), code, applicationId, personId, unitId],
  )
  return code
}
