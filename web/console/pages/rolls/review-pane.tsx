import { ArrowLeftRight, ChevronDown, ChevronRight, type LucideIcon, PenLine, TriangleAlert, Users } from 'lucide-react'
import { useState } from 'react'
import {
  countDefects,
  decideRow,
  listRolls,
  listRows,
  nextReview,
  reviewRow,
  showRoll,
  undoDecision,
} from '../../../../src/rolls/contract.ts'
import type { Answer } from '../../../call.ts'
import { useAsk, useDo } from '../../asking.ts'
import { useKeys } from '../../keys.tsx'
import { useLanguage, useSay } from '../../language.tsx'
import { Button, Cap } from '../../parts/button.tsx'
import type { ChipKind } from '../../parts/chip.tsx'
import { Comparison } from '../../parts/comparison.tsx'
import { Go } from '../../parts/go.tsx'
import { Failed, Loading, RefusedNote, State } from '../../parts/state.tsx'
import { useRemembered } from '../../remembered.ts'
import { goTo } from '../../router-handle.ts'
import { type Roll, rollAt } from './roll.ts'

export type Review = Answer<typeof reviewRow>
type Candidate = Review['candidates'][number]

/** One question about one row, decided by one key; the next rows are in sight, so the hand keeps its rhythm. */
export function ReviewPane({ roll, place }: { roll: Roll; place: number | undefined }) {
  const say = useSay()
  const params = { id: roll.id }
  const first = useAsk(nextReview, { params, query: {} }, { when: place === undefined })
  const one = useAsk(reviewRow, { params: { ...params, place: place ?? 1 } }, { when: place !== undefined, keep: true })
  const deciding = useDeciding(roll)
  const error = first.error ?? one.error
  const review = place === undefined ? first.data?.review : one.data
  useKeys([{ key: 'z', said: say('keys-undo'), run: () => deciding.takeBack(review) }])
  if (error) return <Failed error={error} />
  if (review) return <Question key={review.row.place} roll={roll} review={review} deciding={deciding} />
  if (place !== undefined || !first.data) return <Loading what={say('reading-roll')} />
  return (
    <>
      <State
        so={say('review-done')}
        todo={say('review-done-todo')}
        buttons={
          deciding.last !== undefined && (
            <Button cap="Z" onPress={() => deciding.takeBack(undefined)}>
              {say('review-undo')}
            </Button>
          )
        }
      />
      <RefusedNote error={deciding.error} />
    </>
  )
}

/** The rows after this one, in the order in which they are looked at; `next` begins with the row itself. */
const ahead = ({ row, next }: Review) => next.filter(({ place }) => place !== row.place)

const goToRow = (roll: Roll, place: number | undefined) =>
  goTo(rollAt(roll.id, { nhom: 'review', ...(place !== undefined && { dong: String(place) }) }))

/** Deciding a row and taking it back. What was decided last is kept, so that Z works on the row after it too. */
function useDeciding(roll: Roll) {
  const after = [showRoll, listRolls, nextReview, reviewRow, listRows, countDefects]
  const decide = useDo(decideRow, after)
  const undo = useDo(undoDecision, after)
  const [last, setLast] = useRemembered<number | undefined>(`decided-${roll.id}`, undefined)
  const busy = decide.isPending || undo.isPending
  const params = (place: number) => ({ id: roll.id, place })
  return {
    last,
    busy,
    error: decide.error ?? undo.error,
    decide(review: Review, decision: 'same' | 'different' | 'later', candidate: Candidate | undefined) {
      if (busy || (decision === 'same' && !candidate)) return
      const { place } = review.row
      const body =
        decision === 'same' && candidate
          ? { decision, personId: candidate.personId }
          : { decision: decision === 'later' ? decision : ('different' as const) }
      decide.mutateAsync({ params: params(place), body }).then(
        () => {
          setLast(place)
          goToRow(roll, ahead(review)[0]?.place)
        },
        () => {},
      )
    },
    takeBack(review: Review | undefined) {
      const back = review?.row.decision ? review.row.place : last
      if (back === undefined || busy) return
      undo.mutateAsync({ params: params(back) }).then(
        () => {
          setLast(undefined)
          goToRow(roll, back)
        },
        () => {},
      )
    },
  }
}
type Deciding = ReturnType<typeof useDeciding>

