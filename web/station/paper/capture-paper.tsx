import type { CheckedField } from '../../../src/enrolment/capture.ts'
import { formsOn } from '../../../src/enrolment/law.ts'
import { numberPrefixes } from '../../../src/names/numbers/number-prefix.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { instantText, phoneText } from '../../parts/formats.ts'
import type { Draft, UndeclaredHere } from '../draft/draft.ts'
import { type Say, useSay } from '../words/language.tsx'
import { type PaperContext, usePersonLines } from './paper-context.tsx'
import { Hands, type Line, Lines, Sheet, WhenAndWhere } from './sheet.tsx'

const extra = ['ethnicity', 'hometown', 'residence'] as const

/** What goes onto form DC01 of somebody without a number, to be read and signed with the rest. */
function undeclaredLines(undeclared: UndeclaredHere, say: Say): Line[] {
  const { birthRegistrationCode, residenceAddress, papers, ...told } = undeclared
  const parents = [told.fatherName, told.motherName].filter(Boolean).join('; ')
  return [
    [say('birth-place'), numberPrefixes.get(birthRegistrationCode)?.name ?? birthRegistrationCode],
    ...(residenceAddress ? [[say('residence-address'), residenceAddress] as const] : []),
    ...(['ethnicity', 'hometown'] as const).flatMap(field =>
      told[field] ? [[say(`field-${field}`), told[field]] as const] : [],
    ),
    ...(parents ? [[say('paper-parents'), parents] as const] : []),
    [say('papers-shown'), papers],
  ]
}

/** CC01 (CC02 before July 2024): what was taken down, for the person to read and sign. */
export function CapturePaper({ draft, desk }: { draft: Draft; desk: PaperContext }) {
  const say = useSay()
  const { known, check, request, account, fingers, signer } = draft
  const { capture, account: accountForm } = formsOn(desk.day, builtInLaw)
  const lines = usePersonLines(draft.person)
  for (const field of extra) if (known?.[field]) lines.push([say(`field-${field}`), known[field]])
  if (draft.undeclared) lines.push(...undeclaredLines(draft.undeclared, say))
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
