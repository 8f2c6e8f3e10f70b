import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import type { Review } from './queue.ts'
import type { Decision } from './use-decision.ts'

/** Every key of the review: what was done last is taken back, the question is decided, a candidate is chosen. */

/** Answers on the page whether a row stands on it or not. */
export function useUndoKey(takeBack: () => void) {
  const say = useSay()
  useKeys([{ key: 'z', said: say('keys-undo'), run: takeBack, decides: true }])
}

type QuestionDeeds = {
  readonly decide: (decision: Decision) => void
  readonly refer: () => void
  /** Returns a row that lies here to who referred it. */
  readonly giveBack: () => void
  /** Shows the weights, or hides them. */
  readonly weigh: () => void
  readonly next: () => void
  readonly previous: () => void
}

export function useQuestionKeys(review: Review, deeds: QuestionDeeds) {
  const say = useSay()
  useKeys([
    { key: '1', said: say('keys-same'), run: () => deeds.decide('same'), decides: true },
    { key: '2', said: say('keys-different'), run: () => deeds.decide('different'), decides: true },
    { key: '3', said: say('keys-later'), run: () => deeds.decide('later'), decides: true },
    { key: '4', said: say('keys-refer'), run: deeds.refer, decides: true },
    ...(review.lying?.here ? [{ key: '5', said: say('keys-return'), run: deeds.giveBack, decides: true }] : []),
    { key: 'w', said: say('keys-weights'), run: deeds.weigh },
    { key: 'j', said: say('key-next'), run: deeds.next },
    { key: 'k', said: say('key-previous'), run: deeds.previous },
  ])
}

type CandidateChoice = { readonly count: number; readonly at: number; readonly choose: (at: number) => void }

/** The arrows go round the candidates; a letter names one. */
export function useCandidateKeys({ count, at, choose }: CandidateChoice) {
  const say = useSay()
  useKeys(
    count < 2
      ? []
      : [
          { key: 'ArrowRight', said: say('keys-candidate-next'), run: () => choose((at + 1) % count) },
          { key: 'ArrowLeft', said: say('keys-candidate-previous'), run: () => choose((at + count - 1) % count) },
          ...Array.from({ length: count }, (_, n) => ({
            key: 'abcde'.charAt(n),
            said: say('keys-candidate', { n: n + 1 }),
            run: () => choose(n),
          })),
        ],
  )
}
