import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { aCapture, aStation, manifestOf, seal, type Told } from '../../../test/a-station.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { businessDay, openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { newId } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { readPdfLines, readPdfPages } from '../../platform/pdf/pdf.test-reader.ts'
import type { Authority } from '../../platform/work.ts'
import { mayDo, type Role } from '../../staff/role.ts'
import * as adjudicate from '../adjudication/adjudication.ts'
import type { Capture } from '../capture.ts'
import { stationAuthority } from '../packets/packets.ts'
import { processPacket } from '../packets/process-packet.ts'
import { receiveManifest, receivePiece } from '../packets/receive-packet.ts'
import { routes } from '../routes.ts'
import { stationKeys } from '../stations/keys.ts'
import * as stations from '../stations/stations.ts'

/** The papers of real applications, from the packet to the door. */

const house = await openHouse({ withUnits: true })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-papers-'))
after(() => rm(folder, { recursive: true, force: true }))
await mkdir(join(folder, 'keys'))
const keys = await stationKeys(folder)
audit.setConsequences({})

type Officer = Omit<Authority, 'role'> & { readonly id: string; readonly post: Role }
const officers = new Map<string, Officer>()

async function anOfficer(who: string, role: Role, code: string, name: string): Promise<Officer> {
  const id = newId<'officer'>()
  const standing = await anOfficerOf(house, code, { officer: id })
  const added = 'insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, $2, $3, $4, now())'
  await house.owner(added, [id, `o${id.slice(-12)}`, name, standing.unitId])
  const appointed = 'insert into staff.appointment (id, officer_id, role, unit_id) values ($1, $2, $3, $4)'
  await house.owner(appointed, [newId(), id, role, standing.unitId])
  const officer = { ...standing, id, post: role }
  officers.set(who, officer)
  return officer
}

const ward = await anOfficer('ward', 'ward-officer', commune.haKhanh, 'Phạm Minh Tuấn')
const checker = await anOfficer('checker', 'district-officer', '193', 'Đỗ Thị Hồng Nhung')
const second = await anOfficer('second', 'district-officer', '193', 'Lê Quang Vinh')
await anOfficer('elsewhere', 'ward-officer', commune.quangHanh, 'Bùi Văn Nơi Khác')
await anOfficer('district elsewhere', 'district-officer', '195', 'Vũ Thị Cẩm Phả')
await anOfficer('school', 'education-officer', '193', 'Cô Giáo')

const station = await aStation()
await house.as(ward, work =>
  stations.registerStation(work, { id: station.id, name: 'Máy 01', publicKey: station.publicKey }),
)
const { grant } = await house.as(ward, work => stations.grantOfficer(work, station.id, keys))

const origin = 'https://dinhdanh.example'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
const openWork = openRequests(house.openWork, async request => {
  const who = officers.get(String(request.headers['x-who']))
  return (
    who && { by: who.by, authority: (right, purpose) => (mayDo(who.post, right) ? { ...who, purpose } : undefined) }
  )
})
routes(
  { app, openWork, origin },
  { openWork: house.openWork, keys: async () => keys, isDemonstration: () => true, today: () => businessDay },
)

async function anApplication(
  given: Parameters<typeof aPerson>[0] = {},
  more: Partial<Capture> = {},
  told: Partial<Told> = {},
) {
  const row = aPerson({ ...given })
  const captured = await aCapture({
    person: {
      id: await enter(house, row),
      number: row.person_number,
      fullName: row.full_name,
      birthDate: row.birth_date,
      sex: row.sex as 'M' | 'F',
    },
    officer: { id: ward.id, grant },
    portrait: new Uint8Array(face),
    more: { signer: { kind: 'self' }, ...more },
    ...told,
  })
  const packet = await seal(station, keys.centre, captured)
  const list = await manifestOf(station, [packet])
  await house.as(stationAuthority(station.id), work => receiveManifest(work, station.id, list))
  await receivePiece(house.openWork, keys, { stationId: station.id, hash: packet.hash, offset: 0, body: packet.bytes })
  await processPacket(house.openWork, keys, station.id, packet.hash)
  return { id: captured.capture.application, row, receipt: captured.capture.receipt }
}

async function ask(who: string, id: string, paper: string) {
  const reply = await app.inject({
    method: 'GET',
    url: `/api/applications/${id}/papers/${paper}`,
    headers: { 'x-who': who },
  })
  const type = String(reply.headers['content-type'])
  const name = /filename="([^"]*)"/.exec(String(reply.headers['content-disposition']))?.[1]
  return { status: reply.statusCode, name, bytes: reply.rawPayload, body: type.includes('json') ? reply.json() : {} }
}
const saidIn = (bytes: Buffer) => readPdfLines(bytes).join('')
const without = (text: string) => text.replace(/\s/g, '')
function assertSays(bytes: Buffer, texts: readonly string[]) {
  const said = saidIn(bytes)
  for (const text of texts) assert.ok(said.includes(without(text)), text)
}
const face = await sharp({ create: { width: 480, height: 640, channels: 3, background: '#c8d4da' } })
  .jpeg()
  .toBuffer()
