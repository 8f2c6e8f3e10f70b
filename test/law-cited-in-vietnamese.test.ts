import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lawTable } from '../src/law-table.ts'
import { builtInLaw } from '../src/platform/law.ts'
import { basisText } from '../src/platform/pages/law-mark.ts'

/** Words of the English citations of acts; none of them is a Vietnamese one. */
const english =
  /\b(Art|Chapter|Form|Law|Code|annex|as|of|and|the|is|no|by|whole|steps?|days?|each|kept|amended|house|on|says)\b/i

test('the article and act of every rule are cited in Vietnamese to who reads Vietnamese', () => {
  const rows = lawTable(builtInLaw)
  assert.ok(rows.length > 150, `${rows.length} rows`)
  const cited = rows.map(({ article, source }) =>
    basisText({ article: article ?? '', source, confidence: 'high' }, 'vi'),
  )
  assert.deepEqual([...new Set(cited.filter(text => english.test(text)))], [])
})
