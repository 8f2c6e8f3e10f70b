import { ScanLine } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { RosterPerson } from '../../../src/planning/rosters/contract-station.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { owed, packetName } from '../keep/packet-chain.ts'
import type { Entry } from '../keep/session-queue.ts'
import { Cap, LinkButton } from '../parts/button.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { useGo } from '../running/open-page.ts'
import { useLive, useRunning } from '../running/running.tsx'
import { type Say, useSay } from '../words/language.tsx'
import type { Opened, QueueHere } from './officer-at-work.ts'
import { type Findable, find, findableOf, type Someone, someoneOf } from './people.ts'

export type QueuePaneProps = {
  readonly opened: Opened
  readonly queue: QueueHere | undefined
  readonly people: ReadonlyMap<string, RosterPerson>
  /** The entry whose capture is in hand. */
  readonly current: string | undefined
  /** The capture in hand, where no list is open. */
  readonly inHand: string | undefined
  readonly onOpen: (entry: Entry) => void
  readonly onUnfinished: (application: string) => void
  readonly onJoin: (person: RosterPerson) => Promise<Entry | undefined>
  /** Opens the form for someone who is on no list, with what was typed or scanned. */
  readonly onAdd: (line: string) => void
}

const shown = 8

/**
 * Who has come, in their order; the field that finds by card, number or name; what the list and the packets stand at.
 */
export function QueuePane(props: QueuePaneProps) {
  const { opened, queue, onAdd } = props
  const say = useSay()
  const { roster } = opened
  const waiting = queue?.entries.filter(({ state }) => state === 'waiting').length ?? 0
  return (
    <aside className="margin queue" aria-label={say('queue')}>
      <div className="queue-head">
        <h2>
          {say(roster ? 'queue' : 'queue-or-drafts')}{' '}
          {roster && (
            <span className="count">{say('queue-count', { n: waiting, all: roster.roster.people.length })}</span>
          )}
        </h2>
        {roster && <LinkButton onPress={() => onAdd('')}>{say('add-person')}</LinkButton>}
      </div>
      {roster ? <FindAndQueue {...props} roster={roster} /> : <Unfinished {...props} />}
      <QueueFoot opened={opened} />
    </aside>
  )
}

function FindAndQueue(props: QueuePaneProps & { roster: NonNullable<Opened['roster']> }) {
  const { roster, queue, onOpen, onJoin, onAdd } = props
  const say = useSay()
  const [text, setText] = useState('')
  const [came, setCame] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const all = useMemo(() => findableOf(roster.roster), [roster])
  const found = useMemo(() => find(text, all), [text, all])
  const toField = () => field.current?.select()
  useKeys({ F2: toField })
  // It has been read by then, and the line is the queue's.
  useEffect(() => {
    if (!came) return
    const timer = setTimeout(() => setCame(''), 8000)
    return () => clearTimeout(timer)
  }, [came])

  const take = async ({ person }: Findable) => {
    const there = queue?.entries.find(entry => entry.person === person.id)
    setText('')
    if (there) return onOpen(there)
    const entry = await onJoin(person)
    if (entry) setCame(say('came', { name: person.fullName, n: entry.place }))
    field.current?.focus()
  }
  const enter = () => {
    const [only] = found
    if (only) void take(only)
    else if (text.trim()) {
      onAdd(text)
      setText('')
    }
  }
  return (
    <>
      <div className="find">
        <ScanLine size={16} aria-hidden />
        <input
          ref={field}
          type="text"
          value={text}
          placeholder={say('find-label')}
          aria-label={say('find-label')}
          aria-keyshortcuts="F2"
          autoComplete="off"
          spellCheck={false}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Escape') setText('')
            if (event.key !== 'Enter') return
            // Else the form that this opens would be sent by the same stroke.
            event.preventDefault()
            enter()
          }}
        />
        <Cap>F2</Cap>
      </div>
      <p className="small came" aria-live="polite">
        {came}
      </p>
      {text.trim() ? (
        <FoundList found={found} queue={queue} onTake={take} onAdd={() => onAdd(text)} />
      ) : (
        <QueueList {...props} />
      )}
    </>
  )
}

type FoundProps = {
  found: readonly Findable[]
  queue: QueueHere | undefined
  onTake: (found: Findable) => void
  onAdd: () => void
}

