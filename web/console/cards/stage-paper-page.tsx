import { useSearch } from '@tanstack/react-router'
import { listCards } from '../../../src/cards/tracking/contract.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { NumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { Name } from '../parts/person-name.tsx'
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
    <PaperPage
      title={title}
      lines={lines}
      back={{ to: stageAt(search), text: say('lists') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('reading-list')}
    >
      <Paper rows={data?.rows ?? []} />
    </PaperPage>
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
