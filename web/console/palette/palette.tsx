import { useRouterState } from '@tanstack/react-router'
import { Eye, History, Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Dialog as Box, Modal, ModalOverlay } from 'react-aria-components'
import { Button, Cap } from '../../parts/button.tsx'
import { Refusal } from '../../parts/call.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at, base } from '../base/navigation.ts'
import { useRemembered } from '../base/remembered.ts'
import { goTo } from '../base/router-handle.ts'
import { useMay, useUnitName } from '../shell/session.tsx'
import { type Entry, type EntryKind, entryKinds, type Group } from './entry.ts'
import { piecesOf } from './match.ts'
import { OutsideArea, useGroups } from './use-groups.ts'
import { lastVisits } from './visited.ts'

/** Of each kind, where all kinds are shown together. */
const ofEachAtOnce = 5

type Props = { readonly open: boolean; readonly onClose: () => void }

/**
 * Where to go, or what to begin, by some letters: people as far as the right and the area go, schools, rolls, sessions,
 * cards, accounts, pages, deeds. What is typed stays in this tab's memory and in bodies; it stands in no address.
 */
export function Palette({ open, onClose }: Props) {
  const say = useSay()
  return (
    <ModalOverlay className="veil palette-veil" isOpen={open} onOpenChange={next => next || onClose()} isDismissable>
      <Modal className="palette">
        <Box aria-label={say('palette-title')}>{open && <Inside onClose={onClose} />}</Box>
      </Modal>
    </ModalOverlay>
  )
}

/** What was opened last in this tab, where nothing is typed. */
function useLast(typed: boolean): readonly Entry[] {
  const here = useRouterState({ select: ({ location }) => `${base}${location.href}` })
  return typed
    ? []
    : lastVisits(here).map(({ address, title }) => ({
        id: `last-${address}`,
        kind: 'pages',
        icon: History,
        text: title,
        go: () => address,
      }))
}

function Inside({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const maySearch = useMay('register.search')
  const [text, setText] = useRemembered('palette-text', '')
  const [kind, setKind] = useState<EntryKind>()
  const [chosen, setChosen] = useState<string>()
  const [refused, setRefused] = useState<string>()
  const [opensFirst, setOpensFirst] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const { groups, waits, isWide, isMore, isUnread } = useGroups(text, true)
  const last = useLast(text.trim() !== '')
  const shown = useMemo(
    () =>
      [...(last.length ? [{ kind: 'pages' as const, entries: last, waits: false }] : []), ...groups]
        .filter(group => (!kind || group.kind === kind) && (group.entries.length > 0 || group.waits))
        .map(group => (kind ? group : { ...group, entries: group.entries.slice(0, ofEachAtOnce) })),
    [groups, last, kind],
  )
  const entries = shown.flatMap(group => group.entries)
  const total = groups.reduce((sum, group) => sum + group.entries.length, 0)
  const active = entries.find(({ id }) => id === chosen) ?? entries[0]
  const optionOf = (id: string) => `${listId}-${id}`

  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])

  const open = useOpening(onClose, setRefused)
  const move = (by: number) => {
    setOpensFirst(false)
    const now = active ? entries.indexOf(active) : -1
    const next = entries[(now + by + entries.length) % entries.length]
    if (next) setChosen(next.id)
  }
  useEffect(() => {
    if (!opensFirst || waits) return
    setOpensFirst(false)
    if (active) open(active)
  })
  const turnKind = (by: number) => {
    const kinds = [undefined, ...entryKinds.filter(one => groups.some(g => g.kind === one && g.entries.length > 0))]
    setKind(kinds[(kinds.indexOf(kind) + by + kinds.length) % kinds.length])
  }
  const onKey = (event: KeyboardEvent) => {
    const letter = event.altKey ? /^Key([A-Z])$/.exec(event.code)?.[1] : undefined
    const lettered = entries.find(entry => entry.letter !== undefined && entry.letter === letter)
    const { key, shiftKey } = event
    if (event.nativeEvent.isComposing) return
    if (lettered) open(lettered)
    else if (key === 'ArrowDown' || key === 'ArrowUp') move(key === 'ArrowDown' ? 1 : -1)
    else if (key === 'Tab') turnKind(shiftKey ? -1 : 1)
    // What was not chosen is opened when all is there: a group above it may be meant.
    else if (key === 'Enter' && waits && !(active && active.id === chosen)) setOpensFirst(true)
    else if (key === 'Enter' && active) open(active)
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="palette-field">
        <Search size={20} aria-hidden />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={say(maySearch ? 'palette-field' : 'palette-field-here')}
          placeholder={say(maySearch ? 'palette-field' : 'palette-field-here')}
          aria-expanded={entries.length > 0}
          aria-controls={entries.length > 0 ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={active && optionOf(active.id)}
          autoComplete="off"
          spellCheck={false}
          maxLength={120}
          value={text}
          onChange={event => {
            setText(event.target.value)
            setChosen(undefined)
            setOpensFirst(false)
            setRefused(undefined)
          }}
          onKeyDown={onKey}
        />
        <span className="palette-count figures" role="status">
          {text.trim() !== '' && (waits ? say('palette-searching') : say('palette-count', { n: total }))}
        </span>
        <Button look="row" onPress={onClose}>
          {say('palette-close')}
        </Button>
      </div>
      <Kinds groups={groups} total={total} kind={kind} onKind={setKind} />
      {refused && (
        <p className="palette-note late-text" role="alert">
          {refused}
        </p>
      )}
      {entries.length > 0 && (
        <Options
          {...{ shown, active, listId, optionOf, text }}
          onChoose={setChosen}
          onOpen={open}
          hasLast={last.length > 0}
        />
      )}
      {entries.length === 0 && !waits && <Nothing text={text} onClose={onClose} />}
      {text.trim() !== '' && (isWide || isMore || isUnread) && (
        <p className="palette-note quiet">
          {say(isUnread && !isWide ? 'palette-unread' : isWide ? 'palette-too-wide' : 'palette-more-people')}
        </p>
      )}
      <Foot traced={maySearch} />
    </>
  )
}

