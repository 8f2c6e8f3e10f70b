import { useState } from 'react'
import { listBoxes, settleUnexpected, showBox } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { instantText } from '../../parts/formats.ts'
import { useDo } from '../base/asking.ts'
import { useSay } from '../base/language.tsx'
import { lifeAt } from '../cards/addresses.ts'
import type { WholeBox } from '../cards/card-types.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Go } from '../parts/go.tsx'
import { RefusedNote } from '../parts/state.tsx'

type Stray = WholeBox['strays'][number]
const outcomes = ['sent-back', 'misread'] as const

/** What lay in a box and is on no list: who scanned it and when, and what became of it. */
export function BoxStrays({ strays }: Pick<WholeBox, 'strays'>) {
  const say = useSay()
  const [asked, setAsked] = useState<Stray>()
  if (strays.length === 0) return null
  return (
    <section className="part">
      <h2>{say('box-strays')}</h2>
      <p className="quiet">{say('box-strays-about')}</p>
      <ul className="duty-rows">
        {strays.map(stray => (
          <li key={stray.id}>
            <span>
              <span className="figures">
                {stray.cardId ? <Go to={lifeAt(stray.cardId)}>{stray.serial}</Go> : stray.serial}
              </span>{' '}
              {stray.by && stray.at && (
                <span className="quiet">{say('box-stray-found-by', { by: stray.by, ...instantText(stray.at) })}</span>
              )}
            </span>
            {stray.outcome ? (
              <span className="quiet">{say(`box-stray-${stray.outcome}`, { note: stray.note ?? '' })}</span>
            ) : (
              <Button look="row" onPress={() => setAsked(stray)}>
                {say('box-stray-do')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && <Settling key={asked.id} stray={asked} onClose={() => setAsked(undefined)} />}
    </section>
  )
}

function Settling({ stray: { id, serial }, onClose }: { stray: Stray; onClose: () => void }) {
  const say = useSay()
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('sent-back')
  const [note, setNote] = useState('')
  const settle = useDo(settleUnexpected, [showBox, listBoxes, cardPipeline])
  return (
    <DeedDialog
      open
      title={say('box-stray-asks', { serial })}
      deed={say('box-stray-deed')}
      busy={settle.isPending || note.trim().length < 3}
      onClose={onClose}
      onDo={() => settle.mutate({ params: { id }, body: { outcome, note: note.trim() } }, { onSuccess: onClose })}
    >
      <Field
        label={say('box-stray-outcome')}
        value={outcome}
        onChange={value => setOutcome(outcomes.find(one => one === value) ?? 'sent-back')}
        choices={outcomes.map(one => [one, say(`box-stray-is-${one}`)] as const)}
      />
      <Field label={say('box-stray-note')} value={note} onChange={setNote} rows={2} maxLength={500} />
      <RefusedNote error={settle.error} />
    </DeedDialog>
  )
}
