import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onlyPlace, placeAbove, placesFor } from './navigation.ts'

test('the exchange with the centre stands under the first of its places that an officer has', () => {
  assert.equal(placeAbove('/trao-doi/tra-cuu', placesFor(['register.search', 'accounts.read'])), '/dan-cu')
  assert.equal(placeAbove('/trao-doi', placesFor(['cards.read'])), '/the')
  assert.equal(placeAbove('/trao-doi', placesFor([])), undefined)
})

test('who works in one place alone begins there', () => {
  assert.equal(onlyPlace(['classes.teach'])?.path, '/lop-hoc')
  assert.equal(onlyPlace(['classes.teach', 'cards.read']), undefined)
  assert.equal(onlyPlace(['staff.manage']), undefined)
  assert.equal(onlyPlace([]), undefined)
})

test('the beginning is a place of its own while it lasts, then a tab of administration', () => {
  assert.equal(placeAbove('/bat-dau', placesFor(['staff.read'], true)), '/bat-dau')
  assert.equal(placeAbove('/bat-dau', placesFor(['staff.read'])), '/quan-tri')
})
