import assert from 'node:assert/strict'
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
  const { buildWeb, sourcesMark }: typeof import('./build.ts') = await import(pathToFileURL(join(copy, 'web/build.ts')).href)
  return { copy, buildWeb, sourcesMark }
}

test('the pages are built once, and named anew only when something they are made of changes', async () => {
  const { copy, buildWeb, sourcesMark } = await aCheckout()
  const steps: string[] = []

  const [first, second] = await Promise.all([buildWeb({ onProgress: step => steps.push(step) }), buildWeb()])
  const third = await buildWeb()
  assert.equal(first.dist, second.dist)
  assert.deepEqual(third, { dist: first.dist, built: false })
  assert.ok(steps.length > 0, 'it tells what it does')
  assert.deepEqual((await readdir(join(copy, 'web/dist'))).length, 1, 'nothing half-made is left')

  const shell = await readFile(join(first.dist, 'index.html'), 'utf8')
  assert.match(shell, /src="\/console\/assets\/[\w-]+\.js"/)
  assert.doesNotMatch(shell, /<style|<script(?![^>]*src=)|https?:\/\//, 'the content policy allows nothing inline, and no other host')
  const fonts = globSync('assets/*.{woff2,otf}', { cwd: first.dist })
  assert.equal(fonts.length, 16, 'three subsets and the figures, in four weights, as files')

  const mark = await sourcesMark()
  await appendFile(join(copy, 'src/app.ts'), '\n')
  assert.equal(await sourcesMark(), mark, 'the server is no part of the pages')
  await appendFile(join(copy, 'src/platform/endpoint.ts'), '\n')
  assert.notEqual(await sourcesMark(), mark, 'what the pages import is')
})
