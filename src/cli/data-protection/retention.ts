import * as dataProtection from '../../data-protection/data-protection.ts'
import { endedData } from '../../ended-data.ts'
import { asOperator } from '../../open-house.ts'
import { refuseDoubtedTime } from '../../platform/jobs/believed-time.ts'
import { printAnswer } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'

const termOf = ({ years, rule, after, from }: dataProtection.RetentionLine): string =>
  after === 'keep'
    ? 'kept for ever'
    : after === 'archive'
      ? 'kept until an archive decides'
      : [years > 0 ? `${years} years at least` : rule || 'while it is needed', `from ${from}`].join(', ')

const handOf = ({ removedBy, due }: dataProtection.RetentionLine): string =>
  removedBy === null ? '' : due === null ? `; removed by ${removedBy}` : `; ${due} due, removed by ${removedBy}`

/**
 * `retention`: each kind of data with its term, the act, and what is due. It removes nothing unless told to by
 * --remove, and then what the nightly job would. Throws time-in-doubt where it would remove by a clock that was set.
 */
export async function showRetention({ house, values, json }: Invocation): Promise<void> {
  const removes = values['remove'] === true
  if (removes) await house.openWork(asOperator('none'), refuseDoubtedTime)
  const removed = removes ? await dataProtection.removeEndedData(house.openWork, endedData) : undefined
  const { day, lines } = await house.openWork(asOperator('data-protection'), async work => ({
    day: work.today,
    lines: await dataProtection.retentionOn(work, endedData),
  }))
  const told = lines.map(
    line => `  ${line.kind.padEnd(25)} ${termOf(line)}${line.by ? ` (${line.by})` : ''}${handOf(line)}`,
  )
  const done = removed ? Object.entries(removed).map(([kind, count]) => `removed ${count} of ${kind}`) : []
  await printAnswer(
    json,
    { day, kinds: lines, ...(removed && { removed }) },
    [`rules of ${day}`, ...told, ...done].join('\n'),
  )
}
