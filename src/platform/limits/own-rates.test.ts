import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeServer } from '../http/server.ts'
import { openLog } from '../log.ts'
import { requestsAMinute } from './law.ts'
import { limitLines } from './limits-page.ts'
import { readOwnRates, requestsAMinuteOf, setOwnRates } from './own-rates.ts'

after(() => setOwnRates(''))

test('an operator names limits by their names; what cannot be read, or would let nobody in, is refused', () => {
  const rates = { general: 2400, 'general-of-network': 9000, stations: 20_000 }
  assert.deepEqual(readOwnRates(' general=2400, general-of-network = 9000,stations=20000'), { rates })
  assert.deepEqual(readOwnRates(''), { rates: {} })
  const isRefused = (text: string, why: RegExp) => assert.match(readOwnRates(text).wrong ?? '', why, text)
  for (const text of ['officers=30', 'general', 'general=-1', 'general=1e9', 'general=30;stations=30'])
    isRefused(text, /^be NAME=NUMBER, with names of general, general-of-network/)
  for (const text of ['general=0', 'general=9', 'stations=1000001']) isRefused(text, /^be 10 to 1000000 for /)
  isRefused('general=30,general=40', /^say general once$/)
})

test('a server refuses beyond what its operator has set, and the table says the same', async () => {
  setOwnRates('general=20, general-of-network=30')
  const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
  after(() => app.close())
  app.get('/page', async () => 'page')
  const answers: number[] = []
  for (let nth = 0; nth < 32; nth += 1) answers.push((await app.inject('/page')).statusCode)
  assert.deepEqual([answers.filter(status => status === 200).length, answers.at(-1)], [30, 429])
  const { much } = limitLines(() => undefined).find(({ limit }) => limit === 'requests of everybody') ?? assert.fail()
  assert.equal(much, '20 a minute; 30 of a network')
  assert.equal(requestsAMinuteOf('receipts'), requestsAMinute.receipts)
})
