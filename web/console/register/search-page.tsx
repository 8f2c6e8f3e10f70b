import { type FormEvent, useRef, useState } from 'react'
import type { Static } from 'typebox'
import { countDataRequests } from '../../../src/data-protection/requests/contract.ts'
import type { PersonSummaryShape } from '../../../src/register/contract.ts'
import { lookUpPerson, searchPersons } from '../../../src/register/contract.ts'
import { listCorrections } from '../../../src/register/corrections/contract.ts'
import { listCollections } from '../../../src/register/establishing/contract.ts'
import { listMerges } from '../../../src/register/merging/contract.ts'
import { listOpenings } from '../../../src/register/openings/contract.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { typedDay } from '../../parts/typed-day.ts'
import { ScanNote, type ScannedCard, useScanner } from '../base/card-scanner.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useRemembered } from '../base/remembered.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { requestsAt } from '../data-protection/search.ts'
import { Figure } from '../parts/figure.tsx'
import { Failed, Progress, State, useLasting } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { NumberEntry, PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { AskConsent, Served } from './consent.tsx'

type Summary = Static<typeof PersonSummaryShape>
type Found =
  | { readonly by: 'name'; readonly people: readonly Summary[]; readonly more: boolean }
  | { readonly by: 'number'; readonly person: Summary; readonly cancelled: boolean; readonly inScope: boolean }

/** Finds a person by number, or by name with birth date and unit. What is searched for never stands in the address. */
export function SearchPage() {
  const say = useSay()
  const unit = useUnitName()
  const [found, setFound] = useRemembered<Found | undefined>('register-found', undefined)
  const [number, setNumber] = useRemembered('register-number', '')
  const [scanned, setScanned] = useState<ScannedCard>()
  const forms = useRef<HTMLDivElement>(null)
  const lookUp = useDo(lookUpPerson)
  const search = useDo(searchPersons)
  const [mayLookUp, maySearch] = [useMay('register.look-up'), useMay('register.search')]
  const error = lookUp.error ?? search.error
  const begin = () => {
    lookUp.reset()
    search.reset()
    setFound(undefined)
    setScanned(undefined)
  }
  const byNumber = (number: string) => {
    begin()
    lookUp.mutate({ body: { number } }, { onSuccess: answer => setFound({ by: 'number', ...answer }) })
  }
  useScanner(forms, card => {
    const read = card.kind === 'card' ? card.number : card.repaired.number
    if (read && mayLookUp) byNumber(read)
    setNumber(read ?? '')
    setScanned(card)
  })
  const byName = (body: { name: string; born?: string; unitId?: string }) => {
    begin()
    search.mutate({ body }, { onSuccess: answer => setFound({ by: 'name', ...answer }) })
  }
  return (
    <Page
      title={say('register-title')}
      standing={unit}
      strip={[unit, say('register')]}
      margin={
        <>
          <Served />
          <Waiting />
        </>
      }
      foot={
        <>
          <CollectExit />
          <MovementsExit />
        </>
      }
    >
      <div className="search-forms screen-only" ref={forms}>
        {mayLookUp && <ByNumber number={number} setNumber={setNumber} onAsk={byNumber} />}
        {maySearch && <ByName onAsk={byName} />}
      </div>
      {scanned && <ScanNote card={scanned} />}
      {(lookUp.isPending || search.isPending) && <Searching />}
      {error && <Failed error={error} kept />}
      {found ? <Answered found={found} /> : !error && !lookUp.isPending && !search.isPending && <NotYet />}
    </Page>
  )
}

function Searching() {
  const say = useSay()
  return useLasting() ? <Progress what={say('reading-list')} /> : <div aria-busy="true" />
}

const NotYet = () => {
  const say = useSay()
  return <State so={say('not-searched')} todo={say('not-searched-todo')} />
}

type ByNumberProps = {
  readonly number: string
  readonly setNumber: (number: string) => void
  readonly onAsk: (number: string) => void
}

function ByNumber({ number, setNumber, onAsk }: ByNumberProps) {
  const say = useSay()
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (number.length >= 9) onAsk(number)
  }
  return (
    <form onSubmit={ask} aria-label={say('find-by-number')}>
      <NumberEntry label={say('find-by-number')} value={number} onChange={setNumber} />
      <Button look="primary" submits>
        {say('find-number')}
      </Button>
    </form>
  )
}

