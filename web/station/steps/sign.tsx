import { Printer } from 'lucide-react'
import { useState } from 'react'
import type { SignerRelation } from '../../../src/enrolment/capture.ts'
import { formsOn, wardRelations } from '../../../src/enrolment/law.ts'
import type { Day } from '../../../src/platform/day.ts'
import { builtInLaw, ruleOn } from '../../../src/platform/law.ts'
import { TakeSignature } from '../capture-steps/capture-components.ts'
import type { Draft, SignerHere } from '../draft/draft.ts'
import { type SignerLack, signerLacks } from '../draft/signer-and-phone.ts'
import { CapturePaper } from '../paper/capture-paper.tsx'
import { usePrint } from '../paper/print.tsx'
import { Button } from '../parts/button.tsx'
import { Field, FieldError } from '../parts/field.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { StepButtons } from '../parts/step-buttons.tsx'
import { useSay } from '../words/language.tsx'
import type { StepProps } from './step-props.ts'

/** The form is printed, read by the person, and signed by them or by who acts for them. */

/** What is still needed; undefined = nothing. */
function lacking(draft: Draft, represented: boolean): 'sign-lacks' | SignerLack | undefined {
  const { signature, foundRight } = draft
  return (
    signerLacks(draft, represented) ??
    (foundRight && (signature?.png || signature?.unable?.trim()) ? undefined : 'sign-lacks')
  )
}

export function SignStep({ draft, eligibility, desk, change, next }: StepProps) {
  const say = useSay()
  const print = usePrint()
  const [asked, setAsked] = useState(false)
  const lacks = lacking(draft, eligibility?.represented ?? false)
  const { code } = formsOn(desk.day, builtInLaw).capture
  const go = () => {
    setAsked(true)
    if (!lacks) next()
  }
  useKeys({ Enter: go })
  return (
    <div className="sign-step">
      <div>
        <h2 className="instruction">{say('sign-say')}</h2>
        <div className="buttons">
          <Button icon={Printer} onPress={() => print(<CapturePaper draft={draft} desk={desk} />)}>
            {say('print-form', { form: code })}
          </Button>
        </div>
        <div className="two equal">
          <Button pressed={draft.foundRight === true} onPress={() => change({ foundRight: true })}>
            {say('found-right')}
          </Button>
          <Button onPress={() => change({ foundRight: false, step: 'compare' })}>{say('found-wrong')}</Button>
        </div>
        <WhoSigns draft={draft} represented={eligibility?.represented ?? false} day={desk.day} change={change} />
        <h3>{say('signature')}</h3>
        <TakeSignature
          taken={draft.signature}
          onTaken={signature => change({ signature } as Partial<Draft>)}
          onNext={go}
        />
        <StepButtons>
          <Button look="primary" cap="Enter" onPress={go}>
            {say('next')}
          </Button>
          {asked && lacks && <FieldError>{say(lacks)}</FieldError>}
        </StepButtons>
      </div>
      <div className="preview" aria-hidden>
        <CapturePaper draft={draft} desk={desk} />
      </div>
    </div>
  )
}

const ofChild = ['father', 'mother', 'guardian'] as const

function WhoSigns({
  draft: { signer },
  represented,
  day,
  change,
}: Pick<StepProps, 'draft' | 'change'> & { represented: boolean; day: Day }) {
  const say = useSay()
  const relations: readonly SignerRelation[] = represented ? ofChild : ruleOn(wardRelations, day, builtInLaw)
  const set = (changes: Partial<SignerHere>) => change({ signer: { ...signer, ...changes } })
  return (
    <section>
      <div className="two equal">
        <Button
          pressed={signer.kind === 'self'}
          disabled={represented}
          onPress={() => change({ signer: { kind: 'self' } })}
        >
          {say('signs-self')}
        </Button>
        <Button pressed={signer.kind === 'representative'} onPress={() => set({ kind: 'representative' })}>
          {say('signs-for')}
        </Button>
      </div>
      {(represented || signer.kind === 'representative') && (
        <p className="quiet">{say(represented ? 'represented-must' : 'represented-may-not')}</p>
      )}
      {signer.kind === 'representative' && (
        <div className="fields">
          <Field
            label={say('representative-name')}
            value={signer.name ?? ''}
            onChange={name => set({ name: name.slice(0, 120) })}
          />
          <Field
            label={say('relation')}
            value={signer.relation ?? ''}
            onChange={value => {
              const relation = relations.find(one => one === value)
              if (relation) set({ relation })
            }}
            choices={[['', say('sex-choose')], ...relations.map(one => [one, say(`relation-${one}`)] as const)]}
          />
          <Field
            label={say('representative-number')}
            value={signer.number ?? ''}
            onChange={number => set({ number: number.slice(0, 20) })}
            input={{ inputMode: 'numeric' }}
          />
          <Field
            label={say('representative-evidence')}
            value={signer.evidence ?? ''}
            onChange={evidence => set({ evidence })}
          />
        </div>
      )}
    </section>
  )
}
