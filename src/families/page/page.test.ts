import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anAppointedOfficer } from '../../../test/a-citizen.ts'
import { aBirthCertificate, aPerson, commune, enter } from '../../../test/builders.ts'
import { serveFamilies, textOf } from '../../../test/family-server.ts'
import type { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour } from '../../../test/planned-ward.ts'
import { assertChangesNothing } from '../../../test/unchanged-tables.ts'
import * as accessLinks from '../../access-links/access-links.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { consequences } from '../../consequences.ts'
import { confirmRegister } from '../../follow-ups/answers.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import * as planning from '../../planning/planning.ts'
import { stopwatch } from '../../platform/clock.ts'
import { asDay } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import * as register from '../../register/register.ts'
import { printSlips } from '../slips/slips.ts'
import * as store from '../store.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const { browser } = await serveFamilies(house)
const { ward, as, team, school, kit } = await aWard(house)
const officer = { ...ward, purpose: 'campaign' }

const mother = aPerson({ name: 'Vũ Thị Lành', bornOn: '1979-05-02', sex: 'F', household_number: 'H1' })
await enter(house, mother)
const ofMother = { mother_number: mother.person_number, mother_name: 'Vũ Thị Lành' }
const aChild = (name: string, bornOn: string, more: Parameters<typeof aPerson>[0] = {}) =>
  enter(house, aPerson({ name, bornOn, household_number: 'H1', ...ofMother, ...more }))
const khanh = await aChild('Hoàng Gia Khánh', '2006-03-07', { phone: '0912345678' })
const huy = await aChild('Hoàng Gia Huy', '2008-06-01')
const elsewhere = await aChild('Hoàng Gia Bảo', '2007-02-02', { household_number: 'H2' })
const grown = await aChild('Hoàng Thu Uyên', '2004-01-05')
const neighbour = await enter(house, aPerson({ name: 'Lê Thu Ngọc', bornOn: '2006-08-01', household_number: 'H9' }))

const day = asDay('2023-04-20')
const session = await as(async work => {
  const { id } = await planning.planTeamSession(work, {
    kind: 'card-and-account',
    siteId: school.id,
    teamId: team.id,
    day,
    startsAt: hour('13:30'),
    endsAt: hour('16:30'),
    kits: [kit.id],
  })
  await planning.addToRoster(work, id, { persons: [khanh] })
  return id
})

const print = async (...people: (typeof khanh)[]) => {
  const printed = await house.as(officer, work => printSlips(work, { people }, 'http://localhost:8080'))
  return printed.slips.map(({ address, ...slip }) => ({ ...slip, path: new URL(address).pathname }))
}
const printOne = async (person = khanh) => (await print(person))[0] ?? assert.fail()
let addresses = 0
function phone() {
  addresses += 1
  return browser(`10.2.0.${addresses}`)
}
const open = async (path: string, pin: string, from: FormBrowser = phone()) => {
  await from.fill(path, { pin })
  return { from, page: await from.get(path) }
}

test('a slip opens the page of a child by its birth date, with the other child of the home', async () => {
  const { path } = await printOne()
  const { page } = await open(path, '07/03/2006')
  const text = textOf(page.body)
  assert.equal(page.statusCode, 200)
  assert.match(text, /Chiều nay Khánh đi làm thẻ và tài khoản/)
  assert.match(text, /Khánh: 13:30, chiều nay Trường THPT Hà Khánh, Nhà đa năng/)
  assert.match(text, /Còn thiếu thẻ .*Mang theo giấy khai sinh bản chính, điện thoại đang dùng/)
  assert.match(text, /Huy còn thiếu thẻ/)
  assert.ok(text.indexOf('Khánh: 13:30') < text.indexOf('Huy còn thiếu'), 'nearest first')
  assert.doesNotMatch(
    page.body,
    new RegExp(`${mother.person_number}|07/03|07032006|912345678|Vũ Thị Lành|Bảo|Uyên|Ngọc`),
  )
})

