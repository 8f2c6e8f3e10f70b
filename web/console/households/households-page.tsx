import { useSearch } from '@tanstack/react-router'
import {
  followHouseholds,
  type HomeDifference,
  homeDifferences,
  householdDifferences,
} from '../../../src/out-of-school/households/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { at } from '../base/navigation.ts'
import { writeSearch } from '../base/search.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import type { HouseholdSearch } from './search.ts'

type Reply = Answer<typeof householdDifferences>
type Row = Reply['rows'][number]

const householdsAt = (search: HouseholdSearch = {}) => at(`/ra-soat/ho-gia-dinh${writeSearch(search)}`)

const most = 1000

/** Pupils whose home differs from the roll's or the family's; the police of the ward look at each. */
export function HouseholdsPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/ra-soat/ho-gia-dinh' })
  const query = { limit: most, ...(search.khac && { differs: search.khac }) }
  const { data, error, refetch } = useAsk(householdDifferences, { query }, { keep: true })
  const follow = useDo(followHouseholds, [householdDifferences])
  const about = data ? say('households-about', { pupils: numberText(data.pupils), kin: numberText(data.withKin) }) : ''
  return (
    <Page
      title={say('households-title')}
      standing={<p>{[unit, about].filter(Boolean).join('. ')}</p>}
      strip={[unit, data?.schoolYear ?? '']}
      foot={
        <>
          {!!data?.counts.any && (
            <Button
              look="wide"
              onPress={() => follow.mutate({ body: {} })}
              {...(follow.isPending && { disabled: true })}
            >
              {say('households-follow')}
            </Button>
          )}
          <Go className="exit" to={at('/ra-soat')}>
            {say('rolls')}
          </Go>
        </>
      }
      still={!!data?.total}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('households-reading')} />}
      <RefusedNote error={follow.error} />
      {follow.data && (
        <p className="note">
          {say('households-followed', {
            opened: numberText(follow.data.opened),
            closed: numberText(follow.data.closed),
            open: numberText(follow.data.open),
          })}
        </p>
      )}
      {data && <Counts counts={data.counts} search={search} />}
      {data?.total === 0 && <State so={say('households-none')} />}
      {!!data?.total && <Rows rows={data.rows} />}
    </Page>
  )
}

function Counts({ counts, search }: { counts: Reply['counts']; search: HouseholdSearch }) {
  const say = useSay()
  const one = (name: HomeDifference | undefined, count: number) => (
    <Go key={name ?? 'any'} to={householdsAt({ khac: name })} current={search.khac === name}>
      <span className={search.khac === name ? 'count' : 'count open'}>{numberText(count)}</span>
      {say(name ? `households-${name}` : 'households-any')}
    </Go>
  )
  return (
    <nav className="counts" aria-label={say('households-differs')}>
      {one(undefined, counts.any)}
      {homeDifferences.map(name => one(name, counts[name]))}
    </nav>
  )
}

const otherHome = (say: Say, { said, kin, elsewhere }: Row) =>
  [said, ...kin, elsewhere && say('households-elsewhere')].filter(Boolean).join(' · ')

function Rows({ rows }: { rows: readonly Row[] }) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(150px, 1.2fr)',
      onPhone: true,
      show: one => <Name name={one.name} />,
    },
    {
      id: 'school',
      head: say('universal-school'),
      width: 'minmax(160px, 1.4fr)',
      show: one => <span className="quiet">{[one.school, one.class].filter(Boolean).join(', ')}</span>,
    },
    { id: 'home', head: say('households-home'), width: 'minmax(130px, 1fr)', show: ({ home }) => home },
    {
      id: 'differs',
      head: say('households-differs'),
      width: narrow ? '150px' : 'minmax(130px, 1fr)',
      onPhone: true,
      show: ({ differs }) => differs.map(one => say(`households-${one}`)).join(' · '),
    },
    {
      id: 'where',
      head: say('households-where'),
      width: 'minmax(140px, 1.2fr)',
      show: one => <span className="quiet">{otherHome(say, one)}</span>,
    },
  ]
  return <Table label={say('households')} rows={rows} columns={columns} idOf={({ person }) => person} />
}
