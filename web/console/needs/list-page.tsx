import { useSearch } from '@tanstack/react-router'
import { ChevronRight, Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import { type FigurePart, lastSafeDays, needChoice, needExport, needFigures } from '../../../src/campaign/contract.ts'
import { needs } from '../../../src/campaign/need-codes.ts'
import { foldMarks } from '../../../src/names/name.ts'
import { Button, Cap } from '../../parts/button.tsx'
import { call, save } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { listed } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { ChosenActions } from '../chosen/chosen-actions.tsx'
import { groupsAt } from '../groups/group.ts'
import { LastSafeDays } from '../law/last-safe-days.tsx'
import { FilterToken } from '../parts/filter-token.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { ActionBar, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { CountTable } from './count-table.tsx'
import { allYears, asQuery, isBasis, type ListSearch, listAt, listSearch, withExamYears } from './filter.ts'
import { useListColumns } from './list-columns.tsx'
import { ListFilters } from './list-filters.tsx'
import { sortOf, sortText, useChances, useListRows, useSettled } from './list-rows.ts'
import type { Figures } from './listed.ts'
import { SavedFilters } from './saved-filters.tsx'

/** Who still lacks what: needs as counts that filter, other filters in the margin, all of them in the address. */
export function ListPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const search = withExamYears(useSearch({ from: '/danh-sach' }), today)
  const mayList = useMay('campaign.lists')
  const by = shownParts(search, mayList)
  const figures = useAsk(needFigures, { query: { ...asQuery(search, ['can']), by } }, { keep: true })
  const [part, setPart] = useState('')
  const mayAttend = useMay('rolls.attendance-figures')
  const mayGroup = useMay('groups.manage')
  const { data, error, refetch } = figures
  const day = data ? say('as-of', { day: dayText(data.of.day) }) : ''
  const basis = say(`basis-${isBasis(search.theo) ? search.theo : 'school'}`)
  return (
    <Page
      title={say('lists-title')}
      standing={data && <Standing figures={data} />}
      strip={[data?.of.unit.name ?? unit, `${day}, ${basis}`]}
      margin={
        <>
          <ListFilters search={search} figures={data} part={mayList ? part : undefined} onPart={setPart} />
          {data && <SafeDays figures={data} search={search} />}
          <SavedFilters list="needs" search={search} to={filter => listAt(listSearch(filter))} />
        </>
      }
      foot={
        <>
          {mayAttend && <Go to={at('/danh-sach/pho-cap')}>{say('attendance-open')}</Go>}
          {mayGroup && <Go to={groupsAt()}>{say('groups-open')}</Go>}
        </>
      }
      still
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('counting-figures')} />}
      {data && <Counts figures={data} search={search} />}
      {data && <Tokens figures={data} search={search} />}
      {data &&
        (mayList ? <Rows figures={data} search={search} part={part} /> : <CountTable figures={data} search={search} />)}
    </Page>
  )
}

/** Classes are a filter of one school; those who see no names have a table of schools or communes beside them. */
function shownParts(search: ListSearch, mayList: boolean): FigurePart[] {
  const filters: FigurePart = listed(search.truong).length === 1 ? 'class' : 'birth-year'
  return mayList ? [filters] : [filters, isBasis(search.theo) && search.theo !== 'school' ? 'unit' : 'school']
}

function Standing({ figures: { of } }: { figures: Figures }) {
  const say = useSay()
  return (
    <>
      <p>{say('as-of', { day: dayText(of.day) })}</p>
      <p>{of.unit.name}</p>
      {of.basis === 'school' && <p>{say('school-year', { year: of.schoolYear })}</p>}
    </>
  )
}

/** For whoever of this list, or of this class, has to ask yet: until when they do it in time, by the law's limits. */
function SafeDays({ figures: { of }, search }: { figures: Figures; search: ListSearch }) {
  const [school, ...others] = listed(search.truong)
  const place = school && others.length === 0 ? { school } : { unit: of.unit.id }
  const { data } = useAsk(lastSafeDays, { query: { ...place, day: of.day } }, { keep: true })
  return data ? <LastSafeDays days={data.days} today={data.day} /> : null
}

/** How many of the list as it is filtered: one need, or whoever lacks anything. */
const countOf = ({ all }: Figures, search: ListSearch) => {
  const [need, ...more] = listed(search.can)
  const one = needs.find(name => name === need)
  return one && !more.length ? all.needs[one] : all.inNeed
}

function Counts({ figures, search }: { figures: Figures; search: ListSearch }) {
  const say = useSay()
  const chosen = listed(search.can)[0]
  return (
    <nav className="counts" aria-label={say('lacks')}>
      <Go to={listAt({ ...search, can: undefined })} current={!chosen}>
        <span className="count">{numberText(figures.all.inNeed)}</span>
        {say('need-all')}
      </Go>
      {needs.map(need => (
        <Go key={need} to={listAt({ ...search, can: need })} current={chosen === need}>
          <span className={chosen === need ? 'count' : 'count open'}>{numberText(figures.all.needs[need])}</span>
          {say(`need-${need}`)}
        </Go>
      ))}
    </nav>
  )
}

