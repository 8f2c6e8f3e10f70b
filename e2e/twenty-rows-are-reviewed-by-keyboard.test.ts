import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { listRolls, listRows } from '../src/rolls/contract.ts'
import { decideRow, ownReviewDeeds, reviewProgress, reviewRows } from '../src/rolls/review/contract.ts'
import { handWritten, type Typed } from '../test/rolls/hand-written.ts'
import { ask, refusal } from './api-call.ts'
import { awake } from './awake.ts'
import { assertAccessible, desktop, openBrowser, phone, shot } from './browser.ts'
import { eventually } from './eventually.ts'
import { figureOf, textOf } from './page-text.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse({ people: 4000 })
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [first, second] = [await browser.newPage(desktop), await browser.newPage(desktop)]
await house.signIn(first, 'huyen', '/console/ra-soat')
await house.signIn(second, 'chihuy', '/console/ra-soat')

const school = 'Trường THCS Hà Khánh'
const withoutMarks = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

/** The name without marks and the year alone: for each of them somebody has to say who it is. */
const doubtful = ({ name, born, sex }: Resident, at: number): Typed[] => [
  at + 1,
  withoutMarks(name),
  Number(born.slice(0, 4)),
  sex === 'F' ? 'Nữ' : 'Nam',
  null,
]

let rollId = ''

test('a school sends a roll on which every row is doubtful', async () => {
  const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
  const pupils = (await pupilsOf(first, unitId)).slice(0, 60)
  const rows = [['STT', 'Họ và tên', 'Năm sinh', 'Giới tính', 'Số CCCD'], ...pupils.map(doubtful)]
  const options = await first.getByLabel('Trường', { exact: true }).locator('option').allInnerTexts()
  const chosen = options.find(name => name === school) ?? options.find(name => name.trim() !== '')!
  await first.getByLabel('Trường', { exact: true }).selectOption({ label: chosen })
  await first.setInputFiles('input[type=file]', {
    name: 'Danh sach.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await handWritten({ name: '9A1', rows }),
  })
  await first.getByRole('button', { name: /^Nhận/ }).click()
  // It takes the place of the school's roll, which it is quite unlike.
  await first.getByRole('button', { name: /^Đúng danh sách này/ }).click()
  await first.locator('.question h2').waitFor()
  rollId = new URL(first.url()).pathname.split('/').at(-1)!
  const { left } = await ask(first, reviewProgress, { params: { id: rollId } })
  assert.ok(left >= 32, `${left} rows to look at, of ${pupils.length}`)
})

/** Writes down every row that the page ever asks about, whatever happens between two looks at it. */
const watchQuestions = (page: Page) =>
  page.evaluate(`(() => {
    window.met = []
    const look = () => {
      const asked = document.querySelector('.question h2')?.textContent
      if (asked && document.querySelector('.verdicts') && window.met.at(-1) !== asked) window.met.push(asked)
    }
    look()
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })()`)
const met = (page: Page) => page.evaluate<string[]>('window.met')

const question = (page: Page) => textOf(page.locator('.question h2'))

/** Decides the row on the screen with one key, and waits for the next. */
async function press(page: Page, key: string): Promise<string> {
  const asked = await question(page)
  await awake(page)
  await page.keyboard.press(key)
  await eventually(async () => assert.notEqual(await question(page), asked))
  return asked
}

const firstKeys = '1112131112113111211'.split('')
const secondKeys = '22122212'.split('')

test('two officers review twenty rows by keyboard and never see a row the other is deciding', async () => {
  await second.goto(`${house.origin}/console/ra-soat/${rollId}?nhom=review`)
  await second.locator('.verdicts').waitFor()
  assert.notEqual(await question(second), await question(first), 'two who open the roll get two rows')
  await Promise.all([watchQuestions(first), watchQuestions(second)])

  const ofFirst: string[] = []
  const reviewing = async () => {
    for (const key of firstKeys) ofFirst.push(await press(first, key))
    // The twentieth: the weights are looked at, another candidate where there is one, and handing on is thought over.
    await first.keyboard.press('w')
    await first.locator('.weights li').first().waitFor()
    await first.keyboard.press('ArrowRight')
    await first.keyboard.press('4')
    await first.getByRole('dialog').waitFor()
    await first.keyboard.press('Escape')
    await first.getByRole('dialog').waitFor({ state: 'detached' })
    ofFirst.push(await press(first, '2'))
  }
  const meanwhile = async () => {
    for (const key of secondKeys) await press(second, key)
  }
  await Promise.all([reviewing(), meanwhile()])
  await shot(first, '1-twenty')

  assert.equal(new Set(ofFirst).size, 20, 'twenty rows')
  const [seenByFirst, seenBySecond] = [await met(first), await met(second)]
  assert.ok(seenBySecond.length > secondKeys.length)
  assert.deepEqual(
    seenBySecond.filter(asked => seenByFirst.includes(asked)),
    [],
    'no row was on both screens',
  )
  const { deeds } = await ask(first, ownReviewDeeds, {})
  assert.equal(deeds.length, 20)
})