function Question({ roll, review, deciding }: { roll: Roll; review: Review; deciding: Deciding }) {
  const say = useSay()
  const [chosen, setChosen] = useState(0)
  const [weights, setWeights] = useState(false)
  const candidate = review.candidates[chosen]
  const { busy, error } = deciding
  const { row, position, total, previous } = review
  const decide = (decision: 'same' | 'different' | 'later') => deciding.decide(review, decision, candidate)
  const next = ahead(review)[0]
  useKeys([
    { key: '1', said: say('keys-same'), run: () => decide('same') },
    { key: '2', said: say('keys-different'), run: () => decide('different') },
    { key: '3', said: say('keys-later'), run: () => decide('later') },
    { key: 'w', said: say('keys-weights'), run: () => setWeights(!weights) },
    { key: 'j', said: say('key-next'), run: () => next && goToRow(roll, next.place) },
    { key: 'k', said: say('key-previous'), run: () => previous !== undefined && goToRow(roll, previous) },
  ])
  return (
    <section aria-live="polite">
      <div className="question">
        <h2>{row.class ? say('review-asks', { row: row.row, class: row.class }) : say('review-asks-plain', { row: row.row })}</h2>
        <span className="quiet figures">
          {position > 0 && say('review-position', { n: position, all: total })} <Cap>J</Cap> <Cap>K</Cap>
        </span>
      </div>
      {review.candidates.length > 1 && <Candidates candidates={review.candidates} chosen={chosen} onChoose={setChosen} />}
      {candidate ? <Side row={row.row} candidate={candidate} /> : <p className="quiet">{say('review-no-candidate')}</p>}
      <Hints hints={review.hints} />
      {candidate && <Weights candidate={candidate} open={weights} onToggle={() => setWeights(!weights)} />}
      <div className="verdicts">
        <Button look={['primary', 'large']} cap="1" onPress={() => decide('same')} {...((busy || !candidate) && { disabled: true })}>
          {say('review-same')}
        </Button>
        <Button look="large" cap="2" onPress={() => decide('different')} {...(busy && { disabled: true })}>
          {say('review-different')}
        </Button>
        <Button look="large" cap="3" onPress={() => decide('later')} {...(busy && { disabled: true })}>
          {say('review-later')}
        </Button>
        <Button look="text" cap="Z" onPress={() => deciding.takeBack(review)}>
          {say('review-undo')}
        </Button>
      </div>
      <RefusedNote error={error} />
      {candidate && <p className="small">{say('review-means', { n: candidate.defects.length })}</p>}
      <Next review={review} roll={roll} />
    </section>
  )
}

const percent = (probability: number) => Math.floor(probability * 100)

function Candidates({
  candidates,
  chosen,
  onChoose,
}: {
  candidates: readonly Candidate[]
  chosen: number
  onChoose: (at: number) => void
}) {
  const say = useSay()
  return (
    <div className="buttons candidates">
      <span className="quiet">{say('review-candidates', { n: candidates.length })}</span>
      {candidates.map(({ personId, probability, isHolder }, at) => (
        <Button key={personId} look={at === chosen ? ['row', 'chosen'] : 'row'} onPress={() => onChoose(at)}>
          {say('review-candidate', { n: at + 1, p: percent(probability) })}
          {isHolder && `, ${say('review-holder')}`}
        </Button>
      ))}
    </div>
  )
}

/** How grave each verdict is. */
const verdictKinds = {
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
} as const satisfies Record<Candidate['fields'][number]['verdict'], ChipKind>

/** Verdicts that an icon of their own tells faster; the others wear that of their kind. */
const verdictIcons: Partial<Record<Candidate['fields'][number]['verdict'], LucideIcon>> = {
  'marks-differ': PenLine,
  differs: PenLine,
  swapped: ArrowLeftRight,
  'of-another': TriangleAlert,
}

function Side({ row, candidate }: { row: number; candidate: Candidate }) {
  const { say, language } = useLanguage()
  return (
    <Comparison
      caption={say('review-asks-plain', { row })}
      sources={[say('review-school-side'), say('review-register-side')]}
      fields={candidate.fields.map(({ field, roll, register, verdict, rollMarks, registerMarks, ...said }) => ({
        label: say(`review-${field}`),
        left: roll || undefined,
        right: register || undefined,
        marks: { left: rollMarks, right: registerMarks },
        verdict: { kind: verdictKinds[verdict], said: said[language], icon: verdictIcons[verdict] },
      }))}
    />
  )
}

function Hints({ hints }: { hints: Review['hints'] }) {
  const { language } = useLanguage()
  return hints.map(({ code, ...said }) => (
    <p className="note" key={code + said[language]}>
      <Users size={16} aria-hidden />
      {said[language]}
    </p>
  ))
}

/** Likely causes come before any weight; weights stay folded until somebody asks. */
function Weights({ candidate, open, onToggle }: { candidate: Candidate; open: boolean; onToggle: () => void }) {
  const { say, language } = useLanguage()
  const Icon = open ? ChevronDown : ChevronRight
  const reasons = candidate.reasons.toSorted((a, b) => b.weight - a.weight)
  return (
    <div className="weights">
      <button type="button" aria-expanded={open} onClick={onToggle}>
        <Icon size={16} aria-hidden />
        {say('review-why', { p: percent(candidate.probability) })}
        <span className="quiet">
          {say('review-weights')} <Cap>W</Cap>
        </span>
      </button>
      {open && (
        <ul className="rows">
          {reasons.map(({ field, code, weight, ...said }) => (
            <li key={`${field}-${code}`}>
              {said[language]}
              <span className="figures">{(weight > 0 ? '+' : '') + weight.toFixed(1).replace('.', ',')}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Next({ roll, review }: { roll: Roll; review: Review }) {
  const say = useSay()
  if (!review.next.length) return null
  return (
    <>
      <h2 className="next-head">{say('review-next')}</h2>
      <ul className="next">
        {review.next.map(({ place, row, name, why, probability, ...rest }) => (
          <li key={place} {...(place === review.row.place && { 'aria-current': 'true' as const })}>
            <span className="quiet">{row}</span>
            <Go to={rollAt(roll.id, { nhom: 'review', dong: String(place) })}>{name}</Go>
            <span className="own-figures">{rest.class ?? ''}</span>
            <span className="quiet">{why}</span>
            <span>{percent(probability)}%</span>
          </li>
        ))}
      </ul>
    </>
  )
}
