import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseForms, fillText } from './fill-text.ts'

test('a text says 1 student and 2 students, and 1,000 students', () => {
  const text = '{n} {n|student|students} {n|is|are} missing in {unit}'
  assert.equal(fillText(text, { n: 1, unit: 'Hà Khánh' }), '1 student is missing in Hà Khánh')
  assert.equal(fillText(text, { n: '2', unit: 'Hà Khánh' }), '2 students are missing in Hà Khánh')
  assert.equal(fillText(text, { n: '1,000', unit: 'Hà Khánh' }), '1,000 students are missing in Hà Khánh')
  assert.equal(fillText(text, { n: 0, unit: 'Hà Khánh' }), '0 students are missing in Hà Khánh')
})

test('a place without a value stays, to be filled by a figure that is a link', () => {
  assert.equal(fillText('{n} {n|row|rows} of {all}', { all: 3 }), '{n} {n|row|rows} of 3')
  assert.equal(
    chooseForms('{n} {n|row|rows}', () => '1'),
    '{n} row',
  )
})
