import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { listMovements } from '../../../src/register/movements/contract.ts'
import { type MovementWay, movementWays } from '../../../src/register/movements/movement.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession } from '../shell/session.tsx'
import { askedOf, type Movement, type MovementSearch, type Movements, movementsAt } from './search.ts'

/** Who came to a unit and who went between two days: residences, stays and declared absences, by kind and day. */
export function MovementsPage() {
  const say = useSay()
  const { today, post } = useSession()
  const search = useSearch({ from: '/dan-cu/bien-dong' })
  const mayRecord = useMay('register.residence')
  const narrow = useNarrow()
  const { id, way, from, to } = askedOf(search, today, post?.unitId ?? '')
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [listMovements.path, id, way, from, to],
    queryFn: ({ pageParam, signal }) =>
      call(listMovements, { params: { id }, query: { way, from, to, offset: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: last => last.next,
  })
  const [first] = data?.pages ?? []
  const rows = data?.pages.flatMap(page => page.movements) ?? []
  return (
    <Page
      title={say('movements-title')}
      standing={
        <>
          <p>{first?.unit.name}</p>
          <p>{say('movements-span', { from: dayText(from), to: dayText(to) })}</p>
        </>
      }
      strip={[first?.unit.name ?? '', say('movements-span', { from: dayText(from), to: dayText(to) })]}
      margin={<Filters search={search} from={from} to={to} />}
      foot={
        mayRecord && (
          <Button look={['primary', 'wide']} href={at('/dan-cu/luu-tru')}>
            {say('stay-new')}
          </Button>
        )
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('movements-reading')} />}
      {first && <Ways movements={first} search={search} way={way} />}
      {first && rows.length === 0 && <State so={say(`movements-none-${way}`)} todo={say('movements-none-todo')} />}
      {first && rows.length > 0 && (
        <>
          <Table
            label={say(`movements-${way}`)}
            rows={rows}
            columns={columnsOf(say, way, narrow)}
            idOf={row => `${row.kind} ${row.id}`}
            onOpen={({ person }) => person && goTo(at(`/dan-cu/nguoi/${person}`))}
          />
          <div className="buttons">
            <span className="quiet">
              {say('movements-shown', { n: numberText(rows.length), all: numberText(countOf(first, way)) })}
            </span>
            {hasNextPage && (
              <Button onPress={() => void fetchNextPage()} {...(isFetchingNextPage && { disabled: true })}>
                {say('movements-more')}
              </Button>
            )}
          </div>
        </>
      )}
    </Page>
  )
}

export const countOf = ({ counts }: Movements, way: MovementWay): number =>
  counts.filter(one => one.way === way).reduce((sum, { people }) => sum + people, 0)

/** Both ways with their counts, then the kinds of the chosen one. */
function Ways({ movements, search, way }: { movements: Movements; search: MovementSearch; way: MovementWay }) {
  const say = useSay()
  return (
    <>
      <nav className="counts" aria-label={say('movements-title')}>
        {movementWays.map(one => (
          <Go key={one} to={movementsAt({ ...search, chieu: one })} current={one === way}>
            <span className={one === way ? 'count' : 'count open'}>{numberText(countOf(movements, one))}</span>
            {say(`movements-${one}`)}
          </Go>
        ))}
      </nav>
      <div className="tokens">
        <span className="quiet">
          {movements.counts
            .filter(one => one.way === way)
            .map(({ kind, people }) => `${kindText(say, way, kind)}: ${numberText(people)}`)
            .join(' · ')}
        </span>
        <div className="end">
          <Button icon={Printer} href={movementsAt(search, '/dan-cu/bien-dong/in')}>
            {say('print-a4')}
          </Button>
        </div>
      </div>
    </>
  )
}

function Filters({ search, from, to }: { search: MovementSearch; from: string; to: string }) {
  const say = useSay()
  const { today, post } = useSession()
  const { data } = useAsk(listUnits, { query: { day: today, ...(post && { below: post.unitId }) } })
  const communes = (data?.units ?? []).filter(({ level }) => level !== 'province')
  return (
    <section className="stack">
      {communes.length > 1 && (
        <Field
          label={say('in-unit')}
          value={search.donvi ?? ''}
          onChange={donvi => goTo(movementsAt({ ...search, donvi: donvi || undefined }))}
          choices={[['', say('any-unit')], ...communes.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      <DayField
        label={say('movements-from')}
        value={from}
        onChange={tu => goTo(movementsAt({ ...search, tu: tu || undefined }))}
      />
      <DayField
        label={say('movements-to')}
        value={to}
        onChange={den => goTo(movementsAt({ ...search, den: den || undefined }))}
      />
    </section>
  )
}

export function kindText(say: Say, way: MovementWay, kind: Movement['kind']): string {
  if (kind === 'absence') return say('movement-went-absence')
  if (kind === 'returned' || kind === 'due-back') return say(`movement-came-${kind}`)
  return say(`movement-${way}-${kind}`)
}

const columnsOf = (say: Say, way: MovementWay, narrow: boolean): readonly Column<Movement>[] => [
  {
    id: 'on',
    head: say('movements-on'),
    width: narrow ? '112px' : '92px',
    onPhone: true,
    show: ({ on }) => dayText(on),
  },
  {
    id: 'name',
    head: say('full-name'),
    width: 'minmax(150px, 1.6fr)',
    onPhone: true,
    show: ({ person, name }) =>
      person ? (
        <Go to={at(`/dan-cu/nguoi/${person}`)} quietly>
          <Name name={name} />
        </Go>
      ) : (
        <Name name={name} />
      ),
  },
  { id: 'born', head: say('born'), width: '92px', isDay: true, show: ({ born }) => (born ? dayText(born) : '') },
  {
    id: 'kind',
    head: say('movements-kind'),
    width: 'minmax(120px, 1.2fr)',
    onPhone: true,
    show: ({ kind, until }) => (
      <>
        {kindText(say, way, kind)}
        {until && (
          <span className="small"> {say('until', { day: narrow ? dayText(until).slice(0, 5) : dayText(until) })}</span>
        )}
      </>
    ),
  },
  {
    id: 'place',
    head: say(`movements-place-${way}`),
    width: 'minmax(150px, 1.8fr)',
    show: ({ place }) => place ?? '',
  },
  {
    id: 'other',
    head: say(`movements-where-${way}`),
    width: 'minmax(110px, 1fr)',
    show: ({ other }) => other?.name ?? '',
  },
]
