// `npm run fuzz -- --minutes 60 --seed 7`: every reader of foreign text and every door of a running house is given what
// nobody should send, and whoever has the right keys sends them bent things. `--only parsers`, `doors` or `protocols`.
// Prints the seed and each finding, as short as it could be
// made, and keeps findings in test/fuzz/corpus, which the tests ask first.
import { parseArgs } from 'node:util'
import { keepInputs, keepRequests, keepRuns, keptRequests, keptRuns } from './corpus.ts'
import { openCoverage } from './coverage.ts'
import { fuzzDoors, isRising } from './doors/fuzz-doors.ts'
import { openServed, type ServedHouse } from './doors/open-served.ts'
import { fuzzParsers } from './fuzz-parsers.ts'
import { parsers } from './parsers.ts'
import { fuzzProtocols, protocols } from './protocols/fuzz-protocols.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    people: { type: 'string', default: '1500' },
  },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error('give --minutes 60 and a whole --seed')
const tell = (line: string) => console.log(line)
tell(`seed ${seed}, ${minutes} minutes`)

async function parsersFor(milliseconds: number): Promise<number> {
  const coverage = await openCoverage()
  const until = performance.now() + milliseconds
  const { inputs, findings } = await fuzzParsers(parsers, { seed, until, coverage, tell })
  coverage.close()
  keepInputs(findings.map(({ parser, input, fault }) => ({ parser, input: input.toString('base64'), was: fault })))
  tell(`${parsers.length} readers, ${inputs} inputs, ${coverage.seen()} parts reached, ${findings.length} findings`)
  return findings.length
}

const told = (statuses: ReadonlyMap<number, number>) => JSON.stringify(Object.fromEntries(statuses))

async function doorsFor(house: ServedHouse, milliseconds: number): Promise<number> {
  const until = performance.now() + milliseconds
  const first = keptRequests().map(({ request }) => request)
  const { requests, statuses, findings, heap } = await fuzzDoors(house, { seed, until, first, tell })
  keepRequests(findings.flatMap(({ request, fault }) => (request ? [{ request, was: fault }] : [])))
  tell(`${house.served.routes.length} routes, ${requests} requests, ${findings.length} findings`)
  tell(`statuses ${told(statuses)}`)
  tell(`heap after collection, MB: ${heap.filter((_, at) => at % Math.ceil(heap.length / 20) === 0).map(Math.round)}`)
  if (isRising(heap)) tell('the heap rises')
  return findings.length + Number(isRising(heap))
}

async function protocolsFor(house: ServedHouse, milliseconds: number): Promise<number> {
  const until = performance.now() + milliseconds
  const { runs, statuses, findings } = await fuzzProtocols(house, { seed, until, first: keptRuns(), tell })
  keepRuns(findings.map(({ protocol, seed: kept, fault }) => ({ protocol, seed: kept, was: fault })))
  tell(`${protocols.length} protocols, ${runs} runs, ${findings.length} findings`)
  tell(`statuses ${told(statuses)}`)
  return findings.length
}

/** One house for doors and protocols; what is left open in it in the end is a finding, too. */
async function houseFor(milliseconds: number): Promise<number> {
  const house = await openServed({ people: Number(values.people) })
  let findings = 0
  if (values.only !== 'doors')
    findings += await protocolsFor(house, values.only === 'protocols' ? milliseconds : milliseconds / 2)
  if (values.only !== 'protocols')
    findings += await doorsFor(house, values.only === 'doors' ? milliseconds : milliseconds / 2)
  const open = await house.leftOpen()
  if (open.length > 0) tell(`transactions that nobody works in: ${open.join('; ')}`)
  const personal = [...house.served.numbers, ...house.served.names].filter(one => house.log().includes(one))
  if (personal.length > 0) tell(`the log has ${personal.length} numbers and names`)
  await house.stop()
  return findings + open.length + personal.length
}

const whole = minutes * 60_000
const both = values.only === undefined
const found =
  (both || values.only === 'parsers' ? await parsersFor(both ? whole / 3 : whole) : 0) +
  (values.only === 'parsers' ? 0 : await houseFor(both ? (2 * whole) / 3 : whole))
process.exitCode = found > 0 ? 1 : 0
process.exit()
