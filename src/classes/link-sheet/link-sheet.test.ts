import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { type ALine, schoolsOf } from '../../../test/rolls/sending.ts'
import { signedInOfficer } from '../../../test/signed-in-officer.ts'
import { assertChangesNothing } from '../../../test/unchanged-tables.ts'
import * as accessLinks from '../../access-links/access-links.ts'
import { accessLogPage } from '../../citizens/access-log-readers.ts'
import { asHour } from '../../planning/hour.ts'
import * as planning from '../../planning/planning.ts'
import { asDay } from '../../platform/day.ts'
import { makeServer } from '../../platform/http/server.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import {
  chooseNamesInMessage,
  issueClassLink,
  issueClassLinks,
  listClassLinks,
  listDoneByLink,
  revokeClassLink,
} from '../links/links.ts'
import { classLinkRoutes } from './routes.ts'

/** A school with an officer of its own and one without; the sheet of 12A1 is opened by its link, without script. */
const house = await openHouse({ withUnits: true })
const { school, send } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
])
const [haKhanh, haPhong] = [await school('22001'), await school('22002')]
const pupil = (name: string, bornOn: string) => aPerson({ name, bornOn, mother_name: `Mẹ ${name}` })
const [an, binh, chi] = [
  pupil('Đoàn Thị Thu An', '2005-03-04'),
  pupil('Lục Văn Bình', '2005-05-06'),
  pupil('Phùng Thị Lan Chi', '2005-07-08'),
]
await enterAll(house, [an, binh, chi])
const line = (person: Record<string, string>, inClass: string): ALine => ({
  name: person['full_name'] ?? '',
  born: (person['birth_date'] ?? '').split('-').reverse().join('/'),
  number: person['person_number'] ?? '',
  class: inClass,
})
const police = await anOfficerOf(house, '193')
await send(police, haKhanh, [line(an, '12A1'), line(binh, '12A1'), line(chi, '12A2')])
await send(police, haPhong, [line(chi, '12A1')])
const head = await signedInOfficer(house, 'school-officer', commune.haKhanh, { schoolId: haKhanh, purpose: 'campaign' })
const ward = await signedInOfficer(house, 'ward-officer', commune.haKhanh, { purpose: 'campaign' })
const wardOfHaPhong = await signedInOfficer(house, 'ward-officer', commune.haPhong, { purpose: 'campaign' })
const until = asDay('2023-05-31')
const issue = (inClass = '12A1', who = head, schoolId = haKhanh) =>
  who.as('classes.links', work => issueClassLink(work, { schoolId, class: inClass, holder: 'Cô Ngọc Trâm', until }))
const refused = (step: Promise<unknown>) =>
  step.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

const app = await makeServer({ log: false as never, origin: 'http://localhost', trustProxy: false })
await classLinkRoutes(app, { openWork: house.openWork, isDemonstration: () => false })
after(() => app.close())
let places = 1
const aBrowser = () => {
  places += 1
  return new FormBrowser(() => app, `10.1.0.${places}`)
}
/** A browser in which the link was opened. */
async function opened(link: { token: string; pin?: string }): Promise<FormBrowser> {
  const browser = aBrowser()
  const answer = await browser.fill(`/class/${link.token}`, { pin: link.pin ?? '' }, `/class/${link.token}/pin`)
  assert.equal(answer.statusCode, 303)
  return browser
}
const rowOf = (body: string, name: string) =>
  new RegExp(`id="p-([\\w-]{36})">(?:(?!</li>)[^])*<strong[^>]*>${name}`).exec(body)?.[1] ?? assert.fail(name)

const link = await issue()
const page = `/class/${link.token}`

test('a program that looks at the link before its teacher sees no name, class or school', async () => {
  const { statusCode, body, headers } = await aBrowser().get(page)
  assert.equal(statusCode, 200)
  assert.match(body, /Nhập mã PIN/)
  for (const hidden of ['12A1', 'Hà Khánh', 'Trâm', an['full_name'] ?? '', binh['full_name'] ?? ''])
    assert.ok(!body.includes(hidden), hidden)
  assert.match(String(headers['x-robots-tag']), /noindex/)
  const [row] = await house.owner<{ opened: Date | null }>('select last_opened_at as opened from access_links.link')
  assert.equal(row?.opened, null)
})

