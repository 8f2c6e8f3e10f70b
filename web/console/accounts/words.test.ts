import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../../src/platform/day.ts'
import { setLawOfTexts } from '../../../src/platform/law-of-texts.ts'
import { textIn } from '../../../src/platform/pages/html.ts'
import { accountWords } from './words.ts'

test('the queue of lapsed accounts says the days of the installation’s own rule, from its day on', () => {
  const own = { from: asDay('2023-04-21'), value: 10, source: 'QĐ 1/2023' }
  const lawRows = new Map([['accounts.days-to-activate', [own]]])
  const saidOn = (day: string) => {
    setLawOfTexts({ lawRows, today: () => asDay(day) })
    return [textIn(accountWords['desk-queue-lapsed'], 'vi'), textIn(accountWords['desk-queue-lapsed'], 'en')]
  }
  assert.deepEqual(saidOn('2023-04-20'), ['Quá 7 ngày', '7 days over'])
  assert.deepEqual(saidOn('2023-04-21'), ['Quá 10 ngày', '10 days over'])
})
