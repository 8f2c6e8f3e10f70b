import { writeFile } from 'node:fs/promises'
import { importStationFile } from '../enrolment/enrolment.ts'
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
