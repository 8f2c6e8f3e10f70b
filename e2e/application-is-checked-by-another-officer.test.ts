import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { listCards } from '../src/cards/tracking/contract.ts'
import { approve, listApplications, sendBack, sendOn, showApplication } from '../src/enrolment/adjudication/contract.ts'
import { listGaps } from '../src/enrolment/gaps/contract.ts'
import { listQuarantined } from '../src/enrolment/packets/contract-quarantine.ts'
import { listStations } from '../src/enrolment/stations/contract.ts'
import { aPortrait, fileOf } from '../test/a-station.ts'
import { ask, refusal } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { paperOf } from './paper.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveHouse } from './served-house.ts'
import { openStation } from './station-at-work.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId
const [ward, district, approver, centre] = [
  await browser.newPage(desktop),
  await browser.newPage(desktop),
  await browser.newPage(desktop),
  await browser.newPage(desktop),
]
await house.signIn(ward, 'phuong')
await house.signIn(district, 'huyen')
await house.signIn(approver, 'pheduyet')
await house.signIn(centre, 'trungtamthe')
const people = await pupilsOf(district, unitOf('huyen'))
assert.ok(people.length >= 10, `${people.length} pupils`)
const station = await openStation(ward, 'Máy quầy 01')
const own = await openStation(district, 'Máy của huyện')

const told = ({ id, number, name, born, sex }: Resident) => ({ id, number, fullName: name, birthDate: born, sex })
/** Who has a card asks for it anew: so nobody of the demonstration is refused for having one. */
const request = { kind: 'exchange', reason: 'on-request' } as const
const goodSignature = new Map([['signature', aPortrait()]])
const signer = { kind: 'self', part: 'signature' } as const

let at = 0
async function captured(given: Partial<Parameters<typeof station.capture>[0]> = {}, by = station) {
  const person = people[at++]
  assert.ok(person)
  const { packet, application } = await by.capture(
    { person: told(person), ...given, more: { request, signer, ...given.more } },
    goodSignature,
  )
  await by.send(packet)
  return { person, application, packet }
}
const stateOf = async (id: string) => (await ask(district, showApplication, { params: { id } })).state
const landed = (id: string, state: string) => eventually(async () => assert.equal(await stateOf(id), state))
const dialog = () => district.getByRole('dialog')

test('an application from a ward waits in the checkers’ queue, and the ward sees that', async () => {
  const doubtful = await captured({ more: { signer: { kind: 'self', unable: 'tay phải bó bột' } } })
  const { application } = await captured()
  await landed(doubtful.application, 'submitted')
  await landed(application, 'submitted')
  await district.goto(`${house.origin}/console/thu-nhan`)
  await district.getByRole('grid').waitFor()
  await district.getByRole('link', { name: doubtful.person.name }).first().waitFor()
  await shot(district, '1-queue')
  await assertAccessible(district)
  await ward.goto(`${house.origin}/console/thu-nhan/${application}`)
  await ward.getByText('Hồ sơ này không chờ việc gì ở anh/chị').waitFor()
  assert.equal(await ward.getByRole('button', { name: 'Chuyển trung tâm' }).count(), 0)
  assert.equal((await refusal(ward, sendOn, { params: { id: application } })).code, 'right-missing')
})

test('the capturing officer has no button to decide, and a sentence says why', async () => {
  const { application } = await captured({}, own)
  await landed(application, 'submitted')
  await district.goto(`${house.origin}/console/thu-nhan/${application}`)
  await district.getByText('Người thu nhận không được duyệt').waitFor()
  assert.equal(await district.getByRole('button', { name: 'Chuyển trung tâm' }).count(), 0)
  assert.equal((await refusal(district, sendOn, { params: { id: application } })).code, 'application-captured-by-you')
  await shot(district, '2-own')
  await assertAccessible(district)
})

