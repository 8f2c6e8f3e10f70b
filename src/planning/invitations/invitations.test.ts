import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { type APerson, aPerson, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import * as dataProtection from '../../data-protection/data-protection.ts'
import { asDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type * as register from '../../register/register.ts'
import * as planning from '../planning.ts'
import { inviteFamilies, previewInvitations, remindOfTomorrow } from './invitations.ts'

/** A session of a ward tomorrow, 21 April 2023, and the families of its pupils. */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const { as, other, school, hall, team, kit } = await aWard(house)
const tomorrow = asDay('2023-04-21')

/** A pupil without a phone whose mother has one, one with a phone, one whom nobody reaches, one who objected. */
const mother = aPerson({ name: 'Vũ Thị Lành', bornOn: '1980-01-02', phone: '0912345001', sex: 'F' })
const pupil = (name: string, more: APerson = {}) => aPerson({ name, bornOn: '2005-03-04', ...more })
const [khanh, huy, mai, thoi] = [
  pupil('Hoàng Gia Khánh', { mother_number: mother['person_number'], mother_name: 'Vũ Thị Lành' }),
  pupil('Ngô Hải Huy', { phone: '0912345002' }),
  pupil('Sằn Thị Mai'),
  pupil('Lý Văn Thôi', { phone: '0912345004' }),
]
await enterAll(house, [mother, khanh, huy, mai, thoi])
const ids = await Promise.all([khanh, huy, mai, thoi].map(({ person_number }) => idOf(house, person_number)))
const [khanhId, huyId, maiId, thoiId] = ids as [
  register.PersonId,
  register.PersonId,
  register.PersonId,
  register.PersonId,
]
await house.as({ by: { kind: 'citizen', id: thoiId }, scope: 'house', purpose: 'own-page' }, work =>
  dataProtection.fileRequest(work, { personId: thoiId, kind: 'object', words: 'Không nhắn tin', way: 'own-page' }),
)

const at = (from: string, to: string) => ({ startsAt: hour(from), endsAt: hour(to) })
async function aSession(persons: readonly register.PersonId[], hours = at('13:30', '17:00')) {
  const { id } = await as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: school.id,
      teamId: team.id,
      kits: [kit.id],
      day: tomorrow,
      ...hours,
    }),
  )
  await as(work => planning.addToRoster(work, id, { persons }, { confirm: ['capacity'] }))
  return id
}

type Sent = { readonly template: string; readonly address: string; readonly body: string }
const sent = (id: string) =>
  house.owner<Sent>('select template, address, body from outreach.message where about_id = $1 order by id', [id])
const take = async (id: string) => (await sent(id)).map(({ template, address }) => [template, address])
afterEach(async () => {
  await house.owner(
    'truncate planning.session, planning.roster, planning.family_notice, planning.booking, planning.slot cascade',
  )
})

test('families are invited once, by their own phone or the mother’s; the others are counted with why', async () => {
  const id = await aSession(ids)
  const preview = await as(work => previewInvitations(work, id))
  assert.deepEqual([preview.reached, preview.already], [2, 0])
  assert.match(preview.text, /^Cong an phuong Ha Khanh moi cong dan HO VA TEN den lam the can cuoc cong dan/)
  assert.match(preview.text, /13:30 den 17:00 ngay 21\/04\/2023/)
  const refused = [
    { why: 'no-phone', people: 1 },
    { why: 'declined', people: 1 },
  ]
  const sorted = (all: { why: string; people: number }[]) => all.toSorted((a, b) => (a.why > b.why ? -1 : 1))
  const made = await as(work => inviteFamilies(work, id))
  assert.deepEqual([made.invited, sorted(made.refused)], [2, sorted(refused)])
  assert.deepEqual((await sent(id)).map(({ address }) => address).toSorted(), ['+84912345001', '+84912345002'])
  const again = await as(work => inviteFamilies(work, id))
  assert.deepEqual([again.invited, again.already, (await sent(id)).length], [0, 2, 2])
  await refusal(
    house.as(other, work => inviteFamilies(work, id)),
    'session-gone',
  )
})

