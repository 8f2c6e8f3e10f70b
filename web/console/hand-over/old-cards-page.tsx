import { Scissors } from 'lucide-react'
import { useState } from 'react'
import { destroyOld, listOld } from '../../../src/cards/hand-over/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { useDo } from '../base/use-endpoint.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { usePages } from '../cards/use-pages.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'

type OldCards = Awaited<ReturnType<typeof call<typeof listOld>>>
type OldCard = OldCards['rows'][number]

/** Old cards that lie at the unit, from the day on which they were taken in until two officers destroy them. */
export function OldCardsPage() {
  const say = useSay()
  const unit = useUnitName()
  const [asked, setAsked] = useState(false)
  const [gone, setGone] = useState<number>()
  const { rows, first, error, refetch, onSight } = usePages(
    listOld,
    {},
    {
      read: (after, signal) => call(listOld, { query: after ? { after } : {}, signal }),
      rowsOf: page => page.rows,
    },
  )
  const { total = 0, due = 0, keptDays = 0, officers = [] } = first ?? {}
  return (
    <Page
      title={say('old-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('cards-nav-old')]}
      margin={<CardsNav here="cards-nav-old" />}
      foot={
        due > 0 && (
          <Button look={['primary', 'wide']} icon={Scissors} onPress={() => setAsked(true)}>
            {say('old-destroy', { n: numberText(due) })}
          </Button>
        )
      }
      still={rows.length > 0}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('old-reading')} />}
      {gone !== undefined && (
        <p className="note" role="status">
          {say('old-destroyed', { n: numberText(gone) })}
        </p>
      )}
      {first && total === 0 && <State so={say('old-none')} todo={say('old-none-todo')} />}
      {total > 0 && (
        <p className="sentence">
          {say('old-sentence', { total: numberText(total), due: numberText(due), days: numberText(keptDays) })}
        </p>
      )}
      {rows.length > 0 && <Lying rows={rows} onSight={onSight} />}
      {asked && (
        <Destroy
          due={due}
          officers={officers}
          onClose={() => setAsked(false)}
          onDone={cards => {
            setGone(cards)
            setAsked(false)
          }}
        />
      )}
    </Page>
  )
}

function Lying({ rows, onSight }: { rows: readonly OldCard[]; onSight: (first: number, last: number) => void }) {
  const say = useSay()
  const codes = useCodes()
  const narrow = useNarrow()
  const columns: readonly Column<OldCard>[] = [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(150px, 1.6fr)',
      onPhone: true,
      show: ({ name, kind, number }) => (
        <TwoLines second={narrow && `${codes('old-kind', kind)} · ${number}`}>{name ?? say('old-outside')}</TwoLines>
      ),
    },
    { id: 'kind', head: say('old-kind'), width: 'minmax(130px, 1fr)', show: ({ kind }) => codes('old-kind', kind) },
    { id: 'number', head: say('old-number'), width: 'minmax(120px, 1fr)', ownFigures: true, show: one => one.number },
    {
      id: 'taken',
      head: say('old-taken-on'),
      width: '96px',
      isDay: true,
      show: ({ takenOn }) => <span className="quiet">{dayText(takenOn)}</span>,
    },
    {
      id: 'state',
      head: say('roll-state'),
      width: '110px',
      end: true,
      onPhone: true,
      show: ({ mayBeDestroyed }) => (
        <Chip kind={mayBeDestroyed ? 'waiting' : 'not-begun'}>{say(mayBeDestroyed ? 'old-may' : 'old-may-not')}</Chip>
      ),
    },
  ]
  return <Table label={say('cards-nav-old')} rows={rows} columns={columns} idOf={({ id }) => id} onSight={onSight} />
}

type DestroyProps = {
  readonly due: number
  readonly officers: OldCards['officers']
  readonly onClose: () => void
  readonly onDone: (cards: number) => void
}

function Destroy({ due, officers, onClose, onDone }: DestroyProps) {
  const say = useSay()
  const [second, setSecond] = useState('')
  const destroy = useDo(destroyOld, [listOld])
  const secondChecker = officers.find(({ id }) => id === second)?.id
  return (
    <DeedDialog
      open
      title={say('old-destroy-title', { n: numberText(due) })}
      deed={say('old-destroy', { n: numberText(due) })}
      busy={destroy.isPending || secondChecker === undefined}
      onClose={onClose}
      onDo={() => {
        if (secondChecker) destroy.mutate({ body: { secondChecker } }, { onSuccess: ({ cards }) => onDone(cards) })
      }}
    >
      <p>{say(officers.length > 0 ? 'old-destroy-means' : 'old-no-second')}</p>
      {officers.length > 0 && (
        <Field
          label={say('old-second')}
          value={second}
          onChange={setSecond}
          choices={[['', ''], ...officers.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      <RefusedNote error={destroy.error} />
    </DeedDialog>
  )
}
