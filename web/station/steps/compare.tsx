import { type ReactNode, useState } from 'react'
import {
  type ApplicationKind,
  type ApplicationReason,
  type CheckedField,
  checkedFields,
  longestFeatures,
} from '../../../src/enrolment/capture.ts'
import { parseNumber } from '../../../src/names/numbers/numbers.ts'
import { dayText } from '../../parts/formats.ts'
import type { Checked, Draft, OldCard } from '../draft/draft.ts'
import { requestsOn } from '../draft/eligibility.ts'
import { Button } from '../parts/button.tsx'
import { Field, FieldError } from '../parts/field.tsx'
import { PersonNumber } from '../parts/number.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { StepButtons } from '../parts/step-buttons.tsx'
import { type Say, useSay } from '../words/language.tsx'
import type { WordKey } from '../words/words.ts'
import type { StepProps } from './step-props.ts'

/** What the roster says of the person, held against papers and words, line by line. */

function shownValue({ person, known }: Draft, field: CheckedField, say: Say): ReactNode {
  const values: Record<CheckedField, ReactNode> = {
    'full-name': person.fullName,
    'birth-date': dayText(person.birthDate),
    sex: say(person.sex === 'M' ? 'male' : 'female'),
    number: <PersonNumber number={person.number} />,
    residence: known?.residence,
    ethnicity: known?.ethnicity,
    hometown: known?.hometown,
  }
  return values[field] || undefined
}

const told: readonly CheckedField[] = ['full-name', 'birth-date', 'sex', 'number']
/** A number that the list lacks is written down from the papers: there is nothing to hold it against. */
const linesOf = ({ source, known, undeclared }: Draft): readonly CheckedField[] => {
  if (undeclared) return told.filter(field => field !== 'number')
  if (source === 'walk-in') return told
  return known && !known.number ? checkedFields.filter(field => field !== 'number') : checkedFields
}

const hasNumber = ({ person: { number }, undeclared }: Draft) =>
  undeclared !== undefined || ['number', 'old-number'].includes(parseNumber(number).kind)

const isComplete = (one: Checked | undefined) =>
  one?.verdict === 'right' || (one?.verdict === 'wrong' && one.said.trim() !== '' && one.evidence.trim() !== '')

export function CompareStep({ draft, eligibility, desk, change, next }: StepProps) {
  const say = useSay()
  const [asked, setAsked] = useState(false)
  const { check } = draft
  const lines = linesOf(draft)
  const unmarked = lines.filter(field => !check[field]).length
  const lacking = lines.some(field => check[field] && !isComplete(check[field]))
  const mark = (field: CheckedField, one: Checked) => change({ check: { ...check, [field]: one } })
  const allRight = () =>
    change({ check: Object.fromEntries(lines.map(field => [field, check[field] ?? { verdict: 'right' }])) })
  const isGood = eligibility?.doubts.includes('card-good') && draft.request.reason === 'on-request'
  const lacks: WordKey | undefined = lacking
    ? 'wrong-lacks'
    : !hasNumber(draft)
      ? 'number-lacking-hint'
      : isGood && !draft.askedFor
        ? 'asked-for-lacks'
        : undefined
  const go = () => {
    setAsked(true)
    if (unmarked === 0 && !lacks) next()
  }
  useKeys({ Enter: unmarked > 0 ? allRight : go })

  return (
    <div className="compare">
      <h2 className="instruction">{say(draft.source === 'walk-in' ? 'compare-walkin' : 'compare-say')}</h2>
      {eligibility?.doubts.map(doubt => (
        <p key={doubt} className="note waiting">
          {say(`doubt-${doubt}`)}
        </p>
      ))}
      <table className="checked">
        <tbody>
          {lines.map(field => (
            <CheckedLine
              key={field}
              field={field}
              value={shownValue(draft, field, say)}
              one={check[field]}
              onMark={one => mark(field, one)}
            />
          ))}
        </tbody>
      </table>
      {Object.values(check).some(({ verdict }) => verdict === 'wrong') && (
        <p className="note">{say('correction-note')}</p>
      )}
      {draft.known && !draft.known.number && (
        <Field
          label={say('number-lacking')}
          hint={say('number-lacking-hint')}
          value={draft.person.number}
          onChange={number => change({ person: { ...draft.person, number } })}
          error={
            asked && !hasNumber(draft)
              ? say('number-wrong', { n: draft.person.number.replace(/\D/g, '').length })
              : undefined
          }
          input={{ inputMode: 'numeric', maxLength: 20 }}
        />
      )}
      {draft.undeclared && (
        <p className="note waiting">{say('undeclared-note', { papers: draft.undeclared.papers })}</p>
      )}
      <Request draft={draft} day={desk.day} change={change} />
      {isGood && (
        <label className="tick">
          <input
            type="checkbox"
            checked={draft.askedFor ?? false}
            onChange={event => change({ askedFor: event.target.checked })}
          />
          {say('asked-for-card')}
        </label>
      )}
      <StepButtons>
        {unmarked > 0 ? (
          <Button look="primary" cap="Enter" onPress={allRight}>
            {say('all-right')}
          </Button>
        ) : (
          <Button look="primary" cap="Enter" onPress={go}>
            {say('next')}
          </Button>
        )}
        {asked && lacks && <FieldError>{say(lacks)}</FieldError>}
      </StepButtons>
    </div>
  )
}

