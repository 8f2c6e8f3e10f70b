import { now } from '../../platform/clock.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'

/**
 * Works that only read, shared by the requests of the provider: each statement in them sees what is committed at that
 * moment (READ COMMITTED), as it would in a work of its own, without the three messages that begin and end one. A lane
 * is given back when nobody has asked for a moment, and after a second at the latest.
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
  // Where nobody waits for it yet.
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

/** Which lane is the least busy; another is opened where all are, and there may be more. */
function laneFor(openWork: OpenWork, lanes: Set<Lane>): Lane {
  for (const lane of lanes) if (performance.now() - lane.since > longestMilliseconds) retire(lane, lanes)
  const [least] = [...lanes].sort((one, other) => one.busy - other.busy)
  return least && (least.busy === 0 || lanes.size >= mostLanes) ? least : openLane(openWork, lanes)
}

const houses = new WeakMap<OpenWork, Set<Lane>>()

/** Reads, as the house itself at the door; what is noted of a reading belongs into the work that writes. */
export async function read<T>(openWork: OpenWork, requestId: string, step: (work: Work) => Promise<T>): Promise<T> {
  const lanes = houses.get(openWork) ?? new Set()
  houses.set(openWork, lanes)
  const lane = laneFor(openWork, lanes)
  lane.busy += 1
  clearTimeout(lane.idle)
  try {
    return await step({ ...(await lane.work), now: now(), requestId })
  } catch (error) {
    // What failed may have ended the transaction for everybody.
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
