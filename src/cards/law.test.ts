import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aPortrait, orderCard } from '../../test/a-card.ts'
import { aCardCentre } from '../../test/a-card-centre.ts'
import { openHouse } from '../../test/house.ts'
import { newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { PersonId } from '../register/register.ts'
import { cardStates } from './card.ts'
import * as cards from './cards.ts'

/** What the database itself holds, whoever writes: here its owner, past every verb and every policy. */

const house = await openHouse({ withUnits: true })
const { ward, maker, asMaker, asChecker, asWard, aPupil, aPupilWith, blanks } = await aCardCentre(house)

/** The owner's statements in one transaction are refused, by which constraint. */
async function refusedBy(text: string): Promise<string> {
  const error = await house.owner(`begin; ${text}; commit`).then(
    () => undefined,
    (thrown: unknown) => thrown as { constraint?: string; code?: string },
  )
  assert.ok(error, `taken: ${text}`)
  return error.constraint ?? error.code ?? String(error)
}

test('no statement leads a card out of revoked, not even one of the owner of the database', async () => {
  const { cardId, personId } = await aPupilWith('handed-over')
  await asWard(work => cards.revokeCard(work, cardId, { code: 'damaged' }))
  for (const state of cardStates.filter(one => one !== 'revoked'))
    assert.equal(
      await refusedBy(`update cards.card set state = '${state}' where id = '${cardId}'`),
      'revocation_person_id_card_id_state_fkey',
      state,
    )
  const where = `where person_id = '${personId}' and card_id = '${cardId}'`
  assert.equal(await refusedBy(`delete from cards.revocation ${where}`), 'revoked_card_has_revocation')
  assert.equal(
    await refusedBy(
      `delete from cards.revocation ${where}; update cards.card set state = 'handed-over' where id = '${cardId}'`,
    ),
    'revoked_card_has_revocation',
  )
  assert.equal(await refusedBy(`update cards.revocation set state = 'handed-over' ${where}`), 'revocation_state_check')
  assert.equal(
    await refusedBy(`update cards.revocation set card_id = gen_random_uuid() ${where}`),
    'revoked_card_has_revocation',
  )
  assert.equal(
    await refusedBy(`delete from cards.card where id = '${cardId}'`),
    'revocation_person_id_card_id_state_fkey',
  )
})

test('a card is revoked with its revocation, or not at all', async () => {
  const { cardId, personId } = await aPupilWith('handed-over')
  assert.equal(
    await refusedBy(`update cards.card set state = 'revoked' where id = '${cardId}'`),
    'revoked_card_has_revocation',
  )
  const revocation = `insert into cards.revocation (person_id, card_id, code, revoked_on, revoked_by, at)
    values ('${personId}', '${cardId}', 'died', '2023-04-20', 'x', now())`
  assert.equal(await refusedBy(revocation), 'revocation_person_id_card_id_state_fkey')
})

test('no statement leads a card out of cancelled, and a card is cancelled with its reason', async () => {
  const { cardId } = await aPupilWith('applied')
  assert.equal(
    await refusedBy(`update cards.card set state = 'cancelled' where id = '${cardId}'`),
    'cancelled_card_has_cancellation',
  )
  await asWard(work => cards.cancelCard(work, cardId, { code: 'withdrawn' }))
  for (const state of ['applied', 'revoked'])
    assert.equal(
      await refusedBy(`update cards.card set state = '${state}', serial = 'Z4' where id = '${cardId}'`),
      'cancellation_person_id_card_id_state_fkey',
    )
  assert.equal(
    await refusedBy(`delete from cards.cancellation where card_id = '${cardId}'`),
    'cancelled_card_has_cancellation',
  )
})

test('no card is issued here without an approved application', async () => {
  const { cardId, personId } = await aPupilWith('applied')
  assert.equal(
    await refusedBy(`update cards.card set state = 'approved' where id = '${cardId}'`),
    'issued_card_has_order',
  )
  assert.equal(
    await refusedBy(`update cards.card set state = 'revoked', serial = 'Z5' where id = '${cardId}'`),
    'issued_card_has_order',
  )
  const fresh = await aPupil()
  const insert = `insert into cards.card (person_id, id, serial, origin, state, state_on, changed_at)
    values ('${fresh}', gen_random_uuid(), 'Z1', 'issued', 'handed-over', '2023-04-20', now())`
  assert.equal(await refusedBy(insert), 'issued_card_has_order')
  const order = (captured: string) =>
    `insert into cards.card_order (person_id, card_id, application_id, unit_id, due_on, content, captured_by,
          approved_by, approved_on, approved_at)
     values ('${personId}', '${cardId}', gen_random_uuid(), '${ward.unitId}', '2023-05-01', '{}', '${captured}', 'b',
         '2023-04-20', now())`
  assert.equal(await refusedBy(order('b')), 'captured_and_approved_by_two')
  const approved = await aPupilWith('approved')
  assert.equal(
    await refusedBy(`delete from cards.card_order where card_id = '${approved.cardId}'`),
    'issued_card_has_order',
  )
})

test('no card of ours is made without an attempt that another officer passed', async () => {
  const { cardId } = await aPupilWith('approved')
  assert.equal(
    await refusedBy(`update cards.card set state = 'produced', serial = 'Z2' where id = '${cardId}'`),
    'issued_card_was_made',
  )
  const made = await aPupilWith('produced')
  assert.equal(
    await refusedBy(`update cards.production set quality = 'rejected', fault = 'x' where card_id = '${made.cardId}'`),
    'issued_card_was_made',
  )
  assert.equal(
    await refusedBy(`update cards.production set checked_by = made_by where card_id = '${made.cardId}'`),
    'made_and_checked_by_two',
  )
})

test('nobody has two cards in force, or two that are on their way from here', async () => {
  const { personId } = await aPupilWith('handed-over')
  const second = (origin: string, state: string, serial: string) =>
    `insert into cards.card (person_id, id, serial, origin, state, state_on, changed_at)
      values ('${personId}', gen_random_uuid(), ${serial}, '${origin}', '${state}', '2023-04-20', now())`
  assert.equal(await refusedBy(second('imported', 'blocked', `'Z3'`)), 'one_card_in_force_per_person')
  assert.equal(
    await refusedBy(`${second('issued', 'applied', 'null')}; ${second('issued', 'applied', 'null')}`),
    'one_issued_on_its_way_per_person',
  )
})

test('a serial is used once, whoever it was used for', async () => {
  const [one, two] = [await aPupilWith('produced'), await aPupilWith('approved')]
  const lookup = `insert into cards.serial_lookup (serial, person_id, card_id, production_id)
    values ('${one.serial}', '${two.personId}', '${two.cardId}', gen_random_uuid())`
  assert.equal(await refusedBy(lookup), 'serial_lookup_pkey')
  assert.equal(
    await refusedBy(`update cards.blank set production_id = gen_random_uuid() where serial = '${one.serial}'`),
    'production_house_serial_id_fkey',
  )
})

test('a lot of blanks is whole: no blank can be taken from it, added to it, or lie in two places', async () => {
  const [first, , third] = await blanks(4)
  const [blank] = await house.owner<{ lot_id: string }>('select lot_id from cards.blank where serial = $1', [first])
  const lot = blank?.lot_id
  assert.equal(await refusedBy(`delete from cards.blank where serial = '${first}'`), 'blank_lot_id_before_fkey')
  assert.equal(await refusedBy(`delete from cards.blank where lot_id = '${lot}' and place = 4`), 'lot_is_whole')
  const fifth = `insert into cards.blank (lot_id, place, unit_id, lot_size, state, changed_by, changed_at)
    values ('${lot}', 5, '${maker.unitId}', 4, 'in-stock', 'x', now())`
  assert.equal(await refusedBy(fifth), 'blank_check')
  assert.equal(
    await refusedBy(`insert into cards.blank_lot (id, unit_id, code, size, numbered, received_by, received_on,
          received_at)
    values (gen_random_uuid(), '${maker.unitId}', 'không phôi', 5, false, 'x', '2023-04-20', now())`),
    'lot_is_whole',
  )
  for (const state of ['used', 'missing'])
    assert.match(await refusedBy(`update cards.blank set state = '${state}' where serial = '${third}'`), /^blank_check/)
})

test('a card waits in one batch, lies in one box and is out with one list at a time', async () => {
  const { cardId, personId } = await aPupilWith('approved')
  const batch = await asMaker(work => cards.planBatch(work, { maker: 'house', most: 50 }))
  const other = `insert into cards.batch (id, code, unit_id, maker, state, planned_by, planned_at)
    values ('${crypto.randomUUID()}', 'x', '${maker.unitId}', 'house', 'open', 'x', now()) returning id`
  const [{ id: second }] = (await house.owner<{ id: string }>(other)) as [{ id: string }]
  const again = `insert into cards.batch_card (person_id, batch_id, card_id, maker, state)
    values ('${personId}', '${second}', '${cardId}', 'house', 'waiting')`
  assert.equal(batch.waiting > 0, true)
  assert.equal(await refusedBy(again), 'one_open_batch_a_card')

  const made = await aPupilWith('produced')
  const boxes = await Promise.all(
    [1, 2].map(() => asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))),
  )
  await asMaker(work => cards.putInBox(work, boxes[0]!.id, { serial: made.serial }))
  const inSecond = `insert into cards.box_card (person_id, box_id, card_id, state, put_by, put_at)
    values ('${made.personId}', '${boxes[1]!.id}', '${made.cardId}', 'in', 'x', now())`
  assert.equal(await refusedBy(inSecond), 'one_box_a_card')
})

