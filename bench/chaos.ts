import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { importStationKey } from '../src/enrolment/seal-packet.ts'
import { openHouse } from '../src/open-house.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { asSystem } from '../src/platform/work.ts'
import { command, copyHouse, environment, usualPeople } from '../test/house-to-copy.ts'
import { activateAccounts, assertActivated, prepareActivations } from './chaos/citizens.ts'
import { prepareExam, registerForExam } from './chaos/exam.ts'
import { type Fault, faults } from './chaos/faults.ts'
import { type ChaosHouse, chaosHouse } from './chaos/house.ts'
import { type Acknowledged, type Ledger, newLedger, type Writing } from './chaos/ledger.ts'
import { batchesNotAnswered, prepareParties, refreshTokens, sendBatches } from './chaos/parties.ts'
import { prepareOfficers, write } from './chaos/writers.ts'
import {
  allLanded,
  assertPacketsLanded,
  capture,
  prepareStations,
  type Ready,
  randomOf,
  sendPackets,
} from './packet-storm.ts'

/**
 * An installation at work while, at random, processes are killed, connections cut, tables locked, the disk filled and
 * the clock set. Each write that was acknowledged is held against the database afterwards: sites, captures, approvals
 * and activations of accounts, card batches and decisions about cards, refresh tokens, batches of checks, registrations
 * for an exam. Nothing is lost, nothing is there twice; the installation is ready again within half a minute of the end
 * of each fault; the record of deeds verifies and a recount finds no other figure. `npm run chaos`: MINUTES (120),
 * SEED, PAUSE (most seconds between two faults), SERVERS (1), OUTSIDE (1: with a PostgreSQL and a PgBouncer of the
 * machine), PEOPLE (of the demonstration), DISK (a folder on a small disk, which is filled). Throws where that does not
 * hold.
 */
export type ChaosRun = {
  readonly seconds: number
  /** Most seconds between the end of a fault and the next one. */
  readonly pause: number
  readonly seed: number
  readonly folder?: string
  /** How many servers, behind a balancer. */
  readonly servers: number
  /** With a PostgreSQL and a PgBouncer of the machine. */
  readonly isOutside?: boolean
  /** Of the demonstration; as many as the run needs where it is not said. */
  readonly people?: number
  say(line: string): void
}

/** Milliseconds within which it is ready after a fault's end. */
const healsWithin = 30_000

/** It is healed where it says so for longer than an answer of /health/ready counts. */
const [lookEvery, saysSoFor] = [200, 1600]

