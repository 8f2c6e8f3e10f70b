import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import {
  crewReadiness,
  moveSession,
  needsOrder,
  planSession,
  sessionKinds,
  showCalendar,
  showSession,
} from '../../../src/planning/contract.ts'
import { createSite, planningOfficers } from '../../../src/planning/contract-place.ts'
import { proposedSessionHours, schoolHours } from '../../../src/planning/law.ts'
import type { Day } from '../../../src/platform/day.ts'
import { listSchools } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { type Asked, Refusal } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession } from '../shell/session.tsx'
import { kitMark, NoKit, NoTeam, TeamNote, teamChoice, useIsOurTeam } from './crew-notes.tsx'
import { anywhere, type Calendar, type Session, type WeekSearch, weekAt } from './week.ts'

type PlanWarning = NonNullable<Asked<typeof planSession>['body']['confirm']>[number]

type Props = {
  readonly calendar: Calendar
  readonly day: Day | string
  /** The session that is moved or changed; absent: a new one. */
  readonly moved?: Session
  /** The school at which a new one is to be. */
  readonly school?: string | undefined
  readonly onClose: () => void
}

type Form = {
  readonly kind: Session['kind']
  /** A site, or `school <id>` for a school at which nothing was held yet. */
  readonly site: string
  readonly teamId: string
  readonly officerId: string
  readonly day: string
  readonly startsAt: string
  readonly endsAt: string
  readonly kits: readonly string[]
}

const schoolChoice = 'school '

/** The site at a school, or the school itself where nothing was held yet. */
function siteAt(calendar: Calendar, school: string | undefined): string {
  if (!school || school === anywhere) return ''
  return calendar.sites.find(({ schoolId }) => schoolId === school)?.id ?? schoolChoice + school
}

const formOf = ({ calendar, day, moved, school }: Props): Form => ({
  kind: moved?.kind ?? 'card-and-account',
  site: moved?.site.id ?? siteAt(calendar, school),
  teamId: moved?.teamId ?? calendar.teams.find(({ members }) => members.length > 0)?.id ?? '',
  officerId: moved?.kind === 'counter' ? (moved.officers[0]?.officerId ?? '') : '',
  day: moved?.day ?? day,
  startsAt: moved?.startsAt ?? proposedSessionHours.startsAt,
  endsAt: moved?.endsAt ?? proposedSessionHours.endsAt,
  kits:
    moved?.kits.map(({ id }) => id) ??
    calendar.kits
      .filter(({ state }) => state === 'ready')
      .slice(0, 1)
      .map(({ id }) => id),
})

/** A warning, as the house raised it: its code, and what it says. */
type Raised = { readonly code: PlanWarning } & Readonly<Record<string, string | number>>
const raisedIn = (error: unknown): readonly Raised[] =>
  error instanceof Refusal && error.code === 'session-needs-confirmation'
    ? ((error.facts['warnings'] ?? []) as Raised[])
    : []

/**
 * A new session, or one that moves. What cannot be is refused with its rule; what should be looked at first is asked
 * once more.
 */