function ByName({ onAsk }: { onAsk: (body: { name: string; born?: string; unitId?: string }) => void }) {
  const say = useSay()
  const { today, post } = useSession()
  const [form, setForm] = useRemembered('register-name', { name: '', born: '', unitId: '' })
  const [wrong, setWrong] = useState(false)
  const { data } = useAsk(listUnits, { query: { day: today, ...(post && { below: post.unitId }) } })
  const units = (data?.units ?? []).filter(({ level }) => level !== 'province')
  const born = typedDay(form.born)
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (form.born && !born) return setWrong(true)
    if (form.name.trim()) onAsk({ name: form.name, ...(born && { born }), ...(form.unitId && { unitId: form.unitId }) })
  }
  return (
    <form onSubmit={ask} aria-label={say('find-by-name')} className="by-name">
      <div className="fields">
        <Field
          label={say('full-name')}
          type="search"
          value={form.name}
          onChange={name => setForm({ ...form, name })}
          hint={say('name-hint')}
        />
        <Field
          label={say('born')}
          value={form.born}
          onChange={next => {
            setWrong(false)
            setForm({ ...form, born: next })
          }}
          hint={say('born-hint')}
          error={wrong ? say('born-unreadable') : undefined}
        />
        <Field
          label={say('in-unit')}
          value={form.unitId}
          onChange={unitId => setForm({ ...form, unitId })}
          choices={[['', say('any-unit')], ...units.map(({ id, name }) => [id, name] as const)]}
        />
      </div>
      <Button submits>{say('find-name')}</Button>
    </form>
  )
}

function Answered({ found }: { found: Found }) {
  const say = useSay()
  if (found.by === 'number') return <Looked {...found} />
  const { people, more } = found
  if (!people.length) return <State so={say('found-nobody')} todo={say('found-nobody-todo')} />
  return (
    <>
      <p className="quiet" role="status">
        {more ? say('found-more', { n: people.length }) : say('found', { n: numberText(people.length) })}
      </p>
      <FoundPeople people={people} />
    </>
  )
}

const open = ({ id }: Summary) => goTo(at(`/dan-cu/nguoi/${id}`))

function FoundPeople({ people }: { people: readonly Summary[] }) {
  const say = useSay()
  const codes = useCodes()
  const columns: readonly Column<Summary>[] = [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(170px, 2fr)',
      onPhone: true,
      show: ({ id, fullName }) => (
        <Go to={at(`/dan-cu/nguoi/${id}`)} quietly>
          <Name name={fullName} />
        </Go>
      ),
    },
    {
      id: 'born',
      head: say('born'),
      width: '92px',
      isDay: true,
      onPhone: true,
      show: ({ birthDate }) => dayText(birthDate),
    },
    { id: 'sex', head: say('sex'), width: '64px', show: ({ sex }) => codes('sex', sex) },
    {
      id: 'number',
      head: say('number'),
      width: '132px',
      show: ({ number }) =>
        number ? <PersonNumber number={number} /> : <span className="quiet">{say('number-none-short')}</span>,
    },
    {
      id: 'unit',
      head: say('permanent-unit'),
      width: 'minmax(140px, 2fr)',
      show: ({ permanentUnit }) => permanentUnit?.name ?? '',
    },
    {
      id: 'life',
      head: say('state'),
      width: '90px',
      show: ({ lifeStatus }) => (lifeStatus === 'alive' ? '' : codes('life', lifeStatus)),
    },
  ]
  return (
    <Table
      label={say('found', { n: people.length })}
      rows={people}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={open}
    />
  )
}

