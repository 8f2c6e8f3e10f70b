import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour } from '../../../test/planned-ward.ts'
import * as accessLinks from '../../access-links/access-links.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import * as outreach from '../../outreach/outreach.ts'
import * as planning from '../../planning/planning.ts'
import { asDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { authorityToAct, type Visitor } from '../actor.ts'
import { disownPhone } from '../phones.ts'
import { printSlips } from '../slips/slips.ts'

/** What a fault of the program would ask for, behind a slip or a receipt: the database refuses it. */
const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const { ward, as, team, school, kit } = await aWard(house)
const own = await enter(house, aPerson({ name: 'Hoàng Gia Khánh', bornOn: '2006-03-07', phone: '0912345678' }))
const other = await enter(house, aPerson({ name: 'Lê Thu Ngọc', bornOn: '2006-08-01', phone: '0912345679' }))

const day = asDay('2023-04-20')
const planAt = (startsAt: string, endsAt: string) =>
  as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: school.id,
      teamId: team.id,
      day,
      startsAt: hour(startsAt),
      endsAt: hour(endsAt),
      kits: [kit.id],
    }),
  )
const { id: session } = await planAt('13:30', '16:30')
const { id: elsewhere } = await planAt('08:00', '11:00')
await as(work => planning.addToRoster(work, session, { persons: [own, other] }))
const slot = { place: 'session', placeId: session, day, startsAt: hour('15:00') } as const
const bookFor = (work: Work, personId: typeof own) =>
  planning.book(work, { personId, slot, service: 'A', by: 'family' })

const officer = { ...ward, purpose: 'campaign' }
await house.as(officer, work => printSlips(work, { people: [own, other] }, 'http://localhost:8080'))
const [link] = await house.as(officer, work => accessLinks.linksOf(work, 'family', own))
const slip: Visitor = { by: { kind: 'family-link', id: link?.id ?? assert.fail() }, requestId: 'r' }
const [line] = await house.owner<{ id: string }>(`select id from planning.roster where person_id = $1`, [own])
const receipt: Visitor = { by: { kind: 'receipt-holder', id: line?.id ?? assert.fail() }, requestId: 'r' }
const refused = /row-level security/

const rowsOf = async (person: typeof own) => {
  const [rows = {}] = await house.owner<Readonly<Record<string, unknown>>>(
    `select (select json_agg(b order by b.id) from planning.booking b where b.person_id = $1) as bookings,
       (select json_agg(r) from planning.roster r where r.person_id = $1) as lines,
       (select json_agg(c order by c.case_id) from register.access_case c where c.person_id = $1) as cases,
       (select json_agg(m order by m.id) from outreach.message m where m.person_id = $1) as messages,
       (select json_agg(f) from follow_ups.follow_up f where f.person_id = $1) as "followUps",
       (select count(*)::int from outreach.disowned_phone) as phones`,
    [person],
  )
  return rows
}

