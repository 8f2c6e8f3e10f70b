import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confusionOf, confusionText, noDamage, type Pair } from './confusion-table.ts'

const row = (damage: string[], expected: string[], defects: string[], outcome = 'matched'): Pair => ({
  truth: { file: 'a', inRegister: true, damage, expected: new Set(expected), optional: new Set(['name-differs']) },
  reported: { outcome, defects },
})

test('the table counts a damage by the rows it alone befell, and names what is owed or untrue', () => {
  const missing = row(['number-missing'], ['number-missing'], ['number-missing'])
  const silent = row(['number-missing'], ['number-missing'], [])
  const both = row(['number-missing', 'typo'], ['number-missing'], ['number-missing', 'name-differs'])
  const pairs = [missing, missing, missing, missing, silent, both, row([], [], []), row([], [], ['sex-differs'])]
  const lines = confusionOf(pairs)

  const alone = lines.get('number-missing')
  assert.deepEqual([alone?.rows, alone?.alone, alone?.notLinked], [6, 5, 0])
  assert.deepEqual(alone?.reported, new Map([['number-missing', 0.8]]))
  assert.deepEqual(alone?.missed, new Map([['number-missing', 1]]))
  // Beside it the file's other rows lack their number too.
  assert.deepEqual([...(lines.get('typo')?.reported.keys() ?? [])], ['number-missing', 'name-differs'])
  assert.equal(lines.get('typo')?.untrue.size, 0)
  assert.deepEqual(lines.get(noDamage)?.untrue, new Map([['sex-differs', 1]]))
  assert.match(
    confusionText(lines),
    /\| number-missing \| 6 \| 5 \| 0 \| number-missing 80\.0 % \| number-missing 1 \| {2}\|/,
  )
})

test('the table counts rows that are not linked or not reported separately', () => {
  const lines = confusionOf([
    row(['typo'], ['name-differs'], [], 'review'),
    { ...row(['typo'], ['name-differs'], []), reported: undefined },
  ])
  assert.equal(lines.get('typo')?.notLinked, 2)
  assert.equal(lines.get('typo')?.missed.size, 0)
})
