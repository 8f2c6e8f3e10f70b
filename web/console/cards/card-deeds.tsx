import { useState } from 'react'
import {
  blockCard,
  cancelCard,
  cardReasons,
  giveCardBack,
  revokeCard,
  showCard,
  unblockCard,
  withholdCard,
} from '../../../src/cards/contract.ts'
import { foundCard, lostCard } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useDraftState } from '../base/drafts.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession } from '../shell/session.tsx'
import type { Life } from './card-types.ts'

const deeds = ['take-in', 'gone', 'cancel', 'block', 'unblock', 'withhold', 'give-back', 'revoke'] as const
type Deed = (typeof deeds)[number]

const rightOf: Readonly<Record<Deed, string>> = {
  'take-in': 'cards.ship',
  gone: 'cards.ship',
  cancel: 'cards.revoke',
  block: 'cards.block',
  unblock: 'cards.block',
  withhold: 'cards.withhold',
  'give-back': 'cards.withhold',
  revoke: 'cards.revoke',
}

/** What may be done with a card in its state; the house has the last word (card.ts). */
function fits(deed: Deed, { card: { state }, place }: Life): boolean {
  if (deed === 'take-in' || deed === 'gone') return place.at === 'to-be-destroyed'
  const kept = place.at === 'withheld'
  if (deed === 'cancel') return state === 'applied' || state === 'approved'
  if (deed === 'block') return state === 'handed-over'
  if (deed === 'unblock') return state === 'blocked'
  if (deed === 'give-back') return kept
  if (deed === 'withhold') return !kept && (state === 'at-unit' || state === 'handed-over' || state === 'blocked')
  return ['produced', 'at-unit', 'handed-over', 'blocked', 'expired'].includes(state)
}

/** What one may do with this card, each asked once with its reason. */
export function CardDeeds({ life }: { life: Life }) {
  const say = useSay()
  const { rights } = useSession()
  const [asked, setAsked] = useState<Deed>()
  const open = deeds.filter(deed => rights.includes(rightOf[deed]) && fits(deed, life))
  if (open.length === 0) return null
  return (
    <section className="part">
      <div className="buttons">
        {open.map(deed => (
          <Button key={deed} onPress={() => setAsked(deed)}>
            {say(`card-do-${deed}`)}
          </Button>
        ))}
      </div>
      {asked && <Asked key={asked} deed={asked} cardId={life.card.id} onClose={() => setAsked(undefined)} />}
    </section>
  )
}

const readAnew = [showCard, cardPipeline, listCards] as const

/** Deeds that ask for no reason of the law. */
const plain: readonly Deed[] = ['take-in', 'gone', 'unblock', 'give-back']
const isPlain = (deed: Deed): deed is 'take-in' | 'gone' | 'unblock' | 'give-back' => plain.includes(deed)

/** All that a deed sends; what it does not ask for is left empty. */
function useDeeds(cardId: string) {
  const takeIn = useDo(foundCard, readAnew)
  const gone = useDo(lostCard, readAnew)
  const cancel = useDo(cancelCard, readAnew)
  const block = useDo(blockCard, readAnew)
  const unblock = useDo(unblockCard, readAnew)
  const withhold = useDo(withholdCard, readAnew)
  const giveBack = useDo(giveCardBack, readAnew)
  const revoke = useDo(revokeCard, readAnew)
  const params = { id: cardId }
  type Said = { readonly code: string; readonly note?: string }
  const run: Readonly<Record<Deed, (said: Said, authority: string) => Promise<unknown>>> = {
    'take-in': () => takeIn.mutateAsync({ body: { cardId } }),
    gone: () => gone.mutateAsync({ params, body: {} }),
    cancel: body => cancel.mutateAsync({ params, body }),
    block: body => block.mutateAsync({ params, body }),
    unblock: () => unblock.mutateAsync({ params }),
    withhold: (body, authority) => withhold.mutateAsync({ params, body: { ...body, authority } }),
    'give-back': () => giveBack.mutateAsync({ params }),
    revoke: body => revoke.mutateAsync({ params, body }),
  }
  const all = [takeIn, gone, cancel, block, unblock, withhold, giveBack, revoke]
  return { run, busy: all.some(({ isPending }) => isPending), error: all.find(({ error }) => error)?.error }
}

function Asked({ deed, cardId, onClose }: { deed: Deed; cardId: string; onClose: () => void }) {
  const say = useSay()
  const codes = useCodes()
  const reasons = useAsk(cardReasons, {})
  const { run, busy, error } = useDeeds(cardId)
  const [filled, setFilled] = useDraftState(`card ${cardId} ${deed}`, { code: '', note: '', authority: '' })
  const set = (more: Partial<typeof filled>) => setFilled({ ...filled, ...more })
  const needsReason = !isPlain(deed)
  const choices = isPlain(deed) ? [] : (reasons.data?.[deed] ?? [])
  const whole = !needsReason || (filled.code !== '' && (deed !== 'withhold' || filled.authority.trim() !== ''))
  const said = { code: filled.code, ...(filled.note.trim() && { note: filled.note.trim() }) }
  return (
    <DeedDialog
      open
      title={`${say(`card-do-${deed}`)}?`}
      deed={say(`card-do-${deed}`)}
      busy={busy || !whole}
      onClose={onClose}
      onDo={() => void run[deed](said, filled.authority.trim()).then(onClose, () => undefined)}
    >
      <p>{say(`card-means-${deed}`)}</p>
      {needsReason && (
        <>
          <Field
            label={say('card-reason')}
            value={filled.code}
            onChange={code => set({ code })}
            choices={[['', ''], ...choices.map(code => [code, codes('reason', code)] as const)]}
          />
          {deed === 'withhold' && (
            <Field
              label={say('card-authority')}
              value={filled.authority}
              onChange={authority => set({ authority })}
              maxLength={200}
            />
          )}
          <Field
            label={say('card-note')}
            value={filled.note}
            onChange={note => set({ note })}
            rows={2}
            maxLength={500}
          />
        </>
      )}
      <RefusedNote error={reasons.error ?? error} />
    </DeedDialog>
  )
}
