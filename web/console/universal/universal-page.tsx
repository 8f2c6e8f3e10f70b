import { useSearch } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useState } from 'react'
import {
  type UniversalCase,
  universalCases,
  universalExport,
  universalFigures,
  universalLists,
} from '../../../src/out-of-school/universal/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call, save } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { Children } from './children.tsx'
import { Literacy } from './literacy.tsx'
import { asQuery, type Figures, listOf, type UniversalSearch, universalAt } from './universal.ts'

/** Who of the ages of universal education is on no roll, who goes after them, and who can read. */
export function UniversalPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/pho-cap' })
  const { data, error, refetch } = useAsk(universalFigures, { query: {} })
  return (
    <Page
      title={say('universal-title')}
      standing={data && <Standing figures={data} />}
      strip={[unit, data?.of.schoolYear ?? '']}
      margin={data && <Margin figures={data} search={search} />}
      foot={data && <Exits search={search} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('universal-reading')} />}
      {data && <Counts figures={data} search={search} />}
      {data && <Children search={search} />}
      {data && <Literacy figures={data} />}
    </Page>
  )
}

function Standing({ figures: { of } }: { figures: Figures }) {
  const say = useSay()
  return (
    <>
      <p>
        {of.unit.name}, {of.schoolYear}
      </p>
      <p>{say('as-of', { day: dayText(of.day) })}</p>
      <p>{say('universal-reported', { n: numberText(of.reported), all: numberText(of.schools) })}</p>
      {of.reported < of.schools && <p>{say('universal-partial')}</p>}
    </>
  )
}

function Margin({ figures, search }: { figures: Figures; search: UniversalSearch }) {
  const say = useSay()
  const list = listOf(search)
  const ages = figures.lists.find(one => one.list === list)?.ages ?? []
  return (
    <>
      <section>
        <nav className="sections" aria-label={say('universal-lists')}>
          {universalLists.map(one => (
            <Go key={one} to={universalAt({ ds: one })} current={one === list}>
              {say(`universal-list-${one}`)}
            </Go>
          ))}
        </nav>
      </section>
      <section>
        <h2>{say('universal-by-age')}</h2>
        <nav className="sections" aria-label={say('universal-by-age')}>
          {search.tuoi !== undefined && (
            <Go to={universalAt({ ...search, tuoi: undefined })}>{say('universal-every-age')}</Go>
          )}
          {ages.map(({ age, counted }) => (
            <Go key={age} to={universalAt({ ...search, tuoi: String(age) })} current={search.tuoi === String(age)}>
              {age} <span className="aside">{numberText(search.th ? counted[search.th] : counted.children)}</span>
            </Go>
          ))}
        </nav>
      </section>
    </>
  )
}

/** Cases as counts that filter, each the length of its list. */
function Counts({ figures, search }: { figures: Figures; search: UniversalSearch }) {
  const say = useSay()
  const list = figures.lists.find(one => one.list === listOf(search))
  const counted = list?.ages.find(({ age }) => String(age) === search.tuoi)?.counted ?? list?.all
  if (!counted) return null
  const shown = universalCases.filter(one => counted[one] > 0 || one === 'out-of-school')
  const one = (name: UniversalCase | undefined, count: number) => (
    <Go key={name ?? 'all'} to={universalAt({ ...search, th: name })} current={search.th === name}>
      <span className={search.th === name ? 'count' : 'count open'}>{numberText(count)}</span>
      {say(name ? `universal-${name}` : 'universal-all')}
    </Go>
  )
  return (
    <nav className="counts" aria-label={say('universal-case')}>
      {one(undefined, counted.children)}
      {shown.map(name => one(name, counted[name]))}
    </nav>
  )
}

function Exits({ search }: { search: UniversalSearch }) {
  const say = useSay()
  const [error, setError] = useState<unknown>()
  const take = () => {
    setError(undefined)
    call(universalExport, { params: { list: listOf(search) }, query: asQuery(search) }).then(save, setError)
  }
  return (
    <>
      <Button look="wide" icon={Download} onPress={take}>
        {say('universal-export')}
      </Button>
      <RefusedNote error={error} />
    </>
  )
}