/** What the checker sent on; others wait for the approver already. */
let sent = ''
test('a checker settles a doubtful check, sends the application on, and sees the next one', async () => {
  await district.goto(`${house.origin}/console/thu-nhan?hang=to-check`)
  await district.getByRole('grid').waitFor()
  const { applications } = await ask(district, listApplications, { query: { queue: 'to-check' } })
  const at = applications.findIndex(({ open, capturedByMe }) => open.includes('signature') && !capturedByMe)
  const [one, next] = [applications[at], applications[at + 1]]
  assert.ok(one && next)
  sent = one.id
  await district.goto(`${house.origin}/console/thu-nhan/${one.id}?hang=to-check`)
  await district.getByText(`${at + 1} trên ${applications.length}`).waitFor()
  await district.keyboard.press('j')
  await district.waitForURL(new RegExp(`/thu-nhan/${next.id}`))
  await district.getByText(`${at + 2} trên ${applications.length}`).waitFor()
  await district.keyboard.press('k')
  await district.waitForURL(new RegExp(`/thu-nhan/${one.id}`))
  await district.getByText(`${at + 1} trên ${applications.length}`).waitFor()
  const ahead = district.getByRole('button', { name: 'Chuyển trung tâm' })
  await ahead.waitFor()
  assert.equal(await ahead.isDisabled(), true)
  await shot(district, '3-doubtful')
  for (const { kind } of (await ask(district, showApplication, { params: { id: one.id } })).findings)
    if (kind === 'face-match')
      assert.match(await textOf(district.locator('.findings > li', { hasText: 'So mặt với thẻ cũ' })), /chưa làm/)
  for (let left = await openChecks(one.id); left > 0; left--) {
    await awake(district)
    await district.keyboard.press('g')
    await dialog().getByLabel('Ghi chú').fill('Đã xem giấy ra viện và so ảnh')
    await dialog().getByRole('button', { name: 'Ghi lời giải quyết' }).click()
    await eventually(async () => assert.equal(await openChecks(one.id), left - 1))
    await eventually(async () => assert.equal(await dialog().count(), 0))
  }
  await eventually(async () => assert.equal(await ahead.isDisabled(), false))
  await awake(district)
  await district.keyboard.press('d')
  await district.waitForURL(new RegExp(`/thu-nhan/${next.id}`))
  assert.equal(await stateOf(one.id), 'sent-to-centre')
})

const openChecks = async (id: string) =>
  (await ask(district, showApplication, { params: { id } })).findings.filter(
    ({ verdict, settledBy }) => (verdict === 'doubtful' || verdict === 'bad') && !settledBy,
  ).length

test('an approver finds the application in their queue, with the checker’s note', async () => {
  await approver.goto(`${house.origin}/console/thu-nhan?hang=to-approve`)
  await approver.getByRole('button', { name: 'Xử lý lần lượt' }).waitFor()
  await approver.goto(`${house.origin}/console/thu-nhan/${sent}?hang=to-approve`)
  await approver.getByRole('button', { name: 'Duyệt, đặt in thẻ' }).waitFor()
  await approver.getByText('Đã xem giấy ra viện và so ảnh').first().waitFor()
  await eventually(async () => assert.ok((await approver.locator('.pictures figure').count()) >= 1))
  await shot(approver, '4-approving')
  await assertAccessible(approver)
  assert.equal(
    (await refusal(ward, approve, { params: { id: new URL(approver.url()).pathname.split('/').at(-1)! } })).code,
    'right-missing',
  )
})

test('the centre approves by one key; the card is ordered, the form and slip are printed', async () => {
  const { applications } = await ask(centre, listApplications, { query: { queue: 'to-approve' } })
  const one = applications[0]!
  await centre.goto(`${house.origin}/console/thu-nhan/${one.id}`)
  await centre.getByRole('button', { name: 'Duyệt, đặt in thẻ' }).waitFor()
  assert.equal(await paperOf(centre, 'Phiếu thu nhận (PDF)'), `ho-so-${one.id}-phieu-thu-nhan.pdf`)
  assert.equal(await paperOf(centre, 'Giấy hẹn trả thẻ (PDF)'), `ho-so-${one.id}-giay-hen.pdf`)
  assert.equal(await centre.getByRole('button', { name: 'Thông báo từ chối (PDF)' }).count(), 0)
  await shot(centre, '5-centre')
  await assertAccessible(centre)
  await awake(centre)
  await centre.keyboard.press('d')
  await landed(one.id, 'approved')
  await centre.getByText('Hồ sơ này không chờ việc gì ở anh/chị').waitFor()
  const { rows } = await ask(centre, listCards, { query: { stage: 'to-plan' } })
  assert.ok(rows.some(({ personId }) => personId === one.personId))
})

