import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { PrintedBy } from '../shell/printed-by.tsx'
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
  const title = say(`desk-queue-${queue}`)
  const lines = [say('as-of', { day: dayText(today) }), say('desk-rows', { n: numberText(rows.length) })]
  return (
    <Page
      title={title}
      standing={lines.map(line => <p key={line}>{line}</p>)}
      foot={
        <>
          <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
            {say('print-a4')}
          </Button>
          {rows.length < total && (
            <Button look="wide" onPress={() => readOn(rows.length)}>
              {say('desk-read-more', { n: numberText(total - rows.length) })}
            </Button>
          )}
          <Go className="exit" to={accountsAt({ ...search, hang: queue })}>
            {say('back-to-queue')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!isRead && !error && <Loading what={say('reading-list')} />}
      {isRead && <PrintedBy title={title} lines={lines} />}
      {isRead && <Paper rows={rows} head={say(dayHead[queue])} />}
    </Page>
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
