import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aCard as aCardOf, makeCard, orderCard, type Step } from '../../test/a-card.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { asDay, type Day } from '../platform/day.ts'
import { builtInLaw } from '../platform/law.ts'
import type { Problem } from '../platform/problem.ts'
import type { Work } from '../platform/work.ts'
import type { PersonId } from '../register/register.ts'
import { type CardState, cardStates, mayTransition } from './card.ts'
import * as cards from './cards.ts'
import { mayApply } from './law.ts'

const house = await openHouse({ withUnits: true })
const [haKhanh, quangHanh] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.quangHanh)]
const here = { unitId: haKhanh.unitId }
const sessionId = crypto.randomUUID()

const refused = (code: string) => (error: unknown) => {
  assert.equal((error as Problem).code, code)
  return true
}
const as = <T>(verb: (work: Work) => Promise<T>) => house.as(haKhanh, verb)
const aPupil = (given: Parameters<typeof aPerson>[0] = {}) => enter(house, aPerson(given))
const aCard = (personId: PersonId, to: Step) => aCardOf({ openWork: house.openWork, standing: haKhanh }, personId, to)
const cardsOf = async (personId: PersonId) =>
  (await house.work(work => cards.cardsOf(work, [personId]))).get(personId) ?? []

test('a card goes from the application to the holder, and each step is a recorded deed and a dated move', async () => {
  const pupil = await aPupil({ bornOn: '2005-03-15' })
  const { id } = await as(work => cards.applyForCard(work, pupil, { ...here, sessionId }))
  assert.deepEqual((await house.work(work => audit.lastDeedOn(work, id)))?.facts, { session: sessionId })
  await as(async work => orderCard(work, { id, personId: pupil, state: 'applied' }, haKhanh.unitId))
  const made = await makeCard({ openWork: house.openWork, standing: haKhanh }, id)
  assert.deepEqual([made.issuedOn, made.expiresOn], ['2023-04-20', '2030-03-15'])
  await as(work => cards.takeInFoundCard(work, { cardId: id }))
  await as(work => cards.handOver(work, { serial: made.serial ?? '', personId: pupil, to: { kind: 'holder' } }))

  const deeds = await house.work(work => audit.deedsOf(work, id))
  const steps = [
    'card.applied',
    'card.approved',
    'card.made',
    'card.produced',
    'card.found',
    'card.returned',
    'card.handed-over',
  ]
  assert.deepEqual(deeds.map(({ deed }) => deed).reverse(), steps)
  assert.ok(deeds.every(({ unitId, personId }) => unitId === haKhanh.unitId && personId === pupil))
  const moves = await house.owner<{ state: string; on_day: string }>(
    'select state, on_day::text from cards.transition where card_id = $1 order by id',
    [id],
  )
  assert.deepEqual(
    moves.map(({ state }) => state),
    ['applied', 'approved', 'produced', 'at-unit', 'handed-over'],
  )
  assert.ok(moves.every(({ on_day }) => on_day === '2023-04-20'))
})

test('a holder of a card in force or on its way cannot apply again, and the refusal names that card', async () => {
  for (const state of ['applied', 'approved', 'produced', 'at-unit', 'handed-over'] as const) {
    const pupil = await aPupil()
    const id = await aCard(pupil, state)
    await assert.rejects(
      as(work => cards.applyForCard(work, pupil, here)),
      (error: unknown) => {
        assert.deepEqual((error as Problem).facts, { card: id, state })
        return refused('card-not-needed')(error)
      },
    )
  }
})

test('two officers who enter one person at the same moment make one card', async () => {
  const pupil = await aPupil()
  const both = await Promise.allSettled([1, 2].map(() => as(work => cards.applyForCard(work, pupil, here))))
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await cardsOf(pupil)).length, 1)
})

test('a lost card is replaced: its successor is applied for, and takes its place when it is handed over', async () => {
  const pupil = await aPupil()
  const lost = await aCard(pupil, 'handed-over')
  await assert.rejects(
    as(work => cards.blockCard(work, lost, { code: 'mislaid' })),
    refused('card-reason-unknown'),
  )
  await as(work => cards.blockCard(work, lost, { code: 'lost' }))
  const successor = await aCard(pupil, 'handed-over')
  assert.deepEqual(
    new Map((await cardsOf(pupil)).map(({ id, state }) => [id, state])),
    new Map([
      [lost, 'revoked'],
      [successor, 'handed-over'],
    ]),
  )
  const deed = await house.work(work => audit.lastDeedOn(work, lost))
  assert.deepEqual([deed?.deed, deed?.facts], ['card.revoked', { from: 'blocked', code: 'replaced', by: successor }])
})

