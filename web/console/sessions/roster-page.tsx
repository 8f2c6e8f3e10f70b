import { useBlocker, useParams, useSearch } from '@tanstack/react-router'
import { MessageSquare, Printer } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { foldMarks } from '../../../src/names/name.ts'
import { showSession } from '../../../src/planning/contract.ts'
import { showRoster } from '../../../src/planning/rosters/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { applicationsAt } from '../enrolment/search.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { AddDialog } from './add-dialog.tsx'
import { CloseDialog } from './close-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { type RollCall, type RollCallLine, useRollCall } from './roll-call.ts'
import { PersonDeeds, WalkIn } from './roster-deeds.tsx'
import { useSaidOutcome } from './use-session-words.ts'
import { type Line, rosterAt, rosterPaperAt, type WholeSession, weekAt } from './week.ts'

const lists = [
  ['', 'count-all'],
  ['chua-den', 'count-not-come'],
  ['cho', 'count-waiting'],
  ['xong', 'count-served'],
  ['vang', 'count-absent'],
  ['ngoai', 'count-walk-in'],
] as const

const isOn = ({ walkIn, outcome, cameAt }: Line, list: string): boolean => {
  if (list === 'ngoai') return walkIn
  if (walkIn) return false
  if (list === 'xong') return outcome === 'served'
  if (list === 'vang') return outcome === 'absent'
  if (list === 'cho') return !outcome && cameAt !== undefined
  return list === 'chua-den' ? !outcome && cameAt === undefined : true
}

const none: readonly Line[] = []

/** Who is asked to a session, and what comes of it: found by typing, entered by one key. */
export function RosterPage() {
  const say = useSay()
  const unit = useUnitName()
  const { id } = useParams({ from: '/lich-luu-dong/$id' })
  const session = useAsk(showSession, { params: { id } }, { every: 15_000 })
  const roster = useAsk(showRoster, { params: { id } }, { every: 15_000 })
  const rollCall = useRollCall(id, roster.data?.lines ?? none)
  const [dialog, setDialog] = useState<'add' | 'close' | 'invite'>()
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      rollCall.unsaved > 0 &&
      current.pathname !== next.pathname &&
      !window.confirm(say('roster-leave-unsaved', { n: rollCall.unsaved })),
    enableBeforeUnload: false,
  })
  const [mayManage, mayServe, mayApplications] = [
    useMay('planning.manage'),
    useMay('planning.serve'),
    useMay('enrolment.read'),
  ]
  const one = session.data
  const mayAdd = mayManage && (one?.state === 'planned' || one?.state === 'open')
  const add = mayAdd && <Button onPress={() => setDialog('add')}>{say('roster-add')}</Button>
  const error = session.error ?? roster.error
  return (
    <Page
      title={say('roster-title', { code: one?.code ?? '' })}
      standing={
        one && (
          <p>
            {[one.site.name, say('session-when', { day: dayText(one.day), from: one.startsAt, to: one.endsAt })].join(
              '. ',
            )}
          </p>
        )
      }
      strip={[
        one?.site.name ?? unit,
        one ? say('session-when', { day: dayText(one.day), from: one.startsAt, to: one.endsAt }) : unit,
      ]}
      margin={roster.data && <Lists id={id} lines={rollCall.lines} />}
      foot={
        one && (
          <>
            <Go className="exit" to={weekAt({ tuan: one.day, buoi: one.id })}>
              {say('back-to-week')}
            </Go>
            {mayApplications && (one.state === 'open' || one.state === 'closed') && (
              <Go className="exit" to={applicationsAt({ hang: 'to-check', buoi: id })}>
                {say('session-applications')}
              </Go>
            )}
            <Button look="wide" icon={Printer} href={rosterPaperAt(id)}>
              {say('session-sheet')}
            </Button>
            {(one.state === 'planned' || one.state === 'open') && mayServe && !!roster.data?.lines.length && (
              <Button look="wide" icon={MessageSquare} onPress={() => setDialog('invite')}>
                {say('invite-families')}
              </Button>
            )}
            {one.state === 'open' && mayServe && (
              <Button look={['primary', 'wide']} onPress={() => setDialog('close')}>
                {say('session-close')}
              </Button>
            )}
          </>
        )
      }
    >
      {error && <Failed error={error} retry={() => void roster.refetch()} />}
      {!roster.data && !error && <Loading what={say('roster-reading')} />}
      {roster.data && one && roster.data.lines.length === 0 && (
        <State so={say('roster-none')} todo={mayAdd && say('roster-none-todo')} buttons={add} />
      )}
      {roster.data && one && (roster.data.lines.length > 0 || one.state === 'open') && (
        <Roster session={one} rollCall={rollCall} add={add} />
      )}
      {dialog === 'add' && one && <AddDialog session={one} onClose={() => setDialog(undefined)} />}
      {dialog === 'invite' && one && <InviteDialog session={one} onClose={() => setDialog(undefined)} />}
      {dialog === 'close' && one && <CloseDialog session={one} onClose={() => setDialog(undefined)} />}
    </Page>
  )
}

function Lists({ id, lines }: { id: string; lines: readonly Line[] }) {
  const say = useSay()
  const { loc = '' } = useSearch({ from: '/lich-luu-dong/$id' })
  return (
    <section>
      <nav className="sections" aria-label={say('roster-state')}>
        {lists.map(([list, word]) => (
          <Go key={list} to={rosterAt(id, list ? { loc: list } : {})} current={list === loc}>
            <span className="follow-up-who">
              <span>{say(word)}</span>
              <span className="figures">{numberText(lines.filter(line => isOn(line, list)).length)}</span>
            </span>
          </Go>
        ))}
      </nav>
    </section>
  )
}

