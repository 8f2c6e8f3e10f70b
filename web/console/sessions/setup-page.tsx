import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { crewReadiness, showCalendar, teamRoles } from '../../../src/planning/contract.ts'
import {
  closeSite,
  createKit,
  createSite,
  createTeam,
  planningOfficers,
  setKitState,
  setTeamMembers,
} from '../../../src/planning/contract-place.ts'
import { addDays } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayInYearText, dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useSession, useToday, useUnitName } from '../shell/session.tsx'
import { useIsOurTeam } from './crew-notes.tsx'
import { type Calendar, teamText, weekAt } from './week.ts'

/** What sessions are made of: entered once. */
export function SetupPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const { to, ...back } = useSearch({ from: '/lich-luu-dong/doi-may-diem' })
  const isPlanning = back.xep !== undefined || back.doi !== undefined
  const { data, error, refetch } = useAsk(
    showCalendar,
    { query: { from: today, to: addDays(today, 60) } },
    { keep: true },
  )
  return (
    <Page
      title={say('setup-title')}
      standing={unit}
      strip={[unit, say('sessions-setup')]}
      foot={
        <Go className="exit" to={weekAt()}>
          {say('back-to-week')}
        </Go>
      }
    >
      {isPlanning && (
        <p className="note back-to-plan">
          <Button look="primary" href={weekAt(back)}>
            {say('back-to-plan')}
          </Button>
          <span className="quiet">{say('back-to-plan-kept')}</span>
        </p>
      )}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('sessions-reading')} />}
      {data && (
        <div className="setup">
          <Teams calendar={data} asked={to} />
          <Kits calendar={data} asked={to === 'may'} />
          <Sites calendar={data} />
        </div>
      )}
    </Page>
  )
}

type Part = { readonly calendar: Calendar }

const useUnitId = () => useSession().post?.unitId ?? ''

/** Brings what one came for into sight, once. */
function useInSight(isAsked: boolean) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isAsked) place.current?.scrollIntoView({ block: 'center' })
  }, [isAsked])
  return place
}

function Teams({ calendar, asked }: Part & { readonly asked: string | undefined }) {
  const { teams } = calendar
  const say = useSay()
  const unitId = useUnitId()
  const [name, setName] = useState('')
  const isOurs = useIsOurTeam()
  const above = teams.filter(team => !isOurs(team))
  const add = useDo(createTeam, [showCalendar, crewReadiness])
  const colour = (teams.length % 6) + 1
  return (
    <section className="part" aria-label={say('teams')}>
      <h2>{say('teams')}</h2>
      {teams.filter(isOurs).map(team => (
        <Team key={team.id} team={team} said={teamText(team, calendar)} asked={team.id === asked} />
      ))}
      {above.length > 0 && (
        <p className="quiet">{say('teams-above', { teams: above.map(team => teamText(team, calendar)).join('; ') })}</p>
      )}
      <form
        className="setup-form"
        onSubmit={event => {
          event.preventDefault()
          add.mutate({ body: { unitId, name, colour } }, { onSuccess: () => setName('') })
        }}
      >
        <Field label={say('setup-team-name')} value={name} onChange={setName} maxLength={60} />
        <Button submits {...(name.trim() === '' && { disabled: true })}>
          {say('setup-team-add')}
        </Button>
      </form>
      <RefusedNote error={add.error} />
    </section>
  )
}

/** Each officer with what they do in the team, or that they are not in it. */
function Team({ team, said, asked }: { team: Calendar['teams'][number]; said: string; asked: boolean }) {
  const say = useSay()
  const place = useInSight(asked)
  const { data } = useAsk(planningOfficers, {})
  const [members, setMembers] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(team.members.map(({ officerId, role }) => [officerId, role])),
  )
  const save = useDo(setTeamMembers, [showCalendar, crewReadiness])
  // As it was first: what folds when it is saved moves what somebody is about to press.
  const [isOpen] = useState(asked || team.members.length === 0)
  const named = Object.entries(members).flatMap(([officerId, role]) => {
    const known = teamRoles.find(one => one === role)
    return known ? [{ officerId, role: known }] : []
  })
  return (
    <details open={isOpen}>
      <summary className={asked ? 'under-cursor' : undefined}>
        <span className={`team-mark team-${team.colour}`} aria-hidden /> <b>{said}</b>{' '}
        <span className="quiet">
          {(data?.officers ?? [])
            .filter(({ id }) => members[id])
            .map(one => one.name)
            .join(', ')}
        </span>
      </summary>
      <div className="setup-members" ref={place}>
        {(data?.officers ?? []).map(officer => (
          <Field
            key={officer.id}
            label={officer.name}
            value={members[officer.id] ?? ''}
            onChange={role => setMembers({ ...members, [officer.id]: role })}
            choices={[
              ['', say('setup-not-in')] as const,
              ...teamRoles.map(role => [role, say(`role-${role}`)] as const),
            ]}
          />
        ))}
      </div>
      <Button
        onPress={() => save.mutate({ params: { id: team.id }, body: { members: named } })}
        {...(save.isPending && { disabled: true })}
      >
        {say('setup-members-save')}
      </Button>
      <RefusedNote error={save.error} />
    </details>
  )
}

