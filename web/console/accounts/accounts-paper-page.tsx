import { useSearch } from '@tanstack/react-router'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { Name } from '../parts/person-name.tsx'
import { useToday } from '../shell/session.tsx'
import { dayHead, useMatter } from './account-columns.tsx'
import { useQueue } from './queue.ts'
import { accountsAt, type Row } from './search.ts'

/**
 * The queue on A4, as far as it was read: who, which level, by which day, and room for what came of it. No number and
 * no phone.
 */
export function AccountsPaperPage() {
  const say = useSay()
  const today = useToday()
  const search = useSearch({ from: '/tai-khoan/in' })
  const { queue, rows, total, error, refetch, isRead, readOn } = useQueue(search)
  const title = say('desk-paper-title', { queue: say(`desk-queue-${queue}`).toLowerCase() })
  const lines = [say('as-of', { day: dayText(today) }), say('desk-rows', { n: numberText(rows.length) })]
  return (
    <PaperPage
      title={title}
      lines={lines}
      back={{ to: accountsAt({ ...search, hang: queue }), text: say('back-to-queue') }}
      also={
        rows.length < total && (
          <Button look="wide" onPress={() => readOn(rows.length)}>
            {say('desk-read-more', { n: numberText(total - rows.length) })}
          </Button>
        )
      }
      error={error}
      retry={() => void refetch()}
      reading={isRead ? undefined : say('reading-list')}
    >
      <Paper rows={rows} head={say(dayHead[queue])} />
    </PaperPage>
  )
}

function Paper({ rows, head }: { rows: readonly Row[]; head: string }) {
  const say = useSay()
  const matter = useMatter()
  return (
    <table className="plain-table card-paper">
      <thead>
        <tr>
          <th scope="col" className="end">
            {say('row-number')}
          </th>
          <th scope="col">{say('full-name')}</th>
          <th scope="col">{say('desk-level')}</th>
          <th scope="col">{say('application-unit')}</th>
          <th scope="col">{head}</th>
          <th scope="col">{say('desk-matter')}</th>
          <th scope="col">{say('stage-chased')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={row.id}>
            <td className="end">{at + 1}</td>
            <th scope="row">{row.name ? <Name name={row.name} /> : say('application-unseen')}</th>
            <td>{say('account-level', { n: row.asks ?? row.level })}</td>
            <td>{row.unit?.name}</td>
            <td>{row.dueOn && dayText(row.dueOn)}</td>
            <td>{matter(row)}</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