const longName = 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh'

test('the form shows register data and capture to the unit that took it and those who may read there', async () => {
  const { id, row, receipt } = await anApplication(
    {
      name: longName,
      sex: 'F',
      hometown: 'Yên Hải, Quảng Yên, Quảng Ninh',
      residence_address:
        'Số 1234/56/78 đường Nguyễn Văn Cừ kéo dài, tổ dân phố số 12, khu đô thị mới Cột Đồng Hồ - Cọc 8',
    },
    {},
    { phone: '0912345678' },
  )
  const form = await ask('ward', id, 'form')
  assert.deepEqual(
    [form.status, form.name, readPdfPages(form.bytes).length],
    [200, `ho-so-${id}-phieu-thu-nhan.pdf`, 1],
  )
  assertSays(form.bytes, [
    'CÔNG AN PHƯỜNG HÀ KHÁNH',
    'CÔNG AN THÀNH PHỐ HẠ LONG',
    'Mẫu CC02 ban hành theo Thông tư 66/2015/TT-BCA',
    receipt.code,
    longName.toUpperCase(),
    row.person_number,
    'Yên Hải, Quảng Yên, Quảng Ninh',
    'Cột Đồng Hồ - Cọc 8, phường Hà Khánh, thành phố Hạ Long, tỉnh Quảng Ninh',
    'Nơi đăng ký khai sinh: Tỉnh Quảng Ninh',
    'Cấp lần đầu',
    'mức độ 2',
    '20/04/2023',
    '0912345678',
    'Phạm Minh Tuấn',
    'Hà Khánh, ngày 20 tháng 04 năm 2023',
    'MINH HỌA',
  ])
  assert.equal((await ask('checker', id, 'form')).status, 200)
  const [deed] = await house.work(work => audit.deedsOf(work, id))
  assert.equal(deed?.deed, 'application.paper-printed')
})

test('an officer of another district or without the right learns nothing of the application', async () => {
  const { id } = await anApplication()
  for (const who of ['elsewhere', 'district elsewhere'])
    assert.equal((await ask(who, id, 'form')).body.type, '/problems/application-unknown')
  assert.equal((await ask('school', id, 'form')).body.type, '/problems/right-missing')
  assert.equal((await ask('ward', id, 'passport')).status, 400)
})

test('the receipt has the legal day, three digits of the phone, no personal number and no token', async () => {
  const { id, row, receipt } = await anApplication(
    { name: longName, sex: 'F' },
    {
      oldCard: { kind: 'cmnd', serial: '101234567', collected: true },
    },
    { phone: '0912345999' },
  )
  const slip = await ask('ward', id, 'receipt')
  assert.deepEqual([slip.status, slip.name, readPdfPages(slip.bytes).length], [200, `ho-so-${id}-giay-hen.pdf`, 1])
  assertSays(slip.bytes, [
    'trả thẻ Căn cước công dân',
    receipt.code,
    longName,
    'ba chữ số cuối 999',
    'Thẻ căn cước công dân (Identity card)',
    'Đã nhận hồ sơ',
    'ngày 04/05/2023',
    'Bộ phận trả kết quả, Công an phường Hà Khánh',
    'chứng minh nhân dân, số cuối 567',
    '30.000 đồng (Thông tư 59/2019/TT-BTC)',
    'mức độ 2',
  ])
  const said = saidIn(slip.bytes)
  assert.ok(!said.includes('12345999') && !said.includes(row.person_number) && !said.includes(receipt.token))
})

test('a receipt gives no day while waiting for the register, and says what was not requested', async () => {
  const wrong = [{ field: 'full-name' as const, said: 'Phạm Thị Thủy', evidence: 'giấy khai sinh số 12' }]
  const { id } = await anApplication({ name: 'Phạm Thị Thúy' }, { check: { verdict: 'wrong', wrong } })
  const slip = await ask('ward', id, 'receipt')
  assertSays(slip.bytes, ['Chờ chỉnh sửa thông tin dân cư', 'Không đề nghị'])
  assert.ok(!saidIn(slip.bytes).includes('Mờiđếnnhận'))
})

test('a refusal for age says from which day it is possible, by which law and where to complain', async () => {
  const { id } = await anApplication(
    { name: 'Tằng A Tài', bornOn: '2009-08-20' },
    {
      refused: { code: 'card-too-young', from: '2023-08-20' },
      signer: { kind: 'representative', name: 'Chìu Sủi Lìn', relation: 'mother' },
    },
  )
  const notice = await ask('ward', id, 'refusal')
  assert.deepEqual([notice.status, notice.name], [200, `ho-so-${id}-thong-bao.pdf`])
  assertSays(notice.bytes, [
    'Kính gửi: Ông (bà) Chìu Sủi Lìn',
    'Tằng A Tài, sinh 20/08/2009',
    'Chưa đủ tuổi cấp thẻ theo quy định của pháp luật',
    'Luật Căn cước công dân số 59/2014/QH13, Điều 19',
    'Từ ngày 20/08/2023',
    'cấp thẻ căn cước công dân',
    'Trưởng Công an phường Hà Khánh',
    'Trưởng Công an thành phố Hạ Long',
    'Phạm Minh Tuấn',
    '90 ngày',
  ])
  for (const paper of ['form', 'receipt'])
    assert.equal((await ask('ward', id, paper)).body.type, '/problems/paper-not-for-this')
})

