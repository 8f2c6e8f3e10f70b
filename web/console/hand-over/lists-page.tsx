import { FilePlus2 } from 'lucide-react'
import { listLists } from '../../../src/cards/hand-over/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { handOverListAt, newListAt } from '../cards/addresses.ts'
import type { GivenList } from '../cards/card-types.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { usePlaces } from '../cards/place-names.ts'
import { usePages } from '../cards/use-pages.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'

/** Lists with which teachers collected cards: which are still out, and what came of the others. */
export function GivenListsPage() {
  const say = useSay()
  const unit = useUnitName()
  const { rows, first, error, refetch, onSight } = usePages(
    listLists,
    {},
    {
      read: (after, signal) => call(listLists, { query: after ? { after } : {}, signal }),
      rowsOf: page => page.rows,
    },
  )
  const make = (
    <Button look={['primary', 'wide']} icon={FilePlus2} href={newListAt}>
      {say('list-make')}
    </Button>
  )
  return (
    <Page
      title={say('lists-title-given')}
      standing={<p>{unit}</p>}
      strip={[unit, say('cards-nav-lists')]}
      margin={<CardsNav here="cards-nav-lists" />}
      foot={rows.length > 0 && make}
      still={rows.length > 0}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('lists-given-reading')} />}
      {first && rows.length === 0 && (
        <State so={say('lists-given-none')} todo={say('lists-given-none-todo')} buttons={make} />
      )}
      {rows.length > 0 && <Lists rows={rows} onSight={onSight} />}
    </Page>
  )
}

function Lists({ rows, onSight }: { rows: readonly GivenList[]; onSight: (first: number, last: number) => void }) {
  const say = useSay()
  const narrow = useNarrow()
  const { nameOf } = usePlaces()
  const schoolOf = ({ schoolId }: GivenList) => nameOf(schoolId) ?? say('school-unnamed')
  const columns: readonly Column<GivenList>[] = [
    {
      id: 'code',
      head: say('list-code'),
      width: 'minmax(132px, 1fr)',
      onPhone: true,
      show: list => (
        <Go to={handOverListAt(list.id)} quietly>
          <TwoLines second={narrow && list.teacherName}>
            <b>{list.code}</b>
          </TwoLines>
        </Go>
      ),
    },
    { id: 'school', head: say('school'), width: 'minmax(150px, 1.6fr)', ownFigures: true, show: schoolOf },
    { id: 'teacher', head: say('list-teacher'), width: 'minmax(130px, 1.2fr)', show: ({ teacherName }) => teacherName },
    {
      id: 'given',
      head: say('list-given-on'),
      width: '96px',
      isDay: true,
      show: ({ givenOn }) => <span className="quiet">{dayText(givenOn)}</span>,
    },
    { id: 'cards', head: say('list-cards'), width: '56px', end: true, show: ({ cards }) => numberText(cards) },
    {
      id: 'signed',
      head: say('list-signed'),
      width: '64px',
      end: true,
      show: ({ handedOver }) => numberText(handedOver),
    },
    { id: 'back', head: say('list-came-back'), width: '64px', end: true, show: ({ cameBack }) => numberText(cameBack) },
    {
      id: 'state',
      head: say('roll-state'),
      width: '120px',
      end: true,
      onPhone: true,
      show: ({ state }) => <Chip kind={state === 'given' ? 'waiting' : 'done'}>{say(`list-state-${state}`)}</Chip>,
    },
  ]
  return (
    <Table
      label={say('cards-nav-lists')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(handOverListAt(id))}
      onSight={onSight}
    />
  )
}
