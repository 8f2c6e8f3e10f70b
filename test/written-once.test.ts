import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

test('the kinds of school are written once', () => {
  const written = globSync(['src/**/*.ts', 'web/**/*.ts', 'web/**/*.tsx']).filter(file =>
    /'boarding',\s*'continuing-education',\s*'vocational'|Literal\('boarding'\)/.test(readFileSync(file, 'utf8')),
  )
  assert.deepEqual(written, ['src/units/contract.ts'])
})
