import { Lock, Printer } from 'lucide-react'
import { useState } from 'react'
import { receiptPath } from '../../../src/enrolment/receipts/receipt-code.ts'
import { lacksEvidence } from '../draft/fee-of-draft.ts'
import { usePrint } from '../paper/print.tsx'
import { Qr } from '../paper/qr.tsx'
import { ReceiptPaper, useTwoStates } from '../paper/receipt-paper.tsx'
import { Button } from '../parts/button.tsx'
import { FieldError } from '../parts/field.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { StepButtons } from '../parts/step-buttons.tsx'
import { useSay } from '../words/language.tsx'
import type { WordKey } from '../words/words.ts'
import { FeePart } from './fee-part.tsx'
import type { StepProps } from './step-props.ts'

export type ReceiptProps = StepProps & {
  /** Seals; gives the words for what stopped it. */
  readonly onSeal: () => Promise<WordKey | undefined>
}

/** What the person takes home, and the end of the visit: the application is sealed. */
export function ReceiptStep({ draft, desk, change, onSeal }: ReceiptProps) {
  const say = useSay()
  const print = usePrint()
  const [busy, setBusy] = useState(false)
  const [stopped, setStopped] = useState<WordKey>()
  const [said, setSaid] = useState(false)
  const [card, account] = useTwoStates(draft)
  const { oldCard, receipt } = draft
  const undecided = oldCard !== undefined && !said && !oldCard.collected
  const seal = async () => {
    if (busy) return
    if (undecided) return setStopped('old-collect-lacks')
    if (lacksEvidence(draft)) return setStopped('fee-evidence-lacks')
    setBusy(true)
    setStopped(undefined)
    const fault = await onSeal()
    setStopped(fault)
    setBusy(false)
  }
  const collect = (collected: boolean) => {
    setSaid(true)
    setStopped(undefined)
    if (oldCard) change({ oldCard: { ...oldCard, collected } })
  }
  const press = () => void seal()
  useKeys({ Enter: press })
  return (
    <div className="receipt-step">
      <div className="code">
        <Qr text={desk.origin + receiptPath(receipt.token)} label={say('receipt-code')} />
        <p className="quiet">{say('receipt-code')}</p>
        <p className="aloud">{receipt.code}</p>
      </div>
      <div>
        <h2 className="instruction">{say('receipt-say')}</h2>
        <dl className="two-states">
          <dt>{say('receipt-card')}</dt>
          <dd>{card}</dd>
          <dt>{say('receipt-account')}</dt>
          <dd>{account}</dd>
        </dl>
        {oldCard && (
          <div className="two equal">
            <Button pressed={oldCard.collected} onPress={() => collect(true)}>
              {say('old-collected')}
            </Button>
            <Button pressed={said && !oldCard.collected} onPress={() => collect(false)}>
              {say('old-not-collected')}
            </Button>
          </div>
        )}
        <FeePart draft={draft} desk={desk} change={change} />
        <StepButtons>
          <Button look="primary" cap="Enter" icon={Lock} disabled={busy} onPress={press}>
            {say(busy ? 'sealing' : 'seal')}
          </Button>
          <Button
            icon={Printer}
            onPress={() =>
              undecided ? setStopped('old-collect-lacks') : print(<ReceiptPaper draft={draft} desk={desk} />)
            }
          >
            {say('print-receipt')}
          </Button>
        </StepButtons>
        <div aria-live="polite">{stopped && <FieldError>{say(stopped)}</FieldError>}</div>
        <p className="small">{say('seal-about')}</p>
      </div>
    </div>
  )
}
