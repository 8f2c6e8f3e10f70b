import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { test } from 'node:test'
import { functionsNamedTwice, longLines, longTestNames, typesNamedTwice } from './names-and-lines.ts'

type Table = Readonly<Record<string, readonly string[]>>
// A string that is no literal: the table is JavaScript, read by the import rules too.
const table = '../floors.mjs'
const { floors, joining, rooms, tops } = (await import(table)) as {
  floors: readonly (readonly string[])[]
  joining: readonly string[]
  rooms: Table
  tops: Table
}

const mostFilesInAFolder = 25

const isSource = (file: string) =>
  !/\.(test|fixture)\.tsx?$|\.test-[a-z]+\.ts$|\.d\.ts$|^web\/dist\/|node_modules/.test(file)

/** Folders with more source files than one can take in at a glance. */
function crowded(files: readonly string[], most = mostFilesInAFolder): string[] {
  const counts = new Map<string, number>()
  for (const file of files.filter(isSource)) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > most).map(([folder, count]) => `${folder}: ${count} files`)
}

/** Does a file open with a comment, before or right after its imports? */
const opensWithComment = (text: string) =>
  /^(\/\*|\/\/)/.test(text) || /^(\/\*|\/\/)/.test(text.replace(/^import [\s\S]*? from '[^']+'\n/gm, '').trimStart())

/** Rooms without a front file that bears their name and opens with a comment. */
const withoutFront = (places: readonly (readonly [front: string, text: string | undefined])[]) =>
  places.filter(([, text]) => text === undefined || !opensWithComment(text)).map(([front]) => front)

test('no folder holds more than 25 source files', () => {
  const files = globSync('{src,web,synth,bench,relying-parties,centre}/**/*.{ts,tsx}')
  assert.ok(files.length > 1000)
  assert.deepEqual(crowded(files), [])
})

test('a crowded folder is found, whatever tests lie in it', () => {
  const files = ['a/one.ts', 'a/two.ts', 'a/three.ts', 'b/one.ts', 'b/two.ts', 'b/two.test.ts', 'b/three.fixture.ts']
  assert.deepEqual(crowded(files, 2), ['a: 3 files'])
})

test('each folder of src is a context with a floor, or joins contexts', () => {
  const folders = globSync('src/*/').map(folder => basename(folder))
  const known = [...floors.flat(), ...joining]
  assert.deepEqual(
    folders.filter(folder => !known.includes(folder)),
    [],
  )
})

test('each folder of a context is a room with a place in its order, and each room exists', () => {
  const found = globSync('src/*/*/')
    .map(folder => folder.split('/').slice(1, 3).join('/'))
    .filter(folder => !joining.includes(dirname(folder)))
  const listed = Object.entries(rooms).flatMap(([context, inOrder]) => inOrder.map(room => `${context}/${room}`))
  assert.deepEqual([...found].sort(), [...listed].sort())
})

test('the files that join the rooms of a context exist', () => {
  const places = Object.entries(tops).flatMap(([context, files]) => files.map(file => `src/${context}/${file}`))
  assert.deepEqual(
    places.filter(place => !existsSync(place)),
    [],
  )
})

test('each room has a front file of its name that opens by saying what is done there', () => {
  // Shelves of a library: each file of these may be read by itself.
  const shelves = ['platform', 'names', 'chip']
  const fronts = Object.entries(rooms)
    .filter(([context]) => !shelves.includes(context))
    .flatMap(([context, inOrder]) => inOrder.map(room => `src/${context}/${room}/${room}.ts`))
  assert.deepEqual(
    withoutFront(fronts.map(front => [front, existsSync(front) ? readFileSync(front, 'utf8') : undefined] as const)),
    [],
  )
})

test('a room without a front file, or with one that says nothing, is found', () => {
  assert.deepEqual(
    withoutFront([
      ['src/a/b/b.ts', undefined],
      ['src/a/c/c.ts', 'export const c = 1\n'],
      ['src/a/d/d.ts', '/** Rows come in. */\nexport const d = 1\n'],
    ]),
    ['src/a/b/b.ts', 'src/a/c/c.ts'],
  )
})

const readAll = (files: readonly string[]) => files.map(file => ({ file, text: readFileSync(file, 'utf8') }))
const everyFile = () =>
  globSync('{src,web,synth,bench,relying-parties,centre,test,e2e,db,bin}/**/*.{ts,tsx,mjs}').filter(
    file => !/^web\/dist\/|node_modules/.test(file),
  )

test('an exported type has a name of its own in src, and a function in its context', () => {
  const sources = readAll(globSync('src/**/*.ts').filter(isSource))
  assert.ok(sources.length > 700)
  assert.deepEqual(typesNamedTwice(sources), [])
  assert.deepEqual(functionsNamedTwice(sources), [])
})

test('a type named twice is found, and a function named twice in one context', () => {
  const sources = [
    { file: 'src/a/one.ts', text: 'export type Row = string\nfunction read() {}\nconst add = (n: number) => n + 1' },
    { file: 'src/a/b/two.ts', text: 'export interface Row {}\nexport const read = async () => {}\nconst add = 2' },
    { file: 'src/c/three.ts', text: 'type Row = number\nexport function add() {}' },
  ]
  assert.deepEqual(typesNamedTwice(sources), ['Row: src/a/one.ts, src/a/b/two.ts'])
  assert.deepEqual(functionsNamedTwice(sources), ['a read: src/a/one.ts, src/a/b/two.ts'])
})

test('no line is over the width, and no name of a test over 100 characters', () => {
  const sources = readAll(everyFile())
  assert.ok(sources.length > 1500)
  assert.deepEqual(longLines(sources), [])
  assert.deepEqual(
    sources.flatMap(source => longTestNames(source)),
    [],
  )
})

test('a line over the width is found, and a long name of a test', () => {
  const name = 'x'.repeat(101)
  assert.deepEqual(longLines([{ file: 'a.ts', text: `${'ư'.repeat(120)}\n${'ư'.repeat(121)}` }]), ['a.ts:2'])
  assert.deepEqual(longTestNames({ file: 'a.ts', text: `test('short', x)\ntest('${name}', x)` }), [`a.ts: ${name}`])
  const sum = `test(\n  '${'y'.repeat(60)}' +\n    '${'y'.repeat(41)}',\n  x)`
  assert.deepEqual(longTestNames({ file: 'a.ts', text: sum }), [`a.ts: ${'y'.repeat(101)}`])
})
