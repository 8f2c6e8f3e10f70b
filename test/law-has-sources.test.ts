import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { showLaw } from '../src/cli/law/law.ts'
import { isInForceOn, lawTable } from '../src/law-table.ts'
import { laws } from '../src/laws.ts'
import { asDay } from '../src/platform/day.ts'
import { builtInLaw, law, type Rule } from '../src/platform/law.ts'
import { terminalAnswerOf } from './terminal-answer.ts'

const firstDay = '2021-01-01'

const rulesOf = (file: object) =>
  Object.values(file).filter(
    (one): one is Rule => typeof one === 'object' && one !== null && 'id' in one && 'rows' in one,
  )

test('the table of law has every rule of every law.ts, and no other file states one', async () => {
  const files = await readdir(new URL('../src', import.meta.url), { recursive: true })
  const stated = new Set<string>()
  const elsewhere: string[] = []
  for (const file of files.filter(name => name.endsWith('.ts') && !name.includes('.test'))) {
    if (file === join('platform', 'law.ts') || file.startsWith('cli')) continue
    const text = await readFile(new URL(`../src/${file}`, import.meta.url), 'utf8')
    if (!/= (law|policy)(<[^=]*>)?\(/.test(text)) continue
    if (!file.endsWith('law.ts')) elsewhere.push(file)
    for (const { id } of rulesOf(await import(new URL(`../src/${file}`, import.meta.url).href))) stated.add(id)
  }
  assert.deepEqual(elsewhere, [])
  assert.ok(stated.size > 100)
  assert.deepEqual([...stated].sort(), laws.map(({ id }) => id).sort())
})

test('each row in force on a day since 2021 names its article and source', () => {
  const lacking = lawTable(builtInLaw)
    .filter(({ until, lacks }) => (until === null || until >= firstDay) && lacks.length > 0)
    .map(({ rule, from }) => `${rule} ${from}`)
  assert.deepEqual(lacking, [], 'name article and source of the act in the law.ts')
})

test('a row without its article or its source is told apart from a decision of the house', () => {
  const rules = [
    law('tried.sourced', [{ from: '2023-01-01', value: 1, article: 'Art. 1', source: 'TT1/2023', confidence: 'low' }]),
    law('tried.no-article', [{ from: '2023-01-01', value: 1, source: 'TT1/2023' }]),
    law('tried.no-source', [{ from: '2023-01-01', value: 1, article: 'Art. 1', source: '' }]),
    law('tried.decided', [{ from: '', value: 1, source: 'house' }]),
  ]
  assert.deepEqual(
    lawTable(builtInLaw, rules).map(({ lacks, confidence }) => [lacks, confidence]),
    [
      [[], 'low'],
      [['article'], null],
      [['source'], null],
      [[], null],
    ],
  )
})

test('of each rule one row is in force on a day, an installation’s in the place of the program’s', () => {
  const lawRows = new Map([['cards.due-age', [{ from: asDay('2024-07-01'), value: 12, source: 'QĐ1/2024' }]]])
  for (const day of ['2023-04-20', '2024-06-30', '2024-07-01', '2026-11-29'].map(asDay)) {
    const rows = lawTable({ lawRows }).filter(row => isInForceOn(row, day))
    assert.equal(new Set(rows.map(({ rule }) => rule)).size, rows.length)
    assert.equal(rows.find(({ rule }) => rule === 'cards.due-age')?.by, day < '2024-07-01' ? 'program' : 'installation')
  }
  const ever = laws.filter(({ rows }) => rows[0]?.from === '').length
  assert.equal(lawTable(builtInLaw).filter(row => isInForceOn(row, asDay('1990-01-01'))).length, ever)
})

test('`law --json` has every row; --day, --rule and --missing leave out the others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-law-table-'))
  try {
    const header = 'rule,from,value,article,source,verified_on,confidence\n'
    await writeFile(join(folder, 'law.csv'), `${header}cards.due-age,2026-01-01,15,,QĐ1/2026,,low\n`)
    const show = async (values: Record<string, string | boolean>) => {
      const given = { folder, positionals: [], json: values['json'] === true, values }
      return terminalAnswerOf(() => showLaw(given))
    }
    const rowsOf = async (values: Record<string, string | boolean>) =>
      JSON.parse(await show({ ...values, json: true })) as { rule: string; from: string; confidence: string | null }[]
    assert.equal((await rowsOf({})).length, laws.flatMap(({ rows }) => rows).length + 1)
    const own = (await rowsOf({ missing: true })).filter(({ rule }) => rule === 'cards.due-age')
    assert.deepEqual([own.length, own[0]?.confidence], [1, 'low'])
    const cards = await rowsOf({ rule: 'cards', day: '2025-12-31' })
    assert.ok(cards.every(({ rule }) => rule.startsWith('cards.')))
    assert.equal(cards.find(({ rule }) => rule === 'cards.due-age')?.from, '2024-07-01')
    assert.match(
      await show({ rule: 'cards.due-age' }),
      /2026-01-01: 15 \(QĐ1\/2026; not compared; confidence low; of law\.csv; LACKS article\)\n/,
    )
    await writeFile(join(folder, 'holidays.csv'), 'date,name,kind,source\n2027-02-05,Tết,holiday,TB1/2026\n')
    const ofUnits = await rowsOf({ rule: 'units' })
    assert.deepEqual(
      ofUnits.filter(({ rule }) => rule === 'units.own-days').map(({ from }) => from),
      ['2027-02-05'],
    )
    assert.equal((await rowsOf({ rule: 'units.own-days', day: '2027-02-06' })).length, 0)
    assert.match(
      await show({ rule: 'units.own-days' }),
      /2027-02-05 to 2027-02-05: \{"kind":"holiday","name":"Tết"\} \(TB1\/2026; not compared; of holidays\.csv\)\n/,
    )
    await assert.rejects(show({ rule: 'cards.no-such' }), /no rule is called "cards.no-such"/)
    await assert.rejects(show({ day: '2025-02-30' }), /--day takes a day/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
