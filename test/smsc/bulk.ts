import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as outreach from '../../src/outreach/outreach.ts'
import { asDay } from '../../src/platform/day.ts'
import { type Id, newId } from '../../src/platform/ids.ts'
import { fromRoot } from '../../src/platform/root.ts'
import type { TestHouse } from '../house.ts'
import { sinkSecrets } from './sink-form.ts'

/** Many messages, and senders of them that are killed. */

/** The phone of a message: eight digits of its number, so that no two have the same. */
export const phoneOf = (nth: number) => `09${String(nth).padStart(8, '0')}`

/** Queues so many messages of a unit, each to a phone of its own; a thousand a work. */
export async function queueMany(house: Pick<TestHouse, 'work'>, count: number, unitId: Id<'unit'>): Promise<void> {
  const facts = {
    receipt: 'HN-0193-000127',
    on: asDay('2023-05-04'),
    unit: 'Công an phường Hà Khánh',
    page: '/bien-nhan/x',
  }
  for (let from = 0; from < count; from += 1000)
    await house.work(work =>
      outreach.sendMessages(
        work,
        Array.from({ length: Math.min(1000, count - from) }, (_one, at) => ({
          template: 'card-handed-over' as const,
          facts: { ...facts, person: `Nguyễn Văn ${from + at}` },
          language: 'vi' as const,
          to: { kind: 'phone' as const, number: phoneOf(from + at) },
          about: { kind: 'card', id: newId(), personId: newId<'person'>(), unitId },
          key: `bulk:${from + at}`,
        })),
      ),
    )
}

/**
 * Starts a sender; `killed` ends it as a power cut does. One on standby loads its program while another sends, and
 * begins with `go`.
 */
export function startSender(databaseUrl: string, gatewayUrl: string, when: 'at-once' | 'on-standby' = 'at-once') {
  const program = fileURLToPath(fromRoot('src/outreach/sending/bulk-sender.test-process.ts'))
  const child = spawn(process.execPath, [program, databaseUrl, gatewayUrl, JSON.stringify(sinkSecrets)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let cpuSeconds = 0
  child.stdout.on('data', chunk => {
    for (const line of String(chunk).split('\n').filter(Boolean))
      cpuSeconds = (JSON.parse(line) as { cpuSeconds: number }).cpuSeconds
  })
  const exited = once(child, 'exit')
  const go = () => void child.stdin.write('go\n')
  if (when === 'at-once') go()
  return {
    go,
    cpuSeconds: () => cpuSeconds,
    async killed() {
      child.kill('SIGKILL')
      await exited
    },
    async ended() {
      child.stdin.end()
      await exited
    },
  }
}

/** How many messages stand in which state. */
export async function countsOf(house: Pick<TestHouse, 'owner'>): Promise<Record<string, number>> {
  const rows = await house.owner<{ state: string; n: number }>(
    'select state, count(*)::int as n from outreach.message group by state',
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}