test('a card that is found again goes back to its holder, and is not counted as handed over twice', async () => {
  const id = await aCard(await aPupil(), 'handed-over')
  await as(work => cards.blockCard(work, id, { code: 'lost' }))
  await as(work => cards.unblockCard(work, id))
  assert.equal((await house.work(work => audit.lastDeedOn(work, id)))?.deed, 'card.unblocked')
})

test('a card whose term is over is renewed', async () => {
  const parent = await aPupil({ bornOn: '1983-01-10' })
  await house.owner(
    `insert into cards.card (person_id, id, serial, origin, state, issued_on, state_on, changed_at)
     values ($1, gen_random_uuid(), 'OLD', 'imported', 'handed-over', '2016-05-01', '2023-01-01', now())`,
    [parent],
  )
  assert.equal((await as(work => cards.applyForCard(work, parent, here))).state, 'applied')
})

test('the law of the day sets the age: from fourteen, and since July 2024 on request at any age', async () => {
  const [child, fourteen] = [await aPupil({ bornOn: '2009-04-21' }), await aPupil({ bornOn: '2009-04-20' })]
  await assert.rejects(
    as(work => cards.applyForCard(work, child, here)),
    refused('card-too-young'),
  )
  assert.equal((await as(work => cards.applyForCard(work, fourteen, here))).state, 'applied')
  const month = await aPupil({ bornOn: '2009-04' })
  await assert.rejects(
    as(work => cards.applyForCard(work, month, here)),
    refused('card-too-young'),
    'the last day of the month may be the birthday',
  )
  assert.deepEqual(
    ['2024-06-30', '2024-07-01'].map(day => mayApply('2015-01-01' as Day, asDay(day), builtInLaw)),
    [false, true],
  )
})

test('a person who died gets no card', async () => {
  const dead = await aPupil({ life_status: 'dead' })
  await assert.rejects(
    as(work => cards.applyForCard(work, dead, here)),
    refused('card-holder-dead'),
  )
})

test('an officer of another district neither enters the person nor moves the card', async () => {
  const pupil = await aPupil()
  await assert.rejects(
    house.as(quangHanh, work => cards.applyForCard(work, pupil, { unitId: quangHanh.unitId })),
    refused('person-unknown'),
  )
  const id = await aCard(pupil, 'applied')
  await assert.rejects(
    house.as(quangHanh, work => cards.cancelCard(work, id, { code: 'refused' })),
    refused('card-unknown'),
  )
})

test('a transition that is not in the table is refused, and no transition leads out of revoked', async () => {
  const pupil = await aPupil()
  const id = await aCard(pupil, 'at-unit')
  await assert.rejects(
    as(work => cards.cancelCard(work, id, { code: 'refused' })),
    refused('card-move-refused'),
  )
  await as(work => cards.revokeCard(work, id, { code: 'misprinted' }))
  const verbs: readonly ((work: Work) => Promise<unknown>)[] = [
    work => cards.blockCard(work, id, { code: 'lost' }),
    work => cards.unblockCard(work, id),
    work => cards.revokeCard(work, id, { code: 'damaged' }),
    work => cards.cancelCard(work, id, { code: 'refused' }),
    async work => orderCard(work, { id, personId: pupil, state: 'applied' }, haKhanh.unitId),
  ]
  for (const verb of verbs)
    await assert.rejects(
      as(verb),
      (error: unknown) => refused(String((error as Problem).code))(error) && (error as Problem).kind.status === 409,
    )

  fc.assert(
    fc.property(fc.array(fc.constantFrom(...cardStates), { maxLength: 30 }), steps => {
      let state: CardState = 'applied'
      let over = false
      for (const step of steps) {
        if (mayTransition(state, step)) state = step
        assert.ok(!over || state === 'revoked')
        over = state === 'revoked'
      }
    }),
  )
})
