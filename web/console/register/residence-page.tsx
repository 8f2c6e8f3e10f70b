import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { showPerson } from '../../../src/register/contract.ts'
import { listCorrections, proposeCorrection } from '../../../src/register/corrections/contract.ts'
import { residenceFields } from '../../../src/register/corrections/residence-value.ts'
import { formsOfPages } from '../../../src/register/law.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { UnsentPapers, useUnsentPapers } from '../attachments/unsent-papers.tsx'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useSession } from '../shell/session.tsx'
import { EvidenceFields, type GivenPaper, isPaperNamed } from './evidence-fields.tsx'
import type { Person } from './person.ts'

/** The form on which a residence is corrected: another than that of other data. */
const form = () => inForceToday(formsOfPages).residence

/** Corrects a residence; where the person lives elsewhere, it is referred to the police there. */
export function ResidencePage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/nguoi/$id/cu-tru' })
  const { data, error, refetch } = useAsk(showPerson, { params: { id } })
  return (
    <Page
      title={data ? say('residence-correct-title', { name: data.fullName }) : say('residence-correct')}
      standing={<p>{say('residence-correct-about')}</p>}
    >
      {data ? (
        <ResidenceForm person={data} />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Loading what={say('reading-person')} />
      )}
    </Page>
  )
}

const kindOf = (field: string) => field.replace('residence_', '') as 'permanent' | 'temporary' | 'current'

function ResidenceForm({ person }: { person: Person }) {
  const say = useSay()
  const own = useSession().post?.unitId
  const units = useAsk(listUnits, { query: { level: 'commune' } })
  const communes = units.data?.units ?? []
  const propose = useDo(proposeCorrection, [showPerson, listCorrections])
  const [field, setField] = useState<string>(residenceFields[0])
  const [unitId, setUnit] = useState<string>()
  const [typed, setTyped] = useDraftState(`residence of ${person.id}`, { address: '', from: '', reason: '' })
  const [paper, setPaper] = useDraftState<GivenPaper>(`residence paper of ${person.id}`, {
    kind: 'residence-confirmation',
    number: '',
    issuer: '',
  })
  const unsent = useUnsentPapers('correction', person.id)
  const [tried, setTried] = useState(false)
  const now = person.residences.find(({ kind, to }) => kind === kindOf(field) && !to)
  const chosen = unitId ?? communes.find(({ id }) => id === own)?.id ?? now?.unit.id ?? communes[0]?.id ?? ''
  const isWhole = chosen && typed.address.trim() && typed.from && isPaperNamed(paper)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isWhole || unsent.isBusy) return
    const value = `${typed.from} ${chosen} ${typed.address.trim()}`
    propose.mutate({
      params: { id: person.id },
      body: {
        form: form(),
        evidence: paper,
        values: { [field]: value },
        attachments: unsent.ids,
        ...(typed.reason.trim() && { reason: typed.reason }),
      },
    })
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
      <Field
        label={say('residence-which')}
        value={field}
        onChange={setField}
        choices={residenceFields.map(one => [one, say(`residence-${kindOf(one)}`)] as const)}
        hint={say('is-now', {
          value: now ? [now.address, now.unit.name].filter(Boolean).join(', ') : say('not-recorded'),
        })}
      />
      <Field
        label={say('residence-commune')}
        value={chosen}
        onChange={setUnit}
        choices={communes.map(({ id, name }) => [id, name] as const)}
      />
      <Field
        label={say('residence-address')}
        value={typed.address}
        onChange={address => setTyped({ ...typed, address })}
        maxLength={200}
        hint={say('residence-address-hint')}
        error={tried && !typed.address.trim() ? say('field-needed') : undefined}
      />
      <DayField
        label={say('residence-from')}
        value={typed.from}
        onChange={from => setTyped({ ...typed, from })}
        hint={tried && !typed.from ? say('field-needed') : say('residence-from-hint')}
      />
      <EvidenceFields
        paper={paper}
        onChange={setPaper}
        error={tried && !isPaperNamed(paper) ? say('evidence-needed') : undefined}
      />
      <Field
        label={say('residence-reason')}
        value={typed.reason}
        onChange={reason => setTyped({ ...typed, reason })}
        rows={2}
        maxLength={1000}
      />
      <UnsentPapers unsent={unsent} paper={paper.kind} waits={tried} />
      <RefusedNote error={propose.error} />
      <div className="buttons">
        <Button look="primary" submits {...(propose.isPending && { disabled: true })}>
          {say('residence-send')}
        </Button>
        <Button href={at(`/dan-cu/nguoi/${person.id}`)}>{say('leave-it')}</Button>
      </div>
    </form>
  )
}
