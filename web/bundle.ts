import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { writeDigits } from './digits-font.ts'
import { buildWorker, writeIcons } from './offline.ts'

/** `node bundle.ts FOLDER`: bundles the pages into the folder, one sub-folder an address. Started by build.ts. */

/** Each address, and where its sources lie. */
const apps = [
  { address: 'console', root: join(import.meta.dirname, 'console'), target: 'es2022', offline: false },
  // The oldest browser of stations: the last Chrome for Windows 7 and 8.
  { address: 'station', root: join(import.meta.dirname, 'station'), target: 'chrome109', offline: true },
] as const

const [into] = process.argv.slice(2)
if (!into) throw new Error('usage: bundle.ts FOLDER')

const fonts = await mkdtemp(join(tmpdir(), 'dinhdanh-digits-'))
try {
  console.log('figures of one width')
  await writeDigits(fonts)
  await mkdir(into, { recursive: true })
  for (const { address, root, target, offline } of apps) {
    console.log(`pages of /${address}/`)
    await build({
      configFile: false,
      root,
      base: `/${address}/`,
      mode: 'production',
      logLevel: 'warn',
      clearScreen: false,
      plugins: [react()],
      resolve: { alias: { '@digits': fonts } },
      worker: { format: 'es' },
      build: {
        outDir: join(into, address),
        emptyOutDir: true,
        target,
        // The house's content policy allows no data: font, and no inline script or style.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        chunkSizeWarningLimit: 1500,
      },
    })
    if (!offline) continue
    console.log(`what /${address}/ needs without a line`)
    await writeIcons(join(into, address))
    await buildWorker({ source: join(root, 'sw.ts'), address, into: join(into, address) })
  }
} finally {
  await rm(fonts, { recursive: true, force: true })
}
