import { useSearch } from '@tanstack/react-router'
import { notReportedList } from '../../../src/campaign/directives/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useToday } from '../shell/session.tsx'
import { directivesAt, silentAt } from './directive.ts'

type Silent = Answer<typeof notReportedList>['units'][number]

/** In which communes no officer has entered anything on a day. */
export function NotReportedPage() {
  const say = useSay()
  const today = useToday()
  const { ngay } = useSearch({ from: '/chien-dich/chua-nhap' })
  const { data, error, refetch } = useAsk(notReportedList, { query: ngay ? { day: ngay } : {} })
  const day = data?.day ?? ngay ?? today
  return (
    <Page
      title={say('silent-title', { day: dayText(day) })}
      standing={
        data && (
          <p>
            {say('silent-of', { n: numberText(data.units.length), all: numberText(data.communes), unit: data.of.name })}
          </p>
        )
      }
      strip={[data?.of.name ?? '', dayText(day)]}
      margin={
        <section className="stack">
          <DayField
            label={say('as-of-day')}
            value={day}
            onChange={next => goTo(silentAt({ ngay: next === today ? undefined : next }))}
          />
          <p className="small">{say('silent-about')}</p>
        </section>
      }
      foot={
        <Go className="exit" to={directivesAt()}>
          {say('directives')}
        </Go>
      }
      still={!!data?.units.length}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('directives-reading')} />}
      {data?.units.length === 0 && <State so={say('silent-none')} />}
      {!!data?.units.length && <SilentTable rows={data.units} />}
    </Page>
  )
}

function SilentTable({ rows }: { rows: readonly Silent[] }) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<Silent>[] = [
    {
      id: 'unit',
      head: say('directive-unit'),
      width: 'minmax(160px, 1.5fr)',
      onPhone: true,
      show: ({ name, district }) => <TwoLines second={narrow && district}>{name}</TwoLines>,
    },
    { id: 'district', head: say('silent-district'), width: 'minmax(160px, 1.5fr)', show: ({ district }) => district },
    {
      id: 'why',
      head: say('directive-state'),
      width: 'minmax(130px, 1fr)',
      end: true,
      onPhone: true,
      sortBy: ({ hasOfficers }) => (hasOfficers ? 0 : 1),
      show: ({ hasOfficers }) => <span className="quiet">{say(hasOfficers ? 'silent-nothing' : 'silent-nobody')}</span>,
    },
  ]
  return <Table label={say('silent-none-entered')} rows={rows} columns={columns} idOf={({ id }) => id} />
}
