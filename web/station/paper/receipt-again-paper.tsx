import { formsOn } from '../../../src/enrolment/law.ts'
import { receiptPath } from '../../../src/enrolment/receipts/receipt-code.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { instantText } from '../../parts/formats.ts'
import type { PersonHere } from '../draft/draft.ts'
import type { ReceiptRow } from '../keep/database.ts'
import { useSay } from '../words/language.tsx'
import { type PaperContext, usePersonLines } from './paper-context.tsx'
import { Qr } from './qr.tsx'
import { Hands, Lines, Sheet, WhenAndWhere } from './sheet.tsx'

type ReceiptAgainProps = {
  readonly person: PersonHere
  readonly receipt: ReceiptRow
  readonly desk: PaperContext
}

/** The receipt of a packet that is sealed: the machine still has its code, and nothing of what was captured. */
export function ReceiptAgainPaper({ person, receipt: { code, token, at }, desk }: ReceiptAgainProps) {
  const say = useSay()
  return (
    <Sheet form={formsOn(desk.day, builtInLaw).receipt} title={say('receipt-title')} unit={desk.unit} size="a5">
      <div className="receipt">
        <div>
          <Lines lines={usePersonLines(person)} />
          <p>{say('paper-receipt-again', instantText(at))}</p>
        </div>
        <div className="code">
          <Qr text={desk.origin + receiptPath(token)} label={say('receipt-code')} />
          <p>{say('receipt-code')}</p>
          <p className="aloud">{code}</p>
        </div>
      </div>
      <p className="fine">{say('paper-scan')}</p>
      <WhenAndWhere at={desk.at} place={desk.place} />
      <Hands hands={[{ who: say('paper-officer'), name: desk.officer }]} />
    </Sheet>
  )
}
