import { showBox, takeOutOfBox } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { lifeAt } from '../cards/addresses.ts'
import type { Box, BoxLine } from '../cards/card-types.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'

const looks: Readonly<Record<BoxLine['state'], string>> = {
  in: 'quiet',
  present: 'done-text',
  missing: 'late-text',
  found: 'done-text',
  lost: 'late-text',
}

const hasEnded = ({ cardState }: BoxLine) =>
  cardState === 'revoked' || cardState === 'cancelled' || cardState === 'expired'

type Props = {
  readonly box: Box
  readonly lines: readonly BoxLine[]
  /** While it is counted: the serials that were scanned so far. */
  readonly scanned: readonly string[] | undefined
  readonly onTakenOut: (serial: string) => void
}

/** The cards of a box; out of an open one each can be taken again. */
export function BoxLines({ box, lines, scanned, onTakenOut }: Props) {
  const say = useSay()
  const narrow = useNarrow()
  const takeOut = useDo(takeOutOfBox, [showBox, cardPipeline, listCards])
  const saidOf = (line: BoxLine): readonly [text: string, look: string] => {
    if (scanned)
      return scanned.includes(line.serial ?? '')
        ? [say('box-line-scanned'), 'done-text']
        : [say('box-line-unscanned'), 'quiet']
    return [say(`box-line-${line.state}`), looks[line.state]]
  }
  const columns: readonly Column<BoxLine>[] = [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(170px, 1.6fr)',
      onPhone: true,
      show: line => (
        <Go to={lifeAt(line.cardId)} quietly>
          <TwoLines second={narrow && line.serial}>
            {line.name ? <Name name={line.name} /> : say('roster-unseen')}
          </TwoLines>
        </Go>
      ),
    },
    {
      id: 'serial',
      head: say('card-serial'),
      width: '110px',
      sortBy: ({ serial }) => serial ?? '',
      show: ({ serial }) => serial,
    },
    {
      id: 'state',
      head: say('roll-state'),
      width: narrow ? '120px' : 'minmax(110px, 1fr)',
      onPhone: true,
      show: line => {
        const [text, look] = saidOf(line)
        return (
          <span className={look}>
            {text}
            {hasEnded(line) && <span className="late-text">, {say('box-ended')}</span>}
          </span>
        )
      },
    },
    ...(box.state === 'open'
      ? [
          {
            id: 'out',
            head: say('box-take-out'),
            width: '92px',
            end: true,
            onPhone: true,
            show: ({ cardId, serial }: BoxLine) => (
              <Button
                look="row"
                onPress={() =>
                  takeOut.mutate(
                    { params: { id: box.id }, body: { cardId } },
                    { onSuccess: () => onTakenOut(serial ?? '') },
                  )
                }
              >
                {say('box-take-out')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <div className="bounded-table tall">
      <RefusedNote error={takeOut.error} />
      <Table
        label={say('box-title', { code: box.code })}
        rows={lines}
        columns={columns}
        idOf={({ cardId }) => cardId}
        onOpen={({ cardId }) => goTo(lifeAt(cardId))}
      />
    </div>
  )
}
