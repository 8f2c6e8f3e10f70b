import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aCard } from '../../../test/a-card.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { assertQueuesCounted } from '../../../test/counted-queues.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem, makeOpenWork, type Work } from '../../platform/work.ts'
import type { PersonId } from '../../register/register.ts'
import { type AccountState, accountStates, accountTransitions, mayTransition } from '../account.ts'
import * as accounts from '../accounts.ts'
import { refusalCodes } from '../refusal-code.ts'

/** Whatever officers do to accounts, in whatever order: what must never be so is not so. */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const officers = await Promise.all([1, 2, 3].map(() => anOfficerOf(house, commune.haKhanh)))
const phones = ['0911000001', '0911000002', '0911000003'] as const

test('no number of transitions leads out of cancelled', () => {
  const reach = (from: AccountState) => {
    const seen = new Set<AccountState>()
    const queue = [...accountTransitions[from]]
    for (let next = queue.pop(); next; next = queue.pop())
      if (!seen.has(next)) {
        seen.add(next)
        queue.push(...accountTransitions[next])
      }
    return seen
  }
  assert.equal(reach('cancelled').size, 0)
  fc.assert(fc.property(fc.constantFrom(...accountStates), to => !mayTransition('cancelled', to)))
  for (const state of accountStates)
    assert.equal(reach(state).has('requested'), false, 'nothing is requested a second time')
})

type Step = { readonly verb: number; readonly who: number; readonly person: number; readonly phone: number }

const living = async (work: Work, personId: Id<'person'>) =>
  (await accounts.accountsOf(work, [personId])).get(personId)?.find(({ state }) => state !== 'cancelled')

/** What is done to one person's account, by one officer; each may be refused by a rule. */
const verbs: readonly ((work: Work, personId: PersonId, phone: string) => Promise<unknown>)[] = [
  (work, personId, phone) => accounts.request(work, personId, { level: 1, phone }),
  (work, personId, phone) => accounts.request(work, personId, { level: 2, phone }),
  ...(
    [
      (work, id) => accounts.approve(work, id),
      (work, id) => accounts.approve(work, id),
      (work, id) => accounts.approveAll(work, [id]),
      (work, id) => accounts.refuse(work, id, { code: refusalCodes[0] }),
      (work, id) => accounts.activate(work, id),
      (work, id) => accounts.raise(work, id),
      (work, id) => accounts.lower(work, id, { reason: 'đề nghị' }),
      (work, id) => accounts.lock(work, id, { reason: 'đề nghị' }),
      (work, id) => accounts.lockLostDevice(work, id, { how: 'counter' }),
      (work, id) => accounts.unlock(work, id),
      (work, id, phone) => accounts.changePhone(work, id, { phone, again: phone, proof: 'card' }),
      (work, id, phone) => accounts.changePhone(work, id, { phone, again: phone, proof: 'face-known' }),
      (work, id, phone) => accounts.changePhone(work, id, { phone, again: phone, proof: 'card', ownsNumber: true }),
      (work, id) => accounts.reopenForActivation(work, id, { how: 'counter' }),
      (work, id) => accounts.cancel(work, id, { reason: 'nhầm' }),
    ] satisfies readonly ((work: Work, id: Id<'account'>, phone: string) => Promise<unknown>)[]
  ).map(verb => async (work: Work, personId: PersonId, phone: string) => {
    const account = await living(work, personId)
    return account && verb(work, account.id, phone)
  }),
  async (work, personId) => {
    const card = (await cards.cardsOf(work, [personId])).get(personId)?.find(({ state }) => state === 'handed-over')
    return card && cards.revokeCard(work, card.id, { code: 'damaged' })
  },
]

type Checked = {
  readonly own: number
  readonly twice: number
  readonly shared: number
  readonly unlocked: number
  readonly unreasoned: number
  readonly left: number
}

