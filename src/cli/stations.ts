import { writeFile } from 'node:fs/promises'
import { importStationFile, listStations, revokeStation } from '../enrolment/enrolment.ts'
import { stationProblem } from '../enrolment/problems.ts'
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

/** `station list`: the stations, what each still owes, and whether it was revoked. */
export async function stationList({ house, json }: Invocation): Promise<void> {
  const stations = (await house.openWork(asOperator('none'), listStations)).map(
    ({ id, code, name, reportedAt, revokedAt, missing, held }) => ({
      ...{ id, code, name, missing, held },
      reportedAt: reportedAt?.toISOString(),
      revokedAt: revokedAt?.toISOString(),
    }),
  )
  const lines = stations.map(
    ({ id, code, name, missing, held, reportedAt, revokedAt }) =>
      `${id}  ${code} ${name}: seen ${reportedAt ?? 'never'}, ${missing} packets missing, ${held} held` +
      `${revokedAt ? `, revoked ${revokedAt}` : ''}`,
  )
  await printAnswer(json, { stations }, lines.join('\n') || 'no browser is a station')
}

/**
 * `station revoke ID --reason R`: a station is lost, as an officer revokes it in the console; for the night in which
 * none is reached. Deed: station.revoked.
 */
export async function stationRevoke({ house, positionals: [id], values, json }: Invocation): Promise<void> {
  const reason = values['reason']
  if (!id || typeof reason !== 'string' || reason.trim().length < 3)
    throw new WrongUsage('station revoke needs the id of a station (station list) and --reason "stolen from a car"')
  const { code, revokedAt } = await house.openWork(asOperator('none'), async work => {
    if (!(await listStations(work)).some(one => one.id === id)) throw stationProblem('station-unknown')
    return revokeStation(work, id, reason)
  })
  await printAnswer(
    json,
    { id, code, revokedAt: revokedAt?.toISOString() },
    `${code} is revoked: what it seals from now on is refused, what it sealed before is still taken`,
  )
}
