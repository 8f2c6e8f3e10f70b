import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { NumberedTable } from '../shell/numbered-table.tsx'
import { Page } from '../shell/page.tsx'
import { PrintedBy } from '../shell/printed-by.tsx'
import { useToday } from '../shell/session.tsx'
import { stageAt } from './addresses.ts'
import type { StagedCard } from './card-types.ts'
import { asStageQuery, useWhere } from './stage-page.tsx'

/** One sheaf of paper; more is printed in parts. */
const most = 500

/** The list on A4: who, which card, where it lies since when, and room for what came of calling them. */
export function StagePaperPage() {
  const say = useSay()
  const today = useToday()
  const search = useSearch({ from: '/the/danh-sach/in' })
  const query = asStageQuery(search)
  const { data, error, refetch } = useAsk(listCards, { query: { ...query, limit: most } })
  const title = say('stage-list-title', { stage: say(`stage-${query.stage}`).toLowerCase() })
  const lines = [
    say('as-of', { day: dayText(today) }),
    ...(search.qua ? [say('stage-list-older', { n: search.qua })] : []),
    ...(data ? [say('rows-so-far', { n: numberText(data.rows.length) })] : []),
    ...(data?.next ? [say('stage-list-cut', { n: most })] : []),
  ]
  return (
    <Page
      title={title}
      standing={lines.map(line => <p key={line}>{line}</p>)}
      foot={
        <>
          <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
            {say('print-a4')}
          </Button>
          <Go className="exit" to={stageAt(search)}>
            {say('lists')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data && <PrintedBy title={title} lines={lines} />}
      {data && <Paper rows={data.rows} />}
    </Page>
  )
}

function Paper({ rows }: { rows: readonly StagedCard[] }) {
  const say = useSay()
  const where = useWhere()
  return (
    <NumberedTable
      className="card-paper"
      rows={rows}
      keyOf={({ cardId }) => cardId}
      columns={[
        { head: say('full-name'), cell: ({ name }) => (name ? <Name name={name} /> : say('roster-unseen')) },
        { head: say('card-serial'), cell: ({ serial }) => serial },
        { head: say('card-place'), cell: where, isFigures: true },
        { head: say('card-since'), cell: ({ since }) => dayText(since) },
        { head: say('stage-chased'), cell: () => null },
      ]}
    />
  )
}
