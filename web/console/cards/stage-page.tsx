import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { chasedAfter } from '../../../src/cards/law.ts'
import { listCards } from '../../../src/cards/tracking/contract.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { Button, Cap } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { FilterToken } from '../parts/filter-token.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { ActionBar, type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { batchAt, boxAt, cardsAt, lifeAt, type StageSearch, stageAt } from './addresses.ts'
import type { StagedCard } from './card-types.ts'
import { CardsNav } from './cards-nav.tsx'
import { usePlaces } from './place-names.ts'
import { usePages } from './use-pages.ts'

export const asStageQuery = ({ buoc = 'coming', tre, o, qua }: StageSearch) => ({
  stage: buoc,
  ...(tre && { late: true }),
  ...(o && { place: o }),
  ...(qua && { olderThanDays: Number(qua) }),
})

/** For how many days a card has waited, as choices. */
const ages = () => ['', '7', String(inForceToday(chasedAfter)), '90']

/** The cards behind a figure: as many as it says, read as far as they are looked at. */
export function StagePage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/the/danh-sach' })
  const query = asStageQuery(search)
  const { rows, complete, first, error, refetch, onSight } = usePages(listCards, query, {
    read: (after, signal) => call(listCards, { query: { ...query, limit: 200, ...(after && { after }) }, signal }),
    rowsOf: page => page.rows,
  })
  const columns = useColumns()
  const title = say('stage-list-title', { stage: say(`stage-${query.stage}`).toLowerCase() })
  return (
    <Page
      title={title}
      standing={<p>{unit}</p>}
      strip={[title, unit]}
      margin={
        <>
          <CardsNav
            {...(search.buoc === 'uncollected' &&
              search.qua === String(inForceToday(chasedAfter)) && { here: 'cards-nav-uncollected' })}
          />
          <Ages search={search} />
        </>
      }
      foot={
        <>
          <Button look="wide" icon={Printer} href={stageAt(search, '/in')}>
            {say('stage-list-paper')}
          </Button>
          <Go className="exit" to={cardsAt}>
            {say('cards-nav-way')}
          </Go>
        </>
      }
      still={rows.length > 0}
    >
      <Tokens search={search} />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('reading-list')} />}
      {first && rows.length === 0 && (
        <State
          so={say('stage-list-none')}
          todo={say('stage-list-none-todo')}
          buttons={<Button href={cardsAt}>{say('cards-nav-way')}</Button>}
        />
      )}
      {rows.length > 0 && (
        <>
          <Table
            label={title}
            rows={rows}
            columns={columns}
            idOf={({ cardId }) => cardId}
            onOpen={({ cardId }) => goTo(lifeAt(cardId))}
            onSight={onSight}
          />
          <ActionBar
            count={0}
            end={
              <>
                {say(complete ? 'rows-so-far' : 'rows-and-more', { n: numberText(rows.length) })} <Cap>↑</Cap>{' '}
                <Cap>↓</Cap> {say('moves')} <Cap>Enter</Cap> {say('opens')}
              </>
            }
          />
        </>
      )}
    </Page>
  )
}

function Ages({ search }: { search: StageSearch }) {
  const say = useSay()
  if (search.buoc !== 'uncollected' && !search.buoc?.startsWith('at-') && search.buoc !== 'on-list') return null
  return (
    <section>
      <nav className="sections" aria-label={say('stage-list-how-long')}>
        {ages().map(age => (
          <Go key={age} to={stageAt({ ...search, qua: age || undefined })} current={age === (search.qua ?? '')}>
            {age ? say('stage-list-older', { n: age }) : say('stage-list-any-age')}
          </Go>
        ))}
      </nav>
    </section>
  )
}

function Tokens({ search }: { search: StageSearch }) {
  const say = useSay()
  const { nameOf } = usePlaces()
  const on = [
    ['tre', search.tre && say('stage-list-late')],
    ['o', search.o && say('stage-list-place', { place: nameOf(search.o) ?? say('school-unnamed') })],
    ['qua', search.qua && say('stage-list-older', { n: search.qua })],
  ] as const
  const shown = on.filter(([, said]) => said)
  if (shown.length === 0) return null
  return (
    <div className="tokens">
      {shown.map(([key, said]) => (
        <FilterToken key={key} said={said} onTakeOff={() => goTo(stageAt({ ...search, [key]: undefined }))} />
      ))}
    </div>
  )
}

/** Where one lies, in words: its box or batch where it has one, else the unit or school. */
export function useWhere() {
  const say = useSay()
  const { nameOf } = usePlaces()
  return ({ box, batch, placeId, stage }: StagedCard) =>
    box?.code ?? batch?.code ?? nameOf(placeId) ?? say(`stage-${stage}`)
}

function useColumns(): readonly Column<StagedCard>[] {
  const say = useSay()
  const narrow = useNarrow()
  const today = useToday()
  const where = useWhere()
  const holderOf = ({ box, batch }: StagedCard) => (box ? boxAt(box.id) : batch ? batchAt(batch.id) : undefined)
  return [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(190px, 1.6fr)',
      onPhone: true,
      show: row => (
        <Go to={lifeAt(row.cardId)} quietly>
          <TwoLines second={narrow && where(row)}>
            {row.name ? <Name name={row.name} /> : say('roster-unseen')}
          </TwoLines>
        </Go>
      ),
    },
    {
      id: 'serial',
      head: say('card-serial'),
      width: '120px',
      show: ({ serial }) => serial ?? <span className="quiet">–</span>,
    },
    {
      id: 'stage',
      head: say('cards-stage'),
      width: 'minmax(150px, 1.2fr)',
      show: ({ stage }) => say(`stage-${stage}`),
    },
    {
      id: 'where',
      head: say('card-place'),
      width: 'minmax(130px, 1.2fr)',
      ownFigures: true,
      show: row => {
        const to = holderOf(row)
        return to ? (
          <Go to={to} quietly>
            {where(row)}
          </Go>
        ) : (
          where(row)
        )
      },
    },
    {
      id: 'since',
      head: say('card-since'),
      width: '92px',
      isDay: true,
      end: true,
      show: ({ since }) => <span className="quiet">{dayText(since)}</span>,
    },
    {
      id: 'due',
      head: say('card-due'),
      width: narrow ? '104px' : '96px',
      end: true,
      onPhone: true,
      show: ({ dueOn, state }) =>
        dueOn ? (
          <span className={dueOn < today && (state === 'approved' || state === 'produced') ? 'late-text' : 'quiet'}>
            {dayText(dueOn)}
          </span>
        ) : (
          <span className="quiet">–</span>
        ),
    },
  ]
}
