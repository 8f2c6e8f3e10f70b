import assert from 'node:assert/strict'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import QRCode from 'qrcode'
import sharp from 'sharp'
import { asCamera, cameraSize, type Scene, scene } from '../test/face-images.ts'
import { type Simulator, startSbiSimulator } from '../test/sbi-simulator.ts'
import { assertAccessible, desktop, openBrowser, shot, type TestBrowser, type WatchedPage } from './browser.ts'
import { type CaptureTrial, serveCaptureTrial } from './capture-trial.ts'
import { eventually } from './eventually.ts'

/**
 * Portrait, fingers, signature and QR code as an officer takes them, in a real browser with a camera made of a picture
 * and a simulated scanner.
 */

const small = { width: 1024, height: 600 } as const

let folder: string
let camera: string
let trial: CaptureTrial
let scanner: Simulator
let browser: TestBrowser

/** What stands before the camera from the next time that it is opened. */
async function stand(picture: Buffer) {
  await writeFile(`${camera}.new`, await asCamera(picture))
  await rename(`${camera}.new`, camera)
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dinhdanh-camera-'))
  camera = join(folder, 'camera.y4m')
  await stand(await scene())
  ;[trial, scanner] = await Promise.all([serveCaptureTrial(), startSbiSimulator()])
  browser = await openBrowser({
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
    ],
  })
})
after(async () => {
  await browser
    .close()
    .finally(() => Promise.all([trial.close(), scanner.close(), rm(folder, { recursive: true, force: true })]))
})

/** What the step has given to the page so far. */
const given = <T>(page: WatchedPage) => page.evaluate<T>('window.given')
const bytesOf = async (page: WatchedPage, field: 'jpeg' | 'png') =>
  Buffer.from(
    await page.evaluate<number[]>(`window.given.${field}.arrayBuffer().then(bytes => [...new Uint8Array(bytes)])`),
  )

const open = async (step: string, more = '', viewport: { width: number; height: number } = desktop) => {
  const page = await browser.newPage(viewport)
  // Another journey on this machine may have a scanner of its own, which no page of this one should find.
  await page.route(
    ({ port }) => /^4[56]\d\d$/.test(port) && Number(port) !== scanner.port,
    route => route.abort('connectionrefused'),
  )
  await page.goto(`${trial.origin}/station/trial.html?step=${step}${more}`)
  return page
}

