import type { crewReadiness } from '../../../src/planning/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { useSession } from '../shell/session.tsx'
import { type Calendar, setupAt, teamText, type WeekSearch } from './week.ts'

type Readiness = Answer<typeof crewReadiness>
export type TeamReadiness = Readiness['teams'][number]
type KitReadiness = Readiness['kits'][number]
type Mark = TeamReadiness['marks'][number]

const shortMark = (say: Say, { code, away, all, ...facts }: Mark): string => {
  if (code === 'members-away')
    return away === all ? say('crew-all-away') : say('crew-away', { away: away ?? 0, all: all ?? 0 })
  if (code === 'overtime') return say('crew-overtime')
  return say('crew-small', { officers: facts.officers ?? 0, least: facts.least ?? 0 })
}

type Team = Calendar['teams'][number]

/** Whether a team is the planner's own to fill: those of units above are seen where they come, and filled there. */
export function useIsOurTeam(): (team: Team) => boolean {
  const { unitPath } = useSession()
  return ({ unitId }) => !unitPath.slice(1).some(({ id }) => id === unitId)
}

/** A team as it stands in the menu: what speaks against it is said before it is chosen. */
export function teamChoice(
  say: Say,
  {
    team,
    calendar,
    ready,
    isOurs,
  }: { team: Team; calendar: Calendar; ready: TeamReadiness | undefined; isOurs: boolean },
): string {
  const name = teamText(team, calendar)
  const marks = [
    ...(team.members.length === 0 ? [say(isOurs ? 'crew-empty' : 'crew-above')] : []),
    ...(ready?.elsewhere ? [say('crew-elsewhere', { code: ready.elsewhere.code })] : []),
    ...(ready?.marks ?? []).map(mark => shortMark(say, mark)),
  ]
  return marks.length ? `${name} (${marks.join(', ')})` : name
}

type NoteProps = {
  team: Team
  calendar: Calendar
  ready: TeamReadiness | undefined
  back: WeekSearch
}

/** What it means to choose this team all the same, and the way to fill it and back. */
export function TeamNote({ team, calendar, ready, back }: NoteProps) {
  const say = useSay()
  const name = teamText(team, calendar)
  const isOurs = useIsOurTeam()(team)
  const isEmpty = team.members.length === 0
  const { elsewhere, marks = [] } = ready ?? {}
  if (!isEmpty && !elsewhere && marks.length === 0) return null
  return (
    <div className="note waiting crew-note" role="status">
      {isEmpty && <p>{say(isOurs ? 'crew-empty-means' : 'crew-above-means', { team: name })}</p>}
      {elsewhere && (
        <p>
          {say('crew-elsewhere-means', {
            names: elsewhere.names || name,
            code: elsewhere.code,
            from: elsewhere.startsAt,
            to: elsewhere.endsAt,
          })}
        </p>
      )}
      {marks.map(({ code, ...facts }) => (
        <p key={code}>{say(`warning-${code}`, facts as Record<string, string | number>)}.</p>
      ))}
      {isOurs && (
        <Go className="exit" to={setupAt({ ...back, to: team.id })}>
          {say('crew-add', { team: name })}
        </Go>
      )}
    </div>
  )
}

/** The unit has no team of its own, or there is none at all: said, with the way to make one and back. */
export function NoTeam({ back, hasOthers }: { back: WeekSearch; hasOthers: boolean }) {
  const say = useSay()
  return (
    <div className="note waiting crew-note" role="status">
      <p>{say(hasOthers ? 'crew-none-own' : 'crew-none')}</p>
      <Go className="exit" to={setupAt(back)}>
        {say('crew-make')}
      </Go>
    </div>
  )
}

/** Why a machine cannot be taken at that time; nothing where it can. */
export function kitMark(say: Say, ready: KitReadiness | undefined): string | undefined {
  if (ready?.state === 'in-repair')
    return ready.until ? say('kit-repair-until', { day: dayText(ready.until) }) : say('kit-repair')
  const { elsewhere } = ready ?? {}
  return elsewhere && say('kit-elsewhere', { code: elsewhere.code, from: elsewhere.startsAt, to: elsewhere.endsAt })
}

type NoKitProps = { calendar: Calendar; kits: readonly KitReadiness[]; chosen: number; back: WeekSearch }

/** No machine is chosen, or none could be: what that means, and the way to the machines and back. */
export function NoKit({ calendar, kits, chosen, back }: NoKitProps) {
  const say = useSay()
  const isNone = calendar.kits.length === 0
  const isNoneFree = kits.length > 0 && kits.every(({ state }) => state !== 'free')
  if (chosen > 0 && !isNoneFree) return null
  return (
    <div className="note waiting crew-note" role="status">
      {(isNone || isNoneFree) && <p>{say(isNone ? 'kit-none-yet' : 'kit-none-free')}</p>}
      {chosen === 0 && <p>{say('warning-no-kit')}.</p>}
      <Go className="exit" to={setupAt({ ...back, to: 'may' })}>
        {say('kit-lead')}
      </Go>
    </div>
  )
}