test('pages for a wrong PIN are equal byte by byte, whether a link is there, ended or never was', async () => {
  const [revoked, live] = [await issue(), await issue()]
  await head.as('classes.links', work => revokeClassLink(work, revoked.id))
  const answerOf = async (token: string) => {
    const browser = aBrowser()
    const asked = await browser.get(`/class/${token}`)
    const wrong = await browser.send(`/class/${token}/pin`, asked, { pin: '000000' })
    const cut = (text: string) =>
      text
        .replaceAll(encodeURIComponent(token), 'T')
        .replaceAll(token, 'T')
        .replace(/name="form" value="[^"]*"/g, '')
    return [asked.statusCode, cut(asked.body), wrong.statusCode, cut(wrong.body)]
  }
  const expected = await answerOf(live.token)
  for (const token of [revoked.token, 'AAAAAAAAAAAAAAAAAAAAAA', 'no-such-token', '%3Cscript%3E'])
    assert.deepEqual(await answerOf(token), expected, token)
})

test('the sheet has the class by its roll’s numbers, what each lacks, and nothing of the register', async () => {
  const browser = await opened(link)
  const { body } = await browser.get(page)
  assert.match(body, /<strong id="n-[^"]*">Đoàn Thị Thu An<\/strong><small>thẻ, tài khoản<\/small>/)
  assert.match(body, /<span class="number">02<\/span>/)
  assert.match(body, /0 trên 2 em đã có cả thẻ và tài khoản/)
  assert.ok(!body.includes('Lan Chi'))
  for (const person of [an, binh])
    for (const value of [person['person_number'], person['birth_date'], person['mother_name'], '2005'])
      assert.ok(!body.includes(value ?? ''), value)
  assert.ok(!body.includes(await idOf(house, an['person_number'] ?? '')))
})

test('who comes to a session stands first, with hour and place, and the text for the group names nobody', async () => {
  const site = await house.as(police, work =>
    planning.createSite(work, {
      ...{ kind: 'school', schoolId: haKhanh, opensAt: asHour('07:00'), closesAt: asHour('17:00') },
    }),
  )
  const officerId = newId<'officer'>()
  await house.owner(
    'insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, $2, $3, $4, now())',
    [officerId, 'canbo.luudong', 'Cán Bộ Lưu Động', (await house.work(work => units.getSchool(work, haKhanh))).unitId],
  )
  const session = await house.as(police, work =>
    planning.planTeamSession(work, {
      ...{ kind: 'activation', siteId: site.id, day: '2023-05-04', officers: [{ officerId, role: 'lone' }] },
      ...{ startsAt: asHour('13:30'), endsAt: asHour('16:00') },
    } as never),
  )
  const personId = await idOf(house, binh['person_number'] ?? '')
  await house.owner(
    `insert into planning.roster (person_id, session_id, id, unit_id, walk_in, school_id, class, day, added_at)
     select $1, id, gen_random_uuid(), unit_id, false, $2, '12A1', day, now() from planning.session where id = $3`,
    [personId, haKhanh, session.id],
  )
  const browser = await opened(link)
  const { body } = await browser.get(page)
  const heads = [...body.matchAll(/<h2><span>([^<]*)<\/span>/g)].map(([, text]) => text)
  assert.match(heads[0] ?? '', /^Ngày 04\/05 13:30, /)
  assert.equal(heads[1], 'Chưa có ngày hẹn')
  assert.doesNotMatch(body, /gia đình báo sẽ đi/)
  const own = { by: { kind: 'citizen', id: personId }, scope: 'none', ownOf: personId, purpose: 'own-page' } as const
  await house.as(own, work => planning.sayOwnComing(work, session.id, 'coming'))
  assert.match((await browser.get(page)).body, /Lục Văn Bình(?:(?!<\/li>).)*gia đình báo sẽ đi/s)
  const message = /<textarea[^>]*>([^<]*)/.exec(body)?.[1] ?? ''
  assert.match(message, /04\/05, 13:30, .*: 1 em làm kích hoạt tài khoản\./)
  assert.ok(!message.includes('Bình'))
  await head.as('classes.manage', work => chooseNamesInMessage(work, haKhanh, true))
  assert.match((await browser.get(page)).body, /\(Lục Văn Bình\)/)
  await head.as('classes.manage', work => chooseNamesInMessage(work, haKhanh, false))
})

