import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Box, labelsOf, neighbour, outlineOf, type Place } from './tile-outline.ts'

const place = (col: number, row: number, group: string | null): Place => ({ col, row, group })

const edges = (path: string) => path.split('M').filter(Boolean).length

test('an outline runs where a district ends, and not between two tiles of one', () => {
  assert.equal(edges(outlineOf([place(0, 0, 'a'), place(1, 0, 'a')], 20)), 6)
  assert.equal(edges(outlineOf([place(0, 0, 'a'), place(1, 0, 'b')], 20)), 7)
})

test('without districts only the outer edge is drawn', () => {
  assert.equal(edges(outlineOf([place(0, 0, null), place(1, 0, null)], 20)), 6)
})

const province = (map: string): Place[] =>
  readFileSync(join(import.meta.dirname, '../../../../db/reference/tiles.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','))
    .filter(([of]) => of === map)
    .map(([, , , district, col, row]) => place(Number(col), Number(row), district || null))

const meets = (a: Box, b: Box) =>
  a.x + 0.01 < b.x + b.w && b.x + 0.01 < a.x + a.w && a.y + 0.01 < b.y + b.h && b.y + 0.01 < a.y + a.h

test('on the map of 2023 the names of the 13 districts stand on no tile and on no other name', () => {
  const places = province('2023')
  const groups = [...new Set(places.map(({ group }) => group!))]
  assert.equal(groups.length, 13)
  const labels = labelsOf(places, new Map(groups.map((group, at) => [group, 1.6 + (at % 3) * 0.5])), 0.8, 28)
  const boxes = [...labels.values()]
  for (const [at, box] of boxes.entries()) {
    assert.ok(
      !places.some(({ col, row }) => meets(box, { x: col, y: row, w: 1, h: 1 })),
      `a name stands on a tile: ${JSON.stringify(box)}`,
    )
    assert.ok(!boxes.some((other, of) => of !== at && meets(box, other)), 'two names meet')
    assert.ok(box.x > -2 && box.x + box.w < 30)
  }
})

test('arrow keys reach every tile of the province, over water too', () => {
  const places = province('2023')
  const seen = new Set([0])
  for (const at of seen)
    for (const [dc, dr] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const)
      seen.add(neighbour(places, at, dc, dr))
  assert.equal(seen.size, 177)
})

test('at the edge the cursor stays where it is', () => {
  assert.equal(neighbour([place(0, 0, 'a'), place(1, 0, 'a')], 1, 1, 0), 1)
})
