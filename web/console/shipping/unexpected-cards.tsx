import { useState } from 'react'
import { listBoxes, settleUnexpected, showBox } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { lifeAt } from '../cards/addresses.ts'
import type { WholeBox } from '../cards/card-types.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'

type UnexpectedCard = WholeBox['unexpected'][number]
const outcomes = ['sent-back', 'misread'] as const

/** What lay in a box and is on no list: who scanned it and when, and what became of it. */
export function UnexpectedCards({ unexpected }: Pick<WholeBox, 'unexpected'>) {
  const say = useSay()
  const [asked, setAsked] = useState<UnexpectedCard>()
  if (unexpected.length === 0) return null
  return (
    <section className="part">
      <h2>{say('box-unexpected')}</h2>
      <p className="quiet">{say('box-unexpected-about')}</p>
      <ul className="duty-rows">
        {unexpected.map(card => (
          <li key={card.id}>
            <span>
              <span className="figures">
                {card.cardId ? <Go to={lifeAt(card.cardId)}>{card.serial}</Go> : card.serial}
              </span>{' '}
              {card.by && card.at && (
                <span className="quiet">
                  {say('box-unexpected-found-by', { by: card.by, ...instantText(card.at) })}
                </span>
              )}
            </span>
            {card.outcome ? (
              <span className="quiet">{say(`box-unexpected-${card.outcome}`, { note: card.note ?? '' })}</span>
            ) : (
              <Button look="row" onPress={() => setAsked(card)}>
                {say('box-unexpected-do')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && <Settling key={asked.id} card={asked} onClose={() => setAsked(undefined)} />}
    </section>
  )
}

function Settling({ card: { id, serial }, onClose }: { card: UnexpectedCard; onClose: () => void }) {
  const say = useSay()
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('sent-back')
  const [note, setNote] = useState('')
  const settle = useDo(settleUnexpected, [showBox, listBoxes, cardPipeline])
  return (
    <DeedDialog
      open
      title={say('box-unexpected-asks', { serial })}
      deed={say('box-unexpected-deed')}
      busy={settle.isPending || note.trim().length < 3}
      onClose={onClose}
      onDo={() => settle.mutate({ params: { id }, body: { outcome, note: note.trim() } }, { onSuccess: onClose })}
    >
      <Field
        label={say('box-unexpected-outcome')}
        value={outcome}
        onChange={value => setOutcome(outcomes.find(one => one === value) ?? 'sent-back')}
        choices={outcomes.map(one => [one, say(`box-unexpected-is-${one}`)] as const)}
      />
      <NoteField
        draft={`unexpected ${id} note`}
        label={say('box-unexpected-note')}
        value={note}
        onChange={setNote}
        rows={2}
        maxLength={500}
      />
      <RefusedNote error={settle.error} />
    </DeedDialog>
  )
}
