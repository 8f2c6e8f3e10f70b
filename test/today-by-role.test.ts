import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { mayDo, type Role } from '../src/staff/role.ts'

/** Whose rows stand on Hôm nay, however many wait: by role alone, without a database. */

type Asking = { readonly say: (key: string) => string; readonly may: (right: string) => boolean }
type Queue = {
  readonly name: string
  readonly when: (asking: Asking) => boolean
  readonly read: (answer: unknown, asking: Asking) => readonly { readonly key: string }[]
}
const { cardQueues } = (await import(join(import.meta.dirname, '..', 'web', 'console/today/queues/of-cards.ts'))) as {
  readonly cardQueues: readonly Queue[]
}

const much = {
  boxes: { withMissing: 1, withUnexpected: 1, toReceive: 1, toCount: 1 },
  batches: { late: 1, toCheck: 1 },
  toPlan: { cards: 1, late: 1 },
  made: { cards: 1, late: 1 },
  uncollected: { days: 30, cards: 1 },
  rows: [{}],
}
const rowsOf = (role: Role): string[] => {
  const asking: Asking = { say: key => key, may: right => mayDo(role, right) }
  return cardQueues
    .filter(({ when }) => when(asking))
    .flatMap(({ read }) => read(much, asking).map(({ key }) => key))
    .sort()
}

test('who makes cards has the work of the centre, and hands none over', () => {
  const own = rowsOf('card-centre-operator')
  for (const key of ['batches-late', 'batches-waiting', 'boxes-send', 'cards-box', 'cards-check', 'cards-plan'])
    assert.ok(own.includes(key), key)
  assert.ok(!own.includes('cards-waiting'))
})

test('a commander has the right to act for the centre, and none of its daily work', () => {
  assert.ok(mayDo('provincial-commander', 'cards.produce'))
  assert.deepEqual(rowsOf('provincial-commander'), [])
})

test('a ward and the province’s reception receive boxes and hand cards over, and make none', () => {
  for (const role of ['ward-officer', 'district-officer', 'pc06-reception'] as const) {
    const own = rowsOf(role)
    assert.ok(own.includes('boxes-receive') && own.includes('cards-waiting'), role)
    assert.ok(!own.some(key => key.startsWith('batches') || key === 'cards-plan' || key === 'cards-box'), role)
  }
})
