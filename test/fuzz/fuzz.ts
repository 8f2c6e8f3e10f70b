// `npm run fuzz -- --minutes 60 --seed 7`: every reader of foreign text and every door of a running house is given what
// nobody should send. `--only parsers` or `--only doors`. Prints the seed and each finding, as short as it could be
// made, and keeps findings in test/fuzz/corpus, which the tests ask first.
import { parseArgs } from 'node:util'
import { keepInputs, keepRequests, keptRequests } from './corpus.ts'
import { openCoverage } from './coverage.ts'
import { fuzzDoors, isRising } from './doors/fuzz-doors.ts'
import { openServed } from './doors/open-served.ts'
import { fuzzParsers } from './fuzz-parsers.ts'
import { parsers } from './parsers.ts'

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

async function doorsFor(milliseconds: number): Promise<number> {
  const house = await openServed({ people: Number(values.people) })
  const until = performance.now() + milliseconds
  const first = keptRequests().map(({ request }) => request)
  const { requests, statuses, findings, heap } = await fuzzDoors(house, { seed, until, first, tell })
  keepRequests(findings.flatMap(({ request, fault }) => (request ? [{ request, was: fault }] : [])))
  tell(`${house.served.routes.length} routes, ${requests} requests, ${findings.length} findings`)
  tell(`statuses ${JSON.stringify(Object.fromEntries(statuses))}`)
  tell(`heap after collection, MB: ${heap.filter((_, at) => at % Math.ceil(heap.length / 20) === 0).map(Math.round)}`)
  if (isRising(heap)) tell('the heap rises')
  await house.stop()
  return findings.length + Number(isRising(heap))
}

const whole = minutes * 60_000
const both = values.only === undefined
const found =
  (values.only === 'doors' ? 0 : await parsersFor(both ? whole / 3 : whole)) +
  (values.only === 'parsers' ? 0 : await doorsFor(both ? (2 * whole) / 3 : whole))
process.exitCode = found > 0 ? 1 : 0
process.exit()
