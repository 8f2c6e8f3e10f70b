import { formsOn } from '../../../src/enrolment/law.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { dayText } from '../../parts/formats.ts'
import type { PersonHere } from '../draft/draft.ts'
import type { Eligibility } from '../draft/eligibility.ts'
import { useSay } from '../words/language.tsx'
import { type PaperContext, usePersonLines } from './paper-context.tsx'
import { Hands, Lines, Sheet, WhenAndWhere } from './sheet.tsx'

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
  desk: PaperContext
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
