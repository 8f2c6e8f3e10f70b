import { writeFile } from 'node:fs/promises'
import { findGaps, gapCounts, importStationFile } from '../enrolment/enrolment.ts'
import { asOperator } from '../open-house.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/**
 * `packet import F`: takes in what a station wrote to a USB stick; `--out` keeps the answer that is carried back to
 * it.
 */
export async function importPackets({ house, positionals: [file], values, json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('packet import needs the file that a station wrote')
  const taken = await importStationFile(house.openWork, await house.stationKeys(), file)
  const out = values['out']
  if (typeof out === 'string') await writeFile(out, JSON.stringify(taken), { mode: 0o600 })
  const of = (state: string) => taken.packets.filter(packet => packet.state === state)
  const lines = [
    `${of('received').length} received, ${of('held').length} held, ${of('refused').length} refused, ` +
      `${of('wanted').length} not in the file`,
    ...taken.packets.flatMap(({ counter, state, problem }) => (problem ? [`  ${counter}: ${state}, ${problem}`] : [])),
    ...taken.others.map(
      ({ station, packets }) => `of station ${station}, which is in the file too: ${packets.length} packets`,
    ),
    ...(taken.unread.length > 0 ? [`${taken.unread.length} places of ${taken.bytes} bytes could not be read:`] : []),
    ...taken.unread.map(({ from, to, problem }) => `  bytes ${from} to ${to - 1}: ${problem}`),
  ]
  await printAnswer(json, taken, lines.join('\n'))
}

/** `gap list`: what is stuck between two hands, found anew. */
export async function showGaps({ house, json }: Invocation): Promise<void> {
  const gaps = await house.openWork(asOperator('application'), findGaps)
  const today = house.today()
  const counts = Object.entries(gapCounts(gaps)).filter(([, count]) => count > 0)
  const lines = [
    `${gaps.length} stuck, ${gaps.filter(({ dueOn }) => dueOn < today).length} overdue`,
    ...counts.map(([kind, count]) => `  ${kind.padEnd(26)} ${count}`),
  ]
  const told = gaps.map(({ kind, subject, unitId, sinceOn, dueOn, facts }) => ({
    kind,
    subject,
    unit: unitId,
    since: sinceOn,
    due: dueOn,
    overdue: dueOn < today,
    facts,
  }))
  await printAnswer(json, { gaps: told }, lines.join('\n'))
}
