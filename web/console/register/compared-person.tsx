import { type FormEvent, useState } from 'react'
import { showPerson } from '../../../src/register/contract.ts'
import { askOpening, listOpenings } from '../../../src/register/openings/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import type { Person } from './person.ts'

/** A person of another unit whom a case opens: what a review compares, and how the whole record is asked for. */
export function ComparedPerson({ person }: { person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const { id, fullName, birthDate, sex, lifeStatus, numberEnd, permanentUnit } = person
  const mayPropose = useMay('register.propose')
  return (
    <Page
      title={fullName}
      standing={<p>{say('compared-about')}</p>}
      strip={[fullName, dayText(birthDate)]}
      foot={
        mayPropose && (
          <>
            <Button look={['primary', 'wide']} href={at(`/dan-cu/nguoi/${id}/dinh-chinh`)}>
              {say('propose-correction')}
            </Button>
            <Go className="exit" to={at(`/dan-cu/nguoi/${id}/cu-tru`)}>
              {say('residence-correct')}
            </Go>
          </>
        )
      }
    >
      <section className="part">
        <dl className="particulars">
          {(
            [
              [say('born'), dayText(birthDate)],
              [say('sex'), codes('sex', sex)],
              [say('number'), numberEnd ? `••• ••• ••• •${numberEnd}` : say('number-none')],
              [say('residence'), permanentUnit?.name ?? say('not-recorded')],
              [say('state'), codes('life', lifeStatus)],
            ] as const
          ).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      {mayPropose && <AskOpening id={id} />}
    </Page>
  )
}

function AskOpening({ id }: { id: string }) {
  const say = useSay()
  const ask = useDo(askOpening, [showPerson, listOpenings])
  const [reason, setReason] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim()) ask.mutate({ params: { id }, body: { reason } })
  }
  return (
    <section className="part">
      <h2>{say('opening-ask')}</h2>
      {ask.data ? (
        <p role="status">{say('opening-asked')}</p>
      ) : (
        <form className="form" onSubmit={send}>
          <NoteField
            draft={`opening ${id} why`}
            label={say('reason')}
            value={reason}
            onChange={setReason}
            rows={2}
            maxLength={1000}
            hint={say('opening-hint')}
          />
          <RefusedNote error={ask.error} />
          <div className="buttons">
            <Button submits {...((ask.isPending || !reason.trim()) && { disabled: true })}>
              {say('opening-ask')}
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}
