import { useSearch } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { Collection, Button as Press, Tree, TreeItem, TreeItemContent } from 'react-aria-components'
import { listMaps, listSchools, listUnits, showUnit } from '../../../src/units/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { writeSearch } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useToday } from '../shell/session.tsx'
import { AdministrationNav } from './administration-nav.tsx'

type Unit = Answer<typeof listUnits>['units'][number]
type Branch = Unit & { readonly below: readonly Branch[] }

const unitsAt = (search: { ngay?: string | undefined; ma?: string | undefined }) =>
  at(`/quan-tri/don-vi${writeSearch(search)}`)

function treeOf(units: readonly Unit[]): Branch[] {
  const below = Map.groupBy(units, ({ parentId }): string => parentId ?? '')
  const known = new Set<string>(units.map(({ id }) => id))
  const grown = (unit: Unit): Branch => ({ ...unit, below: (below.get(unit.id) ?? []).map(grown) })
  const tops = units.filter(({ parentId }) => !parentId || !known.has(parentId)).map(grown)
  // The province that is known inside stands first; of the others only the name is needed.
  return tops.toSorted((a, b) => Number(b.below.length > 0) - Number(a.below.length > 0))
}

/** Units on a day as a tree; beside it one unit: what it was and what became of it. */
export function UnitsPage() {
  const say = useSay()
  const today = useToday()
  const { ngay = String(today), ma } = useSearch({ from: '/quan-tri/don-vi' })
  const { data, error, refetch } = useAsk(listUnits, { query: { day: ngay } })
  return (
    <Page
      title={say('units-title')}
      standing={<p>{data && <Counted units={data.units} />}</p>}
      strip={[say('units-on', { day: dayText(ngay) })]}
      margin={<Margin day={ngay} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-units')} />}
      {data?.units.length === 0 && <State so={say('units-none')} todo={say('units-none-todo')} />}
      {data && data.units.length > 0 && (
        <div className="split">
          <UnitTree units={data.units} day={ngay} chosen={ma} />
          <div className="companion">
            {ma ? <OneUnit id={ma} day={ngay} /> : <p className="quiet">{say('choose-unit')}</p>}
          </div>
        </div>
      )}
    </Page>
  )
}

function Counted({ units }: { units: readonly Unit[] }) {
  const say = useSay()
  const count = (level: Unit['level']) => numberText(units.filter(unit => unit.level === level).length)
  return say('unit-counts', { districts: count('district'), communes: count('commune') })
}

function Margin({ day }: { day: string }) {
  const { say, language } = useLanguage()
  const { data } = useAsk(listMaps, {})
  return (
    <>
      <AdministrationNav current="units" />
      <section className="stack">
        <nav className="sections" aria-label={say('units-title')}>
          {data?.maps.map(({ day: on, name }) => (
            <Go key={on} to={unitsAt({ ngay: on })} current={on === day}>
              {`${dayText(on)}, ${name[language]}`}
            </Go>
          ))}
        </nav>
        <DayField label={say('another-day')} value={day} onChange={ngay => ngay && goTo(unitsAt({ ngay }))} />
      </section>
    </>
  )
}

/** The units that the chosen one lies in: their branches stand open. */
function aboveOf(units: readonly Unit[], chosen: string | undefined): string[] {
  const parents = new Map<string, string | undefined>(units.map(({ id, parentId }) => [id, parentId]))
  const above: string[] = []
  for (let id = chosen && parents.get(chosen); id; id = parents.get(id)) above.push(id)
  return above
}

function UnitTree({ units, day, chosen }: { units: readonly Unit[]; day: string; chosen: string | undefined }) {
  const say = useSay()
  const branches = useMemo(() => treeOf(units), [units])
  const opened = useMemo(() => [...branches.map(({ id }) => id), ...aboveOf(units, chosen)], [branches, units, chosen])
  return (
    <Tree
      key={day}
      aria-label={say('units')}
      className="tree"
      items={branches}
      defaultExpandedKeys={opened}
      selectionMode="single"
      selectedKeys={chosen ? [chosen] : []}
      onSelectionChange={keys => {
        const [ma] = keys === 'all' ? [] : [...keys]
        if (ma) goTo(unitsAt({ ngay: day, ma: String(ma) }))
      }}
    >
      {function grow(branch: Branch) {
        return (
          <TreeItem id={branch.id} textValue={branch.name}>
            <TreeItemContent>
              {({ hasChildItems, level }) => (
                <span className="branch" style={{ paddingLeft: (level - 1) * 20 }}>
                  {hasChildItems ? (
                    <Press slot="chevron" className="chevron">
                      <ChevronRight size={16} aria-hidden />
                    </Press>
                  ) : (
                    <span className="chevron" />
                  )}
                  {branch.name} <span className="small">{branch.code}</span>
                  {branch.below.length > 0 && <span className="small count">{branch.below.length}</span>}
                </span>
              )}
            </TreeItemContent>
            <Collection items={branch.below}>{grow}</Collection>
          </TreeItem>
        )
      }}
    </Tree>
  )
}

function OneUnit({ id, day }: { id: string; day: string }) {
  const say = useSay()
  const { data, error, refetch } = useAsk(showUnit, { params: { id }, query: { day } })
  const schools = useAsk(listSchools, { params: { id }, query: { day } })
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('reading-units')} />
  const { unit, path, police, predecessors, successors } = data
  return (
    <>
      <h2>{unit.name}</h2>
      <p className="quiet">
        {path
          .filter(({ id: other }) => other !== unit.id)
          .map(({ name }) => name)
          .join(', ')}
      </p>
      <p className="small">
        {say('unit-code', { code: unit.code })}
        {unit.validFrom && `, ${say('unit-from', { day: dayText(unit.validFrom) })}`}
        {unit.validTo && `, ${say('unit-to', { day: dayText(unit.validTo) })}`}
        {police && `. ${say('police')}: ${police.name}`}
      </p>
      <Successions head={say('predecessors')} rows={predecessors} />
      <Successions head={say('successors')} rows={successors} />
      <section className="part">
        <h2>{say('schools-here')}</h2>
        {schools.data?.schools.length === 0 && <p className="quiet">{say('schools-none')}</p>}
        <ul className="rows">
          {schools.data?.schools.map(({ id: school, name, code }) => (
            <li key={school}>
              {name} <span className="small">{code}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Successions({ head, rows }: { head: string; rows: Answer<typeof showUnit>['predecessors'] }) {
  const say = useSay()
  return (
    <section className="part">
      <h2>{head}</h2>
      {rows.length === 0 && <p className="quiet">{say('no-successions')}</p>}
      <ul className="rows">
        {rows.map(({ unit, effectiveOn, extent, source }) => (
          <li key={`${unit.id}-${effectiveOn}`}>
            <span>
              <Go
                to={unitsAt({
                  ngay: unit.validFrom && unit.validFrom > effectiveOn ? unit.validFrom : effectiveOn,
                  ma: unit.id,
                })}
              >
                {unit.name}
              </Go>
              , {say(`extent-${extent}`)}
              <br />
              <span className="small">{source}</span>
            </span>
            <span className="figures">{dayText(effectiveOn)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
