import { useSearch } from '@tanstack/react-router'
import { PackagePlus } from 'lucide-react'
import { useState } from 'react'
import { findCard } from '../../../src/cards/contract.ts'
import { findBox, listBoxes } from '../../../src/cards/shipping/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call, Refusal } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { type BoxesSearch, boxAt, boxesAt, boxStates, lifeAt } from '../cards/addresses.ts'
import type { Box } from '../cards/card-types.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { usePlaces } from '../cards/place-names.ts'
import { type Heard, ScanField } from '../cards/scan-field.tsx'
import { usePages } from '../cards/use-pages.ts'
import { useRefusalWords } from '../cards/use-refusal-words.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { BeginBox } from './box-begin.tsx'

/** Which boxes come and go, and how each stands; one that lies here is opened by scanning its label. */
export function BoxesPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/the/thung' })
  const [beginning, setBeginning] = useState(false)
  const { huong, tt, loc } = search
  const query = { ...(huong && { direction: huong }), ...(tt && { state: tt }), ...(loc && { which: loc }) }
  const { rows, first, error, refetch, onSight } = usePages(listBoxes, query, {
    read: (after, signal) => call(listBoxes, { query: { ...query, ...(after && { after }) }, signal }),
    rowsOf: page => page.rows,
  })
  const begin = (
    <Button look={['primary', 'wide']} icon={PackagePlus} onPress={() => setBeginning(true)}>
      {say('box-begin')}
    </Button>
  )
  const filtered = huong !== undefined || tt !== undefined || loc !== undefined
  return (
    <Page
      title={say('boxes-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('cards-nav-boxes')]}
      margin={
        <>
          <CardsNav here="cards-nav-boxes" />
          <Filters search={search} />
        </>
      }
      foot={(rows.length > 0 || filtered) && begin}
      still={rows.length > 0}
    >
      <FindBox />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('boxes-reading')} />}
      {first &&
        rows.length === 0 &&
        (filtered ? (
          <State so={say('boxes-none-such')} buttons={<Button href={boxesAt()}>{say('no-filter')}</Button>} />
        ) : (
          <State so={say('boxes-none')} todo={say('boxes-none-todo')} buttons={begin} />
        ))}
      {rows.length > 0 && <Boxes rows={rows} onSight={onSight} />}
      {beginning && <BeginBox onClose={() => setBeginning(false)} />}
    </Page>
  )
}

function Filters({ search }: { search: BoxesSearch }) {
  const say = useSay()
  const { huong, tt, loc } = search
  return (
    <>
      <section>
        <nav className="sections" aria-label={say('boxes-direction')}>
          {([undefined, 'in', 'out'] as const).map(way => (
            <Go key={way ?? ''} to={boxesAt({ ...search, huong: way })} current={way === huong}>
              {say(`boxes-${way ?? 'any'}`)}
            </Go>
          ))}
        </nav>
      </section>
      <section>
        <nav className="sections" aria-label={say('boxes-state')}>
          {[undefined, ...boxStates].map(state => (
            <Go key={state ?? ''} to={boxesAt({ ...search, tt: state, loc: undefined })} current={state === tt && !loc}>
              {state ? say(`box-state-${state}`) : say('boxes-any-state')}
            </Go>
          ))}
          <Go to={boxesAt({ ...search, tt: undefined, loc: 'missing' })} current={loc === 'missing'}>
            {say('boxes-missing')}
          </Go>
          <Go to={boxesAt({ ...search, tt: undefined, loc: 'unexpected' })} current={loc === 'unexpected'}>
            {say('boxes-unexpected')}
          </Go>
        </nav>
      </section>
    </>
  )
}

/** A label opens its box; whatever is no box may be a card. */
function FindBox() {
  const say = useSay()
  const toldOf = useRefusalWords()
  const [heard, setHeard] = useState<Heard>()
  const find = async (text: string) => {
    try {
      const { id } = await call(findBox, { body: { code: text } })
      goTo(boxAt(id))
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'box-unknown')
        return setHeard({ kind: 'bad', ...toldOf(error) })
      await call(findCard, { body: { serial: text } }).then(
        ({ card }) => goTo(lifeAt(card.id)),
        () => setHeard({ kind: 'bad', ...toldOf(error) }),
      )
    }
  }
  return (
    <ScanField label={say('boxes-find')} hint={say('boxes-find-hint')} heard={heard} onScan={text => void find(text)} />
  )
}

const chips: Readonly<Record<Box['state'], ChipKind>> = {
  open: 'waiting',
  sealed: 'waiting',
  sent: 'moving',
  received: 'waiting',
  counted: 'done',
}

export function BoxChip({ box: { state, missing } }: { box: Box }) {
  const say = useSay()
  if (missing > 0) return <Chip kind="late">{`${say('box-missing').toLowerCase()} ${numberText(missing)}`}</Chip>
  return <Chip kind={chips[state]}>{say(`box-state-${state}`)}</Chip>
}

/** Where a box comes from and goes to, by name. */
export function useBoxWay() {
  const say = useSay()
  const { nameOf } = usePlaces()
  return ({ fromKind, fromId, toId }: Box) => ({
    from: fromKind === 'centre' ? say('box-centre') : (nameOf(fromId) ?? say('box-elsewhere')),
    to: nameOf(toId) ?? say('box-elsewhere'),
  })
}

const latestOf = ({ countedAt, receivedAt, sentAt, sealedAt, openedAt }: Box) =>
  countedAt ?? receivedAt ?? sentAt ?? sealedAt ?? openedAt

function Boxes({ rows, onSight }: { rows: readonly Box[]; onSight: (first: number, last: number) => void }) {
  const say = useSay()
  const narrow = useNarrow()
  const wayOf = useBoxWay()
  const columns: readonly Column<Box>[] = [
    {
      id: 'code',
      head: say('box-code'),
      width: 'minmax(132px, 1.1fr)',
      onPhone: true,
      show: box => (
        <Go to={boxAt(box.id)} quietly>
          <TwoLines second={narrow && wayOf(box).to}>
            <b>{box.code}</b>
          </TwoLines>
        </Go>
      ),
    },
    {
      id: 'from',
      head: say('box-from'),
      width: 'minmax(110px, 1.2fr)',
      ownFigures: true,
      show: box => wayOf(box).from,
    },
    { id: 'to', head: say('box-to'), width: 'minmax(110px, 1.2fr)', ownFigures: true, show: box => wayOf(box).to },
    { id: 'seal', head: say('box-seal'), width: '96px', show: ({ seal }) => seal ?? <span className="quiet">–</span> },
    { id: 'cards', head: say('box-cards'), width: '56px', end: true, show: ({ cards }) => numberText(cards) },
    {
      id: 'present',
      head: say('box-present'),
      width: '48px',
      end: true,
      show: ({ state, present }) => state === 'counted' && numberText(present),
    },
    {
      id: 'latest',
      head: say('box-latest'),
      width: '130px',
      end: true,
      show: box => {
        const { day, time } = instantText(latestOf(box))
        return (
          <span className="quiet">
            {day} {time}
          </span>
        )
      },
    },
    {
      id: 'state',
      head: say('roll-state'),
      width: narrow ? '150px' : '186px',
      end: true,
      onPhone: true,
      show: box => <BoxChip box={box} />,
    },
  ]
  return (
    <Table
      label={say('cards-nav-boxes')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(boxAt(id))}
      onSight={onSight}
    />
  )
}
