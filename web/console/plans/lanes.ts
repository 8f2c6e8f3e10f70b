import type { PlanWeek, WeekSession } from './search.ts'

/** A place of the lanes: a team on a day in a shift. */
export type Slot = { readonly team: string; readonly day: string; readonly shift: string }

export const slotOf = ({ team, day, shift }: Slot): Slot => ({ team, day, shift })
export const isSameSlot = (one: Slot, other: Slot): boolean =>
  one.team === other.team && one.day === other.day && one.shift === other.shift

type Lanes = Pick<PlanWeek, 'teams' | 'days' | 'shifts'>

const clamped = (at: number, length: number) => Math.min(Math.max(at, 0), length - 1)

/**
 * The place beside one: left and right are days of the plan, up and down the shifts of a team and then those of the
 * next one, as the lanes stand below each other.
 */
export function slotBeside({ teams, days, shifts }: Lanes, from: Slot, key: string): Slot {
  const within = days.filter(one => one.within)
  const day = within.findIndex(one => one.day === from.day)
  const line = teams.findIndex(({ id }) => id === from.team) * shifts.length + shiftAt(shifts, from.shift)
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0]
  const nextDay = within[clamped(day + (step[0] ?? 0), within.length)]?.day ?? from.day
  const nextLine = clamped(line + (step[1] ?? 0), teams.length * shifts.length)
  return {
    team: teams[Math.floor(nextLine / shifts.length)]?.id ?? from.team,
    day: nextDay,
    shift: shifts[nextLine % shifts.length]?.id ?? from.shift,
  }
}

const shiftAt = (shifts: Lanes['shifts'], id: string) =>
  Math.max(
    0,
    shifts.findIndex(shift => shift.id === id),
  )

/** The session that an arrow key comes to: the nearest that way, by lines and days. */
export function sessionBeside(
  lanes: Lanes,
  sessions: readonly WeekSession[],
  from: WeekSession,
  key: string,
): WeekSession {
  const place = (one: WeekSession) => ({
    x: lanes.days.findIndex(({ day }) => day === one.day),
    y: lanes.teams.findIndex(({ id }) => id === one.team) * lanes.shifts.length + shiftAt(lanes.shifts, one.shift),
  })
  const here = place(from)
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0]
  let best: { readonly session: WeekSession; readonly cost: number } | undefined
  for (const session of sessions) {
    const { x, y } = place(session)
    const ahead = (x - here.x) * (dx ?? 0) + (y - here.y) * (dy ?? 0)
    const aside = Math.abs((x - here.x) * (dy ?? 0)) + Math.abs((y - here.y) * (dx ?? 0))
    if (ahead <= 0) continue
    const cost = ahead + aside * 4
    if (!best || cost < best.cost) best = { session, cost }
  }
  return best?.session ?? from
}

/** Which session is looked at where the address names none, or one that is elsewhere now: the first of the week. */
export const shownSession = (sessions: readonly WeekSession[], id: string | undefined): WeekSession | undefined =>
  sessions.find(one => one.id === id) ?? sessions[0]

/** The kind that gives a session its edge: what needs a machine first. */
export const kindOf = ({ kinds }: Pick<WeekSession, 'kinds'>): WeekSession['kinds'][number] =>
  (['capture', 'raising', 'activation'] as const).find(kind => kinds.includes(kind)) ?? 'activation'

/** What stands before most names, and what is left of it where room is short. */
const shortened: readonly (readonly [before: RegExp, short: string])[] = [
  [/^(?:Trường )?(?:THPT|THCS|TH&THCS|Tiểu học|TH|Trung tâm) /, ''],
  [/^Nhà văn hóa /, 'NVH '],
  [/(^|NVH )Phường /, '$1P. '],
  [/(^|NVH )Xã /, '$1X. '],
  [/(^|NVH )Thị trấn /, '$1TT. '],
]

export const shortSite = (name: string): string =>
  shortened.reduce((text, [before, short]) => text.replace(before, short), name)
