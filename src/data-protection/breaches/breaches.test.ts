import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { checkPersonalDataOf } from '../../cli/doctor/data-protection.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { readPdfLines } from '../../platform/pdf/pdf.test-reader.ts'
import { Problem } from '../../platform/problem.ts'
import { type Authority, asSystem, makeOpenWork, type Work } from '../../platform/work.ts'
import type { BreachId } from './breach.ts'
import * as breaches from './breaches.ts'
import { breachNoticePdf } from './notice-pdf.ts'

/** Breaches of personal data: 72 hours to the notice, by the law of the day on which they are recorded. */

const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, '22')
const elsewhere = await anOfficerOf(house, commune.quangHanh)
const since2023 = asDay('2023-07-03')
const since2026 = asDay('2026-01-05')
const anHour = 3_600_000

const as = <T>(day: Day, verb: (work: Work) => Promise<T>, by: Authority = officer): Promise<T> =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => day })(by, verb)

const ago = (hours: number) => new Date(Date.now() - hours * anHour)
const report = (given: Partial<breaches.BreachReport> = {}): breaches.BreachReport => ({
  what: 'Một máy tính xách tay của trạm bị mất trên xe khách',
  place: 'Xe khách tuyến Hạ Long – Cẩm Phả',
  happenedAt: ago(50),
  discoveredAt: ago(10),
  dataKinds: ['identity', 'portrait'],
  people: 240,
  peopleKnown: false,
  harm: 'Có thể bị giả mạo danh tính',
  measures: 'Đã thu hồi khóa của trạm, đổi mật khẩu của cán bộ',
  ...given,
})
const record = (day: Day, given: Partial<breaches.BreachReport> = {}) =>
  as(day, work => breaches.recordBreach(work, officer.unitId, report(given)))
const read = (id: BreachId) => as(since2026, work => breaches.getBreach(work, id))
const refusal = (step: Promise<unknown>): Promise<string> =>
  step.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

test('72 hours count from the breach by NĐ13/2023, and from its discovery by Law 91/2025', async () => {
  const given = report()
  const end = async (day: Day) => (await read(await record(day, given))).notifyBy.getTime()
  assert.equal(await end(since2023), given.happenedAt.getTime() + 72 * anHour)
  assert.equal(await end(since2026), given.discoveredAt.getTime() + 72 * anHour)
})

test('a breach that harms nobody is not notified since 2026, and every one was before', async () => {
  const whyNot = 'Thiết bị đã mã hóa toàn bộ, không ai đọc được'
  assert.equal(await refusal(record(since2023, { whyNot })), 'breach-notice-needed')
  const breach = await read(await record(since2026, { whyNot }))
  assert.equal(breach.mustNotify, false)
  assert.equal(
    await refusal(as(since2026, work => breaches.notifyAuthority(work, breach.id, { number: '1/TB' }))),
    'breach-step-refused',
  )
})

test('a breach is discovered after it happened and before it is recorded', async () => {
  assert.equal(await refusal(record(since2026, { happenedAt: ago(1), discoveredAt: ago(2) })), 'breach-times-wrong')
  assert.equal(await refusal(record(since2026, { discoveredAt: ago(-1) })), 'breach-times-wrong')
})

test('a late notice says why, one in time does not, and a breach ends when people were told too', async () => {
  const notify = (id: BreachId, lateReason?: string) =>
    refusal(as(since2026, work => breaches.notifyAuthority(work, id, { number: '12/TB-PC06', lateReason })))
  const inTime = await record(since2026)
  assert.equal(await notify(inTime, 'Chờ xác minh'), 'breach-late-reason-needed')
  assert.equal(await notify(inTime), 'not refused')
  const late = await record(since2026, { happenedAt: ago(200), discoveredAt: ago(100) })
  assert.equal(await notify(late), 'breach-late-reason-needed')
  const end = () => refusal(as(since2026, work => breaches.endBreach(work, late, 'Đã xử lý xong')))
  assert.equal(await end(), 'breach-step-refused')
  assert.equal(await notify(late, 'Chờ xác minh phạm vi'), 'not refused')
  assert.equal(await end(), 'breach-step-refused', 'nobody was told')
  await as(since2026, work => breaches.notePeopleTold(work, late, 'Gửi thông báo cho 240 người'))
  assert.equal(await end(), 'not refused')
  assert.equal(await notify(late, 'lần nữa'), 'breach-step-refused')
  assert.equal(
    await as(since2026, async work => breaches.noticeStateOf(work, await breaches.getBreach(work, late))),
    'notified-late',
  )
})

