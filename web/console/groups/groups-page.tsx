import { UsersRound } from 'lucide-react'
import { groupList } from '../../../src/campaign/groups/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Ruler } from '../parts/ruler.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { type Group, groupAt, newGroupAt } from './group.ts'
import { TwoLines } from './two-line-cell.tsx'

/** The groups of our communes: who leads, which lists they walk, and how many they have called on. */
export function GroupsPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(groupList, { query: {} })
  const setUp = (
    <Button look={['primary', 'wide']} icon={UsersRound} href={newGroupAt()}>
      {say('group-set-up')}
    </Button>
  )
  return (
    <Page
      title={say('groups-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('groups')]}
      foot={
        <>
          {!!data?.groups.length && setUp}
          <Go className="exit" to={at('/danh-sach')}>
            {say('lists')}
          </Go>
        </>
      }
      still={!!data?.groups.length}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('groups-reading')} />}
      {data?.groups.length === 0 && <State so={say('groups-none')} todo={say('groups-none-todo')} buttons={setUp} />}
      {!!data?.groups.length && <Groups rows={data.groups} />}
    </Page>
  )
}

function Groups({ rows }: { rows: readonly Group[] }) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<Group>[] = [
    {
      id: 'name',
      head: say('groups'),
      width: 'minmax(180px, 2fr)',
      onPhone: true,
      show: ({ id, name, unit, endedOn }) => (
        <Go to={groupAt(id)} quietly>
          <TwoLines second={narrow && unit.name}>
            {name}
            {endedOn && <span className="aside">{say('group-ended', { day: dayText(endedOn) })}</span>}
          </TwoLines>
        </Go>
      ),
    },
    { id: 'unit', head: say('group-commune'), width: 'minmax(120px, 1.2fr)', show: ({ unit }) => unit.name },
    {
      id: 'quarter',
      head: say('group-quarter'),
      width: 'minmax(110px, 1fr)',
      show: ({ quarter }) => <span className="quiet">{quarter}</span>,
    },
    { id: 'leader', head: say('group-leader'), width: 'minmax(120px, 1.2fr)', show: ({ leader }) => leader },
    { id: 'members', head: say('group-members'), width: '86px', end: true, show: ({ members }) => numberText(members) },
    {
      id: 'met',
      head: say('group-met'),
      width: narrow ? '120px' : 'minmax(130px, 1fr)',
      onPhone: true,
      show: ({ counts, openLists }) =>
        openLists > 0 ? (
          <Called done={counts.people - counts.waiting} of={counts.people} />
        ) : (
          <span className="quiet">–</span>
        ),
    },
  ]
  return (
    <Table
      label={say('groups')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(groupAt(id))}
    />
  )
}

/** How many of a list's people were called on. */
export function Called({ done, of }: { done: number; of: number }) {
  return (
    <span className="called">
      <Ruler done={done} target={of} small />
      <span className="small figures">
        {numberText(done)}/{numberText(of)}
      </span>
    </span>
  )
}
