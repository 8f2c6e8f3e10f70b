import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { showCalendar, signOvertime } from '../../../src/planning/contract.ts'
import { dayInYearText, dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Term } from '../help/term.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay, useSession } from '../shell/session.tsx'
import { type Calendar, hoursText, teamText } from './week.ts'

/** Each team with how often it goes out this week; its colour is that of its sessions' edge. */
export function TeamList({ calendar }: { calendar: Calendar }) {
  const say = useSay()
  const { teams, sessions } = calendar
  const held = sessions.filter(({ state }) => state !== 'cancelled')
  const counters = new Set(held.filter(({ kind }) => kind === 'counter').map(({ day }) => day)).size
  return (
    <section>
      <h2 className="small-head">{say('teams')}</h2>
      <ul className="margin-rows">
        {teams.map(team => (
          <li key={team.id}>
            <span className={`team-mark team-${team.colour}`} aria-hidden />
            <span>{teamText(team, calendar)}</span>
            <span className="quiet end">
              {say('team-sessions', { n: held.filter(({ teamId }) => teamId === team.id).length })}
            </span>
          </li>
        ))}
        {teams.length === 0 && <li className="quiet">{say('team-none')}</li>}
        {counters > 0 && (
          <li>
            <span className="team-mark counter" aria-hidden />
            <span>{say('counters')}</span>
            <span className="quiet end">{say('counter-days', { n: counters })}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

export function KitList({ calendar: { kits } }: { calendar: Calendar }) {
  const say = useSay()
  const state = ({ state: is, repairUntil }: Calendar['kits'][number]) => {
    if (is === 'ready') return <span className="quiet end">{say('kit-ready')}</span>
    return (
      <span className="late-text end">
        <TriangleAlert size={14} aria-hidden />{' '}
        {repairUntil ? say('kit-repair-until', { day: dayInYearText(repairUntil) }) : say('kit-repair')}
      </span>
    )
  }
  return (
    <section>
      <h2 className="small-head">{say('kits')}</h2>
      <ul className="margin-rows">
        {kits.map(kit => (
          <li key={kit.id}>
            <span>{kit.code}</span>
            {state(kit)}
          </li>
        ))}
        {kits.length === 0 && <li className="quiet">{say('kit-none')}</li>}
      </ul>
    </section>
  )
}

/** Who worked most beyond hours stands first; the rest can be asked for. */
const first = 5

/** Above the limits it warns; nobody is stopped. A commander signs what is not signed yet. */
export function OvertimeList({ calendar }: { calendar: Calendar }) {
  const say = useSay()
  const { id: self } = useSession()
  const maySign = useMay('planning.sign')
  const [signing, setSigning] = useState<Calendar['overtime'][number]>()
  const [all, setAll] = useState(false)
  const worked = calendar.overtime.filter(({ month, over }) => month > 0 || over.length > 0)
  const shown = all ? worked : worked.slice(0, first)
  return (
    <section>
      <h2 className="small-head">
        <Term of="overtime-month" />
      </h2>
      <ul className="margin-rows">
        {shown.map(one => (
          <li key={one.officerId} className="stacked">
            <b>{one.name}</b>{' '}
            <span className={one.over.length ? 'late-text' : 'quiet'}>
              {say('overtime-of', { hours: hoursText(one.month) })}
              {one.over.map(limit => ` · ${say(`overtime-over-${limit}`)}`)}
            </span>
            {maySign && one.unsigned > 0 && one.officerId !== self && (
              <>
                {' '}
                <button type="button" className="exit" onClick={() => setSigning(one)}>
                  {say('overtime-sign')}
                </button>
              </>
            )}
          </li>
        ))}
        {worked.length === 0 && <li className="quiet">{say('overtime-none')}</li>}
      </ul>
      {shown.length < worked.length && (
        <button type="button" className="exit" onClick={() => setAll(true)}>
          {say('overtime-more', { n: worked.length - shown.length })}
        </button>
      )}
      {signing && <SignDialog one={signing} month={calendar.to.slice(0, 7)} onClose={() => setSigning(undefined)} />}
    </section>
  )
}

function SignDialog({
  one,
  month,
  onClose,
}: {
  one: Calendar['overtime'][number]
  month: string
  onClose: () => void
}) {
  const say = useSay()
  const sign = useDo(signOvertime, [showCalendar])
  const said = dayText(month)
  return (
    <DeedDialog
      open
      title={say('overtime-sign-title', { month: said, name: one.name })}
      deed={say('overtime-sign-deed', { hours: hoursText(one.unsigned) })}
      onDo={() => sign.mutate({ params: { id: one.officerId }, body: { month } }, { onSuccess: onClose })}
      busy={sign.isPending}
      onClose={onClose}
    >
      <p>{say('overtime-sign-about')}</p>
      <RefusedNote error={sign.error} />
    </DeedDialog>
  )
}
