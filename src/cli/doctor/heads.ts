import * as audit from '../../audit/audit.ts'
import { lateHeads } from '../../audit/law.ts'
import { asOperator } from '../../open-house.ts'
import { now } from '../../platform/clock.ts'
import { runningServers } from '../../platform/data-folder/data-folder.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/** Whether the server that runs keeps the heads of the chains; without one nobody does. */
export async function checkHeads({
  folder,
  openWork,
  record,
}: Pick<LookedAtHouse, 'folder' | 'openWork' | 'record'>): Promise<DoctorCheck> {
  const [server] = await runningServers(folder)
  const { at } = await openWork(asOperator('audit'), audit.lastKeptHeads)
  const since = at ?? new Date(record().createdAt)
  return {
    what: 'heads',
    ok: !server || now().getTime() - since.getTime() < lateHeads,
    found: at ? `kept last on ${at.toISOString()}` : 'never kept',
    todo: "the server's log says why: docs/operations.md, Heads that are not kept",
  }
}
