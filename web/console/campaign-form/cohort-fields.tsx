import { Checkbox } from 'react-aria-components'
import { schoolKinds } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { CampaignKind, CohortDraft, DraftFault } from './campaign-draft.ts'

type CohortFieldsProps = {
  readonly place: number
  readonly kind: CampaignKind
  readonly cohort: CohortDraft
  readonly count: number | undefined
  readonly faults: readonly DraftFault[]
  readonly onChange: (cohort: CohortDraft) => void
  readonly onDrop: (() => void) | undefined
}

/** Whom one cohort means, and how many they are. */
export function CohortFields({ place, kind, cohort, count, faults, onChange, onDrop }: CohortFieldsProps) {
  const say = useSay()
  const fault = (...of: DraftFault[]) => {
    const found = of.find(one => faults.includes(one))
    return found && say(`fault-${found}`)
  }
  const change = (part: Partial<CohortDraft>) => onChange({ ...cohort, ...part })
  const toggle = (one: (typeof schoolKinds)[number], on: boolean) =>
    change({ schoolKinds: on ? [...cohort.schoolKinds, one] : cohort.schoolKinds.filter(other => other !== one) })
  return (
    <fieldset className="cohort">
      <legend>
        {say('form-cohort', { n: place + 1 })}
        {count !== undefined && <span className="quiet"> {say('form-cohort-count', { n: numberText(count) })}</span>}
      </legend>
      <div className="form-row">
        <Field label={say('form-cohort-name')} value={cohort.name} maxLength={80} onChange={name => change({ name })} />
        <Field
          label={say('form-years')}
          value={cohort.years}
          error={fault('years', 'both', 'nobody')}
          onChange={years => change({ years })}
        />
        {kind === 'residents' ? (
          <Field
            label={say('form-age')}
            value={cohort.ageFrom}
            inputMode="numeric"
            error={fault('age')}
            onChange={ageFrom => change({ ageFrom })}
          />
        ) : (
          <Field
            label={say('form-grades')}
            value={cohort.grades}
            error={fault('grades')}
            onChange={grades => change({ grades })}
          />
        )}
        <Field
          label={say('form-units')}
          value={cohort.units}
          error={fault('units')}
          onChange={units => change({ units })}
        />
      </div>
      {kind !== 'residents' && (
        <fieldset className="ticks" aria-label={say('form-school-kinds')}>
          <span className="quiet">{say('form-school-kinds')}</span>
          {schoolKinds.map(one => (
            <Checkbox
              key={one}
              className="tick"
              isSelected={cohort.schoolKinds.includes(one)}
              onChange={on => toggle(one, on)}
            >
              <span className="box" aria-hidden />
              <span>{say(`school-kind-${one}`)}</span>
            </Checkbox>
          ))}
        </fieldset>
      )}
      <Checkbox className="tick" isSelected={cohort.lackingOnly} onChange={lackingOnly => change({ lackingOnly })}>
        <span className="box" aria-hidden />
        <span>{say('form-lacking-only')}</span>
      </Checkbox>
      {onDrop && (
        <Button look={['row', 'text']} onPress={onDrop}>
          {say('form-drop-cohort')}
        </Button>
      )}
    </fieldset>
  )
}
