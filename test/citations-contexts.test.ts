import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { applicationStates } from '../src/enrolment/application.ts'
import { envelopeKinds } from '../src/exchange/envelope/envelope.ts'
import { deedWords, sayDeed } from '../src/inspection/words-deed.ts'

/** Each context has a page, `src/<context>/README.md`, which keeps to what its folder, its deeds and its tables are. */

type Floors = { readonly floors: readonly string[][]; readonly rooms: Readonly<Record<string, readonly string[]>> }
// A settings file without types: its path is a value, so that the compiler does not ask for them.
const settings = '../floors.mjs'
const { floors, rooms } = (await import(settings)) as Floors

const root = join(import.meta.dirname, '..')
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const contexts = floors.flat().filter(context => existsSync(join(root, 'src', context)))
const pageOf = (context: string) => `src/${context}/README.md`
const roomsOf = (context: string): readonly string[] => rooms[context] ?? []

const name = /[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*/.source
const nounOf = (deed: string) => deed.slice(0, deed.indexOf('.'))

/** What stands between the parentheses of a call that begins at `from`. */
function argumentsFrom(text: string, from: number): string {
  let depth = 1
  let to = from
  while (depth > 0 && to < text.length) depth += { '(': 1, ')': -1 }[text[to++] ?? ''] ?? 0
  return text.slice(from, to)
}

/**
 * The deeds that sources record: names in calls of `record`, and names of the same nouns elsewhere, such as tables of
 * state → deed. What bears the context's own name beside is a right or a reading.
 */
export function deedsIn(context: string, sources: readonly string[]): string[] {
  const texts = sources.map(text => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, ''))
  const namesIn = (text: string) => [...text.matchAll(new RegExp(`'(${name})'`, 'g'))].map(([, deed = '']) => deed)
  const recorded = texts.flatMap(text =>
    [...text.matchAll(/\brecord\w*\(/g)].flatMap(({ 0: call, index }) =>
      namesIn(argumentsFrom(text, index + call.length)),
    ),
  )
  const nouns = new Set(recorded.map(nounOf).filter(noun => noun !== context))
  return [...new Set([...recorded, ...texts.flatMap(namesIn).filter(deed => nouns.has(nounOf(deed)))])].sort()
}

const deedsOf = (context: string) =>
  deedsIn(
    context,
    globSync(`src/${context}/**/*.ts`, { cwd: root })
      .filter(file => !/\.(test|fixture)\b|\.test-|\/(words|contract)[\w-]*\.ts$/.test(file))
      .map(textOf),
  )

const tablesOf = (context: string) =>
  [...textOf('db/schema.sql').matchAll(new RegExp(`^table (${context}\\.\\w+)`, 'gm'))].map(([, table = '']) => table)

/** Names in code spans; `.approved` after `card.applied` is `card.approved`. */
export function namedIn(page: string): Set<string> {
  const named = new Set<string>()
  let noun = ''
  for (const [, span = ''] of page.matchAll(/`([^`\n]+)`/g)) {
    if (/^[a-z-]+\./.test(span)) noun = nounOf(span)
    named.add(span.startsWith('.') ? noun + span : span)
  }
  return named
}

test('each context has a page of 15 to 40 lines that names its rooms in order, its deeds and its tables', () => {
  assert.ok(contexts.length >= 19)
  const wrong = contexts.flatMap(context => {
    if (!existsSync(join(root, pageOf(context)))) return [`${pageOf(context)} is missing`]
    const page = textOf(pageOf(context))
    const lines = page.trimEnd().split('\n').length
    const named = namedIn(page)
    const missing = [...roomsOf(context).map(room => `${room}/`), ...deedsOf(context), ...tablesOf(context)]
      .filter(each => !named.has(each))
      .map(each => `${pageOf(context)} does not name ${each}`)
    const listed = [...page.matchAll(/^(?:- |\| )`([a-z-]+)\/`/gm)].map(([, room = '']) => room)
    return [
      ...missing,
      ...(lines < 15 || lines > 40 ? [`${pageOf(context)} has ${lines} lines`] : []),
      ...(listed.join() === roomsOf(context).join() ? [] : [`${pageOf(context)} has its rooms as ${listed}`]),
    ]
  })
  assert.deepEqual(wrong, [])
})

/** What the paragraph of a page says of deeds, which names those too whose name is put together. */
function deedsSaidIn(page: string): string[] {
  const [, paragraph = ''] = /^Deeds: ([\s\S]*?)(?:\bTables?:|\n\n)/m.exec(page) ?? []
  return [...namedIn(paragraph)].filter(one => new RegExp(`^${name}$`).test(one) && !one.endsWith('.ts'))
}

/** Of no context: src/laws.ts. */
const deedsOfTheHouse = ['law.changed']

test('each deed has a name in words, and no name is of a deed that nobody does', () => {
  const done = new Set([
    ...deedsOfTheHouse,
    ...contexts.flatMap(context => [...deedsOf(context), ...deedsSaidIn(textOf(pageOf(context)))]),
  ])
  for (const state of applicationStates) done.add(`application.${state}`)
  // What the centre is sent has names of the same form, and is no deed.
  for (const kind of envelopeKinds) done.delete(kind)
  const ofNobody = Object.keys(deedWords).filter(deed => !done.has(deed))
  assert.deepEqual([[...done].filter(deed => sayDeed('vi')(deed) === deed).sort(), ofNobody], [[], []])
  for (const at of [0, 1]) {
    const names = Object.values(deedWords).map(pair => pair[at])
    assert.deepEqual(
      names.filter((one, index) => names.indexOf(one) !== index),
      [],
      'two deeds of one name',
    )
  }
})

test('a deed is found in a call of record and in a table beside it, and a right is none', () => {
  const sources = [
    "await audit.record(\n  work,\n  late ? 'card.blocked' : 'card.lost', subject(work))",
    "const deeds = { made: 'card.made' } // never 'card.ghost'",
    "may(work, 'cards.block'); on('person.died')",
  ]
  assert.deepEqual(deedsIn('cards', sources), ['card.blocked', 'card.lost', 'card.made'])
  assert.ok(namedIn('`card.made`, `.lost`').has('card.lost'))
})

const functionsOf = (context: string) =>
  [...textOf('db/schema.sql').matchAll(/^CREATE OR REPLACE FUNCTION (\w+\.\w+)/gm)]
    .map(([, called = '']) => called)
    .filter(called => nounOf(called) === context.replaceAll('-', '_'))

/** Names as `namedIn` finds them; those of a schema have underscores, which its `.short` form keeps. */
function functionsNamedIn(page: string): Set<string> {
  const named = new Set<string>()
  let schema = ''
  for (const [, span = ''] of page.matchAll(/`([^`\n]+)`/g)) {
    if (/^[a-z_]+\.[a-z_]+$/.test(span)) schema = nounOf(span)
    named.add(span.startsWith('.') ? schema + span : span)
  }
  return named
}

test('the page of a context names the functions that it has in the database, where rules may stand', () => {
  const all = contexts.flatMap(context => functionsOf(context))
  assert.ok(all.length > 40)
  const missing = contexts.flatMap(context => {
    const named = functionsNamedIn(textOf(pageOf(context)))
    return functionsOf(context).filter(called => !named.has(called))
  })
  assert.deepEqual(missing, [])
})

/** The files in code spans of a page that are nowhere: not as written, not below `folder`, not in `src` or `docs`. */
export function filesMissing(page: string, folder: string, files: readonly string[]): string[] {
  const known = new Set(files)
  const here = files.filter(file => file.startsWith(`${folder}/`))
  return [...page.matchAll(/`([\w./-]+\.(?:tsx?|mjs|css))`/g)]
    .map(([, span = '']) => span)
    .filter(
      span =>
        !['', `${folder}/`, 'src/', 'docs/'].some(base => known.has(base + span)) &&
        !here.some(file => file.endsWith(`/${span}`)),
    )
}

test('a file that the page of a context or of a part of web names exists', () => {
  const files = globSync('{src,web,test,bench,docs,db/reference}/**/*.*', { cwd: root })
  const pages = [...contexts.map(context => `src/${context}`), 'web/console', 'web/station']
  assert.deepEqual(
    pages.flatMap(folder =>
      filesMissing(textOf(`${folder}/README.md`), folder, files).map(file => `${folder}/README.md names ${file}`),
    ),
    [],
  )
  assert.deepEqual(filesMissing('`a/b.ts`, `c.ts`, `law.ts`', 'src/a', ['src/a/b.ts', 'src/a/d/law.ts']), ['c.ts'])
})
