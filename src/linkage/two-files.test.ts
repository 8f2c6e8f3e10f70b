import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullNames } from '../names/people.fixture.ts'
import { toByteRows } from '../platform/csv/byte-rows.ts'
import { Problem } from '../platform/problem.ts'
import { Blocks, indexRules } from './blocking/blocks.ts'
import { type LinkSettings, readLinkSettings } from './file-columns/link-settings.ts'
import { encodeTables, type LinkTables, RawSide } from './file-columns/link-table.ts'
import { rawSideOf } from './file-columns/raw-side.fixture.ts'
import { readModel, toLinkModelFile } from './learning/link-model.ts'
import { toyDice } from './toy-province.fixture.ts'
import { type FoundLinks, linkTables } from './two-files.ts'

type Row = readonly [id: string, name: string, birth: string, place: string]

const sideOf = (rows: readonly Row[]): RawSide => rawSideOf(settingsWith().fields, rows)

const settingsWith = (more: object = {}): LinkSettings =>
  readLinkSettings(
    JSON.stringify({
      leftId: 'id',
      rightId: 'id',
      fields: [
        { left: 'name', right: 'name', kind: 'name' },
        { left: 'birth', right: 'birth', kind: 'date' },
        { left: 'place', right: 'place', kind: 'exact' },
      ],
      blocking: [['birth'], ['name']],
      ...more,
    }),
  ).settings

const tablesOf = (left: readonly Row[], right: readonly Row[], settings = settingsWith()): LinkTables =>
  encodeTables(settings.fields, sideOf(left), sideOf(right))

async function finish<T>(steps: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}
const linked = (left: readonly Row[], right: readonly Row[], settings = settingsWith()): Promise<FoundLinks> =>
  finish(linkTables(tablesOf(left, right, settings), settings))

/** People of whom some are written wrongly on the left; the last tenth of the left rows is nobody on the right. */
function twoFiles(size: number, seed: number) {
  const d = toyDice(seed)
  const names = fullNames(size, seed)
  const people = names.map((name, i): Row => {
    const birth =
      `${1990 + d.below(20)}-${String(1 + d.below(12)).padStart(2, '0')}-` +
      `${String(1 + d.below(28)).padStart(2, '0')}`
    return [`r${i}`, name, birth, `c${d.below(30)}`]
  })
  const left = people.map(([id, name, birth, place]): Row => {
    const slip = d.below(10)
    const written = slip === 0 ? name.slice(0, -2) + name.slice(-1) : name
    return [`l${id.slice(1)}`, written, slip === 1 ? `${birth.slice(0, 9)}1` : birth, slip === 2 ? '' : place]
  })
  return { left, right: people.slice(0, Math.floor(size * 0.9)) }
}

const { left, right } = twoFiles(1500, 5)

test('without labels nearly all links are found and hardly any is false', async () => {
  const { partners, shareWithPartner, expectedFalse } = await linked(left, right)
  const wrong = partners.filter(partner => partner.left !== partner.right)
  assert.ok(partners.length - wrong.length > right.length * 0.97, `${partners.length} of ${right.length}`)
  assert.ok(wrong.length <= 2, `${wrong.length} wrong`)
  assert.ok(Math.abs(shareWithPartner - 0.9) < 0.02, `${shareWithPartner}`)
  assert.ok(expectedFalse < 5)
})

test('the order of the rows makes no difference', async () => {
  const pairsOf = ({ partners }: FoundLinks, lefts: readonly Row[], rights: readonly Row[]) =>
    partners.map(partner => `${lefts[partner.left]?.[0]} ${rights[partner.right]?.[0]}`).sort()
  const [backLeft, backRight] = [left.toReversed(), right.toReversed()]
  const [there, back] = [
    pairsOf(await linked(left, right), left, right),
    pairsOf(await linked(backLeft, backRight), backLeft, backRight),
  ]
  assert.ok(there.filter(pair => back.includes(pair)).length >= there.length - 2)
})

test('files without common people give no links', async () => {
  const strangers = twoFiles(1500, 99).right.map(([id, ...rest]): Row => [`x${id}`, ...rest])
  assert.ok((await linked(strangers, right)).partners.length <= 1)
})

test('an empty side, and a side of empty values, give no links and no failure', async () => {
  assert.deepEqual((await linked([], right)).partners, [])
  assert.deepEqual((await linked(left, [])).partners, [])
  assert.deepEqual((await linked([['a', '', '', '']], [['b', '', '', '']])).partners, [])
})

