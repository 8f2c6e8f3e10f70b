import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import { activationText } from '../src/accounts/activation/words.ts'
import { sendCodeTo } from '../src/accounts/factors/code.ts'
import { levelOneText } from '../src/accounts/level-one/words.ts'
import { getAccountView } from '../src/accounts/queues/account-view.ts'
import * as audit from '../src/audit/audit.ts'
import * as cards from '../src/cards/cards.ts'
import { receiptPage } from '../src/enrolment/receipts/receipt-page.ts'
import { readLawRows, readOwnDays, recordLawRows } from '../src/laws.ts'
import { hotline } from '../src/names/hotline.ts'
import { asDay } from '../src/platform/day.ts'
import type { LawRows } from '../src/platform/law.ts'
import { setLawOfTexts } from '../src/platform/law-of-texts.ts'
import { lawMark } from '../src/platform/pages/law-mark.ts'
import type { Problem } from '../src/platform/problem.ts'
import { type Authority, asSystem, makeOpenWork, type Work } from '../src/platform/work.ts'
import { anOfficerOf, aPerson, commune, enter } from './builders.ts'
import { openHouse } from './house.ts'

const house = await openHouse({ withUnits: true })
const [taker, approver] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.haKhanh)]

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-law-'))
after(() => rm(folder, { recursive: true }))
const header = 'rule,from,value,article,source,verified_on\n'
async function rowsOf(text: string): Promise<LawRows> {
  await writeFile(join(folder, 'law.csv'), header + text)
  return readLawRows(folder)
}

const doing =
  (lawRows: LawRows) =>
  <T>(day: string, standing: Authority, verb: (work: Work) => Promise<T>): Promise<T> =>
    makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day), lawRows })(standing, verb)

test('a row of an installation changes the answer from its day on, in verbs and in statements', async () => {
  const rows = await rowsOf(
    'accounts.days-to-activate,2023-04-21,3,,QĐ 1/2023,\ncards.apply-age,2023-04-21,12,Điều 1,QĐ 1/2023,2023-04-20\n',
  )
  const on = doing(rows)
  const lastDay = async (day: string, phone: string) => {
    const holder = await enter(house, aPerson())
    const { id } = await on(day, taker, work => accounts.request(work, holder, { level: 1, phone }))
    await on(day, approver, work => accounts.approve(work, id))
    return (await on(day, approver, work => accounts.accountsOf(work, [holder]))).get(holder)?.[0]?.activateBy
  }
  assert.equal(await lastDay('2023-04-20', '0912000001'), '2023-04-27')
  assert.equal(await lastDay('2023-04-21', '0912000002'), '2023-04-24')

  const child = await enter(house, aPerson({ bornOn: '2010-01-01' }))
  const apply = (day: string) => on(day, taker, work => cards.applyForCard(work, child, { unitId: taker.unitId ?? '' }))
  await assert.rejects(
    apply('2023-04-20'),
    ({ code, facts }: Problem) => code === 'card-too-young' && facts['from'] === 14,
  )
  assert.equal((await apply('2023-04-21')).state, 'applied')
})

test('texts say what the installation’s rule says on the day: a message, a page', async () => {
  const rows = await rowsOf(
    'accounts.working-days-to-decide,2023-04-21,' +
      '"{""withCard"": {""1"": 4, ""2"": 5}, ""withoutCard"": 7}",,QĐ 1/2023,\n' +
      'accounts.sent-code,2023-04-21,"{""minutes"": 3, ""tries"": 4, ""knownAsUsedMinutes"": 5}",,house,\n',
  )
  const on = doing(rows)
  const messageOn = async (day: string, phone: string) => {
    const holder = await enter(house, aPerson())
    const { id } = await on(day, taker, work => accounts.request(work, holder, { level: 1, phone }))
    await on(day, approver, work => accounts.approve(work, id))
    await on(day, asSystem('test'), work =>
      sendCodeTo(work, { accountId: id, personId: holder, level: 1, state: 'approved', factors: [] } as never, phone, {
        purpose: 'activation',
      }),
    )
    const [row] = await house.owner<{ body: string }>(
      `select body from outreach.message where template = 'account-code' and address like $1 order by id desc`,
      [`%${phone.slice(1)}`],
    )
    return row?.body ?? ''
  }
  assert.match(await messageOn('2023-04-20', '0912000003'), /mot lan trong 5 phut/)
  assert.match(await messageOn('2023-04-21', '0912000004'), /mot lan trong 3 phut/)

  const textsOn = (day: string) => {
    setLawOfTexts({ lawRows: rows, today: () => asDay(day) })
    return [activationText('vi')('device-shown-hint'), levelOneText('vi')('sent-else')]
  }
  assert.deepEqual(textsOn('2023-04-20'), [
    'Dùng một lần, trong 5 phút. Không đọc cho ai.',
    `Sau 2 ngày làm việc không thấy tin báo, hãy gọi ${hotline} hoặc mang thẻ đến công an nơi gần nhất.`,
  ])
  assert.deepEqual(textsOn('2023-04-21'), [
    'Dùng một lần, trong 3 phút. Không đọc cho ai.',
    `Sau 5 ngày làm việc không thấy tin báo, hãy gọi ${hotline} hoặc mang thẻ đến công an nơi gần nhất.`,
  ])
})