test('a refusal notice has the words of the two officers; without a refusal there is no notice', async () => {
  const { id } = await anApplication({ name: longName, sex: 'F' })
  assert.equal((await ask('ward', id, 'refusal')).body.type, '/problems/paper-not-for-this')
  const note = 'Không chứng minh được quan hệ với người đã khai'
  const proposal = await house.as(checker, work =>
    adjudicate.proposeRefusal(work, id, { reason: 'data-unproved', note }),
  )
  await house.as(second, work => adjudicate.decideProposal(work, proposal.id, 'agreed'))
  const notice = await ask('ward', id, 'refusal')
  assertSays(notice.bytes, [
    note,
    'Thông tin đề nghị chưa có giấy tờ chứng minh',
    'Thông tư 59/2021/TT-BCA',
    'Phiếu DC02',
    'không phải chờ đến ngày nào',
    'Lê Quang Vinh',
  ])
  assert.equal((await ask('ward', id, 'receipt')).body.type, '/problems/paper-not-for-this')
  assert.equal((await ask('ward', id, 'form')).status, 200)
})

test('who signs for a grown person shows a court’s decision, and the ward gets no account by phone', async () => {
  const signer = { kind: 'representative', name: 'Nguyễn Hoàng Bảo Long', relation: 'spouse' } as const
  const stateOf = async (id: string) =>
    (
      await house.owner<Record<string, unknown>>(
        `select a.state, a.returned_reason, a.account_id, a.account_problem, f.verdict from enrolment.application a
         join enrolment.finding f on f.application_id = a.id and f.kind = 'signature' where a.id = $1`,
        [id],
      )
    )[0]
  const phone = '0912345000'
  const unproved = await anApplication({}, { signer }, { phone })
  assert.deepEqual(await stateOf(unproved.id), {
    state: 'returned',
    returned_reason: 'papers-missing',
    account_id: null,
    account_problem: 'account-of-ward',
    verdict: 'bad',
  })
  const evidence = 'Quyết định số 4/2023, Tòa án nhân dân thành phố Hạ Long'
  const proved = await anApplication({}, { signer: { ...signer, evidence } }, { phone })
  assert.deepEqual(await stateOf(proved.id), {
    state: 'submitted',
    returned_reason: null,
    account_id: null,
    account_problem: 'account-of-ward',
    verdict: 'doubtful',
  })
  const slip = await ask('ward', proved.id, 'receipt')
  assertSays(slip.bytes, ['Nguyễn Hoàng Bảo Long'])
})

test('a fee is recorded with the application, printed with its reason, and counted in the day’s figures', async () => {
  const feesOf = async (unit = '') =>
    (
      await app.inject({
        method: 'GET',
        url: `/api/application-fees?from=${businessDay}&to=${businessDay}&unit=${unit}`,
        headers: { 'x-who': 'ward' },
      })
    ).json() as {
      days: { charged: number; amount: number; exempt: { kind: string; count: number }[]; spared: number }[]
    }
  const before = (await feesOf(ward.unitId)).days[0]
  const lost = { request: { kind: 're-issue', reason: 'lost' } } as const
  const paid = await anApplication({}, lost)
  const evidence = 'GCN hộ nghèo số 118'
  const freed = await anApplication({}, { ...lost, fee: { exemption: { kind: 'poor-household', evidence } } })
  const unproved = await anApplication({}, { ...lost, fee: { exemption: { kind: 'child', evidence: 'lời khai' } } })
  const rows = await house.owner<Record<string, unknown>>(
    `select fee_due, fee_exemption, fee_evidence, fee_instead from enrolment.application
      where id = any ($1) order by id`,
    [[paid.id, freed.id, unproved.id]],
  )
  assert.deepEqual(
    rows.map(row => Object.values(row)),
    [
      [70_000, null, null, null],
      [0, 'poor-household', evidence, 70_000],
      [70_000, null, null, null],
    ],
  )
  assertSays((await ask('ward', paid.id, 'receipt')).bytes, ['70.000 đồng (Thông tư 59/2019/TT-BTC)'])
  assertSays((await ask('ward', freed.id, 'receipt')).bytes, [`miễn: hộ nghèo (${evidence}; Điều 5 Thông tư 59/2019`])
  const after = (await feesOf(ward.unitId)).days[0]
  assert.equal((after?.amount ?? 0) - (before?.amount ?? 0), 140_000)
  assert.equal((after?.spared ?? 0) - (before?.spared ?? 0), 70_000)
  assert.deepEqual(after?.exempt, [{ kind: 'poor-household', count: 1 }])
})