type LineProps = { field: CheckedField; value: ReactNode; one: Checked | undefined; onMark: (one: Checked) => void }

function CheckedLine({ field, value, one, onMark }: LineProps) {
  const say = useSay()
  const name = say(`field-${field}`)
  const wrong = one?.verdict === 'wrong' ? one : undefined
  return (
    <>
      <tr>
        <th scope="row">{name}</th>
        <td>{value ?? <span className="quiet">{say('blank')}</span>}</td>
        <td className="verdict">
          {/* biome-ignore lint/a11y/useSemanticElements: two buttons of one line; a fieldset would break the table */}
          <div role="group" aria-label={name} className="two">
            <Button pressed={one?.verdict === 'right'} onPress={() => onMark({ verdict: 'right' })}>
              {say('right')}
            </Button>
            <Button pressed={!!wrong} onPress={() => onMark(wrong ?? { verdict: 'wrong', said: '', evidence: '' })}>
              {say('wrong')}
            </Button>
          </div>
        </td>
      </tr>
      {wrong && (
        <tr className="said">
          <td colSpan={3}>
            <div className="fields">
              <Field
                label={say('said-what', { field: name })}
                value={wrong.said}
                onChange={said => onMark({ ...wrong, said })}
              />
              <Field
                label={say('on-evidence')}
                hint={say('evidence-hint')}
                value={wrong.evidence}
                onChange={evidence => onMark({ ...wrong, evidence })}
              />
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

const oldCards = ['cmnd', 'cccd', 'can-cuoc'] as const

function Request({ draft, day, change }: Pick<StepProps, 'draft' | 'change'> & { day: StepProps['desk']['day'] }) {
  const say = useSay()
  const { request, oldCard, features = '' } = draft
  const kinds = requestsOn(day)
  const reasons = kinds.find(({ kind }) => kind === request.kind)?.reasons ?? []
  const setKind = (value: string) => {
    const kind = kinds.find(one => one.kind === value)
    if (kind?.reasons[0]) change({ request: { kind: kind.kind as ApplicationKind, reason: kind.reasons[0] } })
  }
  const setOldCard = (value: string) => {
    const kind = oldCards.find(one => one === value)
    const { oldCard: before } = draft
    const kept: OldCard | undefined = kind && { ...before, kind, collected: before?.collected ?? false }
    change({ oldCard: kept } as Partial<Draft>)
  }
  return (
    <div className="fields request">
      <Field
        label={say('request-kind')}
        value={request.kind}
        onChange={setKind}
        choices={kinds.map(({ kind }) => [kind, say(`kind-${kind}`)])}
      />
      <Field
        label={say('request-reason')}
        value={request.reason}
        onChange={reason => change({ request: { ...request, reason: reason as ApplicationReason } })}
        choices={reasons.map(reason => [reason, say(`reason-${reason}`)])}
      />
      <Field
        label={say('old-card')}
        value={oldCard?.kind ?? ''}
        onChange={setOldCard}
        choices={[['', say('old-card-none')], ...oldCards.map(kind => [kind, say(`old-card-${kind}`)] as const)]}
      />
      {oldCard && (
        <Field
          label={say('old-card-serial')}
          value={oldCard.serial ?? ''}
          onChange={serial => change({ oldCard: { ...oldCard, serial: serial.slice(0, 40) } })}
        />
      )}
      <Field
        label={say('features')}
        value={features}
        onChange={text => change({ features: text.slice(0, longestFeatures) })}
      />
    </div>
  )
}