/** What the verbs may never leave behind, asked of the tables with the eyes of their owner. */
const broken = `
  select 'revoked without revocation' as what, c.id from cards.card c
    where c.state = 'revoked' and not exists (select from cards.revocation r where r.person_id = c.person_id
      and r.card_id = c.id)
  union all select 'came out of revoked', c.id from cards.card c join cards.revocation r on r.person_id = c.person_id
    and r.card_id = c.id where c.state <> 'revoked'
  union all select 'moved after its end', c.id from cards.card c where c.state in ('revoked', 'cancelled')
    and (select m.state from cards.transition m where m.card_id = c.id
      order by m.at desc, m.state in ('revoked', 'cancelled') desc limit 1) <> c.state
  union all select 'issued without order', c.id from cards.card c where c.origin = 'issued'
    and c.state not in ('applied', 'cancelled')
    and not exists (select from cards.card_order o where o.person_id = c.person_id and o.card_id = c.id)
  union all select 'made without a passed attempt', c.id from cards.card c where c.origin = 'issued'
    and c.serial is not null
    and not exists (select from cards.production p where p.person_id = c.person_id and p.card_id = c.id
      and p.quality = 'passed' and p.serial = c.serial)
  union all select 'two in force', (array_agg(c.id))[1] from cards.card c where c.state in ('handed-over', 'blocked')
    group by c.person_id having count(*) > 1
  union all select 'two on their way', (array_agg(c.id))[1] from cards.card c
    where c.state in ('applied', 'approved', 'produced', 'at-unit') group by c.person_id having count(*) > 1
  union all select 'one serial, two cards', (array_agg(c.id))[1] from cards.card c where c.serial is not null
    group by c.serial having count(*) > 1
  union all select 'blanks do not balance', l.id from cards.blank_lot l
    where l.size <> (select count(*) from cards.blank b where b.lot_id = l.id
      and b.state in ('in-stock', 'used', 'spoiled', 'missing'))
  union all select 'a blank used by none', b.lot_id from cards.blank b where b.state = 'used' and not exists (select
    from cards.production p where p.id = b.production_id and p.serial = b.serial)
  union all select 'waits although it is not approved', l.card_id from cards.batch_card l join cards.card c
    on c.person_id = l.person_id and c.id = l.card_id
    where l.state = 'waiting' and c.state <> 'approved'
  union all select 'in a box and with its holder', l.card_id from cards.box_card l join cards.card c
    on c.person_id = l.person_id and c.id = l.card_id
    where l.state = 'in' and c.state in ('handed-over', 'blocked', 'applied', 'approved', 'cancelled')
  union all select 'ended and out of sight', c.id from cards.card c
    where c.state in ('revoked', 'expired') and exists (select from cards.production p where p.person_id = c.person_id
      and p.passed_card = c.id)
      and not exists (select from cards.hand_over h where h.person_id = c.person_id and h.card_id = c.id)
      and not exists (select from cards.published_ended e where e.person_id = c.person_id and e.card_id = c.id)
      and not exists (select from cards.taken_in t where t.person_id = c.person_id and t.card_id = c.id)
      and not exists (select from cards.withholding w where w.person_id = c.person_id and w.card_id = c.id
        and w.given_back_on is null)
      and not exists (select from cards.box_card l where l.person_id = c.person_id and l.card_id = c.id
        and l.state = 'lost')
      and not exists (select from cards.location l where l.person_id = c.person_id and l.card_id = c.id
        and l.kind = 'gone')`

