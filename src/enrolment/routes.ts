import type { Day } from '../platform/day.ts'
import type { Doors } from '../platform/http/serve-endpoint.ts'
import type { OpenWork } from '../platform/work.ts'
import { applicationRoutes } from './adjudication/routes.ts'
import { engineSearchRoutes } from './engine-search/routes.ts'
import { gapRoutes } from './gaps/routes.ts'
import { packetRoutes } from './packets/routes.ts'
import { quarantineRoutes } from './packets/routes-quarantine.ts'
import { paperRoutes } from './papers/routes.ts'
import { receiptRoutes } from './receipts/routes.ts'
import type { StationKeys } from './stations/keys.ts'
import { stationRoutes } from './stations/routes.ts'
import { childCardRoutes } from './without-capture/routes.ts'

export type EnrolmentHouse = {
  readonly openWork: OpenWork
  readonly keys: () => Promise<StationKeys>
  readonly isDemonstration: () => boolean
  readonly today: () => Day
}

export function routes(doors: Doors, house: EnrolmentHouse): void {
  stationRoutes(doors, house)
  void packetRoutes(doors, house)
  void receiptRoutes(doors, house)
  applicationRoutes(doors, house.keys)
  engineSearchRoutes(doors, house)
  gapRoutes(doors)
  childCardRoutes(doors)
  paperRoutes(doors, house)
  quarantineRoutes(doors, house.keys)
}