describe('a portrait', () => {
  let page: WatchedPage
  before(async () => {
    page = await open('portrait')
    await page.getByText('Đạt cả sáu mục').waitFor()
  })
  // The camera shows another picture only once nobody uses it any more.
  after(() => page.close())

  /** What the six chips say, by the name of the measure, once the scene has been measured. */
  const chips = async () =>
    Object.fromEntries(
      await page
        .locator('.measured')
        .evaluateAll(rows =>
          rows.map(row => [
            row.querySelector('.measured-name')?.textContent ?? '',
            row.querySelector('.chip')?.textContent ?? '',
          ]),
        ),
    )
  const facing = async (what: Scene) => {
    await stand(await scene(what))
    await page.evaluate('window.beginAnew()')
  }

  test('of a face before a plain wall passes all six checks, and the page is accessible', async () => {
    await shot(page, 'station-portrait-good')
    assert.deepEqual(await chips(), {
      'Khuôn mặt': 'một người, đúng giữa',
      'Mắt mở, nhìn thẳng': 'đạt',
      'Ánh sáng': 'đều',
      'Độ nét': 'đạt',
      'Tư thế đầu': (await chips())['Tư thế đầu'],
      'Nền trơn': 'đạt',
    })
    assert.match((await chips())['Tư thế đầu'] ?? '', /^nghiêng \d độ$/)
    await page.getByText('So khuôn mặt với ảnh cũ: sau khi gửi hồ sơ').waitFor()
    await assertAccessible(page)
  })

  test('is a JPEG of 3:4, at least 600 × 800, at most 300 kB, and carries no EXIF', async () => {
    await page.keyboard.press('Space')
    await page.locator('.hint-so', { hasText: 'Đã chụp' }).waitFor()
    await shot(page, 'station-portrait-taken')
    const jpeg = await bytesOf(page, 'jpeg')
    const { width = 0, height = 0, format, exif } = await sharp(jpeg).metadata()

    assert.deepEqual([format, exif, width / height], ['jpeg', undefined, 0.75])
    assert.ok(width >= 600 && height >= 800, `${width} × ${height}`)
    assert.ok(jpeg.length <= 300_000, `${jpeg.length} bytes`)
    assert.equal((await given<{ reason: unknown }>(page)).reason, undefined)
    await page.getByRole('button', { name: 'Chụp lại' }).click()
    await page.locator('.hint-so', { hasText: 'Đạt cả sáu mục' }).waitFor()
  })

  test('is measured without the graphics card where the processor plays it', async () => {
    const renderer = await page.evaluate<string>(`(() => {
      const drawing = document.createElement('canvas').getContext('webgl2')
      const driver = drawing?.getExtension('WEBGL_debug_renderer_info')
      return drawing ? String(drawing.getParameter(driver?.UNMASKED_RENDERER_WEBGL ?? drawing.RENDERER)) : 'none'
    })()`)
    const backend = /none|SwiftShader|llvmpipe/.test(renderer) ? 'cpu' : 'webgl'
    assert.equal(await page.evaluate('window.faceBackend'), backend, renderer)
  })

  for (const [what, spoilt, wrong] of [
    ['nobody', { head: 'none' }, { 'Khuôn mặt': 'chưa thấy mặt' }],
    ['two people', { beside: 'another' }, { 'Khuôn mặt': 'nhiều người' }],
    ['a tilted head', { rolledBy: 14, aside: -0.015 }, { 'Tư thế đầu': 'nghiêng' }],
    [
      'a face turned aside with shut eyes',
      { head: 'aside-eyes-shut' },
      { 'Tư thế đầu': 'quay', 'Mắt mở, nhìn thẳng': 'chưa rõ mắt' },
    ],
    ['a dark room', { spoil: picture => picture.linear(0.3, 0) }, { 'Ánh sáng': 'tối' }],
    ['a lens out of focus', { spoil: picture => picture.blur(6) }, { 'Độ nét': 'mờ' }],
  ] as const satisfies readonly (readonly [string, Scene, Readonly<Record<string, string>>])[])
    test(`of ${what} is poor: ${Object.values(wrong).join(', ')}`, async () => {
      await facing(spoilt)
      await page.locator('.hint-now.waiting').waitFor()
      for (const [measure, chip] of Object.entries(wrong))
        await eventually(async () =>
          assert.ok((await chips())[measure]?.startsWith(chip), JSON.stringify(await chips())),
        )
      await shot(page, `station-portrait-${what.replaceAll(' ', '-')}`)
    })

  test('that is poor needs a reason instead of the capture key, kept with its measures', async () => {
    await page.keyboard.press('Space')
    await page.getByRole('alert').filter({ hasText: 'Chưa chụp' }).waitFor()
    assert.equal(await given(page), undefined)

    await page.getByRole('button', { name: 'Chụp dù chưa đạt, ghi lý do' }).click()
    await page.getByRole('button', { name: 'Chụp và ghi lý do' }).click()
    await page.getByText('Chọn lý do').waitFor()
    await assertAccessible(page)
    await shot(page, 'station-portrait-reason')
    await page.getByLabel('Phòng không đủ sáng, không có phông').check()
    await page.getByRole('button', { name: 'Chụp và ghi lý do' }).click()
    await page.locator('.hint-so', { hasText: 'Đã chụp dù chưa đạt' }).waitFor()

    const portrait = await given<{ reason: unknown; faceMatch: string; measures: { name: string; verdict: string }[] }>(
      page,
    )
    assert.deepEqual(portrait.reason, { code: 'room' })
    assert.equal(portrait.faceMatch, 'not-done')
    assert.equal(portrait.measures.find(({ name }) => name === 'sharpness')?.verdict, 'poor')
  })

  test('can be taken without the detector, with a reason; face, eyes and pose stay unchecked', async t => {
    const blind = await browser.newPage(small)
    t.after(() => blind.close())
    await blind.route('**/*.bin', route => route.fulfill({ status: 404 }))
    await blind.goto(`${trial.origin}/station/trial.html?step=portrait`)
    await blind.getByText('Chưa nạp được bộ dò khuôn mặt').waitFor()
    await eventually(async () =>
      assert.equal(await blind.locator('.measured .chip', { hasText: 'chưa làm' }).count(), 3),
    )
    await shot(blind, 'station-portrait-no-detector')
    await blind.keyboard.press('Space')
    await blind.getByRole('alert').filter({ hasText: 'Chưa chụp' }).waitFor()
  })
})

