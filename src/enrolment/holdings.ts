import { Value } from 'typebox/value'
import type { Work } from '../platform/work.ts'
import { AskingStatement, numbersAtOnce, type PacketStandingOf } from './contract-station.ts'
import { importStationKey, readStatement } from './packet.ts'
import { stationProblem } from './problems.ts'
import { standingOf } from './receive.ts'
import * as packets from './store-packet.ts'
import * as stations from './store-station.ts'

export type Holdings = {
  readonly head: number
  readonly from: number
  readonly to: number
  readonly packets: readonly Pick<PacketStandingOf, 'counter' | 'hash' | 'state'>[]
}

/** What the house holds of a range of a station's numbers, which the station asks about. Throws station-unknown, asking-refused. */
export async function holdingsFor(work: Work, stationId: string, jws: string): Promise<Holdings> {
  const station = await stations.findStation(work, stationId)
  if (!station) throw stationProblem('station-unknown')
  const asked = await readStatement('dinhdanh-asking', jws, await importStationKey(station.publicKey))
  if (!Value.Check(AskingStatement, asked) || asked.station !== stationId || asked.from > asked.to) throw stationProblem('asking-refused')
  const to = Math.min(asked.to, asked.from + numbersAtOnce - 1)
  const rows = await packets.ofNumbers(work, stationId, { from: asked.from, to })
  return {
    head: station.head,
    from: asked.from,
    to,
    packets: rows.map(row => {
      const { counter, hash, state } = standingOf(row)
      return { counter, hash, state }
    }),
  }
}
