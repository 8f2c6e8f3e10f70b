import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { dayText } from '../../parts/formats.ts'
import type { OfficerRow, RosterRow } from '../keep/database.ts'
import { enterSecret } from '../keep/registration.ts'
import { openRoster, readersOf } from '../keep/rosters.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { State } from '../parts/state.tsx'
import { useGo } from '../running/open-page.ts'
import { useLive, useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import type { WordKey } from '../words/words.ts'
import type { Opened } from '../work/officer-at-work.ts'

/** What stands for no session: only what an officer left unfinished. */
const unfinished = ''

type Kept = {
  readonly rosters: readonly RosterRow[]
  readonly officers: readonly OfficerRow[]
  readonly draftsOf: ReadonlyMap<string, number>
}

function useKept(): Kept | undefined {
  const { keep } = useRunning()
  return useLive(
    useCallback(async () => {
      const draftsOf = new Map<string, number>()
      await keep.db.drafts.each(({ officer }) => draftsOf.set(officer, (draftsOf.get(officer) ?? 0) + 1))
      return { rosters: await keep.db.rosters.toArray(), officers: await keep.db.officers.toArray(), draftsOf }
    }, [keep]),
  )
}

/** A machine that nobody has opened: which session, which officer, their secret. */
export function LockedPage({ note, onOpen }: { note: WordKey | undefined; onOpen: (opened: Opened) => void }) {
  const say = useSay()
  const go = useGo()
  const { behind } = useRunning()
  const kept = useKept()
  if (!kept) return <main className="page alone" id="page" />
  const drafts = [...kept.draftsOf.values()].reduce((sum, n) => sum + n, 0)
  const prepare = (
    <Button look="primary" onPress={() => go('prepare')}>
      {say('prepare')}
    </Button>
  )
  return (
    <main className="page alone" id="page">
      {note && <p className="note">{say(note)}</p>}
      {behind ? (
        <State alone so={say('open-after-clock')} />
      ) : kept.rosters.length === 0 && drafts === 0 ? (
        <State alone so={say('no-roster')} todo={say('no-roster-todo')} buttons={prepare} />
      ) : (
        <OpenForm kept={kept} onOpen={onOpen} />
      )}
      {drafts > 0 && <p className="quiet">{say('drafts-kept', { n: drafts })}</p>}
    </main>
  )
}

function OpenForm({ kept: { rosters, officers, draftsOf }, onOpen }: { kept: Kept; onOpen: (opened: Opened) => void }) {
  const say = useSay()
  const { keep } = useRunning()
  const [session, setSession] = useState(rosters[0]?.id ?? unfinished)
  const roster = rosters.find(({ id }) => id === session)
  const may = roster ? readersOf(roster) : [...draftsOf.keys()]
  const choices = officers.filter(({ id }) => may.includes(id))
  const [chosen, setOfficer] = useState('')
  const officer = choices.find(({ id }) => id === chosen) ?? choices[0]
  const [secret, setSecret] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<WordKey>()
  // A list that ended while this stood open leaves the choice.
  useEffect(() => {
    if (session !== unfinished && !roster) setSession(rosters[0]?.id ?? unfinished)
  }, [session, roster, rosters])

  const open = async (event: FormEvent) => {
    event.preventDefault()
    if (!officer || busy) return
    setBusy(true)
    setFault(undefined)
    const unlocked = await enterSecret(keep, officer.id, secret)
    const read = unlocked && session !== unfinished ? await openRoster(keep, session, unlocked) : undefined
    setBusy(false)
    if (!unlocked) return setFault('secret-wrong')
    if (typeof read === 'string') return setFault(read)
    onOpen({ unlocked, officer, ...(read && { roster: read }) })
  }
  const drafts = [...draftsOf.values()].length > 0
  return (
    <form className="open-form" onSubmit={open}>
      <h1>{say('open-title')}</h1>
      <Field
        label={say('which-session')}
        value={session}
        onChange={setSession}
        choices={[
          ...rosters.map(({ id, session: { place, day, fromAt, toAt }, people }) => {
            return [id, say('session-choice', { place, day: dayText(day), from: fromAt, to: toAt, n: people })] as const
          }),
          ...(drafts ? [[unfinished, say('unfinished-only')] as const] : []),
        ]}
      />
      <Field
        label={say('which-officer')}
        hint={roster ? say('given-to') : undefined}
        value={officer?.id ?? ''}
        onChange={setOfficer}
        choices={choices.map(({ id, name }) => [id, name])}
      />
      <Field
        label={say('secret')}
        value={secret}
        onChange={setSecret}
        error={fault && say(fault)}
        input={{ type: 'password', autoComplete: 'off' }}
      />
      <div className="buttons">
        <Button look="primary" submits disabled={busy}>
          {say(busy ? 'opening' : 'open-it')}
        </Button>
      </div>
    </form>
  )
}
