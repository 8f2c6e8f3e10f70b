import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { listAccounts, showAccount } from '../src/accounts/contract.ts'
import { approveAccount } from '../src/accounts/requests/contract.ts'
import * as cards from '../src/cards/cards.ts'
import { showCard } from '../src/cards/contract.ts'
import { listApplications, sendOn } from '../src/enrolment/adjudication/contract.ts'
import { openHouse } from '../src/open-house.ts'
import { asSystem } from '../src/platform/work.ts'
import { showPerson } from '../src/register/contract.ts'
import { proposeCorrection } from '../src/register/corrections/contract.ts'
import { askConsent } from '../src/register/counter/contract.ts'
import * as units from '../src/units/units.ts'
import { aCard } from '../test/a-card.ts'
import { ask, refusal } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot, type WatchedPage } from './browser.ts'
import { eventually } from './eventually.ts'
import { textOf } from './page-text.ts'
import { serveHouse } from './served-house.ts'
import { openStation } from './station-at-work.ts'

/** The counters of PC06 and of the public administration centre serve people of a commune of Cẩm Phả. */

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const unitOf = (login: string) => house.signIns.find(one => one.login === login)!.unitId
const province = unitOf('hanhchinhcong')

type Visitor = {
  readonly id: Parameters<typeof aCard>[1]
  readonly number: string
  readonly fullName: string
  readonly birthDate: string
  readonly sex: 'M' | 'F'
  readonly card: string | null
}

/** Grown people who live elsewhere: with a card and a phone, or without a card; nobody has an account. */
async function visitorsOf() {
  const beside = await openHouse({ folder: house.folder, purpose: 'command' })
  const authority = { ...asSystem('demonstration'), unitId: province }
  try {
    const found = await beside.openWork(authority, async work => {
      const [all, camPha] = await Promise.all(
        [province, unitOf('huyenkhac')].map(async unit =>
          (await units.subtreeOn(work, unit, work.today)).map(({ id }) => id),
        ),
      )
      const { rows } = await sql<Visitor>`
        select p.person_id as id, p.number, p.full_name as "fullName", p.sex, c.serial as card,
          to_char(make_date(p.birth_y, p.birth_m, p.birth_d), 'YYYY-MM-DD') as "birthDate"
        from register.published_person p
        left join cards.published_card c on c.person_id = p.person_id and c.state = 'handed-over'
          and c.expires_on > date '2023-04-20'
        where p.permanent_unit_id = any ((case when c.serial is null then ${all} else ${camPha} end)::uuid[])
          and p.life_status = 'alive' and p.number is not null
          and p.birth_d is not null and p.birth_y between 1965 and 2004
          and (c.serial is null or exists (select from register.phone f where f.person_id = p.person_id))
          and not exists (select from accounts.published_account a where a.person_id = p.person_id)
          and (c.serial is not null or not exists (select from cards.published_card o where o.person_id = p.person_id))
        order by p.person_id`.execute(work.tx)
      return rows
    })
    const [atCentre, atPolice] = found.filter(({ card }) => card)
    const [newcomer, awaited] = found.filter(({ card }) => !card)
    assert.ok(atCentre && atPolice && newcomer && awaited)
    const cardId = await aCard({ openWork: beside.openWork, standing: authority }, awaited.id, 'at-unit')
    const { card } = await beside.openWork(authority, work => cards.cardLife(work, { cardId }))
    return { atCentre, atPolice, newcomer, awaited, cardId, serial: card.serial ?? '' }
  } finally {
    await beside.close()
  }
}

const visitors = await visitorsOf()
const open = async (login: string, place: string) => {
  const page = await browser.newPage(desktop)
  await house.signIn(page, login, `/console${place}`)
  return page
}
const [centre, police] = [await open('hanhchinhcong', '/dan-cu'), await open('tiepnhantinh', '/dan-cu')]

