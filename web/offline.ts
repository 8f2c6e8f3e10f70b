import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { build } from 'vite'

/** What a page needs to be opened without a line: its icons, and a service worker that knows every file by its hash. */

const sign = join(import.meta.dirname, 'console/sign.svg')

export async function writeIcons(into: string): Promise<void> {
  const svg = await readFile(sign)
  await writeFile(join(into, 'sign.svg'), svg)
  for (const size of [192, 512]) {
    const icon = sharp(svg, { density: (72 * size) / 20 }).resize(size, size)
    await writeFile(join(into, `icon-${size}.png`), await icon.png().toBuffer())
  }
}

type Built = { readonly path: string; readonly sha256: string }

/**
 * Every file that was built, by its path below the address; the hash in base64, as browsers check it (Subresource
 * Integrity).
 */
async function builtFiles(into: string): Promise<readonly Built[]> {
  const paths = globSync('**/*.*', { cwd: into }).sort()
  return Promise.all(
    paths.map(async path => ({
      path: path.replaceAll('\\', '/'),
      sha256: createHash('sha256')
        .update(await readFile(join(into, path)))
        .digest('base64'),
    })),
  )
}

/** Builds the worker last, with the list of all that was built before it. */
export async function buildWorker({
  source,
  address,
  into,
}: {
  source: string
  address: string
  into: string
}): Promise<void> {
  const files = await builtFiles(into)
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16)
  await build({
    configFile: false,
    root: join(source, '..'),
    base: `/${address}/`,
    mode: 'production',
    logLevel: 'warn',
    clearScreen: false,
    publicDir: false,
    define: { __FILES__: JSON.stringify(files), __VERSION__: JSON.stringify(version) },
    build: {
      outDir: into,
      emptyOutDir: false,
      target: 'chrome109',
      reportCompressedSize: false,
      rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  })
}
