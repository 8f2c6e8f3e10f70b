import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { toyDice } from '../src/linkage/toy-province.fixture.ts'
import { readCsv } from '../src/platform/csv/read-csv.ts'

const command = new URL('../bin/dinhdanh', import.meta.url).pathname
const root = await mkdtemp(join(tmpdir(), 'dinhdanh-link-'))
after(() => rm(root, { recursive: true, force: true }))

type Ran = { readonly code: number | null; readonly out: string; readonly told: string }

/** Runs the command as a person would; `stopWhen` sends Ctrl-C as soon as stderr says so. */
function run(words: readonly string[], stopWhen?: RegExp): Promise<Ran> {
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, ...env } = process.env
  const child = spawn(process.execPath, [command, 'link', ...words], { env, cwd: root })
  let [out, told, stopped] = ['', '', false]
  child.stdout.on('data', piece => (out += piece))
  child.stderr.on('data', piece => {
    told += piece
    if (stopWhen?.test(told) && !stopped) {
      stopped = true
      child.kill('SIGINT')
    }
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, told })))
}

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(root, name), text)
  return name
}

const pick = <T>(d: ReturnType<typeof toyDice>, list: readonly T[]): T => list[d.below(list.length)] as T
const syllables = 'ba be bri car da del eth fa gan har in jo ka lo mar nel o pen ri san ta ul vi wen'.split(' ')
const aWord = (d: ReturnType<typeof toyDice>) =>
  Array.from({ length: 2 + d.below(3) }, () => pick(d, syllables)).join('')

/** As FEBRL makes them: originals, and for each a copy with slips, swapped dates and values left out. */
function twoFiles(size: number) {
  const d = toyDice(20)
  const givens = Array.from({ length: 200 }, () => aWord(d))
  const surnames = Array.from({ length: 400 }, () => aWord(d))
  const slip = (text: string) => {
    const at = d.below(text.length)
    return d.chance(0.2) ? text.slice(0, at) + 'aeiou'[d.below(5)] + text.slice(at + 1) : text
  }
  const left: string[] = []
  const right: string[] = []
  for (let i = 0; i < size; i++) {
    const [given, surname, street] = [pick(d, givens), pick(d, surnames), `${aWord(d)} street`]
    const [y, m, day] = [
      1930 + d.below(70),
      String(1 + d.below(12)).padStart(2, '0'),
      String(1 + d.below(28)).padStart(2, '0'),
    ]
    const number = String(1_000_000 + d.below(9_000_000))
    left.push([`org-${i}`, given, surname, street, `${y}${m}${day}`, number].join(', '))
    const birth = d.chance(0.1) ? `${m}/${day}/${y}` : `${day}/${m}/${y}`
    right.push(
      [
        `dup-${i}`,
        d.chance(0.1) ? '' : slip(given),
        slip(surname),
        slip(street),
        birth,
        d.chance(0.3) ? '' : number,
      ].join(';'),
    )
  }
  return {
    left: `rec_id, given_name, surname, address, born, soc_sec_id\n${left.join('\n')}`,
    right: `\ufeffmã;tên;họ;địa chỉ;ngày sinh;số\n${right.reverse().join('\n')}\n`,
  }
}

const settings = {
  leftId: 'rec_id',
  rightId: 'mã',
  fields: [
    { left: 'given_name', right: 'tên', kind: 'given-name' },
    { left: 'surname', right: 'họ', kind: 'string' },
    { left: 'address', right: 'địa chỉ', kind: 'string' },
    { left: 'born', right: 'ngày sinh', kind: 'date' },
    { left: 'soc_sec_id', right: 'số', kind: 'number' },
  ],
  blocking: [['soc_sec_id'], ['ngày sinh'], ['surname', 'given_name'], ['địa chỉ']],
  threshold: 0.9,
}
const size = 1000
const files = twoFiles(size)
const [left, right] = [await file('left.csv', files.left), await file('right.csv', files.right)]
const good = await file('settings.json', JSON.stringify(settings))
const leftovers = async () => (await readdir(root)).filter(name => name.endsWith('.partial'))

async function pairsIn(name: string) {
  const rows: Record<string, string>[] = []
  for await (const { values } of readCsv(join(root, name))) if (values) rows.push(values)
  return rows
}

test('two files of different formats are linked without labels, and the model is saved and reused', async () => {
  const { code, out, told } = await run([
    left,
    right,
    '--settings',
    good,
    '--out',
    'pairs.csv',
    '--save-model',
    'model.json',
    '--json',
  ])
  assert.equal(code, 0, told)
  const rows = await pairsIn('pairs.csv')
  assert.deepEqual(Object.keys(rows[0] ?? {}), ['left_id', 'right_id', 'probability', 'weight'])
  const right_ = rows.filter(row => row['left_id']?.slice(4) === row['right_id']?.slice(4)).length
  assert.ok((2 * right_) / (rows.length + size) >= 0.995, `${right_} right of ${rows.length}`)
  assert.equal(new Set(rows.map(row => row['left_id'])).size, rows.length)
  assert.ok(rows.every(row => Number(row['probability']) >= 0.9 && Number(row['weight']) > 0))

  const document = JSON.parse(out)
  assert.equal(document.linked, rows.length)
  assert.deepEqual([document.left.rows, document.right.rows, document.threshold], [size, size, 0.9])
  assert.ok(document.pairsCompared > size && document.expectedFalseLinks < 10 && document.seconds.whole > 0)
  const born = document.model.fields[3]
  assert.equal(born.left, 'born')
  assert.ok(born.levels[0].m > 0.5 && born.levels[0].u < 0.01)
  assert.deepEqual(JSON.parse(await readFile(join(root, 'model.json'), 'utf8')), document.model)

  const again = await run([left, right, '--settings', good, '--out', 'again.csv', '--model', 'model.json'])
  assert.equal(again.code, 0, again.told)
  assert.match(again.out, /of 1000 left rows have a partner/)
  const partnersIn = async (name: string) => (await pairsIn(name)).map(row => `${row['left_id']} ${row['right_id']}`)
  assert.deepEqual(await partnersIn('again.csv'), await partnersIn('pairs.csv'))
})

