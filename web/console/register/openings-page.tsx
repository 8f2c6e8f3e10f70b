import { showPerson } from '../../../src/register/contract.ts'
import {
  acceptOpening,
  listEndedCases,
  listOpenings,
  withdrawOpening,
} from '../../../src/register/openings/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { useActor, useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { ServedElsewhere } from './consent.tsx'

type Opening = Answer<typeof listOpenings>['openings'][number]
type Ended = Answer<typeof listEndedCases>['ended'][number]

/** Who asks to see a record whole; for superiors, which cases ended and nothing was decided. */
export function OpeningsPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(listOpenings, {})
  return (
    <Page title={say('openings-title')} standing={<p>{say('openings-about')}</p>} strip={[unit, say('openings-title')]}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data?.openings.length === 0 && <State so={say('openings-none')} todo={say('openings-none-todo')} />}
      <ul className="cases">
        {data?.openings.map(opening => (
          <OneOpening key={opening.id} opening={opening} />
        ))}
      </ul>
      {useMay('staff.read') && (
        <>
          <EndedCases />
          <ServedElsewhere />
        </>
      )}
    </Page>
  )
}

function OneOpening({ opening }: { opening: Opening }) {
  const say = useSay()
  const actor = useActor()
  const isMine = opening.askedBy.id === useSession().id
  const after = [listOpenings, showPerson]
  const accept = useDo(acceptOpening, after)
  const withdraw = useDo(withdrawOpening, after)
  const params = { id: opening.id }
  return (
    <li>
      <div>
        <p>
          <Go to={at(`/dan-cu/nguoi/${opening.personId}`)}>{opening.name ?? say('open-record')}</Go>
        </p>
        <p className="small">
          {say('opening-by', {
            name: actor(opening.askedBy),
            unit: opening.unit.name,
            day: dayText(opening.until),
          })}
        </p>
        <p className="prose">{opening.reason}</p>
        <RefusedNote error={accept.error ?? withdraw.error} />
      </div>
      <div className="buttons">
        {opening.accepted && <span className="quiet">{say('opening-accepted')}</span>}
        {!opening.accepted && !isMine && (
          <Button look="primary" onPress={() => accept.mutate({ params })}>
            {say('opening-accept')}
          </Button>
        )}
        {isMine && (
          <Button look="text" onPress={() => withdraw.mutate({ params })}>
            {say('withdraw')}
          </Button>
        )}
      </div>
    </li>
  )
}

function EndedCases() {
  const say = useSay()
  const codes = useCodes()
  const actor = useActor()
  const { data, error, refetch } = useAsk(listEndedCases, {})
  const columns: readonly Column<Ended>[] = [
    {
      id: 'officer',
      head: say('ended-officer'),
      width: 'minmax(160px, 2fr)',
      onPhone: true,
      show: ({ openedBy }) => actor(openedBy),
    },
    { id: 'kind', head: say('ended-kind'), width: 'minmax(140px, 1fr)', show: ({ kind }) => codes('case', kind) },
    { id: 'unit', head: say('unit'), width: 'minmax(140px, 1fr)', show: ({ unit }) => unit.name },
    {
      id: 'how',
      head: say('state'),
      width: '150px',
      onPhone: true,
      show: ({ how, endedOn }) => `${codes('ended', how)} ${dayText(endedOn)}`,
      sortBy: ({ endedOn }) => endedOn,
    },
    {
      id: 'read',
      head: say('ended-read'),
      width: '120px',
      end: true,
      show: ({ people, read }) => say('ended-read-of', { read, people }),
    },
  ]
  return (
    <section className="part">
      <h2>{say('ended-title')}</h2>
      <p className="quiet">{say('ended-about')}</p>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data &&
        (data.ended.length ? (
          <Table
            label={say('ended-title')}
            rows={data.ended}
            columns={columns}
            idOf={({ kind, unit, openedBy, openedOn, endedOn, how }) =>
              [kind, unit.id, openedBy.id, openedOn, endedOn, how].join()
            }
          />
        ) : (
          <p className="quiet">{say('ended-none')}</p>
        ))}
    </section>
  )
}
