import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatPartialDay } from '../../src/platform/day.ts'
import { Problem } from '../../src/platform/problem.ts'
import { readGrids } from '../../src/rolls/reading/grid.ts'
import { previewOf } from '../../src/rolls/reading/preview.ts'
import type { Pupil } from '../../src/rolls/reading/pupil.ts'
import { readRoll } from '../../src/rolls/reading/read-roll.ts'
import { shapes } from './shapes.ts'

/** Name, birth date, number, class and status, with the defects that the row is told to have. */
function told({ name, birth, number, class: inClass, given, standing }: Pupil): string {
  const status = [
    given.status ?? '-',
    standing?.on && !given.doubt ? formatPartialDay(standing.on) : '',
    given.doubt === undefined ? '' : '?',
    given.numberCut && 'cut',
    given.brokenCells && 'broken',
    given.foreign && 'foreign',
  ]
  const texts = [name, birth ? formatPartialDay(birth) : '-', number.number ?? number.kind, inClass ?? '-']
  return [...texts, status.filter(Boolean).join(' ')].join(' | ')
}

async function read(content: Buffer) {
  const file = await readGrids(content)
  return { file, reading: readRoll(file, 2022) }
}

test('sixty shapes of rolls and more are listed, each once', () => {
  assert.ok(shapes.length >= 60)
  assert.equal(new Set(shapes.map(({ name }) => name)).size, shapes.length)
})

for (const { name, content, file = '', refused, pupils, left = [], warnings = [] } of shapes)
  test(`a roll's shape: ${name}`, async () => {
    const bytes = await content()
    if (refused) {
      await assert.rejects(read(bytes), error => error instanceof Problem && error.code === refused)
      return
    }
    const { file: grids, reading } = await read(bytes)
    assert.deepEqual(reading.pupils.map(told), pupils)
    assert.deepEqual(reading.left.map(told), left)
    assert.deepEqual(
      previewOf(file, reading).warnings.map(({ code }) => code),
      warnings,
    )

    // Nothing is dropped: each line that holds something is a pupil's, or is named with the reason why not.
    const seen = new Set(
      [...reading.pupils, ...reading.left, ...reading.notPupils].map(one => `${one.sheet} ${one.row}`),
    )
    const filled = grids.grids.flatMap(({ name: sheet, rows }) => rows.map(({ row }) => `${sheet} ${row}`))
    assert.deepEqual(
      filled.filter(line => !seen.has(line)),
      [],
    )
  })
