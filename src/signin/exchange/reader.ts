import { now } from '../../platform/clock.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'

/**
 * Read-only works that the provider's requests share. Each statement sees what is committed at that moment (READ
 * COMMITTED), as in a work of its own, but without the three messages that begin and end one. A lane ends when it is
 * idle for a moment, and after a second at the latest.
 */

const mostLanes = 3
const idleMilliseconds = 30
const longestMilliseconds = 1_000

class Over extends Error {}

type Lane = {
  readonly work: Promise<Work>
  busy: number
  isOver: boolean
  readonly since: number
  idle: NodeJS.Timeout | undefined
  end(): void
}

function openLane(openWork: OpenWork, lanes: Set<Lane>): Lane {
  let end = () => {}
  const over = new Promise<never>((_done, fail) => {
    end = () => fail(new Over())
  })
  // Nobody may wait for it yet.
  over.catch(() => undefined)
  const work = new Promise<Work>((opened, failed) => {
    openWork({ ...asSystem('sign-in'), opens: 'at_the_door' }, async opening => {
      opened(opening)
      await over
    }).catch(error => {
      lanes.delete(lane)
      if (!(error instanceof Over)) failed(error)
    })
  })
  const lane: Lane = { work, busy: 0, isOver: false, since: performance.now(), idle: undefined, end: () => end() }
  lanes.add(lane)
  return lane
}

function retire(lane: Lane, lanes: Set<Lane>): void {
  lanes.delete(lane)
  lane.isOver = true
  if (lane.busy === 0) lane.end()
}

/** The least busy lane; opens another if all are busy and the limit allows it. */
function laneFor(openWork: OpenWork, lanes: Set<Lane>): Lane {
  for (const lane of lanes) if (performance.now() - lane.since > longestMilliseconds) retire(lane, lanes)
  const [least] = [...lanes].sort((one, other) => one.busy - other.busy)
  return least && (least.busy === 0 || lanes.size >= mostLanes) ? least : openLane(openWork, lanes)
}

const houses = new WeakMap<OpenWork, Set<Lane>>()

/** Reads as the house in the sign-in scope. The work that writes also records readings. */
export async function read<T>(openWork: OpenWork, requestId: string, step: (work: Work) => Promise<T>): Promise<T> {
  const lanes = houses.get(openWork) ?? new Set()
  houses.set(openWork, lanes)
  const lane = laneFor(openWork, lanes)
  lane.busy += 1
  clearTimeout(lane.idle)
  try {
    return await step({ ...(await lane.work), now: now(), requestId })
  } catch (error) {
    // The failure may have ended the transaction for everybody.
    retire(lane, lanes)
    throw error
  } finally {
    lane.busy -= 1
    if (lane.busy === 0) {
      if (lane.isOver) lane.end()
      else lane.idle = setTimeout(() => retire(lane, lanes), idleMilliseconds)
    }
  }
}