test('two equally good partners are reported, and neither is chosen', async () => {
  const twice = [...right, ...right.slice(0, 5).map(([id, ...rest]): Row => [`${id} again`, ...rest])]
  const found = await linked(left, twice)
  assert.ok(found.tied >= 4, `${found.tied}`)
  assert.ok(found.partners.every(({ right: at }) => at > 4 && at < right.length))
})

test('two left rows may share a partner, unless one-to-one is set: then the better one has it', async () => {
  const at = right.findIndex((row, i) => row.slice(1).join() === left[i]?.slice(1).join())
  const [id = '', name = '', birth = '', place = ''] = right[at] ?? []
  const again: Row = [`${id} again`, `${name}h`, birth, place]
  const doubled = [again, ...left]
  const both = await linked(doubled, right)
  assert.equal(both.shared, 1)
  assert.equal(both.partners.filter(partner => partner.right === at).length, 2)

  const settings = settingsWith({ oneToOne: true })
  const one = await linked(doubled, right, settings)
  assert.deepEqual(
    one.partners.filter(partner => partner.right === at).map(partner => partner.left),
    [at + 1],
  )
  assert.equal(one.shared, 0)
  assert.equal((await linked(doubled, right, settingsWith({ oneToOne: true, threshold: 0 }))).shared, 0)
})

test('a saved model is read back for the same kinds of fields, whatever the column names', async () => {
  const { model, partners } = await linked(left, right)
  const text = JSON.stringify(toLinkModelFile(model))
  const renamed = model.fields.map(field => ({ ...field, left: `${field.left}_x` }))
  const settings = settingsWith()
  const again = await finish(linkTables(tablesOf(left, right), settings, { knownModel: readModel(text, renamed) }))
  assert.equal(again.partners.length, partners.length)
  const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
  assert.throws(() => readModel(text, model.fields.slice(1)), refusal('link-model-unfit'))
  for (const bad of ['', '{}', 'null', text.replace('dinhdanh-link-2', 'other'), text.replace('"m":', '"mm":')])
    assert.throws(() => readModel(bad, model.fields), refusal('link-model-unreadable'), bad.slice(0, 40))
})

test('each pair that a rule joins is compared once, and no other', async () => {
  const tables = tablesOf(left, right)
  const rules = [[1], [0, 2], [2, 1]]
  const blocks = new Blocks(tables, indexRules(tables, rules, 1e9))
  const agree = (at: number, l: number, r: number) => {
    const column = tables.columns[at]
    const groups = column?.values.joinedAs
    const group = groups?.[column?.left[l] ?? 0]
    return group !== 0 && group === groups?.[column?.right[r] ?? 0]
  }
  for (let l = 0; l < 300; l++) {
    const wanted = right.flatMap((_, r) => (rules.some(rule => rule.every(at => agree(at, l, r))) ? [r] : []))
    assert.deepEqual(
      [...blocks.candidatesOf(l)].sort((a, b) => a - b),
      wanted,
    )
    const ofOne = right.flatMap((_, r) => (agree(1, l, r) ? [r] : []))
    assert.deepEqual(
      [...blocks.candidatesOfRule(l, 0)].sort((a, b) => a - b),
      ofOne,
    )
  }
})

test('an excessive rule skips its largest blocks and reports it; only such blocks is an error', async () => {
  const crowded = right.map(([id, name, birth, place], i): Row => [id, name, birth, i < 1000 ? 'same' : place])
  const tables = tablesOf(crowded, crowded)
  const blocks = new Blocks(tables, indexRules(tables, [[2]], 100_000))
  const [report] = blocks.reports
  assert.deepEqual([report?.blocksLeftOut, report?.pairsLeftOut], [1, 1_000_000])
  assert.ok((report?.pairs ?? 0) > 0)
  assert.equal(blocks.candidatesOf(0).length, 0)
  assert.ok(blocks.candidatesOf(1200).length > 0)

  const settings = settingsWith({ blocking: [['place']] })
  const refused = finish(linkTables(tables, settings, { maxPairs: 1 }))
  await assert.rejects(refused, error => error instanceof Problem && error.code === 'link-blocks-too-large')
})

test('the first row with a missing or repeated id is reported', () => {
  const faultOf = (...ids: string[]) => {
    const rows = ids.map(id => [id, 'An'])
    return new RawSide([{ kind: 'exact' }]).add(toByteRows(rows, [...rows.keys()]), { id: 0, fields: [1] })
  }
  assert.equal(faultOf('a', 'b', 'c'), undefined)
  assert.deepEqual(faultOf('a', '', 'a'), { row: 1, fault: 'empty' })
  assert.deepEqual(faultOf('a', 'b', 'a', ''), { row: 2, fault: 'twice' })
})