describe('ten fingers', () => {
  beforeEach(() => scanner.behave({}))
  const trusting = () => `&roots=${encodeURIComponent(scanner.root)}`
  type Given = { complete: boolean; results: { finger: string; kind: string; despite?: unknown; reason?: unknown }[] }
  const takeLeft = (page: WatchedPage) => page.getByRole('button', { name: /^Lấy( lại)? bốn ngón tay trái/ }).click()

  test('are taken in three slaps by the space bar alone', async () => {
    const page = await open('fingerprints', trusting())
    for (const slap of ['bốn ngón tay trái', 'bốn ngón tay phải', 'hai ngón cái']) {
      const asked = page.locator('.hint-so', { hasText: `Đặt ${slap}` })
      await asked.waitFor()
      // A stroke that comes while the page is drawn anew is for nobody: people press again.
      for (let tries = 1; tries <= 6 && (await asked.count()); tries++) {
        await page.keyboard.press('Space')
        await asked.waitFor({ state: 'detached', timeout: 5000 }).catch(() => undefined)
      }
    }
    await page.locator('.hint-so', { hasText: 'Đủ mười ngón' }).waitFor()

    await page.getByText('chứng thư hợp lệ').waitFor()
    assert.equal(await page.locator('.measured .chip', { hasText: 'đạt' }).count(), 10)
    assert.equal((await given<Given>(page)).complete, true)
    await assertAccessible(page)
    await shot(page, 'station-fingers-done')
  })

  test('of worn hands are tried three times, then kept with a reason', async () => {
    scanner.behave({ score: { 'Left RingFinger': 20, 'Left LittleFinger': 30 }, takes: 300 })
    const page = await open('fingerprints', trusting(), small)
    const despite = page.getByRole('button', { name: 'Nhận dù chưa đạt, ghi lý do' })
    for (const tries of [1, 2, 3]) {
      await takeLeft(page)
      await page
        .locator('.measured .chip', { hasText: `lần ${tries} trên 3` })
        .first()
        .waitFor()
      assert.equal(await despite.isEnabled(), tries === 3)
    }
    await shot(page, 'station-fingers-worn')
    await despite.click()
    await page.getByLabel('Vân tay mòn do lao động').check()
    await page.getByRole('button', { name: 'Nhận và ghi lý do' }).click()
    await page.locator('.hint-so', { hasText: 'Đặt bốn ngón tay phải' }).waitFor()

    const marked = (await given<Given>(page)).results.filter(({ despite }) => despite).map(({ finger }) => finger)
    assert.deepEqual(marked.sort(), ['left-little', 'left-ring'])
  })

  test('of which one is lost are taken without it, with a reason', async () => {
    const page = await open('fingerprints', trusting())
    await page.getByRole('button', { name: 'Không lấy được Giữa trái' }).click()
    await page.getByLabel('Mất ngón hoặc mất đốt').check()
    await page.getByRole('button', { name: 'Ghi: không lấy ngón này' }).click()
    await takeLeft(page)
    await page.locator('.hint-so', { hasText: 'Đặt bốn ngón tay phải' }).waitFor()

    assert.deepEqual(scanner.asked.at(-1)?.exceptions, ['Left MiddleFinger'])
    assert.deepEqual((await given<Given>(page)).results.find(({ finger }) => finger === 'left-middle')?.reason, {
      code: 'lost',
    })
  })

  test('with a tampered signature are refused and not stored', async () => {
    scanner.behave({ capture: 'tampered' })
    const page = await open('fingerprints', trusting())
    await takeLeft(page)
    await page.locator('.hint-so', { hasText: 'Chữ ký của máy không đúng' }).waitFor()
    await shot(page, 'station-fingers-tampered')
    assert.deepEqual((await given<Given>(page)).results, [])
  })

  test('wait for an unplugged scanner, and the page says what to do', async () => {
    scanner.behave({ device: 'unplugged' })
    const page = await open('fingerprints', trusting())
    await page.locator('.hint-so', { hasText: 'Chưa thấy máy lấy vân tay' }).waitFor()
    await shot(page, 'station-fingers-no-scanner')
    scanner.behave({})
    await page.getByRole('button', { name: 'Tìm lại' }).click()
    await page.locator('.hint-so', { hasText: 'Đặt bốn ngón tay trái' }).waitFor()

    scanner.behave({ device: 'unplugged' })
    await takeLeft(page)
    await page.locator('.hint-so', { hasText: 'đã rút dây hoặc tắt' }).waitFor()
    await page.getByText('Mã của máy: 705').waitFor()
  })

  test('need a browser permission: the page says where to give it, and then finds the scanner', async () => {
    // To the browser the page is one of the internet, and the scanner one of the machine itself (Local Network Access).
    const { port } = new URL(trial.origin)
    const host = `tram.localhost:${port}`
    const asking = await openBrowser({
      hosts: [host],
      args: [`--ip-address-space-overrides=127.0.0.1:${port}=public,[::1]:${port}=public`],
    })
    const context = await asking.browser.newContext({ viewport: desktop })
    const page = await asking.newPage(desktop, { context })
    await page.goto(`http://${host}/station/trial.html?step=fingerprints`)
    await page.locator('.hint-so', { hasText: 'Trình duyệt chưa cho trang này' }).waitFor()
    await context.grantPermissions(['local-network-access'], { origin: `http://${host}` })
    await page.getByRole('button', { name: 'Tìm lại' }).click()
    await page.locator('.hint-so', { hasText: 'Đặt bốn ngón tay trái' }).waitFor()
    await asking.browser.close()
  })

  test('from a scanner of an unknown maker are not called trusted', async () => {
    const page = await open('fingerprints', '&language=en')
    await page.getByText('certificate: not checked').waitFor()
    assert.equal(await page.getByText('certificate holds').count(), 0)
  })
})

