import { useState } from 'react'
import { foundCard, listBoxes, lostCard, showBox } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { lifeAt } from '../cards/addresses.ts'
import type { BoxLine, WholeBox } from '../cards/card-types.ts'
import { type Heard, ScanField } from '../cards/scan-field.tsx'
import { useRefusalWords } from '../cards/use-refusal-words.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { UnexpectedCards } from './unexpected-cards.tsx'

const readAnew = [showBox, listBoxes, cardPipeline, listCards] as const

/**
 * What came of the count. What is missing is found by scanning it, or declared lost; what was not listed stands beside.
 */
export function BoxCounted({ whole: { box, unexpected }, lines }: { whole: WholeBox; lines: readonly BoxLine[] }) {
  const say = useSay()
  const toldOf = useRefusalWords()
  const [heard, setHeard] = useState<Heard>()
  const [losing, setLosing] = useState<BoxLine>()
  const found = useDo(foundCard, readAnew)
  const missing = lines.filter(({ state }) => state === 'missing')
  const figures = { present: numberText(box.present), cards: numberText(box.cards), missing: numberText(box.missing) }
  const sentence =
    box.missing > 0 ? 'box-counted-sentence' : box.present === box.cards ? 'box-counted-full' : 'box-counted-less'
  const onScan = (serial: string) =>
    found.mutate(
      { body: { serial } },
      {
        onSuccess: () => setHeard({ kind: 'good', so: say('box-found-done', { serial }) }),
        onError: error => setHeard({ kind: 'bad', ...toldOf(error) }),
      },
    )
  return (
    <>
      <p className={box.missing > 0 ? 'counted late-text' : 'counted done-text'}>{say(sentence, figures)}</p>
      {(missing.length > 0 || unexpected.length > 0) && (
        <ScanField label={say('box-found-scan')} hint={say('box-found-hint')} onScan={onScan} heard={heard} />
      )}
      {missing.length > 0 && (
        <section className="part">
          <h2>{say('box-missing-title')}</h2>
          <ul className="duty-rows">
            {missing.map(line => (
              <li key={line.cardId}>
                <span>
                  <Go to={lifeAt(line.cardId)}>{line.name ? <Name name={line.name} /> : say('roster-unseen')}</Go>{' '}
                  <span className="quiet figures">{line.serial}</span>
                </span>
                <Button look="row" onPress={() => setLosing(line)}>
                  {say('box-lost')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <UnexpectedCards unexpected={unexpected} />
      {losing && (
        <Lost
          line={losing}
          onDone={() => setHeard({ kind: 'good', so: say('box-lost-done') })}
          onClose={() => setLosing(undefined)}
        />
      )}
    </>
  )
}

function Lost({
  line: { cardId, serial = '' },
  onDone,
  onClose,
}: {
  line: BoxLine
  onDone: () => void
  onClose: () => void
}) {
  const say = useSay()
  const [note, setNote] = useState('')
  const lose = useDo(lostCard, readAnew)
  return (
    <DeedDialog
      open
      title={say('box-lost-asks', { serial })}
      deed={say('box-lost-deed')}
      busy={lose.isPending}
      onClose={onClose}
      onDo={() =>
        lose.mutate(
          { params: { id: cardId }, body: note.trim() ? { note: note.trim() } : {} },
          {
            onSuccess: () => {
              onDone()
              onClose()
            },
          },
        )
      }
    >
      <p>{say('box-lost-means')}</p>
      <NoteField
        draft={`card ${cardId} lost`}
        label={say('box-lost-note')}
        value={note}
        onChange={setNote}
        rows={2}
        maxLength={500}
      />
      <RefusedNote error={lose.error} />
    </DeedDialog>
  )
}
