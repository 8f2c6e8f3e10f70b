import { useSearch } from '@tanstack/react-router'
import { Clock3 } from 'lucide-react'
import { useState } from 'react'
import { cancelSession, crewReadiness, showCalendar, showSession } from '../../../src/planning/contract.ts'
import { openSession } from '../../../src/planning/rosters/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText, tenthsText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { goInstead } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Figure } from '../parts/figure.tsx'
import { Failed, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay, useToday } from '../shell/session.tsx'
import { CloseDialog } from './close-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { type Calendar, minutesOf, rosterAt, rosterPaperAt, type WholeSession, weekAt } from './week.ts'

const refreshed = 15_000

/**
 * One session beside the week: how it stands, who is there, who waits longest, when it will be done, and what to do
 * next.
 */
export function SessionPanel({ id, calendar }: { id: string; calendar: Calendar }) {
  const { data, error, refetch } = useAsk(showSession, { params: { id } }, { every: refreshed })
  if (error) return <Failed error={error} retry={() => void refetch()} />
  return data ? <Panel session={data} calendar={calendar} /> : null
}

function Panel({ session, calendar }: { session: WholeSession; calendar: Calendar }) {
  const say = useSay()
  const { code, site, day, startsAt, endsAt, kind, reason, troubles } = session
  return (
    <article className="session-panel">
      <div className="panel-head">
        <StateChip session={session} />
        <span className="quiet">{say('session-code', { code })}</span>
      </div>
      <h2>{site.name}</h2>
      <p className="quiet">
        {[site.address, say(`kind-${kind}`)].filter(Boolean).join('. ')}
        <br />
        {say('session-when', { day: dayText(day), from: startsAt, to: endsAt })}
      </p>
      {reason && <p>{say('session-cancelled-for', { reason })}</p>}
      {troubles.length > 0 && <p className="note late">{troubles.map(one => say(`trouble-${one}`)).join(', ')}</p>}
      {kind !== 'counter' && <Counts session={session} />}
      <People session={session} />
      {session.waiting.length > 0 && <Waiting session={session} />}
      <Projection session={session} />
      {session.closing && <Closing closing={session.closing} />}
      <Deeds session={session} calendar={calendar} />
    </article>
  )
}

function StateChip({ session: { state } }: { session: WholeSession }) {
  const say = useSay()
  const time = instantText(new Date().toISOString()).time
  if (state === 'open') return <Chip kind="moving">{say('state-open', { time })}</Chip>
  if (state === 'closed') return <Chip kind="done">{say('state-closed')}</Chip>
  return <Chip kind="not-begun">{say(`state-${state}`)}</Chip>
}

/** Each figure opens its list; together they are the roster. */
function Counts({ session: { id, counts, capacity, state } }: { session: WholeSession }) {
  const say = useSay()
  const parts = [
    ['xong', counts.served, 'count-served'],
    ['cho', counts.waiting, 'count-waiting'],
    ['chua-den', counts.notCome, 'count-not-come'],
    ['vang', counts.absent, 'count-absent'],
  ] as const
  return (
    <section aria-label={say('session-roster')}>
      <div className="panel-counts">
        {parts.map(([list, n, word]) => (
          <div key={list}>
            <Figure value={n} to={rosterAt(id, { loc: list })} label={say(word)} />
            <span className="quiet">{say(word)}</span>
          </div>
        ))}
      </div>
      {counts.invited > 0 && (
        <div className="panel-bar" aria-hidden>
          {parts.map(([list, n]) => n > 0 && <span key={list} className={`part-${list}`} style={{ flexGrow: n }} />)}
        </div>
      )}
      <p className="quiet">
        <Said
          of="session-in-list"
          parts={{
            n: <b>{numberText(counts.invited)}</b>,
            walkIns: <Figure value={counts.walkIns} to={rosterAt(id, { loc: 'ngoai' })} label={say('count-walk-in')} />,
          }}
        />
        {state === 'planned' && capacity > 0 && `. ${say('session-capacity', { n: numberText(capacity) })}`}
      </p>
    </section>
  )
}