/** Goes where an entry leads; what only the house knows is asked first, and a refusal is said here. */
function useOpening(onClose: () => void, onRefused: (said: string | undefined) => void) {
  const { say, language } = useLanguage()
  return (entry: Entry) => {
    onRefused(undefined)
    void Promise.resolve()
      .then(() => entry.go())
      .then(
        address => {
          onClose()
          goTo(address)
        },
        (error: unknown) =>
          onRefused(
            error instanceof OutsideArea
              ? say('palette-outside')
              : error instanceof Refusal
                ? error[language === 'vi' ? 'title_vi' : 'title']
                : say('palette-unread'),
          ),
      )
  }
}

type KindsProps = {
  readonly groups: readonly Group[]
  readonly total: number
  readonly kind: EntryKind | undefined
  readonly onKind: (kind: EntryKind | undefined) => void
}

function Kinds({ groups, total, kind, onKind }: KindsProps) {
  const say = useSay()
  const kinds = groups.filter(group => group.entries.length > 0 || group.kind === kind)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form
    <div className="palette-kinds" role="group" aria-label={say('palette-kinds')}>
      <button type="button" tabIndex={-1} aria-pressed={!kind} onClick={() => onKind(undefined)}>
        {say('palette-all')} <span className="figures">{total}</span>
      </button>
      {kinds.map(group => (
        <button
          key={group.kind}
          type="button"
          tabIndex={-1}
          aria-pressed={kind === group.kind}
          onClick={() => onKind(group.kind)}
        >
          {say(`palette-${group.kind}`)} <span className="figures">{group.entries.length}</span>
        </button>
      ))}
      <span className="palette-tab">
        <Cap>Tab</Cap> {say('palette-tab')}
      </span>
    </div>
  )
}

type OptionsProps = {
  readonly shown: readonly Group[]
  readonly active: Entry | undefined
  readonly listId: string
  readonly optionOf: (id: string) => string
  readonly text: string
  readonly hasLast: boolean
  readonly onChoose: (id: string) => void
  readonly onOpen: (entry: Entry) => void
}

