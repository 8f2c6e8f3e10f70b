import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { showPerson } from '../../../src/register/contract.ts'
import { listCorrections, proposeCorrection } from '../../../src/register/corrections/contract.ts'
import { type CorrectionField, correctionFields } from '../../../src/register/corrections/correction.ts'
import { isResidenceField, type ResidenceField } from '../../../src/register/corrections/residence-value.ts'
import { formsOfPages } from '../../../src/register/law.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { typedDay } from '../../parts/typed-day.ts'
import { UnsentPapers, useUnsentPapers } from '../attachments/unsent-papers.tsx'
import { useDraftState } from '../base/drafts.ts'
import { useFieldValue } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { EvidenceFields, type GivenPaper, isPaperNamed, noPaper } from './evidence-fields.tsx'
import type { Person } from './person.ts'

/** The form that a correction is received on; its version stands on the correction for good. */
const form = () => inForceToday(formsOfPages).correction

/** A residence is corrected on a form and a page of its own. */
type FormField = Exclude<CorrectionField, ResidenceField>
const formFields = correctionFields.filter((field): field is FormField => !isResidenceField(field))

/** What the register holds now, as the correction's fields name it. */
const valuesOf = (person: Person): Record<FormField, string | undefined> => ({
  full_name: person.fullName,
  birth_date: person.birthDate,
  sex: person.sex,
  life_status: person.lifeStatus,
  birth_registration_code: person.birthRegistrationCode,
  ethnicity: person.ethnicity,
  religion: person.religion,
  nationality: person.nationality,
  hometown: person.hometown,
  father_name: person.kin.find(({ relation }) => relation === 'father')?.name,
  mother_name: person.kin.find(({ relation }) => relation === 'mother')?.name,
})

/** Proposes a correction: only what is to change is filled in; the old value stands beside it. */
export function CorrectPage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/nguoi/$id/dinh-chinh' })
  const { data, error, refetch } = useAsk(showPerson, { params: { id } })
  return (
    <Page
      title={data ? say('correct-title', { name: data.fullName }) : say('propose-correction')}
      standing={<p>{say('correct-about')}</p>}
    >
      {data ? (
        <CorrectionForm person={data} />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Loading what={say('reading-person')} />
      )}
    </Page>
  )
}

function CorrectionForm({ person }: { person: Person }) {
  const say = useSay()
  const propose = useDo(proposeCorrection, [showPerson, listCorrections])
  const [typed, setTyped] = useDraftState<Partial<Record<CorrectionField, string>>>(`correct-${person.id}`, {})
  const [paper, setPaper] = useDraftState<GivenPaper>(`paper-${person.id}`, noPaper)
  const unsent = useUnsentPapers('correction', person.id)
  const [tried, setTried] = useState(false)
  const given = Object.entries(typed).filter(([, value]) => value !== '') as [CorrectionField, string][]
  const unreadable = typed.birth_date && !typedDay(typed.birth_date)

  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!given.length || !isPaperNamed(paper) || unreadable || unsent.isBusy) return
    const values = Object.fromEntries(
      given.map(([field, value]) => [field, field === 'birth_date' ? (typedDay(value) ?? value) : value]),
    )
    propose.mutate(
      { params: { id: person.id }, body: { form: form(), evidence: paper, values, attachments: unsent.ids } },
      {
        onSuccess: () => {
          setTyped({})
          setPaper(noPaper)
        },
      },
    )
  }
  if (propose.data)
    return (
      <State
        so={say('correction-sent', { unit: propose.data.decidesUnit.name, day: dayText(propose.data.dueOn) })}
        buttons={
          <Button look="primary" href={at(`/dan-cu/dinh-chinh/${propose.data.id}`)}>
            {say('open-record')}
          </Button>
        }
      />
    )
  return (
    <form className="form two" onSubmit={send}>
      {formFields.map(field => (
        <CorrectedField
          key={field}
          field={field}
          now={valuesOf(person)[field] ?? (person.grade === 'compared' ? say('not-opened') : undefined)}
          value={typed[field] ?? ''}
          onChange={value => setTyped({ ...typed, [field]: value })}
          error={field === 'birth_date' && tried && unreadable ? say('born-unreadable') : undefined}
        />
      ))}
      <EvidenceFields
        paper={paper}
        onChange={setPaper}
        error={tried && !isPaperNamed(paper) ? say('evidence-needed') : undefined}
      />
      <UnsentPapers unsent={unsent} paper={paper.kind} waits={tried} />
      {tried && !given.length && <p className="note late">{say('nothing-changed')}</p>}
      <RefusedNote error={propose.error} />
      <div className="buttons">
        <Button look="primary" submits {...(propose.isPending && { disabled: true })}>
          {say('send-correction')}
        </Button>
        <Button href={at(`/dan-cu/nguoi/${person.id}`)}>{say('leave-it')}</Button>
      </div>
    </form>
  )
}

type CorrectedFieldProps = {
  field: CorrectionField
  now: string | undefined
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

function CorrectedField({ field, now, value, onChange, error }: CorrectedFieldProps) {
  const say = useSay()
  const shown = useFieldValue()
  const hint = say('is-now', { value: shown(field, now) ?? say('not-recorded') })
  const codes =
    field === 'sex'
      ? (['M', 'F'] as const)
      : field === 'life_status'
        ? (['alive', 'dead', 'missing'] as const)
        : undefined
  return (
    <Field
      label={say(`field-${field}`)}
      value={value}
      onChange={onChange}
      hint={hint}
      error={error}
      {...(codes && {
        choices: [['', say('unchanged')], ...codes.map(code => [code, shown(field, code) ?? code] as const)],
      })}
    />
  )
}