type Model = { readonly people: readonly PersonId[]; readonly serials: readonly string[] }
const cardsNow = async (personId: PersonId) =>
  (await house.work(work => cards.cardsOf(work, [personId]))).get(personId) ?? []

/** Each verb on whatever the person has, meant or not: what does not fit is refused by a rule, and by nothing else. */
const verbs: Readonly<
  Record<string, (model: Model, personId: PersonId, card: cards.Card, n: number) => Promise<unknown>>
> = {
  apply: (_m, personId) => asWard(work => cards.applyForCard(work, personId, { unitId: ward.unitId })),
  order: (_m, _p, card) => asWard(work => orderCard(work, card, ward.unitId, { portrait: aPortrait })),
  cancel: (_m, _p, { id }) => asWard(work => cards.cancelCard(work, id, { code: 'withdrawn' })),
  plan: () => asMaker(work => cards.planBatch(work, { maker: 'house', most: 20 })),
  make: (model, _p, { id }, n) =>
    asMaker(work => cards.makeCard(work, { cardId: id, serial: model.serials[n % model.serials.length]! })),
  pass: (_m, _p, card) => checkLast(card, { quality: 'passed' }),
  reject: (_m, _p, card) => checkLast(card, { quality: 'rejected', fault: 'lem mực' }),
  ship: async (_m, _p, { id }, n) => {
    const box = await asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))
    const card = await asMaker(work => cards.putInBox(work, box.id, { cardId: id }))
    await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP' }))
    await asMaker(work => cards.sendBox(work, box.id))
    await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
    await asWard(work => cards.countBox(work, box.id, { serials: n % 3 === 0 ? [] : [card.serial ?? ''] }))
  },
  find: (_m, _p, { id }) => asWard(work => cards.takeInFoundCard(work, { cardId: id })),
  lose: (_m, _p, { id }) => asWard(work => cards.declareLost(work, id)),
  'hand over': (_m, personId, { serial }) =>
    asWard(work => cards.handOver(work, { serial: serial ?? '-', personId, to: { kind: 'holder' } })),
  'to another': (model, _p, { serial }, n) =>
    asWard(work =>
      cards.handOver(work, {
        serial: serial ?? '-',
        personId: model.people[n % model.people.length]!,
        to: { kind: 'holder' },
      }),
    ),
  block: (_m, _p, { id }) => asWard(work => cards.blockCard(work, id, { code: 'lost' })),
  unblock: (_m, _p, { id }) => asWard(work => cards.unblockCard(work, id)),
  revoke: (_m, _p, { id }) => asWard(work => cards.revokeCard(work, id, { code: 'damaged' })),
  withhold: (_m, _p, { id }) =>
    asWard(work => cards.withholdCard(work, id, { code: 'custody', authority: 'Trại tạm giam' })),
  'give back': (_m, _p, { id }) => asWard(work => cards.giveCardBack(work, id)),
  spoil: (model, _p, _c, n) =>
    asMaker(work =>
      cards.spoilBlanks(work, { serials: [model.serials[n % model.serials.length]!] }, { reason: 'gãy' }),
    ),
}

