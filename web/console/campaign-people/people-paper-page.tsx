import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { figureList, figureListPrint } from '../../../src/statistics/figures/contract-people.ts'
import { type Answer, call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { WithCampaign } from '../campaign/chosen-campaign.tsx'
import { asListQuery, type Campaign, metricOf, type PeopleSearch, peopleAt } from '../campaign/search.ts'
import { WideNumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { useToday } from '../shell/session.tsx'
import { titleOf } from './people-page.tsx'

type Listed = Answer<typeof figureList>['people'][number]

/** More than this is no list for a hand but a file. */
const most = 3000

type Query = ReturnType<typeof asListQuery>

async function everyone(id: string, query: Query, signal: AbortSignal) {
  const people: Listed[] = []
  for (let after = ''; people.length <= most; ) {
    const asked = { ...query, limit: 1000, ...(after && { after }) }
    const { next, ...page } = await call(figureList, { params: { id }, query: asked, signal })
    people.push(...page.people)
    if (!next) return { head: page, people }
    after = next
  }
  return { head: undefined, people }
}

/** The people behind a figure on A4: all of them, a box to tick; printing it is recorded. */
export function PeoplePaperPage() {
  const say = useSay()
  const search = useSearch({ from: '/chien-dich/nguoi/in' })
  return (
    <WithCampaign search={search} title={say('people-kind')}>
      {campaign => <PeoplePaper key={campaign.id} search={search} campaign={campaign} />}
    </WithCampaign>
  )
}

function PeoplePaper({ search, campaign }: { search: PeopleSearch; campaign: Campaign }) {
  const say = useSay()
  const today = useToday()
  const query = asListQuery(search, campaign.metrics)
  const { data, error, refetch } = useQuery({
    queryKey: [figureList.path, 'paper', campaign.id, query],
    queryFn: ({ signal }) => everyone(campaign.id, query, signal),
  })
  const head = data?.head
  const metric = metricOf(campaign, search)
  const school = search.truong && data?.people.find(one => one.school)?.school
  const filters = [school, search.lop && say('token-classes', { what: search.lop })].filter(Boolean)
  const lines = head
    ? [
        `${head.unit.name}. ${campaign.title}. ${say('as-of', { day: dayText(head.day) })}`,
        ...(filters.length ? [say('paper-filter', { what: filters.join('; ') })] : []),
        say('paper-count', { n: numberText(data.people.length) }),
        ...(head.unlisted ? [say('people-unlisted', { n: numberText(head.unlisted) })] : []),
      ]
    : []
  return (
    <PaperPage
      title={metric ? titleOf(say, metric, search, search.ngay ?? today) : campaign.title}
      lines={lines}
      back={{ to: peopleAt(search), text: say('back-to-list') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('paper-reading')}
      instead={data && !head && <State so={say('paper-too-long', { n: numberText(most) })} />}
      record={() => call(figureListPrint, { params: { id: campaign.id }, body: query })}
    >
      {data && <PaperTable people={data.people} />}
    </PaperPage>
  )
}

function PaperTable({ people }: { people: readonly Listed[] }) {
  const say = useSay()
  return (
    <WideNumberedTable
      label={say('people-kind')}
      rows={people}
      keyOf={({ id }) => id}
      ticked
      columns={[
        { head: say('full-name'), cell: ({ name }) => (name === null ? say('people-unseen') : <Name name={name} />) },
        { head: say('born'), cell: ({ born }) => (born ? dayText(born) : '') },
        { head: say('number'), cell: ({ number }) => (number ? <PersonNumber number={number} /> : '') },
        { head: say('class'), cell: row => row.class ?? '', isFigures: true },
        { head: say('school'), cell: ({ school }) => school ?? '' },
        { head: say('people-unit'), cell: ({ unit }) => unit },
        { head: say('people-on'), cell: ({ on, gone }) => (gone ? say('people-gone') : on ? dayText(on) : '') },
      ]}
    />
  )
}
