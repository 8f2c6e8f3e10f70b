import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { FirstFiles } from './first-files.ts'

/** A checkout of its own, so that no build of the tests lands in the real one. */
async function aCheckout() {
  const root = join(import.meta.dirname, '..')
  const copy = await mkdtemp(join(tmpdir(), 'dinhdanh-checkout-'))
  after(() => rm(copy, { recursive: true, force: true }))
  for (const path of globSync(['web/**/*.*', 'src/**/*.ts', 'package.json', 'package-lock.json'], {
    cwd: root,
    exclude: ['web/dist/**'],
  })) {
    await mkdir(join(copy, path, '..'), { recursive: true })
    await cp(join(root, path), join(copy, path))
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  const { buildWeb, sourcesMark }: typeof import('./build.ts') = await import(
    pathToFileURL(join(copy, 'web/build.ts')).href
  )
  return { copy, buildWeb, sourcesMark }
}

/** What a browser of January 2023 (Chrome 109) lacks of the language's library. */
const younger = new RegExp(
  String.raw`\.(toSorted|toReversed|toSpliced|isSubsetOf|symmetricDifference` +
    String.raw`|transferToFixedLength)\(|Object\.groupBy|Promise\.withResolvers|Array\.fromAsync`,
)

/**
 * The service worker knows every file that was built, by its hash; no script needs a browser younger than stations
 * have.
 */
async function assertStationIsWhole(station: string) {
  const worker = await readFile(join(station, 'sw.js'), 'utf8')
  const files = globSync('**/*.*', { cwd: station }).filter(path => path !== 'sw.js' && !/\.(br|gz)$/.test(path))
  for (const path of files) {
    const sum = createHash('sha256')
      .update(await readFile(join(station, path)))
      .digest('base64')
    assert.ok(worker.includes(sum), `${path} can be had without a line`)
  }
  for (const path of files.filter(path => path.endsWith('.js')))
    assert.doesNotMatch(await readFile(join(station, path), 'utf8'), younger)
  assert.ok(files.includes('icon-192.png') && files.includes('icon-512.png') && files.includes('manifest.webmanifest'))
}

/** Bytes that a page may have a browser fetch before its content, compressed as they are sent; letters come after. */
const mostOfFirstPage = 192_000
const mostOfFrame = 158_000
const mostOfAnyPage = 270_000

/** First pages of all roles: what is behind them each officer opens by a link, when the frame is there. */
const firstPages = ['/hom-nay', '/lop-hoc', '/di-tung-nha', '/bat-dau']

/** The frame alone, and each page with it: script, style and texts of one language, by their compressed files. */
async function bytesOfPages(dist: string) {
  const sizeOf = async (address: string) => {
    const file = join(dist, address.replace(/^\//, ''))
    return (await stat(`${file}.br`).catch(() => stat(file))).size
  }
  const sum = async (addresses: readonly string[]) =>
    (await Promise.all(addresses.map(sizeOf))).reduce((a, b) => a + b, 0)
  const { texts, pages } = JSON.parse(await readFile(join(dist, 'console/pages.json'), 'utf8')) as FirstFiles
  const shell = await readFile(join(dist, 'console/index.html'), 'utf8')
  const ofShell = [...shell.matchAll(/(?:src|href)="(\/console\/assets\/[^"]+\.(?:js|css))"/g)].map(([, to = '']) => to)
  const frame = (await sum([...ofShell, `${texts}/vi/frame.json`])) + Buffer.byteLength(shell)
  const page = async ({ path, name, scripts }: FirstFiles['pages'][number]) =>
    [path, frame + (await sum([...scripts, `${texts}/vi/${name}.json`]))] as const
  return { frame, pages: new Map(await Promise.all(pages.map(page))) }
}

async function assertPagesAreLight(dist: string) {
  const { frame, pages } = await bytesOfPages(dist)
  assert.ok(frame < mostOfFrame, `the frame has ${frame} bytes`)
  for (const path of firstPages)
    assert.ok((pages.get(path) ?? 0) < mostOfFirstPage, `${path} has ${pages.get(path)} bytes`)
  for (const [path, bytes] of pages) assert.ok(bytes < mostOfAnyPage, `${path} has ${bytes} bytes`)
}

test('the pages are built once, and renamed only when their sources change', async () => {
  const { copy, buildWeb, sourcesMark } = await aCheckout()
  const steps: string[] = []

  const first = await buildWeb({ onProgress: step => steps.push(step) })
  const second = await buildWeb()
  assert.equal(first.built, true)
  assert.deepEqual(second, { dist: first.dist, built: false })
  assert.ok(steps.length > 0, 'it tells what it does')
  assert.deepEqual((await readdir(join(copy, 'web/dist'))).length, 1, 'nothing half-made is left')

  for (const address of ['console', 'station']) {
    const shell = await readFile(join(first.dist, address, 'index.html'), 'utf8')
    assert.match(shell, new RegExp(`src="/${address}/assets/[\\w-]+\\.js"`))
    assert.doesNotMatch(
      shell,
      /<style|<script(?![^>]*src=)|https?:\/\//,
      'the content policy allows nothing inline, and no other host',
    )
    const fonts = globSync(`${address}/assets/*.{woff2,otf}`, { cwd: first.dist })
    assert.equal(fonts.length, 16, 'three subsets and the figures, in four weights, as files')
  }
  await assertStationIsWhole(join(first.dist, 'station'))
  await assertPagesAreLight(first.dist)

  const mark = await sourcesMark()
  await appendFile(join(copy, 'src/app.ts'), '\n')
  assert.equal(await sourcesMark(), mark, 'the server is no part of the pages')
  await appendFile(join(copy, 'src/platform/endpoint.ts'), '\n')
  assert.notEqual(await sourcesMark(), mark, 'what the pages import is')
})

test('of two that build at once both end with the pages that one of them built', async () => {
  const { copy, buildWeb } = await aCheckout()
  // What matters is who moves a build to its place, not what is in it: a whole one takes half a minute.
  const bundler = [
    "import { mkdirSync, writeFileSync } from 'node:fs'",
    "const [into = ''] = process.argv.slice(2)",
    'mkdirSync(into)',
    "console.log('pages')",
    "writeFileSync(into + '/index.html', into)",
  ]
  await writeFile(join(copy, 'web/bundle.ts'), bundler.join('\n'))
  const bundled: string[] = []
  const build = () => buildWeb({ onProgress: step => bundled.push(step) })
  const [first, second] = await Promise.all([build(), build()])
  assert.deepEqual(second, first)
  assert.deepEqual(bundled, ['pages', 'pages'], 'both have bundled')
  assert.deepEqual(await readdir(join(copy, 'web/dist')), [basename(first.dist)], 'nothing half-made is left')
  assert.deepEqual(await readdir(first.dist), ['index.html'])
  assert.deepEqual(await buildWeb(), { dist: first.dist, built: false })
})

test('the packages of the pages change no name of a build, and are not needed beside one', async () => {
  const { copy, buildWeb, sourcesMark } = await aCheckout()
  const mark = await sourcesMark()
  for (const folder of ['node_modules/some', '.packages-a1']) {
    await mkdir(join(copy, 'web', folder), { recursive: true })
    await writeFile(join(copy, 'web', folder, 'package.json'), '{}')
  }
  assert.equal(await sourcesMark(), mark)

  // Where they are not, what was built serves, and nothing is built.
  await rm(join(copy, 'node_modules'))
  await assert.rejects(buildWeb(), /the packages that build them are not installed/)

  const dist = join(copy, 'web/dist', mark)
  await mkdir(dist, { recursive: true })
  assert.deepEqual(await buildWeb(), { dist, built: false })
})
