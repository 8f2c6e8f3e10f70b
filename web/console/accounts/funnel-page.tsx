import { useSearch } from '@tanstack/react-router'
import type { AccountQueue } from '../../../src/accounts/contract.ts'
import { accountFunnel } from '../../../src/accounts/contract.ts'
import { dayText, numberText, shareText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Funnel, type FunnelStep } from '../parts/charts/funnel.tsx'
import { Figure } from '../parts/figure.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { Elsewhere, Filters, Queues } from './accounts-nav.tsx'
import { type AccountSearch, accountsAt, asQuery, type FunnelAnswer } from './search.ts'

/** The queue that lists those who stopped for a reason; the others are told as a number alone. */
const queueOf: Readonly<Record<string, AccountQueue>> = {
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

function Drawn({ funnel: { steps, stops, web }, search }: { funnel: FunnelAnswer; search: AccountSearch }) {
  const say = useSay()
  const codes = useCodes()
  const figure = (count: number, queue?: AccountQueue) =>
    queue ? (
      <Figure value={count} to={accountsAt({ ...search, hang: queue })} />
    ) : (
      <b className="figures">{numberText(count)}</b>
    )
  const bars = (list: FunnelAnswer['steps'], opens: Readonly<Record<string, AccountQueue>>): FunnelStep[] => {
    const whole = list[0]?.count ?? 0
    return list.map(({ step, count }, at) => {
      const before = list[at - 1]
      const missing = before ? before.count - count : 0
      return {
        key: step,
        label: codes('desk-step', step),
        value: count,
        figure: figure(count, opens[step]),
        share: shareText(count, whole),
        ...(missing > 0 && {
          stopped: {
            value: missing,
            figure: figure(missing),
            said: say('desk-stopped', { step: codes('desk-step', step).toLowerCase() }),
          },
        }),
      }
    })
  }
  const drawn = bars(steps, { activated: 'in-use' })
  const began = web.steps[0]?.count ?? 0
  const onTheWeb = bars(web.steps, {})
  return (
    <div className="split">
      <section className="picture" aria-label={say('desk-funnel-title')}>
        <div className="picture-head">
          <h2>{say('desk-funnel-bars')}</h2>
          <span className="small">{say('desk-funnel-of')}</span>
        </div>
        <Funnel label={say('desk-funnel-title')} steps={drawn} />
        {began > 0 && (
          <>
            <div className="picture-head">
              <h2>{say('desk-web')}</h2>
              <span className="small">{say('desk-web-of')}</span>
            </div>
            <Funnel label={say('desk-web')} steps={onTheWeb} />
          </>
        )}
      </section>
      <div className="companion">
        <section>
          <h2>{say('desk-why')}</h2>
          {stops.length === 0 && <p className="quiet">{say('desk-why-none')}</p>}
          <ul className="duty-rows apart">
            {stops.map(({ step, why, count }) => (
              <li key={`${step} ${why}`}>
                <span>{codes('desk-stop', why)}</span>
                {figure(count, queueOf[why])}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2>{say('desk-web-why')}</h2>
          {web.stops.length === 0 && <p className="quiet">{say('desk-web-none')}</p>}
          <ul className="duty-rows">
            {web.stops.map(({ why, count }) => (
              <li key={why}>
                <span>{codes('desk-web', why)}</span>
                {figure(count)}
              </li>
            ))}
          </ul>
        </section>
        <p className="small">{say('desk-funnel-told')}</p>
      </div>
    </div>
  )
}