export function PlanDialog(props: Props) {
  const say = useSay()
  const { calendar, moved, onClose } = props
  // The way to fill a team leads away from here and back: what was typed waits meanwhile.
  const [form, setForm] = useDraftState(`session ${moved?.id ?? 'new'} plan`, () => formOf(props))
  const [confirm, setConfirm] = useState<readonly Raised['code'][]>([])
  const { send, forget, error, busy } = useSending(moved, onClose)
  const raised = raisedIn(error)
  // What was refused or raised was said of the form as it was.
  const change = (part: Partial<Form>) => {
    setForm({ ...form, ...part })
    setConfirm([])
    forget()
  }
  const allConfirmed = raised.every(({ code }) => confirm.includes(code))
  return (
    <Dialog open title={moved ? say('session-move-title', { code: moved.code }) : say('session-new')} onClose={onClose}>
      <form
        className="plan-form"
        onSubmit={event => {
          event.preventDefault()
          send(form, confirm, site => setForm({ ...form, site }))
        }}
      >
        <Fields
          form={form}
          change={change}
          calendar={calendar}
          moved={moved}
          back={
            moved ? { tuan: moved.day, buoi: moved.id, doi: '1' } : { tuan: props.day, xep: props.school ?? anywhere }
          }
        />
        {raised.length > 0 ? (
          <Warnings raised={raised} confirm={confirm} onConfirm={setConfirm} />
        ) : (
          <Refused error={error} />
        )}
        <div className="buttons">
          <Button look="primary" submits {...((busy || form.site === '' || !allConfirmed) && { disabled: true })}>
            {say(raised.length > 0 ? 'session-anyway' : moved ? 'session-move-deed' : 'session-new-deed')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Sends the form; a school at which nothing was held yet becomes a site first. */
function useSending(moved: Session | undefined, onClose: () => void) {
  const enter = useDo(createSite, [showCalendar])
  const plan = useDo(planSession, [showCalendar, crewReadiness])
  const move = useDo(moveSession, [showCalendar, showSession, crewReadiness])
  const after = {
    onSuccess: ({ id, day }: { id: string; day: string }) => {
      onClose()
      goTo(weekAt({ tuan: day, buoi: id }))
    },
  }
  const sendTo = (siteId: string, form: Form, confirm: readonly Raised['code'][]) => {
    const { kind, teamId, officerId, day, startsAt, endsAt, kits } = form
    const isCounter = kind === 'counter'
    const body = {
      siteId,
      day,
      startsAt,
      endsAt,
      kits: isCounter ? [] : [...kits],
      ...(!isCounter && teamId && { teamId }),
      ...(isCounter && officerId && { officers: [{ officerId, role: 'lone' as const }] }),
      confirm: [...confirm],
    }
    if (moved) move.mutate({ params: { id: moved.id }, body: { ...body, version: moved.version } }, after)
    else plan.mutate({ body: { ...body, kind } }, after)
  }
  const send = (form: Form, confirm: readonly Raised['code'][], onSite: (site: string) => void) => {
    if (!form.site.startsWith(schoolChoice)) return sendTo(form.site, form, confirm)
    const body = { kind: 'school' as const, schoolId: form.site.slice(schoolChoice.length), ...schoolHours }
    const known = ({ id }: { id: string }) => {
      onSite(id)
      sendTo(id, form, confirm)
    }
    enter.mutate({ body }, { onSuccess: known })
  }
  const forget = () => {
    for (const done of [enter, plan, move]) done.reset()
  }
  return {
    send,
    forget,
    error: enter.error ?? plan.error ?? move.error,
    busy: enter.isPending || plan.isPending || move.isPending,
  }
}

type FieldsProps = {
  form: Form
  change: (part: Partial<Form>) => void
  calendar: Calendar
  moved: Session | undefined
  /** Where the way to fill a team comes back to. */
  back: WeekSearch
}

const isHour = (text: string) => /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text)

/** What speaks against each team and machine at the hours of the form, as soon as these are whole. */
function useReadiness({ kind, day, startsAt, endsAt }: Form, moved: Session | undefined) {
  const isWhole = day !== '' && isHour(startsAt) && isHour(endsAt) && startsAt < endsAt
  const asked = { kind, day, startsAt, endsAt, ...(moved && { session: moved.id as never }) }
  return useAsk(crewReadiness, { query: asked }, { when: isWhole, keep: true }).data
}

function Fields({ form, change, calendar, moved, back }: FieldsProps) {
  const say = useSay()
  const isCounter = form.kind === 'counter'
  const ready = useReadiness(form, moved)
  const isOurs = useIsOurTeam()
  const readyOf = (id: string) => ready?.teams.find(one => one.id === id)
  const team = calendar.teams.find(({ id }) => id === form.teamId)
  return (
    <>
      {!moved && (
        <Field
          label={say('session-kind')}
          value={form.kind}
          onChange={kind => change({ kind: kind as Form['kind'] })}
          choices={sessionKinds.map(kind => [kind, say(`kind-${kind}`)] as const)}
        />
      )}
      <SiteField form={form} change={change} calendar={calendar} />
      {isCounter ? (
        <OfficerField form={form} change={change} />
      ) : (
        <>
          <Field
            label={say('session-team')}
            value={form.teamId}
            onChange={teamId => change({ teamId })}
            choices={[
              ['', say('session-team-choose')] as const,
              ...calendar.teams.map(
                one =>
                  [
                    one.id,
                    teamChoice(say, { team: one, calendar, ready: readyOf(one.id), isOurs: isOurs(one) }),
                  ] as const,
              ),
            ]}
          />
          {team && <TeamNote team={team} calendar={calendar} ready={readyOf(team.id)} back={back} />}
          {!calendar.teams.some(isOurs) && <NoTeam back={back} hasOthers={calendar.teams.length > 0} />}
        </>
      )}
      <div className="plan-times">
        <DayField label={say('session-day')} value={form.day} onChange={day => change({ day })} />
        <Field
          label={say('session-from')}
          value={form.startsAt}
          onChange={startsAt => change({ startsAt })}
          maxLength={5}
        />
        <Field label={say('session-to')} value={form.endsAt} onChange={endsAt => change({ endsAt })} maxLength={5} />
      </div>
      {!isCounter && <KitChoice form={form} change={change} calendar={calendar} ready={ready?.kits ?? []} />}
      {ready?.needsKit && <NoKit calendar={calendar} kits={ready.kits} chosen={form.kits.length} back={back} />}
    </>
  )
}

function SiteField({ form, change, calendar }: Pick<FieldsProps, 'form' | 'change' | 'calendar'>) {
  const say = useSay()
  const unitId = useSession().post?.unitId ?? ''
  const { data } = useAsk(listSchools, { params: { id: unitId }, query: {} }, { when: unitId !== '' })
  const known = new Set(calendar.sites.map(({ schoolId }) => schoolId))
  const schools = (data?.schools ?? []).filter(({ id }) => !known.has(id))
  return (
    <Field
      label={say('session-site')}
      value={form.site}
      onChange={site => change({ site })}
      choices={[
        ['', say('session-site-choose')] as const,
        ...calendar.sites.map(({ id, name }) => [id, name] as const),
        ...schools.map(({ id, name }) => [`${schoolChoice}${id}`, name] as const),
      ]}
    />
  )
}

function OfficerField({ form, change }: Pick<FieldsProps, 'form' | 'change'>) {
  const say = useSay()
  const { data } = useAsk(planningOfficers, {})
  return (
    <Field
      label={say('session-officer')}
      value={form.officerId}
      onChange={officerId => change({ officerId })}
      choices={[
        ['', say('session-officer-choose')] as const,
        ...(data?.officers ?? []).map(({ id, name }) => [id, name] as const),
      ]}
    />
  )
}

type KitChoiceProps = Pick<FieldsProps, 'form' | 'change' | 'calendar'> & {
  ready: readonly Parameters<typeof kitMark>[1][]
}

/** The machines, each with why it cannot be taken at that time. */
function KitChoice({ form, change, calendar, ready }: KitChoiceProps) {
  const say = useSay()
  const toggle = (id: string) =>
    change({ kits: form.kits.includes(id) ? form.kits.filter(one => one !== id) : [...form.kits, id] })
  return (
    <fieldset className="choices">
      <legend>{say('session-kits')}</legend>
      {calendar.kits.map(({ id, code }) => {
        const mark = kitMark(
          say,
          ready.find(one => one?.id === id),
        )
        return (
          <Checkbox key={id} className="tick" isSelected={form.kits.includes(id)} onChange={() => toggle(id)}>
            <span className="box" aria-hidden />
            <span>{code}</span>
            {mark && <span className="late-text">{mark}</span>}
          </Checkbox>
        )
      })}
      {calendar.kits.length === 0 && <p className="quiet">{say('kit-none')}</p>}
    </fieldset>
  )
}

type WarningsProps = {
  raised: readonly Raised[]
  confirm: readonly Raised['code'][]
  onConfirm: (codes: readonly Raised['code'][]) => void
}

/** What speaks against it, each to be ticked before it is planned all the same. */
export function Warnings({ raised, confirm, onConfirm }: WarningsProps) {
  const say = useSay()
  const toggle = (code: Raised['code']) =>
    onConfirm(confirm.includes(code) ? confirm.filter(one => one !== code) : [...confirm, code])
  return (
    <fieldset className="note waiting choices">
      <legend>{say('warnings-look')}</legend>
      <div className="stack" role="alert">
        {raised.map(one => (
          <Checkbox
            key={one.code}
            className="tick"
            isSelected={confirm.includes(one.code)}
            onChange={() => toggle(one.code)}
          >
            <span className="box" aria-hidden />
            <span>
              {say(`warning-${one.code}`, one)}. {needsOrder.includes(one.code) && say('warning-order')}
            </span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}

/** A refusal with the rule that it breaks; where another session stands in the way, the way to it. */
function Refused({ error }: { error: unknown }) {
  const say = useSay()
  const facts = error instanceof Refusal ? error.facts : {}
  const { session, code, startsAt, endsAt } = facts as Record<string, string | undefined>
  return (
    <>
      <RefusedNote error={error} />
      {session && (
        <a className="exit" href={weekAt({ buoi: session })}>
          {say('session-other', { code: code ?? '', from: startsAt ?? '', to: endsAt ?? '' })}
        </a>
      )}
    </>
  )
}
