import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import { fromRoot } from '../../platform/root.ts'
import { entryShapes, HeadShape, mostEntries } from './instance-shape.ts'

const page = readFileSync(fromRoot('docs/interfaces.md'), 'utf8')
const section = /\n## Plans\n([\s\S]*?)\n## /.exec(page)?.[1] ?? ''
/** Each part of what stands as code: `travel.km` names two members. */
const codes = new Set([...section.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split('.')))

type Shape = TSchema & { readonly properties?: Readonly<Record<string, TSchema>>; readonly items?: TSchema }

/** The names of all members below a shape. */
function membersOf(shape: Shape): string[] {
  const within = Array.isArray(shape.items) || !shape.items ? [] : membersOf(shape.items)
  const own = Object.entries(shape.properties ?? {}).flatMap(([name, member]) => [name, ...membersOf(member)])
  return [...own, ...within]
}

test('the documents name each member of an instance', () => {
  const members = [...membersOf(HeadShape), ...membersOf(Type.Object(entryShapes))]
  assert.ok(members.length > 60)
  const listed = (name: string) => codes.has(name) || codes.has(`${name}[]`)
  assert.deepEqual(
    members.filter(name => !listed(name)),
    [],
  )
})

test('the documents name each member of a plan', () => {
  const types = readFileSync(fromRoot('src/planning/optimiser/plan.ts'), 'utf8')
  const members = [...types.matchAll(/readonly (\w+)\??:/g)].map(([, name = '']) => name)
  assert.ok(members.length > 50)
  assert.deepEqual(
    members.filter(name => !codes.has(name) && !codes.has(`${name}[]`)),
    [],
  )
})

test('the documents tell how long each list may be', () => {
  for (const [list, most] of Object.entries(mostEntries)) {
    const rows = section.split('\n').filter(line => line.startsWith(`| \`${list}[]`))
    assert.ok(
      rows.some(row => row.includes(`at most ${most.toLocaleString('en')}`)),
      `${list}: ${most}`,
    )
  }
})