test('a due day of a rule of low confidence is marked, for the console and on a page without script', async () => {
  const value = '"{""withCard"": {""1"": 4, ""2"": 5}, ""withoutCard"": 7}"'
  const head = `${header.trim()},confidence\n`
  await writeFile(
    join(folder, 'law.csv'),
    `${head}accounts.working-days-to-decide,2023-04-21,${value},,QĐ1/2023,,low\n`,
  )
  const on = doing(await readLawRows(folder))
  const markOn = async (day: string, phone: string) => {
    const holder = await enter(house, aPerson())
    const { id } = await on(day, taker, work => accounts.request(work, holder, { level: 1, phone }))
    const { dueLaw } = await on(day, taker, work => getAccountView(work, id))
    return dueLaw && lawMark(dueLaw, 'vi')?.html
  }
  assert.equal(await markOn('2023-04-20', '0912000041'), undefined)
  assert.match((await markOn('2023-04-21', '0912000042')) ?? '', /title="Theo QĐ1\/2023: độ tin cậy thấp/)

  const awaited = (confidence: 'low' | 'high') => ({
    who: 'unit' as const,
    by: asDay('2023-05-04'),
    law: { rule: 'enrolment.working-days', article: 'Art. 25', source: '<LCCCD>', verifiedOn: null, confidence },
  })
  const paper = (confidence: 'low' | 'high') =>
    receiptPage({ language: 'vi' } as never, {
      code: 'A1',
      unit: 'Hà Khánh',
      takenOn: asDay('2023-04-20'),
      since: asDay('2023-04-20'),
      card: 'submitted',
      steps: [],
      account: 'none',
      awaited: awaited(confidence),
    })
  assert.match(paper('low'), /04\/05\/2023\s*<abbr class="law-mark" title="Theo Điều 25, &lt;LCCCD&gt;: độ tin/)
  assert.doesNotMatch(paper('high'), /law-mark/)
})

test('a rule that had another id in the release before is read under it', async () => {
  const value = '"{""beforeVisit"": 2, ""withoutVisit"": 5}"'
  const typing = '"{""free"": 5, ""first"": 2, ""longest"": 60}"'
  const rows = await rowsOf(
    `rolls.errand-working-days,2023-01-01,${value},,house,\nlimits.own-typing,2023-01-01,${typing},,house,\n` +
      'limits.failures-kept-hours,2023-01-01,48,,house,\n',
  )
  assert.deepEqual(rows.get('rolls.follow-up-working-days')?.[0]?.value, { beforeVisit: 2, withoutVisit: 5 })
  for (const id of ['accounts.passcode-tries', 'staff.password-tries'])
    assert.deepEqual(rows.get(id)?.[0]?.value, { free: 5, first: 2, longest: 60 })
  assert.equal(rows.get('throttling.failures-kept-hours')?.[0]?.value, 48)
})

test('an installation may leave out reasons of a card, and add none that has no text', async () => {
  const row = (value: string) => rowsOf(`cards.reasons-to-cancel,2023-01-01,${value},,house,\n`)
  assert.deepEqual((await row('"[""died""]"')).get('cards.reasons-to-cancel')?.[0]?.value, ['died'])
  await assert.rejects(row('"[""by order of a friend""]"'), { code: 'law-rows-refused' })
})

test('a house without law.csv has the built-in rows alone, and a comment in it is passed over', async () => {
  assert.equal((await readLawRows(join(folder, 'nowhere'))).size, 0)
  assert.equal((await rowsOf('# accounts.slip-days,2023-01-01,7,,house,\n')).size, 0)
})

test('a file that cannot be used is refused with its line', async () => {
  await assert.rejects(
    rowsOf('accounts.slip-days,2023-01-01,7,,house,\naccounts.slip-day,2023-01-01,7,,house,\n'),
    ({ code, facts }: Problem) => code === 'law-rows-refused' && (facts['wrong'] as { line: number }[])[0]?.line === 3,
  )
  await assert.rejects(rowsOf('accounts.slip-days,2023-01-01\n'), { code: 'law-rows-refused' })
})

test('a deed records which rows are in force when they change, and none while they stay as they were', async () => {
  const installation = '00000000-0000-7000-8000-0000000000ff'
  const opened = (rows: LawRows) => house.work(work => recordLawRows(work, installation, rows))
  const deeds = async () =>
    (await house.work(work => audit.deedsOf(work, installation))).map(({ deed, facts }) => [
      deed,
      (facts as { rows: { rule: string; value: unknown }[] }).rows.map(({ rule, value }) => `${rule} ${value}`),
    ])
  await opened(new Map())
  assert.deepEqual(await deeds(), [])
  const rows = await rowsOf('accounts.slip-days,2023-01-01,7,,house,\ncards.apply-age,2023-04-21,12,,QĐ 1/2023,\n')
  await opened(rows)
  await opened(rows)
  assert.deepEqual(await deeds(), [['law.changed', ['accounts.slip-days 7', 'cards.apply-age 12']]])
  await opened(new Map())
  assert.deepEqual(
    (await deeds()).map(([, ofDeed]) => ofDeed),
    [[], ['accounts.slip-days 7', 'cards.apply-age 12']],
  )
})

test('whoever moves last days by days off of their own is told by a deed at the next opening', async () => {
  const installation = '00000000-0000-7000-8000-0000000000fd'
  const text = 'date,name,kind,source\n2023-04-25,Ngày của tỉnh,holiday,TB1/2023\n'
  await writeFile(join(folder, 'holidays.csv'), text)
  const days = await readOwnDays(folder)
  const opened = (own: typeof days) => house.work(work => recordLawRows(work, installation, new Map(), own))
  await opened(days)
  await opened(days)
  const deeds = await house.work(work => audit.deedsOf(work, installation))
  assert.deepEqual(
    deeds.map(({ facts }) => (facts as { rows: unknown }).rows),
    [[{ day: '2023-04-25', kind: 'holiday', name: 'Ngày của tỉnh', source: 'TB1/2023' }]],
  )
})
