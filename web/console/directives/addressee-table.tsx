import { dayInYearText, instantText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { useToday } from '../shell/session.tsx'
import {
  type Addressee,
  type DirectiveSearch,
  directiveAt,
  groupOf,
  groupsOfUnits,
  type Step,
  type UnitGroup,
  type WholeDirective,
} from './directive.ts'
import { DirectiveChip } from './directive-chip.tsx'
import { useOwnFigures } from './own-figure.ts'

type Props = { readonly directive: WholeDirective; readonly search: DirectiveSearch }

/** So many stand on the page without scrolling on their own. */
const few = 8

/** The units addressed: who owes which step stands in counts that filter, each the length of its list. */
export function Addressees({ directive, search }: Props) {
  const say = useSay()
  const { nhom } = search
  const shown = directive.addressees.filter(one => !nhom || groupOf(one) === nhom)
  const asks = directive.versions.find(({ version }) => version === directive.shown)?.question !== undefined
  const groups = groupsOfUnits.filter(group => asks || group !== 'to-answer')
  const countOf = (group: UnitGroup) => directive.addressees.filter(one => groupOf(one) === group).length
  return (
    <section aria-label={say('directive-units')} className={shown.length <= few ? 'addressees few' : 'addressees'}>
      <nav className="counts" aria-label={say('directive-units')}>
        <Go to={directiveAt(directive.id, { ...search, nhom: undefined })} current={!nhom}>
          <span className="count">{numberText(directive.addressees.length)}</span>
          {say('directive-all')}
        </Go>
        {groups.map(group => (
          <Go key={group} to={directiveAt(directive.id, { ...search, nhom: group })} current={group === nhom}>
            <span className="count open">{numberText(countOf(group))}</span>
            {say(`directive-owes-${group}`)}
          </Go>
        ))}
      </nav>
      {shown.length ? (
        <UnitTable directive={directive} rows={shown} asks={asks} />
      ) : (
        <State so={say('directive-none-such')} />
      )}
    </section>
  )
}

const when = ({ onDay, at }: { onDay: string; at: string }) => `${dayInYearText(onDay)} ${instantText(at).time}`

/** The last thing that the unit did, in words: who, and when. */
function lastOf({ read, readers, acknowledged, answer, earlier }: Addressee, say: Say): string {
  const last = answer ?? acknowledged ?? read
  if (!last) return earlier === undefined ? '' : say('directive-earlier', { n: earlier })
  const more = last === read && readers > 1 ? ` ${say('directive-readers', { n: readers - 1 })}` : ''
  return `${last.by}${more}, ${when(last)}`
}

const order: Record<Step, number> = { unread: 0, read: 1, acknowledged: 2, answered: 3 }

function UnitTable({
  directive,
  rows,
  asks,
}: {
  directive: WholeDirective
  rows: readonly Addressee[]
  asks: boolean
}) {
  const say = useSay()
  const narrow = useNarrow()
  const own = useOwnFigures(directive, useToday())
  const dueOn = directive.versions.find(({ version }) => version === directive.shown)?.dueOn ?? directive.dueOn
  const columns: readonly Column<Addressee>[] = [
    {
      id: 'unit',
      head: say('directive-unit'),
      width: 'minmax(220px, 2fr)',
      onPhone: true,
      sortBy: ({ unit }) => unit.name,
      show: one => (
        <TwoLines second={narrow && lastOf(one, say)}>
          {one.unit.name}
          {!narrow && one.unit.district && <span className="aside">{one.unit.district}</span>}
        </TwoLines>
      ),
    },
    {
      id: 'last',
      head: say('directive-last'),
      width: 'minmax(150px, 1.6fr)',
      show: one => <span className="quiet">{lastOf(one, say)}</span>,
    },
    ...(asks ? figureColumns(say, own) : []),
    {
      id: 'state',
      head: say('directive-state'),
      width: '150px',
      end: true,
      onPhone: true,
      sortBy: ({ step }) => order[step],
      show: one => <DirectiveChip {...one} dueOn={dueOn} />,
    },
  ]
  return <Table label={say('directive-units')} rows={rows} columns={columns} idOf={({ unit }) => unit.id} />
}

const figureColumns = (say: Say, own: ReturnType<typeof useOwnFigures>): readonly Column<Addressee>[] => [
  {
    id: 'figure',
    head: say('directive-figure'),
    width: '84px',
    end: true,
    sortBy: ({ answer }) => answer?.figure ?? -1,
    show: ({ answer }) => (answer?.figure === undefined ? '' : numberText(answer.figure)),
  },
  ...(own.metric
    ? [
        {
          id: 'ours',
          head: say('directive-own-figure'),
          width: '124px',
          end: true,
          show: ({ unit }: Addressee) => {
            const ours = own.of.get(unit.id)
            return <span className="quiet">{ours === undefined ? '' : numberText(ours)}</span>
          },
        },
      ]
    : []),
  {
    id: 'words',
    head: say('directive-said'),
    width: 'minmax(120px, 1.6fr)',
    show: ({ answer }) => answer?.words ?? '',
  },
]
