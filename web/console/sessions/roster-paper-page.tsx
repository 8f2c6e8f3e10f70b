import { useParams } from '@tanstack/react-router'
import { showSession } from '../../../src/planning/contract.ts'
import { showRoster } from '../../../src/planning/rosters/contract.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Line, rosterAt } from './week.ts'

/** The sheet of a session for A4: no number, no birth date, no phone; an outcome to tick and a signature for each. */
export function RosterPaperPage() {
  const say = useSay()
  const { id } = useParams({ from: '/lich-luu-dong/$id/in' })
  const session = useAsk(showSession, { params: { id } })
  const roster = useAsk(showRoster, { params: { id } })
  const one = session.data
  const error = session.error ?? roster.error
  const asked = (roster.data?.lines ?? []).filter(({ walkIn }) => !walkIn)
  const lines = one
    ? [
        [one.site.name, one.site.address, say(`kind-${one.kind}`)].filter(Boolean).join(', '),
        say('session-when', { day: dayText(one.day), from: one.startsAt, to: one.endsAt }),
        [...one.officers.map(({ name }) => name), ...one.kits.map(({ code }) => code)].join(', '),
        say('sheet-count', { n: numberText(asked.length) }),
      ]
    : []
  const title = say('sheet-title', { code: one?.code ?? '' })
  return (
    <PaperPage
      title={title}
      lines={lines}
      back={{ to: rosterAt(id), text: say('session-list') }}
      error={error}
      reading={one && roster.data ? undefined : say('roster-reading')}
      signs={[say('sheet-signed'), say('sheet-commander')]}
    >
      <Sheet lines={asked} />
    </PaperPage>
  )
}

/** Room for who comes without being asked. */
const spare = ['a', 'b', 'c', 'd', 'e']

function Sheet({ lines }: { lines: readonly Line[] }) {
  const say = useSay()
  return (
    <table className="plain-table session-sheet">
      <thead>
        <tr>
          <th scope="col" className="end">
            {say('row-number')}
          </th>
          <th scope="col">{say('full-name')}</th>
          <th scope="col">{say('class')}</th>
          <th scope="col">{say('sheet-outcome')}</th>
          <th scope="col">{say('sheet-signature')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          <tr key={line.personId}>
            <td className="end">{at + 1}</td>
            <th scope="row">
              <Name name={line.name} />
            </th>
            <td className="own-figures">{line.class}</td>
            <td className="boxes">{say('sheet-boxes')}</td>
            <td />
          </tr>
        ))}
        {spare.map((row, at) => (
          <tr key={row}>
            <td className="end">{lines.length + at + 1}</td>
            <td />
            <td />
            <td className="boxes">{say('sheet-boxes')}</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
