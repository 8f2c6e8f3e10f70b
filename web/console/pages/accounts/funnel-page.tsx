import { useSearch } from '@tanstack/react-router'
import type { Queue } from '../../../../src/accounts/contract.ts'
import { accountFunnel } from '../../../../src/accounts/contract.ts'
import { useAsk } from '../../asking.ts'
import { dayText, numberText } from '../../formats.ts'
import { useSay } from '../../language.tsx'
import { Figure } from '../../parts/figure.tsx'
import { Funnel, type FunnelStep } from '../../parts/funnel.tsx'
import { Go } from '../../parts/go.tsx'
import { Failed, Loading } from '../../parts/state.tsx'
import { useToday, useUnitName } from '../../session.tsx'
import { Page } from '../../shell/page.tsx'
import { useCodes } from '../register/labels.ts'
import { Elsewhere, Filters, Queues } from './accounts-nav.tsx'
import { type AccountSearch, accountsAt, asQuery, type FunnelAnswer } from './search.ts'

/** The queue that lists those who stopped for a reason; the others are told as a number alone. */
const queueOf: Readonly<Record<string, Queue>> = {
  'to-decide': 'to-approve',
  'no-phone': 'needs-slip',
  'in-time': 'waiting',
  lapsed: 'lapsed',
  locked: 'locked',
}

/** How far accounts come, and where they stop. */
export function AccountFunnelPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const search = useSearch({ from: '/tai-khoan/den-dau' })
  const { data, error, refetch } = useAsk(accountFunnel, { query: asQuery(search) }, { keep: true })
  return (
    <Page
      title={say('desk-funnel-title')}
      standing={
        <>
          <p>{unit}</p>
          <p>{say('as-of', { day: dayText(today) })}</p>
        </>
      }
      strip={[say('desk-funnel-title'), unit]}
      margin={
        <>
          <Queues search={search} />
          <Filters search={search} page="/den-dau" />
          <Elsewhere search={search} current="funnel" />
        </>
      }
      foot={
        <Go className="exit" to={accountsAt(search)}>
          {say('back-to-queue')}
        </Go>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('desk-reading')} />}
      {data && <Drawn funnel={data} search={search} />}
    </Page>
  )
}

function Drawn({ funnel: { steps, stops }, search }: { funnel: FunnelAnswer; search: AccountSearch }) {
  const say = useSay()
  const codes = useCodes()
  const whole = steps[0]?.count ?? 0
  const share = (count: number) => (whole > 0 ? `${numberText((count * 100) / whole)}%` : '')
  const figure = (count: number, queue?: Queue) =>
    queue ? <Figure value={count} to={accountsAt({ ...search, hang: queue })} /> : <b className="figures">{numberText(count)}</b>
  const drawn = steps.map(({ step, count }, at): FunnelStep => {
    const before = steps[at - 1]
    const missing = before ? before.count - count : 0
    return {
      key: step,
      label: codes('desk-step', step),
      value: count,
      figure: figure(count, step === 'activated' ? 'in-use' : undefined),
      share: share(count),
      ...(missing > 0 && {
        stopped: { value: missing, figure: figure(missing), said: say('desk-stopped', { step: codes('desk-step', step).toLowerCase() }) },
      }),
    }
  })
  return (
    <div className="split">
      <section className="picture" aria-label={say('desk-funnel-title')}>
        <div className="picture-head">
          <h2>{say('desk-funnel-bars')}</h2>
          <span className="small">{say('desk-funnel-of')}</span>
        </div>
        <Funnel label={say('desk-funnel-title')} steps={drawn} />
      </section>
      <div className="companion">
        <section>
          <h2>{say('desk-why')}</h2>
          {stops.length === 0 && <p className="quiet">{say('desk-why-none')}</p>}
          <ul className="duty-rows">
            {stops.map(({ step, why, count }) => (
              <li key={`${step} ${why}`}>
                <span>{codes('desk-stop', why)}</span>
                {figure(count, queueOf[why])}
              </li>
            ))}
          </ul>
        </section>
        <p className="small">{say('desk-funnel-told')}</p>
      </div>
    </div>
  )
}
