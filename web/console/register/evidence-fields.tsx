import {
  type Evidence,
  type EvidenceKind,
  paperKinds,
  paperNeeds,
} from '../../../src/register/corrections/paper-needs.ts'
import { sayPaper } from '../../../src/register/corrections/words.ts'
import { Field } from '../../parts/field.tsx'
import { useLanguage, useSay } from '../base/language.tsx'

export type GivenPaper = Evidence & { readonly kind: EvidenceKind }

export const noPaper: GivenPaper = { kind: 'birth-certificate', number: '', issuer: '' }

/** Whether what this kind of paper needs is filled in; the house looks closer. */
export const isPaperNamed = ({ kind, ...given }: GivenPaper): boolean =>
  paperNeeds[kind].every(part => given[part]?.trim())

type EvidenceFieldsProps = {
  readonly paper: GivenPaper
  readonly onChange: (paper: GivenPaper) => void
  readonly error?: string | undefined
}

/** Which paper shows it: its kind, its number, and who issued it. */
export function EvidenceFields({ paper, onChange, error }: EvidenceFieldsProps) {
  const say = useSay()
  const { language } = useLanguage()
  return (
    <>
      <Field
        label={say('evidence')}
        value={paper.kind}
        onChange={kind => onChange({ ...paper, kind: kind as EvidenceKind })}
        choices={paperKinds.map(kind => [kind, sayPaper(language)(kind)] as const)}
      />
      <Field
        label={say('paper-number')}
        value={paper.number ?? ''}
        onChange={number => onChange({ ...paper, number })}
        maxLength={60}
        error={error}
      />
      <Field
        label={say('paper-issuer')}
        value={paper.issuer ?? ''}
        onChange={issuer => onChange({ ...paper, issuer })}
        maxLength={300}
        hint={say('evidence-hint')}
      />
    </>
  )
}
