import { fewestForPace } from '../law.ts'

/** When a session that is open will be done, at the pace that it has shown. */
export type Projection = {
  readonly endsAt: Date
  /** Minutes that one person takes at one place, to a tenth. */
  readonly minutesEach: number
}

export type SessionPace = {
  readonly openedAt: Date
  /** When each person was done. */
  readonly ended: readonly Date[]
  /** How many have no outcome yet. */
  readonly left: number
  /** Machines, or officers, that work side by side. */
  readonly places: number
  readonly now: Date
}

/** Undefined until some people are done. */
export function projectEnd({ openedAt, ended, left, places, now }: SessionPace): Projection | undefined {
  if (ended.length < fewestForPace || places < 1) return undefined
  const last = Math.max(...ended.map(at => at.getTime()))
  const each = (last - openedAt.getTime()) / ended.length
  return {
    endsAt: new Date(Math.max(now.getTime(), last + left * each)),
    minutesEach: Math.round(((each * places) / 60_000) * 10) / 10,
  }
}
