import type { Keep } from '../keep/database.ts'
import { isRegistered } from '../keep/registration.ts'
import { endRosters, overHere } from '../keep/rosters.ts'
import { agreeWith } from '../keep/trusted-clock.ts'
import type { House } from './house-api.ts'
import { signedManifest } from './packet-list.ts'

/**
 * The house's instant, asked for now; undefined where it does not answer, or tells one that it had told as past before.
 */
async function askTime(keep: Keep, house: House): Promise<number | undefined> {
  const [station, clock] = [await keep.db.station.get(1), await keep.db.clock.get(1)]
  if (!isRegistered(station)) return undefined
  const { now } = await house.tell(station.id, await signedManifest(keep, []))
  const told = Date.parse(now)
  if (!(told >= (clock?.knownAt ?? 0))) return undefined
  await agreeWith(keep, now)
  return told
}

/**
 * Ends the lists that are over by this machine's clock. They are hidden from that moment on; before they are destroyed
 * the house is asked, so that a clock that somebody set ahead costs no list and no queue where there is a line. Without
 * one the clock decides, at once: a list that may be over is not kept for a house that may never answer.
 */
export async function endOverdueRosters(keep: Keep, house: House): Promise<readonly string[]> {
  if ((await overHere(keep)).length === 0) return []
  return endRosters(keep, await askTime(keep, house).catch(() => undefined))
}
