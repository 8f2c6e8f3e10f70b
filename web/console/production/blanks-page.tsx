import { ClipboardCheck, PackagePlus, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { blankStock } from '../../../src/cards/production/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import type { Lot, Stock } from '../cards/card-types.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { usePages } from '../cards/use-pages.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Sentence } from '../parts/figure.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { ReceiveBlanks } from './blank-receive.tsx'
import { SpoilBlanks } from './blank-spoil.tsx'
import { TakeStock } from './blank-stock-take.tsx'

/** Do the blanks balance: received = in stock + used + spoiled + missing, over all lots and in each. */
export function BlanksPage() {
  const say = useSay()
  const unit = useUnitName()
  const [dialog, setDialog] = useState<'receive' | 'spoil' | 'take'>()
  const { rows, first, error, refetch, onSight } = usePages(
    blankStock,
    {},
    {
      read: (after, signal) => call(blankStock, { query: after ? { after } : {}, signal }),
      rowsOf: page => page.lots,
      whole: true,
    },
  )
  const receive = (
    <Button look={['primary', 'wide']} icon={PackagePlus} onPress={() => setDialog('receive')}>
      {say('blank-receive')}
    </Button>
  )
  const close = () => setDialog(undefined)
  return (
    <Page
      title={say('blanks-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('cards-nav-blanks')]}
      margin={<CardsNav here="cards-nav-blanks" />}
      foot={
        rows.length > 0 && (
          <>
            {receive}
            <Button look="wide" icon={TriangleAlert} onPress={() => setDialog('spoil')}>
              {say('blank-spoil')}
            </Button>
            <Button look="wide" icon={ClipboardCheck} onPress={() => setDialog('take')}>
              {say('blank-take')}
            </Button>
          </>
        )
      }
      still={rows.length > 0}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('blanks-reading')} />}
      {first && rows.length === 0 && <State so={say('blanks-none')} todo={say('blanks-none-todo')} buttons={receive} />}
      {first && rows.length > 0 && (
        <>
          <Balance balance={first.balance} />
          <Lots rows={rows} onSight={onSight} />
        </>
      )}
      {dialog === 'receive' && <ReceiveBlanks onClose={close} />}
      {dialog === 'spoil' && <SpoilBlanks lots={rows} onClose={close} />}
      {dialog === 'take' && <TakeStock lots={rows} onClose={close} />}
    </Page>
  )
}

/** The figures are the sums of the columns beneath. */
function Balance({ balance: { received, inStock, used, spoiled, missing } }: { balance: Stock['balance'] }) {
  const figure = (n: number) => <b className="figures">{numberText(n)}</b>
  return (
    <Sentence>
      <Said
        of="blanks-sentence"
        parts={{
          received: figure(received),
          inStock: figure(inStock),
          used: figure(used),
          spoiled: figure(spoiled),
          missing: missing > 0 ? <b className="figures late-text">{numberText(missing)}</b> : figure(0),
        }}
      />
    </Sentence>
  )
}

function Lots({ rows, onSight }: { rows: readonly Lot[]; onSight: (first: number, last: number) => void }) {
  const say = useSay()
  const narrow = useNarrow()
  const figure = (
    id: 'received' | 'inStock' | 'used' | 'spoiled' | 'missing',
    head: string,
    onPhone = false,
  ): Column<Lot> => ({
    id,
    head,
    width: narrow ? '88px' : '92px',
    end: true,
    onPhone,
    sortBy: lot => lot[id],
    show: lot => <span className={id === 'missing' && lot[id] > 0 ? 'late-text' : ''}>{numberText(lot[id])}</span>,
  })
  const columns: readonly Column<Lot>[] = [
    {
      id: 'code',
      head: say('blank-lot'),
      width: 'minmax(140px, 1.4fr)',
      onPhone: true,
      ownFigures: true,
      show: ({ code, receivedOn }) => (
        <TwoLines second={narrow && dayText(receivedOn)}>
          <b>{code}</b>
        </TwoLines>
      ),
    },
    {
      id: 'on',
      head: say('blank-received-on'),
      width: '104px',
      isDay: true,
      sortBy: ({ receivedOn }) => receivedOn,
      show: ({ receivedOn }) => <span className="quiet">{dayText(receivedOn)}</span>,
    },
    {
      id: 'numbered',
      head: say('blank-numbered'),
      width: '84px',
      show: ({ numbered }) => (
        <span className="quiet">{say(numbered ? 'blank-with-serials' : 'blank-without-serials')}</span>
      ),
    },
    figure('received', say('blank-received')),
    figure('inStock', say('blank-in-stock'), true),
    figure('used', say('blank-used')),
    figure('spoiled', say('blank-spoiled')),
    figure('missing', say('blank-missing'), true),
  ]
  return <Table label={say('cards-nav-blanks')} rows={rows} columns={columns} idOf={({ id }) => id} onSight={onSight} />
}
