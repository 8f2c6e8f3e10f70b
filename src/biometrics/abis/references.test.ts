import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../platform/ids.ts'
import { makeReferences, referenceLimits } from './references.ts'

const address = 'https://dinhdanh.example/api/abis/references/'

test('the pictures of a reference are fetched once, and by nobody who guesses', () => {
  const references = makeReferences(address)
  const url = references.issue(newId(), '<BIR/>')
  const token = url.slice(address.length)
  assert.ok(url.startsWith(address))
  assert.match(token, /^[\w-]{43}$/)
  const last = token.endsWith('A') ? 'E' : 'A'
  for (const guess of ['', '__proto__', `${token}=`, token.slice(0, -1) + last, token.toUpperCase()])
    assert.equal(references.take(guess), undefined)
  assert.equal(references.take(token), '<BIR/>')
  assert.equal(references.take(token), undefined)
})

test('an address ends after some minutes, and with its reference', () => {
  let at = 0
  const references = makeReferences(address, () => new Date(at))
  const [one, other] = [newId(), newId()]
  const late = references.issue(one, 'one').slice(address.length)
  at = referenceLimits.lifeMs
  assert.equal(references.take(late), undefined)
  const ended = references.issue(one, 'one').slice(address.length)
  const open = references.issue(other, 'other').slice(address.length)
  references.end(one)
  assert.deepEqual([references.take(ended), references.take(open), references.waiting], [undefined, 'other', 0])
})

test('addresses that nobody fetches do not fill the memory', () => {
  const references = makeReferences(address)
  const first = references.issue(newId(), 'x').slice(address.length)
  for (let nth = 0; nth < referenceLimits.waiting; nth++) references.issue(newId(), 'x')
  assert.equal(references.waiting, referenceLimits.waiting)
  assert.equal(references.take(first), undefined)
})
