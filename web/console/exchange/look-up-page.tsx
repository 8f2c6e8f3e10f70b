import { useState } from 'react'
import { listLookUps } from '../../../src/exchange/contract.ts'
import { askAboutPerson, type LookUpPurpose, lookUpPurposes } from '../../../src/exchange/look-up/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { NumberEntry } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'

type LookUp = Answer<typeof listLookUps>['lookUps'][number]

/** A person of another province is asked about, with purpose and legal basis; what may be compared comes back. */
export function LookUpPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(listLookUps, { query: {} })
  return (
    <Page
      title={say('look-up-title')}
      standing={<p>{say('look-up-about')}</p>}
      strip={[unit, say('exchange-place')]}
      foot={
        <Go className="exit" to={at('/trao-doi')}>
          {say('exchange-back')}
        </Go>
      }
    >
      <AskForm />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data && (
        <section className="part">
          <h2>{say('look-up-asked')}</h2>
          {data.lookUps.length === 0 && <p className="quiet">{say('look-up-none')}</p>}
          <ul className="cases">
            {data.lookUps.map(lookUp => (
              <One key={lookUp.id} lookUp={lookUp} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}

function AskForm() {
  const say = useSay()
  const ask = useDo(askAboutPerson, [listLookUps])
  const [number, setNumber] = useState('')
  const [fullName, setFullName] = useState('')
  const [birthDate, setBirthDate] = useState('')
  const [purpose, setPurpose] = useState<LookUpPurpose>('pupil-of-school-here')
  const [basis, setBasis] = useState('')
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault()
        ask.mutate(
          { body: { number: number.replace(/\D/g, ''), fullName, birthDate, purpose, basis } },
          {
            onSuccess: () => {
              setNumber('')
              setFullName('')
              setBirthDate('')
            },
          },
        )
      }}
    >
      <NumberEntry label={say('number')} value={number} onChange={setNumber} />
      <Field label={say('full-name')} value={fullName} onChange={setFullName} maxLength={120} />
      <Field
        label={say('look-up-born')}
        value={birthDate}
        onChange={setBirthDate}
        maxLength={10}
        hint={say('look-up-born-hint')}
      />
      <Field
        label={say('look-up-purpose')}
        value={purpose}
        onChange={value => setPurpose(lookUpPurposes.find(one => one === value) ?? 'pupil-of-school-here')}
        choices={lookUpPurposes.map(one => [one, say(`look-up-purpose-${one}`)] as const)}
      />
      <Field
        label={say('look-up-basis')}
        value={basis}
        onChange={setBasis}
        maxLength={300}
        hint={say('look-up-basis-hint')}
      />
      <RefusedNote error={ask.error} />
      <div className="buttons">
        <Button look="primary" submits {...(ask.isPending && { disabled: true })}>
          {say('look-up-do')}
        </Button>
      </div>
    </form>
  )
}

function One({ lookUp: { state, asked, answer, purpose, basis, dueOn, code, note } }: { lookUp: LookUp }) {
  const say = useSay()
  const codes = useCodes()
  const known = answer?.found ? answer : undefined
  return (
    <li>
      <p>
        <Name name={asked.fullName} />, {dayText(asked.birthDate)}, …{asked.lastDigits}{' '}
        {state === 'granted' ? (
          <Chip kind="done">{say(known ? 'look-up-found' : 'look-up-unknown')}</Chip>
        ) : (
          <Chip kind="waiting">{say(`exchange-state-${state}`)}</Chip>
        )}
      </p>
      {known && (
        <p>
          {say('look-up-said')}: <Name name={known.fullName ?? ''} />, {dayText(known.birthDate ?? '')},{' '}
          {codes('sex', known.sex ?? '')}
          {known.ward && `, ${known.ward}`}
        </p>
      )}
      {code && <p>{[codes('centre-code', code), note].filter(Boolean).join(': ')}</p>}
      <p className="small">
        {say(`look-up-purpose-${purpose}`)}; {basis}
        {!answer && !code && `; ${say('exchange-due', { day: dayText(dueOn) })}`}
      </p>
    </li>
  )
}
