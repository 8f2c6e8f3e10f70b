/**
 * Whether a pupil will have card and account in hand in time. Each pupil's stage and the day it began come in. Decided
 * here, from how long each stage takes (lead-time.ts) and how many come to a session (turn-out.ts): how likely the last
 * stage is over by the deadline (stages-ahead.ts, chance.ts) and what would rescue it (rescue.ts). What goes out:
 * chances by pupil, and a board by class, school and unit (board.ts). No deeds.
 */

import type { Day } from '../../platform/day.ts'
import { usualRescueMeans, usualSpeedDoubt } from '../law.ts'
import {
  type ChanceQuestion,
  type ChanceWorld,
  chancesOf,
  chanceWorldOf,
  type InTimeChances,
  type PlannedChange,
  type PupilPosition,
  type PupilState,
  positionKey,
  pupilPositionOf,
  type SpeedDoubt,
  weighByDoubt,
} from './chance.ts'
import type { LeadStage, LeadTimes } from './lead-time.ts'
import { type Rescue, type RescueMeans, rescueOf } from './rescue.ts'
import { stagesByCourse } from './stages-ahead.ts'

export type { ChanceQuestion, InTimeChances, PupilState, SpeedDoubt } from './chance.ts'

export type RiskQuestion = ChanceQuestion & {
  /** What rescues take here; `usualMeans` unless given. */
  readonly means?: RescueMeans
}

export type PupilRisk = InTimeChances & {
  /**
   * The last working day on which a capture still gives the card in time with 19 chances in 20, by the unit's lead
   * times; null where none does.
   */
  readonly lastSafeCaptureDay: Day | null
  /** The stage whose end would help most; null when all is in hand. */
  readonly reason: LeadStage | null
  /** null when nothing more is needed, or nothing would help. */
  readonly rescue: Rescue | null
  /** `both` at each speed of the doubt, for roll-ups: pupils of one season are late together. */
  readonly bothBySpeed: readonly number[]
}

/** The risk of one pupil. For many pupils `openRisks` computes each state once. */
export const riskOf = (pupil: PupilState, leadTimes: LeadTimes, question: RiskQuestion): PupilRisk =>
  openRisks(leadTimes, question).of(pupil)

/** Risks of many pupils as of one day. Who is in the same state for as long, in the same unit, has the same. */
export function openRisks(leadTimes: LeadTimes, question: RiskQuestion): { of(pupil: PupilState): PupilRisk } {
  const world = chanceWorldOf(leadTimes, question)
  const kept = new Map<string, PupilRisk>()
  return {
    of: pupil => {
      const stand = pupilPositionOf(pupil, world)
      const key = positionKey(stand)
      const known = kept.get(key)
      if (known) return known
      const made = assessPosition(stand, world, question.means ?? usualRescueMeans)
      kept.set(key, made)
      return made
    },
  }
}

function assessPosition(stand: PupilPosition, world: ChanceWorld, means: RescueMeans): PupilRisk {
  const usual = chancesOf(stand, world)
  return {
    ...usual,
    lastSafeCaptureDay: world.lastSafeDayOf(stand.group),
    reason: mainReasonOf(stand, world, usual),
    rescue: rescueOf(stand, world, usual, means),
  }
}

/** Of the course that is less sure, the stage under way or to come whose being over tomorrow would help it most. */
function mainReasonOf(stand: PupilPosition, world: ChanceWorld, usual: InTimeChances): LeadStage | null {
  const open = (['card', 'account'] as const).filter(course => stand[course].at < stagesByCourse[course].length)
  const course = open.toSorted((a, b) => usual[a] - usual[b])[0]
  if (!course) return null
  const at = stand[course].at
  const captures: readonly LeadStage[] = at < 0 ? [stand.missed ? 'capture-after-absence' : 'capture'] : []
  const stages: readonly LeadStage[] = [...captures, ...stagesByCourse[course].slice(Math.max(0, at))]
  const gains = stages.map(stage => {
    const isCapture = captures.includes(stage)
    const change: PlannedChange = isCapture
      ? { capture: { after: 1, chance: 1 } }
      : { [course]: { stage, after: stagesByCourse[course][at] === stage ? 1 : 0, chance: 1 } }
    return { stage, gain: chancesOf(stand, world, change)[course] }
  })
  return gains.reduce((best, next) => (next.gain > best.gain + 1e-9 ? next : best)).stage
}

export type RiskSummary = {
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
export function summarizeRisks<Of>(
  pupils: Iterable<Of>,
  { by, risk, doubt = usualSpeedDoubt }: { by: (one: Of) => string; risk: (one: Of) => PupilRisk; doubt?: SpeedDoubt },
): Map<string, RiskSummary> {
  const sums = new Map<string, { pupils: number; missing: number; all: number[] }>()
  for (const one of pupils) {
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
      { pupils, expectedMissing: missing, allMakeIt: weighByDoubt(doubt, speed => all[speed]!) },
    ]),
  )
}
