import { formsOn } from '../../../src/enrolment/law.ts'
import { receiptPath } from '../../../src/enrolment/receipts/receipt-code.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { phoneText } from '../../parts/formats.ts'
import type { Draft } from '../draft/draft.ts'
import { feeOfDraft } from '../draft/fee-of-draft.ts'
import { useFeeText } from '../steps/fee-text.ts'
import { useSay } from '../words/language.tsx'
import { type PaperContext, usePersonLines } from './paper-context.tsx'
import { Qr } from './qr.tsx'
import { Hands, Lines, Sheet, WhenAndWhere } from './sheet.tsx'

const masked = (phone: string) => phone.replace(/\D/g, '').replace(/^(\d{3})\d+(\d{3})$/, '$1 … $2')

/** What will be said of card and account on the receipt: two things, followed separately. */
export function useTwoStates({ check, account }: Draft): readonly [card: string, account: string] {
  const say = useSay()
  const isWrong = Object.values(check).some(({ verdict }) => verdict === 'wrong')
  const phone = account && account !== 'declined' && account.agreedAt ? account.phone : undefined
  return [
    say(isWrong ? 'receipt-card-correction' : 'receipt-card-captured'),
    phone ? say('receipt-account-asked', { phone: phoneText(phone) }) : say('receipt-account-none'),
  ]
}

/**
 * CC02 (CC03 before July 2024), half a sheet: the QR, the code, what is followed. The phone is printed without its
 * middle: papers are lost.
 */
export function ReceiptPaper({ draft, desk }: { draft: Draft; desk: PaperContext }) {
  const say = useSay()
  const hidden =
    draft.account && draft.account !== 'declined'
      ? { ...draft.account, phone: masked(draft.account.phone) }
      : draft.account
  const fee = useFeeText(feeOfDraft(draft, desk.day))
  const [card, account] = useTwoStates({ ...draft, ...(hidden && { account: hidden }) })
  return (
    <Sheet form={formsOn(desk.day, builtInLaw).receipt} title={say('receipt-title')} unit={desk.unit} size="a5">
      <div className="receipt">
        <div>
          <Lines lines={usePersonLines(draft.person)} />
          <p>{say('paper-states')}</p>
          <Lines
            lines={[
              [say('receipt-card'), card],
              [say('receipt-account'), account],
              [say('fee'), fee],
              ...(draft.oldCard
                ? [[say('old-card'), say(draft.oldCard.collected ? 'old-collected' : 'old-not-collected')] as const]
                : []),
            ]}
          />
        </div>
        <div className="code">
          <Qr text={desk.origin + receiptPath(draft.receipt.token)} label={say('receipt-code')} />
          <p>{say('receipt-code')}</p>
          <p className="aloud">{draft.receipt.code}</p>
        </div>
      </div>
      <p>{say('paper-scan')}</p>
      <WhenAndWhere at={desk.at} place={desk.place} />
      <Hands hands={[{ who: say('paper-officer'), name: desk.officer }]} />
    </Sheet>
  )
}
