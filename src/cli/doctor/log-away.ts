import { tryLogAway } from '../../platform/observation/log-away.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** Whether the log and the heads leave the machine, tried with a line. */
export async function checkLogAway(house: LookedAtHouse): Promise<DoctorCheck> {
  const [what, { logTo }] = ['log elsewhere', house.config]
  if (!logTo) {
    const ok = house.record()['demonstration'] !== undefined
    const todo = 'set logTo, or let the system send its journal: docs/operations.md, The log on another machine'
    return { what, ok, found: 'the log and the heads stay on this machine', todo, advice: true }
  }
  const why = await tryLogAway(logTo).then(
    () => undefined,
    (error: { code?: string; name?: string }) => error.code ?? error.name ?? 'fault',
  )
  const found = why ? `${logTo} takes nothing: ${why}` : `${logTo} takes it, over TLS`
  return { what, ok: !why, found, todo: 'look at its address, its certificate and the network between' }
}
