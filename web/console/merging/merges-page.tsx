import { useState } from 'react'
import { listDuplicates, listMerges } from '../../../src/register/merging/contract.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'

type Merge = Answer<typeof listMerges>['merges'][number]
type Pair = Answer<typeof listDuplicates>['pairs'][number]

const chips: Readonly<Record<Merge['state'], ChipKind>> = {
  proposed: 'waiting',
  accepted: 'done',
  refused: 'not-begun',
  withdrawn: 'not-begun',
  undone: 'moving',
}

export function MergeChip({ state, late }: Pick<Merge, 'state' | 'late'>) {
  const codes = useCodes()
  return <Chip kind={late ? 'late' : chips[state]}>{codes('merge-state', late ? 'late' : state)}</Chip>
}

/** Proposals that two records are one person, and records that probably are. */
export function MergesPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(listMerges, { query: { state: 'all' } })
  const waiting = data?.merges.filter(({ state }) => state === 'proposed') ?? []
  const decided = data?.merges.filter(({ state }) => state !== 'proposed') ?? []
  return (
    <Page title={say('merges-title')} standing={<p>{say('merges-about')}</p>} strip={[unit, say('merges-title')]}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data && waiting.length === 0 && <State so={say('merges-none')} todo={say('merges-none-todo')} />}
      {waiting.length > 0 && (
        <section className="part">
          <h2>{say('merges-waiting')}</h2>
          <Merges rows={waiting} label={say('merges-waiting')} />
        </section>
      )}
      {useMay('register.search') && <Duplicates />}
      {decided.length > 0 && (
        <section className="part">
          <h2>{say('merges-decided')}</h2>
          <Merges rows={decided} label={say('merges-decided')} />
        </section>
      )}
    </Page>
  )
}

function Merges({ rows, label }: { rows: readonly Merge[]; label: string }) {
  const say = useSay()
  const columns: readonly Column<Merge>[] = [
    {
      id: 'person',
      head: say('full-name'),
      width: 'minmax(160px, 2fr)',
      onPhone: true,
      show: ({ id, personName }) => (
        <Go to={at(`/dan-cu/hop-nhat/${id}`)} quietly>
          {personName ?? say('other-unit-somewhere')}
        </Go>
      ),
    },
    {
      id: 'papers',
      head: say('merge-column-papers'),
      width: 'minmax(160px, 3fr)',
      show: ({ papers }) => <span className="quiet">{papers}</span>,
    },
    { id: 'unit', head: say('unit'), width: 'minmax(140px, 1fr)', show: ({ unit }) => unit.name },
    {
      id: 'due',
      head: say('due-when'),
      width: '96px',
      isDay: true,
      show: ({ dueOn }) => dayText(dueOn),
      sortBy: ({ dueOn }) => dueOn,
    },
    {
      id: 'state',
      head: say('state'),
      width: '150px',
      end: true,
      onPhone: true,
      show: one => <MergeChip {...one} />,
    },
  ]
  return (
    <Table
      label={label}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(at(`/dan-cu/hop-nhat/${id}`))}
    />
  )
}

/** The communes of the officer's units, one at a time. */
function Duplicates() {
  const say = useSay()
  const own = useSession().post?.unitId
  const { data } = useAsk(listUnits, { query: {} })
  const communes = (data?.units ?? []).filter(({ level }) => level === 'commune')
  const [chosen, setChosen] = useState<string>()
  const unitId = chosen ?? communes.find(({ id }) => id === own)?.id ?? communes[0]?.id
  if (!unitId) return null
  return (
    <section className="part">
      <h2>{say('duplicates-title')}</h2>
      <p className="quiet">{say('duplicates-about')}</p>
      {communes.length > 1 && (
        <Field
          label={say('in-unit')}
          value={unitId}
          onChange={setChosen}
          choices={communes.map(({ id, name }) => [id, name] as const)}
        />
      )}
      <DuplicatesOf key={unitId} unitId={unitId} />
    </section>
  )
}

function DuplicatesOf({ unitId }: { unitId: string }) {
  const say = useSay()
  const [after, setAfter] = useState<string>()
  const { data, error, refetch } = useAsk(listDuplicates, {
    params: { id: unitId },
    query: after ? { after } : {},
  })
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('reading-list')} />
  return (
    <>
      {data.pairs.length === 0 ? (
        <State so={say('duplicates-none')} todo={say('duplicates-none-todo')} />
      ) : (
        <Pairs rows={data.pairs} />
      )}
      {data.next && (
        <div className="buttons">
          <Button onPress={() => setAfter(data.next)}>{say('duplicates-next')}</Button>
        </div>
      )}
    </>
  )
}

const Shown = ({ one }: { one: Pair['person'] }) => (
  <>
    <Name name={one.fullName} /> {one.number && <PersonNumber number={one.number} />}
  </>
)

function Pairs({ rows }: { rows: readonly Pair[] }) {
  const say = useSay()
  const codes = useCodes()
  const mayPropose = useMay('register.propose')
  const placeOf = ({ person, other }: Pair) =>
    at(other && mayPropose ? `/dan-cu/nguoi/${person.id}/hop-nhat?voi=${other.id}` : `/dan-cu/nguoi/${person.id}`)
  const columns: readonly Column<Pair>[] = [
    {
      id: 'person',
      head: say('full-name'),
      width: 'minmax(220px, 2fr)',
      onPhone: true,
      show: pair => (
        <Go to={placeOf(pair)} quietly>
          <Shown one={pair.person} />
        </Go>
      ),
    },
    {
      id: 'born',
      head: say('born'),
      width: '92px',
      isDay: true,
      onPhone: true,
      show: ({ person }) => dayText(person.birthDate),
    },
    {
      id: 'other',
      head: say('duplicates-other'),
      width: 'minmax(220px, 2fr)',
      show: ({ other }) =>
        other ? (
          <>
            {other.number ? <PersonNumber number={other.number} /> : say('number-none-short')},{' '}
            {other.permanentUnit?.name}
          </>
        ) : (
          <span className="quiet">{say('duplicates-other-unit')}</span>
        ),
    },
    {
      id: 'agrees',
      head: say('duplicates-agrees'),
      width: 'minmax(140px, 1fr)',
      show: ({ agrees }) => agrees.map(field => codes('duplicate', field)).join(', '),
    },
  ]
  return (
    <Table
      label={say('duplicates-title')}
      rows={rows}
      columns={columns}
      idOf={({ person, other }) => `${person.id} ${other?.id ?? ''}`}
      onOpen={pair => goTo(placeOf(pair))}
    />
  )
}
