import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { anExchangeSide, joinTo, startCentre } from '../../test/a-centre.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { consequences } from '../consequences.ts'
import { exchangeKinds } from '../exchange-kinds.ts'
import * as register from '../register/register.ts'
import * as exchange from './exchange.ts'

/** Numbers that end here, by a merge or a renewal, end at the national centre too; the reference centre plays it. */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const taker = await anOfficerOf(house, commune.haKhanh)
const checker = await anOfficerOf(house, commune.haKhanh)
const ours = anExchangeSide()
const centre = await startCentre(ours)
const turn = () => exchange.exchangeOnce(exchange.inboxOf(house.openWork, ours, exchangeKinds))
const cancelledThere = async (): Promise<string[]> =>
  JSON.parse(await readFile(join(centre.folder, 'state.json'), 'utf8')).cancelled ?? []

type Handed = { readonly kind: string; readonly state: string; readonly body: Record<string, unknown> }
const handedUp = (personId: string) =>
  house.owner<Handed>('select kind, state, body from exchange.question where person_id = $1 order by asked_at, id', [
    personId,
  ])

async function aPersonWithNumber() {
  const row = aPerson({})
  return { id: await enter(house, row), number: String(row.person_number) }
}
/** Two records of one person of which the second's number ends. */
async function aMerge() {
  const [kept, ended] = [await aPersonWithNumber(), await aPersonWithNumber()]
  const { id } = await house.as(taker, work =>
    register.proposeMerge(work, {
      personId: kept.id,
      otherId: ended.id,
      reason: 'Cùng cha mẹ, cùng giấy khai sinh',
      papers: 'Giấy khai sinh số 12/2005',
    }),
  )
  await house.as(checker, work => register.acceptMerge(work, id, { survivorId: kept.id, number: kept.number }))
  return { id, kept, ended }
}
async function aRenewal() {
  const { id, number } = await aPersonWithNumber()
  const asked = await house.as(taker, work =>
    register.renewNumber(work, id, {
      reason: 'Sai năm sinh khi thu thập',
      papers: 'Giấy khai sinh số 7/2008',
      form: { code: 'DC02', version: 'TT17/2024' },
    }),
  )
  const renewed = await house.as(checker, work => register.establishNumber(work, asked.id))
  return { id, number, renewed: renewed.number }
}

const merge = await aMerge()
const renewal = await aRenewal()

test('without a centre the cancellations of a merge and of a renewal wait in the outbox', async () => {
  assert.equal((await turn()).sent, 0)
  const [byMerge, ...others] = await handedUp(merge.kept.id)
  assert.deepEqual(others, [])
  assert.deepEqual([byMerge?.kind, byMerge?.state], ['number.cancellation', 'waiting'])
  assert.deepEqual(byMerge?.body, {
    number: merge.ended.number,
    inForce: merge.kept.number,
    cause: 'merged',
    reason: 'Cùng cha mẹ, cùng giấy khai sinh',
    papers: 'Giấy khai sinh số 12/2005',
  })
  const [byRenewal] = await handedUp(renewal.id)
  const { number, inForce, cause } = byRenewal?.body ?? {}
  assert.deepEqual([number, inForce, cause], [renewal.number, renewal.renewed, 'renewed'])
})

test('the centre cancels both numbers once it is joined, and answers', async () => {
  await joinTo(house, ours, centre.card)
  await turn()
  await turn()
  assert.deepEqual((await cancelledThere()).sort(), [merge.ended.number, renewal.number].sort())
  for (const { id } of [merge.kept, renewal]) assert.equal((await handedUp(id))[0]?.state, 'granted')
})

test('a merge is undone though the centre has answered, and the number is reinstated there', async () => {
  await house.as(checker, work => register.undoMerge(work, merge.id, { reason: 'Là hai anh em sinh đôi' }))
  await turn()
  await turn()
  const [cancellation, reinstatement] = await handedUp(merge.kept.id)
  assert.deepEqual([cancellation?.state, reinstatement?.kind], ['granted', 'number.reinstatement'])
  assert.deepEqual([reinstatement?.state, reinstatement?.body['number']], ['granted', merge.ended.number])
  assert.deepEqual(await cancelledThere(), [renewal.number])
})

test('a number that the centre renews itself is not handed up a second time', async () => {
  const { id, renewed } = await aRenewal()
  assert.equal(renewed, undefined, 'the centre decides')
  await turn()
  await turn()
  const [current] = (await house.as(taker, work => register.getPerson(work, id))).numbers
  assert.match(current?.number ?? '', /^022/)
  assert.deepEqual(
    (await handedUp(id)).map(({ kind, state }) => [kind, state]),
    [['number.request', 'granted']],
  )
})

test('an answer about another number than the cancelled one is not taken', async () => {
  const question = { body: { number: '022205000001' } } as never
  const { grant } = exchangeKinds['number.cancellation']
  const answer = (said: Record<string, unknown>) => house.work(work => grant(work, question, said))
  await assert.rejects(answer({ number: '022205000002' }), { reason: 'answer-of-another-number' })
  await assert.rejects(answer({ number: '022205000001', name: 'A' }), { reason: 'answer-malformed' })
  assert.deepEqual(await answer({ number: '022205000001' }), {})
})
