import { type FormEvent, type ReactNode, useCallback, useState } from 'react'
import { registerStation, takeGrant } from '../../../src/enrolment/stations/contract.ts'
import { call } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import type { OfficerRow } from '../keep/database.ts'
import type { Unlocked } from '../keep/officer-secret.ts'
import { isRegistered, keepGrant, keepRegistration, ownKeys } from '../keep/registration.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useAsking } from '../parts/request-state.ts'
import { Refused, State } from '../parts/state.tsx'
import { isOffline, useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import type { Opened } from '../work/officer-at-work.ts'
import { Checks } from './machine-checks.tsx'
import { SecretPart } from './secret-part.tsx'
import { SessionsPart } from './sessions-part.tsx'

/**
 * Before a session, while there is a line: the machine, the officer, their secret, the list; beside it, whether the
 * machine is fit.
 */
export function PreparePage({ onOpen }: { onOpen: (opened: Opened) => void }) {
  const say = useSay()
  const { station, line, rounds } = useRunning()
  const [officer, setOfficer] = useState<OfficerRow>()
  const [unlocked, setUnlocked] = useState<Unlocked>()
  const [people, setPeople] = useState(300)
  const registered = isRegistered(station)
  return (
    <main className="page alone wide" id="page">
      <h1>{say('prepare-title')}</h1>
      <div className="prepare">
        <div>
          {isOffline({ line }) && (
            <State
              so={say('needs-line')}
              todo={say('needs-line-todo')}
              buttons={<Button onPress={rounds.now}>{say('try-again')}</Button>}
            />
          )}
          <Part title={say('this-machine')} number={1} done={registered}>
            {registered ? (
              <p>{say('registered-as', { code: station.code, name: station.name, unit: station.unit ?? '' })}</p>
            ) : (
              <RegisterForm />
            )}
          </Part>
          {registered && (
            <Part title={say('officer')} number={2} done={officer !== undefined}>
              {officer ? (
                <Granted
                  officer={officer}
                  onOther={() => {
                    setOfficer(undefined)
                    setUnlocked(undefined)
                  }}
                />
              ) : (
                <TakeGrant station={station.id} onTaken={setOfficer} />
              )}
            </Part>
          )}
          {officer && (
            <Part title={say('secret-title', { name: officer.name })} number={3} done={unlocked !== undefined}>
              {unlocked ? <p>{say('secret-ok')}</p> : <SecretPart officer={officer} onUnlocked={setUnlocked} />}
            </Part>
          )}
          {officer && unlocked && (
            <Part title={say('sessions')} number={4} done={false}>
              <SessionsPart officer={officer} unlocked={unlocked} onPeople={setPeople} onOpen={onOpen} />
            </Part>
          )}
        </div>
        <Checks people={people} />
      </div>
    </main>
  )
}

function Part({
  title,
  number,
  done,
  children,
}: {
  title: string
  number: number
  done: boolean
  children: ReactNode
}) {
  return (
    <section className={done ? 'part done' : 'part'}>
      <h2>
        <span className="square">{number}</span>
        {title}
      </h2>
      {children}
    </section>
  )
}

function RegisterForm() {
  const say = useSay()
  const { keep, rounds } = useRunning()
  const [name, setName] = useState('')
  const { busy, error, run } = useAsking(
    useCallback(
      async (called: string) => {
        const { id, keys } = await ownKeys(keep)
        await keepRegistration(
          keep,
          await call(registerStation, { body: { id, name: called, publicKey: keys.publicKey } }),
        )
        rounds.now()
      },
      [keep, rounds],
    ),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() && !busy) void run(name.trim())
  }
  return (
    <form onSubmit={submit}>
      <p className="quiet">{say('not-registered')}</p>
      <Field
        label={say('machine-name')}
        hint={say('machine-name-hint')}
        value={name}
        onChange={setName}
        input={{ maxLength: 60 }}
      />
      <div className="buttons">
        <Button look="primary" submits disabled={busy || name.trim() === ''}>
          {say('register-it')}
        </Button>
      </div>
      <Refused error={error} />
    </form>
  )
}

function TakeGrant({ station, onTaken }: { station: string; onTaken: (officer: OfficerRow) => void }) {
  const say = useSay()
  const { keep } = useRunning()
  const { busy, error, run } = useAsking(
    useCallback(async () => {
      onTaken(await keepGrant(keep, await call(takeGrant, { params: { id: station } })))
    }, [keep, station, onTaken]),
  )
  return (
    <>
      <div className="buttons">
        <Button look="primary" disabled={busy} onPress={() => void run()}>
          {say('take-grant')}
        </Button>
      </div>
      <Refused error={error} retry={() => void run()} />
    </>
  )
}

function Granted({ officer, onOther }: { officer: OfficerRow; onOther: () => void }) {
  const say = useSay()
  return (
    <>
      <p>{say('granted-until', { name: officer.name, ...instantText(officer.until) })}</p>
      <div className="buttons">
        <a className="button" href={`/change-officer?return=${encodeURIComponent('/station/')}`} onClick={onOther}>
          {say('other-officer')}
        </a>
      </div>
    </>
  )
}