test('children under eighteen of one home and one parent are shown together, as long as that is so', async () => {
  const namesOn = async (person: typeof khanh, pin: string) => {
    const { path } = await printOne(person)
    return [...textOf((await open(path, pin)).page.body).matchAll(/(?<!Hà )Khánh|Huy|Bảo|Uyên|Ngọc/g)].map(
      ([name]) => name,
    )
  }
  assert.deepEqual([...new Set(await namesOn(huy, '1/6/2008'))].sort(), ['Huy', 'Khánh'])
  assert.deepEqual([...new Set(await namesOn(elsewhere, '02/02/2007'))], ['Bảo'], 'a parent who lives elsewhere')
  assert.deepEqual([...new Set(await namesOn(grown, '05/01/2004'))], ['Uyên'], 'who is of age shows nobody else')
  assert.deepEqual([...new Set(await namesOn(neighbour, '01/08/2006'))], ['Ngọc'])

  const { path } = await printOne()
  const { from } = await open(path, '07032006')
  await house.owner(`update register.household_member set to_on = '2023-04-20' where person_id = $1`, [huy])
  assert.doesNotMatch((await from.get(path)).body, /Huy/)
  await house.owner(`update register.household_member set to_on = null where person_id = $1`, [huy])
  assert.match((await from.get(path)).body, /Huy/)
})

test('of whoever is of age that day no page and no slip speaks as of a child', async () => {
  const [adult, minor] = [await printOne(grown), await printOne(huy)]
  assert.deepEqual([adult.isMinor, minor.isMinor], [false, true])
  const textsOf = async (path: string, pin: string) => {
    const { from, page } = await open(path, pin)
    return `${textOf(page.body)} ${textOf((await from.get(`${path}/looked`)).body)}`
  }
  assert.match(await textsOf(minor.path, '01/06/2008'), /thông tin của con.*ngày sinh của con/)
  assert.doesNotMatch(await textsOf(adult.path, '05/01/2004'), /của con|[Cc]on sẽ|Chính con/)
})

