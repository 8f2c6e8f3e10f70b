import { type FormEvent, useState } from 'react'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { collectPerson, listCollections } from '../../../src/register/establishing/contract.ts'
import { formsOfPages } from '../../../src/register/law.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { type Asked, Refusal } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { typedDay } from '../../parts/typed-day.ts'
import { useDraftState } from '../base/drafts.ts'
import type { WordKey } from '../base/language.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useSession } from '../shell/session.tsx'

const form = () => inForceToday(formsOfPages).collection

const empty = {
  fullName: '',
  birthDate: '',
  sex: '',
  birthRegistrationCode: '022',
  residenceUnitId: '',
  residenceKind: 'permanent',
  residenceAddress: '',
  ethnicity: '',
  hometown: '',
  motherName: '',
  motherNumber: '',
  fatherName: '',
  fatherNumber: '',
  papers: '',
}
type Filled = typeof empty
type FieldName = keyof Filled
type Sent = Asked<typeof collectPerson>['body']

/** What is wrong with each field, said in words; nothing where all is well. */
function wrongIn(filled: Filled): Partial<Record<FieldName, WordKey>> {
  const wrong: Partial<Record<FieldName, WordKey>> = {}
  for (const name of ['fullName', 'birthDate', 'sex', 'residenceUnitId'] as const)
    if (!filled[name].trim()) wrong[name] = 'field-needed'
  if (filled.birthDate && !typedDay(filled.birthDate)) wrong.birthDate = 'born-unreadable'
  if (!/^\d{3}$/.test(filled.birthRegistrationCode)) wrong.birthRegistrationCode = 'birth-code-wrong'
  for (const name of ['motherNumber', 'fatherNumber'] as const)
    if (filled[name] && filled[name].replace(/\D/g, '').length !== 12) wrong[name] = 'number-short'
  if (!filled.papers.trim()) wrong.papers = 'papers-needed'
  return wrong
}

function asSent({ papers, ...filled }: Filled): Sent {
  const { fullName, birthDate, sex, birthRegistrationCode, residenceUnitId, residenceKind, ...others } = filled
  const optional = Object.fromEntries(Object.entries(others).filter(([, value]) => value.trim()))
  for (const name of ['motherNumber', 'fatherNumber'])
    if (optional[name]) optional[name] = optional[name].replace(/\D/g, '')
  const kind = residenceKind === 'temporary' || residenceKind === 'current' ? residenceKind : 'permanent'
  return {
    form: form(),
    papers,
    given: {
      fullName,
      birthDate: typedDay(birthDate) ?? birthDate,
      sex: sex === 'F' ? 'F' : 'M',
      birthRegistrationCode,
      residenceUnitId,
      residenceKind: kind,
      ...optional,
    },
  }
}

/** Form DC01: a person who is in no register, from the birth certificate. A second officer establishes the number. */
export function CollectPage() {
  const say = useSay()
  const collect = useDo(collectPerson, [listCollections])
  const [filled, setFilled] = useDraftState<Filled>('collect', empty)
  const [tried, setTried] = useState(false)
  const wrong = wrongIn(filled)
  const send = (compared?: 'somebody-else') =>
    collect.mutate(
      { body: { ...asSent(filled), ...(compared && { compared }) } },
      { onSuccess: () => setFilled(empty) },
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!Object.keys(wrong).length) send()
  }
  return (
    <Page title={say('collect-title')} standing={<p>{say('collect-about')}</p>} foot={<Back />}>
      {collect.data ? (
        <State
          so={say('collection-sent')}
          todo={say('collection-sent-todo')}
          buttons={
            <Button look="primary" href={at('/dan-cu/lap-so')}>
              {say('collections-open')}
            </Button>
          }
        />
      ) : (
        <form className="form two" onSubmit={submit}>
          <FormFields filled={filled} onChange={setFilled} wrong={tried ? wrong : {}} />
          <Alike error={collect.error} onCompared={() => send('somebody-else')} />
          <div className="buttons">
            <Button look="primary" submits {...(collect.isPending && { disabled: true })}>
              {say('send-collection')}
            </Button>
          </div>
        </form>
      )}
    </Page>
  )
}

const Back = () => {
  const say = useSay()
  return (
    <Go className="exit" to={at('/dan-cu/lap-so')}>
      {say('collections-open')}
    </Go>
  )
}

/** Someone alike is in the register already: compare first, then say that it is somebody else. */
function Alike({ error, onCompared }: { error: Error | null; onCompared: () => void }) {
  const say = useSay()
  if (!(error instanceof Refusal) || error.code !== 'person-likely-known') return <RefusedNote error={error} />
  const alike = Array.isArray(error.facts['alike']) ? error.facts['alike'] : []
  return (
    <div className="note waiting" role="alert">
      <div>
        <p>{say('alike', { n: alike.length })}</p>
        <div className="buttons">
          <Button href={at('/dan-cu')}>{say('find-by-name')}</Button>
          <Button onPress={onCompared}>{say('is-somebody-else')}</Button>
        </div>
      </div>
    </div>
  )
}

type FormFieldsProps = {
  filled: Filled
  onChange: (filled: Filled) => void
  wrong: Partial<Record<FieldName, WordKey>>
}

function FormFields({ filled, onChange, wrong }: FormFieldsProps) {
  const say = useSay()
  const { today } = useSession()
  const { data } = useAsk(listUnits, { query: { day: today, level: 'commune' } })
  const of = (name: FieldName) => ({
    value: filled[name],
    onChange: (value: string) => onChange({ ...filled, [name]: value }),
    error: wrong[name] && say(wrong[name], { n: filled[name].replace(/\D/g, '').length }),
  })
  const optional = (word: WordKey) => `${say(word)} ${say('optional')}`
  return (
    <>
      <Field label={say('full-name')} {...of('fullName')} maxLength={120} />
      <Field label={say('born')} {...of('birthDate')} hint={say('born-hint-needed')} />
      <Field
        label={say('sex')}
        {...of('sex')}
        choices={[
          ['', ''],
          ['M', say('sex-M')],
          ['F', say('sex-F')],
        ]}
      />
      <Field
        label={say('birth-code')}
        {...of('birthRegistrationCode')}
        hint={say('birth-code-hint')}
        inputMode="numeric"
        maxLength={3}
      />
      <Field
        label={say('lives-in')}
        {...of('residenceUnitId')}
        choices={[['', ''], ...(data?.units ?? []).map(({ id, name }) => [id, name] as const)]}
      />
      <Field
        label={say('residence-kind')}
        {...of('residenceKind')}
        choices={[
          ['permanent', say('residence-permanent')],
          ['temporary', say('residence-temporary')],
          ['current', say('residence-current')],
        ]}
      />
      <Field label={optional('address')} {...of('residenceAddress')} maxLength={300} />
      <Field label={optional('field-ethnicity')} {...of('ethnicity')} maxLength={100} />
      <Field label={optional('field-hometown')} {...of('hometown')} maxLength={300} />
      <Field label={optional('mother-name')} {...of('motherName')} maxLength={120} />
      <Field label={optional('mother-number')} {...of('motherNumber')} inputMode="numeric" />
      <Field label={optional('father-name')} {...of('fatherName')} maxLength={120} />
      <Field label={optional('father-number')} {...of('fatherNumber')} inputMode="numeric" />
      <Field label={say('papers')} {...of('papers')} rows={3} maxLength={2000} hint={say('papers-hint')} />
    </>
  )
}
