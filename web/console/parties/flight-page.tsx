import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { flightOne } from '../../../src/parties/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { instantText } from '../../parts/formats.ts'
import { AdministrationNav } from '../administration/administration-nav.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { flightAt } from './party.ts'

type Note = Answer<typeof flightOne>['notes'][number]

/** A request by its correlation id: which check it failed, what that means, how it is mended. */
export function FlightPage() {
  const say = useSay()
  const unit = useUnitName()
  const { ma: code } = useSearch({ strict: false })
  const [typed, setTyped] = useState(code ?? '')
  const { data, error, refetch } = useAsk(flightOne, { params: { id: code ?? '' } }, { when: Boolean(code) })
  const look = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) goTo(flightAt(typed.trim()))
  }
  return (
    <Page
      title={say('flight-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('flights-short')]}
      margin={<AdministrationNav current="flights" />}
    >
      <form className="form part" onSubmit={look}>
        <Field
          label={say('flight-code')}
          value={typed}
          onChange={setTyped}
          hint={say('flight-code-hint')}
          maxLength={60}
        />
        <div className="buttons">
          <Button look="primary" submits>
            {say('flight-look')}
          </Button>
        </div>
      </form>
      {!code && <State so={say('flight-begin')} todo={say('flight-begin-todo')} />}
      {code && !data && !error && <Loading what={say('flight-reading')} />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data?.notes.map(note => (
        <OneNote key={`${note.at} ${note.endpoint} ${note.check}`} note={note} />
      ))}
    </Page>
  )
}

function OneNote({ note }: { note: Note }) {
  const { language, say } = useLanguage()
  const { day, time } = instantText(note.at)
  const facts = [
    [say('flight-at'), `${day} ${time}`],
    [say('flight-client'), note.clientId ?? say('flight-client-none')],
    [say('flight-endpoint'), note.endpoint],
    [say('flight-error'), note.error],
    [say('flight-detail'), note.detail],
  ] as const
  const { seconds } = note
  return (
    <section className="part">
      <h2>{note.check ? note.means?.[language] : say('flight-passed')}</h2>
      {note.mend && <p>{note.mend[language]}</p>}
      {seconds !== undefined && (
        <p className="note waiting">
          {say(seconds < 0 ? 'flight-clock-behind' : 'flight-clock-ahead', { n: Math.abs(seconds) })}
        </p>
      )}
      <dl className="particulars party-facts">
        {facts
          .filter(([, value]) => value)
          .map(([said, value]) => (
            <div key={said}>
              <dt>{said}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {note.check && <p className="small">{note.check}</p>}
    </section>
  )
}
