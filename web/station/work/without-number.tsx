import { numberPrefixes } from '../../../src/names/numbers/number-prefix.ts'
import type { Roster } from '../../../src/planning/rosters/contract-station.ts'
import type { UndeclaredHere } from '../draft/draft.ts'
import { Field } from '../parts/field.tsx'
import { type Say, useSay } from '../words/language.tsx'

/** Somebody who has no number: what form DC01 asks beside name, birth and sex, as they and their papers say it. */

export const emptyForm = {
  birthRegistrationCode: '',
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
export type FilledForm = typeof emptyForm
type FormField = keyof FilledForm

const residenceKinds = ['permanent', 'temporary', 'current'] as const
const digits = (text: string) => text.replace(/\D/g, '')

/** What is wrong with each field; nothing where the form can be sealed. */
export function formFaults(form: FilledForm, say: Say): Partial<Record<FormField, string>> {
  const number = (name: 'motherNumber' | 'fatherNumber') =>
    form[name].trim() && digits(form[name]).length !== 12
      ? { [name]: say('parent-number-wrong', { n: digits(form[name]).length }) }
      : {}
  return {
    ...(!form.birthRegistrationCode && { birthRegistrationCode: say('birth-place-choose') }),
    ...(!form.residenceUnitId && { residenceUnitId: say('lives-in-choose') }),
    ...(form.papers.trim().length < 5 && { papers: say('papers-needed') }),
    ...number('motherNumber'),
    ...number('fatherNumber'),
  }
}

/** As it is kept: what was left empty is left out. */
export function undeclaredOf(form: FilledForm): UndeclaredHere {
  const { birthRegistrationCode, residenceUnitId, residenceKind, papers, motherNumber, fatherNumber, ...texts } = form
  const given = Object.entries(texts).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : []))
  return {
    birthRegistrationCode,
    residenceUnitId,
    residenceKind: residenceKinds.find(kind => kind === residenceKind) ?? 'permanent',
    papers: papers.trim(),
    ...Object.fromEntries(given),
    ...(motherNumber.trim() && { motherNumber: digits(motherNumber) }),
    ...(fatherNumber.trim() && { fatherNumber: digits(fatherNumber) }),
  }
}

const birthPlaces = [...numberPrefixes].map(([code, { name }]) => [code, `${name} (${code})`] as const)

type FormProps = {
  readonly form: FilledForm
  readonly faults: Partial<Record<FormField, string>>
  readonly communes: NonNullable<Roster['communes']>
  readonly onChange: (changes: Partial<FilledForm>) => void
}

export function WithoutNumberFields({ form, faults, communes, onChange }: FormProps) {
  const say = useSay()
  const of = (name: FormField) => ({
    value: form[name],
    onChange: (value: string) => onChange({ [name]: value }),
    error: faults[name],
  })
  return (
    <>
      <div className="fields">
        <Field
          label={say('birth-place')}
          {...of('birthRegistrationCode')}
          choices={[['', say('sex-choose')], ...birthPlaces]}
        />
        <Field
          label={say('lives-in')}
          {...of('residenceUnitId')}
          choices={[['', say('sex-choose')], ...communes.map(({ id, name }) => [id, name] as const)]}
        />
        <Field
          label={say('residence-kind')}
          {...of('residenceKind')}
          choices={residenceKinds.map(kind => [kind, say(`residence-${kind}`)])}
        />
        <Field label={say('residence-address')} {...of('residenceAddress')} input={{ maxLength: 300 }} />
        <Field label={say('field-ethnicity')} {...of('ethnicity')} input={{ maxLength: 100 }} />
        <Field label={say('field-hometown')} {...of('hometown')} input={{ maxLength: 300 }} />
        <Field label={say('mother-name')} {...of('motherName')} input={{ maxLength: 120, spellCheck: false }} />
        <Field label={say('mother-number')} {...of('motherNumber')} input={{ inputMode: 'numeric', maxLength: 20 }} />
        <Field label={say('father-name')} {...of('fatherName')} input={{ maxLength: 120, spellCheck: false }} />
        <Field label={say('father-number')} {...of('fatherNumber')} input={{ inputMode: 'numeric', maxLength: 20 }} />
      </div>
      <Field label={say('papers-shown')} {...of('papers')} hint={say('papers-hint')} input={{ maxLength: 1000 }} />
    </>
  )
}
