import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { type Day, yearsBetween } from '../../../src/platform/day.ts'
import { showPerson } from '../../../src/register/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Refusal } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText } from '../../parts/formats.ts'
import { PersonBookings } from '../appointments/person-bookings.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { FileRequest } from '../data-protection/file-request.tsx'
import { ChildCard } from '../enrolment/child-card.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Cells, PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { Absences } from './absences.tsx'
import { ComparedPerson } from './compared-person.tsx'
import { EndServing } from './consent.tsx'
import { Guardianships } from './guardianships.tsx'
import type { Person } from './person.ts'
import { History, Readers } from './person-history.tsx'
import { Kin, Others, Residences } from './person-particulars.tsx'
import { Accounts, Cards, Lacking } from './person-status.tsx'

/** A person whole: twelve cells first, where and with whom they live, what changed and who looked. */
export function PersonPage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/nguoi/$id' })
  const { data, error, refetch } = useAsk(showPerson, { params: { id } })
  if (data?.grade === 'compared') return <ComparedPerson person={data} />
  if (data) return <Whole person={data} />
  return (
    <Page title={say('register')}>
      {wentTo(error) ? (
        <State
          so={say('person-merged-so')}
          todo={say('person-merged-todo')}
          buttons={
            <Button look="primary" href={at(`/dan-cu/nguoi/${wentTo(error)}`)}>
              {say('person-merged-go')}
            </Button>
          }
        />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Loading what={say('reading-person')} />
      )}
    </Page>
  )
}

/** The record into which this one was merged. */
const wentTo = (error: unknown): string | undefined => {
  if (!(error instanceof Refusal) || error.code !== 'person-merged') return undefined
  const { personId } = error.facts
  return typeof personId === 'string' ? personId : undefined
}

function About({ person }: { person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const { today } = useSession()
  const { birthDate, sex, lifeStatus } = person
  const years = birthDate.length === 10 ? yearsBetween(birthDate as Day, today as Day) : undefined
  return (
    <>
      <p>{say('about-person', { sex: codes('sex', sex), born: dayText(birthDate) })}</p>
      <p>
        {years === undefined
          ? codes('life', lifeStatus)
          : say('years-old', { n: years, state: codes('life', lifeStatus) })}
        {person.ethnicity && `, ${person.ethnicity}`}
      </p>
    </>
  )
}

const sections = [
  ['so', 'number'],
  ['noi-o', 'residence'],
  ['tam-vang', 'absences'],
  ['than-nhan', 'kin'],
  ['the', 'cards'],
  ['tai-khoan', 'person-accounts'],
  ['lich-hen', 'person-bookings'],
  ['khac', 'other'],
  ['lich-su', 'history'],
  ['ai-da-xem', 'readers'],
] as const

function Sections() {
  const say = useSay()
  return (
    <section>
      <nav className="sections" aria-label={say('sections')}>
        {sections.map(([anchor, word]) => (
          <a key={anchor} href={`#${anchor}`}>
            {say(word)}
          </a>
        ))}
      </nav>
    </section>
  )
}

function Foot({ person: { id, birthDate, fullName } }: { person: Person }) {
  const say = useSay()
  return (
    <>
      <EndServing personId={id} />
      {useMay('register.propose') && (
        <Button look={['primary', 'wide']} href={at(`/dan-cu/nguoi/${id}/dinh-chinh`)}>
          {say('propose-correction')}
        </Button>
      )}
      {useMay('register.propose') && (
        <>
          <Go className="exit" to={at(`/dan-cu/nguoi/${id}/cu-tru`)}>
            {say('residence-correct')}
          </Go>
          <Go className="exit" to={at(`/dan-cu/nguoi/${id}/hop-nhat`)}>
            {say('merge-propose')}
          </Go>
        </>
      )}
      <ChildCard id={id} birthDate={birthDate} />
      <FileRequest id={id} name={fullName} />
      {useMay('register.collect') && (
        <Go className="exit" to={at(`/dan-cu/nguoi/${id}/lap-lai-so`)}>
          {say('ask-new-number')}
        </Go>
      )}
      <Go className="exit" to={at(`/dan-cu/nguoi/${id}/in`)}>
        <Printer size={14} aria-hidden />
        {say('print-record')}
      </Go>
    </>
  )
}

function Whole({ person }: { person: Person }) {
  const say = useSay()
  const unit = useUnitName()
  return (
    <Page
      title={person.fullName}
      standing={<About person={person} />}
      margin={
        <>
          <Lacking id={person.id} />
          <Sections />
        </>
      }
      foot={<Foot person={person} />}
      strip={[person.fullName, `${dayText(person.birthDate)}, ${unit}`]}
      ownPaper={say('print-record')}
    >
      <Numbers person={person} />
      <div className="split person">
        <div>
          <Residences person={person} />
          <Absences id={person.id} />
          <Kin person={person} />
          <Guardianships id={person.id} birthDate={person.birthDate} />
          <Cards id={person.id} />
          <Accounts id={person.id} name={person.fullName} />
          <PersonBookings id={person.id} name={person.fullName} />
          <Others person={person} />
        </div>
        <div className="companion">
          <History person={person} />
          <Readers person={person} />
        </div>
      </div>
    </Page>
  )
}

/**
 * The number in force in its twelve cells; beside it, what was cancelled, and where its digits speak against the
 * record.
 */
function Numbers({ person }: { person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const [held] = person.numbers.filter(({ state }) => state === 'in-force')
  return (
    <section id="so" className="numbers" aria-label={say('number')}>
      {held ? <Cells number={held.number} explained /> : <Chip kind="waiting">{say('number-none')}</Chip>}
      <div className="beside">
        {held && (
          <Chip kind="done">
            {held.from ? say('number-since', { day: dayText(held.from) }) : say('number-in-force')}
          </Chip>
        )}
        {person.numbers
          .filter(({ state }) => state === 'cancelled')
          .map(({ number, reason }) => (
            <p key={number} className="small">
              {say('number-cancelled')} <PersonNumber number={number} />
              {reason && `, ${codes('number', reason)}`}
            </p>
          ))}
        {person.oldNumbers.map(number => (
          <p key={number} className="small">
            {say('number-old')} <span className="figures">{number}</span>
          </p>
        ))}
      </div>
      {held && held.contradicts.length > 0 && (
        <p className="note waiting">
          {say('number-contradicts', { what: held.contradicts.map(what => codes('contradicts', what)).join(', ') })}
        </p>
      )}
    </section>
  )
}