describe('a signature', () => {
  const draw = async (page: WatchedPage, width: number) => {
    const box = (await page.locator('.pad canvas').boundingBox())!
    await page.mouse.move(box.x + 60, box.y + 120)
    await page.mouse.down()
    for (let at = 0; at <= 30; at++)
      await page.mouse.move(box.x + 60 + (width * at) / 30, box.y + 110 + 50 * Math.sin(at / 2.2))
    await page.mouse.up()
  }

  test('is stored as a small transparent PNG, and a dash is refused', async () => {
    const page = await open('signature')
    await draw(page, 12)
    await page.getByRole('button', { name: 'Nhận chữ ký' }).click()
    await page.getByText('Nét ký còn quá ngắn').waitFor()
    await draw(page, 420)
    await shot(page, 'station-signature')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Nhận chữ ký' }).click()
    await page.locator('.hint-so', { hasText: 'Đã nhận chữ ký' }).waitFor()
    const bytes = await bytesOf(page, 'png')
    const png = sharp(bytes)

    assert.ok(bytes.length <= 40_000)
    assert.deepEqual([(await png.metadata()).format, (await png.metadata()).hasAlpha], ['png', true])
    const { channels } = await png.stats()
    assert.deepEqual([channels[3]?.min, channels[3]?.max], [0, 255])
  })

  test('that cannot be given is recorded with the reason, by the keyboard alone', async () => {
    const page = await open('signature')
    await page.getByRole('button', { name: 'Không ký được' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Ghi: không ký được' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Không ký: Tay không ký được').waitFor()
  })
})

test('the camera reads the QR code of a card, including letters with marks', async () => {
  const line =
    '022205001234|023456789|Tôn Nữ Hoàng Nguyễn Thị Phương Khánh Quỳnh|15032005|Nữ|Tổ 3, Khu 5, Phường Hồng Hà|20042021'
  const code = await QRCode.toBuffer(line, { width: 560, margin: 4 })
  const { width, height } = cameraSize
  await stand(
    await sharp({ create: { width, height, channels: 3, background: '#e8e4da' } })
      .composite([{ input: code }])
      .jpeg()
      .toBuffer(),
  )
  const page = await open('qr')
  await page.locator('output', { hasText: '022205001234' }).waitFor()
  await shot(page, 'station-qr')
})
