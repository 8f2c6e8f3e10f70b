import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { aBirthCertificate, anOfficerOf, aPerson, commune, enter, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import type { PersonId } from '../person.ts'
import * as register from '../register.ts'
import { currentMark, findChangedSince } from './link-change.ts'
import type { LinkMark } from './link-record.ts'

const house = await openHouse({ withUnits: true })
const [an, binh] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.haKhanh)]

const ask = (since?: LinkMark, limit?: number) => house.work(work => findChangedSince(work, since, limit))

/** Other databases of the tests' server have open works too: waits until all that began before now have ended. */
async function settled(): Promise<LinkMark> {
  const [now] = await house.owner<{ xid: string }>('select pg_current_xact_id()::text as xid')
  for (;;) {
    const mark = await house.work(currentMark)
    if (Number(mark.split(':')[1]) > Number(now?.xid)) return mark
    await pause(20)
  }
}

const form = { code: 'DC02', version: 'TT104/2020' }
const propose = (personId: PersonId, full_name: string) =>
  house.as(an, work =>
    register.proposeCorrection(work, { personId, form, evidence: aBirthCertificate(), values: { full_name } }),
  )

test('an extract’s persons come in pages, each once, until no page is left', async () => {
  const before = await settled()
  const people = Array.from({ length: 7 }, (_, at) => aPerson({ name: 'Phàn A Tả', bornOn: `2001-01-0${at + 1}` }))
  await enterAll(house, people)
  await settled()

  const pages: PersonId[][] = []
  let next = before
  for (let more = true; more; ) {
    const page = await ask(next, 3)
    pages.push([...page.personIds])
    ;({ next, more } = page)
  }

  assert.deepEqual(
    pages.map(({ length }) => length),
    [3, 3, 1],
  )
  const ids = await Promise.all(people.map(person => idOf(house, person.person_number)))
  assert.deepEqual(new Set(pages.flat()), new Set(ids))
  assert.deepEqual(await ask(next), { personIds: [], next, settledTo: next, more: false })
})

test('a change of a work that was open during a reading comes with the next reading', async () => {
  const [slow, quick] = [
    await enter(house, aPerson({ name: 'Tẩn A Sếnh' })),
    await enter(house, aPerson({ name: 'Tẩn Mẩy' })),
  ]
  const [ofSlow, ofQuick] = [await propose(slow, 'Tẩn A Sinh'), await propose(quick, 'Tẩn Mý')]
  const before = await settled()

  const [changed, let_go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const open = house.as(binh, async work => {
    await register.approveCorrection(work, ofSlow.id)
    changed.resolve()
    await let_go.promise
  })
  await changed.promise
  await house.as(binh, work => register.approveCorrection(work, ofQuick.id))

  const meanwhile = await ask(before)
  assert.deepEqual([meanwhile.personIds, meanwhile.more], [[quick], false])

  let_go.resolve()
  await open
  await settled()
  const afterwards = await ask(meanwhile.settledTo)
  assert.ok(afterwards.personIds.includes(slow))
  assert.deepEqual((await ask(afterwards.settledTo)).personIds, [])
})

test('a reading beside a work that stays open comes to its last page all the same', async () => {
  const before = await settled()
  const [begun, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const open = house.work(async work => {
    await sql`select pg_current_xact_id()`.execute(work.tx)
    begun.resolve()
    await letGo.promise
  })
  await begun.promise
  const people = Array.from({ length: 5 }, (_, at) => aPerson({ name: 'Cứ A Phử', bornOn: `2003-01-0${at + 1}` }))
  await enterAll(house, people)

  const first = await ask(before, 3)
  const second = await ask(first.next, 3)
  letGo.resolve()
  await open

  assert.deepEqual([first.more, second.more], [true, false])
  const ids = await Promise.all(people.map(person => idOf(house, person.person_number)))
  assert.deepEqual(new Set([...first.personIds, ...second.personIds]), new Set(ids))
  assert.deepEqual([first.settledTo, second.settledTo], [before, first.next], 'all of them come again')
})

test('a mark of another server, or no mark, begins before all changes', async () => {
  await enter(house, aPerson({ name: 'Hạng A Chư' }))
  await settled()
  const everyone = await ask(undefined, 100_000)
  assert.equal(everyone.personIds.length, (await house.owner('select from register.person')).length)

  const [server, ...rest] = everyone.next.split(':')
  for (const lost of [`${Number(server) + 1000}:${rest.join(':')}`, 'no mark', `${server}:1; drop table x:${rest[1]}`])
    assert.deepEqual((await ask(lost as LinkMark, 100_000)).personIds, everyone.personIds)
})
