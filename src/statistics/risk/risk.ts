/**
 * Whether a pupil will have card and account in hand in time. Each pupil's stage and the day it began come in. Decided
 * here, from how long each stage takes (lead-time.ts) and how many come to a session (attendance.ts): how likely each
 * course is over by the deadline (course.ts, chance.ts) and what would rescue it (rescue.ts). What goes out: chances by
 * pupil, and a board by class, school and unit (board.ts). No deeds.
 */

import type { Day } from '../../platform/day.ts'
import {
  type ChanceQuestion,
  type Chances,
  type Change,
  chancesOf,
  type Doubt,
  keyOf,
  type PupilState,
  type Stand,
  standOf,
  usualDoubt,
  type World,
  weighed,
  worldOf,
} from './chance.ts'
import { courses } from './course.ts'
import type { LeadTimes, Stage } from './lead-time.ts'
import { type Rescue, type RescueMeans, rescueOf, usualMeans } from './rescue.ts'

export type { ChanceQuestion, Chances, Doubt, PupilState } from './chance.ts'

export type RiskQuestion = ChanceQuestion & {
  /** What rescues take here; `usualMeans` unless given. */
  readonly means?: RescueMeans
}

export type Risk = Chances & {
  /**
   * The last working day on which a capture still gives the card in time with 19 chances in 20, by the unit's lead
   * times; null where none does.
   */
  readonly lastSafeCaptureDay: Day | null
  /** The stage whose end would help most; null when all is in hand. */
  readonly reason: Stage | null
  /** null when nothing more is needed, or nothing would help. */
  readonly rescue: Rescue | null
  /** `both` at each speed of the doubt, for roll-ups: pupils of one season are late together. */
  readonly bothBySpeed: readonly number[]
}

/** The risk of one pupil. For many pupils `openRisks` computes each state once. */
export const riskOf = (pupil: PupilState, leadTimes: LeadTimes, question: RiskQuestion): Risk =>
  openRisks(leadTimes, question).of(pupil)

/** Risks of many pupils as of one day. Who is in the same state for as long, in the same unit, has the same. */
export function openRisks(leadTimes: LeadTimes, question: RiskQuestion): { of(pupil: PupilState): Risk } {
  const world = worldOf(leadTimes, question)
  const kept = new Map<string, Risk>()
  return {
    of: pupil => {
      const stand = standOf(pupil, world)
      const key = keyOf(stand)
      const known = kept.get(key)
      if (known) return known
      const made = assess(stand, world, question.means ?? usualMeans)
      kept.set(key, made)
      return made
    },
  }
}

function assess(stand: Stand, world: World, means: RescueMeans): Risk {
  const usual = chancesOf(stand, world)
  return {
    ...usual,
    lastSafeCaptureDay: world.lastSafeDayOf(stand.group),
    reason: reasonOf(stand, world, usual),
    rescue: rescueOf(stand, world, usual, means),
  }
}

/** Of the course that is less sure, the stage under way or to come whose being over tomorrow would help it most. */
function reasonOf(stand: Stand, world: World, usual: Chances): Stage | null {
  const open = (['card', 'account'] as const).filter(course => stand[course].at < courses[course].length)
  const course = open.toSorted((a, b) => usual[a] - usual[b])[0]
  if (!course) return null
  const at = stand[course].at
  const captures: readonly Stage[] = at < 0 ? [stand.missed ? 'capture-after-absence' : 'capture'] : []
  const stages: readonly Stage[] = [...captures, ...courses[course].slice(Math.max(0, at))]
  const gains = stages.map(stage => {
    const isCapture = captures.includes(stage)
    const change: Change = isCapture
      ? { capture: { after: 1, chance: 1 } }
      : { [course]: { stage, after: courses[course][at] === stage ? 1 : 0, chance: 1 } }
    return { stage, gain: chancesOf(stand, world, change)[course] }
  })
  return gains.reduce((best, next) => (next.gain > best.gain + 1e-9 ? next : best)).stage
}

export type Roll = {
  readonly pupils: number
  /** How many will miss card or account, on average. */
  readonly expectedMissing: number
  /**
   * The chance that every one of them makes it. At one speed pupils are independent, and speeds are shared; other ties
   * within a class are unknown.
   */
  readonly allMakeIt: number
}

/** Rolls risks up by class, school or ward: whatever `by` says. */
export function rollUp<Of>(
  of: Iterable<Of>,
  { by, risk, doubt = usualDoubt }: { by: (one: Of) => string; risk: (one: Of) => Risk; doubt?: Doubt },
): Map<string, Roll> {
  const sums = new Map<string, { pupils: number; missing: number; all: number[] }>()
  for (const one of of) {
    const { both, bothBySpeed } = risk(one)
    const key = by(one)
    const sum = sums.get(key) ?? { pupils: 0, missing: 0, all: bothBySpeed.map(() => 1) }
    sums.set(key, {
      pupils: sum.pupils + 1,
      missing: sum.missing + 1 - both,
      all: sum.all.map((chance, speed) => chance * bothBySpeed[speed]!),
    })
  }
  return new Map(
    [...sums].map(([key, { pupils, missing, all }]) => [
      key,
      { pupils, expectedMissing: missing, allMakeIt: weighed(doubt, speed => all[speed]!) },
    ]),
  )
}
