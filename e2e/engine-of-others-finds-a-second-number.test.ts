import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { openMatchingEngine } from '../src/biometrics/abis/an-engine.fixture.ts'
import { showApplication } from '../src/enrolment/adjudication/contract.ts'
import { ask } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { pupilsOf } from './people.ts'
import { serveHouse } from './served-house.ts'
import { openStation } from './station-at-work.ts'

/** An engine of somebody else's, over HTTP, which fetches the pictures at the address that it is told. */
const engine = await openMatchingEngine()
const settings = { DINHDANH_ABIS_URL: engine.address, DINHDANH_ABIS_TOKEN: 'a-token' }
const house = await serveHouse({ settings })
const browser = await openBrowser()
after(() =>
  browser
    .close()
    .finally(house.stop)
    .finally(() => engine.close()),
)
const [ward, district] = [await browser.newPage(desktop), await browser.newPage(desktop)]
await house.signIn(ward, 'phuong')
await house.signIn(district, 'huyen')
const { unitId } = house.signIns.find(({ login }) => login === 'huyen') ?? assert.fail('no officer of the district')
const people = await pupilsOf(district, unitId)
const station = await openStation(ward, 'Máy quầy 01')

const portraitOf = async (background: string) =>
  new Uint8Array(
    await sharp({ create: { width: 480, height: 640, channels: 3, background } })
      .jpeg()
      .toBuffer(),
  )

/** Captures the next of the pupils with a finger of this record. */
async function captured(finger: string, background: string) {
  const person = people.pop() ?? assert.fail('too few pupils')
  const { id, number, name: fullName, born: birthDate, sex } = person
  const { packet, application } = await station.capture(
    {
      person: { id, number, fullName, birthDate, sex },
      portrait: await portraitOf(background),
      more: {
        request: { kind: 'exchange', reason: 'on-request' },
        biometrics: [
          { part: 'portrait', modality: 'face' },
          { part: 'finger', modality: 'finger', subtype: 'Right IndexFinger', quality: 82 },
        ],
      },
    },
    new Map([['finger', new Uint8Array(Buffer.from(finger))]]),
  )
  await station.send(packet)
  return { person, application }
}
const findingOf = async (id: string) =>
  (await ask(district, showApplication, { params: { id } })).findings.find(({ kind }) => kind === 'biometric-duplicate')
const searched = (id: string, verdict: string) =>
  eventually(async () => assert.equal((await findingOf(id))?.verdict, verdict))

test('an officer sees whom the engine found by the fingers, beside the other face, and settles it', async () => {
  const first = await captured('ngón trỏ phải của một người', '#a98')
  await searched(first.application, 'good')
  const second = await captured('ngón trỏ phải của một người', '#89a')
  await searched(second.application, 'doubtful')
  await district.goto(`${house.origin}/console/thu-nhan/${second.application}`)
  const found = district.locator('section.faces', { hasText: 'Bộ tra cứu tìm thấy' })
  await found.getByText(`Với ${first.person.name}`).waitFor()
  await found.getByText('87,5 điểm theo bộ tra cứu').waitFor()
  await found.getByText('Tỷ lệ sai của bộ tra cứu: chưa biết ở đây').waitFor()
  await eventually(async () => assert.equal(await found.locator('img').count(), 2))
  const check = district.locator('.findings > li', { hasText: 'Tra cứu trùng bằng sinh trắc học' })
  await check.getByText('tìm thấy 1 người').waitFor()
  await assertAccessible(district)
  await found.scrollIntoViewIfNeeded()
  await shot(district, 'engine-found')
  await district.setViewportSize(phone)
  await found.scrollIntoViewIfNeeded()
  await shot(district, 'engine-found-phone')
  await district.setViewportSize(desktop)
  await check.getByRole('button', { name: 'Ghi lời giải quyết' }).click()
  await district.getByRole('dialog').getByLabel('Ghi chú').fill('Đã so vân tay của hai hồ sơ')
  await district.getByRole('dialog').getByRole('button', { name: 'Ghi lời giải quyết' }).click()
  await check.getByText('Đã so vân tay của hai hồ sơ').waitFor()
})

test('an engine that is away leaves a capture unsearched, and the officer sees that nobody was searched', async () => {
  engine.answerInstead(() => 'cut')
  const { application } = await captured('ngón của người khác', '#778')
  await eventually(async () => assert.equal((await findingOf(application))?.facts['why'], 'search-waiting'))
  await district.goto(`${house.origin}/console/thu-nhan/${application}`)
  const check = district.locator('.findings > li', { hasText: 'Tra cứu trùng bằng sinh trắc học' })
  await check.getByText('đang tra cứu, xem lại sau ít phút').waitFor()
  engine.answerInstead(undefined)
  await searched(application, 'good')
})
