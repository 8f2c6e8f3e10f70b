import type { Day } from '../../platform/day.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { dayOfRehearsal } from '../../platform/pages/rehearsal-mark.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import * as contract from './contract.ts'
import type { StationKeys } from './keys.ts'
import * as stations from './stations.ts'

type StationHouse = {
  readonly keys: () => Promise<StationKeys>
  readonly isDemonstration: () => boolean
  readonly today: () => Day
}

const noCounts: stations.StationCounts = { received: 0, missing: 0, held: 0 }

const stationView = async (
  work: Work,
  { id, code, name, unitId, registeredAt, revokedAt, reportedAt, head }: stations.Station,
  counts = noCounts,
) => ({
  id,
  code,
  name,
  unit: await units.unitReference(work, unitId),
  registeredAt: registeredAt.toISOString(),
  ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
  ...(reportedAt && { seenAt: reportedAt.toISOString() }),
  head,
  received: counts.received,
  missing: counts.missing,
  held: counts.held,
})

export function stationRoutes(doors: Doors, house: StationHouse): void {
  const trust = async (work: Work) => {
    const { centre, house: own } = await house.keys()
    return {
      centre,
      house: own,
      now: work.now.toISOString(),
      origin: doors.origin,
      today: house.today(),
      demonstration: house.isDemonstration(),
      rehearsal: dayOfRehearsal() !== undefined,
    }
  }
  serve(doors, contract.registerStation, async (work, { body }) => ({
    ...(await trust(work)),
    station: await stationView(work, await stations.registerStation(work, body)),
  }))
  serve(doors, contract.listStations, async work => ({
    stations: await Promise.all(
      (await stations.listStations(work)).map(station => stationView(work, station, station)),
    ),
  }))
  serve(doors, contract.revokeStation, async (work, { params, body }) =>
    stationView(work, await stations.revokeStation(work, params.id, body.reason)),
  )
  serve(doors, contract.takeGrant, async (work, { params }) => {
    const { grant, until, officer } = await stations.grantOfficer(work, params.id, await house.keys())
    const station = await stations.getStation(work, params.id)
    return {
      ...(await trust(work)),
      grant,
      until: until.toISOString(),
      officer,
      station: await stationView(work, station),
    }
  })
}
