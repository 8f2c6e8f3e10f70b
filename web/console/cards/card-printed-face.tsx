import { drawableStates } from '../../../src/cards/card.ts'
import { showCard } from '../../../src/cards/contract.ts'
import { cardPrintedFace } from '../../../src/cards/production/contract.ts'
import { call } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { useStale } from '../base/use-endpoint.ts'
import { PaperExit } from '../parts/paper-exit.tsx'
import { useMay } from '../shell/session.tsx'
import type { Life } from './card-types.ts'

/**
 * Both sides as they are printed: of a card that was ordered here and made; who makes cards sees them before, as a
 * proof until a blank is taken.
 */
export function FaceExit({ life: { card, order, attempts } }: { life: Life }) {
  const say = useSay()
  const stale = useStale()
  const mayProduce = useMay('cards.produce')
  const isMade = drawableStates.includes(card.state)
  if (!order || !(isMade || (card.state === 'approved' && mayProduce))) return null
  const last = attempts.reduce<Life['attempts'][number] | undefined>(
    (one, other) => (one && one.attempt > other.attempt ? one : other),
    undefined,
  )
  const isProof = !isMade && !(last?.serial && last.quality === undefined)
  return (
    <PaperExit
      take={() =>
        call(cardPrintedFace, {
          params: { id: card.id },
          query: { as: 'pdf', ...(isProof && { proof: 'yes' as const }) },
        })
      }
      onTaken={() => stale([showCard])}
    >
      {say(isProof ? 'life-face-proof' : 'life-face')}
    </PaperExit>
  )
}