test('a phone that takes nothing makes no letter about a session that is over before the letter comes', async () => {
  await house.owner(`update register.residence set address = 'Số 9, tổ 2' where person_id = $1`, [khanhId])
  const id = await aSession([khanhId])
  await as(work => inviteFamilies(work, id))
  const ways = () =>
    house.owner<{ ways: { kind: string; address: string; until: string }[] }>(
      'select other_ways as ways from outreach.message where about_id = $1 order by id desc limit 1',
      [id],
    )
  assert.deepEqual((await ways())[0]?.ways, [])
  // Moved to a day far enough, it is of use on paper too, at the pupil's home, until a week before.
  await as(work => planning.moveTeamSession(work, id, { day: asDay('2023-05-12') }))
  const [moved] = (await ways())[0]?.ways ?? []
  assert.deepEqual([moved?.kind, moved?.until], ['letter', '2023-05-05'])
  assert.match(moved?.address ?? '', /^Hoàng Gia Khánh, Số 9, tổ 2, Phường Hà Khánh/)
})

test('who belongs to a class at a school is told to turn to the teacher too; anybody else to the police', async () => {
  const id = await aSession([khanhId, huyId])
  await house.owner(`update planning.roster set class = '12A1' where person_id = $1`, [khanhId])
  await as(work => inviteFamilies(work, id))
  const bodies = new Map((await sent(id)).map(({ address, body }) => [address, body]))
  assert.match(bodies.get('+84912345001') ?? '', /xin bao giao vien chu nhiem hoac cong an xa, phuong de doi buoi/)
  assert.match(bodies.get('+84912345002') ?? '', /Neu khong den duoc, xin bao cong an xa, phuong de doi buoi/)
})

test('an invitation is paid by the campaign of its session, else by its unit; that it moves is owed', async () => {
  const paid = (id: string) =>
    house.owner<{ template: string; kind: string | null; by: string | null }>(
      `select template, budget_kind as kind, budget_id as by from outreach.message where about_id = $1 order by id`,
      [id],
    )
  const [without, withCampaign, campaignId] = [
    await aSession([huyId], at('07:30', '09:00')),
    await aSession([khanhId]),
    newId(),
  ]
  await house.owner('update planning.session set campaign_id = $1 where id = $2', [campaignId, withCampaign])
  for (const id of [withCampaign, without]) await as(work => inviteFamilies(work, id))
  const [unit] = await house.owner<{ id: string }>('select unit_id as id from planning.session where id = $1', [
    without,
  ])
  assert.deepEqual(await paid(without), [{ template: 'session-invitation', kind: 'unit', by: unit?.id }])
  await as(work => planning.moveTeamSession(work, withCampaign, at('14:00', '17:00')))
  assert.deepEqual(await paid(withCampaign), [
    { template: 'session-invitation', kind: 'campaign', by: campaignId },
    { template: 'session-moved', kind: null, by: null },
  ])
})

test('a session that moves tells those who were invited and nobody else, and nothing of a new machine', async () => {
  const id = await aSession([khanhId])
  await as(work => inviteFamilies(work, id))
  await as(work => planning.addToRoster(work, id, { persons: [huyId] }, { confirm: ['capacity'] }))
  await as(work => planning.moveTeamSession(work, id, { kits: [kit.id] }))
  assert.equal((await take(id)).length, 1)
  await as(work => planning.moveTeamSession(work, id, at('08:00', '11:00')))
  assert.deepEqual(await take(id), [
    ['session-invitation', '+84912345001'],
    ['session-moved', '+84912345001'],
  ])
  assert.match((await sent(id)).at(-1)?.body ?? '', /chuyen sang 08:00 den 11:00/)
})

test('a session that is not held tells those who knew of it where else to come', async () => {
  const id = await aSession([khanhId, huyId])
  await as(work => inviteFamilies(work, id))
  const later = await aSession([], at('08:00', '11:00'))
  await as(work => planning.cancelTeamSession(work, id, { reason: 'Mất điện' }))
  const told = (await sent(id)).filter(({ template }) => template === 'session-cancelled')
  assert.deepEqual(told.map(({ address }) => address).toSorted(), ['+84912345001', '+84912345002'])
  assert.match(told[0]?.body ?? '', /Buoi sau: 08:00 den 11:00 ngay 21\/04\/2023/)
  assert.equal((await sent(later)).length, 0)
})

