import { useSearch } from '@tanstack/react-router'
import { Check, Printer } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { AccountQueue } from '../../../src/accounts/contract.ts'
import { listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { decisionsAtOnce } from '../../../src/accounts/law.ts'
import { approveAccounts } from '../../../src/accounts/requests/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { ActionBar, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { useAccountColumns } from './account-columns.tsx'
import { Elsewhere, Filters, FindByNumber, Queues } from './accounts-nav.tsx'
import { OpenByNumber } from './open-account.tsx'
import { useQueue } from './queue.ts'
import { type AccountSearch, accountAt, accountsAt, type Row } from './search.ts'
import { PrintMany } from './slips.tsx'

/** Accounts of one's units by what they wait for, the most urgent first. */
export function AccountsPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const search = useSearch({ from: '/tai-khoan' })
  const { queue, rows, total, readOn, error, refetch, isRead } = useQueue(search)
  return (
    <Page
      title={say('desk-title')}
      standing={
        <>
          <p>{unit}</p>
          <p>{say('as-of', { day: dayText(today) })}</p>
        </>
      }
      strip={[say(`desk-queue-${queue}`), unit]}
      margin={
        <>
          <Queues search={search} current={queue} />
          <Filters search={{ ...search, hang: queue }} />
          <FindByNumber />
          <OpenByNumber />
          <Elsewhere search={search} />
        </>
      }
      foot={
        rows.length > 0 && (
          <Button look="wide" icon={Printer} href={accountsAt({ ...search, hang: queue }, '/in')}>
            {say('desk-print')}
          </Button>
        )
      }
      still={rows.length > 0}
    >
      {error && !isRead && <Failed error={error} retry={() => void refetch()} />}
      {!isRead && !error && <Loading what={say('desk-reading')} />}
      {isRead && rows.length === 0 && <Empty queue={queue} search={search} />}
      {rows.length > 0 && (
        <Rows key={queue} queue={queue} search={{ ...search, hang: queue }} rows={rows} total={total} readOn={readOn} />
      )}
    </Page>
  )
}

function Empty({ queue, search }: { queue: AccountQueue; search: AccountSearch }) {
  const say = useSay()
  const isFiltered = !!search.donvi || !!search.nguon || !!search.muc
  return (
    <State
      so={say('desk-empty', { queue: say(`desk-queue-${queue}`).toLowerCase() })}
      todo={say(isFiltered ? 'applications-empty-filtered' : 'desk-empty-todo')}
      buttons={isFiltered && <Button href={accountsAt({ hang: queue })}>{say('no-filter')}</Button>}
    />
  )
}

type RowsProps = {
  readonly queue: AccountQueue
  readonly search: AccountSearch
  readonly rows: readonly Row[]
  readonly total: number
  readonly readOn: (last: number) => void
}

/** Queues whose accounts are approved and opened by their holders: by a message, or by a slip. */
const awaited: readonly AccountQueue[] = ['needs-slip', 'waiting']

function Rows({ queue, search, rows, total, readOn }: RowsProps) {
  const say = useSay()
  const columns = useAccountColumns(search, queue)
  const mayApprove = useMay('accounts.approve') && queue === 'to-approve'
  const mayPrint = useMay('accounts.slip') && awaited.includes(queue)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(
    () => [...rows, ...new Array<undefined>(Math.max(0, total - rows.length)).fill(undefined)],
    [rows, total],
  )
  const onSight = useMemo(() => (_first: number, last: number) => readOn(last), [readOn])
  const first = rows[0]
  const start = () => first && goTo(accountAt(first.id, search))
  useKeys([{ key: '1', said: say('key-start'), run: start }])
  return (
    <div className="applications">
      <Table
        label={say('desk-title')}
        rows={shown}
        columns={columns}
        idOf={({ id }) => id}
        onSight={onSight}
        onOpen={({ id }) => goTo(accountAt(id, search))}
        {...((mayApprove || mayPrint) && { selected, onSelect: setSelected })}
      />
      {mayApprove && <ApproveMany rows={rows} selected={selected} onDone={() => setSelected(new Set())} />}
      {mayPrint && <PrintMany rows={rows} selected={selected} onDone={() => setSelected(new Set())} />}
      <ActionBar
        count={0}
        end={
          <>
            <span>{say(`desk-queue-means-${queue}`)}</span>
            <Button look="primary" onPress={start} cap="1">
              {say('desk-start')}
            </Button>
          </>
        }
      />
    </div>
  )
}

type ManyProps = { readonly rows: readonly Row[]; readonly selected: ReadonlySet<string>; readonly onDone: () => void }
type Decided = Answer<typeof approveAccounts>['decided']

/**
 * Those that were chosen, at once; one that came from the web, or that one took oneself, is told and left where it is.
 */
function ApproveMany({ rows, selected, onDone }: ManyProps) {
  const say = useSay()
  const approve = useDo(approveAccounts, [listAccounts, showAccount])
  const [decided, setDecided] = useState<Decided>()
  const ids = rows.filter(({ id }) => selected.has(id)).map(({ id }) => id)
  const act = () =>
    void approve.mutateAsync({ body: { ids: ids.slice(0, decisionsAtOnce) } }).then(
      answer => {
        setDecided(answer.decided)
        onDone()
      },
      () => undefined,
    )
  const refused = decided?.filter(({ outcome }) => outcome === 'refused') ?? []
  return (
    <>
      {decided && (
        <div className={refused.length > 0 ? 'note waiting' : 'note done'} role="status">
          <p>
            <strong>{say('desk-approved-many', { n: decided.length - refused.length })}</strong>{' '}
            {refused.length > 0 &&
              say('desk-left-many', {
                n: refused.length,
                why: [...new Set(refused.map(({ why }) => why ?? ''))].join('; '),
              })}
          </p>
        </div>
      )}
      <RefusedNote error={approve.error} />
      {ids.length > 0 && (
        <ActionBar count={ids.length}>
          <Button look="primary" icon={Check} onPress={act} {...(approve.isPending && { disabled: true })}>
            {say('desk-approve-many', { n: Math.min(ids.length, decisionsAtOnce) })}
          </Button>
          <span className="small">{say('desk-approve-many-means')}</span>
        </ActionBar>
      )}
    </>
  )
}
