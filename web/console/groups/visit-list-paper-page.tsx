import { useParams } from '@tanstack/react-router'
import { visitListOpen } from '../../../src/campaign/groups/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Entry, visitListAt, type WholeList } from './group.ts'

/**
 * The list as it stands on A4: name, address, what is lacking, and boxes to tick. No number, no birth date, no phone.
 */
export function VisitListPaperPage() {
  const say = useSay()
  const { id } = useParams({ from: '/danh-sach/to-cong-nghe/goi-cua/$id/in' })
  const { data, error, refetch } = useAsk(visitListOpen, { params: { id } })
  return (
    <PaperPage
      title={say('doors-paper')}
      lines={data ? linesOf(data, say) : []}
      back={{ to: visitListAt(id), text: say('doors-back') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('paper-reading')}
      instead={data?.list.over && <State so={say('doors-over-so')} todo={say('doors-over-todo')} />}
      signs={[say('group-leader'), say('paper-commander')]}
    >
      {data && <PaperTable whole={data} />}
    </PaperPage>
  )
}

const linesOf = ({ list, group }: WholeList, say: ReturnType<typeof useSay>) => [
  `${group.name}, ${list.unit.name}. ${say('group-leader')}: ${group.leader}`,
  [list.campaignTitle, list.why].filter(Boolean).join('. '),
  say('doors-paper-use', { day: dayText(list.expiresOn) }),
]

const boxes = [
  'doors-paper-tick',
  'doors-paper-helped',
  'doors-paper-refused',
  'doors-paper-absent',
  'doors-paper-moved',
] as const

/** Who is called on: whoever lives there no longer is not printed; whoever was helped or is away needs no call. */
const isToCall = ({ name, outcome, awayUntil }: Entry) =>
  name !== undefined && outcome !== 'helped' && outcome !== 'moved' && awayUntil === undefined

function PaperTable({ whole }: { whole: WholeList }) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must do so by keyboard too
    <section className="sideways" aria-label={say('doors-paper')} tabIndex={0}>
      <table className="plain-table doors-paper">
        <PaperHead />
        <tbody>
          {whole.entries.filter(isToCall).map(entry => (
            <tr key={entry.person}>
              <td className="end">{entry.place}</td>
              <th scope="row">
                <Name name={entry.name ?? ''} />
              </th>
              <td>{entry.address ?? ''}</td>
              <td>{entry.lacking.map(need => say(`lacks-${need}`)).join(', ')}</td>
              {boxes.map(box => (
                <td key={box} className="tick-cell">
                  <span className="paper-box" aria-hidden />
                </td>
              ))}
              <td className="note-cell">{entry.note ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function PaperHead() {
  const say = useSay()
  return (
    <thead>
      <tr>
        <th scope="col" className="end">
          {say('row-number')}
        </th>
        <th scope="col">{say('full-name')}</th>
        <th scope="col">{say('doors-address')}</th>
        <th scope="col">{say('lacks')}</th>
        {boxes.map(box => (
          <th scope="col" key={box} className="tick-head">
            {say(box)}
          </th>
        ))}
        <th scope="col">{say('doors-paper-note')}</th>
      </tr>
    </thead>
  )
}