test('the centre returns an application with a note, and cannot touch what the unit still checks', async () => {
  const { application } = await captured()
  await landed(application, 'submitted')
  await centre.goto(`${house.origin}/console/thu-nhan/${application}`)
  await centre.getByText('Hồ sơ này không chờ việc gì ở anh/chị').waitFor()
  const body = { reason: 'papers-missing', note: 'Thiếu giấy khai sinh' } as const
  assert.equal(
    (await refusal(centre, sendBack, { params: { id: application }, body })).code,
    'application-move-refused',
  )
  await ask(district, sendOn, { params: { id: application } })
  await centre.reload()
  await centre.getByRole('button', { name: 'Trả lại' }).waitFor()
  await awake(centre)
  await centre.keyboard.press('b')
  const asked = centre.getByRole('dialog')
  await asked.getByLabel('Lý do').selectOption({ label: 'thiếu giấy tờ' })
  await asked.getByLabel('Lời báo người dân').fill(body.note)
  await asked.getByRole('button', { name: 'Trả lại' }).click()
  await landed(application, 'returned')
})

test('an application with an empty portrait is returned automatically to the ward', async () => {
  const { application, person } = await captured({ portrait: new Uint8Array(0) })
  await landed(application, 'returned')
  await ward.goto(`${house.origin}/console/hom-nay`)
  await ward.getByText('Hồ sơ bị trả lại phải xử lý').waitFor()
  await ward.goto(`${house.origin}/console/thu-nhan?hang=returned`)
  await ward.getByRole('link', { name: person.name }).click()
  await ward.getByText('ảnh rỗng').waitFor()
  await shot(ward, '6-returned')
  await awake(ward)
  await ward.keyboard.press('d')
  await landed(application, 'recapture')
})

test('an officer returns an application with a note that the citizen reads', async () => {
  const { application } = await captured()
  await landed(application, 'submitted')
  await district.goto(`${house.origin}/console/thu-nhan/${application}`)
  await district.getByRole('button', { name: 'Trả lại' }).waitFor()
  await awake(district)
  await district.keyboard.press('b')
  await dialog().getByRole('button', { name: 'Trả lại' }).click()
  await dialog().getByText('Chọn một lý do').waitFor()
  await dialog().getByLabel('Lý do').selectOption({ label: 'thiếu giấy tờ' })
  await dialog().getByText('Ghi vài lời để người sau hiểu vì sao').waitFor()
  await shot(district, '7-return')
  await assertAccessible(district)
  await dialog().getByLabel('Lời báo người dân').fill('Mang giấy khai sinh bản chính đến phường')
  await dialog().getByRole('button', { name: 'Trả lại' }).click()
  await district.getByText('Mang giấy khai sinh bản chính đến phường').first().waitFor()
  await landed(application, 'returned')
})

test('one officer proposes a refusal and may withdraw it, and another officer agrees', async () => {
  const first = await captured()
  await landed(first.application, 'submitted')
  const again = await station.capture({ person: told(first.person), more: { request, signer } }, goodSignature)
  await station.send(again.packet)
  await landed(again.application, 'data-check')

  const proposed = async () => {
    await district.getByRole('button', { name: 'Đề xuất không giải quyết' }).waitFor()
    await awake(district)
    await district.keyboard.press('t')
    await dialog().getByLabel('Lý do').selectOption({ label: 'lý do khác' })
    await dialog().getByLabel('Lời báo người dân').fill('Thu nhận hai lần, giữ hồ sơ trước')
    await dialog().getByRole('button', { name: 'Đề xuất không giải quyết' }).click()
    await district.getByText('Anh/chị đã đề xuất. Cán bộ khác quyết định').waitFor()
  }
  await district.goto(`${house.origin}/console/thu-nhan/${again.application}`)
  await district.getByText('người này đang có hồ sơ khác').first().waitFor()
  await proposed()
  assert.equal(await district.getByRole('button', { name: 'Đồng ý', exact: true }).count(), 0)
  await district.getByRole('button', { name: 'Rút đề xuất' }).click()
  await proposed()

  await approver.goto(`${house.origin}/console/thu-nhan/${again.application}`)
  await approver.getByText('Thu nhận hai lần, giữ hồ sơ trước').first().waitFor()
  await shot(approver, '8-proposal')
  await assertAccessible(approver)
  assert.equal(await approver.getByRole('button', { name: 'Rút đề xuất' }).count(), 0)
  await awake(approver)
  await approver.keyboard.press('d')
  const asked = approver.getByRole('alertdialog')
  await asked.getByText('Sau thời gian hoàn tác, việc này không làm ngược lại được').waitFor()
  assert.equal(await stateOf(again.application), 'data-check')
  await asked.getByRole('button', { name: 'Đồng ý' }).click()
  await landed(again.application, 'refused')
  assert.equal(await paperOf(approver, 'Thông báo từ chối (PDF)'), `ho-so-${again.application}-thong-bao.pdf`)
  await approver.getByText('Hồ sơ này không chờ việc gì ở anh/chị').waitFor()
  assert.equal(await stateOf(first.application), 'submitted')
})

