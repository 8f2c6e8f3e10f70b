import { useSearch } from '@tanstack/react-router'
import { Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { foldMarks } from '../../../src/names/name.ts'
import { figureListExport } from '../../../src/statistics/figures/contract-people.ts'
import { Button, Cap } from '../../parts/button.tsx'
import { call, save } from '../../parts/call.ts'
import { dayInYearText, dayText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { WithCampaign } from '../campaign/chosen-campaign.tsx'
import {
  asListQuery,
  asStep,
  type Campaign,
  type CampaignSearch,
  campaignAt,
  countsPeople,
  kindOf,
  type Metric,
  metricOf,
  type PeopleSearch,
  peopleAt,
  peoplePaperAt,
  peopleSearch,
} from '../campaign/search.ts'
import { ChosenActions } from '../chosen/chosen-actions.tsx'
import { sortText, useChances, useSettled } from '../needs/list-rows.ts'
import { NameFilter } from '../needs/name-filter.tsx'
import { SavedFilters } from '../needs/saved-filters.tsx'
import { LongTable } from '../parts/long-table.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { ActionBar } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { usePeopleColumns } from './people-columns.tsx'
import { PeopleFilters } from './people-filters.tsx'
import { everybodyListed, orderOf, usePeople } from './people-rows.ts'
import { WhyChanged } from './why-changed.tsx'

/** The people behind a figure: as many as it says, however many they are. */
export function PeoplePage() {
  const say = useSay()
  const search = useSearch({ from: '/chien-dich/nguoi' })
  return (
    <WithCampaign search={search} title={say('people-kind')}>
      {campaign => <People key={campaign.id} search={search} campaign={campaign} />}
    </WithCampaign>
  )
}

/** Which question the list answers, in words. */
export function titleOf(say: Say, metric: Metric, search: PeopleSearch, day: string): string {
  const kind = kindOf(search)
  const values = { metric: say(`metric-${metric}`), day: dayText(day), from: dayInYearText(search.tu ?? day) }
  const step = asStep(metric)
  if (kind === 'stopped' && step) return say('people-stopped', { stop: say(`stop-${step}`), day: values.day })
  if (kind === 'new') return say(search.tu && search.tu !== day ? 'people-new' : 'people-new-day', values)
  return say(`people-${kind === 'stopped' ? 'lacking' : kind}`, values)
}

function People({ search, campaign }: { search: PeopleSearch; campaign: Campaign }) {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const maySessions = useMay('planning.read')
  const metric = metricOf(campaign, search)
  if (!metric || !countsPeople(metric))
    return (
      <Page title={metric ? say(`metric-${metric}`) : campaign.title} strip={[unit]}>
        <State
          so={say('people-work')}
          buttons={
            <>
              {maySessions && (
                <Button look="primary" href={at('/lich-luu-dong')}>
                  {say('sessions')}
                </Button>
              )}
              <Button href={campaignAt({ ...search, cs: undefined })}>{say('people-back')}</Button>
            </>
          }
        />
      </Page>
    )
  return <List search={search} campaign={campaign} title={titleOf(say, metric, search, search.ngay ?? today)} />
}

function List({ search, campaign, title }: { search: PeopleSearch; campaign: Campaign; title: string }) {
  const say = useSay()
  const unit = useUnitName()
  const [part, setPart] = useState('')
  const name = useSettled(foldMarks(part))
  const { head, total, rowAt, onSight, pages, error, refetch } = usePeople(campaign, search, name)
  const columns = usePeopleColumns(useChances(pages, campaign.id), campaign.bands.length > 1)
  const [row, setRow] = useState<number>()
  const keptAs = `people ${campaign.id} ${JSON.stringify(search)} ${name}`
  const [chosen, setChosen] = useState<{ of: string; ids: ReadonlySet<string> }>({ of: keptAs, ids: new Set() })
  // What was chosen from another list is not chosen here.
  const ids = chosen.of === keptAs ? chosen.ids : new Set<string>()
  const choose = (next: ReadonlySet<string>) => setChosen({ of: keptAs, ids: next })
  return (
    <Page
      title={title}
      standing={
        <>
          <p>{campaign.title}</p>
          {head && <p>{head.unit.name}</p>}
        </>
      }
      strip={[head?.unit.name ?? unit, campaign.title]}
      margin={
        <>
          <NameFilter part={part} onPart={setPart} />
          <PeopleFilters search={search} campaign={campaign} unitId={head?.unit.id} />
          <SavedFilters list="people" search={search} to={filter => peopleAt(peopleSearch(filter))} />
        </>
      }
      foot={<Go to={campaignAt(boardOf(search))}>{say('people-back')}</Go>}
      still
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!head && !error && <Loading what={say('reading-list')} />}
      {head && <Line search={search} campaign={campaign} total={total} isNamed={name !== ''} onJump={setRow} />}
      {!!head?.unlisted && <p className="hint">{say('people-unlisted', { n: numberText(head.unlisted) })}</p>}
      {search['tu-ban'] && head && <WhyChanged search={search} campaign={campaign} />}
      {head && total === 0 && name && <State so={say('filter-nobody')} todo={say('filter-nobody-todo')} />}
      {head && total === 0 && !name && <State so={say('people-none')} todo={say('people-none-todo')} />}
      {head && total > 0 && (
        <>
          <LongTable
            label={title}
            total={total}
            rowAt={rowAt}
            columns={columns}
            onOpen={({ id, name }) => name !== null && goTo(at(`/dan-cu/nguoi/${id}`))}
            idOf={({ id, name }) => (name === null ? undefined : id)}
            selected={ids}
            onSelect={choose}
            keptAs={keptAs}
            paper={say('print-a4')}
            onSight={onSight}
            sort={orderOf(search)}
            onSort={sort => goTo(peopleAt({ ...search, xep: sortText(sort) }))}
            showRow={row}
          />
          <ActionBar
            count={ids.size}
            end={
              <>
                <Cap>↑</Cap> <Cap>↓</Cap> {say('moves')} <Cap>X</Cap> {say('chooses')} <Cap>Enter</Cap> {say('opens')}
              </>
            }
          >
            <ChosenActions chosen={ids} onChoose={choose} everybody={() => everybodyListed(campaign, search, name)} />
          </ActionBar>
        </>
      )}
    </Page>
  )
}

const boardOf = ({ cd, dv, cs, ngay, bd, nhom }: PeopleSearch): CampaignSearch => ({ cd, dv, cs, ngay, bd, nhom })

/** How many they are, the way to any row, and the exit. */
function Line({
  search,
  campaign,
  total,
  isNamed,
  onJump,
}: {
  search: PeopleSearch
  campaign: Campaign
  total: number
  isNamed: boolean
  onJump: (row: number) => void
}) {
  const say = useSay()
  const mayExport = useMay('campaign.export')
  const [error, setError] = useState<unknown>()
  const take = () => {
    setError(undefined)
    call(figureListExport, { params: { id: campaign.id }, query: asListQuery(search, campaign.metrics) }).then(
      save,
      setError,
    )
  }
  const jump = (text: string) => {
    const row = Number(text.replace(/\D/g, ''))
    if (row >= 1 && row <= total) onJump(row - 1)
  }
  return (
    <div className="question-line">
      <strong className="figures">{say(isNamed ? 'people-named' : 'people-of', { n: numberText(total) })}</strong>
      <div className="end">
        <RefusedNote error={error} />
        {total > 100 && (
          <label className="jump">
            {say('people-jump')}
            <input className="input" inputMode="numeric" onChange={event => jump(event.target.value)} />
          </label>
        )}
        <Button icon={Printer} href={peoplePaperAt(search)}>
          {say('print-a4')}
        </Button>
        {mayExport && (
          <Button icon={Download} onPress={take}>
            {say('xlsx')}
          </Button>
        )}
      </div>
    </div>
  )
}
