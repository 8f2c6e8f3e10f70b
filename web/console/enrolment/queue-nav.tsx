import { applicationQueues } from '../../../src/enrolment/adjudication/contract.ts'
import { listQuarantined } from '../../../src/enrolment/packets/contract-quarantine.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Go } from '../parts/place-link.tsx'
import { useQueue } from './queue.ts'
import { applicationsAt, gapsAt, packetsAt, type QueueSearch, stationsAt } from './search.ts'

/** The queues with how many wait in each, under the filters that are on. */
export function Queues({ search, current }: { search: QueueSearch; current?: string }) {
  const say = useSay()
  const { counts } = useQueue(search)
  return (
    <section>
      <nav className="sections" aria-label={say('applications-queues')}>
        {applicationQueues.map(queue => (
          <Go key={queue} to={applicationsAt({ ...search, hang: queue })} current={queue === current}>
            <span className="follow-up-who">
              <span>{say(`application-queue-${queue}`)}</span>
              <span className="figures">{counts && numberText(counts[queue])}</span>
            </span>
          </Go>
        ))}
      </nav>
    </section>
  )
}

/** The other pages of the place. */
export function Elsewhere({ current }: { current?: 'packets' | 'gaps' | 'stations' }) {
  const say = useSay()
  const held = useAsk(listQuarantined, { query: {} })
  const links = [
    ['packets', packetsAt(), held.data?.counts.held],
    ['gaps', gapsAt(), undefined],
    ['stations', stationsAt(), undefined],
  ] as const
  return (
    <section>
      <nav className="sections" aria-label={say('applications-elsewhere')}>
        {links.map(([name, to, count]) => (
          <Go key={name} to={to} current={name === current}>
            <span className="follow-up-who">
              <span>{say(`${name}-short`)}</span>
              <span className="figures">{count !== undefined && numberText(count)}</span>
            </span>
          </Go>
        ))}
      </nav>
    </section>
  )
}