function Kits({ calendar: { kits }, asked }: Part & { readonly asked: boolean }) {
  const say = useSay()
  const place = useInSight(asked)
  const unitId = useUnitId()
  const [code, setCode] = useState('')
  const [until, setUntil] = useState('')
  const add = useDo(createKit, [showCalendar, crewReadiness])
  const set = useDo(setKitState, [showCalendar, crewReadiness])
  return (
    <section className="part" aria-label={say('kits')}>
      <div ref={place} />
      <h2>{say('kits')}</h2>
      <ul className="rows panel-rows">
        {kits.map(({ id, code: written, state, repairUntil }) => (
          <li key={id}>
            <span>{written}</span>
            <span className={state === 'repair' ? 'late-text' : 'quiet'}>
              {state === 'repair'
                ? repairUntil
                  ? say('kit-repair-until', { day: dayText(repairUntil) })
                  : say('kit-repair')
                : say('kit-ready')}
            </span>
            <span className="end">
              {state === 'repair' ? (
                <Button look="row" onPress={() => set.mutate({ params: { id }, body: { state: 'ready' } })}>
                  {say('setup-kit-ready')}
                </Button>
              ) : (
                <Button
                  look="row"
                  onPress={() =>
                    set.mutate({ params: { id }, body: { state: 'repair', ...(until && { repairUntil: until }) } })
                  }
                >
                  {say('setup-kit-repair')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <Touched sessions={set.data?.sessions} />
      {kits.length > 0 && <DayField label={say('setup-kit-until')} value={until} onChange={setUntil} />}
      <form
        className="setup-form"
        onSubmit={event => {
          event.preventDefault()
          add.mutate({ body: { unitId, code } }, { onSuccess: () => setCode('') })
        }}
      >
        <Field label={say('setup-kit-code')} value={code} onChange={setCode} maxLength={40} />
        <Button submits {...(code.trim() === '' && { disabled: true })}>
          {say('setup-kit-add')}
        </Button>
      </form>
      <RefusedNote error={add.error ?? set.error} />
    </section>
  )
}

/** Sessions that a change touches: somebody has to move them. */
function Touched({ sessions }: { sessions: readonly { id: string; code: string; day: string }[] | undefined }) {
  const say = useSay()
  if (!sessions?.length) return null
  return (
    <p className="note late">
      {say('setup-touched', { sessions: sessions.map(({ code, day }) => `${code} ${dayText(day)}`).join(', ') })}
    </p>
  )
}

function Sites({ calendar: { sites, closedDays } }: Part) {
  const say = useSay()
  const unitId = useUnitId()
  const [form, setForm] = useState({ kind: 'hall', name: '', address: '' })
  const add = useDo(createSite, [showCalendar])
  const kind = (['counter', 'home'] as const).find(one => one === form.kind) ?? ('hall' as const)
  return (
    <section className="part" aria-label={say('sites')}>
      <h2>{say('sites')}</h2>
      <ul className="rows panel-rows">
        {sites.map(site => (
          <li key={site.id}>
            <span>{site.name}</span>
            <span className="quiet">{[say(`site-${site.kind}`), site.address].filter(Boolean).join(', ')}</span>
            <span className="late-text end">
              {closedDays
                .filter(({ siteId }) => siteId === site.id)
                .map(({ day, why }) => `${dayInYearText(day)} ${say(`why-${why}`)}`)
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {sites.length > 0 && <ClosedDay sites={sites} />}
      <form
        className="setup-form"
        onSubmit={event => {
          event.preventDefault()
          const { name, address } = form
          const body = { kind, unitId, name, opensAt: '07:00', closesAt: '22:00', ...(address && { address }) }
          add.mutate({ body }, { onSuccess: () => setForm({ ...form, name: '', address: '' }) })
        }}
      >
        <Field
          label={say('setup-site-kind')}
          value={form.kind}
          onChange={chosen => setForm({ ...form, kind: chosen })}
          choices={(['hall', 'counter', 'home'] as const).map(one => [one, say(`site-${one}`)] as const)}
        />
        <Field
          label={say('setup-site-name')}
          value={form.name}
          onChange={name => setForm({ ...form, name })}
          maxLength={100}
        />
        <Field
          label={say('setup-site-address')}
          value={form.address}
          onChange={address => setForm({ ...form, address })}
          maxLength={200}
        />
        <Button submits {...(form.name.trim() === '' && { disabled: true })}>
          {say('setup-site-add')}
        </Button>
      </form>
      {kind === 'home' && <p className="quiet">{say('setup-site-home')}</p>}
      <RefusedNote error={add.error} />
    </section>
  )
}

function ClosedDay({ sites }: { sites: Calendar['sites'] }) {
  const say = useSay()
  const [form, setForm] = useState({ site: sites[0]?.id ?? '', day: '', why: 'exam' })
  const close = useDo(closeSite, [showCalendar])
  const why = (['shut', 'exam', 'other'] as const).find(one => one === form.why) ?? 'other'
  return (
    <form
      className="setup-form"
      onSubmit={event => {
        event.preventDefault()
        close.mutate({ params: { id: form.site }, body: { day: form.day, why } })
      }}
    >
      <Field
        label={say('session-site')}
        value={form.site}
        onChange={site => setForm({ ...form, site })}
        choices={sites.map(({ id, name }) => [id, name] as const)}
      />
      <DayField label={say('setup-close-day')} value={form.day} onChange={day => setForm({ ...form, day })} />
      <Field
        label={say('setup-close-why')}
        value={form.why}
        onChange={chosen => setForm({ ...form, why: chosen })}
        choices={(['exam', 'shut', 'other'] as const).map(one => [one, say(`why-${one}`)] as const)}
      />
      <Button submits {...(form.day === '' && { disabled: true })}>
        {say('setup-close-deed')}
      </Button>
      <Touched sessions={close.data?.sessions} />
      <RefusedNote error={close.error} />
    </form>
  )
}
