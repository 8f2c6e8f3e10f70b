import { useState } from 'react'
import { markOwnVisit, ownVisits, visitOutcomes } from '../../../src/campaign/groups/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { OutcomeButtons } from './outcome-buttons.tsx'

type List = Answer<typeof ownVisits>['lists'][number]
type Door = List['doors'][number]

/** A member of a community group walks with the list of the group and says what came of each visit. */
export function VisitsPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(ownVisits, {})
  const [chosen, setChosen] = useState<string>()
  const lists = data?.lists ?? []
  const list = lists.find(({ id }) => id === chosen) ?? lists[0]
  const until = list ? say('doors-last-day', { day: dayText(list.expiresOn) }) : ''
  return (
    <Page
      title={say('visits-title')}
      standing={
        <>
          <p>{[list?.group, unit].filter(Boolean).join(', ')}</p>
          {list && <p>{until}</p>}
        </>
      }
      strip={[list?.group ?? unit, until]}
      {...(lists.length > 1 && {
        margin: (
          <section>
            <nav className="sections" aria-label={say('visits')}>
              {lists.map(one => (
                <Button key={one.id} look={one.id === list?.id ? 'chosen' : 'text'} onPress={() => setChosen(one.id)}>
                  {one.quarter}, {dayText(one.expiresOn)}
                </Button>
              ))}
            </nav>
          </section>
        ),
      })}
      still={!!list}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('groups-reading')} />}
      {data && !list && <State so={say('visits-none')} todo={say('visits-none-todo')} />}
      {list && <Doors key={list.id} list={list} />}
    </Page>
  )
}

const kinds = {
  visited: 'moving',
  helped: 'done',
  refused: 'not-begun',
  moved: 'not-begun',
  'not-at-home': 'waiting',
} as const satisfies Record<NonNullable<Door['outcome']>, ChipKind>

function Doors({ list }: { list: List }) {
  const say = useSay()
  const narrow = useNarrow()
  const [marking, setMarking] = useState<Door>()
  const columns: readonly Column<Door>[] = [
    { id: 'place', head: say('row-number'), width: '44px', end: true, show: ({ place }) => numberText(place) },
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(150px, 1.3fr)',
      onPhone: true,
      show: door => (
        <button type="button" className="linklike door" tabIndex={-1} onClick={() => setMarking(door)}>
          <span>{door.name ? <Name name={door.name} /> : <span className="quiet">{say('doors-gone')}</span>}</span>
          {narrow && <span className="small">{door.address ?? ''}</span>}
        </button>
      ),
    },
    { id: 'address', head: say('doors-address'), width: 'minmax(170px, 2fr)', show: ({ address }) => address ?? '' },
    {
      id: 'lacking',
      head: say('lacks'),
      width: 'minmax(120px, 1fr)',
      show: ({ lacking }) => lacking.map(need => say(`lacks-${need}`)).join(' · '),
    },
    {
      id: 'outcome',
      head: say('doors-outcome'),
      width: narrow ? '132px' : '160px',
      end: true,
      onPhone: true,
      show: door =>
        door.outcome ? (
          <Chip kind={kinds[door.outcome]}>{say(`doors-${door.outcome}`)}</Chip>
        ) : (
          <Button look="row" onPress={() => setMarking(door)}>
            {say(narrow ? 'doors-mark-short' : 'doors-mark')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <Table
        label={say('visits')}
        rows={list.doors}
        columns={columns}
        idOf={({ person }) => person}
        onOpen={setMarking}
      />
      {marking && <Marking list={list} door={marking} onClose={() => setMarking(undefined)} />}
    </>
  )
}

function Marking({ list, door, onClose }: { list: List; door: Door; onClose: () => void }) {
  const say = useSay()
  const mark = useDo(markOwnVisit, [ownVisits])
  const [note, setNote] = useState(door.note ?? '')
  const params = { id: list.id, person: door.person }
  return (
    <Dialog open title={say('doors-mark-title', { name: door.name ?? say('doors-gone') })} onClose={onClose}>
      <p className="quiet">
        {[door.address, door.lacking.map(need => say(`lacks-${need}`)).join(', ')].filter(Boolean).join(' · ')}
      </p>
      <Field label={say('doors-note')} value={note} onChange={setNote} hint={say('doors-note-hint')} maxLength={300} />
      <RefusedNote error={mark.error} />
      <OutcomeButtons
        outcomes={visitOutcomes}
        current={door.outcome}
        labelOf={outcome => say(`doors-${outcome}`)}
        onChoose={outcome =>
          mark.mutate({ params, body: { outcome, ...(note.trim() && { note: note.trim() }) } }, { onSuccess: onClose })
        }
        onTakeBack={() => mark.mutate({ params, body: {} }, { onSuccess: onClose })}
        takeBack={say('doors-mark-back')}
        onClose={onClose}
        busy={mark.isPending}
      />
    </Dialog>
  )
}
