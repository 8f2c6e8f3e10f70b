import { useSearch } from '@tanstack/react-router'
import { listReferredRows } from '../../../src/rolls/review/contract.ts'
import { Button } from '../../parts/button.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { ReviewProgress } from './progress.tsx'
import { addressOf, type Queue, queueAt } from './queue.ts'
import { ReviewPane } from './review-pane.tsx'
import { listedPart, RowsBehindFigure } from './rows-behind-figure.tsx'

const queues = ['review', 'referred', 'risk'] as const

/** All rolls of the unit as one line of rows: the next one, whatever school it is of. */
export function QueuePage() {
  const say = useSay()
  const unit = useUnitName()
  return (
    <Page title={say('queue-title')} standing={unit} strip={[unit, say('queue-title')]} margin={<Margin />}>
      <Shown />
    </Page>
  )
}

function Margin() {
  const say = useSay()
  const { nhom } = useSearch({ from: '/ra-soat/hang-cho' })
  const links = [
    ['review', say('queue-start')],
    ['to-me', say('queue-to-me')],
    ['by-me', say('queue-by-me')],
  ] as const
  return (
    <>
      <nav className="sections" aria-label={say('queue-title')}>
        {links.map(([group, name]) => (
          <Go key={group} to={queueAt({ nhom: group })} current={(nhom ?? 'review') === group}>
            {name}
          </Go>
        ))}
      </nav>
      <ReviewProgress />
    </>
  )
}

function Shown() {
  const { nhom, ds, dong } = useSearch({ from: '/ra-soat/hang-cho' })
  const of = queues.find(one => one === nhom) ?? 'review'
  const spot = ds && dong ? { rollId: ds, place: Number(dong) } : undefined
  if (nhom === 'to-me' || nhom === 'by-me') return <ReferredRows which={nhom} />
  const part = listedPart(nhom)
  if (part) return <RowsBehindFigure part={part} />
  return <ReviewPane queue={{ of }} spot={spot} />
}

/** Rows that others asked this officer to look at, or that this officer asked others to. */
function ReferredRows({ which }: { which: 'to-me' | 'by-me' }) {
  const say = useSay()
  const { data, error } = useAsk(listReferredRows, { query: { which } })
  const queue: Queue = { of: which === 'to-me' ? 'referred' : 'review' }
  if (error) return <Failed error={error} />
  if (!data) return <Loading what={say('reading-list')} />
  const first = data.rows[0]
  if (!first) return <State so={say('part-none')} />
  return (
    <section aria-label={say(`queue-${which}`)}>
      <div className="sheet-title">
        <h2>{say(`queue-${which}`)}</h2>
        {which === 'to-me' && (
          <Button look="primary" href={addressOf(queue, first)}>
            {say('queue-start')}
          </Button>
        )}
      </div>
      <ul className="referred">
        {data.rows.map(({ rollId, place, row, name, school, lying, ...rest }) => (
          <li key={`${rollId} ${place}`}>
            <Go to={addressOf(queue, { rollId, place })}>{name}</Go>
            <span className="own-figures">{rest.class ?? ''}</span>
            <span className="quiet">
              {school.name}, {say('preview-row').toLowerCase()} {row}
            </span>
            <span>
              {which === 'to-me' ? [lying.from, lying.fromUnit].filter(Boolean).join(', ') : (lying.to ?? lying.toUnit)}
            </span>
            <span className="quiet">
              {instantText(lying.at).day} {instantText(lying.at).time}
            </span>
            {lying.note && <span className="said">{say('review-note-said', { note: lying.note })}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
