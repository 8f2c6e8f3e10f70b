import { AsyncLocalStorage } from 'node:async_hooks'
import { noteWaiting } from '../activity.ts'
import { stopwatch } from '../clock.ts'
import type { Problem } from '../problem.ts'
import { type Caller, findCaller } from './caller.ts'
import { retrySeconds } from './law.ts'
import { type LaneId, laneIds } from './limits.ts'
import { limitProblem, tooManyAtOnce } from './problems.ts'

/**
 * Turns at something of which there are few: connections of the database, hashes of passwords. Each lane has its own;
 * within a lane those who are counted take turns one after another, however many of each wait.
 */

export type LaneTurns = {
  readonly share: number
  readonly most: number
  readonly ofOne: number
  /**
   * Turns at once of requests of one subject, of which one who is counted has all but one of theirs; undefined where
   * the lane is of one subject anyway.
   */
  readonly ofSubject?: number
  readonly line: number
}

/** As whom, and of what, a turn is counted. */
type Counts = { readonly key: string; readonly topic: string | undefined }

type Waiting = {
  readonly caller: Caller
  /** As they were counted when they began to wait. */
  readonly counts: Counts
  start(): void
  refuse(problem: Problem): void
}

type Lane = LaneTurns & {
  readonly id: LaneId
  running: number
  readonly runningOf: Map<string, number>
  /** How many turns are held, by the subjects of their requests, and by whom. */
  readonly subjects: Map<string, number>
  /** By who is counted; who has waited longest for a turn stands first. */
  readonly waitingOf: Map<string, Waiting[]>
  waiting: number
}

export type Turns = {
  /** Runs a step when its turn has come. Throws too-many-at-once, or the refusal of those who waited for too long. */
  take<T>(caller: Caller, step: () => Promise<T>): Promise<T>
  /** The same for the request that is being served; what the installation does of itself waits for nothing. */
  inTurn<T>(step: () => Promise<T>): Promise<T>
  /** How many of a lane run and wait. */
  countOf(lane: LaneId): { readonly running: number; readonly waiting: number }
}

/** A subject by itself, and as one who is counted has to do with it. */
const subjectsOf = ({ key, topic }: Counts): string[] => (topic === undefined ? [] : [topic, `${topic} ${key}`])

function takeOne(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1
  if (left > 0) counts.set(key, left)
  else counts.delete(key)
}