function FoundList({ found, queue, onTake, onAdd }: FoundProps) {
  const say = useSay()
  const places = new Map(queue?.entries.map(entry => [entry.person, entry.place] as const))
  return (
    <>
      <ul className="queue-list found">
        {found.slice(0, shown).map(one => {
          const place = places.get(one.person.id)
          return (
            <li key={one.person.id}>
              <button type="button" onClick={() => onTake(one)}>
                <span className="who">
                  <span className="full-name">{one.person.fullName}</span>
                  <span className="line">
                    {[one.person.class, dayText(one.person.birthDate)].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <span className="small">{place ? say('in-queue', { n: place }) : say('put-in-queue')}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {found.length > shown && <p className="small">{say('find-more', { n: found.length - shown })}</p>}
      {found.length === 0 && (
        <p className="quiet">
          {say('find-none')} <LinkButton onPress={onAdd}>{say('find-add')}</LinkButton>
        </p>
      )}
    </>
  )
}

/** Class; who is in none is told apart from a namesake by their birth. */
const lineOf = (someone: Someone | undefined, say: Say) =>
  someone && (someone.line === undefined ? say('outside') : someone.line || dayText(someone.person.birthDate))

function QueueList({ queue, people, current, onOpen }: QueuePaneProps) {
  const say = useSay()
  const here = useRef<HTMLLIElement>(null)
  // The row in hand, or the first that waits, is in sight: a queue of a long day has hundreds that are done.
  const mark = queue?.entries.find(({ id, state }) => (current ? id === current : state === 'waiting'))?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the marked row is another
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'nearest' })
  }, [mark, queue === undefined])
  if (queue && queue.entries.length === 0 && queue.hidden === 0) return <p className="quiet">{say('queue-empty')}</p>
  return (
    <ul className="queue-list">
      {queue?.entries.map(entry => {
        const someone = someoneOf(entry, people)
        const over = entry.state === 'done' || entry.state === 'refused'
        return (
          <li key={entry.id} ref={entry.id === mark ? here : undefined}>
            <button
              type="button"
              className={over ? 'over' : undefined}
              aria-current={entry.id === current ? 'true' : undefined}
              onClick={() => onOpen(entry)}
            >
              <span className="place">{String(entry.place).padStart(2, '0')}</span>
              <span className="who">
                <span className="full-name">{someone?.person.fullName}</span>
                <span className="line">{lineOf(someone, say)}</span>
              </span>
              <EntryChip entry={entry} />
            </button>
          </li>
        )
      })}
      {queue && queue.hidden > 0 && <li className="small">{say('hidden-entries', { n: queue.hidden })}</li>}
    </ul>
  )
}

function EntryChip({ entry: { state, came } }: { entry: Entry }) {
  const say = useSay()
  const { at } = useRunning()
  const minutes = Math.max(0, Math.floor((at.getTime() - Date.parse(came)) / 60_000))
  if (state === 'done') return <Chip kind="done">{say('state-done')}</Chip>
  if (state === 'doing') return <Chip kind="moving">{say('state-doing')}</Chip>
  if (state === 'refused') return <Chip kind="not-begun">{say('state-refused')}</Chip>
  if (state === 'deferred') return <Chip kind="waiting">{say('state-deferred')}</Chip>
  return <Chip kind="waiting">{minutes === 0 ? say('state-just-came') : say('state-waiting', { n: minutes })}</Chip>
}

/** Captures of this officer whose list is over. */
function Unfinished({ opened, inHand, onUnfinished }: QueuePaneProps) {
  const say = useSay()
  const { keep } = useRunning()
  const id = opened.officer.id
  const drafts = useLive(useCallback(() => keep.db.drafts.where('officer').equals(id).toArray(), [keep, id]))
  if (drafts?.length === 0) return <p className="quiet">{say('no-unfinished', { name: opened.officer.name })}</p>
  return (
    <ul className="queue-list">
      {drafts?.map(({ application, savedAt }, at) => {
        const { day, time } = instantText(new Date(savedAt).toISOString())
        return (
          <li key={application}>
            <button
              type="button"
              aria-current={application === inHand ? 'true' : undefined}
              onClick={() => onUnfinished(application)}
            >
              <span className="place">{String(at + 1).padStart(2, '0')}</span>
              <span className="who">
                <span className="full-name">{time}</span>
                <span className="line">{day}</span>
              </span>
              {application === inHand ? (
                <Chip kind="moving">{say('state-doing')}</Chip>
              ) : (
                <Chip kind="waiting">{say('state-deferred')}</Chip>
              )}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function QueueFoot({ opened: { roster } }: { opened: Opened }) {
  const say = useSay()
  const go = useGo()
  const { keep, station } = useRunning()
  const counts = useLive(
    useCallback(
      async () => ({ head: (await keep.db.head.get(1))?.counter ?? 0, owed: (await owed(keep)).length }),
      [keep],
    ),
  )
  const until = roster && instantText(roster.until)
  return (
    <dl className="foot queue-foot">
      {until && (
        <div>
          <dt>{say('roster-until')}</dt>
          <dd>{say('until-when', { day: until.dayInYear, time: until.time })}</dd>
        </div>
      )}
      <div>
        <dt>{say('last-packet')}</dt>
        <dd>{counts?.head ? packetName(station?.code ?? '', counts.head) : say('no-packet')}</dd>
      </div>
      <div>
        <dt>{say('packets-last')}</dt>
        <dd>
          <LinkButton onPress={() => go('packets')}>{say('see-packets', { n: counts?.owed ?? 0 })}</LinkButton>
        </dd>
      </div>
    </dl>
  )
}