function People({ session: { officers, kits, people } }: { session: WholeSession }) {
  const say = useSay()
  const servedBy = (officerId: string) => people.find(one => one.officerId === officerId)?.people ?? 0
  return (
    <section>
      <h3>{say('session-team-kits')}</h3>
      <ul className="rows panel-rows">
        {officers.map(({ officerId, name, role }) => (
          <li key={officerId}>
            <span>{name}</span>
            <span className="quiet">{say(`role-${role}`)}</span>
            <b className="end figures">{servedBy(officerId) > 0 && numberText(servedBy(officerId))}</b>
          </li>
        ))}
        {kits.length > 0 && (
          <li>
            <span className="quiet">{kits.map(({ code }) => code).join(', ')}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

const longest = 3

function Waiting({ session: { id, waiting } }: { session: WholeSession }) {
  const say = useSay()
  return (
    <section>
      <h3>{say('session-longest')}</h3>
      <ul className="rows panel-rows">
        {waiting.slice(0, longest).map(one => (
          <li key={one.personId}>
            <span>{one.name}</span>
            <span className="quiet own-figures">{one.class}</span>
            <b className="end figures">{say('session-minutes', { n: one.minutes })}</b>
          </li>
        ))}
      </ul>
      {waiting.length > longest && (
        <Go className="exit" to={rosterAt(id, { loc: 'cho' })}>
          {say('session-more-waiting', { n: waiting.length - longest })}
        </Go>
      )}
    </section>
  )
}

/** The pace so far, drawn out to the end of the list; over the hours it is a matter for somebody to decide. */
function Projection({ session: { id, projection, endsAt, counts } }: { session: WholeSession }) {
  const say = useSay()
  if (!projection) return null
  const { time } = instantText(projection.endsAt)
  const over = minutesOf(time) - minutesOf(endsAt)
  return (
    <div className={over > 0 ? 'note waiting' : 'note'}>
      <Clock3 size={16} aria-hidden />
      <div>
        <p>
          <b>{over > 0 ? say('session-projected-over', { time, n: over }) : say('session-projected', { time })}</b>{' '}
          {projection.minutesEach >= 1 && say('session-pace', { n: tenthsText(projection.minutesEach) })}
        </p>
        {over > 0 && counts.notCome > 0 && (
          <Button href={rosterAt(id, { loc: 'chua-den' })}>{say('session-see-not-come', { n: counts.notCome })}</Button>
        )}
      </div>
    </div>
  )
}

export function Closing({ closing }: { closing: NonNullable<WholeSession['closing']> }) {
  const say = useSay()
  const done = Object.entries(closing.done).filter(([, n]) => n > 0)
  const absent = Object.entries(closing.absentBy).filter(([, n]) => n > 0)
  return (
    <section>
      <h3>{say('session-closing')}</h3>
      <dl className="closing">
        {done.map(([what, n]) => (
          <div key={what}>
            <dt>{say(`done-${what as 'card'}`)}</dt>
            <dd className="figures">{numberText(n)}</dd>
          </div>
        ))}
        {absent.map(([why, n]) => (
          <div key={why}>
            <dt>{say('roster-absent', { why: say(`absence-${why as 'ill'}`) })}</dt>
            <dd className="figures">{numberText(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What can be done now, with what was read about the session read anew afterwards. */
function Deeds({ session, calendar }: { session: WholeSession; calendar: Calendar }) {
  const say = useSay()
  const today = useToday()
  const [mayManage, mayServe] = [useMay('planning.manage'), useMay('planning.serve')]
  const { doi, buoi } = useSearch({ from: '/lich-luu-dong' })
  const isMoved = doi !== undefined && buoi === session.id && session.state === 'planned' && mayManage
  const [dialog, setDialog] = useState<'close' | 'move' | 'cancel' | undefined>(isMoved ? 'move' : undefined)
  const open = useDo(openSession, [showSession, showCalendar])
  const { id, state, day, kind } = session
  const isPlanned = state === 'planned'
  return (
    <>
      <RefusedNote error={open.error} />
      <div className="buttons panel-deeds">
        {kind !== 'counter' && (
          <Button href={rosterAt(id)}>{say(state === 'open' ? 'session-roster' : 'session-list')}</Button>
        )}
        {kind !== 'counter' && state !== 'cancelled' && (
          <Button href={rosterPaperAt(id)}>{say('session-sheet')}</Button>
        )}
        {isPlanned && mayManage && <Button onPress={() => setDialog('move')}>{say('session-move')}</Button>}
        {isPlanned && mayManage && <Button onPress={() => setDialog('cancel')}>{say('session-cancel')}</Button>}
        {isPlanned && mayServe && day === today && (
          <Button
            look="primary"
            onPress={() => open.mutate({ params: { id } })}
            {...(open.isPending && { disabled: true })}
          >
            {say('session-open')}
          </Button>
        )}
        {state === 'open' && mayServe && (
          <Button look="primary" onPress={() => setDialog('close')}>
            {say('session-close')}
          </Button>
        )}
      </div>
      {dialog === 'close' && <CloseDialog session={session} onClose={() => setDialog(undefined)} />}
      {dialog === 'move' && (
        <PlanDialog
          calendar={calendar}
          day={session.day}
          moved={session}
          onClose={() => {
            setDialog(undefined)
            if (doi !== undefined) goInstead(weekAt({ tuan: day, buoi: id }))
          }}
        />
      )}
      {dialog === 'cancel' && <CancelDialog session={session} onClose={() => setDialog(undefined)} />}
    </>
  )
}

function CancelDialog({ session: { id, code, version }, onClose }: { session: WholeSession; onClose: () => void }) {
  const say = useSay()
  const [reason, setReason] = useState('')
  const cancel = useDo(cancelSession, [showSession, showCalendar, crewReadiness])
  return (
    <DeedDialog
      open
      title={say('session-cancel-title', { code })}
      deed={say('session-cancel')}
      onDo={() => cancel.mutate({ params: { id }, body: { reason, version } }, { onSuccess: onClose })}
      busy={cancel.isPending}
      onClose={onClose}
    >
      <p>{say('session-cancel-about')}</p>
      <Field label={say('session-reason')} value={reason} onChange={setReason} maxLength={300} />
      <RefusedNote error={cancel.error} />
    </DeedDialog>
  )
}
