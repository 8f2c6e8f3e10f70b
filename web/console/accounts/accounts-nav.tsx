import { useState } from 'react'
import { accountQueues, findAccount } from '../../../src/accounts/contract.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay, useSession } from '../shell/session.tsx'
import { useQueue } from './queue.ts'
import { type AccountSearch, accountAt, accountsAt, wayChoices } from './search.ts'

/** The queues with how many wait in each, under the filters that are on; what is past its day is said beside it. */
export function Queues({ search, current }: { search: AccountSearch; current?: string }) {
  const say = useSay()
  const { counts, overdue } = useQueue(search)
  const mayExchange = useMay('exchange.read')
  const late = (queue: string) => (queue === 'to-approve' || queue === 'demands' ? (overdue?.[queue] ?? 0) : 0)
  return (
    <section>
      <nav className="sections" aria-label={say('desk-queues')}>
        {accountQueues.map(queue => (
          <Go key={queue} to={accountsAt({ ...search, hang: queue })} current={queue === current}>
            <span className="follow-up-who">
              <span>
                {say(`desk-queue-${queue}`)}
                {late(queue) > 0 && <span className="late-text"> {say('desk-late', { n: late(queue) })}</span>}
              </span>
              <span className="figures">{counts && numberText(counts[queue])}</span>
            </span>
          </Go>
        ))}
        {mayExchange && <Go to={at('/trao-doi')}>{say('exchange-place')}</Go>}
      </nav>
    </section>
  )
}

/** Of which unit below one's own, by which way, of which level; of those that are on, one by one. */
export function Filters({ search, page = '' }: { search: AccountSearch; page?: string }) {
  const say = useSay()
  const { post } = useSession()
  const below = useAsk(listUnits, { query: { below: post?.unitId ?? '', level: 'commune' } }, { when: !!post })
  const others = (below.data?.units ?? []).filter(({ id }) => id !== post?.unitId)
  const set = (more: AccountSearch) => goTo(accountsAt({ ...search, ...more }, page))
  return (
    <section className="stack">
      {others.length > 0 && (
        <Field
          label={say('unit')}
          value={search.donvi ?? ''}
          onChange={donvi => set({ donvi: donvi || undefined })}
          choices={[['', say('applications-unit-all')], ...others.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      <Field
        label={say('desk-via')}
        value={search.nguon ?? ''}
        onChange={nguon => set({ nguon: wayChoices.find(one => one === nguon) })}
        choices={[['', say('desk-via-all')], ...wayChoices.map(way => [way, say(`desk-via-${way}`)] as const)]}
      />
      <Field
        label={say('desk-level')}
        value={search.muc ?? ''}
        onChange={muc => set({ muc: muc === '1' || muc === '2' ? muc : undefined })}
        choices={[
          ['', say('desk-level-all')],
          ['1', say('account-level', { n: 1 })],
          ['2', say('account-level', { n: 2 })],
        ]}
      />
    </section>
  )
}

/** Whoever calls, or stands there, says their number: it goes in the body, and stands in no address. */
export function FindByNumber() {
  const say = useSay()
  const [number, setNumber] = useState('')
  const find = useDo(findAccount)
  const go = () =>
    void find.mutateAsync({ body: { number } }).then(
      ({ id }) => goTo(accountAt(id)),
      () => undefined,
    )
  return (
    <section className="stack">
      <form
        onSubmit={event => {
          event.preventDefault()
          go()
        }}
      >
        <Field label={say('desk-find')} value={number} onChange={setNumber} inputMode="numeric" maxLength={20} />
        <Button submits look="wide" {...(number.trim() === '' && { disabled: true })}>
          {say('desk-find-go')}
        </Button>
      </form>
      <RefusedNote error={find.error} />
    </section>
  )
}

/** The other page of the place. */
export function Elsewhere({ search, current }: { search: AccountSearch; current?: 'funnel' }) {
  const say = useSay()
  return (
    <section>
      <nav className="sections" aria-label={say('applications-elsewhere')}>
        <Go to={accountsAt({ ...search, hang: undefined }, '/den-dau')} current={current === 'funnel'}>
          {say('desk-funnel-short')}
        </Go>
      </nav>
    </section>
  )
}
