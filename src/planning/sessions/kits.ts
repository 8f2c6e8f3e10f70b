import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type * as units from '../../units/units.ts'
import { planningProblem } from '../problems.ts'
import type { KitId, TeamSession } from '../session.ts'
import * as sessions from '../store-session.ts'
import type { Kit } from './site.ts'
import * as store from './store.ts'
import { refuseUnitOutside } from './unit-in-scope.ts'

/** Machines that capture, and whether they work. */

/** Enters a machine. Throws kit-code-taken, unit-outside-scope. */
export async function createKit(
  work: Work,
  input: { unitId: units.UnitId; code: string; perHour?: number | undefined },
): Promise<Kit> {
  await refuseUnitOutside(work, input.unitId)
  const kit: Kit = {
    id: newId<'kit'>(work.now),
    unitId: input.unitId,
    code: input.code.trim(),
    state: 'ready',
    perHour: input.perHour,
  }
  if (!(await store.insertKit(work, kit))) throw planningProblem('kit-code-taken')
  await audit.record(work, 'kit.created', { kind: 'kit', id: kit.id, unitId: kit.unitId }, { code: kit.code })
  return kit
}

/** The machines of some units that are in use or in repair. */
export async function listKits(work: Work, unitIds: readonly units.UnitId[]): Promise<Kit[]> {
  return (await store.findKits(work)).filter(({ unitId }) => unitIds.includes(unitId))
}

/** Machines by id, in that order. Throws kit-unknown. */
export async function getKits(work: Work, ids: readonly KitId[]): Promise<Kit[]> {
  const found = new Map((await store.findKits(work, ids)).map(kit => [kit.id, kit]))
  return ids.map(id => {
    const kit = found.get(id)
    if (!kit) throw planningProblem('kit-unknown')
    return kit
  })
}

/**
 * Says that a machine is ready, in repair (until a day, where it is known), or no longer used. Gives back the sessions
 * that count on it meanwhile.
 */
export async function changeKitState(
  work: Work,
  id: KitId,
  { state, repairUntil }: Pick<Kit, 'state' | 'repairUntil'>,
): Promise<readonly TeamSession[]> {
  const [kit] = await getKits(work, [id])
  if (!kit) throw planningProblem('kit-unknown')
  await refuseUnitOutside(work, kit.unitId)
  const until = state === 'repair' ? repairUntil : undefined
  await store.updateKitState(work, { ...kit, state, repairUntil: until })
  await audit.record(work, 'kit.changed', { kind: 'kit', id, unitId: kit.unitId }, { state, ...(until && { until }) })
  return state === 'ready' ? [] : sessions.sessionsWithKit(work, id, until)
}
