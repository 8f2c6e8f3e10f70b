import { now } from '../../platform/clock.ts'
import { type Counted, countedAs } from '../../platform/limits/caller.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'

/**
 * Read-only works that the provider's requests share. Each statement sees what is committed at that moment (READ
 * COMMITTED), as in a work of its own, but without the three messages that begin and end one. A lane ends when it is
 * idle for a moment, and after a second at the latest.
 */

/** As whom the requests of the provider are counted that share their works. */
export const togetherAtProvider: Counted = { lane: 'provider', key: 'together' }

const inScope = { ...asSystem('sign-in'), opens: 'in_sign_in_scope' } as const

const maximumLanes = 3
const idleMilliseconds = 30
const longestMilliseconds = 1_000

class LaneOver extends Error {}

type ReadLane = {
  readonly work: Promise<Work>
  busy: number
  isOver: boolean
  readonly since: number
  idle: NodeJS.Timeout | undefined
  end(): void
}

function openLane(openWork: OpenWork, lanes: Set<ReadLane>): ReadLane {
  let end = () => {}
  const over = new Promise<never>((_done, fail) => {
    end = () => fail(new LaneOver())
  })
  // Nobody may wait for it yet.
  over.catch(() => undefined)
  const work = new Promise<Work>((opened, failed) => {
    countedAs(togetherAtProvider, () =>
      openWork(inScope, async opening => {
        opened(opening)
        await over
      }),
    ).catch(error => {
      lanes.delete(lane)
      if (!(error instanceof LaneOver)) failed(error)
    })
  })
  const lane: ReadLane = { work, busy: 0, isOver: false, since: performance.now(), idle: undefined, end: () => end() }
  lanes.add(lane)
  return lane
}

function retireLane(lane: ReadLane, lanes: Set<ReadLane>): void {
  lanes.delete(lane)
  lane.isOver = true
  if (lane.busy === 0) lane.end()
}

/** The least busy lane; opens another if all are busy and the limit allows it. */
function findLane(openWork: OpenWork, lanes: Set<ReadLane>): ReadLane {
  for (const lane of lanes) if (performance.now() - lane.since > longestMilliseconds) retireLane(lane, lanes)
  const [least] = [...lanes].sort((one, other) => one.busy - other.busy)
  return least && (least.busy === 0 || lanes.size >= maximumLanes) ? least : openLane(openWork, lanes)
}

const lanesOfHouse = new WeakMap<OpenWork, Set<ReadLane>>()

/**
 * Reads as the house in the sign-in scope: in a shared work, or in the lane of a sandbox client in one of its own, so
 * that its requests take nobody's place. The work that writes also records readings.
 */
export async function readInLane<T>(
  openWork: OpenWork,
  requestId: string,
  step: (work: Work) => Promise<T>,
  counted: Counted = togetherAtProvider,
): Promise<T> {
  if (counted.lane !== togetherAtProvider.lane)
    return countedAs(counted, () => openWork(inScope, work => step({ ...work, requestId })))
  const lanes = lanesOfHouse.get(openWork) ?? new Set()
  lanesOfHouse.set(openWork, lanes)
  const lane = findLane(openWork, lanes)
  lane.busy += 1
  clearTimeout(lane.idle)
  try {
    return await step({ ...(await lane.work), now: now(), requestId })
  } catch (error) {
    // The failure may have ended the transaction for everybody.
    retireLane(lane, lanes)
    throw error
  } finally {
    lane.busy -= 1
    if (lane.busy === 0) {
      if (lane.isOver) lane.end()
      else lane.idle = setTimeout(() => retireLane(lane, lanes), idleMilliseconds)
    }
  }
}
