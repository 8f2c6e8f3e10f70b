import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { Line, Session } from './week.ts'

/** How many are asked, or done of how many: as a block of the calendar says it. */
export function useSaidCount() {
  const say = useSay()
  return ({ state, kind, counts }: Session): string => {
    if (kind === 'counter') return ''
    if (state === 'planned') return say('session-asked', { n: numberText(counts.invited) })
    return say('session-of', { done: numberText(counts.served), n: numberText(counts.invited) })
  }
}

/** What came of a person at a session, in words. */
export function useSaidOutcome() {
  const say = useSay()
  return ({ outcome, done, absentReason }: Line): string => {
    if (outcome === 'absent') return say('roster-absent', { why: say(`absence-${absentReason ?? 'other'}`) })
    if (outcome !== 'served') return ''
    return done.length
      ? say('roster-served', { what: done.map(one => say(`done-${one}`)).join(', ') })
      : say('roster-served-nothing')
  }
}
