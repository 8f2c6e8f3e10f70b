import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { fileRefusalOf } from '../last-resort.ts'
import { Problem } from '../problem.ts'
import { refusalText } from '../terminal.ts'
import { readAgeFile, writeAgeFile } from './age-file.ts'
import { readIdentities } from './backup-key.ts'

/** Backups that are damaged, or are no files: each ends in a refusal, none in a stack. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-age-'))
after(() => rm(folder, { recursive: true }))

const identity = await generateX25519Identity()
const recipients = [await identityToRecipient(identity)]
const file = join(folder, 'whole')
await writeAgeFile(
  file,
  recipients,
  (async function* () {
    for (let piece = 0; piece < 10; piece += 1) yield Buffer.alloc(20_000, piece)
  })(),
)
const whole = await readFile(file)

async function readAll(path: string): Promise<number> {
  let bytes = 0
  for await (const chunk of readAgeFile(path, [identity])) bytes += chunk.length
  return bytes
}

test('a damaged backup is refused wherever it is damaged, and nothing fails behind the refusal', async () => {
  assert.equal(await readAll(file), 200_000)
  const uncaught: unknown[] = []
  const note = (error: unknown) => void uncaught.push(error)
  process.on('uncaughtException', note)
  const damaged = join(folder, 'damaged')
  // Some hundred: what failed behind a refusal did so in one of two hundred.
  const places = Array.from({ length: 400 }, (_, at) => (at < 100 ? 22 + at * 2 : Math.floor(whole.length / 400) * at))
  for (const place of places) {
    const bytes = Buffer.from(whole)
    bytes[place] = (bytes[place] ?? 0) ^ 4
    await writeFile(damaged, bytes)
    await assert.rejects(readAll(damaged), Problem, `byte ${place}`)
  }
  for (const length of [0, 10, 100, 300, whole.length - 1]) {
    await writeFile(damaged, whole.subarray(0, length))
    await assert.rejects(readAll(damaged), Problem, `${length} bytes`)
  }
  await new Promise(done => setTimeout(done, 100))
  process.off('uncaughtException', note)
  assert.deepEqual(uncaught, [])
})

test('what the system does not read or write is refused with the path and why, without a stack', async () => {
  const [place, loop] = [join(folder, 'a folder'), join(folder, 'a loop')]
  await mkdir(place)
  await symlink(loop, loop)
  const tries: readonly [string, () => Promise<unknown>][] = [
    ['EISDIR', () => readAll(place)],
    ['EISDIR', () => readIdentities(place)],
    ['ELOOP', () => readAll(loop)],
    ['ENOTDIR', () => readAll(join(file, 'below'))],
    ['ENOENT', () => writeAgeFile(join(folder, 'none', 'backup'), recipients, (async function* () {})())],
    ['EISDIR', () => writeAgeFile(place, recipients, (async function* () {})())],
  ]
  for (const [code, attempt] of tries) {
    const error = await attempt().then(
      () => assert.fail(code),
      (thrown: unknown) => thrown,
    )
    const text = refusalText(fileRefusalOf(error) ?? assert.fail(`${code}: ${error}`))
    assert.match(text, new RegExp(`\\(file-not-usable\\)[^]*${code}`))
    assert.doesNotMatch(text, /\n {4}at /)
  }
})
