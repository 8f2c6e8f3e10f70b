import { useMemo, useState } from 'react'
import { findCard } from '../../../src/cards/contract.ts'
import { giveList, listLists } from '../../../src/cards/hand-over/contract.ts'
import { longestHandOverList } from '../../../src/cards/law.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { handOverListAt, listsAt } from '../cards/addresses.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { usePlaces } from '../cards/place-names.ts'
import { type Heard, ScanField } from '../cards/scan-field.tsx'
import { useRefusalWords } from '../cards/use-refusal-words.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { ActionBar, type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { type Candidate, useCandidates } from './candidates.ts'

/**
 * A teacher collects the cards of a school or a class; others are scanned in. What goes out is chosen here, and the
 * list is printed next.
 */
export function NewListPage() {
  const say = useSay()
  const unit = useUnitName()
  const { schoolChoices } = usePlaces()
  const [school, setSchool] = useState('')
  const [inClass, setInClass] = useState('')
  const [teacher, setTeacher] = useState('')
  const [scanned, setScanned] = useState<readonly Candidate[]>([])
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const found = useCandidates(school)
  const classes = useMemo(() => [...new Set(found.data?.map(one => one.class))].filter(Boolean), [found.data])
  const rows = useMemo(() => {
    const ofSchool = (found.data ?? []).filter(one => inClass === '' || one.class === inClass)
    return [...scanned.filter(({ cardId }) => !ofSchool.some(one => one.cardId === cardId)), ...ofSchool]
  }, [found.data, inClass, scanned])
  const chosen = rows.filter(({ cardId }) => !left.has(cardId))
  const choose = (selected: ReadonlySet<string>) =>
    setLeft(new Set(rows.flatMap(({ cardId }) => (selected.has(cardId) ? [] : [cardId]))))
  return (
    <Page
      title={say('new-list-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('list-make')]}
      margin={
        <>
          <CardsNav here="cards-nav-lists" />
          <section className="stack">
            <Field
              label={say('new-list-school')}
              value={school}
              onChange={id => {
                setSchool(id)
                setInClass('')
              }}
              choices={[['', ''], ...schoolChoices]}
            />
            {classes.length > 0 && (
              <Field
                label={say('new-list-class')}
                value={inClass}
                onChange={setInClass}
                choices={[['', say('new-list-every-class')], ...classes.map(name => [name, name] as const)]}
              />
            )}
            <Field label={say('new-list-teacher')} value={teacher} onChange={setTeacher} maxLength={200} />
          </section>
        </>
      }
      foot={
        <Go className="exit" to={listsAt}>
          {say('cards-nav-lists')}
        </Go>
      }
      still={rows.length > 0}
    >
      <AddByScan known={rows} onAdd={one => setScanned([one, ...scanned])} />
      {found.error && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isLoading && <Loading what={say('new-list-reading')} />}
      {school === '' && rows.length === 0 && <p className="quiet">{say('new-list-choose')}</p>}
      {found.data && rows.length === 0 && <State so={say('new-list-none')} todo={say('new-list-none-todo')} />}
      {rows.length > 0 && (
        <>
          <Cards rows={rows} selected={new Set(chosen.map(({ cardId }) => cardId))} onSelect={choose} />
          <Give school={school} teacher={teacher} chosen={chosen} />
        </>
      )}
    </Page>
  )
}

function Cards({
  rows,
  selected,
  onSelect,
}: {
  rows: readonly Candidate[]
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
}) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<Candidate>[] = [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(180px, 2fr)',
      onPhone: true,
      show: ({ name, serial }) => (
        <TwoLines second={narrow && serial}>
          <Name name={name} />
        </TwoLines>
      ),
    },
    { id: 'class', head: say('class'), width: '96px', onPhone: true, ownFigures: true, show: one => one.class },
    { id: 'serial', head: say('card-serial'), width: 'minmax(110px, 1fr)', show: ({ serial }) => serial },
  ]
  return (
    <Table
      label={say('new-list-title')}
      rows={rows}
      columns={columns}
      idOf={({ cardId }) => cardId}
      selected={selected}
      onSelect={onSelect}
    />
  )
}

function Give({ school, teacher, chosen }: { school: string; teacher: string; chosen: readonly Candidate[] }) {
  const say = useSay()
  const give = useDo(giveList, [listLists, cardPipeline, listCards])
  const tooMany = chosen.length > longestHandOverList
  const whole = school !== '' && teacher.trim() !== '' && chosen.length > 0 && !tooMany
  const send = () =>
    give.mutate(
      { body: { schoolId: school, teacherName: teacher.trim(), cards: chosen.map(({ cardId }) => ({ cardId })) } },
      { onSuccess: ({ id }) => goTo(handOverListAt(id)) },
    )
  return (
    <>
      <RefusedNote error={give.error} />
      {tooMany && <p className="note waiting">{say('new-list-most')}</p>}
      <ActionBar count={chosen.length}>
        <Button look="primary" onPress={send} {...((!whole || give.isPending) && { disabled: true })}>
          {say('new-list-deed', { n: numberText(chosen.length) })}
        </Button>
      </ActionBar>
    </>
  )
}

function AddByScan({ known, onAdd }: { known: readonly Candidate[]; onAdd: (one: Candidate) => void }) {
  const say = useSay()
  const toldOf = useRefusalWords()
  const [heard, setHeard] = useState<Heard>()
  const add = async (serial: string) => {
    if (known.some(one => one.serial === serial)) return setHeard({ kind: 'bad', so: say('new-list-twice') })
    try {
      const { card, name } = await call(findCard, { body: { serial } })
      onAdd({ cardId: card.id, name, serial: card.serial ?? serial, class: '' })
      setHeard({ kind: 'good', so: say('new-list-added', { name }) })
    } catch (error) {
      setHeard({ kind: 'bad', ...toldOf(error) })
    }
  }
  return <ScanField label={say('new-list-scan')} onScan={serial => void add(serial)} heard={heard} />
}
