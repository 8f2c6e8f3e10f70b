import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { listMovements } from '../../../src/register/movements/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { WideNumberedTable } from '../shell/numbered-table.tsx'
import { Page } from '../shell/page.tsx'
import { PrintedBy } from '../shell/printed-by.tsx'
import { useSession } from '../shell/session.tsx'
import { countOf, kindText } from './movements-page.tsx'
import { askedOf, type Movement, movementsAt } from './search.ts'

/** More than this is no list for a hand. */
const most = 2000

type Asked = ReturnType<typeof askedOf>

async function everyone({ id, ...query }: Asked, signal: AbortSignal) {
  const rows: Movement[] = []
  for (let offset = 0; ; ) {
    const page = await call(listMovements, { params: { id }, query: { ...query, offset }, signal })
    rows.push(...page.movements)
    if (page.next === undefined) return { first: page, rows }
    if (rows.length >= most) return { first: undefined, rows }
    offset = page.next
  }
}

/** The list on A4, with its kinds counted. */
export function MovementsPaperPage() {
  const say = useSay()
  const { today, post } = useSession()
  const search = useSearch({ from: '/dan-cu/bien-dong/in' })
  const asked = askedOf(search, today, post?.unitId ?? '')
  const { data, error, refetch } = useQuery({
    queryKey: [listMovements.path, 'paper', asked],
    queryFn: ({ signal }) => everyone(asked, signal),
  })
  const { way, from, to } = asked
  const first = data?.first
  const title = `${say('movements-title')}: ${say(`movements-${way}`).toLowerCase()}`
  const lines = first
    ? [
        `${first.unit.name}. ${say('movements-span', { from: dayText(from), to: dayText(to) })}`,
        first.counts
          .filter(one => one.way === way)
          .map(({ kind, people }) => `${kindText(say, way, kind)}: ${numberText(people)}`)
          .join(' · '),
      ]
    : []
  return (
    <Page
      title={title}
      standing={lines.map(line => <p key={line}>{line}</p>)}
      foot={
        <>
          {first && (
            <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
              {say('print-a4')}
            </Button>
          )}
          <Go className="exit" to={movementsAt(search)}>
            {say('movements-back')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('movements-reading')} />}
      {data && !first && <State so={say('movements-paper-limit', { n: numberText(most) })} />}
      {first && <PrintedBy title={title} lines={lines} />}
      {first && countOf(first, way) === 0 && <State so={say(`movements-none-${way}`)} />}
      {first && data.rows.length > 0 && (
        <WideNumberedTable
          label={title}
          rows={data.rows}
          keyOf={({ kind, id }) => `${kind} ${id}`}
          columns={[
            { head: say('full-name'), cell: ({ name }) => <Name name={name} /> },
            { head: say('born'), cell: ({ born }) => (born ? dayText(born) : '') },
            { head: say('movements-on'), cell: ({ on }) => dayText(on) },
            { head: say('movements-kind'), cell: ({ kind }) => kindText(say, way, kind) },
            { head: say('movements-until'), cell: ({ until }) => (until ? dayText(until) : '') },
            { head: say(`movements-place-${way}`), cell: ({ place }) => place ?? '' },
            { head: say(`movements-where-${way}`), cell: ({ other }) => other?.name ?? '' },
          ]}
        />
      )}
    </Page>
  )
}
