import { Lock, Ship, TriangleAlert } from 'lucide-react'
import type { DragEvent, Ref } from 'react'
import { type Day, weekday } from '../../../src/platform/day.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { isSameSlot, kindOf, type Slot, shortSite } from './lanes.ts'
import type { PlanWeek, WeekSession } from './search.ts'
import { costBetween, toldFaults, useCostText, useFaultText, useShiftText } from './use-cost-text.ts'
import type { TriedMove } from './use-tried-move.ts'

type LanesProps = {
  readonly ref: Ref<HTMLDivElement>
  readonly week: PlanWeek
  readonly chosen: WeekSession | undefined
  /** Where the chosen session is being moved to. */
  readonly target: Slot | undefined
  readonly tried: TriedMove
  readonly mayMove: boolean
  readonly onChoose: (session: WeekSession) => void
  readonly onDrag: (session: WeekSession, to: Slot) => void
}

/** The week as lanes by team: in each day a line a shift. The kind is said by edge and fill, and in words. */
export function PlanLanes(props: LanesProps) {
  const say = useSay()
  const { week, ref } = props
  const { weeks, monday, days, teams } = week
  const at = weeks.indexOf(monday as (typeof weeks)[number]) + 1
  const label = say('lanes-label', { n: at, all: weeks.length })
  return (
    <div className="plan-lanes" ref={ref}>
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{say('session-team')}</span>
            </th>
            {days.map(day => (
              <th key={day.day} scope="col" className={headLook(week, day)}>
                {say(`weekday-${weekday(day.day as Day) as 1}`)} {Number(day.day.slice(8))}
                {day.holiday && <span className="small"> {day.holiday}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {teams.map(team => (
            <TeamLane key={team.id} {...props} team={team} />
          ))}
        </tbody>
      </table>
      {week.sessions.length === 0 && <p className="quiet">{say('lanes-empty-week')}</p>}
      <Legend />
      <p className="unseen">{say('lanes-keys')}</p>
    </div>
  )
}

/** A day on which nobody works takes no room from the others. */
const headLook = ({ sessions }: PlanWeek, day: PlanWeek['days'][number]) =>
  [
    day.within ? dayLook(day) : 'out',
    sessions.some(session => session.day === day.day) || (day.within && day.work !== 'none') ? '' : 'narrow',
  ]
    .filter(Boolean)
    .join(' ')

const dayLook = ({ work }: PlanWeek['days'][number]) => (work === 'ordinary' ? '' : work)

type Team = PlanWeek['teams'][number]

function TeamLane({ team, ...props }: LanesProps & { readonly team: Team }) {
  const say = useSay()
  const { week } = props
  const ofTeam = week.sessions.filter(session => session.team === team.id)
  const kits = new Set(week.routes.filter(route => route.team === team.id).flatMap(route => route.kits)).size
  // An evening has a line of its own where the week has one, or somebody is on the way to one.
  const shifts = week.shifts.filter(
    ({ id }, at) =>
      at < 2 ||
      ofTeam.some(({ shift }) => shift === id) ||
      (props.target?.team === team.id && props.target.shift === id),
  )
  return (
    <tr>
      <th scope="row" title={`${team.name}, ${team.base}`}>
        <b>{team.name}</b> {kits > 0 && <span className="quiet">{say('lanes-team-kits', { n: kits })}</span>}
        <span className="quiet lane-base">{team.base}</span>
      </th>
      {week.days.map(day => (
        <DayCell key={day.day} {...props} team={team} day={day} shifts={shifts} ofTeam={ofTeam} />
      ))}
    </tr>
  )
}

type CellProps = LanesProps & {
  readonly team: Team
  readonly day: PlanWeek['days'][number]
  readonly shifts: PlanWeek['shifts']
  readonly ofTeam: readonly WeekSession[]
}

function DayCell({ team, day, shifts, ofTeam, ...props }: CellProps) {
  const say = useSay()
  const { chosen, target, mayMove, onDrag, week } = props
  const ofDay = ofTeam.filter(session => session.day === day.day)
  const isFirst = week.teams[0]?.id === team.id
  if (!day.within) return <td className="out" />
  const slotAt = (event: DragEvent): Slot => {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    const line = Math.floor(((event.clientY - top) / height) * shifts.length)
    const shift = shifts[Math.min(shifts.length - 1, Math.max(0, line))]?.id ?? ''
    return { team: team.id, day: day.day, shift }
  }
  const over = (event: DragEvent) => {
    if (!mayMove || !chosen) return
    event.preventDefault()
    const slot = slotAt(event)
    if (!target || !isSameSlot(slot, target)) onDrag(chosen, slot)
  }
  return (
    <td className={dayLook(day)} onDragOver={over} onDrop={over}>
      {shifts.map(({ id }) => (
        <Line
          key={id}
          {...props}
          slot={{ team: team.id, day: day.day, shift: id }}
          sessions={ofDay.filter(({ shift }) => shift === id)}
          teamName={team.name}
        />
      ))}
      {isFirst && day.work === 'none' && <span className="small lane-note">{say('lanes-no-order')}</span>}
    </td>
  )
}

type LineProps = Omit<LanesProps, 'ref'> & {
  readonly slot: Slot
  readonly sessions: readonly WeekSession[]
  readonly teamName: string
}

function Line({ slot, sessions, teamName, ...props }: LineProps) {
  const { target, chosen, tried } = props
  const isTarget = target !== undefined && isSameSlot(slot, target) && chosen && !isSameSlot(chosen, target)
  return (
    <div className={slot.shift === 'evening' ? 'lane-line evening' : 'lane-line'}>
      {sessions.map(session => (
        <SessionBlock key={session.id} session={session} teamName={teamName} {...props} />
      ))}
      {isTarget && <Ghost session={chosen} tried={tried} />}
    </div>
  )
}

function SessionBlock({
  session,
  teamName,
  chosen,
  target,
  mayMove,
  onChoose,
}: Omit<LineProps, 'slot' | 'sessions'> & { readonly session: WeekSession }) {
  const say = useSay()
  const shiftText = useShiftText()
  const kind = kindOf(session)
  const isChosen = session.id === chosen?.id
  const told = [
    say('lane-session', {
      site: session.siteName,
      kind: session.kinds.map(one => say(`demand-${one}`)).join(', ') || say(`demand-${kind}`),
      people: numberText(session.people),
      day: `${say(`weekday-${weekday(session.day as Day) as 1}`)} ${Number(session.day.slice(8))}`,
      shift: shiftText(session.shift),
      team: teamName,
    }),
    session.locked && say('lane-locked'),
    session.boat && say('lane-boat'),
  ].filter(text => text !== false)
  const looks = ['lane-session', kind, isChosen ? 'chosen' : '', isChosen && target ? 'leaving' : '']
  return (
    <button
      type="button"
      className={looks.filter(Boolean).join(' ')}
      aria-pressed={isChosen}
      title={told.join(', ')}
      tabIndex={isChosen ? 0 : -1}
      draggable={mayMove}
      onDragStart={event => {
        event.dataTransfer.setData('text/plain', session.id)
        event.dataTransfer.effectAllowed = 'move'
        onChoose(session)
      }}
      onClick={() => onChoose(session)}
    >
      {session.locked && <Lock size={12} aria-hidden />}
      {session.boat && <Ship size={12} aria-hidden />}
      <span className="lane-site">{shortSite(session.siteName)}</span>
      <b className="figures">{numberText(session.people)}</b>
      <span className="unseen">{told.join(', ')}</span>
    </button>
  )
}

/** Where the session is on its way to: what it costs there, or what it breaks. */
function Ghost({ session, tried }: { session: WeekSession; tried: TriedMove }) {
  const say = useSay()
  const costText = useCostText()
  const faultText = useFaultText()
  const { data, isTrying } = tried
  const [fault] = toldFaults(data?.faults.map(({ code }) => code) ?? [])
  const text = isTrying
    ? say('move-trying')
    : fault
      ? faultText(fault)
      : data
        ? costText(costBetween(data.before, data.after), 'short')
        : shortSite(session.siteName)
  return (
    <span className={fault ? 'lane-ghost broken' : 'lane-ghost'}>
      {fault && <TriangleAlert size={12} aria-hidden />}
      {text}
    </span>
  )
}

function Legend() {
  const say = useSay()
  return (
    <ul className="lane-legend">
      {(['capture', 'activation', 'raising'] as const).map(kind => (
        <li key={kind}>
          <span className={`lane-swatch ${kind}`} aria-hidden /> {say(`demand-${kind}`)}
        </li>
      ))}
      <li>{say('lanes-legend')}</li>
      <li>
        <Lock size={12} aria-hidden /> {say('lanes-legend-lock')}
      </li>
      <li>
        <Ship size={12} aria-hidden /> {say('lanes-legend-boat')}
      </li>
    </ul>
  )
}