test('an officer releases a quarantined packet after comparing, and it becomes an application', async () => {
  const person = people[at++]!
  const { packet, application } = await station.capture(
    {
      person: { number: person.number, fullName: 'Nguyễn Thị Khác Tên', birthDate: person.born, sex: person.sex },
      more: { request, signer },
    },
    goodSignature,
  )
  await station.send(packet)
  // The demonstration holds a packet of its own, so this one is asked for by its station's code.
  await eventually(async () => {
    const { packets } = await ask(district, listQuarantined, { query: {} })
    assert.equal(packets.find(held => held.number.startsWith(station.code))?.problem, 'person-unresolved')
  })
  await district.goto(`${house.origin}/console/thu-nhan/goi`)
  await district
    .getByRole('link', { name: `${station.code}-` })
    .first()
    .click()
  await district.getByText('Nguyễn Thị Khác Tên').first().waitFor()
  await district.getByRole('button', { name: 'Để riêng' }).click()
  await dialog().getByLabel('Ghi chú').fill('Tưởng là bản sao')
  await dialog().getByRole('button', { name: 'Để riêng' }).click()
  // One of the demonstration's stays.
  await district
    .getByRole('link', { name: `${station.code}-` })
    .first()
    .waitFor({ state: 'detached' })
  const lists = district.getByRole('navigation', { name: 'Danh sách gói' })
  await lists.getByRole('link', { name: 'Để riêng' }).click()
  await district
    .getByRole('link', { name: `${station.code}-` })
    .first()
    .click()
  await district.getByText('Tưởng là bản sao').waitFor()
  await shot(district, '9-set-aside')
  await assertAccessible(district)
  await district.getByRole('button', { name: 'Mở lại' }).click()
  await dialog().getByLabel('Ghi chú').fill('Không phải bản sao')
  await dialog().getByRole('button', { name: 'Mở lại' }).click()
  await district.getByText('Chưa để riêng gói nào').waitFor()
  await lists.getByRole('link', { name: 'Bị giữ' }).click()
  await district
    .getByRole('link', { name: `${station.code}-` })
    .first()
    .click()
  await district.getByText('Nguyễn Thị Khác Tên').first().waitFor()
  assert.equal(await district.getByRole('button', { name: 'Cho qua' }).isDisabled(), true)
  await district.locator('.candidate', { hasText: person.name }).getByRole('button', { name: 'Là người này' }).click()
  await shot(district, '9-held')
  await assertAccessible(district)
  await district.getByRole('button', { name: 'Cho qua' }).click()
  await dialog().getByLabel('Ghi chú').fill('Đã xem giấy khai sinh, đổi tên năm 2022')
  await dialog().getByRole('button', { name: 'Cho qua' }).click()
  await district
    .getByRole('link', { name: `${station.code}-` })
    .first()
    .waitFor({ state: 'detached' })
  await landed(application, 'submitted')
})

test('importing the same USB file twice gives the same answer', async () => {
  const { packet } = await station.capture({ person: told(people[at++]!), more: { request, signer } }, goodSignature)
  const path = join(tmpdir(), `dinhdanh-e2e-${process.pid}.ddu`)
  await writeFile(path, await fileOf(station.station, [packet]))
  await ward.goto(`${house.origin}/console/thu-nhan/goi`)
  for (const _time of ['first', 'again']) {
    await ward.locator('input[type=file]').setInputFiles(path)
    await ward.getByText('1 đã nhận').or(ward.getByText('1 gói đã nhận')).waitFor()
    await eventually(async () =>
      assert.match(
        await textOf(ward.locator('.standings > li').first()),
        new RegExp(`${station.code}-\\d{6}.*đã nhận`),
      ),
    )
    await shot(ward, '10-usb')
    const [file] = await Promise.all([
      ward.waitForEvent('download'),
      ward.getByRole('button', { name: 'Tải tệp trả lời' }).click(),
    ])
    assert.equal(file.suggestedFilename(), `tra-loi-${station.code}.json`)
    await ward.getByRole('button', { name: 'Nhận tệp khác' }).click()
  }
  await eventually(async () => {
    const { applications } = await ask(district, listApplications, { query: { queue: 'to-check' } })
    assert.equal(applications.filter(({ id }) => id === packet.header.application).length, 1)
  })
})

