import { readdir, readFile } from 'node:fs/promises'
import { connectionLimits } from '../../platform/http/law.ts'
import type { DoctorCheck } from './check.ts'

/** From this share of the limit on a process is near its end. */
const nearlyAll = 0.8

/** How many files and connections a process has open, and may have (proc(5)). Not told where there is no /proc. */
export async function checkOpenFiles(pid: number): Promise<DoctorCheck> {
  const limits = await readFile(`/proc/${pid}/limits`, 'utf8')
  const [, soft = ''] = /^Max open files\s+(\S+)/m.exec(limits) ?? []
  const most = soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
  const { length } = await readdir(`/proc/${pid}/fd`)
  const isNear = length > most * nearlyAll
  const isFew = most < connectionLimits.most
  return {
    what: 'open files',
    ok: !isNear && !isFew,
    found:
      `process ${pid} has ${length} of ${soft} open` +
      (isFew ? `, and takes up to ${connectionLimits.most} connections` : ''),
    todo: 'raise the limit, LimitNOFILE=65536 in the unit: beyond it requests end with too-many-open-files',
    ...(!isNear && { advice: true }),
  }
}
