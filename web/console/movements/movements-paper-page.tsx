import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { listMovements } from '../../../src/register/movements/contract.ts'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { WideNumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
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
    <PaperPage
      title={title}
      lines={lines}
      back={{ to: movementsAt(search), text: say('movements-back') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('movements-reading')}
      instead={
        data &&
        (!first ? (
          <State so={say('movements-paper-limit', { n: numberText(most) })} />
        ) : (
          countOf(first, way) === 0 && <State so={say(`movements-none-${way}`)} />
        ))
      }
    >
      {data && data.rows.length > 0 && (
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
    </PaperPage>
  )
}
