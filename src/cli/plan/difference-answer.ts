import type { PlanDifference } from '../../planning/optimiser/difference-shape.ts'

/** What a plan has beside the one before, in the few lines that a command answers with. */

const grouped = (value: number) => value.toLocaleString('en')

const signed = (value: number) => `${value > 0 ? '+' : ''}${grouped(Math.round(value))}`

/** So many changed sessions are told in words; all of them with --json. */
const mostToldChanges = 30

export function differenceLines({ before, after, announced, sessions }: PlanDifference): readonly string[] {
  const byChange = Map.groupBy(sessions, ({ change }) => change)
  const counts = [...byChange].map(([change, some]) => `${change} ${grouped(some.length)}`)
  return [
    `${grouped(after.inTime)} of ${grouped(after.people)} people in time (${signed(after.inTime - before.inTime)}), ` +
      `${grouped(after.unserved)} not served (${signed(after.unserved - before.unserved)})`,
    `  overtime ${signed(after.overtimeMinutes - before.overtimeMinutes)} minutes, travel ` +
      `${signed(after.travelMinutes - before.travelMinutes)}, ${signed(after.km - before.km)} km`,
    `  ${grouped(announced.moved)} of ${grouped(announced.all)} announced sessions are not kept, ` +
      `${grouped(announced.byEvent)} of them for the event itself`,
    ...(counts.length > 0 ? [`  sessions: ${counts.join(', ')}`] : []),
    ...sessions.slice(0, mostToldChanges).map(({ change, before: one, after: other }) => {
      const at = one ?? other
      const was = one ? `${one.day} ${one.from}-${one.to}, team ${one.team}` : ''
      const is = other ? `${other.day} ${other.from}-${other.to}, team ${other.team}` : ''
      return `  ${change}: ${at?.siteName}: ${[was, is].filter(Boolean).join(' → ')}`
    }),
    ...(sessions.length > mostToldChanges ? [`  and ${grouped(sessions.length - mostToldChanges)} more`] : []),
  ]
}