test('the gap list says whose turn each stuck application is, and each count opens its rows', async () => {
  const stuck = await station.capture({ person: told(people[at++]!), more: { request, signer } }, goodSignature)
  await station.tell([stuck.packet])
  // What has been received lands meanwhile, and leaves the list.
  const { counts, gaps } = await eventually(async () => {
    const told = await ask(district, listGaps, { query: {} })
    assert.equal(told.counts['received-not-landed'] ?? 0, 0)
    return told
  })
  assert.ok(counts['captured-not-received'] >= 1 && counts['returned-not-acted'] >= 2)
  await district.goto(`${house.origin}/console/thu-nhan/khoang-trong`)
  await district.locator('.in-blocks tbody tr').first().waitFor()
  await eventually(async () => assert.equal(await district.locator('.in-blocks tbody tr').count(), gaps.length))
  await shot(district, '11-gaps')
  await assertAccessible(district)
  await district.getByRole('link', { name: 'Bị trả lại, chưa xử lý' }).click()
  await eventually(async () =>
    assert.equal(await district.locator('.in-blocks tbody tr').count(), counts['returned-not-acted']),
  )
})

test('an officer with the right revokes a station and gives a reason', async () => {
  await ward.goto(`${house.origin}/console/thu-nhan/tram`)
  await ward.locator('.in-blocks tbody tr').first().waitFor()
  assert.equal(await ward.getByRole('button', { name: 'Thu hồi' }).count(), 0)
  await district.goto(`${house.origin}/console/thu-nhan/tram`)
  await district.locator('tr', { hasText: own.code }).getByRole('button', { name: 'Thu hồi' }).click()
  const asked = district.getByRole('alertdialog')
  assert.equal(await asked.getByRole('button', { name: 'Thu hồi' }).isDisabled(), true)
  await asked.getByLabel('Lý do thu hồi').fill('Máy bị mất')
  await asked.getByRole('button', { name: 'Thu hồi' }).click()
  // The button that is pressed bears the same words as the state that follows.
  await eventually(async () => {
    const { stations } = await ask(district, listStations, {})
    assert.ok(stations.find(({ code }) => code === own.code)?.revokedAt)
  })
  await district.locator('tr', { hasText: own.code }).getByText('thu hồi').waitFor()
})

test('an officer of another district sees none of it, and no page scrolls sideways', async () => {
  const other = await browser.newPage(phone)
  await house.signIn(other, 'huyenkhac', '/console/thu-nhan/goi')
  await other.getByText('Không có dữ liệu thu nhận nào chờ xử lý').waitFor()
  const { applications } = await ask(district, listApplications, { query: { queue: 'to-check' } })
  const mine = applications.find(({ unit }) => unit.id === unitOf('phuong'))
  assert.ok(mine)
  assert.equal((await refusal(other, showApplication, { params: { id: mine.id } })).code, 'application-unknown')
  const small = await browser.newPage(phone, { context: district.context() })
  for (const path of ['', '/khoang-trong', '/tram', `/${mine.id}`]) {
    await small.goto(`${house.origin}/console/thu-nhan${path}`)
    await small.locator('main section, main [role=grid]').first().waitFor()
    const [content, screen] = await small.evaluate<[number, number]>(
      '(page => [page.scrollWidth, page.clientWidth])(document.querySelector(".sheet"))',
    )
    assert.ok(content <= screen, `${path} is ${content} wide on a screen of ${screen}`)
    await assertAccessible(small)
  }
  await small.locator('button.strip').click()
  await small.getByRole('button', { name: 'Phiếu thu nhận (PDF)' }).waitFor()
  await shot(small, '12-phone')
})