test('looking changes nothing: the sheet, a pupil’s page, its state, the shell without a line', async () => {
  const browser = await opened(link)
  const row = rowOf((await browser.get(page)).body, 'Đoàn Thị Thu An')
  await assertChangesNothing(house, async () => {
    for (const url of [page, `${page}?last=${row}`, `${page}/row/${row}`, `${page}/row/x`, `${page}/state`])
      for (const agent of ['Mozilla/5.0', 'ZaloPC-Preview']) await browser.get(url, { 'user-agent': agent })
    for (const url of ['/class/offline', '/class/link-worker.js', '/class/nobody']) await browser.get(url)
  })
})

test('one tap keeps a result, a reload repeats nothing, and it is taken back', async () => {
  const browser = await opened(link)
  const shown = await browser.get(page)
  const row = rowOf(shown.body, 'Đoàn Thị Thu An')
  const key = /name="key" value="([^"]*)"/.exec(shown.body)?.[1] ?? ''
  const tap = () => browser.send(`${page}/result`, shown, { key, row, outcome: 'told-parents' })
  for (const answer of [await tap(), await tap()])
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, `${page}#p-${row}`])
  const kept = () =>
    house.owner<{ outcome: string; by_id: string; back: boolean }>(
      'select outcome, by_id, taken_back_at is not null as back from classes.result where row_id = $1 order by at',
      [row],
    )
  assert.deepEqual(await kept(), [{ outcome: 'told-parents', by_id: link.id, back: false }])
  const marked = await browser.get(page)
  assert.match(marked.body, /class="chosen" aria-pressed="true"><span aria-hidden="true">✓<\/span>Đã báo/)
  assert.equal((await browser.get(`${page}/result`)).statusCode, 404)
  await browser.send(`${page}/undo`, marked, { key: 'a' })
  assert.deepEqual(
    (await kept()).map(({ back }) => back),
    [true],
  )
  assert.doesNotMatch((await browser.get(page)).body, /class="chosen"/)
  const deeds = await house.owner<{ deed: string; by_kind: string; by_id: string }>(
    `select deed, by_kind, by_id from audit.deed where deed like 'pupil-result.%' order by at`,
  )
  assert.deepEqual(
    deeds.map(one => [one.deed, one.by_kind, one.by_id]),
    [
      ['pupil-result.recorded', 'class-link', link.id],
      ['pupil-result.taken-back', 'class-link', link.id],
    ],
  )
})

test('a link takes back what was said behind it, and nothing that another link said since', async () => {
  const other = await issue()
  const [browser, another] = [await opened(link), await opened(other)]
  const shown = await browser.get(page)
  const row = rowOf(shown.body, 'Đoàn Thị Thu An')
  await browser.send(`${page}/result`, shown, { key: 'first', row, outcome: 'told-parents' })
  const theirs = await another.get(`/class/${other.token}`)
  await another.send(`/class/${other.token}/result`, theirs, { key: 'second', row, outcome: 'absent' })
  await browser.send(`${page}/undo`, await browser.get(page), { key: 'back' })
  const standing = () =>
    house.owner<{ outcome: string; by_id: string }>(
      'select outcome, by_id from classes.result where row_id = $1 and taken_back_at is null',
      [row],
    )
  assert.deepEqual(await standing(), [{ outcome: 'absent', by_id: other.id }])
  // Past the program neither.
  const authority = accessLinks.linkAuthority({ kind: 'class', linkId: link.id, unitId: null }, 'campaign')
  await house.as(authority, ({ tx }) =>
    sql`update classes.result set taken_back_at = now() where row_id = ${row} and taken_back_at is null`.execute(tx),
  )
  assert.equal((await standing()).length, 1)
  await another.send(`/class/${other.token}/undo`, await another.get(`/class/${other.token}`), { key: 'theirs' })
  assert.deepEqual(await standing(), [])
})