export function openTurns({
  all,
  lanes: limits,
  waitSeconds,
  lineFull = tooManyAtOnce,
  waitedTooLong = () => limitProblem('house-busy', {}, { 'retry-after': String(retrySeconds.busy) }),
}: {
  /** How many run at once, of all lanes together. */
  readonly all: number
  readonly lanes: Readonly<Record<LaneId, LaneTurns>>
  readonly waitSeconds: number
  lineFull?(): Problem
  waitedTooLong?(): Problem
}): Turns {
  const lanes = new Map<LaneId, Lane>(
    laneIds.map(id => [
      id,
      { id, ...limits[id], running: 0, runningOf: new Map(), subjects: new Map(), waitingOf: new Map(), waiting: 0 },
    ]),
  )
  const inOrder = [...lanes.values()]
  const common = all - inOrder.reduce((sum, { share }) => sum + share, 0)
  if (common < 0) throw new RangeError('the lanes have more turns of their own than there are')
  /** Turns beyond the shares of their lanes. */
  let borrowed = 0

  /** The turn within which something is done. */
  const held = new AsyncLocalStorage<{ readonly caller: Caller; isOver: boolean }>()

  const laneOf = (id: LaneId): Lane => lanes.get(id) as Lane
  const hasTurn = ({ running, share, most }: Lane) => running < most && (running < share || borrowed < common)

  const mayRun = ({ runningOf, ofOne, subjects, ofSubject }: Lane, { key, topic }: Counts) =>
    (runningOf.get(key) ?? 0) < ofOne &&
    (ofSubject === undefined ||
      topic === undefined ||
      ((subjects.get(topic) ?? 0) < ofSubject && (subjects.get(`${topic} ${key}`) ?? 0) < ofOne - 1))

  function begin(lane: Lane, { key, topic }: Counts): void {
    if (lane.running >= lane.share) borrowed += 1
    lane.running += 1
    lane.runningOf.set(key, (lane.runningOf.get(key) ?? 0) + 1)
    for (const subject of subjectsOf({ key, topic })) lane.subjects.set(subject, (lane.subjects.get(subject) ?? 0) + 1)
  }

  function end(lane: Lane, { key, topic }: Counts): void {
    lane.running -= 1
    if (lane.running >= lane.share) borrowed -= 1
    takeOne(lane.runningOf, key)
    for (const subject of subjectsOf({ key, topic })) takeOne(lane.subjects, subject)
    dispatch()
  }

  function leaveLine(lane: Lane, key: string, one: Waiting): void {
    const line = lane.waitingOf.get(key)
    const at = line?.indexOf(one) ?? -1
    if (!line || at < 0) return
    line.splice(at, 1)
    lane.waiting -= 1
    if (line.length === 0) lane.waitingOf.delete(key)
  }

  /** The first who may run now; whoever else waits under the same key waits behind all others from then on. */
  function takeNext(lane: Lane): Waiting | undefined {
    for (const [key, line] of lane.waitingOf) {
      const at = line.findIndex(({ counts }) => mayRun(lane, counts))
      const next = line[at]
      if (!next) continue
      line.splice(at, 1)
      lane.waiting -= 1
      lane.waitingOf.delete(key)
      if (line.length > 0) lane.waitingOf.set(key, line)
      return next
    }
    return undefined
  }

  /** Gives turns that are free: one a lane, round and round, so that no lane takes all that are common. */
  function dispatch(): void {
    for (let given = true; given; ) {
      given = false
      for (const lane of [...inOrder]) {
        if (lane.waiting === 0 || !hasTurn(lane)) continue
        const next = takeNext(lane)
        if (!next) continue
        given = true
        if (next.caller.isGone()) {
          next.refuse(waitedTooLong())
          continue
        }
        inOrder.splice(inOrder.indexOf(lane), 1)
        inOrder.push(lane)
        begin(lane, next.counts)
        next.start()
      }
    }
  }

  /** Of a line that is too long, the last of whoever has most waiting is refused: rather than somebody else. */
  function shorten(lane: Lane, newcomer: string): void {
    if (lane.waiting <= lane.line) return
    let most = newcomer
    for (const [key, { length }] of lane.waitingOf) if (length > (lane.waitingOf.get(most)?.length ?? 0)) most = key
    const last = lane.waitingOf.get(most)?.at(-1)
    if (!last) return
    leaveLine(lane, most, last)
    last.refuse(lineFull())
  }

  const wait = (lane: Lane, counts: Counts, caller: Caller) =>
    new Promise<void>((resolve, reject) => {
      const { key } = counts
      const timer = setTimeout(() => {
        leaveLine(lane, key, one)
        reject(waitedTooLong())
      }, waitSeconds * 1000)
      const one: Waiting = {
        caller,
        counts,
        start() {
          clearTimeout(timer)
          resolve()
        },
        refuse(problem) {
          clearTimeout(timer)
          reject(problem)
        },
      }
      const line = lane.waitingOf.get(key)
      if (line) line.push(one)
      else lane.waitingOf.set(key, [one])
      lane.waiting += 1
      shorten(lane, key)
    })

  async function take<T>(caller: Caller, step: () => Promise<T>): Promise<T> {
    // As it is counted now: the request may be known better when its turn ends.
    const lane = laneOf(caller.lane)
    const counts = { key: caller.key, topic: caller.topic }
    if (hasTurn(lane) && mayRun(lane, counts)) begin(lane, counts)
    else {
      const waited = stopwatch()
      await wait(lane, counts, caller).finally(() => noteWaiting(waited()))
    }
    const turn = { caller, isOver: false }
    try {
      return await held.run(turn, step)
    } finally {
      turn.isOver = true
      end(lane, counts)
    }
  }

  return {
    take,
    inTurn(step) {
      const caller = findCaller()
      const turn = held.getStore()
      // Whoever has a turn waits for no second one: many who did would wait for each other.
      return caller && (turn?.caller !== caller || turn.isOver) ? take(caller, step) : step()
    },
    countOf: id => ({ running: laneOf(id).running, waiting: laneOf(id).waiting }),
  }
}