test('one file, or the same file twice, is searched for rows that are of one thing', async () => {
  const doubled = await file(
    'doubled.csv',
    `${files.left}\n${files.left
      .split('\n')
      .slice(1, 201)
      .map(line => `again-${line}`)
      .join('\n')}`,
  )
  const one = await file(
    'one.json',
    JSON.stringify({
      id: 'rec_id',
      fields: settings.fields.map(({ left: column, kind }) => ({ column, kind })),
      blocking: [['soc_sec_id'], ['born'], ['address']],
    }),
  )
  for (const words of [[doubled], [doubled, `./${doubled}`]]) {
    const { code, out, told } = await run([...words, '--settings', one, '--out', 'clusters.csv', '--json'])
    assert.equal(code, 0, told)
    assert.deepEqual(
      [JSON.parse(out).clusters, JSON.parse(out).rowsInClusters, JSON.parse(out).distinct],
      [200, 400, 1000],
    )
    const rows = await pairsIn('clusters.csv')
    assert.deepEqual(Object.keys(rows[0] ?? {}), ['cluster', 'id', 'partner_id', 'probability', 'weight'])
    assert.ok(
      rows.every(row => row['id'] !== row['partner_id'] && row['id']?.slice(-4) === row['partner_id']?.slice(-4)),
    )
  }
  const twoColumns = await run([doubled, '--settings', good, '--out', 'none.csv'])
  assert.match(twoColumns.told, /link-settings-wrong.*rightId/s)
})

test('faults of the settings are reported with their place, and nothing is written', async () => {
  const wrong = await file('wrong.json', JSON.stringify({ ...settings, threshold: 90, blocking: [['nobody']] }))
  const { code, told } = await run([left, right, '--settings', wrong, '--out', 'none.csv'])
  assert.equal(code, 1)
  assert.match(told, /link-settings-wrong/)
  assert.match(told, /blocking\[0\]\[0\].*threshold/s)

  const missing = await file(
    'missing.json',
    JSON.stringify({
      ...settings,
      fields: [{ left: 'surname', right: 'family', kind: 'string' }],
      blocking: [['surname']],
    }),
  )
  const column = await run([left, right, '--settings', missing, '--out', 'none.csv'])
  assert.equal(column.code, 1)
  assert.match(column.told, /link-column-missing.*right\.csv.*family.*địa chỉ/s)
  assert.ok(!(await readdir(root)).includes('none.csv'))
})

test('missing and repeated ids are refused with their line', async () => {
  const twice = await file('twice.csv', `${files.left}\norg-0, x, y, z, 19300101, 1\n`)
  const ran = await run([twice, right, '--settings', good, '--out', 'none.csv'])
  assert.equal(ran.code, 1)
  assert.match(ran.told, /link-id-twice.*twice\.csv.*rec_id.*1002/s)
  const empty = await file('empty.csv', `${files.left}\n, x, y, z, 19300101, 1\n`)
  assert.match((await run([empty, right, '--settings', good, '--out', 'none.csv'])).told, /link-id-empty/)
})

test('an unusable file is refused before the work, and missing arguments are wrong usage', async () => {
  assert.match(
    (await run(['nowhere.csv', right, '--settings', good, '--out', 'none.csv'])).told,
    /link-file-missing.*nowhere\.csv/s,
  )
  const nowhere = await run([left, right, '--settings', good, '--out', 'no/such/folder/x.csv'])
  assert.match(nowhere.told, /link-folder-unwritable/)
  assert.equal(nowhere.code, 1)
  for (const words of [
    [left],
    [left, right, '--out', 'x.csv'],
    [left, right, '--settings', good],
    [left, right, '--nonsense'],
  ])
    assert.equal((await run(words)).code, 2, words.join(' '))
})

test('Ctrl-C in the middle leaves no file, whole or half', async () => {
  const crowd = (which: string) =>
    `id,name,place\n` +
    `${Array.from(
      { length: 9000 },
      (_, i) => `${which}${i},${pick(toyDice(i), syllables)}${i % 89} ${pick(toyDice(i + 7), syllables)}${i % 97},x`,
    ).join('\n')}\n`
  const slow = await file(
    'slow.json',
    JSON.stringify({
      leftId: 'id',
      rightId: 'id',
      fields: [
        { left: 'name', right: 'name', kind: 'string' },
        { left: 'place', right: 'place', kind: 'exact' },
      ],
      blocking: [['place']],
    }),
  )
  const [a, b] = [await file('a.csv', crowd('a')), await file('b.csv', crowd('b'))]
  const { code, told } = await run([a, b, '--settings', slow, '--out', 'stopped.csv'], /comparing/)
  assert.equal(code, 1)
  assert.match(told, /link-cancelled/)
  assert.deepEqual(await leftovers(), [])
  assert.ok(!(await readdir(root)).includes('stopped.csv'))
})