test('the pupil reads that the link of the class looked, and of which school, not who held it', async () => {
  const id = await idOf(house, an['person_number'] ?? '')
  const own = { by: { kind: 'citizen' as const, id }, scope: 'none' as const, ownOf: id, purpose: 'own-page' }
  const { looks } = await house.as(own, work => accessLogPage(work, id, { own: false, limit: 50 }))
  const byLink = looks.find(({ by }) => by.kind === 'class')
  assert.deepEqual(byLink?.by, { kind: 'class', label: '12A1', unit: 'Trường THPT Hà Khánh' })
  assert.ok(!JSON.stringify(looks).includes('Trâm'))
})

test('other results come by a page of their own: a day, a note without a number', async () => {
  const browser = await opened(link)
  const row = rowOf((await browser.get(page)).body, 'Đoàn Thị Thu An')
  const form = await browser.get(`${page}/row/${row}`)
  assert.match(form.body, /Đoàn Thị Thu An: kết quả khác/)
  const say = (fields: Record<string, string>) => browser.send(`${page}/result`, form, { key: 'k', row, ...fields })
  const number = await say({ outcome: 'other', note: 'gọi 0912 345 678' })
  assert.equal(number.statusCode, 422)
  assert.match(number.body, /Ghi chú không được có số định danh/)
  assert.equal((await say({ outcome: 'will-come', on: '2023-04-19' })).statusCode, 422)
  assert.equal((await say({ outcome: 'will-come', on: '2023-04-27' })).statusCode, 303)
  assert.match((await browser.get(page)).body, /Hẹn đến 27\/04/)
  const { done } = await head.as('classes.links', work => listDoneByLink(work, link.id))
  assert.deepEqual(
    [done[0]?.name, done[0]?.outcome, done[0]?.willComeOn],
    ['Đoàn Thị Thu An', 'will-come', '2023-04-27'],
  )
})

test('the database shows a link its class alone, and lets it write of no other pupil', async () => {
  const authority = accessLinks.linkAuthority({ kind: 'class', linkId: link.id, unitId: null }, 'campaign')
  const names = () =>
    house.as(authority, async ({ tx }) =>
      (await tx.selectFrom('rolls.row').select('name').orderBy('name').execute()).map(({ name }) => name),
    )
  assert.deepEqual(await names(), ['Lục Văn Bình', 'Đoàn Thị Thu An'])
  const id = await idOf(house, an['person_number'] ?? '')
  assert.equal(await refused(house.as(authority, work => register.getSummary(work, id))), 'person-unknown')
  const [other] = await house.owner<{ id: string }>(`select id from rolls.row where class = '12A2'`)
  await assert.rejects(
    house.as(authority, ({ tx, now, today }) =>
      tx
        .insertInto('classes.result')
        .values({
          ...{ row_id: other?.id ?? '', id: newId(), school_id: haKhanh, school_year: '2022-2023', class: '12A1' },
          ...{ outcome: 'moved', on_day: today, by_id: link.id, at: now },
        })
        .execute(),
    ),
    /row-level security/,
  )
  const browser = await opened(link)
  const shown = await browser.get(page)
  const answer = await browser.send(`${page}/result`, shown, { key: 'x', row: other?.id ?? '', outcome: 'done' })
  assert.equal(answer.statusCode, 404)
  const over = await issue()
  const overAuthority = accessLinks.linkAuthority({ kind: 'class', linkId: over.id, unitId: null }, 'campaign')
  await head.as('classes.links', work => revokeClassLink(work, over.id))
  const seen = await house.as(overAuthority, ({ tx }) => tx.selectFrom('rolls.row').select('id').execute())
  assert.deepEqual(seen, [])
})

