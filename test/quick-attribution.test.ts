import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-attribution-'))
after(() => rm(folder, { recursive: true, force: true }))

const file = join(folder, 'sample.test.mjs')
await writeFile(
  file,
  `import { after, suite, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
const say = text => console.log('# said ' + text)
after(() => say('end of the file'))
test('throws late', async () => {
  after(() => say('end of throws late'))
  setTimeout(() => { throw new Error('late') }, 5)
  await pause(60)
})
test('rejects', async () => { setTimeout(() => Promise.reject(new Error('unheard')), 5); await pause(60) })
test('has a part', async own => {
  await pause(1)
  await own.test('a part', async () => { after(() => say('end of a part')); await pause(1) })
  say('end of has a part')
})
await suite('a file among others', async () => {
  await pause(1)
  test('in it', async () => { await pause(1) })
  after(() => say('end of a file among others'))
})
say('next file')
`,
)

/** Which tests passed and failed, by what, and what was said, in order. */
function runSample(args: readonly string[]): string[] {
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, ...env } = process.env
  const { stdout } = spawnSync(process.execPath, [...args, '--test-reporter=tap', file], { env, encoding: 'utf8' })
  return stdout
    .split('\n')
    .map(line => line.trim())
    .filter(line => /^(ok|not ok|error:|# said)/.test(line))
}

test('an error and an after belong to their test as they do by the runner’s own hook', () => {
  const told = runSample(['--import', join(import.meta.dirname, 'quick-attribution.ts')])
  assert.deepEqual(told, runSample([]))
  assert.ok(told.includes('not ok 1 - throws late'), told.join('\n'))
  assert.ok(told.includes('ok 3 - has a part'), told.join('\n'))
})
