import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { showApplication } from '../../../src/enrolment/adjudication/contract.ts'
import { Cap } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useNeighbourKeys, useQueuePlace } from '../parts/queue-place.ts'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { Deeds } from './application-deeds.tsx'
import { ApplicationFacts } from './application-facts.tsx'
import { Alike, Moves, Others, Sides } from './application-sides.tsx'
import { StateSentence } from './application-state.tsx'
import { useDeciding } from './decide-application.ts'
import { Faces, FoundByEngine } from './faces.tsx'
import { Findings } from './findings.tsx'
import { Papers } from './papers.tsx'
import { Pictures } from './pictures.tsx'
import { useQueue } from './queue.ts'
import { Elsewhere } from './queue-nav.tsx'
import { type Application, applicationAt, applicationsAt, type QueueSearch } from './search.ts'

/**
 * One application: where it is and who must act, what the register says beside what was told, what was found, and the
 * deed that it waits for.
 */
export function ApplicationPage() {
  const say = useSay()
  const { id } = useParams({ from: '/thu-nhan/$id' })
  const search = useSearch({ from: '/thu-nhan/$id' })
  const { data, error, refetch } = useAsk(showApplication, { params: { id } }, { keep: true })
  if (error)
    return (
      <Page title={say('application-here')} margin={<Elsewhere />} foot={<Back search={search} />}>
        <Failed error={error} retry={() => void refetch()} />
      </Page>
    )
  if (data) return <Whole application={data} search={search} isHere={data.id === id} />
  return (
    <Page title={say('application-here')}>
      <Loading what={say('applications-reading')} />
    </Page>
  )
}

function Back({ search }: { search: QueueSearch }) {
  const say = useSay()
  return (
    <Go className="exit" to={applicationsAt(search)}>
      {say('back-to-queue')}
    </Go>
  )
}

type WholeProps = { readonly application: Application; readonly search: QueueSearch; readonly isHere: boolean }

/** While the next one is on its way the last is still in sight; nothing is done with it any more. */
function Whole({ application, search, isHere }: WholeProps) {
  const say = useSay()
  const { id, name } = application
  const around = useQueuePlace(useQueue(search, search.hang !== undefined), id)
  const deciding = useDeciding(id, search, around)
  const [settling, setSettling] = useState<string>()
  const mayOpen = useMay('register.read')
  const words = { next: say('keys-next-application'), previous: say('keys-previous-application') }
  useNeighbourKeys(around, words, row => goTo(applicationAt(row.id, search)))
  return (
    <Page
      title={name || say('application-unseen')}
      standing={<Standing application={application} />}
      margin={<ApplicationFacts application={application} />}
      foot={
        <>
          {isHere && <Papers key={id} application={application} />}
          {mayOpen && name && (
            <Go className="exit" to={at(`/dan-cu/nguoi/${application.personId}`)}>
              {say('open-person')}
            </Go>
          )}
          <Back search={search} />
        </>
      }
      strip={[name || say('application-unseen'), say(`is-${application.state}`)]}
    >
      <Announced application={application} />
      <div className="question">
        <StateSentence application={application} />
        {search.hang && around.place >= 0 && (
          <span className="quiet figures">
            {say('application-position', { n: around.place + 1, all: around.total })} <Cap>J</Cap> <Cap>K</Cap>
          </span>
        )}
      </div>
      <div className="split application">
        <div>
          <Sides application={application} />
          <Findings application={application} onSettle={setSettling} />
          <Alike application={application} />
          <Faces key={`faces ${id}`} application={application} />
          <FoundByEngine key={`engine ${id}`} application={application} />
        </div>
        <div className="companion">
          <Pictures key={id} application={application} />
          <Others application={application} />
          <Moves application={application} />
        </div>
      </div>
      {isHere && (
        <Deeds key={id} application={application} deciding={deciding} settling={settling} onSettle={setSettling} />
      )}
    </Page>
  )
}

function Standing({ application: { born, kind, reason, unit } }: { application: Application }) {
  const say = useSay()
  const codes = useCodes()
  return (
    <>
      <p>
        {say('application-born')} <b>{dayText(born)}</b>
      </p>
      <p>
        {say(`kind-of-${kind}`)}
        {reason !== 'first' && `, ${codes('reason-of', reason)}`}, {unit.name}
      </p>
    </>
  )
}

/** Tells who does not see the page that another application stands there. */
function Announced({ application: { id, name, state } }: { application: Application }) {
  const say = useSay()
  const first = useRef(id)
  const [told, setTold] = useState('')
  const text = say('application-says', { name, state: say(`is-${state}`) })
  useEffect(() => {
    if (first.current !== id) setTold(text)
    first.current = id
  }, [id, text])
  return (
    <p className="unseen" aria-live="polite">
      {told}
    </p>
  )
}
