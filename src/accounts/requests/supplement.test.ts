import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPhone } from '../../../test/an-account.ts'
import { anOfficerInPost } from '../../../test/an-officer.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { endUndoTime } from '../../../test/undo-time.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { kindsOfDecisions } from '../../decision-kinds.ts'
import * as decisions from '../../decisions/decisions.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { makeOpenWork, type Work } from '../../platform/work.ts'
import * as accounts from '../accounts.ts'
import type { AccountQueue } from '../contract.ts'
import { getAccountView } from '../queues/account-view.ts'
import * as queues from '../queues/store-queue.ts'
import { decideSupplement } from './held-decisions.ts'

const house = await openHouse({ withUnits: true })
const kinds = kindsOfDecisions(() => assert.fail('no station has captured anything here'))
const taker = await anOfficerOf(house, commune.haKhanh)
const approver = await anOfficerInPost(house, 'data-approver', commune.haKhanh)
const colleague = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, commune.quangHanh)

const decide = <T>(verb: (work: Work) => Promise<T>) => house.as(approver, verb)
const on =
  (day: string, by: typeof taker = approver) =>
  <T>(verb: (work: Work) => Promise<T>) =>
    makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) as Day })(by, verb)

async function aRequest(level: 1 | 2 = 1) {
  const person = await enter(house, aPerson())
  if (level === 2) await house.as(taker, work => cards.applyForCard(work, person, { unitId: taker.unitId }))
  const { id } = await house.as(taker, work => accounts.request(work, person, { level, phone: aPhone() }))
  return id
}
const lackingPhone = { items: ['phone', 'presence'] as const }
const inQueue = async (id: string, queue: AccountQueue, by = approver) =>
  (await house.as(by, work => queues.findQueuePage(work, { queue }, 1000))).find(row => row.id === id)
const messageOf = async (id: string) =>
  (await house.owner<{ body: string }>('select body from outreach.message where about_id = $1', [id])).at(-1)?.body
const dueOf = async (id: string) =>
  (await house.owner<{ due_on: string }>('select due_on from accounts.account where id = $1', [id]))[0]?.due_on

test('a request that lacks something waits for it, and its holder is told what, where and until when', async () => {
  const id = await aRequest()
  await decide(work => accounts.askSupplement(work, id, { ...lackingPhone, note: 'máy đang dùng' }))
  assert.equal(await inQueue(id, 'to-approve'), undefined, 'the days to decide do not run')
  assert.equal((await inQueue(id, 'supplement'))?.urgent, '2023-05-09', 'ten working days from 20 April 2023')
  const body = await messageOf(id)
  assert.match(body ?? '', /so dien thoai chinh chu; co mat tai cong an de doi chieu \(may dang dung\)/)
  assert.match(body ?? '', /09\/05\/2023/)
  const { supplement } = await decide(work => getAccountView(work, id))
  assert.deepEqual(
    [supplement?.state, supplement?.items, supplement?.by],
    ['awaited', ['phone', 'presence'], '2023-05-09'],
  )
  const deed = await house.work(work => audit.lastDeedOn(work, id))
  assert.deepEqual(
    [deed?.deed, deed?.facts],
    ['account.supplement-asked', { level: 1, items: ['phone', 'presence'], until: '2023-05-09', noted: true }],
  )
})

test('while something is awaited nothing is approved, and nothing refused before its last day', async () => {
  const id = await aRequest()
  await decide(work => accounts.askSupplement(work, id, lackingPhone))
  await refusal(
    decide(work => accounts.approve(work, id)),
    'account-supplement-open',
  )
  await refusal(
    on('2023-05-09')(work => accounts.refuse(work, id, { code: 'other' })),
    'account-supplement-open',
  )
  await refusal(
    on('2023-05-10')(work => accounts.approve(work, id)),
    'account-supplement-open',
  )
  await on('2023-05-10')(work => accounts.refuse(work, id, { code: 'phone-not-theirs' }))
  assert.equal(await inQueue(id, 'supplement'), undefined)
})

test('what is supplied comes back to whoever asked, and the days of the law begin anew', async () => {
  const id = await aRequest(2)
  assert.equal(await dueOf(id), '2023-05-04')
  await decide(work => accounts.askSupplement(work, id, lackingPhone))
  await refusal(
    on('2023-05-08', taker)(work => accounts.supply(work, id, { items: ['phone'] })),
    'account-supplement-incomplete',
  )
  await on('2023-05-08', taker)(work => accounts.supply(work, id, { items: ['phone', 'presence'] }))
  assert.equal(await dueOf(id), '2023-05-17', 'seven working days without a card')
  assert.equal((await inQueue(id, 'to-approve'))?.suppliedFor, approver.by.id)
  const dated = (await house.work(accounts.findDatedRequests)).find(one => one.id === id)
  assert.equal(dated?.dueOn, '2023-05-17')
  await refusal(
    house.as(taker, work => accounts.supply(work, id, { items: ['phone', 'presence'] })),
    'account-no-supplement',
  )
  await decide(work => accounts.approve(work, id))
  assert.equal((await decide(work => getAccountView(work, id))).state, 'approved')
})

test('whoever received what was missing does not decide, though they asked for it themselves', async () => {
  const id = await aRequest()
  await decide(work => accounts.askSupplement(work, id, lackingPhone))
  await decide(work => accounts.supply(work, id, { items: ['phone', 'presence'] }))
  for (const verb of [
    (work: Work) => accounts.approve(work, id),
    (work: Work) => accounts.refuse(work, id, { code: 'other' }),
    (work: Work) => accounts.askSupplement(work, id, lackingPhone),
  ])
    await refusal(decide(verb), 'account-own-request')
  assert.equal((await decide(work => getAccountView(work, id))).mine, true)
  await house.as(colleague, work => accounts.approve(work, id))
})

test('nobody parks a request by asking again and again, nor asks for what they took or of another unit', async () => {
  const id = await aRequest()
  await refusal(
    house.as(taker, work => accounts.askSupplement(work, id, lackingPhone)),
    'account-own-request',
  )
  await refusal(
    house.as(elsewhere, work => accounts.askSupplement(work, id, lackingPhone)),
    'account-unknown',
  )
  for (let times = 0; times < 2; times++) {
    await decide(work => accounts.askSupplement(work, id, lackingPhone))
    await refusal(
      decide(work => accounts.askSupplement(work, id, lackingPhone)),
      'account-supplement-open',
    )
    await house.as(taker, work => accounts.supply(work, id, { items: ['phone', 'presence'] }))
  }
  await refusal(
    decide(work => accounts.askSupplement(work, id, lackingPhone)),
    'account-supplements-over',
  )
})

test('asking for a supplement may be undone like an approval, and then nobody was told', async () => {
  const [undone, kept] = [await aRequest(), await aRequest()]
  const ask = async (id: typeof kept) =>
    (await decide(work => decideSupplement(work, id, { items: ['card'] }))).held ?? assert.fail('it is not held')
  const held = await ask(undone)
  await ask(kept)
  await decide(work => decisions.undo(work, kinds, held.id))
  await endUndoTime(house, kinds)
  assert.deepEqual([await messageOf(undone), await inQueue(undone, 'supplement')], [undefined, undefined])
  assert.ok(await inQueue(undone, 'to-approve'))
  assert.match((await messageOf(kept)) ?? '', /the can cuoc/)
})

test('a note with a link is refused before anything is asked for', async () => {
  const id = await aRequest()
  await refusal(
    decide(work => decideSupplement(work, id, { items: ['other'], note: 'xem http://a.vn' })),
    'message-unlawful',
  )
  assert.ok(await inQueue(id, 'to-approve'))
})