function Looked({ person, cancelled, inScope }: { person: Summary; cancelled: boolean; inScope: boolean }) {
  const say = useSay()
  const codes = useCodes()
  return (
    <section className="looked">
      {!inScope && (
        <State
          so={
            person.permanentUnit ? say('other-unit', { unit: person.permanentUnit.name }) : say('other-unit-somewhere')
          }
          todo={say('other-unit-todo')}
        />
      )}
      {cancelled && <p className="note waiting">{say('number-was-cancelled')}</p>}
      <table className="plain-table">
        <tbody>
          {(
            [
              ['full-name', <Name key="name" name={person.fullName} />],
              ['born', dayText(person.birthDate)],
              ['sex', codes('sex', person.sex)],
              ['number', person.number ? <PersonNumber key="number" number={person.number} /> : say('number-none')],
              ['permanent-unit', person.permanentUnit?.name ?? say('not-recorded')],
              ['state', codes('life', person.lifeStatus)],
            ] as const
          ).map(([label, value]) => (
            <tr key={label}>
              <th scope="row" className="quiet">
                {say(label)}
              </th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!inScope && person.number && person.lifeStatus !== 'dead' && (
        <AskConsent key={person.id} number={person.number} personId={person.id} />
      )}
      {inScope && (
        <Button look="primary" href={at(`/dan-cu/nguoi/${person.id}`)}>
          {say('open-record')}
        </Button>
      )}
    </section>
  )
}

/** How many corrections and collections wait, each a link to its list. */
function Waiting() {
  const say = useSay()
  const [mayPropose, mayRead] = [useMay('register.propose'), useMay('register.read')]
  const corrections = useAsk(listCorrections, { query: { which: 'to-decide' } }, { when: mayPropose })
  const openings = useAsk(listOpenings, {}, { when: mayPropose })
  const merges = useAsk(listMerges, { query: {} }, { when: mayPropose })
  const collections = useAsk(listCollections, { query: {} }, { when: mayRead })
  const mayReceive = useMay('protection.receive')
  const requests = useAsk(countDataRequests, {}, { when: mayReceive })
  if (!mayPropose && !mayRead) return null
  return (
    <section>
      <h2>{say('work-in-register')}</h2>
      <ul className="rows">
        {mayPropose && (
          <li>
            {say('corrections-open')}
            <Figure
              value={corrections.data?.corrections.length ?? 0}
              to={at('/dan-cu/dinh-chinh')}
              label={say('corrections-open')}
            />
          </li>
        )}
        {mayPropose && (
          <li>
            {say('openings-title')}
            <Figure
              value={openings.data?.openings.filter(({ accepted }) => !accepted).length ?? 0}
              to={at('/dan-cu/mo-ho-so')}
              label={say('openings-title')}
            />
          </li>
        )}
        {mayPropose && (
          <li>
            {say('merges-title')}
            <Figure value={merges.data?.merges.length ?? 0} to={at('/dan-cu/hop-nhat')} label={say('merges-title')} />
          </li>
        )}
        {mayRead && (
          <li>
            {say('collections-open')}
            <Figure
              value={collections.data?.collections.length ?? 0}
              to={at('/dan-cu/lap-so')}
              label={say('collections-open')}
            />
          </li>
        )}
        {mayReceive && (
          <li>
            {say('data-requests')}
            <Figure value={requests.data?.open ?? 0} to={requestsAt()} label={say('data-requests')} />
          </li>
        )}
      </ul>
    </section>
  )
}

function CollectExit() {
  const say = useSay()
  return useMay('register.collect') ? (
    <Go className="exit" to={at('/dan-cu/lap-so/moi')}>
      {say('collect-person')}
    </Go>
  ) : null
}

function MovementsExit() {
  const say = useSay()
  return useMay('register.movements') ? (
    <Go className="exit" to={at('/dan-cu/bien-dong')}>
      {say('movements-title')}
    </Go>
  ) : null
}
