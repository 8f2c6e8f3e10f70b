import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../platform/problem.ts'
import { readLinkSettings } from './link-settings.ts'

const good = {
  leftId: 'id',
  rightId: 'number',
  fields: [
    { left: 'ho_ten', right: 'full_name', kind: 'name' },
    { left: 'ho_ten', right: 'full_name', kind: 'given-name' },
    { left: 'ngay_sinh', right: 'birth_date', kind: 'date' },
  ],
  blocking: [['ngay_sinh'], ['full_name', 'birth_date'], ['ho_ten:given-name', 'ngay_sinh']],
}
const read = (settings: unknown) => readLinkSettings(JSON.stringify(settings))
const wrongIn = (settings: unknown) => {
  try {
    read(settings)
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, ...error.facts }
    throw error
  }
  return undefined
}
const placesIn = (settings: unknown) => {
  const wrong = wrongIn(settings)?.['wrong' as never] as readonly { at: string }[] | undefined
  return wrong?.map(({ at }) => at)
}

test('a rule names a field by its left column, by its right one, or by column and kind', () => {
  assert.deepEqual(read(good).settings.blocking, [[2], [0, 2], [1, 2]])
})

test('the defaults are a threshold of 0.9 and several partners per right row', () => {
  assert.deepEqual([read(good).settings.threshold, read(good).settings.oneToOne], [0.9, false])
  const { settings } = read({ ...good, threshold: 0.5, oneToOne: true })
  assert.deepEqual([settings.threshold, settings.oneToOne], [0.5, true])
})

test('a column that both files have is named once, and one file has no other', () => {
  const one = { id: 'id', fields: [{ column: 'name', kind: 'name' }], blocking: [['name']] }
  const { settings } = readLinkSettings(JSON.stringify(one), 'one file')
  assert.deepEqual(
    [settings.leftId, settings.rightId, settings.fields[0]?.left, settings.fields[0]?.right],
    [...['id', 'id', 'name', 'name']],
  )
  assert.throws(
    () => readLinkSettings(JSON.stringify(good), 'one file'),
    (error: unknown) => error instanceof Problem && JSON.stringify(error.facts).includes('rightId'),
  )
})

test('the share of strangers that may be linked is a share, and by default left to the installation', () => {
  assert.deepEqual(
    [read(good).settings.strangers, read({ ...good, strangers: 0.02 }).settings.strangers],
    [...[undefined, 0.02]],
  )
  assert.deepEqual(placesIn({ ...good, strangers: 2 }), ['strangers'])
})

test('unknown settings are reported', () => {
  assert.deepEqual(read({ ...good, treshold: 0.5 }).unknown, ['treshold'])
})

test('all faults of the settings are reported together with their places', () => {
  assert.deepEqual(
    placesIn({
      fields: [{ left: 'a', right: '', kind: 'nmae' }, 7],
      blocking: [[], ['x'], 'y'],
      threshold: 90,
      oneToOne: 'yes',
    }),
    [
      'fields[0].right',
      'fields[0].kind',
      'fields[1]',
      'leftId',
      'rightId',
      'blocking[0]',
      'blocking[1][0]',
      'blocking[2]',
      'threshold',
      'oneToOne',
    ],
  )
  assert.deepEqual(placesIn({ ...good, fields: [], blocking: undefined }), ['fields', 'blocking'])
})

test('an unknown field of a rule is answered with the names that would do', () => {
  assert.match(
    JSON.stringify(wrongIn({ ...good, blocking: [['ngaysinh']] })),
    /ho_ten, full_name, ngay_sinh, birth_date/,
  )
})

test('what is no JSON, or no object, is refused', () => {
  for (const text of ['', '{', '[]', 'null', '"x"'])
    assert.throws(
      () => readLinkSettings(text),
      error => error instanceof Problem && error.code === 'link-settings-unreadable',
      text,
    )
  assert.equal(readLinkSettings(`\ufeff${JSON.stringify(good)}`).settings.leftId, 'id')
})
