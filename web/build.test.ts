import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'

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
  const files = globSync('**/*.*', { cwd: station }).filter(path => path !== 'sw.js')
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

test('the pages are built once, and renamed only when their sources change', async () => {
  const { copy, buildWeb, sourcesMark } = await aCheckout()
  const steps: string[] = []

  const [first, second] = await Promise.all([buildWeb({ onProgress: step => steps.push(step) }), buildWeb()])
  const third = await buildWeb()
  assert.equal(first.dist, second.dist)
  assert.deepEqual(third, { dist: first.dist, built: false })
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

  const mark = await sourcesMark()
  await appendFile(join(copy, 'src/app.ts'), '\n')
  assert.equal(await sourcesMark(), mark, 'the server is no part of the pages')
  await appendFile(join(copy, 'src/platform/endpoint.ts'), '\n')
  assert.notEqual(await sourcesMark(), mark, 'what the pages import is')
})
