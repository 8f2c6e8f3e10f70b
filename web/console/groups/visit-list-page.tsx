import { useParams, useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { groupOpen, visitListEnd, visitListOpen } from '../../../src/campaign/groups/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { dayInYearText, dayText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import {
  type Entry,
  type EntryState,
  groupAt,
  type ListHead,
  type ListSearch,
  stateOf,
  states,
  visitListAt,
  visitListPaperAt,
  type WholeList,
} from './group.ts'
import { MarkDialog } from './mark-dialog.tsx'

/** A visit list: each door, what is lacking there, and what came of the call. */
export function VisitListPage() {
  const say = useSay()
  const { id } = useParams({ from: '/danh-sach/to-cong-nghe/goi-cua/$id' })
  const search = useSearch({ from: '/danh-sach/to-cong-nghe/goi-cua/$id' })
  const { data, error, refetch } = useAsk(visitListOpen, { params: { id } })
  if (!data)
    return (
      <Page title={say('doors-title')}>
        {error ? <Failed error={error} retry={() => void refetch()} /> : <Loading what={say('groups-reading')} />}
      </Page>
    )
  return <OneList whole={data} search={search} />
}

function OneList({ whole, search }: { whole: WholeList; search: ListSearch }) {
  const say = useSay()
  const { list, group } = whole
  const [ending, setEnding] = useState(false)
  return (
    <Page
      title={say('doors-title')}
      standing={<Standing whole={whole} />}
      strip={[group.name, list.over ? say('doors-over') : say('doors-last-day', { day: dayText(list.expiresOn) })]}
      foot={
        <>
          {!list.over && (
            <>
              <Button look={['primary', 'wide']} icon={Printer} href={visitListPaperAt(list.id)}>
                {say('print-a4')}
              </Button>
              <Button look="wide" onPress={() => setEnding(true)}>
                {say('doors-end')}
              </Button>
            </>
          )}
          <Go className="exit" to={groupAt(group.id)}>
            {group.name}
          </Go>
        </>
      }
      still={!list.over}
    >
      <Counts list={list} search={search} />
      {list.over ? (
        <State so={say('doors-over-so')} todo={say('doors-over-todo')} />
      ) : (
        <Doors whole={whole} search={search} />
      )}
      {ending && <Ending list={list} onClose={() => setEnding(false)} />}
    </Page>
  )
}

function Standing({ whole: { list, group } }: { whole: WholeList }) {
  const say = useSay()
  return (
    <>
      <p>{list.over ? say('doors-over') : say('doors-last-day', { day: dayText(list.expiresOn) })}</p>
      <p>
        {group.name}, {list.unit.name}
      </p>
      <p>
        {say('group-leader')}: {group.leader}
      </p>
      {list.campaignTitle && <p>{list.campaignTitle}</p>}
      <p>{list.why}</p>
    </>
  )
}

/** Outcomes as counts that filter, each the length of its list. */
function Counts({ list, search }: { list: ListHead; search: ListSearch }) {
  const say = useSay()
  return (
    <nav className="counts" aria-label={say('doors-outcome')}>
      <Go to={visitListAt(list.id)} current={!search.kq}>
        <span className="count">{numberText(list.counts.people)}</span>
        {say('doors-all')}
      </Go>
      {states.map(state => (
        <Go key={state} to={visitListAt(list.id, { kq: state })} current={search.kq === state}>
          <span className="count open">{numberText(list.counts[state])}</span>
          {say(`doors-${state}`)}
        </Go>
      ))}
    </nav>
  )
}

const kinds: Record<EntryState, ChipKind> = {
  waiting: 'waiting',
  visited: 'moving',
  helped: 'done',
  refused: 'not-begun',
  moved: 'not-begun',
  'not-at-home': 'waiting',
}

function Doors({ whole: { list, entries }, search }: { whole: WholeList; search: ListSearch }) {
  const say = useSay()
  const narrow = useNarrow()
  const [marking, setMarking] = useState<Entry>()
  const shown = entries.filter(entry => !search.kq || stateOf(entry) === search.kq)
  return (
    <>
      {shown.length === 0 && <State so={say('directive-none-such')} />}
      {shown.length > 0 && (
        <Table
          label={say('doors-lists')}
          rows={shown}
          columns={columnsOf(say, narrow, setMarking)}
          idOf={({ person }) => person}
          onOpen={setMarking}
        />
      )}
      {marking && <MarkDialog list={list} entry={marking} onClose={() => setMarking(undefined)} />}
    </>
  )
}

/** What came of the call, or the button that says it. */
function Outcome({ entry, onMark }: { entry: Entry; onMark: (entry: Entry) => void }) {
  const say = useSay()
  const narrow = useNarrow()
  if (!entry.outcome)
    return (
      <Button look="row" onPress={() => onMark(entry)}>
        {say(narrow ? 'doors-mark-short' : 'doors-mark')}
      </Button>
    )
  return (
    <Chip kind={kinds[entry.outcome]}>
      {say(`doors-${entry.outcome}`)} {narrow ? '' : dayInYearText(entry.onDay ?? '')}
    </Chip>
  )
}

const columnsOf = (say: Say, narrow: boolean, onMark: (entry: Entry) => void): readonly Column<Entry>[] => [
  { id: 'place', head: say('row-number'), width: '44px', end: true, show: ({ place }) => numberText(place) },
  {
    id: 'name',
    head: say('full-name'),
    width: 'minmax(150px, 1.3fr)',
    onPhone: true,
    show: entry => (
      <button type="button" className="linklike door" tabIndex={-1} onClick={() => onMark(entry)}>
        <span>{entry.name ? <Name name={entry.name} /> : <span className="quiet">{say('doors-gone')}</span>}</span>
        {narrow && <span className="small">{entry.address ?? ''}</span>}
        {narrow && entry.awayUntil && (
          <span className="small">{say('doors-away', { day: dayText(entry.awayUntil) })}</span>
        )}
      </button>
    ),
  },
  {
    id: 'address',
    head: say('doors-address'),
    width: 'minmax(170px, 2fr)',
    show: ({ address, name }) => address ?? (name ? <span className="quiet">{say('doors-address-none')}</span> : ''),
  },
  {
    id: 'lacking',
    head: say('lacks'),
    width: 'minmax(120px, 1fr)',
    show: ({ lacking }) => lacking.map(need => say(`lacks-${need}`)).join(' · '),
  },
  {
    id: 'note',
    head: say('doors-note').replace(/ \(.*/, ''),
    width: 'minmax(100px, 1fr)',
    show: ({ note, awayUntil }) => (
      <span className="quiet">
        {[awayUntil && say('doors-away', { day: dayText(awayUntil) }), note].filter(Boolean).join('. ')}
      </span>
    ),
  },
  {
    id: 'outcome',
    head: say('doors-outcome'),
    width: narrow ? '116px' : '150px',
    end: true,
    onPhone: true,
    sortBy: entry => states.indexOf(stateOf(entry)),
    show: entry => <Outcome entry={entry} onMark={onMark} />,
  },
]

function Ending({ list: { id }, onClose }: { list: ListHead; onClose: () => void }) {
  const say = useSay()
  const end = useDo(visitListEnd, [visitListOpen, groupOpen])
  return (
    <DeedDialog
      open
      title={say('doors-end-title')}
      deed={say('doors-end')}
      onDo={() => end.mutate({ params: { id } }, { onSuccess: onClose })}
      onClose={onClose}
      busy={end.isPending}
    >
      <p>{say('doors-end-so')}</p>
      <RefusedNote error={end.error} />
    </DeedDialog>
  )
}
