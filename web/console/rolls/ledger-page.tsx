import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ledgerFigures, ledgerLists } from '../../../src/rolls/ledger/contract.ts'
import { rollKinds } from '../../../src/rolls/roll.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { askedBy, type Entry, type LedgerSearch, ledgerAt, schoolYears } from '../ledger/ledger.ts'
import { LedgerTable } from '../ledger/ledger-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useSession, useUnitName } from '../shell/session.tsx'
import { EntryDialog } from './entry-dialog.tsx'

/** How the pupils of a year stand to the register, school by school; each figure opens the very list that it counts. */
export function LedgerPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/ra-soat/so' })
  const [opened, setOpened] = useState<Entry>()
  const figures = useAsk(ledgerFigures, { query: askedBy({ ...search, truong: undefined }) }, { keep: true })
  const school = figures.data?.schools.find(one => one.school.id === search.truong)
  const title = search.nhom ? say(`ledger-${search.nhom}`) : say('ledger-title')
  return (
    <Page
      title={title}
      standing={
        <>
          <p>{school?.school.name ?? unit}</p>
          <p>{say('ledger-about')}</p>
        </>
      }
      strip={[school?.school.name ?? unit, say('ledger')]}
      margin={
        <Choices search={search} counts={(school ?? figures.data)?.counts} schoolYear={figures.data?.schoolYear} />
      }
      still={!!search.nhom}
    >
      {figures.error && <Failed error={figures.error} retry={() => void figures.refetch()} />}
      {!figures.data && !figures.error && <Loading what={say('ledger-reading')} />}
      {search.nhom && <LedgerTable search={search} onOpen={setOpened} />}
      {!search.nhom && figures.data && <SchoolTable figures={figures.data} search={search} />}
      {opened && <EntryDialog key={opened.id} entry={opened} onClose={() => setOpened(undefined)} />}
    </Page>
  )
}

type Figures = NonNullable<ReturnType<typeof useAsk<typeof ledgerFigures>>['data']>

/** The lists with their counts, then the year and kind. */
function Choices({
  search,
  counts,
  schoolYear,
}: {
  search: LedgerSearch
  counts: Figures['counts'] | undefined
  schoolYear: string | undefined
}) {
  const say = useSay()
  const { today } = useSession()
  return (
    <>
      <section>
        <nav className="sections" aria-label={say('ledger-state')}>
          <Go to={ledgerAt({ ...search, nhom: undefined })} current={!search.nhom}>
            {say('ledger-every')}
          </Go>
          {ledgerLists.map(list => (
            <Go key={list} to={ledgerAt({ ...search, nhom: list })} current={search.nhom === list}>
              <span className="follow-up-who">
                <span>{say(`ledger-${list}`)}</span>
                <span className="figures">{counts && numberText(counts[list])}</span>
              </span>
            </Go>
          ))}
        </nav>
        {search.truong && (
          <p className="small">
            <Go to={ledgerAt({ ...search, truong: undefined })}>{say('ledger-every-school')}</Go>
          </p>
        )}
      </section>
      <section>
        <nav className="sections" aria-label={say('ledger-year')}>
          {schoolYears(today).map(year => (
            <Go key={year} to={ledgerAt({ ...search, nam: year })} current={(search.nam ?? schoolYear) === year}>
              {say('school-year', { year })}
            </Go>
          ))}
        </nav>
        <nav className="sections" aria-label={say('roll-kind')}>
          {rollKinds.map(kind => (
            <Go key={kind} to={ledgerAt({ ...search, loai: kind })} current={(search.loai ?? 'pupils') === kind}>
              {say(`roll-kind-${kind}`)}
            </Go>
          ))}
        </nav>
      </section>
    </>
  )
}

function SchoolTable({ figures, search }: { figures: Figures; search: LedgerSearch }) {
  const say = useSay()
  const shown = search.truong ? figures.schools.filter(({ school }) => school.id === search.truong) : figures.schools
  if (shown.length === 0)
    return (
      <State
        so={say('ledger-none')}
        todo={say('ledger-none-todo')}
        buttons={<Button href={at('/ra-soat')}>{say('rolls')}</Button>}
      />
    )
  const rows = [
    ...(shown.length > 1
      ? [{ id: undefined, name: say('ledger-all-schools'), entries: figures.entries, counts: figures.counts }]
      : []),
    ...shown.map(({ school, entries, counts }) => ({ id: school.id, name: school.name, entries, counts })),
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('ledger-title')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('school')}</th>
            <th scope="col" className="end">
              {say('ledger-pupils')}
            </th>
            {ledgerLists.map(list => (
              <th scope="col" className="end" key={list}>
                {say(`ledger-${list}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, entries, counts }) => (
            <tr key={id ?? 'all'}>
              <th scope="row">{id ? <Go to={ledgerAt({ ...search, truong: id })}>{name}</Go> : name}</th>
              <td className="end">{numberText(entries)}</td>
              {ledgerLists.map(list => (
                <td className="end" key={list}>
                  {counts[list] === 0 ? (
                    <span className="quiet">0</span>
                  ) : (
                    <Figure
                      value={counts[list]}
                      to={ledgerAt({ ...search, truong: id, nhom: list })}
                      label={`${say(`ledger-${list}`)}, ${name}`}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
