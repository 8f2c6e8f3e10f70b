import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useMemo, useState } from 'react'
import { countDefects, listRows, showRoll } from '../../../src/rolls/contract.ts'
import { mostReleased } from '../../../src/rolls/law.ts'
import {
  listReleasedNumbers,
  numberDefects,
  type ReleaseReason,
  releaseNumbers,
  releaseReasons,
} from '../../../src/rolls/releasing/contract.ts'
import { sayReleaseReason } from '../../../src/rolls/releasing/words.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { ActionBar, type Column, Table } from '../parts/table.tsx'
import { type Roll, rollAt } from '../review/roll.ts'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { type Released, type RollRow, releasesPaperAt } from './releases.ts'

/** The choice of every row that is matched, whatever the school wrote. */
const everyRow = 'matched'

/** So many rows are shown at once; a class, or another reason, shows others. */
const most = 500

/** The numbers that a school gets: an officer of the police gives those of named rows, the school reads them. */
export function ReleasesPage() {
  const say = useSay()
  const { id } = useParams({ from: '/ra-soat/$id/cap-so' })
  const mayGive = useMay('rolls.review')
  const roll = useAsk(showRoll, { params: { id } })
  const released = useAsk(listReleasedNumbers, { params: { id } })
  const school = roll.data?.school.name ?? ''
  const error = roll.error ?? released.error
  return (
    <Page
      title={say(mayGive ? 'releases-title' : 'releases-title-school', { school })}
      strip={[school, roll.data?.schoolYear ?? '']}
      foot={
        <>
          {!!released.data?.numbers.length && (
            <Button look="wide" icon={Printer} href={releasesPaperAt(id)}>
              {say('releases-print')}
            </Button>
          )}
          <Go className="exit" to={rollAt(id)}>
            {say('releases-back')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void (roll.error ? roll.refetch() : released.refetch())} />}
      {!error && !(roll.data && released.data) && <Loading what={say('reading-list')} />}
      {roll.data && released.data && (
        <>
          {mayGive && <Give roll={roll.data} released={released.data.numbers} />}
          <ReleasedNumbers numbers={released.data.numbers} />
        </>
      )}
    </Page>
  )
}

function ReleasedNumbers({ numbers }: { numbers: readonly Released[] }) {
  const say = useSay()
  const columns = useMemo<readonly Column<Released>[]>(
    () => [
      { id: 'place', head: say('releases-row'), width: '64px', show: ({ place }) => numberText(place) },
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(160px, 2fr)',
        onPhone: true,
        show: ({ name }) => <Name name={name} />,
      },
      { ...classColumn(say), show: one => one.class ?? '' },
      { id: 'number', head: say('number'), width: '128px', onPhone: true, ownFigures: true, show: one => one.number },
      { id: 'on', head: say('releases-on'), width: '96px', isDay: true, show: ({ releasedOn }) => dayText(releasedOn) },
    ],
    [say],
  )
  return (
    <section className="short-table" aria-label={say('releases-given')}>
      <h2>{say('releases-given')}</h2>
      {numbers.length === 0 ? (
        <p className="quiet">{say('releases-none')}</p>
      ) : (
        <Table label={say('releases-given')} rows={numbers} columns={columns} idOf={({ place }) => String(place)} />
      )}
    </section>
  )
}

/** Chooses rows by why the school needs their numbers, and gives them for a reason that the history keeps. */
function Give({ roll, released }: { roll: Roll; released: readonly Released[] }) {
  const { say, language } = useLanguage()
  const params = { id: roll.id }
  const counts = useAsk(countDefects, { params, query: {} })
  const reasons = numberDefects.flatMap(defect => counts.data?.defects.find(one => one.defect === defect) ?? [])
  const [asked, setAsked] = useState('')
  const [inClass, setInClass] = useState('')
  const defect = asked === everyRow ? undefined : (reasons.find(one => one.defect === asked) ?? reasons[0])?.defect
  const rows = useAsk(
    listRows,
    {
      params,
      query: { outcome: 'matched', ...(defect && { defect }), ...(inClass && { class: inClass }), limit: most },
    },
    { when: counts.data !== undefined, keep: true },
  )
  const classes = counts.data?.classes.map(one => one.class) ?? []
  if (counts.error) return <Failed error={counts.error} retry={() => void counts.refetch()} />
  return (
    <section className="short-table" aria-label={say('releases-choose')}>
      <h2>{say('releases-choose')}</h2>
      <div className="fields">
        {reasons.length > 0 && (
          <Field
            label={say('releases-rows')}
            value={defect ?? everyRow}
            onChange={setAsked}
            choices={[
              ...reasons.map(one => [one.defect, `${one[language]} (${numberText(one.count)})`] as const),
              [everyRow, say('releases-every-row')],
            ]}
          />
        )}
        {classes.length > 0 && (
          <Field
            label={say('class')}
            value={inClass}
            onChange={setInClass}
            choices={[['', say('releases-every-class')], ...classes.map(name => [name, name] as const)]}
          />
        )}
      </div>
      {rows.error && <Failed error={rows.error} retry={() => void rows.refetch()} />}
      {!rows.error && !rows.data && <Loading what={say('reading-list')} />}
      {rows.data && (
        <Choice
          key={`${defect} ${inClass}`}
          rollId={roll.id}
          rows={rows.data.rows}
          total={rows.data.total}
          released={released}
          usualReason={defect && 'school-list'}
        />
      )}
    </section>
  )
}

