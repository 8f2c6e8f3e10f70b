import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../platform/day.ts'
import { builtInLaw } from '../platform/law.ts'
import { examYearsOn, schoolYearOn } from './law.ts'
import { ageGroupOf, schoolAgeIn } from './school-age.ts'

test('in 2022-2023 those born 2008 to 2016 are of compulsory age, and 2005 to 2007 are counted beside them', () => {
  const age = schoolAgeIn('2022-2023', builtInLaw)!
  assert.deepEqual(age.groups, { compulsory: { from: 2008, to: 2016 }, older: { from: 2005, to: 2007 } })
  assert.deepEqual(
    [2004, 2005, 2007, 2008, 2016, 2017].map(year => ageGroupOf(age, year)),
    ['other', 'older', 'older', 'compulsory', 'compulsory', 'other'],
  )
})

test('the rule is dated: before the Education Law of 2019 those of eighteen counted too', () => {
  assert.deepEqual(schoolAgeIn('2018-2019', builtInLaw)!.groups.older, { from: 2000, to: 2003 })
  assert.deepEqual(schoolAgeIn('2020-2021', builtInLaw)!.groups.older, { from: 2003, to: 2005 })
})

test('years that do not follow each other are refused as a school year', () => {
  assert.equal(schoolAgeIn('2022-2024', builtInLaw), undefined)
})

test('August belongs to the coming school year', () => {
  assert.equal(schoolYearOn(asDay('2023-07-31'), builtInLaw), '2022-2023')
  assert.equal(schoolYearOn(asDay('2023-08-01'), builtInLaw), '2023-2024')
})

test('in 2022-2023 those born 2004, 2005, 2007 and 2008 sit the exams', () => {
  assert.deepEqual(examYearsOn(asDay('2023-04-20'), builtInLaw), [2004, 2005, 2007, 2008])
})
