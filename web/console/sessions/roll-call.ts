import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { showCalendar, showSession } from '../../../src/planning/contract.ts'
import { checkIn, markAbsent, servePerson, showRoster, takeBackLine } from '../../../src/planning/rosters/contract.ts'
import { type Answer, call, isPutOff, NoAnswer } from '../../parts/call.ts'
import { useStale } from '../base/use-endpoint.ts'
import type { Line } from './week.ts'

/**
 * The roll call of a session: keys may be pressed faster than the house answers. Each deed waits in a queue, is sent
 * when the one before was answered, and shows on its row at once as not saved yet. The queue outlives the page that
 * filled it, until the tab is closed.
 */

type LineState = Answer<typeof checkIn>
type ServeInput = {
  readonly phone?: string
  readonly representativeId?: string
  readonly representativeNumber?: string
}
export type RollCallDeed =
  | { readonly kind: 'come' }
  | { readonly kind: 'serve'; readonly input: ServeInput }
  | { readonly kind: 'absent'; readonly reason: NonNullable<Line['absentReason']> }
  | { readonly kind: 'back' }

type Waiting = { readonly nth: number; readonly personId: string; readonly deed: RollCallDeed }
/** `version`: of the line as it was shown when the first deed on it that waits was pressed, then as it is answered. */
type Call = {
  waiting: readonly Waiting[]
  /** What can be taken back step by step, the latest last. */
  done: readonly Waiting[]
  errors: ReadonlyMap<string, unknown>
  readonly versions: Map<string, string>
  isRunning: boolean
  /** The officer has put off signing in again: what waits is kept until they press the button, or another key. */
  isHeld: boolean
}

const calls = new Map<string, Call>()
const listeners = new Set<() => void>()
let pressed = 0
const againMilliseconds = 3000

const callOf = (id: string): Call => {
  const known = calls.get(id)
  if (known) return known
  const fresh: Call = { waiting: [], done: [], errors: new Map(), versions: new Map(), isRunning: false, isHeld: false }
  calls.set(id, fresh)
  return fresh
}

function change(id: string, next: Partial<Call>): void {
  // Another object, so that whoever shows it sees that it is another.
  calls.set(id, Object.assign({ ...callOf(id) }, next))
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** How many deeds of all roll calls are not saved yet. */
const unsaved = () => [...calls.values()].reduce((sum, { waiting }) => sum + waiting.length, 0)

async function send(id: string, { personId, deed }: Waiting, seen: string | undefined): Promise<LineState> {
  const params = { id, personId }
  switch (deed.kind) {
    case 'come':
      return call(checkIn, { params, seen })
    case 'serve':
      return call(servePerson, { params, body: deed.input, seen })
    case 'absent': {
      const { lines } = await call(markAbsent, {
        params: { id },
        body: { persons: [personId], reason: deed.reason },
        seen,
      })
      if (!lines[0]) throw new Error('an absence without its line')
      return lines[0]
    }
    case 'back':
      return call(takeBackLine, { params, seen })
  }
}

/** The line as the deed leaves it, before the house has said so. */
function after(line: Line, deed: RollCallDeed): Line {
  const { absentReason: _reason, outcome, endedAt, ...rest } = line
  const now = new Date().toISOString()
  switch (deed.kind) {
    case 'come':
      return { ...rest, cameAt: line.cameAt ?? now }
    case 'serve':
      return { ...rest, cameAt: line.cameAt ?? now, outcome: 'served', endedAt: now }
    case 'absent':
      return { ...rest, outcome: 'absent', absentReason: deed.reason, endedAt: now }
    case 'back': {
      const { cameAt, ...open } = rest
      return outcome && cameAt && cameAt !== endedAt ? { ...open, cameAt, done: [] } : { ...open, done: [] }
    }
  }
}

export type RollCallLine = Line & { readonly isUnsaved: boolean; readonly error: unknown }

/** The lines with what was pressed, how much is not saved yet, and the keys' deeds. */
export function useRollCall(id: string, lines: readonly Line[]) {
  const client = useQueryClient()
  const stale = useStale()
  const now = useSyncExternalStore(subscribe, () => callOf(id))

  /** Answers take their place in the list that was read, and a list that is on its way is older than they are. */
  const keep = useCallback(
    async (personId: string, state: LineState) => {
      const queryKey = [showRoster.path, showRoster.method, { params: { id } }]
      await client.cancelQueries({ queryKey })
      client.setQueryData<Answer<typeof showRoster>>(
        queryKey,
        known =>
          known && {
            lines: known.lines.map(line => {
              if (line.personId !== personId) return line
              const { name, born, class: inClass, walkIn } = line
              return { personId: line.personId, name, born, class: inClass, walkIn, ...state }
            }),
          },
      )
    },
    [client, id],
  )

  const run = useCallback(async () => {
    if (callOf(id).isRunning) return
    change(id, { isRunning: true, isHeld: false })
    for (let next = callOf(id).waiting[0]; next; next = callOf(id).waiting[0]) {
      const { nth, personId } = next
      try {
        const state = await send(id, next, callOf(id).versions.get(personId))
        callOf(id).versions.set(personId, state.version)
        await keep(personId, state)
        change(id, { waiting: callOf(id).waiting.filter(one => one.nth !== nth) })
      } catch (error) {
        // Without an answer it stays the first, and goes under the same key.
        if (error instanceof NoAnswer) await new Promise(resolve => setTimeout(resolve, againMilliseconds))
        else if (isPutOff(error)) return change(id, { isRunning: false, isHeld: true })
        else
          change(id, {
            // What was pressed after it for this person rested on it.
            waiting: callOf(id).waiting.filter(one => one.personId !== personId),
            done: callOf(id).done.filter(one => one.nth < nth || one.personId !== personId),
            errors: new Map(callOf(id).errors).set(personId, error),
          })
      }
    }
    change(id, { isRunning: false })
    stale([showRoster, showSession, showCalendar])
  }, [id, keep, stale])

  const press = useCallback(
    (line: Line, deed: RollCallDeed) => {
      const { waiting, done, errors, versions } = callOf(id)
      const { personId } = line
      if (!waiting.some(one => one.personId === personId)) versions.set(personId, line.version)
      pressed += 1
      const one = { nth: pressed, personId, deed }
      const left = new Map(errors)
      left.delete(personId)
      change(id, {
        waiting: [...waiting, one],
        done:
          deed.kind === 'back'
            ? done.filter((_, n) => n !== done.findLastIndex(d => d.personId === personId))
            : [...done, one],
        errors: left,
      })
      void run()
    },
    [id, run],
  )

  const shown = useMemo(
    () =>
      lines.map((line): RollCallLine => {
        const theirs = now.waiting.filter(({ personId }) => personId === line.personId)
        const ahead = theirs.reduce((state: Line, { deed }) => after(state, deed), line)
        return { ...ahead, version: line.version, isUnsaved: theirs.length > 0, error: now.errors.get(line.personId) }
      }),
    [lines, now],
  )

  useEffect(() => {
    if (now.waiting.length === 0) return
    const warn = (event: BeforeUnloadEvent) => unsaved() > 0 && event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [now.waiting.length])

  return {
    lines: shown,
    unsaved: now.waiting.length,
    isHeld: now.isHeld,
    /** Sends what waits, after the officer has put off signing in again. */
    sendOn: run,
    press,
    /** The person of the last deed that was not taken back. */
    last: now.done.at(-1)?.personId,
  }
}
export type RollCall = ReturnType<typeof useRollCall>
