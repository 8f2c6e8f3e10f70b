import { Printer } from 'lucide-react'
import { useState } from 'react'
import { ageToApply } from '../../../src/cards/law.ts'
import { formsOn } from '../../../src/enrolment/law.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { type Draft, newReceipt } from '../draft/draft.ts'
import type { PaperContext } from '../paper/paper-context.tsx'
import { usePrint } from '../paper/print.tsx'
import { RefusalPaper, useRefusalWords } from '../paper/refusal-paper.tsx'
import { Button } from '../parts/button.tsx'
import { FieldError } from '../parts/field.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { useSay } from '../words/language.tsx'
import type { WordKey } from '../words/words.ts'
import type { Refusing } from './capture-course.ts'

type RefuseProps = {
  readonly refusing: Refusing
  readonly desk: PaperContext
  readonly onRefuse: (receipt: Draft['receipt']) => Promise<WordKey | undefined>
  readonly onBack: () => void
}

/** Somebody is turned away: why, from which day on it becomes possible, the notice, and the record that it happened. */
export function RefusePane({ refusing, desk, onRefuse, onBack }: RefuseProps) {
  const say = useSay()
  const print = usePrint()
  const [stopped, setStopped] = useState<WordKey>()
  const [receipt] = useState(newReceipt)
  const { someone, eligibility } = refusing
  const age = ageToApply(desk.day, builtInLaw)
  const why = useRefusalWords(someone.person, eligibility, age)
  const form = formsOn(desk.day, builtInLaw).refusal.code
  const [busy, setBusy] = useState(false)
  /** Recorded first: a notice with a code that nobody knows would be worse than none. */
  const record = async () => {
    if (busy) return
    setBusy(true)
    const fault = await onRefuse(receipt)
    setBusy(false)
    setStopped(fault)
    if (!fault)
      print(
        <RefusalPaper person={someone.person} eligibility={eligibility} desk={desk} code={receipt.code} age={age} />,
      )
  }
  useKeys({ Escape: onBack })
  return (
    <section className="state refuse">
      <h1>{say('refuse-title', { name: someone.person.fullName })}</h1>
      {why.map(sentence => (
        <p key={sentence} className="instruction">
          {sentence}
        </p>
      ))}
      <p className="quiet">{say('refuse-about', { form })}</p>
      <div className="buttons">
        <Button look="primary" icon={Printer} disabled={busy} onPress={() => void record()}>
          {say('refuse-do', { form })}
        </Button>
        <Button cap="Esc" onPress={onBack}>
          {say('refuse-back')}
        </Button>
        {stopped && <FieldError>{say(stopped)}</FieldError>}
      </div>
    </section>
  )
}
