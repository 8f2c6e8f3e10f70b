import { useSearch } from '@tanstack/react-router'
import { Megaphone } from 'lucide-react'
import { directiveList } from '../../../src/campaign/directives/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { type Box, boxes, type Directive, directiveAt, directivesAt, orderAt, silentAt } from './directive.ts'
import { DirectiveChip } from './directive-chip.tsx'

/** A province is given nothing by anybody here, and a commune has nobody below it. */
function useBoxes(): readonly Box[] {
  const mayIssue = useMay('directives.issue')
  const { unitPath } = useSession()
  const isProvince = unitPath[0]?.level === 'province'
  return [
    ...(isProvince ? [] : (['den'] as const)),
    ...(mayIssue ? (['ban-hanh'] as const) : []),
    ...(mayIssue && !isProvince ? (['theo-doi'] as const) : []),
  ]
}

/** Directives that our unit was given, that it issued, or that went to the units below. */
export function DirectivesPage() {
  const say = useSay()
  const unit = useUnitName()
  const open = useBoxes()
  const asked = useSearch({ from: '/chien-dich/chi-dao' }).hop
  const box = asked && open.includes(asked) ? asked : (open[0] ?? 'den')
  const mayIssue = useMay('directives.issue')
  const { data, error, refetch } = useAsk(directiveList, { query: { box: boxes[box] } })
  const issue = mayIssue && (
    <Button look={['primary', 'wide']} icon={Megaphone} href={orderAt()}>
      {say('directive-issue')}
    </Button>
  )
  return (
    <Page
      title={say(`directives-title-${box}`)}
      standing={<p>{unit}</p>}
      strip={[unit, say(`directives-${box}`)]}
      margin={<Boxes open={open} box={box} />}
      foot={
        <>
          {!!data?.directives.length && issue}
          {mayIssue && (
            <Go className="exit" to={silentAt()}>
              {say('silent-open')}
            </Go>
          )}
        </>
      }
      still={!!data?.directives.length}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('directives-reading')} />}
      {data?.directives.length === 0 && (
        <State so={say(`directives-none-${box}`)} todo={say(`directives-none-${box}-todo`)} buttons={issue} />
      )}
      {!!data?.directives.length && <Directives rows={data.directives} box={box} />}
    </Page>
  )
}

function Boxes({ open, box }: { open: readonly Box[]; box: Box }) {
  const say = useSay()
  if (open.length < 2) return null
  return (
    <section>
      <nav className="sections" aria-label={say('directives-box')}>
        {open.map(one => (
          <Go key={one} to={directivesAt({ hop: one })} current={one === box}>
            {say(`directives-${one}`)}
          </Go>
        ))}
      </nav>
    </section>
  )
}

/** What came of it: of our own unit where it was given to us, else of all that we may see. */
function StateChip({ one, box }: { one: Directive; box: Box }) {
  const say = useSay()
  const { counts, dueOn, mine, closedOn } = one
  if (closedOn) return <Chip kind="not-begun">{say('directive-closed')}</Chip>
  if (box === 'den' && mine) return <DirectiveChip {...mine} dueOn={dueOn} />
  if (counts.overdue > 0) return <Chip kind="late">{say('directive-late-n', { n: numberText(counts.overdue) })}</Chip>
  return counts.done === counts.units ? (
    <Chip kind="done">{say('directive-done')}</Chip>
  ) : (
    <Chip kind="moving">{say('directive-going')}</Chip>
  )
}

function Directives({ rows, box }: { rows: readonly Directive[]; box: Box }) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<Directive>[] = [
    {
      id: 'number',
      head: say('directive-number', { number: '' }).trim(),
      width: '64px',
      show: one => `${one.number}/${one.year}`,
    },
    {
      id: 'title',
      head: say('directive-name'),
      width: 'minmax(200px, 3fr)',
      onPhone: true,
      show: ({ id, title, version, dueOn }) => (
        <Go to={directiveAt(id)} quietly>
          <TwoLines second={narrow && say('directive-due-on', { day: dayText(dueOn) })}>
            {title}
            {!narrow && version > 1 && <span className="aside">{say('directive-version', { n: version })}</span>}
          </TwoLines>
        </Go>
      ),
    },
    {
      id: 'from',
      head: say('directive-from'),
      width: 'minmax(130px, 1.2fr)',
      show: one => <span className="quiet">{one.issuingUnit.name}</span>,
    },
    {
      id: 'due',
      head: say('directive-due'),
      width: '92px',
      isDay: true,
      show: ({ dueOn }) => dayText(dueOn),
      sortBy: ({ dueOn }) => dueOn,
    },
    ...(box === 'den'
      ? []
      : [
          {
            id: 'done',
            head: say('directive-done'),
            width: '84px',
            end: true,
            show: ({ counts }: Directive) => say('directive-done-of', counts),
            sortBy: ({ counts }: Directive) => counts.done / Math.max(1, counts.units),
          },
        ]),
    {
      id: 'state',
      head: say('directive-state'),
      width: '160px',
      end: true,
      onPhone: true,
      show: one => <StateChip one={one} box={box} />,
    },
  ]
  return (
    <Table
      label={say('directives')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(directiveAt(id))}
    />
  )
}
