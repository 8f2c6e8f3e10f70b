import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asCamera, scene } from '../test/face-images.ts'
import { type Simulator, startSbiSimulator } from '../test/sbi-simulator.ts'
import type { WatchedPage } from './browser.ts'
import type { Line } from './network-line.ts'

/** What an officer does at a station, step by step, with a camera that sees a face and a scanner that is simulated. */

export type Devices = {
  readonly scanner: Simulator
  /** For the browser's program. */
  readonly args: readonly string[]
  close(): Promise<void>
}

export async function openDevices(): Promise<Devices> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-devices-'))
  const camera = join(folder, 'camera.y4m')
  await writeFile(camera, await asCamera(await scene()))
  const scanner = await startSbiSimulator()
  return {
    scanner,
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
      // A laptop without a graphics card; one that is made of software takes longer than the face finder itself.
      '--disable-gpu',
      '--disable-software-rasterizer',
    ],
    close: async () => {
      await scanner.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const atTheStation = (page: WatchedPage) => {
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const press = (name: string | RegExp) => button(name).click()
  const field = (name: string) => page.getByLabel(name, { exact: true })
  const hint = (text: string | RegExp) => page.locator('.hint-so', { hasText: text })

  return {
    press,
    field,
    /** The cable is pulled, and the machine notices, as machines do. */
    async without(line: Line) {
      await line.cut()
      await page.evaluate("void dispatchEvent(new Event('offline'))")
    },
    async with(line: Line) {
      await line.mend()
      await page.evaluate("void dispatchEvent(new Event('online'))")
    },
    /** A scan, a number or a name in the field above the queue. */
    async comes(text: string) {
      await page.getByRole('textbox', { name: 'Quét QR, số hoặc tên' }).fill(text)
      await page.keyboard.press('Enter')
    },
    async allRight() {
      await press('Đúng tất cả')
      await press('Tiếp theo')
    },
    async portrait() {
      for (let tries = 1; tries <= 6; tries++) {
        await hint('Đạt cả sáu mục').waitFor()
        await page.keyboard.press('Space')
        const done = await hint(/^Đã chụp/)
          .waitFor({ timeout: 5000 })
          .then(
            () => true,
            () => false,
          )
        if (done) break
        if (tries === 6) await hint(/^Đã chụp/).waitFor()
      }
      await press('Tiếp theo')
    },
    /** Hands on the glass, one slap after another. */
    async slaps(slaps: number) {
      for (let slap = 0; slap < slaps; slap++) {
        const take = page.locator('.fingerprints .capture-foot .button.primary').first()
        await take.and(page.locator(':not([data-disabled])')).waitFor()
        const before = (await take.textContent()) ?? ''
        const changed = take.filter({ hasNotText: before })
        // A stroke that comes while the page is drawn anew is for nobody: people press again.
        for (let tries = 1; tries <= 6; tries++) {
          if (!(await take.and(page.locator('[data-disabled]')).count())) await page.keyboard.press('Space')
          const done = await changed.waitFor({ timeout: 5000 }).then(
            () => true,
            () => false,
          )
          if (done) break
          if (tries === 6) await changed.waitFor()
        }
      }
    },
    /** Three slaps on the glass. */
    async fingers() {
      await this.slaps(3)
      await press('Tiếp theo')
    },
    async phone(number: string | undefined) {
      if (number === undefined) await press('Không')
      else {
        await field('Số điện thoại').fill(number)
        await field('Gõ lại số').fill(number)
        await press('Đồng ý')
      }
      await press('Tiếp theo')
    },
    async readAndSign() {
      await press('Đã đọc lại, thông tin đúng')
      const canvas = page.locator('.signature canvas')
      await canvas.scrollIntoViewIfNeeded()
      const pad = await canvas.boundingBox()
      if (!pad) throw new Error('no pad to sign on')
      await page.mouse.move(pad.x + 40, pad.y + 60)
      await page.mouse.down()
      await page.mouse.move(pad.x + 160, pad.y + 40, { steps: 5 })
      await page.mouse.move(pad.x + 240, pad.y + 90, { steps: 5 })
      await page.mouse.up()
      await press('Nhận chữ ký')
      await hint('Đã nhận chữ ký').waitFor()
      await press('Tiếp theo')
    },
    /** Where there is an old card, it stays here. */
    async seal() {
      const old = button('Thẻ cũ đã thu lại')
      await button('Khóa hồ sơ').waitFor()
      if (await old.isVisible()) await old.click()
      await press('Khóa hồ sơ')
      await page.getByText(/Đã khóa [A-Z]+\d+-\d{6}/).waitFor()
    },
  }
}