test('an undone row returns to the officer who decided it, and to nobody else', async () => {
  const [last, before] = (await ask(first, ownReviewDeeds, {})).deeds
  await first.keyboard.press('z')
  await eventually(async () => assert.match(await question(first), new RegExp(`^Dòng ${last!.row},`)))
  assert.equal((await ask(first, ownReviewDeeds, {})).deeds.length, 19)
  const params = { id: rollId, place: last!.place }
  assert.equal((await refusal(second, decideRow, { params, body: { decision: 'later' } })).code, 'row-held')
  await second.goto(`${house.origin}/console/ra-soat/${rollId}?nhom=review&dong=${last!.place}`)
  await second.getByText(/đang xem dòng này từ \d\d:\d\d/).waitFor()
  assert.equal(await second.locator('.verdicts').count(), 0, 'shown, and not to be decided')
  await shot(second, '2-held')
  await assertAccessible(second)
  await second.keyboard.press('j')
  await second.locator('.verdicts').waitFor()

  await first.reload()
  await first.locator('.verdicts').waitFor()
  await awake(first)
  await first.keyboard.press('z')
  await eventually(async () => assert.match(await question(first), new RegExp(`^Dòng ${before!.row},`)), 15_000)
  assert.equal((await ask(first, ownReviewDeeds, {})).deeds.length, 18, 'several steps back, also after a reload')
  await press(first, '1')
  await press(first, '1')
})

test('each progress figure opens a list of that length', async () => {
  const progress = await ask(first, reviewProgress, { params: { id: rollId } })
  const { rows } = await ask(first, listRows, { params: { id: rollId }, query: { limit: 500 } })
  const looked = rows.filter(({ outcome, decision }) => outcome === 'review' || decision)
  assert.equal(progress.left + progress.later + progress.referred + progress.decided, looked.length)
  for (const part of ['left', 'later', 'decided', 'held'] as const) {
    const { total } = await ask(first, reviewRows, { params: { id: rollId }, query: { part, limit: 500 } })
    assert.equal(total, progress[part], part)
  }
  await first.locator('.progress-rows .decided a').click()
  await first.getByRole('grid').waitFor()
  assert.equal(
    Number(await first.getByRole('grid').getAttribute('aria-rowcount')) - 1,
    await figureOf(first.locator('.progress-rows .decided a')),
  )
  await assertAccessible(first)
})

test('a phone shows the same question, with every chip and the decision buttons in reach', async () => {
  const page = await browser.newPage(phone)
  await house.signIn(page, 'huyen', `/console/ra-soat/${rollId}?nhom=review`)
  await page.locator('.verdicts').waitFor()
  // A page that is still being drawn has no shape yet.
  await eventually(async () => {
    const cut = await page.evaluate<number>(`[...document.querySelectorAll('.comparison .chip')].filter(chip => {
      const { left, right } = chip.getBoundingClientRect()
      return left < 0 || right > document.documentElement.clientWidth || chip.scrollWidth > chip.clientWidth + 1
    }).length`)
    assert.equal(cut, 0)
    const box = await page.locator('.verdicts').boundingBox()
    assert.ok(box && box.y + box.height <= phone.height, 'the verdicts are in sight without scrolling')
  })
  await shot(page, '3-phone')
  // On a screen so long that nothing lies half under the verdicts, whatever the row has to tell.
  await page.setViewportSize({ ...phone, height: 2400 })
  await eventually(() => assertAccessible(page))
  assert.ok((await ask(page, listRolls, { query: {} })).rolls.some(({ id }) => id === rollId))
})