test('a session ends with the link at once, and what is tapped then leads to the PIN', async () => {
  const short = await issue()
  const browser = await opened(short)
  const shown = await browser.get(`/class/${short.token}`)
  assert.equal((await browser.get(`/class/${short.token}/state`)).json().state, 'open')
  await head.as('classes.links', work => revokeClassLink(work, short.id))
  assert.equal((await browser.get(`/class/${short.token}/state`)).json().state, 'ended')
  const row = rowOf(shown.body, 'Lục Văn Bình')
  const late = await browser.send(`/class/${short.token}/result`, shown, { key: 'l', row, outcome: 'done' })
  assert.deepEqual([late.statusCode, late.headers.location], [303, `/class/${short.token}`])
  assert.match((await browser.get(`/class/${short.token}`)).body, /Nhập mã PIN/)
  assert.equal((await aBrowser().get(`/class/${short.token}/state`)).json().state, 'unknown')
})

test('a change without the page’s own form is refused, and so is one of another site', async () => {
  const browser = await opened(link)
  const row = rowOf((await browser.get(page)).body, 'Lục Văn Bình')
  assert.equal((await browser.post(`${page}/result`, { row, outcome: 'done' })).statusCode, 403)
  const shown = await browser.get(page)
  const form = /name="form" value="([^"]*)"/.exec(shown.body)?.[1] ?? ''
  const foreign = { 'sec-fetch-site': 'cross-site' }
  assert.equal((await browser.post(`${page}/result`, { form, row, outcome: 'done' }, foreign)).statusCode, 403)
})

test('the school issues its links, the ward those of a school without an officer, and no other', async () => {
  assert.equal(await refused(issue('12A1', ward)), 'class-link-of-school')
  assert.equal(await refused(issue('12A1', ward, haPhong)), 'class-school-outside')
  assert.equal(await refused(issue('12A1', wardOfHaPhong, haPhong)), 'done')
  assert.equal(await refused(issue('12A9')), 'class-unknown')
  assert.equal(await refused(ward.as('classes.links', work => revokeClassLink(work, link.id))), 'class-link-of-school')
  assert.equal(
    await refused(wardOfHaPhong.as('classes.links', work => revokeClassLink(work, link.id))),
    'access-link-unknown',
  )
  const { classes, school: shown } = await head.as('classes.links', work => listClassLinks(work))
  assert.deepEqual([shown?.mayIssue, classes.map(one => one.class)], [true, ['12A1', '12A2']])
})

test('a school issues links of all its classes at once; a class that has one in force has it renewed', async () => {
  const former = await issue('12A2')
  const classes = [
    { class: '12A1', holder: 'Giáo viên chủ nhiệm' },
    { class: '12A2', holder: 'Thầy Phạm Gia Hưng' },
  ]
  const ask = (who: typeof head, asked = classes, schoolId = haKhanh) =>
    who.as('classes.links', work => issueClassLinks(work, { schoolId, until, classes: asked }))
  assert.equal(await refused(ask(ward)), 'class-link-of-school')
  assert.equal(await refused(ask(head, classes, haPhong)), 'class-school-outside')
  assert.equal(await refused(ask(head, [...classes, { class: '12A9', holder: 'Ai đó' }])), 'class-unknown')
  const inForce = async () => {
    const { classes: rows, term } = await head.as('classes.links', work => listClassLinks(work))
    assert.equal(term, 'second')
    return rows.flatMap(one =>
      one.links.filter(({ state }) => state === 'in-force').map(({ id, holder }) => [one.class, holder, id]),
    )
  }
  assert.ok(
    (await inForce()).some(([, , id]) => id === former.id),
    'nothing was issued by what was refused',
  )
  const made = await ask(head)
  assert.equal(new Set(made.flatMap(({ token, pin }) => [token, pin])).size, 4)
  assert.deepEqual(
    await inForce(),
    made.map(({ class: of, holder, id }) => [of, holder, id]),
  )
  await opened(made[1] ?? assert.fail())
  for (const { id } of made) await head.as('classes.links', work => revokeClassLink(work, id))
})
