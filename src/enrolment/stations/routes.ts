import type { Day } from '../../platform/day.ts'
import { type Doors, serve } from '../../platform/http/serve.ts'
import type { Work } from '../../platform/work.ts'
import { placeOf } from '../place.ts'
import * as contract from './contract.ts'
import type { StationKeys } from './keys.ts'
import * as stations from './stations.ts'

type StationHouse = {
  readonly keys: () => Promise<StationKeys>
  readonly isDemonstration: () => boolean
  readonly today: () => Day
}

const none: stations.StationCounts = { received: 0, missing: 0, held: 0 }

const shown = async (
  work: Work,
  { id, code, name, unitId, registeredAt, revokedAt, toldAt, head }: stations.Station,
  counts = none,
) => ({
  id,
  code,
  name,
  unit: await placeOf(work, unitId),
  registeredAt: registeredAt.toISOString(),
  ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
  ...(toldAt && { seenAt: toldAt.toISOString() }),
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
    }
  }
  serve(doors, contract.registerStation, async (work, { body }) => ({
    ...(await trust(work)),
    station: await shown(work, await stations.register(work, body)),
  }))
  serve(doors, contract.listStations, async work => ({
    stations: await Promise.all((await stations.stationsOf(work)).map(station => shown(work, station, station))),
  }))
  serve(doors, contract.revokeStation, async (work, { params, body }) =>
    shown(work, await stations.revoke(work, params.id, body.reason)),
  )
  serve(doors, contract.takeGrant, async (work, { params }) => {
    const { grant, until, officer } = await stations.grant(work, params.id, await house.keys())
    const station = await stations.getStation(work, params.id)
    return { ...(await trust(work)), grant, until: until.toISOString(), officer, station: await shown(work, station) }
  })
}