test('the work of a link sees its child and no other row of any person', async () => {
  const { path } = await printOne()
  const token = path.split('/').at(-1) ?? ''
  const [{ id } = assert.fail()] = await house.owner<{ id: accessLinks.LinkId }>(
    `select id from access_links.link where kind = 'family' and ended_at is null and subject_id = $1`,
    [khanh],
  )
  const authority = accessLinks.linkAuthority({ kind: 'family', linkId: id, unitId: ward.unitId }, 'own-page')
  assert.ok(token.length === 22)
  const tables = await house.owner<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relrowsecurity and n.nspname !~ '^(pg_|graphile_worker|information_schema)' order by 1`)
  await house.as(authority, async work => {
    assert.deepEqual((await store.findChildrenOfLink(work)).sort(), [khanh, huy].sort())
    for (const { name } of tables) {
      const { rows } = await sql<{ others: number; own: number }>`
        select count(*) filter (where person_id <> ${khanh})::int as others, count(*)::int as own
        from ${sql.table(name)}`.execute(work.tx)
      assert.deepEqual(rows[0], { others: 0, own: name === 'families.link_child' ? 1 : 0 }, name)
    }
  })
  await house.as({ ...authority, scope: { units: [], parts: [newId<'access-link'>()] } }, async work =>
    assert.deepEqual(await store.findChildrenOfLink(work), []),
  )
  await assert.rejects(
    house.as(authority, ({ tx }) =>
      sql`insert into families.link_child (person_id, link_id, added_on)
        values (${neighbour}, ${id}, '2023-04-20')`.execute(tx),
    ),
    /row-level security/,
  )
})

test('an officer ties no other child to a family’s link than the one for whom it was issued', async () => {
  const { id } = await house.as(officer, async work => {
    const [link] = await accessLinks.linksOf(work, 'family', khanh)
    return link ?? assert.fail()
  })
  for (const child of [neighbour, huy])
    await assert.rejects(
      house.as(officer, ({ tx }) =>
        sql`insert into families.link_child (person_id, link_id, added_on)
          values (${child}, ${id}, '2023-04-20')`.execute(tx),
      ),
      /row-level security/,
    )
})

test('a stranger with a guessed, expired, revoked or renewed slip learns nothing, nor does a preview bot', async () => {
  const former = await printOne(neighbour)
  const renewed = await printOne(neighbour)
  const revoked = await printOne(elsewhere)
  const [link] = await house.as(officer, work => accessLinks.linksOf(work, 'family', elsewhere))
  await house.as(officer, work => accessLinks.revokeLink(work, link?.id ?? assert.fail(), 'mất phiếu'))
  const expired = await printOne(grown)
  await house.owner(`update access_links.link set until = '2023-04-19', until_at = now() where subject_id = $1`, [
    grown,
  ])
  const right = {
    [renewed.path]: '01/08/2006',
    [former.path]: '01/08/2006',
    [revoked.path]: '02/02/2007',
    [expired.path]: '05/01/2004',
  }

  const paths = [
    renewed.path,
    former.path,
    revoked.path,
    expired.path,
    '/family/AAAAAAAAAAAAAAAAAAAAAA',
    '/family/x%3Cscript%3E',
  ]
  const neutral = (body: string, path: string) =>
    body
      .replaceAll(path.replace(/^\/family\//, ''), '')
      .replaceAll(encodeURIComponent(path).replace(/^%2Ffamily%2F/, ''), '')
      .replace(/name="form" value="[^"]+"/, '')
      .replace(/action="[^"]*"|href="\/language[^"]*"/g, '')
  const [looks, answers] = [new Set<string>(), new Set<string>()]
  for (const path of paths) {
    const from = phone()
    const look = await from.get(path)
    assert.equal(look.statusCode, 200, path)
    assert.doesNotMatch(textOf(look.body), /Ngọc|Bảo|Uyên|Hà Khánh|THPT/, path)
    looks.add(neutral(look.body, path))
    const taken = stopwatch()
    const wrong = await from.send(path, look, { pin: '31/12/1999' })
    assert.ok(taken() > 299, path)
    assert.equal(wrong.statusCode, 403, path)
    answers.add(neutral(wrong.body, path))
    for (const step of ['coming', 'phone'])
      assert.equal((await from.send(path, look, { step, child: neighbour, visit: session })).statusCode, 303, path)
    assert.equal((await from.get(`${path}/looked`)).statusCode, 303, path)
  }
  assert.deepEqual([looks.size, answers.size], [1, 1])
  assert.equal(
    (await house.owner(`select 1 from audit.deed where deed in ('roster.coming', 'phone.disowned')`)).length,
    0,
  )
  // The true end is told after the right birth date alone.
  for (const [path, pin] of Object.entries(right).slice(1)) {
    const from = phone()
    const told = await from.send(path, await from.get(path), { pin })
    assert.equal(told.statusCode, 410, path)
    assert.doesNotMatch(told.body, /Ngọc|Bảo|Uyên/)
  }
})

test('a code that is typed leads to an address, whether a slip has it or not', async () => {
  const { code, path } = await printOne(neighbour)
  const from = phone()
  const typed = await from.fill('/family', { code: ` ${code.toLowerCase().replace('-', ' ')} ` })
  assert.equal(typed.headers.location, path)
  const unknown = await from.fill('/family', { code: '0000-0000' })
  assert.match(String(unknown.headers.location), /^\/family\/[\w-]{22}$/)
  assert.equal((await from.get(String(unknown.headers.location))).statusCode, 200)
  assert.equal((await from.fill('/family', { code: 'sai' })).statusCode, 400)
})

test('the code and the birth date open the page without an account, too, with the number', async () => {
  const row = aPerson({ name: 'Phạm Thu Hà', bornOn: '2007-07-07' })
  const id = await enter(house, row)
  const { code } = await printOne(id)
  const right = { number: row.person_number, born: '07/07/2007', code }
  const answer = await phone().fill('/citizen/check', right)
  assert.match(textOf(answer.body), /Hà còn thiếu/)
  const [read] = await house.owner<{ by_kind: string }>(
    `select by_kind from audit.access where person_id = $1 and purpose = 'own-page'`,
    [id],
  )
  assert.equal(read?.by_kind, 'family-link')
  assert.equal((await phone().fill('/citizen/check', { ...right, born: '08/07/2007' })).statusCode, 403)
})

test('the family says that the child will come: the list shows it, and it is taken back', async () => {
  const { path } = await printOne()
  const { from, page } = await open(path, '07/03/2006')
  const lineOf = async () => (await as(work => planning.readRoster(work, session)))[0]
  await from.send(path, page, { step: 'coming', child: khanh, visit: session })
  assert.equal((await lineOf())?.comingOn, '2023-04-20')
  const said = await from.get(path)
  assert.match(textOf(said.body), /Đã báo sẽ đi, hôm nay · Rút lại/)
  await from.send(path, page, { step: 'coming', child: khanh, visit: session })
  await from.send(path, page, { step: 'coming', child: neighbour, visit: session })
  await from.send(path, page, { step: 'coming', child: huy, visit: session })
  const deeds = await house.owner<{ by_kind: string; person_id: string }>(
    `select by_kind, person_id from audit.deed where deed = 'roster.coming'`,
  )
  assert.deepEqual(deeds, [{ by_kind: 'family-link', person_id: khanh }])
  await from.send(path, page, { step: 'unsaid', child: khanh, visit: session })
  assert.equal((await lineOf())?.comingOn, null)
})

test('the family chooses another hour, and the page tells it with its ticket', async () => {
  const { path } = await printOne()
  const { from, page } = await open(path, '07/03/2006')
  const hours = /href="([^"]+\/hours\/\d+)[?"]/.exec(page.body)?.[1] ?? assert.fail(page.body)
  const places = await from.get(`${hours}?service=A`)
  const offered = /href="([^"]*place=session[^"]*)"/.exec(places.body)?.[1]?.replaceAll('&amp;', '&')
  const offer = await from.get(offered ?? assert.fail(textOf(places.body)))
  const slot = /name="slot" value="([^"]+)"(?![^>]*disabled)/.exec(offer.body)?.[1] ?? assert.fail(textOf(offer.body))
  const booked = await from.send(hours, offer, { step: 'book', service: 'A', slot, child: khanh })
  assert.equal(booked.statusCode, 303, textOf(booked.body))
  const text = textOf((await from.get(path)).body)
  assert.match(text, /Khánh: \d\d:\d\d, chiều nay .*số A \d+/)
  const [deed] = await house.owner<{ by_kind: string; person_id: string }>(
    `select by_kind, person_id from audit.deed where deed = 'booking.made'`,
  )
  assert.deepEqual(deed, { by_kind: 'family-link', person_id: khanh })
  const ticket = /href="([^"]+\/hours\/\d+\/[0-9a-f-]{36})"/.exec((await from.get(hours)).body)?.[1]
  assert.equal((await from.get(ticket ?? assert.fail())).statusCode, 200)
  // Another child than the link shows, and another browser, are sent back to the page.
  for (const other of [`${path}/hours/9`, `${path}/hours/0`, `${path}/hours/${khanh}`])
    assert.equal((await from.get(other)).headers.location, path)
  for (const place of [hours, ticket ?? '']) assert.equal((await phone().get(place)).headers.location, path)
})

test('a form books for the child that it was shown for, and for nobody where the link shows it no more', async () => {
  const { path } = await printOne()
  const { from } = await open(path, '07/03/2006')
  const pageOfHuy = async () => {
    for (const place of [1, 2]) {
      const shown = await from.get(`${path}/hours/${place}?service=A&place=session_${session}`)
      if (/Huy/.test(textOf(shown.body))) return { shown, url: `${path}/hours/${place}` }
    }
    return assert.fail('Huy is not shown')
  }
  const { shown, url } = await pageOfHuy()
  assert.match(shown.body, new RegExp(`name="child" value="${huy}"`))
  const slot = `session_${session}_${day}_1500`
  const book = (child: string) => from.send(url, shown, { step: 'book', service: 'A', slot, child })
  const booked = () => house.owner(`select person_id from planning.booking where person_id <> $1`, [khanh])
  await house.owner(`update register.household_member set to_on = '2023-04-20' where person_id = $1`, [huy])
  for (const child of [huy, neighbour]) assert.equal((await book(child)).headers.location, path)
  assert.deepEqual(await booked(), [])
  await house.owner(`update register.household_member set to_on = null where person_id = $1`, [huy])
  // Sent to the place of another child: what the form names is booked, and its own page is shown.
  const other = url.endsWith('1') ? `${path}/hours/2` : `${path}/hours/1`
  const done = await from.send(other, shown, { step: 'book', service: 'A', slot, child: huy })
  assert.ok(String(done.headers.location).startsWith(`${url}?`), String(done.headers.location))
  assert.deepEqual(await booked(), [{ person_id: huy }])
})

test('looking changes nothing: the page, large, who looked, hours, the form of a code and the check', async () => {
  const { path } = await printOne()
  const { from } = await open(path, '07/03/2006')
  await assertChangesNothing(house, async () => {
    for (const url of [path, `${path}?size=large`, `${path}?done=phone`, `${path}/looked`, `${path}/hours/1`])
      assert.equal((await from.get(url)).statusCode, 200, url)
    for (const url of ['/family', '/citizen/check', '/family/nobody', `${path}/hours/9`]) await from.get(url)
  })
})

test('the family reads who looked, by role and without a name', async () => {
  const { path } = await printOne()
  const clerk = await anAppointedOfficer(house, { name: 'Ngô Văn Lực', role: 'ward-officer', code: commune.haKhanh })
  await house.as({ ...clerk, purpose: 'register' }, work => audit.noteReading(work, [khanh], ['identity']))
  const linkOf = async (kind: 'class' | 'group', label: string) => {
    const order = { kind, label, subjectId: newId(), holder: 'Cô Tôn Nữ Ngọc Trâm', until: asDay('2023-05-31') }
    const { id: linkId } = await as(work =>
      accessLinks.issueLink(work, { ...order, unitId: ward.unitId, pin: { generated: true } }),
    )
    return accessLinks.linkAuthority({ kind, linkId, unitId: ward.unitId }, 'campaign')
  }
  for (const authority of [await linkOf('class', '12A1'), await linkOf('group', 'Tổ công nghệ số khu 3')])
    for (let times = 0; times < 2; times++)
      await house.as(authority, work => audit.noteReading(work, [khanh], ['name']))
  const { from } = await open(path, '07/03/2006')
  const looked = textOf((await from.get(`${path}/looked`)).body)
  assert.match(looked, /Giáo viên chủ nhiệm, qua liên kết lớp 12A1: 2 lượt, gần nhất/)
  assert.match(looked, /Tổ công nghệ số khu 3, qua liên kết của tổ: 2 lượt/)
  const english = await from.get(`${path}/looked`, { 'accept-language': 'en' })
  assert.match(textOf(english.body), /The homeroom teacher, by the link of class 12A1: 2 times, last/)
  assert.match(looked, /Ai đã xem Hoàng Gia Khánh/)
  assert.match(looked, /Cán bộ công an xã, phường, đặc khu: 1 lượt, gần nhất/)
  assert.match(looked, /Gia đình, qua phiếu này/)
  assert.doesNotMatch(looked, /Ngô Văn Lực|Ngọc Trâm/)
})

test('a phone that is not theirs becomes work of the ward, and the page never says which', async () => {
  const { path } = await printOne()
  const { from, page } = await open(path, '07/03/2006')
  const told = await from.send(path, page, { step: 'phone', child: khanh })
  const after = await from.get(String(told.headers.location))
  assert.match(textOf(after.body), /Đã ghi nhận/)
  assert.doesNotMatch(after.body, /345678/)
  const [deed] = await house.owner<{ by_kind: string }>(`select by_kind from audit.deed where deed = 'phone.disowned'`)
  assert.equal(deed?.by_kind, 'family-link')
})

test('of a child without a phone the parent’s is stopped; of one with a wrong phone the parent’s is used', async () => {
  const parent = aPerson({ name: 'Đinh Thị Lụa', bornOn: '1981-05-02', sex: 'F', phone: '0912345691' })
  await enter(house, parent)
  const of = { mother_number: parent.person_number, mother_name: 'Đinh Thị Lụa' }
  const without = await enter(house, aPerson({ name: 'Bùi Văn An', bornOn: '2007-04-04', ...of }))
  const wrong = await enter(house, aPerson({ name: 'Bùi Thị Bình', bornOn: '2008-04-04', phone: '0912345692', ...of }))
  const phoneOf = (person: typeof khanh) => house.work(work => campaign.findFamilyPhone(work, person))
  const disown = async (person: typeof khanh, pin: string) => {
    const { path } = await printOne(person)
    const { from, page } = await open(path, pin)
    await from.send(path, page, { step: 'phone', child: person })
  }
  assert.deepEqual([await phoneOf(without), await phoneOf(wrong)], ['+84912345691', '+84912345692'])
  await disown(without, '04/04/2007')
  await disown(wrong, '04/04/2008')
  assert.deepEqual([await phoneOf(without), await phoneOf(wrong)], [undefined, '+84912345691'])
  const told = await house.owner<{ id: string }>(
    `select person_id as id from audit.deed where deed = 'phone.disowned' and person_id = any ($1)`,
    [[without, wrong]],
  )
  assert.equal(told.length, 2)
  const work = { ...ward, purpose: 'account' }
  const [open1] = await house.as(work, w => followUps.findFollowUps(w, { kind: 'phone-not-theirs', personId: without }))
  await house.as(work, w => confirmRegister(w, open1?.id ?? assert.fail()))
  assert.equal(await phoneOf(without), '+84912345691')
})

test('after a birth date was corrected the slip that was printed before opens by the right one', async () => {
  const child = await enter(house, aPerson({ name: 'Bùi Thị Sửa', bornOn: '2006-04-08', household_number: 'H7' }))
  const { path } = await printOne(child)
  const correcting = { ...officer, purpose: 'correction' }
  const second = await anAppointedOfficer(house, {
    name: 'Trần Thị Duyệt',
    role: 'ward-officer',
    code: commune.haKhanh,
  })
  const { id } = await house.as(correcting, work =>
    register.proposeCorrection(work, {
      personId: child,
      form: { code: 'DC02', version: 'TT104/2020' },
      evidence: aBirthCertificate(),
      values: { birth_date: '2006-08-04' },
    }),
  )
  const opened = async (pin: string) => /Sửa còn thiếu/.test(textOf((await open(path, pin)).page.body))
  assert.deepEqual([await opened('08/04/2006'), await opened('04/08/2006')], [true, false])
  await house.as({ ...second, purpose: 'correction' }, work => register.approveCorrection(work, id))
  assert.deepEqual([await opened('08/04/2006'), await opened('04/08/2006')], [false, true])
})

test('nobody writes to the phone of a dead parent, whose number is soon another’s', async () => {
  const parents = [
    aPerson({ name: 'Đinh Thị Mơ', bornOn: '1982-05-02', sex: 'F', phone: '0912345693' }),
    aPerson({ name: 'Bùi Văn Cả', bornOn: '1980-05-02', sex: 'M', phone: '0912345694' }),
  ] as const
  const [dead] = [await enter(house, parents[0]), await enter(house, parents[1])]
  const child = await enter(
    house,
    aPerson({
      ...{ name: 'Bùi Văn Con', bornOn: '2007-04-05' },
      ...{ mother_number: parents[0].person_number, mother_name: 'Đinh Thị Mơ' },
      ...{ father_number: parents[1].person_number, father_name: 'Bùi Văn Cả' },
    }),
  )
  const phoneOf = () => house.work(work => campaign.findFamilyPhone(work, child))
  assert.equal(await phoneOf(), '+84912345693')
  await house.owner(`update register.person set life_status = 'dead' where person_id = $1`, [dead])
  assert.equal(await phoneOf(), '+84912345694')
})

test('who is past school age is told by no parent’s phone, only by their own', async () => {
  const mother = aPerson({ name: 'Vi Thị Nết', bornOn: '1980-05-02', sex: 'F', phone: '0912345695' })
  await enter(house, mother)
  const ofMother = { mother_number: mother.person_number, mother_name: 'Vi Thị Nết' }
  const [pupil, grown] = [
    await enter(house, aPerson({ name: 'Lục Văn Nhỏ', bornOn: '2003-04-21', ...ofMother })),
    await enter(house, aPerson({ name: 'Lục Văn Lớn', bornOn: '2003-04-20', ...ofMother })),
  ]
  const phoneOf = (person: typeof pupil) => house.work(work => campaign.findFamilyPhone(work, person))
  assert.deepEqual([await phoneOf(pupil), await phoneOf(grown)], ['+84912345695', undefined])
})

test('a slip that is printed anew ends the one before; who is too old or has no birth date gets none', async () => {
  const first = await printOne(huy)
  const second = await printOne(huy)
  assert.notEqual(first.path, second.path)
  const opened = await phone().fill(first.path, { pin: '01/06/2008' })
  assert.equal(opened.statusCode, 410)
  const partial = await enter(house, aPerson({ name: 'Bùi Văn Tám', bornOn: '2006-03-01', birth_date: '2006' }))
  const old = await enter(house, aPerson({ name: 'Bùi Văn Chín', bornOn: '1990-03-01' }))
  const printed = await house.as(officer, work => printSlips(work, { people: [partial, old, huy] }, 'http://x'))
  assert.deepEqual(
    printed.refused.toSorted((a, b) => (a.why < b.why ? -1 : 1)),
    [
      { why: 'no-birth-date', people: 1 },
      { why: 'too-old', people: 1 },
    ],
  )
  assert.equal(printed.slips.length, 1)
  assert.doesNotMatch(JSON.stringify(printed), /2008|2006-|022205/)
  const [deed] = await house.owner<{ facts: unknown }>(
    `select facts from audit.deed where deed = 'family-slips.printed' order by at desc limit 1`,
  )
  assert.deepEqual(deed?.facts, { slips: 1 })
})
