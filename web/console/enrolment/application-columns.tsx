import { isEndState } from '../../../src/enrolment/application.ts'
import { dayText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { applicationAt, type QueueSearch, type Row } from './search.ts'
import { Clock, StateChip } from './state-chip.tsx'

/** From who to what to where; then both clocks, what hinders, and where it stands. */
export function useApplicationColumns(search: QueueSearch): readonly Column<Row>[] {
  const say = useSay()
  const codes = useCodes()
  const account = ({ account: of }: Row) =>
    of?.problem ? (
      <span className="waiting-text">
        <span className="unseen">{say('account-trouble')}: </span>
        {codes('trouble', of.problem)}
      </span>
    ) : (
      of?.state && codes('account', of.state)
    )
  const checks = ({ open, proposal }: Row) =>
    proposal ? say(`proposal-open-${proposal}`) : open.map(kind => codes('check', kind)).join(', ')
  return [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(190px, 2.4fr)',
      onPhone: true,
      show: ({ id, name }) => (
        <Go to={applicationAt(id, search)} quietly>
          {name ? <Name name={name} /> : <i>{say('application-unseen')}</i>}
        </Go>
      ),
    },
    { id: 'born', head: say('application-born'), width: '90px', isDay: true, show: ({ born }) => dayText(born) },
    { id: 'kind', head: say('application-kind'), width: '86px', show: ({ kind }) => say(`kind-of-${kind}`) },
    {
      id: 'unit',
      head: say('application-unit'),
      width: 'minmax(128px, 1fr)',
      show: ({ unit }) => shortName(unit.name),
    },
    {
      id: 'source',
      head: say('application-source'),
      width: '54px',
      show: ({ source }) => <span className="quiet">{say(`source-${source}`)}</span>,
    },
    {
      id: 'law',
      head: say('law-due'),
      width: '60px',
      isDay: 'in-year',
      show: ({ dueOn, state }) => <Clock day={dueOn} over={isEndState(state)} />,
    },
    {
      id: 'campaign',
      head: say('campaign-due'),
      width: '72px',
      isDay: 'in-year',
      show: ({ campaignDueOn, state }) => <Clock day={campaignDueOn} over={isEndState(state)} />,
    },
    { id: 'account', head: say('application-account'), width: 'minmax(114px, 1fr)', show: account },
    { id: 'checks', head: say('application-checks'), width: 'minmax(96px, 1.3fr)', show: checks },
    {
      id: 'state',
      head: say('application-state'),
      width: '150px',
      end: true,
      onPhone: true,
      show: ({ state, due }) => <StateChip state={state} due={due} />,
    },
  ]
}