async function checkLast({ id }: cards.Card, checked: Parameters<typeof cards.checkCard>[2]): Promise<unknown> {
  const { attempts } = await house.work(work => cards.cardLife(work, { cardId: id }))
  return asChecker(work => cards.checkCard(work, attempts.at(-1)?.id ?? crypto.randomUUID(), checked))
}

/** The way that a card goes when all is well, among all that may be tried. */
const next: Partial<Record<cards.CardState, string>> = {
  applied: 'order',
  produced: 'ship',
  'at-unit': 'hand over',
  'handed-over': 'block',
  blocked: 'revoke',
}
async function nextInMaking({ id }: cards.Card): Promise<string> {
  const { place, attempts } = await house.work(work => cards.cardLife(work, { cardId: id }))
  if (place.at === 'to-be-planned') return 'plan'
  return attempts.at(-1)?.quality === null ? 'pass' : 'make'
}

async function goOn(model: Model, personId: PersonId, card: cards.Card, n: number): Promise<unknown> {
  const known = (await cardsNow(personId)).find(
    ({ id, state }) => id === card.id && state !== 'revoked' && state !== 'cancelled',
  )
  if (known?.state === 'approved') return verbs[await nextInMaking(card)]!(model, personId, card, n)
  return verbs[known ? (next[known.state] ?? 'revoke') : 'apply']!(model, personId, card, n)
}

const step = fc.record({
  verb: fc.oneof(
    { weight: 1, arbitrary: fc.constant('go on') },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(verbs)) },
  ),
  who: fc.nat(1),
  n: fc.nat(50),
  which: fc.nat(3),
})

test('in any order of actions no card leaves its end, lacks an order or is a second, and blanks balance', async () => {
  const everyone: PersonId[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async steps => {
      const model: Model = { people: [await aPupil(), await aPupil()], serials: await blanks(6) }
      everyone.push(...model.people)
      for (const { verb, who, n, which } of steps) {
        const personId = model.people[who]!
        const theirs = await cardsNow(personId)
        const card = (which < 3 ? theirs.at(-1) : theirs[n % Math.max(1, theirs.length)]) ?? {
          id: newId<'card'>(),
          personId,
          state: 'applied' as const,
        }
        await (verbs[verb] ?? goOn)(model, personId, card, n).then(
          () => undefined,
          (error: unknown) => {
            if (!(error instanceof Problem)) throw error
          },
        )
      }
      assert.deepEqual(await house.owner(broken), [])
    }),
    { numRuns: 8, endOnFailure: true },
  )
  const reached = (
    await house.owner<{ state: string }>('select distinct state from cards.transition where person_id = any ($1)', [
      everyone,
    ])
  ).map(({ state }) => state)
  assert.deepEqual(
    cardStates.filter(state => state !== 'expired' && !reached.includes(state)),
    [],
  )
})
