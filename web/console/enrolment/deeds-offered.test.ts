import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rightsOf } from '../../../src/staff/role.ts'
import { deedsOf, isHindered } from './deeds-offered.ts'
import type { Application } from './search.ts'

const anApplication = (given: Partial<Application> = {}) =>
  ({
    state: 'submitted',
    capturedByMe: false,
    capture: 'here',
    capturedAt: '2023-04-20T02:00:00Z',
    others: [],
    findings: [],
    ...given,
  }) as Pick<Application, 'state' | 'capturedByMe' | 'capture' | 'capturedAt' | 'others' | 'findings' | 'openProposal'>

const [district, approver, ward, centre] = (
  ['district-officer', 'data-approver', 'ward-officer', 'card-centre-operator'] as const
).map(rightsOf) as [string[], string[], string[], string[]]

test('a district officer sends on what they did not capture, and an approver approves it afterwards', () => {
  assert.equal(deedsOf(anApplication(), district).forward, 'send-on')
  assert.equal(deedsOf(anApplication({ state: 'sent-to-centre' }), approver).forward, 'approve')
  assert.equal(deedsOf(anApplication({ state: 'sent-to-centre' }), district).forward, undefined)
})

test('the capturing officer cannot send on, sees why, and can send back', () => {
  const { forward, own, back } = deedsOf(anApplication({ capturedByMe: true }), district)
  assert.deepEqual([forward, own, back.includes('return')], [undefined, true, true])
})

test('a ward that may only capture takes up what was sent back, and decides nothing', () => {
  assert.deepEqual(deedsOf(anApplication(), ward).back, [])
  assert.deepEqual(deedsOf(anApplication({ state: 'returned' }), ward).back, ['recapture', 'recheck'])
})

test('the centre approves or returns what came to it, and not what is still checked', () => {
  const { forward, back } = deedsOf(anApplication({ state: 'sent-to-centre' }), centre)
  assert.deepEqual([forward, back], ['approve', ['return']])
  assert.deepEqual(deedsOf(anApplication(), centre).back, [])
})

test('while a proposal is open nothing else is done', () => {
  const openProposal = { id: '', kind: 'refuse', reason: 'other', by: '', mine: false } as const
  assert.deepEqual(deedsOf(anApplication({ openProposal }), district), {
    forward: undefined,
    back: [],
    own: false,
    elsewhere: false,
  })
})

test('an application captured in another system is not approved here', () => {
  const { forward, elsewhere } = deedsOf(anApplication({ state: 'sent-to-centre', capture: 'elsewhere' }), approver)
  assert.deepEqual([forward, elsewhere], [undefined, true])
})

test('a doubtful check blocks sending on until it is settled; one not done does not block', () => {
  const finding = (verdict: 'doubtful' | 'not-done', settledBy?: string) => [
    { kind: 'portrait', verdict, facts: {}, ...(settledBy && { settledBy }) },
  ]
  assert.equal(isHindered('send-on', anApplication({ findings: finding('doubtful') })), true)
  assert.equal(isHindered('send-on', anApplication({ findings: finding('doubtful', 'Cán Bộ') })), false)
  assert.equal(isHindered('send-on', anApplication({ findings: finding('not-done') })), false)
  assert.equal(isHindered('complete', anApplication({ findings: finding('doubtful') })), false)
})
