import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type LinkSettings, readLinkSettings } from '../../linkage/file-columns/link-settings.ts'
import { toLinkModelFile } from '../../linkage/learning/link-model.ts'
import { findClusters } from '../../linkage/one-file.ts'
import { linkTables } from '../../linkage/two-files.ts'
import { fullNames } from '../../names/people.fixture.ts'
import { Problem } from '../../platform/problem.ts'
import { runSteps } from './files.ts'
import { withTables } from './tables.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-tables-'))
after(() => rm(folder, { recursive: true }))
const pathOf = (name: string) => join(folder, name)
const control = { stopped: new AbortController().signal, progress: () => undefined }
const inTwoThreads = { worthwhileFrom: 0, processors: 2 }

const { settings } = readLinkSettings(
  JSON.stringify({
    id: 'id',
    fields: [
      { column: 'name', kind: 'name' },
      { column: 'birth', kind: 'date' },
      { column: 'number', kind: 'number' },
      { column: 'place', kind: 'string' },
      { column: 'sex', kind: 'exact' },
    ],
    blocking: [['number'], ['birth'], ['name', 'sex']],
  }),
)

/** A register, and rows of its first half: some names lose a letter, some rows their number. */
const names = fullNames(3000, 6)
const twoDigitsOf = (value: number) => String(value).padStart(2, '0')
const registerLine = (name: string, i: number) =>
  `r${i},${name},${1980 + (i % 30)}-${twoDigitsOf(1 + (i % 12))}-${twoDigitsOf(1 + (i % 28))},` +
  `0222${10_000_000 + i * 7919},tổ ${i % 90} phường ${i % 17},${i % 2 ? 'F' : 'M'}`
const rowLine = (name: string, i: number) => {
  const line = registerLine(i % 7 === 0 ? name.slice(0, -1) : name, i).replace(/^r/, 'l')
  return i % 3 === 0 ? line.replace(/,0222\d+,/, ',,') : line
}
const fileOf = (lines: readonly string[]) => `id,name,birth,number,place,sex\n${lines.join('\n')}\n`
const registerLines = names.map(registerLine)
await writeFile(pathOf('right.csv'), fileOf(registerLines))
await writeFile(pathOf('left.csv'), fileOf(names.slice(0, 1500).map(rowLine)))
await writeFile(pathOf('one.csv'), fileOf([...registerLines, ...names.slice(0, 300).map(rowLine)]))

const found = (paths: { readonly left: string; readonly right: string | undefined }, threads: object) =>
  withTables(
    paths,
    settings,
    control,
    async ({ tables, left, secondThread }) => {
      const { partners, model } = await runSteps(linkTables(tables, settings, { secondThread }), control)
      return { hasSecond: secondThread !== undefined, rows: left.side.rows, partners, model: toLinkModelFile(model) }
    },
    threads,
  )

test('two threads find the same links by the same model as one, to the last bit', async () => {
  const paths = { left: pathOf('left.csv'), right: pathOf('right.csv') }
  const [alone, together] = [await found(paths, { processors: 1 }), await found(paths, inTwoThreads)]
  assert.deepEqual([alone.hasSecond, together.hasSecond], [false, true])
  assert.ok(alone.partners.length > 1400, `${alone.partners.length}`)
  assert.deepEqual(together, { ...alone, hasSecond: true })
})

test('two threads find the same clusters of one file as one', async () => {
  const paths = { left: pathOf('one.csv'), right: undefined }
  const clusters = (threads: object) =>
    withTables(
      paths,
      settings,
      control,
      async ({ tables, secondThread }) =>
        (await runSteps(findClusters(tables, settings, { secondThread }), control)).clusters,
      threads,
    )
  const alone = await clusters({ processors: 1 })
  assert.ok(alone.length > 280, `${alone.length}`)
  assert.deepEqual(await clusters(inTwoThreads), alone)
})

test('what is wrong with a file is refused in the same words by two threads', async () => {
  await writeFile(pathOf('twice.csv'), fileOf([...registerLines, registerLines[5] ?? '']))
  const refusal = (left: string, of: LinkSettings, threads: object) =>
    withTables({ left, right: pathOf('right.csv') }, of, control, async () => 'read', threads).then(
      () => assert.fail('it was read'),
      (error: unknown) => (error instanceof Problem ? [error.code, error.facts] : error),
    )
  const otherColumn: LinkSettings = {
    ...settings,
    fields: settings.fields.map(field => (field.kind === 'name' ? { ...field, left: 'full_name' } : field)),
  }
  for (const [left, of] of [
    [pathOf('twice.csv'), settings],
    [pathOf('none.csv'), settings],
    [pathOf('left.csv'), otherColumn],
  ] as const)
    assert.deepEqual(await refusal(left, of, inTwoThreads), await refusal(left, of, { processors: 1 }))
})
