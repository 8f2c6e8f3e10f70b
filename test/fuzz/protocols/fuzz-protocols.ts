import type { ServedHouse } from '../doors/open-served.ts'
import { randomOf } from '../random.ts'
import { checks } from './checks.ts'
import { citizenFactors } from './citizen-factors.ts'
import { officerFactors } from './officer-factors.ts'
import { party } from './party.ts'
import { type Protocol, protocolHouse } from './protocol.ts'
import { roll } from './roll.ts'
import { stationPackets } from './station.ts'

export const protocols: readonly Protocol[] = [party, stationPackets, checks, roll, officerFactors, citizenFactors]

/** A run of a protocol that a house does not bear; the same seed bends the same place. */
export type ProtocolFinding = { readonly protocol: string; readonly seed: number; readonly fault: string }

/** How often the house is asked what it noticed. */
const betweenLooks = 40

/** Runs each protocol once, and then in turn until the time is over. `first`: runs that were findings once. */
export async function fuzzProtocols(
  house: ServedHouse,
  {
    seed,
    until,
    most = Number.POSITIVE_INFINITY,
    first = [],
    tell = () => undefined,
  }: {
    readonly seed: number
    readonly until: number
    readonly most?: number
    readonly first?: readonly { readonly protocol: string; readonly seed: number }[]
    readonly tell?: (line: string) => void
  },
): Promise<{
  readonly runs: number
  readonly statuses: ReadonlyMap<number, number>
  readonly findings: readonly ProtocolFinding[]
}> {
  const findings = new Map<string, ProtocolFinding>()
  const statuses = new Map<number, number>()
  let runs = 0
  let running = { protocol: '', seed: 0 }
  let notes: string[] = []
  const add = (fault: string) => {
    const kind = `${running.protocol} ${fault.replace(/\d+/g, '#').slice(0, 120)}`
    if (findings.has(kind)) return
    findings.set(kind, { ...running, fault: `${fault} after ${notes.join('; ')}`.slice(0, 1500) })
    tell(`${running.protocol} ${running.seed}: ${fault}\n  ${notes.join('\n  ').slice(0, 900)}`)
  }
  const around = protocolHouse(house, {
    add,
    note: what => notes.push(what.slice(0, 400)),
    status: code => statuses.set(code, (statuses.get(code) ?? 0) + 1),
  })
  const opened = new Map<string, Awaited<ReturnType<Protocol['open']>>>()

  async function run(name: string, runSeed: number): Promise<void> {
    running = { protocol: name, seed: runSeed }
    notes = []
    const protocol = protocols.find(one => one.name === name)
    if (!protocol) return add('is a protocol no more')
    const once = opened.get(name) ?? (await protocol.open(around))
    opened.set(name, once)
    runs += 1
    await once(randomOf(runSeed)).catch((error: unknown) =>
      add(`was not answered as it should be: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`),
    )
  }
  async function look(): Promise<void> {
    const { stretches, rejections, failedJobs } = await house.measure()
    for (const { milliseconds, requests } of stretches)
      add(`the event loop was held for ${milliseconds} ms by ${[...new Set(requests)].join(', ').slice(0, 300)}`)
    for (const rejection of rejections) add(`a rejection was handled by nobody: ${rejection.slice(0, 600)}`)
    for (const failed of failedJobs) add(`a job failed: ${failed.slice(0, 600)}`)
  }

  await house.measure()
  for (const { protocol, seed: kept } of first) await run(protocol, kept)
  const isOver = (turn: number) => turn >= protocols.length && (performance.now() >= until || turn >= most)
  for (let turn = 0; !isOver(turn) && !house.hasEnded(); turn += 1) {
    const { name } = protocols[turn % protocols.length] as Protocol
    await run(name, seed + turn)
    if (turn % betweenLooks === betweenLooks - 1) await look()
  }
  if (house.hasEnded()) add(`the house ended: ${house.log().slice(-600)}`)
  else await look()
  return { runs, statuses, findings: [...findings.values()] }
}