/** Milliseconds until it says that it is ready, and goes on to. Throws where it does not in time. */
async function healed({ origin }: ChaosHouse, fault: string): Promise<number> {
  const begun = performance.now()
  let since = begun
  for (let last = ''; performance.now() - since < saysSoFor; await setTimeout(lookEvery)) {
    const answer = await fetch(`${origin}/health/ready`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    if (answer?.ok) continue
    since = performance.now()
    last = (await answer?.text().catch(() => '')) || last
    assert.ok(since - begun < healsWithin, `after "${fault}" it is not ready: ${last}`)
  }
  return since - begun
}

/** Packets of so many a minute are captured at so many stations. */
const [packetsAMinute, stationsAtWork, chunk] = [60, 4, 3]

/** Captures beside the running server, and what sends them while the faults happen. */
async function prepareCaptures(house: ChaosHouse, minutes: number, random: () => number) {
  const count = Math.max(stationsAtWork * chunk, Math.round(minutes * packetsAMinute))
  const { keys, people, ready } = await prepareStations(house.folder, { packets: count, stations: stationsAtWork })
  const expected = await capture(ready, people, keys, random)
  const trust = await importStationKey(keys.house)
  const pause = (minutes * 60_000) / (count / (stationsAtWork * chunk))
  const sendAll = async (one: Ready) => {
    const packets = [...one.outbox]
    while (packets.length > 0) {
      const part = { ...one, outbox: new Map(packets.splice(0, chunk)) }
      await sendPackets(part, house.origin, expected.stuck, trust, random)
      await setTimeout(pause * random())
    }
  }
  return {
    send: () => Promise.all(ready.map(sendAll)),
    acknowledged: () => ready.reduce((sum, { words }) => sum + words.size, 0),
    async judge(say: ChaosRun['say']) {
      await allLanded(house.folder)
      await assertPacketsLanded(house.folder, ready, expected, say)
    },
  }
}

/** Lets faults happen in an order drawn anew each round, until the time is over. */
async function letHappen(house: ChaosHouse, run: ChaosRun, random: () => number): Promise<number[]> {
  const times: number[] = []
  const ends = performance.now() + run.seconds * 1000
  let round: Fault[] = []
  const told = new Set<string>()
  while (performance.now() < ends) {
    if (round.length === 0)
      round = faults
        .map(one => ({ one, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one)
    const fault = round.shift() as Fault
    const reason = await fault.cannot?.(house)
    if (reason) {
      if (!told.has(fault.name)) run.say(`not tried: ${fault.name}: ${reason}`)
      told.add(fault.name)
      continue
    }
    await fault.happen(house, random)
    const took = await healed(house, fault.name)
    await house.allStarted()
    times.push(took)
    run.say(`${fault.name}: ready after ${(took / 1000).toFixed(1)} s`)
    await setTimeout(random() * run.pause * 1000)
  }
  return times
}

const run = (args: readonly string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>(done => {
    execFile(command, [...args], { env: environment(), maxBuffer: 64_000_000 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })

/** What everybody works at, before the faults: read and written beside the running servers. */
async function prepareWriters(folder: string, minutes: number) {
  const house = await openHouse({ folder, purpose: 'command' })
  try {
    return {
      officers: await prepareOfficers(house, minutes),
      parties: await prepareParties(house),
      waiting: await prepareActivations(house, Math.ceil(minutes * 8)),
      exam: await prepareExam(house, Math.ceil(minutes * 7)),
    }
  } finally {
    await house.close()
  }
}

/** What the database has of a kind: how often each value or id stands there. */
type Found = ReadonlyMap<string, string>

async function assertNothingLost(folder: string, ledger: Ledger, formerBatches: ReadonlySet<string>): Promise<void> {
  const house = await openHouse({ folder, purpose: 'command' })
  const read = async (text: string): Promise<Found> => {
    const { rows } = await house.openWork(asSystem('chaos'), ({ tx }) =>
      sql.raw<{ id: string; value: string }>(text).execute(tx),
    )
    return new Map(rows.map(({ id, value }) => [id, value]))
  }
  const of = (kind: string): Acknowledged[] => ledger.entries.filter(entry => entry.kind === kind)
  try {
    const sites = await read(
      'select name as id, count(*)::text as value from planning.site where name is not null group by 1',
    )
    assert.deepEqual(
      of('site').filter(({ value }) => sites.get(value) !== '1'),
      [],
      'each site that was acknowledged stands there once',
    )
    const states = await read('select id, state as value from cards.card')
    const last = new Map(of('card').map(({ id, value }) => [id, value === 'block' ? 'blocked' : 'handed-over']))
    assert.deepEqual(
      [...last].filter(([id, state]) => states.get(id) !== state),
      [],
      'each card is as the last decision that was acknowledged says',
    )
    const decided = await read(
      `select subject_id::text as id, count(*)::text as value from audit.deed
       where deed in ('card.blocked', 'card.unblocked') group by 1`,
    )
    const before = new Map<string, number>()
    for (const { id } of of('card')) before.set(id, (before.get(id) ?? 0) + 1)
    assert.deepEqual(
      [...before].filter(([id, times]) => Number(decided.get(id)) < times),
      [],
      'each decision about a card was recorded',
    )
    assert.deepEqual(
      [...before].filter(([id, times]) => Number(decided.get(id)) > times),
      [],
      'and none twice',
    )
    const approved = await read(
      `select id, count(*)::text as value from (
         select subject_id::text as id from decisions.held_decision where kind = 'approve-account' and state = 'held'
         union all select subject_id::text from audit.deed where deed = 'account.approved') as approval group by 1`,
    )
    assert.deepEqual(
      of('approval').filter(({ id }) => approved.get(id) !== '1'),
      [],
      'each approval that was acknowledged was carried out once, or may still be undone',
    )
    const batches = await read('select id, 1::text as value from cards.batch')
    const acknowledged = new Set(of('batch').map(({ id }) => id))
    assert.deepEqual(
      [...acknowledged].filter(id => !batches.has(id)),
      [],
      'each batch that was acknowledged is there',
    )
    assert.deepEqual(
      [...batches.keys()].filter(id => !acknowledged.has(id) && !formerBatches.has(id)),
      [],
      'and none twice',
    )
    assert.deepEqual(await batchesNotAnswered(house, ledger), [], 'each row of a batch of checks is answered once')
    await assertActivated(house, ledger)
  } finally {
    await house.close()
  }
}

const kindsOfWrites = ['site', 'card', 'approval', 'batch', 'check', 'refresh', 'activation', 'exam'] as const
const kindsLacking = ({ entries }: Ledger) => kindsOfWrites.filter(kind => !entries.some(entry => entry.kind === kind))

/** How long the first write of each kind is waited for, in ms: on a slow machine a short run may be over before. */
const firstWritesWithin = 120_000

/** Waits until each kind of write was acknowledged once, or the time for it is over, or `isOver`. */
async function firstWrites(ledger: Ledger, isOver: () => boolean): Promise<void> {
  const end = performance.now() + firstWritesWithin
  while (kindsLacking(ledger).length > 0 && performance.now() < end && !isOver()) await setTimeout(200)
}

export async function chaos(asked: ChaosRun): Promise<void> {
  const random = randomOf(asked.seed)
  const sinceBegun = stopwatch()
  const sayWhen = (what: string) => asked.say(`${what} after ${(sinceBegun() / 1000).toFixed(1)} s`)
  const folder = asked.folder ?? (await mkdtemp(join(tmpdir(), 'dinhdanh-chaos-')))
  const { servers, isOutside = false } = asked
  const people = asked.people ?? Math.max(usualPeople, Math.round((asked.seconds / 60) * packetsAMinute * 2.5))
  if (!isOutside && people === usualPeople) await copyHouse(folder)
  const house = await chaosHouse(folder, { servers, isOutside, people })
  let over = false
  try {
    const minutes = asked.seconds / 60
    const { officers, parties, waiting, exam } = await prepareWriters(folder, minutes)
    const captures = await prepareCaptures(house, minutes, random)
    const ledger = newLedger()
    sayWhen('all is prepared')
    const writes: Writing = { ledger, isOver: () => over }
    const writing = Promise.all([
      write(house.origin, officers, writes),
      sendBatches(house.origin, parties, writes),
      refreshTokens(house.origin, parties, writes),
      activateAccounts(house, waiting, writes),
      registerForExam(house, exam, writes),
      captures.send(),
    ])
    // Where a writer fails the run ends; what it says is thrown below.
    let hasStopped = false
    const stopped = writing
      .catch(() => undefined)
      .then(() => {
        hasStopped = true
      })
    const times = await Promise.race([letHappen(house, asked, random), stopped.then(() => [])])
    await firstWrites(ledger, () => hasStopped)
    over = true
    sayWhen('the faults are over')
    await writing
    sayWhen('the last write is answered')
    const kinds = Map.groupBy(ledger.entries, ({ kind }) => kind)
    assert.deepEqual(kindsLacking(ledger), [], 'each kind of write was acknowledged at least once')
    const told = [...kinds].map(([kind, { length }]) => `${length} ${kind}`).join(', ')
    const longest = (Math.max(...times, 0) / 1000).toFixed(1)
    asked.say(
      `${times.length} faults; acknowledged ${captures.acknowledged()} capture, ${told}; ${ledger.again} requests ` +
        `sent again; ready after at most ${longest} s`,
    )
    for (const [kind, { times, last }] of ledger.refused) asked.say(`refused: ${times} ${kind}, the last: ${last}`)
    await assertNothingLost(folder, ledger, new Set(officers.batches))
    await captures.judge(asked.say)
    const verified = await run(['audit', 'verify', '--data', folder, '--json'])
    assert.equal(verified.code, 0, verified.stdout + verified.stderr)
    assert.deepEqual((JSON.parse(verified.stdout) as { findings: unknown[] }).findings, [])
    const recount = await run(['stats', 'recount', '--data', folder, '--json'])
    assert.equal(recount.code, 0, recount.stdout + recount.stderr)
    sayWhen('all is looked at')
    asked.say(
      `nothing lost, nothing twice; the record of deeds verifies; the recount: ${recount.stdout.trim().slice(0, 300)}`,
    )
  } finally {
    over = true
    await house.stop()
    sayWhen('the servers have ended')
    if (!asked.folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

if (import.meta.main) {
  const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
  const disk = process.env['DISK']
  await chaos({
    seconds: number('MINUTES', 120) * 60,
    pause: number('PAUSE', 10),
    seed: number('SEED', 1),
    servers: number('SERVERS', 1),
    isOutside: process.env['OUTSIDE'] === '1',
    ...(disk && { folder: disk }),
    ...(process.env['PEOPLE'] && { people: number('PEOPLE', usualPeople) }),
    say: line => console.log(line),
  })
}
