import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { copyDemonstration, people } from '../demonstration-copy.ts'
import { keptInputs, keptRequests, keptRuns } from './corpus.ts'
import { fuzzDoors } from './doors/fuzz-doors.ts'
import { openServed } from './doors/open-served.ts'
import { fuzzParsers } from './fuzz-parsers.ts'
import { faultOf, soon } from './parser.ts'
import { parsers } from './parsers.ts'
import { fuzzProtocols, protocols } from './protocols/fuzz-protocols.ts'

/**
 * Half a minute of `npm run fuzz`, with the same inputs each time: what was a finding once, then some hundred inputs
 * for every reader of foreign text, and some for every door of a house that runs in a process of its own, and for
 * whoever has the right keys.
 */

const seed = 20_261_129
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-fuzz-'))
const data = join(folder, 'data')
// Before the readers are tried: it may be made here, and they are watched for how long they hold this thread.
const made = { data, databaseUrl: await copyDemonstration(data) }
/** It opens while the readers are tried. Beside other tests the same work takes longer. */
const opening = openServed({ people, made, longestTurn: 2 * soon })
opening.catch(() => undefined)
after(() => opening.then(house => house.stop()).finally(() => rm(folder, { recursive: true, force: true })))

test('no input that was a finding once is one again', async () => {
  const again: string[] = []
  for (const { parser: name, input, was } of keptInputs()) {
    const parser = parsers.find(one => one.name === name)
    const fault = parser ? await faultOf(parser, Buffer.from(input, 'base64')) : 'has no reader any more'
    if (fault) again.push(`${name}: ${fault} (was: ${was})`)
  }
  assert.deepEqual(again, [])
})

test('no reader of foreign text throws what is no refusal, holds its thread, or breaks its promise', async () => {
  const until = performance.now() + 8_000
  const { inputs, findings } = await fuzzParsers(parsers, { seed, until, inputsOfEach: 400 })
  assert.deepEqual(
    findings.map(({ parser, input, fault }) => `${parser}: ${fault} ${input.toString('base64').slice(0, 400)}`),
    [],
  )
  assert.ok(inputs > 500, `only ${inputs} inputs`)
})

test('no door answers with a fault or what it does not declare; the house stays quick and whole', async () => {
  const house = await opening
  const first = keptRequests().map(({ request }) => request)
  const until = performance.now() + 7_000
  const { requests, findings, heap } = await fuzzDoors(house, { seed, until, first, most: 4_000 })
  assert.deepEqual(
    findings.map(({ fault, request }) => `${fault} ${JSON.stringify(request)?.slice(0, 600)}`),
    [],
  )
  assert.ok(requests > first.length + 20, `only ${requests} requests`)
  const [before = 0, last = 0] = [heap[0], heap.at(-1)]
  assert.ok(last < before + 120, `the heap went from ${before} to ${last} MB`)
  assert.deepEqual(await house.leftOpen(), [], 'transactions that nobody works in')
})

test('whoever has the right keys and signs what is bent is answered, and what is taken is taken whole', async () => {
  const house = await opening
  const until = performance.now() + 6_000
  const { runs, findings } = await fuzzProtocols(house, { seed, until, first: keptRuns() })
  assert.deepEqual(
    findings.map(({ protocol, seed: bentBy, fault }) => `${protocol} ${bentBy}: ${fault.slice(0, 600)}`),
    [],
  )
  assert.ok(runs >= protocols.length, `only ${runs} runs`)
  assert.deepEqual(await house.leftOpen(), [], 'transactions that nobody works in')
})

test('the log has no number and no name of anybody, whatever was sent', async () => {
  const { log, served } = await opening
  const text = log()
  assert.deepEqual(
    [...served.numbers, ...served.names].filter(one => text.includes(one)),
    [],
  )
})