test('doctor says that a notice runs out in its last day, and that one is overdue', async () => {
  const found = async () => as(since2026, checkPersonalDataOf, asSystem('none'))
  await house.owner(
    `update data_protection.breach set notified_at = now(), notified_by = $1, notice_number = $1,
       late_reason = case when notify_by < now() then $1 end where must_notify and notified_at is null`,
    ['thử'],
  )
  assert.match((await found()).found, /no breach waits/)
  await record(since2026, { discoveredAt: ago(10) })
  assert.deepEqual([(await found()).ok, /1 breaches wait/.test((await found()).found)], [true, true])
  await record(since2026, { happenedAt: ago(60), discoveredAt: ago(50) })
  assert.match((await found()).found, /2 breaches wait for their notice, 0 too long, 1 for less than a day more/)
  assert.equal((await found()).ok, false)
  await record(since2026, { happenedAt: ago(99), discoveredAt: ago(80) })
  assert.match((await found()).found, /3 breaches wait for their notice, 1 too long/)
})

test('the notice has what form 03 of NĐ13/2023 asks for, and says where its contents come from', async () => {
  const breach = await read(await record(since2023, { people: 1240 }))
  const pdf = await breachNoticePdf({
    breach,
    unit: { name: 'Phòng Cảnh sát quản lý hành chính về trật tự xã hội', town: 'Hạ Long', seat: 'tỉnh Quảng Ninh' },
    form: { code: 'Mẫu số 03', version: 'NĐ13/2023' },
    officer: 'Nguyễn Thị Quỳnh Hương',
    on: since2023,
    printedAt: new Date(),
    isDemonstration: true,
  })
  // The reader gives letters without the spaces between words.
  const text = readPdfLines(pdf).join('')
  for (const part of [
    /PHÒNG CẢNH SÁT QUẢN LÝ HÀNH/,
    /Kính gửi: Bộ Công an \(Cục An ninh mạng/,
    /Một máy tính xách tay/,
    /ảnh khuôn mặt \(nhạy cảm\)/,
    /khoảng 1\.240/,
    /Nguyễn Thị Quỳnh Hương/,
    /Đã thu hồi khóa/,
    /Theo Mẫu số 03 ban hành kèm theo NĐ13\/2023 · Bản minh họa/,
  ])
    assert.match(text, new RegExp(part.source.replaceAll(' ', '')))
})

test('an officer of another unit sees no breach, and amends none', async () => {
  const id = await record(since2026)
  assert.deepEqual(await as(since2026, breaches.listBreaches, elsewhere), [])
  assert.equal(
    await refusal(as(since2026, work => breaches.amendBreach(work, id, report()), elsewhere)),
    'breach-unknown',
  )
})

test('what is known later takes its place, and each state stands in the deeds', async () => {
  const id = await record(since2026)
  await as(since2026, work => breaches.amendBreach(work, id, report({ people: 12, peopleKnown: true })))
  assert.equal((await read(id)).people, 12)
  const deeds = await house.owner<{ deed: string; people: number }>(
    `select deed, (facts ->> 'people')::integer as people from audit.deed where subject_id = $1 order by at, seq`,
    [id],
  )
  assert.deepEqual(deeds, [
    { deed: 'breach.recorded', people: 240 },
    { deed: 'breach.amended', people: 12 },
  ])
})
