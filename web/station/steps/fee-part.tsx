import { exemptionsFor, feeOfDraft, hasFee, isCheaperOnline } from '../draft/fee-of-draft.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useSay } from '../words/language.tsx'
import { useFeeText } from './fee-text.ts'
import type { StepProps } from './step-props.ts'

/** What is asked for, and why this person owes nothing, by which paper. */
export function FeePart({ draft, desk, change }: Pick<StepProps, 'draft' | 'desk' | 'change'>) {
  const say = useSay()
  const text = useFeeText(feeOfDraft(draft, desk.day))
  if (!hasFee(draft, desk.day)) return null
  const { exemption, filedOnline } = draft.fee ?? {}
  const choose = (value: string) => {
    const kind = exemptionsFor(draft, desk.day).find(one => one === value)
    change({
      fee: {
        ...(filedOnline && { filedOnline }),
        ...(kind && { exemption: { kind, evidence: exemption?.evidence ?? '' } }),
      },
    })
  }
  return (
    <div className="fields request">
      <p>
        {say('fee')}: <strong>{text}</strong>
      </p>
      {isCheaperOnline(desk.day) && (
        <Button
          pressed={filedOnline === true}
          onPress={() =>
            change({ fee: { ...(exemption && { exemption }), ...(!filedOnline && { filedOnline: true }) } })
          }
        >
          {say('fee-filed-online')}
        </Button>
      )}
      <Field
        label={say('fee-exemption')}
        value={exemption?.kind ?? ''}
        onChange={choose}
        choices={[
          ['', say('fee-exemption-none')],
          ...exemptionsFor(draft, desk.day).map(kind => [kind, say(`exempt-${kind}`)] as const),
        ]}
      />
      {exemption && (
        <Field
          label={say('fee-evidence')}
          hint={say('fee-evidence-hint')}
          value={exemption.evidence}
          onChange={evidence => change({ fee: { ...draft.fee, exemption: { ...exemption, evidence } } })}
        />
      )}
    </div>
  )
}
