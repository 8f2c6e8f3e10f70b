import assert from 'node:assert/strict'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { openLog } from '../src/platform/log.ts'
import { routes } from '../src/staff/routes.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import type { TestHouse } from './house.ts'

const origin = 'http://localhost:8080'

/** The pages and doors of officers, with one officer of each role; `isDemonstration` is asked at each request. */
export async function serveStaff(house: TestHouse, isDemonstration: () => boolean = () => true) {
  const signIns = await house.work(async work => {
    const at = async (code: string) =>
      (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(`no unit ${code}`)
    return staff.seedDemonstration(work, {
      provinceUnitId: await at('22'),
      districtUnitId: await at('193'),
      communeUnitId: await at('06685'),
      otherDistrictUnitId: await at('195'),
      otherCommuneUnitId: await at('06751'),
    })
  })
  const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  routes(doors, { openWork: house.openWork, demonstration: () => (isDemonstration() ? signIns : undefined) })
  await app.ready()
  return {
    app,
    origin,
    signIns,
    signInOf: (login: string) => signIns.find(one => one.login === login) ?? assert.fail(login),
  }
}