async function lookUp(page: WatchedPage, number: string) {
  await page.goto(`${house.origin}/console/dan-cu`)
  const form = page.getByRole('form', { name: 'Tra theo số định danh' })
  await form.getByRole('textbox').first().fill(number)
  await page.keyboard.press('Enter')
}
const openRecord = (page: WatchedPage, { id }: Visitor) => page.goto(`${house.origin}/console/dan-cu/nguoi/${id}`)

/** The code as it came to the person's phone. */
async function codeSent(): Promise<string> {
  const messages = await browser.newPage(phone)
  return eventually(async () => {
    await messages.goto(`${house.origin}/demonstration/messages`)
    const code = /\b\d{6}\b/.exec(await textOf(messages.locator('.message').first()))?.[0]
    return code ?? assert.fail('no code came')
  })
}

test('the centre opens the record of a person of another commune by their code, and not before', async () => {
  const { atCentre } = visitors
  await lookUp(centre, atCentre.number)
  await centre.getByText('Người này thường trú ở').waitFor()
  assert.equal((await refusal(centre, showPerson, { params: { id: atCentre.id } })).code, 'person-unknown')
  await centre.getByRole('button', { name: 'Gửi mã đồng ý' }).click()
  await centre.getByText('Đã gửi mã đến số điện thoại').waitFor()
  const code = await codeSent()
  await centre.getByLabel('Mã người dân đọc').fill(code === '111111' ? '222222' : '111111')
  await centre.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await centre.getByText('Mã chưa đúng').waitFor()
  await shot(centre, '1-wrong-code')
  await assertAccessible(centre)
  await centre.getByLabel('Mã người dân đọc').fill(code)
  await centre.getByRole('button', { name: 'Mở hồ sơ' }).click()
  await centre.waitForURL(new RegExp(`/dan-cu/nguoi/${atCentre.id}`))
  await centre.getByRole('heading', { name: atCentre.fullName }).waitFor()
  await shot(centre, '2-record')
  await assertAccessible(centre)
})

test('the centre corrects and approves nothing: the buttons are absent, the doors refuse', async () => {
  const { atCentre } = visitors
  await centre.getByRole('button', { name: 'Đăng ký tài khoản mới' }).waitFor()
  assert.equal(await centre.getByRole('link', { name: 'Đề nghị chỉnh sửa' }).count(), 0)
  const correction = {
    params: { id: atCentre.id },
    body: {
      form: { code: 'DC02', version: 'TT 59/2021/TT-BCA' },
      evidence: { kind: 'birth-certificate' as const, number: '118', issuer: 'UBND phường' },
      values: { birth_date: '1970-02-01' },
    },
  }
  assert.equal((await refusal(centre, proposeCorrection, correction)).code, 'right-missing')
  await centre.goto(`${house.origin}/console/dan-cu`)
  await centre.getByRole('form', { name: 'Tra theo số định danh' }).waitFor()
  assert.equal(await centre.getByRole('form', { name: 'Tìm theo tên' }).count(), 0)
})

test('the centre takes the request for an account, and with that the record is closed', async () => {
  const { atCentre } = visitors
  await openRecord(centre, atCentre)
  await centre.getByRole('button', { name: 'Đăng ký tài khoản mới' }).click()
  await centre.locator('[role=dialog]').getByRole('button', { name: 'Đăng ký tài khoản mới' }).click()
  await centre.getByText('Đã tiếp nhận đăng ký tài khoản').waitFor()
  await shot(centre, '3-requested')
  await assertAccessible(centre)
  const { accounts } = await ask(police, listAccounts, { query: { queue: 'to-approve' } })
  const id = accounts.find(({ personId }) => personId === atCentre.id)?.id ?? assert.fail('nobody waits')
  assert.equal((await refusal(centre, approveAccount, { params: { id }, body: {} })).code, 'right-missing')
  await eventually(async () =>
    assert.equal((await refusal(centre, showPerson, { params: { id: atCentre.id } })).code, 'person-unknown'),
  )
  await centre.getByRole('button', { name: 'Tiếp nhận người tiếp theo' }).click()
  await centre.getByText('Không có ai').waitFor()
  await shot(centre, '4-closed')
})

