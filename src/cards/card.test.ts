import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, asDay, type Day } from '../platform/day.ts'
import { builtInLaw } from '../platform/law.ts'
import { isOfCardAge, lawOn, mustRenew, termOf } from './law.ts'

const day = fc.integer({ min: 0, max: 45_000 }).map(days => addDays(asDay('1930-01-01'), days))

test('a card runs to the next renewal age, or over it when it was issued within the two years before', () => {
  const vectors: readonly (readonly [born: string, issued: string, term: string | undefined])[] = [
    ['2005-03-15', '2023-04-20', '2030-03-15'],
    ['2000-05-01', '2023-05-10', '2040-05-01'],
    ['1984-05-10', '2023-04-20', '2044-05-10'],
    ['1964-06-01', '2023-04-20', undefined],
    ['2012-09-09', '2024-08-01', '2026-09-09'],
    ['2011-01-31', '2024-12-31', '2036-01-31'],
    ['2015-01-31', '2024-12-31', '2029-01-31'],
  ]
  for (const [born, issued, term] of vectors)
    assert.equal(termOf(asDay(born), asDay(issued), builtInLaw), term, `${born} ${issued}`)
})

test('a card is due from the fourteenth birthday, not a day before', () => {
  assert.equal(isOfCardAge(asDay('2009-04-20'), asDay('2023-04-20'), builtInLaw), true)
  assert.equal(isOfCardAge(asDay('2009-04-21'), asDay('2023-04-20'), builtInLaw), false)
})

test('someone born on 29 February is of age by the configured birthday', () => {
  const born = asDay('2004-02-29')
  assert.equal(isOfCardAge(born, asDay('2018-02-28'), builtInLaw, 'february-28'), true)
  assert.equal(isOfCardAge(born, asDay('2018-02-28'), builtInLaw, 'march-1'), false)
  assert.equal(isOfCardAge(born, asDay('2018-03-01'), builtInLaw, 'march-1'), true)
})

test('the cut-offs for many people say the same as the rule for one', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 5000, max: 35_000 }),
      fc.constantFrom('february-28' as const, 'march-1' as const),
      (born, later, leap) => {
        const on = addDays(born, later % 12_000)
        assert.equal(
          isOfCardAge(born, on, builtInLaw, leap),
          born <= lawOn(on, builtInLaw, leap).dueBornBy,
          `${born} ${on} ${leap}`,
        )
      },
    ),
    { numRuns: 2000 },
  )
  for (const leap of ['february-28', 'march-1'] as const)
    for (const on of ['2018-02-27', '2018-02-28', '2018-03-01', '2018-03-02', '2020-02-29'] as Day[])
      for (const born of ['2004-02-28', '2004-02-29', '2004-03-01', '2006-02-28', '2006-03-01'] as Day[])
        assert.equal(
          isOfCardAge(born, on, builtInLaw, leap),
          born <= lawOn(on, builtInLaw, leap).dueBornBy,
          `${born} ${on} ${leap}`,
        )
})

test('a term that ended in the first half of 2024 was extended through June', () => {
  const card = { state: 'handed-over' as const, issuedOn: asDay('2021-02-01'), expiresOn: asDay('2024-02-01') }
  assert.equal(mustRenew(card, asDay('1999-02-01'), asDay('2024-06-30'), builtInLaw), false)
  assert.equal(mustRenew(card, asDay('1999-02-01'), asDay('2024-07-01'), builtInLaw), true)
})

test('a card without a printed term is renewed by its holder’s age at issue', () => {
  const born = asDay('1998-01-10')
  assert.equal(
    mustRenew({ state: 'handed-over', issuedOn: asDay('2021-05-05') }, born, asDay('2023-04-20'), builtInLaw),
    false,
  )
  assert.equal(
    mustRenew({ state: 'handed-over', issuedOn: asDay('2015-05-05') }, born, asDay('2023-04-20'), builtInLaw),
    true,
  )
})
