import type { Day } from '../platform/day.ts'
import type { Doors } from '../platform/serve.ts'
import type { OpenWork } from '../platform/work.ts'
import type { StationKeys } from './keys.ts'
import { applicationRoutes } from './routes-application.ts'
import { gapRoutes } from './routes-gap.ts'
import { heldRoutes } from './routes-held.ts'
import { packetRoutes } from './routes-packet.ts'
import { paperRoutes } from './routes-paper.ts'
import { receiptRoutes } from './routes-receipt.ts'
import { stationRoutes } from './routes-station.ts'

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
  gapRoutes(doors)
  paperRoutes(doors, house)
  heldRoutes(doors, house.keys)
}
