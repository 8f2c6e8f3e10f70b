import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type PluginOption, type Rollup } from 'vite'
import { chunksOf } from './chunks.ts'
import { compressFiles } from './compressed-files.ts'
import { writeDigits } from './digits-font.ts'
import { fewLanguages } from './few-languages.ts'
import { firstFiles } from './first-files.ts'
import { lightContracts } from './light-contracts.ts'
import { buildWorker, writeIcons } from './offline.ts'
import { reachedFrom, textsOfPages } from './texts-of-pages.ts'

/** `node bundle.ts FOLDER`: bundles the pages into the folder, one sub-folder an address. Started by build.ts. */

/** Each address, and where its sources lie. */
const apps = [
  { address: 'console', root: join(import.meta.dirname, 'console'), target: 'es2022', offline: false },
  // The oldest browser of stations: the last Chrome for Windows 7 and 8.
  { address: 'station', root: join(import.meta.dirname, 'station'), target: 'chrome109', offline: true },
] as const

/** The console comes page by page; the station is kept whole, so that it opens without a line. */
async function byPage(address: string): Promise<PluginOption[]> {
  const texts = await textsOfPages(address)
  return [lightContracts(), fewLanguages(), texts.plugin, firstFiles({ address, texts: texts.base })]
}

const firstPage = reachedFrom(join(import.meta.dirname, 'console/today/today-page.tsx'))
const output = { codeSplitting: chunksOf(firstPage) } as unknown as Rollup.OutputOptions

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
      plugins: [offline ? [] : await byPage(address), react()],
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
        ...(!offline && {
          rolldownOptions: {
            // What src/ says in texts, doors and rules is left out where nobody reads it.
            treeshake: { moduleSideEffects: [{ test: /\/src\//, sideEffects: false }] },
            output,
          },
        }),
      },
    })
    if (!offline) continue
    console.log(`what /${address}/ needs without a line`)
    await writeIcons(join(into, address))
    await buildWorker({ source: join(root, 'sw.ts'), address, into: join(into, address) })
  }
  console.log('what browsers take compressed')
  await compressFiles(into)
} finally {
  await rm(fonts, { recursive: true, force: true })
}