function Options({ shown, active, listId, optionOf, text, hasLast, onChoose, onOpen }: OptionsProps) {
  const say = useSay()
  const list = useStillList(active && optionOf(active.id))
  return (
    <div ref={list} id={listId} className="palette-list" role="listbox" aria-label={say('palette-title')}>
      {shown.map(({ kind, entries, waits }, at) => {
        const isLast = hasLast && at === 0 && kind === 'pages'
        const name = isLast ? 'palette-last' : kind === 'people' ? 'palette-people-here' : (`palette-${kind}` as const)
        const headId = `${listId}-${isLast ? 'last' : kind}`
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
          <div key={headId} role="group" aria-labelledby={headId}>
            <div id={headId} className="palette-head" role="presentation">
              {say(name)} {waits && <span className="quiet">{say('palette-searching')}</span>}
            </div>
            {entries.map(entry => (
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
              <div
                key={entry.id}
                id={optionOf(entry.id)}
                role="option"
                aria-selected={entry === active}
                className="palette-option"
                onPointerMove={() => onChoose(entry.id)}
                onClick={() => onOpen(entry)}
              >
                <entry.icon size={16} aria-hidden />
                <span className="palette-text">
                  <Marked text={entry.text} typed={text} />
                  {entry.about && <span className="palette-about">{entry.about}</span>}
                </span>
                {entry.aside && <span className="quiet">{entry.aside}</span>}
                {entry.letter && (
                  <span className="palette-letter" aria-hidden>
                    <Cap>Alt</Cap> <Cap>{entry.letter}</Cap>
                  </span>
                )}
              </div>
            ))}
          </div>
        )
      })}
    </div>
  )
}

/** Keeps the active option where it stands on the screen when a group above it arrives; shows it when it is chosen. */
function useStillList(activeId: string | undefined) {
  const list = useRef<HTMLDivElement>(null)
  const before = useRef<{ id: string; top: number }>(undefined)
  useLayoutEffect(() => {
    const [box, option] = [list.current, activeId ? document.getElementById(activeId) : null]
    if (!box || !option || !activeId) return
    const topOf = () => option.getBoundingClientRect().top - box.getBoundingClientRect().top
    if (before.current?.id === activeId) box.scrollTop += topOf() - before.current.top
    // The first shows the name of its group too.
    else if (option === box.querySelector('[role=option]')) box.scrollTop = 0
    else option.scrollIntoView({ block: 'nearest' })
    before.current = { id: activeId, top: topOf() }
  })
  return list
}

const Marked = ({ text, typed }: { text: string; typed: string }) =>
  piecesOf(text, typed).map(({ text: piece, isMatch }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
    isMatch ? <mark key={at}>{piece}</mark> : <span key={at}>{piece}</span>,
  )

/** What was searched where; whoever may compare a number with the whole province is shown the way. */
function Nothing({ text, onClose }: { text: string; onClose: () => void }) {
  const say = useSay()
  const unit = useUnitName()
  const [maySearch, mayLookUp, mayRolls, mayPlan] = [
    useMay('register.search'),
    useMay('register.look-up'),
    useMay('rolls.read'),
    useMay('planning.read'),
  ]
  if (text.trim() === '') return null
  const kinds = [
    ...(maySearch ? ['palette-people' as const] : []),
    'palette-schools' as const,
    ...(mayRolls ? ['palette-rolls' as const] : []),
    ...(mayPlan ? ['palette-sessions' as const] : []),
    'palette-pages' as const,
    'palette-deeds' as const,
  ]
  return (
    <div className="palette-none">
      <p>
        <b>{say('palette-none', { text: text.trim() })}</b>
      </p>
      <p className="quiet">
        {say('palette-none-where', { unit, kinds: kinds.map(one => say(one).toLowerCase()).join(', ') })}
      </p>
      {mayLookUp && (
        <Button
          onPress={() => {
            onClose()
            goTo(at('/dan-cu'))
          }}
        >
          {say('palette-whole-province')}
        </Button>
      )}
    </div>
  )
}

function Foot({ traced }: { traced: boolean }) {
  const say = useSay()
  return (
    <div className="palette-foot">
      <span className="palette-keys">
        <Cap>↑</Cap> <Cap>↓</Cap> {say('palette-choose')}
      </span>
      <span className="palette-keys">
        <Cap>Enter</Cap> {say('palette-open')}
      </span>
      <span className="palette-keys">
        <Cap>Esc</Cap> {say('palette-esc')}
      </span>
      {traced && (
        <span className="palette-traced">
          <Eye size={16} aria-hidden /> {say('palette-traced')}
        </span>
      )}
    </div>
  )
}