test('the evening before everybody who is expected is reminded once, whoever runs the job how often', async () => {
  const id = await aSession([khanhId, huyId, maiId])
  const [one, two] = await Promise.all([remindOfTomorrow(house.openWork), remindOfTomorrow(house.openWork)])
  assert.equal(one + two, 2)
  await remindOfTomorrow(house.openWork)
  const bodies = (await sent(id)).map(({ body }) => body)
  assert.equal(bodies.length, 2)
  assert.match(bodies[0] ?? '', /^Ngay mai, 21\/04\/2023: cong dan .* Mang theo giay khai sinh/)
})

/** An hour that a family books by itself at a session. */
const bookAt = (placeId: planning.TeamSessionId, personId: register.PersonId, startsAt: string) =>
  house.work(async work => {
    const slot = { place: 'session', placeId, day: tomorrow, startsAt: hour(startsAt) } as const
    assert.equal((await planning.book(work, { personId, slot, service: 'A', by: 'family' })).is, 'booked')
  })

test('who chose an hour at a session is reminded of that hour, the others of the session’s', async () => {
  const id = await aSession([khanhId, huyId], at('08:00', '11:00'))
  await bookAt(id, huyId, '09:30')
  await remindOfTomorrow(house.openWork)
  const bodyTo = async (phone: string) => (await sent(id)).find(({ address }) => address === phone)?.body ?? ''
  assert.match(await bodyTo('+84912345002'), /09:30/)
  assert.doesNotMatch(await bodyTo('+84912345002'), /08:00|11:00/)
  assert.match(await bodyTo('+84912345001'), /08:00 den 11:00/)
})

test('a session that goes to another site at the same hour tells all who have an hour there, each once', async () => {
  const id = await aSession([khanhId], at('08:00', '11:00'))
  await as(work => inviteFamilies(work, id))
  await bookAt(id, khanhId, '09:00')
  await bookAt(id, huyId, '09:30')
  await bookAt(id, maiId, '10:00')
  const toldSince = async (count: number) =>
    (await house.owner<Sent>('select template, address, body from outreach.message order by id offset $1', [count]))
      .map(({ template, address, body }) => [template, address, /\d\d:\d\d.*/.exec(body)?.[0] ?? ''] as const)
      .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
  const countSent = async () => (await toldSince(0)).length
  for (const [site, name] of [
    [hall, 'Nha van hoa'],
    [school, 'THPT'],
  ] as const) {
    const before = await countSent()
    await as(work => planning.moveTeamSession(work, id, { siteId: site.id }))
    const told = await toldSince(before)
    assert.deepEqual(
      told.map(([template, address]) => [template, address]),
      [
        ['session-moved', '+84912345001'],
        ['appointment-moved', '+84912345002'],
      ],
    )
    assert.match(told[0]?.[2] ?? '', new RegExp(`^09:00 .*${name}`))
    assert.match(told[1]?.[2] ?? '', new RegExp(`^09:30 .*${name}`))
  }
  const before = await countSent()
  await as(work => planning.moveTeamSession(work, id, at('08:00', '11:30')))
  assert.deepEqual(
    (await toldSince(before)).map(([template]) => template),
    ['session-moved'],
    'who was invited alone',
  )
})

test('who was absent learns where to come next, but not who refused or moved away', async () => {
  const id = await aSession([khanhId, huyId], at('13:30', '17:00'))
  await house.owner(`update planning.session set day = '2023-04-20' where id = $1`, [id])
  await house.owner(`update planning.roster set day = '2023-04-20' where session_id = $1`, [id])
  await as(work => planning.openTeamSession(work, id))
  const absent = (personId: register.PersonId, reason: 'ill' | 'refused') =>
    as(work => planning.markAbsent(work, id, [personId], reason))
  await absent(khanhId, 'ill')
  await absent(huyId, 'refused')
  await as(work => planning.closeTeamSession(work, id))
  const [only, another] = await sent(id)
  assert.deepEqual([only?.template, only?.address, another], ['session-missed', '+84912345001', undefined])
  assert.match(only?.body ?? '', /Moi ong\/ba den Cong an phuong Ha Khanh trong gio lam viec/)
})
