import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { madeInstance } from '../../planning/optimiser/made-instance.fixture.ts'
import { searchedPlan } from '../../planning/optimiser/replanning/searched-plan.fixture.ts'
import { checkPlan } from '../../planning/plan-check/plan-check.ts'
import { WrongUsage } from '../../platform/terminal.ts'
import { readEventWords, withIds } from './event-words.ts'
import { planReplan } from './plan-replan.ts'

/** `plan replan`: events in words, the files that are read and written, and what is refused. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-replan-'))
after(() => rm(folder, { recursive: true, force: true }))
const file = (name: string) => join(folder, name)
const instance = madeInstance({ seed: 3, sites: 6, teams: 2, kits: 2, days: 6 })
const plan = searchedPlan(instance, 60)
await writeFile(file('i.json'), JSON.stringify(instance))
await writeFile(file('p.json'), JSON.stringify(plan))
const day = plan.routes.at(-1)?.day ?? instance.to
const run = (values: Readonly<Record<string, string>>, plans = 'p.json') =>
  planReplan({
    positionals: [file('i.json'), file(plans)],
    values: { out: file('p2.json'), work: '20', event: `team-away team-1 ${day}`, ...values },
    json: true,
  })

test('a plan of files is made again, and the new one keeps the rules of the instance that is written', async () => {
  await run({ 'instance-out': file('i2.json') })
  const read = async (name: string) => JSON.parse(await readFile(file(name), 'utf8'))
  const [next, made] = [await read('i2.json'), await read('p2.json')]
  assert.deepEqual(checkPlan(next, made).faults, [])
  assert.deepEqual(
    made.routes.filter((one: { day: string; team: string }) => one.day === day && one.team === 'team-1'),
    [],
  )
})

test('events are read from words and from JSON, by id and by name', () => {
  const days = { from: '2026-10-12', to: '2026-10-14' }
  const words = [
    'kit-out kit-1 2026-10-12..2026-10-14',
    'kit-more Máy mới at Place 1 2026-10-12..2026-10-14 125',
    'site-closed site-1 2026-10-12..2026-10-14 07:00-11:30',
    'boats-off 2026-10-12..2026-10-14',
    'overtime-ordered 2026-10-12..2026-10-14 240 06:30-21:00',
    '{"what":"officer-away","officer":"o","from":"2026-10-12","to":"2026-10-14"}',
  ]
  assert.deepEqual(
    readEventWords(words.join('\n')).map(event => withIds(instance, event)),
    [
      { what: 'kit-out', kit: 'kit-1', ...days },
      { what: 'kit-more', kit: 'Máy mới', store: 'place-1', speedPercent: 125, ...days },
      { what: 'site-closed', site: 'site-1', hours: ['07:00', '11:30'], ...days },
      { what: 'boats-off', ...days },
      { what: 'overtime-ordered', minutes: 240, hours: ['06:30', '21:00'], ...days },
      { what: 'officer-away', officer: 'o', ...days },
    ],
  )
})

test('nonsense, an unknown kit, both limits, a foreign plan and a file in the way are refused', async () => {
  for (const event of [
    'earthquake 2026-10-12',
    'kit-out',
    'kit-out kit-1 soon',
    '{',
    '{"what":"kit-out"}',
    `kit-out x ${day}`,
    '',
  ])
    await assert.rejects(run({ event }), { code: 'plan-events-refused' })
  await assert.rejects(run({ event: 'kit-out kit-1 2030-01-01' }), { code: 'plan-events-refused' })
  await assert.rejects(run({ seconds: '2' }), WrongUsage)
  await assert.rejects(run({ out: file('i.json') }), WrongUsage)
  await writeFile(file('other.json'), JSON.stringify({ ...plan, instance: { name: 'x', sha256: '0'.repeat(64) } }))
  await assert.rejects(run({}, 'other.json'), { code: 'plan-not-followed' })
})