type RosterProps = { session: WholeSession; rollCall: RollCall; add: React.ReactNode }

function Roster({ session, rollCall, add }: RosterProps) {
  const say = useSay()
  const narrow = useNarrow()
  const mayServe = useMay('planning.serve') && session.state === 'open'
  const { loc = '' } = useSearch({ from: '/lich-luu-dong/$id' })
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string>()
  const list = useRef<HTMLOListElement>(null)
  const { lines, unsaved, press, last, isHeld, sendOn } = rollCall
  const shown = useMemo(() => {
    const asked = foldMarks(typed.trim())
    return lines.filter(line => isOn(line, loc) && foldMarks(`${line.name} ${line.class}`).includes(asked))
  }, [lines, loc, typed])
  // Who got an outcome leaves a filtered list, and the next stands in their place.
  const at = shown.findIndex(({ personId }) => personId === chosen)
  const current = shown[at] ?? shown[0]
  /** The row that is chosen is the one that has the focus, unless somebody types or is at the buttons. */
  const choose = (personId: string | undefined) => {
    if (!personId) return
    setChosen(personId)
    const { activeElement } = document
    const isFree = !activeElement || activeElement === document.body || list.current?.contains(activeElement)
    if (isFree) list.current?.querySelector<HTMLElement>(`[data-person="${personId}"]`)?.focus()
  }
  const step = (by: number) => choose(shown[Math.min(shown.length - 1, Math.max(0, Math.max(at, 0) + by))]?.personId)
  const back = (personId: string | undefined) => {
    const line = lines.find(one => one.personId === personId)
    if (!line) return
    press(line, { kind: 'back' })
    choose(personId)
  }
  useKeys([
    { key: 'j', said: say('key-next'), run: () => step(1) },
    { key: 'k', said: say('key-previous'), run: () => step(-1) },
    { key: 'ArrowDown', said: say('key-next'), run: () => step(1) },
    { key: 'ArrowUp', said: say('key-previous'), run: () => step(-1) },
    ...(mayServe ? [{ key: 'z', said: say('roster-back-last'), run: () => back(last), decides: true }] : []),
  ])
  const after = (personId: string) => {
    const next = shown[shown.findIndex(one => one.personId === personId) + 1]
    if (next) choose(next.personId)
  }
  const deeds = current && (
    <PersonDeeds key={current.personId} session={session} line={current} press={press} onBack={back} onDone={after} />
  )
  return (
    <div className="split roster-split">
      <section aria-label={say('session-list')}>
        <div className="roster-tools">
          <Field label={say('roster-find')} type="search" value={typed} onChange={setTyped} />
          {add}
          <span className="quiet" role="status">
            {unsaved > 0 && say('roster-unsaved', { n: unsaved })}
          </span>
          {isHeld && (
            <Button look="row" onPress={() => void sendOn()}>
              {say('roster-send-on')}
            </Button>
          )}
        </div>
        {shown.length === 0 && <p className="quiet">{say('roster-none-shown')}</p>}
        <ol className="roster" ref={list}>
          {shown.map(line => (
            <Row
              key={line.personId}
              line={line}
              current={line === current}
              onChoose={() => setChosen(line.personId)}
              {...(mayServe && canGoBack(line) && { onBack: () => back(line.personId) })}
              under={narrow && line === current && deeds}
            />
          ))}
        </ol>
      </section>
      <div className="companion">
        {!narrow && (deeds ?? <p className="quiet">{say('roster-choose')}</p>)}
        {session.state === 'open' && <WalkIn session={session} />}
      </div>
    </div>
  )
}

/** What was entered by a key; who came without being asked is served at once, and stays so. */
const canGoBack = ({ walkIn, outcome, cameAt }: Line) => !walkIn && (outcome !== undefined || cameAt !== undefined)

type RowProps = {
  line: RollCallLine
  current: boolean
  onChoose: () => void
  onBack?: () => void
  under: React.ReactNode
}

function Row({ line, current, onChoose, onBack, under }: RowProps) {
  const say = useSay()
  const saidOutcome = useSaidOutcome()
  const came = line.cameAt && say('roster-came', { time: instantText(line.cameAt).time })
  const state =
    saidOutcome(line) || came || (line.comingOn ? say('roster-coming', { day: dayText(line.comingOn) }) : '')
  const look =
    line.outcome === 'served'
      ? 'done-text'
      : line.outcome === 'absent'
        ? 'quiet'
        : line.cameAt
          ? 'waiting-text'
          : 'quiet'
  // A row far down comes into sight as the keys go.
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <li className={current ? 'here' : ''}>
      <button
        type="button"
        ref={row}
        data-person={line.personId}
        onClick={onChoose}
        onFocus={onChoose}
        {...(current && { 'aria-current': 'true' as const })}
      >
        <span>{line.name ? <Name name={line.name} /> : <i>{say('roster-unseen')}</i>}</span>
        <span className="quiet own-figures">{line.class}</span>
        <span className="quiet figures">{dayText(line.born)}</span>
        <span className={look}>
          {state}
          {line.isUnsaved && <span className="quiet"> {say('roster-unsaved-row')}</span>}
          {line.error !== undefined && <span className="late-text"> {say('roster-not-saved')}</span>}
        </span>
      </button>
      {onBack && (
        <Button look={['row', 'text']} onPress={onBack}>
          {say('roster-back')}
        </Button>
      )}
      {under}
    </li>
  )
}
