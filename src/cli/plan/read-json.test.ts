import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readInstance } from '../../planning/optimiser/optimiser.ts'
import { Problem } from '../../platform/problem.ts'
import { readJsonFile } from './read-json.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-plan-files-'))
after(() => rm(folder, { recursive: true, force: true }))

/** The code and what is said of it; the code alone where nothing is. */
async function refusalOf(read: () => unknown): Promise<string> {
  try {
    await read()
    return 'read'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const said = error.facts['has'] ?? error.facts['says']
    return said === undefined ? error.code : `${error.code}: ${said}`
  }
}

async function written(content: string | Buffer): Promise<string> {
  const path = join(folder, `${Math.random()}.json`)
  await writeFile(path, content)
  return path
}
const refusalOfText = async (content: string | Buffer) => {
  const path = await written(content)
  return refusalOf(() => readJsonFile(path))
}

test('a JSON file is read, with or without a byte order mark', async () => {
  assert.deepEqual(await readJsonFile(await written('{ "a:b": [1, { "c\\"": ":" }] }')), { 'a:b': [1, { 'c"': ':' }] })
  assert.deepEqual(await readJsonFile(await written('\ufeff{}')), {})
})

test('what is missing, a folder, not JSON or not UTF-8 is refused', async () => {
  assert.equal(await refusalOf(() => readJsonFile(join(folder, 'none.json'))), 'plan-file-missing')
  assert.equal(await refusalOf(() => readJsonFile(folder)), 'plan-file-missing')
  assert.match(await refusalOfText(''), /^plan-file-unreadable: /)
  assert.match(await refusalOfText('{"a": 1,}'), /^plan-file-unreadable: /)
  assert.match(await refusalOfText(Buffer.from('{"a":"\xe9"}', 'latin1')), /^plan-file-unreadable: /)
})

test('an object that has a member twice is refused, since programs differ in which of them counts', async () => {
  const twice = 'plan-file-unreadable: an object has a member twice'
  assert.equal(await refusalOfText('{"people": 5, "people": 500}'), twice)
  assert.equal(await refusalOfText('[{"a":{"\\u0061":1,"a":2}}]'), twice)
  assert.equal(await refusalOfText('[{"a":1},{"a":2}]'), 'read')
})

test('a file without an end is read to the limit and no further', async () => {
  assert.equal(await refusalOf(() => readJsonFile('/dev/zero')), 'plan-file-too-large: more than 64 MiB')
})

test('what would become far larger than its text is refused before it is parsed', async () => {
  const deep = 'plan-file-too-large: lists and objects within each other, deeper than 12'
  assert.equal(await refusalOfText('['.repeat(5_000_000)), deep)
  assert.equal(await refusalOfText('{"a":'.repeat(13) + '1' + '}'.repeat(13)), deep)
  assert.equal(
    await refusalOfText(`[${'{},'.repeat(3_000_000)}{}]`),
    'plan-file-too-large: more than 3000000 lists and objects',
  )
  const members = Array.from({ length: 501 }, (_, i) => `"${i}":0`).join()
  assert.equal(await refusalOfText(`[{${members}}]`), 'plan-file-too-large: an object of more than 500 members')
})

test('large files of the wrong shape are refused within seconds', async () => {
  const object = `{${Array.from({ length: 499 }, (_, i) => `"m${i}":0`).join()}}`
  for (const text of [
    `{"days":[{"ordinary":[${'["",""],'.repeat(500_000)}[]]}]}`,
    `{"demands":[${`${object},`.repeat(2_000)}{}]}`,
    `{"places":[{"id":"a"}],"travel":{"minutes":[[${'-1,'.repeat(5_000_000)}0]]}}`,
  ]) {
    const path = await written(text)
    const start = process.cpuUsage()
    const code = await refusalOf(async () => readInstance(await readJsonFile(path)))
    assert.equal(code, 'plan-instance-malformed')
    // Seconds that this process computed: others may share the machine.
    const { user, system } = process.cpuUsage(start)
    assert.ok((user + system) / 1e6 < 60, `${text.slice(0, 20)}: ${(user + system) / 1e6} s`)
  }
})