for (const [name, visitor] of Object.entries({ slip, receipt })) {
  const behind = <T>(verb: (work: Work) => Promise<T>, personId = own) =>
    house.as(authorityToAct(visitor, personId), verb)

  test(`behind a ${name} the database refuses an hour, a line, a phone and a link of another child`, async () => {
    const before = await rowsOf(other)
    await assert.rejects(
      behind(work => bookFor(work, other)),
      refused,
    )
    await assert.rejects(
      behind(work => disownPhone(work, other)),
      refused,
    )
    for (const entry of [
      sql`insert into planning.roster (person_id, session_id, id, unit_id, walk_in, day, added_at)
        select ${other}, ${elsewhere}, ${newId()}, ${ward.unitId}, false, ${day}, now()`,
      sql`insert into register.access_case select * from register.access_case where person_id = ${other}`,
      sql`insert into families.link_child (person_id, link_id, added_on) values (${other}, ${visitor.by.id}, ${day})`,
    ])
      await assert.rejects(
        behind(({ tx }) => entry.execute(tx)),
        refused,
      )
    // A program that takes whose it is from a form gets no further: the work is of nobody then.
    await assert.rejects(
      behind(work => bookFor(work, other), other),
      refused,
    )
    await assert.rejects(
      behind(work => disownPhone(work, other), other),
      refused,
    )
    await behind(work => planning.sayOwnComing(work, session, 'coming'), other)
    assert.deepEqual(await rowsOf(other), before)
  })

  test(`behind a ${name} no statement changes or removes rows of another child`, async () => {
    await house.work(work => bookFor(work, other))
    await house.work(work => outreach.disownPhones(work, other, ['+84912345600']))
    const before = await rowsOf(other)
    assert.ok(before['bookings'] && before['lines'] && before['cases'] && before['messages'] && before['phones'])
    await behind(async ({ tx }) => {
      for (const change of [
        sql`update planning.booking set confirmed_at = now()`,
        sql`update planning.booking set person_id = ${own}, number = 99 where person_id = ${other}`,
        sql`delete from planning.booking where person_id = ${other}`,
        sql`update planning.roster set coming_on = ${day}, coming_by = 'x' where person_id = ${other}`,
        sql`delete from planning.roster where person_id = ${other}`,
        sql`delete from register.access_case where person_id = ${other}`,
        sql`update outreach.message set code = 'x' where person_id = ${other}`,
        sql`delete from outreach.disowned_phone`,
      ])
        await change.execute(tx)
    })
    assert.deepEqual(await rowsOf(other), before)
    const [booking] = await house.work(work => planning.bookingsOf(work, other))
    const bookingId = booking?.id ?? assert.fail()
    await assert.rejects(behind(work => planning.cancel(work, { personId: other, bookingId, by: 'family' })))
    await house.work(work => planning.cancel(work, { personId: other, bookingId, by: 'officer' }))
  })

  test(`behind a ${name} a family books, says that the child comes, disowns a phone of its child`, async () => {
    const booked = await behind(work => bookFor(work, own))
    assert.equal(booked.is, 'booked')
    if (booked.is === 'booked')
      await behind(work => planning.cancel(work, { personId: own, bookingId: booked.booking.id, by: 'family' }))
    await behind(work => planning.sayOwnComing(work, session, name === 'slip' ? 'coming' : 'unsaid'))
    await behind(work => disownPhone(work, own))
    const { lines, followUps } = await rowsOf(own)
    assert.match(JSON.stringify(lines), name === 'slip' ? /"coming_on":"2023-04-20"/ : /"coming_on":null/)
    assert.match(JSON.stringify(followUps), /phone-not-theirs/)
  })
}

test('by the code of a session a family books elsewhere, and its line of that session goes', async () => {
  const booked = await house.as(authorityToAct(receipt, own), work =>
    planning.book(work, {
      personId: own,
      slot: { ...slot, placeId: elsewhere, startsAt: hour('09:00') },
      service: 'A',
      by: 'person',
    }),
  )
  assert.equal(booked.is, 'booked')
  assert.deepEqual(
    (await house.owner<{ id: string }>(`select session_id as id from planning.roster where person_id = $1`, [own])).map(
      ({ id }) => id,
    ),
    [elsewhere],
  )
})

test('the code of another’s hour writes nothing of whom a program names', async () => {
  const result = await house.work(work => bookFor(work, other))
  const id = result.is === 'booked' ? result.booking.id : assert.fail()
  const before = await rowsOf(own)
  await house.as(authorityToAct({ by: { kind: 'receipt-holder', id }, requestId: 'r' }, own), ({ tx }) =>
    sql`update planning.booking set confirmed_at = now() where person_id = ${own}`.execute(tx),
  )
  assert.deepEqual(await rowsOf(own), before)
})

test('a slip that was revoked while a form was on its way writes nothing', async () => {
  await house.as(officer, work => accessLinks.revokeLink(work, link?.id ?? assert.fail(), 'mất phiếu'))
  await assert.rejects(
    house.as(authorityToAct(slip, own), work => bookFor(work, own)),
    refused,
  )
})
