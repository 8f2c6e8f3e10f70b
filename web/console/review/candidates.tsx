import { ArrowLeftRight, type LucideIcon, PenLine, TriangleAlert } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import type { ChipKind } from '../../parts/chip.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { Comparison } from '../parts/comparison.tsx'
import { type Candidate, percent } from './queue.ts'

const nameOf = ({ fields }: Candidate) => fields.find(({ field }) => field === 'name')?.register ?? ''

type CandidatesProps = {
  readonly candidates: readonly Candidate[]
  readonly chosen: number
  readonly onChoose: (at: number) => void
}

/** Whom the row may be, where that are several: chosen by arrows, by letters, or by hand. */
export function Candidates({ candidates, chosen, onChoose }: CandidatesProps) {
  const say = useSay()
  const [only] = candidates
  if (candidates.length < 2)
    return only?.isOnNoRoll ? (
      <p className="quiet">{`${percent(only.probability)}%, ${say('review-on-no-roll')}`}</p>
    ) : null
  return (
    <fieldset className="buttons candidates">
      <legend className="quiet">
        {say('review-candidates', { n: candidates.length })}{' '}
        <span className="small by-key">{say('review-choose')}</span>
      </legend>
      {candidates.map((candidate, at) => (
        <Button
          key={candidate.personId}
          look={at === chosen ? ['row', 'chosen'] : 'row'}
          pressed={at === chosen}
          cap={'ABCDE'.charAt(at)}
          onPress={() => onChoose(at)}
        >
          {say('review-candidate', { name: nameOf(candidate), p: percent(candidate.probability) })}
          {candidate.isHolder && `, ${say('review-holder')}`}
          {candidate.isOnNoRoll && `, ${say('review-on-no-roll')}`}
        </Button>
      ))}
    </fieldset>
  )
}

type Agreement = Candidate['fields'][number]['agreement']

/** How grave each difference is. */
const agreementKinds = {
  agrees: 'done',
  'marks-differ': 'waiting',
  differs: 'waiting',
  swapped: 'waiting',
  partial: 'waiting',
  'of-another': 'late',
  cancelled: 'late',
  'lost-zero': 'waiting',
  malformed: 'waiting',
  missing: 'not-begun',
  unknown: 'not-begun',
} as const satisfies Record<Agreement, ChipKind>

/** Verdicts that an icon of their own tells faster; the others wear that of their kind. */
const agreementIcons: Partial<Record<Agreement, LucideIcon>> = {
  'marks-differ': PenLine,
  differs: PenLine,
  swapped: ArrowLeftRight,
  'of-another': TriangleAlert,
}

/** The row and the person, value by value. */
export function Side({ row, candidate }: { row: number; candidate: Candidate }) {
  const { say, language } = useLanguage()
  return (
    <Comparison
      caption={say('review-asks-plain', { row })}
      sources={[say('review-school-side'), say('review-register-side')]}
      fields={candidate.fields.map(({ field, roll, register, agreement, rollMarks, registerMarks, ...said }) => ({
        label: say(`review-${field}`),
        left: roll || undefined,
        right: register || undefined,
        marks: { left: rollMarks, right: registerMarks },
        verdict: { kind: agreementKinds[agreement], said: said[language], icon: agreementIcons[agreement] },
      }))}
    />
  )
}
