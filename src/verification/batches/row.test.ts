import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineCutter } from './lines.ts'
import { outputHeader, outputLine, readHeader, readRow } from './row.ts'

const linesOf = (text: string, step = Number.POSITIVE_INFINITY) => {
  const cutter = lineCutter()
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += step) cutter.push(bytes.subarray(at, at + step))
  cutter.finish()
  return cutter.take(100)
}
const wanted = { number: '022205000001', names: ['Nguyễn Văn An'], birth: { y: 2005, m: 3, d: 15 } }
const object = { person_number: '022205000001', full_name: 'Nguyễn Văn An', birth_date: '2005-03-15' }

test('a batch with any delimiter is read when some or all fields are quoted, with blanks around them', () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    const header = readHeader(['"person_number"', ' "full_name" ', 'birth_date', '"sex"', '"ref"'].join(delimiter))
    assert.deepEqual(header, { columns: ['person_number', 'full_name', 'birth_date', 'sex', 'ref'], delimiter })
    const row = (...cells: string[]) => readRow(cells.join(delimiter), header)
    const of = JSON.stringify(delimiter)
    assert.deepEqual(
      row('"022205000001"', '"Nguyễn Văn An"', '"2005-03-15"', '""', '"a"'),
      { ref: 'a', request: wanted },
      of,
    )
    assert.deepEqual(
      row(' "022205000001" ', '  "Nguyễn Văn An"', '2005-03-15', '', `"a${delimiter}""1"""`),
      { ref: `a${delimiter}"1"`, request: wanted },
      of,
    )
    assert.deepEqual(row('022205000001', '"Nguyễn Văn An"', '"2005-03-15"', '', ''), { request: wanted }, of)
    assert.deepEqual(row('"022205000001"x', 'Nguyễn Văn An', '2005-03-15', '', ''), { error: 'row-unreadable' }, of)
    const [answer = ''] = [
      outputLine({ row: 1, ref: `a${delimiter}b`, outcome: { matched: true, differs: [] } }, header),
    ]
    assert.equal(answer, `1${delimiter}"a${delimiter}b"${delimiter}true${delimiter.repeat(4)}\n`)
    assert.equal(outputHeader(header).split(delimiter).length, 7)
  }
})

test('a byte order mark before the first row is skipped in pieces of any length; later ones are refused', () => {
  const text = `\ufeff${JSON.stringify(object)}\n${JSON.stringify(object)}\n`
  for (const step of [1, 2, 1000]) {
    const lines = linesOf(text, step)
    assert.deepEqual(
      lines.map(line => readRow(line.text, undefined)),
      [{ request: wanted }, { request: wanted }],
    )
    assert.equal(lines.at(-1)?.end, Buffer.byteLength(text))
  }
  assert.deepEqual(
    linesOf(`\ufeff\n${JSON.stringify(object)}`).map(line => readRow(line.text, undefined)),
    [{ request: wanted }],
  )
  const [, second] = linesOf(`${JSON.stringify(object)}\n\ufeff${JSON.stringify(object)}`)
  assert.deepEqual(readRow(second?.text ?? '', undefined), { error: 'row-unreadable' })
})

test('an object that has a name twice is refused, however the name is written', () => {
  const read = (text: string) => readRow(text, undefined)
  const body = JSON.stringify(object).slice(1, -1)
  assert.deepEqual(read(`{${body},"ref":"a","person_number":"022205000002"}`), { ref: 'a', error: 'member-twice' })
  assert.deepEqual(read(`{${body}, "person\\u005fnumber" : "022205000001"}`), { error: 'member-twice' })
  assert.deepEqual(read(`{${body},"ref":"a","ref":"b"}`), { error: 'member-twice' })
  assert.deepEqual(read(`{${body},"note":"x","note":"y"}`), { error: 'member-twice' })
  for (const note of [
    '{"a":1,"b":[2,3],"a":{}}',
    '"a, \\"person_number\\": \\\\"',
    '[1,{"a":2,"b":3}]',
    '{}',
    '[]',
    '"}"',
  ])
    assert.deepEqual(read(`{${body},"note":${note},"ref":7}`), { ref: 7, request: wanted }, note)
  assert.deepEqual(read('{}').error, 'input-wrong')
})
