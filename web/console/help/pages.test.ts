import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { routesIn } from '../../first-files.ts'
import { texts } from '../words.ts'
import { helpOf } from './pages.ts'

/** The help of pages says nothing that is not so: each route has one, and what it explains stands on the page. */

const consoleFolder = join(import.meta.dirname, '..')
const router = readFileSync(join(consoleFolder, 'router.tsx'), 'utf8')

const routes = routesIn(router)

/** What a page is made of: its file and all of the console that it imports, but for the help itself and texts. */
function sourcesOf(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file) || !/\.tsx?$/.test(file) || /\/(help|shell)\/|\/words[^/]*\.ts$|router\.tsx$/.test(file))
    return seen
  const text = readFileSync(file, 'utf8')
  seen.set(file, text)
  for (const [, from = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
    const next = join(dirname(file), from)
    if (next.startsWith(consoleFolder)) sourcesOf(next, seen)
  }
  return seen
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether the page says a word: by its key, as a term, or by a key that it puts together. */
function says(text: string, key: string): boolean {
  if (text.includes(`'${key}'`) || text.includes(`"${key}"`)) return true
  return [...text.matchAll(/`([a-z-]+)\$\{[^}`]+\}([a-z-]*)`/g)].some(([, before = '', after = '']) =>
    new RegExp(`^${escaped(before)}[a-z0-9-]+${escaped(after)}$`).test(key),
  )
}

test('each route of the console has its help, and no help is of a page that is not there', () => {
  const paths = routes.map(({ path }) => path)
  assert.ok(paths.length > 90, String(paths.length))
  const declared = [...router.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path).filter(path => path !== '/')
  assert.deepEqual(paths.toSorted(), declared.toSorted())
  assert.deepEqual(Object.keys(helpOf).toSorted(), paths.toSorted())
})

test('each word that the help of a page explains stands on that page', () => {
  const missing = routes.flatMap(({ path, file }) => {
    const { terms = [] } = helpOf[path] ?? {}
    if (terms.length === 0) return []
    const text = [...sourcesOf(join(consoleFolder, file)).values()].join('\n')
    return terms.filter(term => !says(text, term)).map(term => `${path}: ${term}`)
  })
  assert.deepEqual(missing, [])
})

test('each word that is explained has its text and its meaning, in both languages', () => {
  const words = texts as unknown as Readonly<Record<string, unknown>>
  for (const { terms } of Object.values(helpOf))
    for (const term of terms) {
      assert.ok(words[term], term)
      assert.ok(words[`term-${term}`], term)
    }
})

test('what follows on a page is said with the days of the law in force, never by a number of its own', () => {
  const source = readFileSync(join(import.meta.dirname, 'words.ts'), 'utf8')
  const numbers = [...source.matchAll(/(\d+) (ngày|days|giờ|hours|tháng|months)/g)].map(([found]) => found)
  assert.deepEqual(numbers, [])
})