type ChoiceProps = {
  readonly rollId: string
  readonly rows: readonly RollRow[]
  readonly total: number
  readonly released: readonly Released[]
  /** What stands as the reason before the officer chooses; nothing where no defect says it. */
  readonly usualReason: ReleaseReason | undefined
}

function Choice({ rollId, rows, total, released, usualReason }: ChoiceProps) {
  const { say, language } = useLanguage()
  const give = useDo(releaseNumbers, [listReleasedNumbers])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [why, setWhy] = useState<ReleaseReason | undefined>(usualReason)
  const [reason, setReason] = useState('')
  const [gave, setGave] = useState(0)
  const given = useMemo(() => new Map(released.map(one => [one.place, one.releasedOn])), [released])
  const columns = useMemo(() => columnsOf(say, given), [say, given])
  if (rows.length === 0) return <State so={say('releases-no-rows')} todo={say('releases-no-rows-todo')} />
  const words = reason.trim()
  const isSaid = why !== undefined && (why !== 'other' || words !== '')
  const isWhole = chosen.size > 0 && chosen.size <= mostReleased && isSaid
  const send = () =>
    why &&
    give.mutate(
      { params: { id: rollId }, body: { places: [...chosen].map(Number), why, ...(words && { reason: words }) } },
      {
        onSuccess: ({ released: n }) => {
          setGave(n)
          setChosen(new Set())
        },
      },
    )
  return (
    <>
      {total > rows.length && <p className="note">{say('releases-cut', { n: numberText(total), shown: most })}</p>}
      <Table
        label={say('releases-choose')}
        rows={rows}
        columns={columns}
        idOf={({ place }) => String(place)}
        selected={chosen}
        onSelect={setChosen}
      />
      <div className="fields">
        <Field
          label={say('releases-why')}
          value={why ?? ''}
          onChange={value => setWhy(releaseReasons.find(one => one === value))}
          choices={[
            ...(why ? [] : [['', say('releases-why-none')] as const]),
            ...releaseReasons.map(one => [one, sayReleaseReason(language)(one)] as const),
          ]}
        />
        <Field
          label={say('releases-reason')}
          hint={say(why === 'other' && words === '' ? 'releases-reason-needed' : 'releases-reason-hint')}
          value={reason}
          onChange={setReason}
          maxLength={1000}
        />
      </div>
      <RefusedNote error={give.error} />
      {chosen.size > mostReleased && <p className="note waiting">{say('releases-most', { n: mostReleased })}</p>}
      {gave > 0 && chosen.size === 0 && <p role="status">{say('releases-done', { n: numberText(gave) })}</p>}
      <ActionBar count={chosen.size}>
        <Button look="primary" onPress={send} {...((!isWhole || give.isPending) && { disabled: true })}>
          {say('releases-deed', { n: numberText(chosen.size) })}
        </Button>
      </ActionBar>
    </>
  )
}

/** On a phone too: namesakes are told apart by it. */
const classColumn = (say: ReturnType<typeof useSay>) =>
  ({ id: 'class', head: say('class'), width: '64px', ownFigures: true, onPhone: true }) as const

const columnsOf = (say: ReturnType<typeof useSay>, given: ReadonlyMap<number, string>): readonly Column<RollRow>[] => [
  {
    id: 'row',
    head: say('row-sheet'),
    width: '110px',
    show: ({ sheet, row }) => <span className="quiet">{[sheet, row].filter(Boolean).join(', ')}</span>,
  },
  { ...classColumn(say), show: row => row.class ?? '' },
  {
    id: 'name',
    head: say('full-name'),
    width: 'minmax(160px, 2fr)',
    onPhone: true,
    show: ({ name }) => <Name name={name} />,
  },
  {
    id: 'born',
    head: say('born'),
    width: '96px',
    isDay: true,
    show: ({ birthDate }) => (birthDate ? dayText(birthDate) : ''),
  },
  { id: 'given', head: say('releases-school-number'), width: '128px', show: ({ givenNumber }) => givenNumber ?? '' },
  {
    id: 'on',
    head: say('releases-on'),
    width: '96px',
    isDay: true,
    onPhone: true,
    show: ({ place }) => {
      const on = given.get(place)
      return on ? dayText(on) : ''
    },
  },
]
