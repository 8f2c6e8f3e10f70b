import type { CheckedField } from '../../../src/enrolment/capture.ts'
import { formsOn } from '../../../src/enrolment/law.ts'
import { receiptPath } from '../../../src/enrolment/receipts/receipt.ts'
import type { Day } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { dayText, instantText, phoneText } from '../../parts/formats.ts'
import type { Draft, PersonHere } from '../draft/draft.ts'
import type { Eligibility } from '../law/eligibility.ts'
import { PersonNumber } from '../parts/number.tsx'
import { useSay } from '../words/language.tsx'
import { Qr } from './qr.tsx'
import { Hands, type Line, Lines, Sheet, WhenAndWhere } from './sheet.tsx'

/** The three papers of a visit: the form that is read and signed, the receipt, the notice of refusal. */

export type Desk = {
  readonly unit: string
  readonly place: string
  readonly officer: string
  readonly day: Day
  readonly at: Date
  /** The house's own address. */
  readonly origin: string
}

function usePersonLines({ fullName, birthDate, number, sex }: PersonHere): Line[] {
  const say = useSay()
  return [
    [say('field-full-name'), <strong key="name">{fullName}</strong>],
    [say('field-birth-date'), dayText(birthDate)],
    [say('field-sex'), say(sex === 'M' ? 'male' : 'female')],
    [say('field-number'), <PersonNumber key="number" number={number} />],
  ]
}

const extra = ['ethnicity', 'hometown', 'residence'] as const

/** CC01 (CC02 before July 2024): what was taken down, for the person to read and sign. */
export function CapturePaper({ draft, desk }: { draft: Draft; desk: Desk }) {
  const say = useSay()
  const { known, check, request, account, fingers, signer } = draft
  const { capture, account: accountForm } = formsOn(desk.day, builtInLaw)
  const lines = usePersonLines(draft.person)
  for (const field of extra) if (known?.[field]) lines.push([say(`field-${field}`), known[field]])
  lines.push([say('paper-request'), `${say(`kind-${request.kind}`)}, ${say(`reason-${request.reason}`)}`])
  const taken = fingers?.biometrics.length ?? 0
  const reason = fingers?.exceptions[0]?.reason
  lines.push([
    say('paper-fingers'),
    taken > 0 ? say('paper-fingers-taken', { n: taken }) : say('paper-fingers-not', { reason: reason ?? say('blank') }),
  ])
  const wrong = Object.entries(check).flatMap(([field, one]) =>
    one.verdict === 'wrong' ? [{ field: field as CheckedField, ...one }] : [],
  )
  const agreed =
    account && account !== 'declined' && account.agreedAt ? { ...account, ...instantText(account.agreedAt) } : undefined
  return (
    <Sheet form={capture} title={say('form-title')} unit={desk.unit} size="a4">
      <Lines lines={lines} />
      {wrong.length > 0 && (
        <section>
          <h2>{say('paper-wrong')}</h2>
          <ul>
            {wrong.map(({ field, said, evidence }) => (
              <li key={field}>{say('paper-wrong-row', { field: say(`field-${field}`), said, evidence })}</li>
            ))}
          </ul>
        </section>
      )}
      <p>
        {agreed
          ? say('consent-asked', {
              form: accountForm.code,
              version: accountForm.version,
              phone: phoneText(agreed.phone),
              time: agreed.time,
              day: agreed.day,
            })
          : say('no-account')}
      </p>
      {agreed && <p className="fine">{say('consent-text')}</p>}
      <p>{say('paper-declares')}</p>
      <WhenAndWhere at={desk.at} place={desk.place} />
      <Hands
        hands={[
          signer.kind === 'self'
            ? { who: say('paper-citizen'), name: draft.person.fullName }
            : { who: say('paper-representative'), name: signer.name ?? '' },
          { who: say('paper-officer'), name: desk.officer },
        ]}
      />
    </Sheet>
  )
}

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
export function ReceiptPaper({ draft, desk }: { draft: Draft; desk: Desk }) {
  const say = useSay()
  const hidden =
    draft.account && draft.account !== 'declined'
      ? { ...draft.account, phone: masked(draft.account.phone) }
      : draft.account
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

const masked = (phone: string) => phone.replace(/\D/g, '').replace(/^(\d{3})\d+(\d{3})$/, '$1 … $2')

/** Why, and from which day on it becomes possible. */
export function useRefusalWords(
  { birthDate }: Pick<PersonHere, 'birthDate'>,
  { refused }: Eligibility,
  age: number,
): readonly string[] {
  const say = useSay()
  if (!refused) return []
  return [
    say(`refuse-${refused.code}`, { born: dayText(birthDate), age }),
    ...(refused.from ? [say('refuse-from', { day: dayText(refused.from) })] : []),
  ]
}

/** CC03: refused, for which reason, and from which day on it becomes possible. */
export function RefusalPaper({
  person,
  eligibility,
  desk,
  code,
  age,
}: {
  person: PersonHere
  eligibility: Eligibility
  desk: Desk
  code: string
  age: number
}) {
  const say = useSay()
  const why = useRefusalWords(person, eligibility, age)
  return (
    <Sheet form={formsOn(desk.day, builtInLaw).refusal} title={say('refusal-title')} unit={desk.unit} size="a4">
      <p>{say('paper-asked')}</p>
      <Lines lines={[...usePersonLines(person), [say('paper-because'), why.join(' ')], [say('receipt-code'), code]]} />
      <p>{say('paper-complain')}</p>
      <WhenAndWhere at={desk.at} place={desk.place} />
      <Hands hands={[{ who: say('paper-officer'), name: desk.officer }]} />
    </Sheet>
  )
}