/** In SQL of its own over the base tables. */
const standing = async () =>
  (
    await house.owner<Checked>(`
    select (select count(*)::int from accounts.account where approved_by = requested_by)
           + (select count(*)::int from accounts.raising where outcome = 'granted' and asked_by = decided_by) as own,
           (select count(*)::int
             from (select from accounts.account where state <> 'cancelled' group by person_id having count(*) > 1) x)
             as twice,
           (select count(*)::int
             from (select from accounts.account where state <> 'cancelled' and phone is not null group by phone
               having count(distinct person_id) > 1) x) as shared,
           (select count(*)::int from accounts.account a where a.state <> 'locked'
              and exists (select from accounts.lock l
                  where l.person_id = a.person_id and l.account_id = a.id and l.ended_at is null)) as unlocked,
           (select count(*)::int from accounts.account a where a.state = 'locked' and (a.locked_for is null
              or not exists (select from accounts.lock l
                    where l.person_id = a.person_id and l.account_id = a.id and l.ended_at is null
                      and l.reason = a.locked_for))) as unreasoned,
           (select count(*)::int from accounts.transition c
             join accounts.transition m on m.person_id = c.person_id and m.account_id = c.account_id and m.at > c.at
            where c.state = 'cancelled') as left`)
  )[0]

test('random operations keep the invariants of accounts, phones, locks and approvals', async () => {
  const step = fc.record<Step>({
    verb: fc.nat(verbs.length - 1),
    who: fc.nat(officers.length - 1),
    person: fc.nat(2),
    phone: fc.nat(phones.length - 1),
  })
  let done = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 15, maxLength: 40 }),
      fc.constantFrom('2023-04-20', '2024-08-01'),
      async (steps, day) => {
        const openWork = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })
        // The province before leaves no phone.
        await house.owner("update accounts.account set phone = null where state <> 'cancelled'")
        const people: PersonId[] = []
        for (let i = 0; i < 3; i += 1) people.push(await enter(house, aPerson({ bornOn: '1990-01-02' })))
        for (const person of people)
          await aCard({ openWork: house.openWork, standing: officers[0]! }, person, 'handed-over')
        // Each begins with a phone of their own, so that every change meets another's.
        for (const [at, person] of people.entries())
          await openWork(officers[at]!, work => accounts.request(work, person, { level: 1, phone: phones[at]! }))
        await openWork(asSystem('test'), accounts.verifyQueueCounts)
        const onDay = { ...house, as: openWork }
        for (const { verb, who, person, phone } of steps)
          await openWork(officers[who]!, work => verbs[verb]!(work, people[person]!, phones[phone]!)).then(
            async () => {
              done += 1
              if (done % 3 === 0) await openWork(asSystem('test'), accounts.keepQueueCounts)
              await assertQueuesCounted(onDay, officers.slice(0, 1))
            },
            (error: unknown) => {
              if (!(error instanceof Problem)) throw error
            },
          )
        assert.deepEqual(await standing(), { own: 0, twice: 0, shared: 0, unlocked: 0, unreasoned: 0, left: 0 })
      },
    ),
    { numRuns: 6 },
  )
  assert.ok(done > 30, `${done} deeds were done, the others refused`)
})

test('a revoked card locks by both laws, an expired one since July 2024; other locks stay', async () => {
  const [before, since] = ['2023-04-20', '2024-08-01'].map(asDay)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(before!, since!), fc.boolean(), async (day, alsoLost) => {
      const openWork = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => day })
      const person = await enter(house, aPerson({ bornOn: '1990-01-02' }))
      const standingOf = officers[0]!
      const card = await aCard({ openWork, standing: standingOf }, person, 'handed-over')
      const { id } = await openWork(standingOf, work => accounts.request(work, person, { level: 2 }))
      await openWork(officers[1]!, work => accounts.approve(work, id))
      if (alsoLost) await openWork(standingOf, work => accounts.lockLostDevice(work, id, { how: 'counter' }))
      await openWork(standingOf, work => cards.revokeCard(work, card, { code: 'damaged' }))
      await aCard({ openWork, standing: standingOf }, person, 'handed-over')
      const [row] = await house.owner<{ state: string; locked_for: string | null }>(
        'select state, locked_for from accounts.account where id = $1',
        [id],
      )
      const expected =
        day === before ? ['locked', 'card-revoked'] : alsoLost ? ['locked', 'lost-device'] : ['approved', null]
      assert.deepEqual([row?.state, row?.locked_for], expected)
    }),
    { numRuns: 6 },
  )
})
