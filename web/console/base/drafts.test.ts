import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** What officers type is kept: every form with free text uses the one part that keeps drafts. */

const pages = globSync('web/console/**/*.tsx').map(file => [file, readFileSync(file, 'utf8')] as const)

/** What is shown to be copied, and typed by nobody. */
const readOnly = ['web/console/awareness/materials-page.tsx', 'web/console/campaign/copy-evening-text.tsx']
/** The part itself, and the page that shows all parts. */
const parts = ['web/console/base/note-field.tsx', 'web/console/shell/component-gallery.tsx']

/** Texts of several lines that neither are a NoteField nor lie in a form whose state is a draft. */
const unkept = (text: string) =>
  /useDraftState[<(]/.test(text)
    ? []
    : [...text.matchAll(/<(Field|textarea|NoteField)\b(?:[^<]|<(?=[^A-Za-z/]))*?\srows=/g)].filter(
        ([, tag]) => tag !== 'NoteField',
      )

test('every field of free text of the console keeps a draft', () => {
  const missing = pages.flatMap(([file, text]) =>
    [...readOnly, ...parts].includes(file) || unkept(text).length === 0 ? [] : [file],
  )
  assert.deepEqual(missing, [])
  assert.equal(unkept(`<Field label="x" rows={3} />`).length, 1)
  assert.equal(unkept(`<NoteField draft="x" rows={3} />`).length, 0)
})

test('a draft is named by the thing that it is about, or by a form that there is once', () => {
  const names = pages.flatMap(([file, text]) =>
    [...text.matchAll(/draft=\{?(`[^`]*`|"[^"]*")|useDraftState(?:<[^>]*>)?\(\s*(`[^`]*`|'[^']*')/g)].map(
      ([, field, state]) => [file, (field ?? state ?? '').slice(1, -1)] as const,
    ),
  )
  assert.ok(names.length > 30, `${names.length} are found`)
  const plain = names.filter(([, name]) => !name.includes('${')).map(([, name]) => name)
  const ofOneForm = ['collect', 'history why', 'inspection export', 'pasted roll', 'spoiled serials', 'stock-take']
  assert.deepEqual(plain.toSorted(), ofOneForm)
  assert.equal(new Set(names.map(([, name]) => name)).size, names.length, 'two fields have one draft')
})

test('nothing of the console is kept in localStorage but keys, language and views', () => {
  const kept = [...pages, ...globSync('web/console/**/*.ts').map(file => [file, readFileSync(file, 'utf8')] as const)]
    .filter(([file]) => !file.includes('.test.'))
    .flatMap(([, text]) => [...text.matchAll(/localStorage\.setItem\(([^,]+),/g)].map(([, name]) => name))
  assert.deepEqual([...new Set(kept)].toSorted(), [`'keys'`])
})
