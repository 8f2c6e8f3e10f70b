import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertAccessible, desktop, openBrowser, shot, type WatchedPage } from './browser.ts'
import { serveHouse } from './served-house.ts'

/** The console comes page by page: what the first costs, what is brought before it is asked for, what never comes. */

const house = await serveHouse()
const browser = await openBrowser({ line: 'may-be-cut' })
after(() => browser.close().finally(house.stop))

const mostBytes = 200_000
const isLetters = (url: string) => /\.(woff2|otf)$/.test(url)
const isAnswer = (url: string) => url.startsWith(`${house.origin}/api/`)

/** Asks of a page what the line carried for it, with the heads of the answers. */
async function weigh(page: WatchedPage) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const [addresses, sizes] = [new Map<string, string>(), new Map<string, number>()]
  session.on('Network.requestWillBeSent', ({ requestId, request }) => addresses.set(requestId, request.url))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    sizes.set(addresses.get(requestId) ?? '', encodedDataLength),
  )
  return sizes
}
const stands = async (page: WatchedPage) => {
  await page.locator('h1').first().waitFor()
  for (const busy of await page.locator('[aria-busy=true]').all()) await busy.waitFor({ state: 'detached' })
}

/** Notes in the page when its content stands: what is asked for afterwards, such as dialogs, did not hold it up. */
const noteStanding = `new MutationObserver(() => {
  if (window.stoodAt !== undefined || !document.querySelector('h1')) return
  if (!document.querySelector('[aria-busy=true]')) window.stoodAt = performance.now()
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-busy'] })`
const askedBeforeItStood = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ startTime }) => startTime <= window.stoodAt).map(({ name }) => name)`

test('the first page of any role costs at most 200 kB before it stands, compressed when it was built', async () => {
  for (const login of ['chihuy', 'phuong', 'nhatruong', 'quantri']) {
    const page = await browser.newPage(desktop)
    await house.signIn(page, login)
    await stands(page)
    const encodings = new Set<string | undefined>()
    page.on('response', answer => {
      if (/\/assets\/.*\.(js|css)$/.test(answer.url())) encodings.add(answer.headers()['content-encoding'])
    })
    const sizes = await weigh(page)
    await page.addInitScript(noteStanding)
    await page.reload()
    await stands(page)
    const asked = await page.evaluate<string[]>(askedBeforeItStood)
    const before = [...sizes].filter(([url]) => asked.includes(url) && !isLetters(url) && !isAnswer(url))
    const bytes = before.reduce((sum, [, size]) => sum + size, 0)
    assert.ok(bytes > 100_000 && bytes <= mostBytes, `${login}: ${bytes} bytes`)
    assert.equal(encodings.has('br'), true, `${login} is sent what the build compressed`)
    assert.ok(![...sizes.keys()].some(url => url.endsWith('/all.json')), 'each text is known by its page')
    await page.close()
  }
})

const page = await browser.newPage(desktop)
const asked: string[] = []
page.on('request', request => asked.push(request.url()))
const link = (name: string) => page.locator('nav.places').getByRole('link', { name, exact: true })

test('pointing at a link brings the code of its page, and reads nobody', async () => {
  await house.signIn(page, 'phuong')
  await stands(page)
  asked.length = 0
  await Promise.all([page.waitForResponse(/\/pipeline-page-.*\.js$/), link('Thẻ').hover()])
  await Promise.all([page.waitForResponse(/\/search-page-.*\.js$/), link('Dân cư').hover()])
  await page.waitForTimeout(300)
  assert.deepEqual(
    // How many cards are where tells of nobody.
    asked.filter(url => /\/api\/(persons|accounts|applications|cards(?!\/pipeline))\b/.test(url)),
    [],
  )
})

test('a page whose code does not come offers to try again, and stands when the line is back', async () => {
  await page.route(/\/assets\/.*\.js$/, route => route.abort('connectionreset'))
  await page.route('**/console/', route => route.abort('connectionreset'))
  await link('Tài khoản').click()
  await page.getByRole('heading', { name: 'Trang chưa tải được', level: 1 }).waitFor()
  await assertAccessible(page)
  await shot(page, '1-no-line')
  await page.unroute(/\/assets\/.*\.js$/)
  await page.unroute('**/console/')
  await page.getByRole('button', { name: 'Thử lại' }).click()
  await page.locator('aside.margin h1').waitFor()
})

test('a page of a version that is gone says so, loads itself anew, and keeps what was typed', async () => {
  await page.goto(`${house.origin}/console/tuyen-truyen/ghi`)
  const field = page.locator('textarea').first()
  await field.fill('Phát loa ở chợ Hồng Hà')
  await page.waitForFunction(() => sessionStorage.getItem('drafts') !== null)
  const gone = /\/assets\/.*\.js$/
  await page.route(gone, route => route.fulfill({ status: 404, body: 'gone' }))
  await page.route('**/console/', async route => {
    const answer = await route.fetch()
    const body = (await answer.text()).replace(/(<script type="module"[^>]* src=")[^"]+/, '$1/console/assets/next.js')
    await route.fulfill({ response: answer, body })
  })
  await link('Báo cáo').click()
  await page.getByRole('heading', { name: 'Phần mềm đã có phiên bản mới' }).waitFor()
  await shot(page, '2-new-version')
  await page.unroute(gone)
  await page.unroute('**/console/')
  await page.locator('aside.margin h1').waitFor()
  assert.ok(page.url().endsWith('/bao-cao'), page.url())
  await page.goto(`${house.origin}/console/tuyen-truyen/ghi`)
  await page.locator('textarea').first().waitFor()
  assert.equal(await page.locator('textarea').first().inputValue(), 'Phát loa ở chợ Hồng Hà')
})