test('an application captured at the centre is seen there, and checked by PC06 alone', async () => {
  const { id: _id, card: _card, ...person } = visitors.newcomer
  const station = await openStation(centre, 'Máy quầy 01')
  const { packet, application } = await station.capture({ person })
  await station.send(packet)
  await eventually(async () => {
    const { applications } = await ask(centre, listApplications, { query: { queue: 'to-check' } })
    assert.ok(applications.some(({ id }) => id === application))
  })
  await centre.goto(`${house.origin}/console/thu-nhan/${application}`)
  await centre.getByText('Hồ sơ này không chờ việc gì ở anh/chị').waitFor()
  await shot(centre, '5-application')
  await assertAccessible(centre)
  assert.equal(await centre.getByRole('button', { name: 'Chuyển trung tâm' }).count(), 0)
  for (const page of [centre, police])
    assert.equal((await refusal(page, sendOn, { params: { id: application } })).code, 'right-missing')
})

test('the centre hands the card that lies there over to its holder', async () => {
  const { awaited, serial, cardId } = visitors
  await centre.goto(`${house.origin}/console/the/trao`)
  const scan = async (text: string) => {
    await centre.locator('.scan form > input').fill(text)
    await centre.locator('.scan form > input').press('Enter')
  }
  await scan(serial)
  await centre.locator('.at-hand', { hasText: awaited.fullName }).waitFor()
  await scan(visitors.newcomer.number)
  await centre.locator('.heard', { hasText: 'Không đúng người' }).waitFor()
  await scan(serial)
  await scan(awaited.number)
  await centre.locator('.heard', { hasText: `Đã trả: ${awaited.fullName}` }).waitFor()
  await shot(centre, '6-handed-over')
  assert.equal((await ask(police, showCard, { params: { id: cardId } })).card.state, 'handed-over')
  assert.equal((await refusal(centre, showCard, { params: { id: cardId } })).code, 'card-unknown')
})

test('PC06 serves anybody of the province without a code, and decides nothing that it took', async () => {
  const { atPolice } = visitors
  await lookUp(police, atPolice.number)
  await police.getByRole('link', { name: 'Mở hồ sơ' }).click()
  await police.getByRole('heading', { name: atPolice.fullName }).waitFor()
  await police.getByRole('link', { name: 'Đề nghị chỉnh sửa', exact: true }).waitFor()
  const asked = { body: { number: atPolice.number, service: 'account' as const } }
  assert.equal((await refusal(police, askConsent, asked)).code, 'consent-needless')
  await police.getByRole('button', { name: 'Đăng ký tài khoản mới' }).click()
  await police.locator('[role=dialog]').getByRole('button', { name: 'Đăng ký tài khoản mới' }).click()
  await police.waitForURL(/tai-khoan\/[0-9a-f-]{36}/)
  const id = /tai-khoan\/([0-9a-f-]{36})/.exec(police.url())?.[1] ?? ''
  await shot(police, '7-police')
  await assertAccessible(police)
  assert.equal((await ask(police, showAccount, { params: { id } })).state, 'requested')
  assert.equal((await refusal(police, approveAccount, { params: { id }, body: {} })).code, 'right-missing')
})

test('no page of the counter scrolls sideways on a phone', async () => {
  const small = await browser.newPage(phone, { context: centre.context() })
  for (const place of ['/hom-nay', '/dan-cu', '/thu-nhan', '/the/trao', '/tai-khoan']) {
    await small.goto(`${house.origin}/console${place}`)
    await small.locator('h1').waitFor()
    assert.ok(await small.evaluate('document.documentElement.scrollWidth <= innerWidth'), place)
  }
  await shot(small, '8-phone')
})
