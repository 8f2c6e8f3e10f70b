import assert from 'node:assert/strict'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, mock, test } from 'node:test'
import { emptyDatabase, templates } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import type { AuditFinding } from '../../audit/finding.ts'
import { verificationOf } from '../../audit-verification.ts'
import { asOperator, type House, openHouse } from '../../open-house.ts'
import { newId } from '../../platform/ids.ts'

/** The file of heads over years: its parts, its idle days, and what is told of parts that are not there. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-heads-'))
after(() => rm(folder, { recursive: true }))
afterEach(() => mock.timers.reset())

async function anInstallation(): Promise<House> {
  const url = await emptyDatabase(templates.migrated)
  const data = await mkdtemp(join(folder, 'data-'))
  const house = await openHouse({ folder: data, purpose: 'command', environment: { DATABASE_URL: url } })
  after(() => house.close())
  return house
}

const setClock = (at: string) => {
  mock.timers.reset()
  mock.timers.enable({ apis: ['Date'], now: new Date(at) })
}

const readSomebody = (house: House) =>
  house.openWork({ ...asOperator('register'), scope: 'house' }, work =>
    audit.noteReading(work, [newId<'person'>()], ['identity']),
  )

/** Somebody is read at each of these times, and the heads are kept. */
async function keepAt(house: House, times: readonly string[]) {
  for (const at of times) {
    setClock(at)
    await readSomebody(house)
    await house.keepHeads()
  }
}

async function findings(house: House, heads: readonly string[] = []): Promise<AuditFinding[]> {
  const given = await verificationOf(house, { heads })
  const report = await house.openWork({ ...asOperator('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, given),
  )
  return [...report.findings]
}

const partsOf = async (dir: string) => (await readdir(dir)).filter(name => name.startsWith('heads')).sort()

const threeMonths = [
  '2026-10-30T01:00:00Z',
  '2026-10-31T01:00:00Z',
  '2026-11-01T01:00:00Z',
  '2026-11-02T01:00:00Z',
  '2026-11-03T01:00:00Z',
  '2026-12-01T01:00:00Z',
]

test('each month begins another file of heads, and all are verified as one', async () => {
  const house = await anInstallation()
  await keepAt(house, threeMonths)
  assert.deepEqual(await partsOf(house.folder), [
    'heads-2026-11.jsonl',
    'heads-2026-12.jsonl',
    'heads.jsonl',
    'heads.key',
  ])
  assert.deepEqual(await findings(house), [])
  assert.deepEqual(await findings(house, [join(house.folder, 'heads.jsonl')]), [], 'one of its own stands for all')

  const copy = await mkdtemp(join(folder, 'copy-'))
  for (const name of await partsOf(house.folder)) await copyFile(join(house.folder, name), join(copy, name))
  assert.deepEqual(await findings(house, [copy]), [])
  const files = (await partsOf(copy)).filter(name => name.endsWith('.jsonl')).map(name => join(copy, name))
  assert.deepEqual(await findings(house, files), [], 'in whatever order they are given')
  await assert.rejects(findings(house, [copy, house.folder]), { code: 'heads-given-twice' })
  await assert.rejects(findings(house, [join(copy, 'none.jsonl')]), { code: 'heads-unreadable' })
  await assert.rejects(findings(house, [await mkdtemp(join(folder, 'empty-'))]), { code: 'heads-unreadable' })
})

test('an installation in which nothing happens writes one line of heads a day', async () => {
  const house = await anInstallation()
  await keepAt(house, ['2026-10-01T00:00:00Z'])
  for (let minute = 1; minute < 3 * 24 * 60; minute += 90) {
    setClock(new Date(Date.parse('2026-10-01T00:00:00Z') + minute * 60_000).toISOString())
    await house.keepHeads()
  }
  const lines = (await readFile(join(house.folder, 'heads.jsonl'), 'utf8')).trimEnd().split('\n')
  assert.equal(lines.length, 3)
  assert.deepEqual(await findings(house), [])
})

test('a part of the heads that was moved away, cut or replaced is named by its lines', async () => {
  const house = await anInstallation()
  await keepAt(house, threeMonths)
  const archive = join(folder, 'archive')
  const [old, moved] = [join(house.folder, 'heads.jsonl'), join(archive, 'heads.jsonl')]
  await mkdir(archive)
  await rename(old, moved)
  const [gone] = await findings(house)
  assert.deepEqual([gone?.kind, gone?.seq, gone?.count], ['heads-cut', 1, 2])
  assert.deepEqual(await findings(house, [archive, house.folder]), [], 'both folders together have all')

  await symlink(moved, old)
  assert.deepEqual(await findings(house), [], 'a link leads to it')
  await rename(archive, `${archive}-unplugged`)
  assert.deepEqual(await findings(house), [{ kind: 'heads-away', id: old }])
  await keepAt(house, ['2026-12-02T01:00:00Z'])
  assert.deepEqual(await findings(house), [{ kind: 'heads-away', id: old }], 'the file goes on meanwhile')
  assert.deepEqual(await findings(house, [`${archive}-unplugged`, house.folder]), [])

  const middle = join(house.folder, 'heads-2026-11.jsonl')
  const lines = (await readFile(middle, 'utf8')).trimEnd().split('\n')
  await writeFile(middle, `${lines.toSpliced(1, 1).join('\n')}\n`)
  const cut = (await findings(house)).filter(({ kind }) => kind === 'heads-cut')
  assert.deepEqual(
    cut.map(({ seq, count }) => [seq, count]),
    [[4, 1]],
  )
  await writeFile(middle, '{"away": "a folder", "heads": []}\nnull\n')
  assert.deepEqual([...new Set((await findings(house)).map(({ kind }) => kind))].sort(), [
    'heads-away',
    'heads-cut',
    'heads-unsigned',
  ])
})

test('a clock that was ahead for a time does not bring the heads out of order', async () => {
  const house = await anInstallation()
  await keepAt(house, ['2026-11-30T01:00:00Z', '2027-03-01T01:00:00Z', '2026-12-01T01:00:00Z', '2027-01-01T01:00:00Z'])
  assert.deepEqual((await partsOf(house.folder)).slice(0, 2), ['heads-2027-03.jsonl', 'heads.jsonl'])
  assert.deepEqual(
    (await findings(house)).filter(({ kind }) => kind.startsWith('heads')),
    [],
  )
})

test('of a million findings about heads the first are named and the others counted', async () => {
  const house = await anInstallation()
  await keepAt(house, ['2026-10-01T00:00:00Z'])
  const file = join(house.folder, 'heads.jsonl')
  await writeFile(file, `${await readFile(file, 'utf8')}${'{"heads":[]}\n'.repeat(5000)}`)
  const found = await findings(house)
  assert.equal(found.length, 101)
  assert.deepEqual(found.at(-1), { kind: 'heads-unsigned', count: 4900 })
})

test('own heads that the disk does not give are refused by name, not taken for none', async () => {
  const house = await anInstallation()
  await keepAt(house, ['2026-10-01T00:00:00Z'])
  const file = join(house.folder, 'heads.jsonl')
  await rename(file, `${file}.aside`)
  await mkdir(file)
  await assert.rejects(findings(house), { code: 'heads-unreadable' })
  await rm(file, { recursive: true })
  await symlink(file, file)
  await assert.rejects(findings(house), { code: 'heads-unreadable' })
})