function Tokens({ figures, search }: { figures: Figures; search: ListSearch }) {
  const say = useSay()
  const mayList = useMay('campaign.lists')
  const tokens = [
    ['sinh', search.sinh !== allYears && say('token-born', { what: listed(search.sinh).join(', ') })],
    ['truong', search.truong && say('token-schools', { n: listed(search.truong).length })],
    ['lop', search.lop && say('token-classes', { what: listed(search.lop).join(', ') })],
  ] as const
  const on = tokens.filter(([, said]) => said)
  return (
    <div className="tokens">
      {on.map(([key, said]) => (
        <FilterToken
          key={key}
          said={said}
          onTakeOff={() => goTo(listAt({ ...search, [key]: key === 'sinh' ? allYears : undefined }))}
        />
      ))}
      {on.length > 0 && (
        <Go to={listAt({ theo: search.theo, ngay: search.ngay, donvi: search.donvi, sinh: allYears })}>
          {say('no-filter')}
        </Go>
      )}
      <span className="quiet">{say('counted-once', { n: numberText(figures.all.inNeed) })}</span>
      {mayList && <Exits search={search} />}
    </div>
  )
}

function Exits({ search }: { search: ListSearch }) {
  const say = useSay()
  const mayExport = useMay('campaign.export')
  const [error, setError] = useState<unknown>()
  const take = () => {
    setError(undefined)
    call(needExport, { query: asQuery(search) }).then(save, setError)
  }
  return (
    <div className="end">
      <RefusedNote error={error} />
      <Button icon={Printer} href={listAt(search, '/danh-sach/in')}>
        {say('print-a4')}
      </Button>
      {mayExport && (
        <Button icon={Download} onPress={take}>
          {say('xlsx')}
        </Button>
      )}
    </div>
  )
}

function Rows({ figures, search, part }: { figures: Figures; search: ListSearch; part: string }) {
  const say = useSay()
  const count = countOf(figures, search)
  const name = useSettled(foldMarks(part))
  const { rows, read, error, data, refetch, complete, onSight, body } = useListRows(search, { count, name })
  const campaigns = useAsk(campaignList, {})
  const chances = useChances(data?.pages, campaigns.data?.first ?? null)
  const columns = useListColumns(chances)
  const keptAs = JSON.stringify(body)
  const [chosen, setChosen] = useState<{ of: string; ids: ReadonlySet<string> }>({ of: keptAs, ids: new Set() })
  // What was chosen from another list is not chosen here.
  const ids = chosen.of === keptAs ? chosen.ids : none
  const choose = (next: ReadonlySet<string>) => setChosen({ of: keptAs, ids: next })
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('reading-list')} />
  if (name && !rows.length) return <State so={say('filter-nobody')} todo={say('filter-nobody-todo')} />
  if (!rows.length) return <Empty figures={figures} search={search} />
  const { order: _order, descending: _descending, ...filter } = body
  const shown = numberText(read)
  const length = name
    ? say(complete ? 'rows-named' : 'rows-named-more', { shown })
    : say('rows-of', { shown: numberText(complete ? read : count), all: numberText(count) })
  return (
    <>
      <Table
        key={keptAs}
        label={say('lists-title')}
        rows={rows}
        columns={columns}
        idOf={({ id }) => id}
        onOpen={({ id }) => goTo(at(`/dan-cu/nguoi/${id}`))}
        opensAtOnce
        numbered
        paper={say('print-a4')}
        keptAs={`needs ${keptAs}`}
        onSight={onSight}
        selected={ids}
        onSelect={choose}
        sort={sortOf(search)}
        onSort={sort => goTo(listAt({ ...search, xep: sortText(sort) }))}
      />
      <ActionBar
        count={ids.size}
        end={
          <>
            {length} <Cap>↑</Cap> <Cap>↓</Cap> {say('moves')} <Cap>X</Cap> {say('chooses')} <Cap>Enter</Cap>{' '}
            {say('opens')}
          </>
        }
      >
        <ChosenActions
          chosen={ids}
          onChoose={choose}
          everybody={async () => (await call(needChoice, { body: filter })).people}
        />
      </ActionBar>
    </>
  )
}

const none: ReadonlySet<string> = new Set()

function Empty({ figures, search }: { figures: Figures; search: ListSearch }) {
  const say = useSay()
  if (
    figures.all.people === 0 &&
    figures.of.basis === 'school' &&
    search.sinh === allYears &&
    !search.truong &&
    !search.lop
  )
    return (
      <State
        so={say('list-empty-nobody')}
        todo={say('list-empty-nobody-todo')}
        buttons={
          <>
            <Button look="primary" href={at('/ra-soat')}>
              {say('rolls')}
            </Button>
            <Button icon={ChevronRight} href={listAt({ ...search, theo: 'permanent' })}>
              {say('count-by-residence')}
            </Button>
          </>
        }
      />
    )
  return (
    <State
      so={say('list-empty')}
      todo={say('list-empty-filtered')}
      buttons={<Button href={listAt({ theo: search.theo })}>{say('no-filter')}</Button>}
    />
  )
}
