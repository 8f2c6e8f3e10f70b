import { useParams } from '@tanstack/react-router'
import { listSheet, showList } from '../../../src/cards/hand-over/contract.ts'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { handOverListAt } from '../cards/addresses.ts'
import type { GivenLine } from '../cards/card-types.ts'
import { usePlaces } from '../cards/place-names.ts'
import { Qr } from '../cards/qr.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { PaperExit } from '../parts/paper-exit.tsx'
import { Name } from '../parts/person-name.tsx'
import { useMay } from '../shell/session.tsx'

/**
 * The sheet that pupils sign, on A4: name, serial, room for a signature. No number, no birth date. The server draws the
 * same sheet as PDF (src/cards/hand-over/sheet-pdf.ts).
 */
export function GivenListPaperPage() {
  const say = useSay()
  const { nameOf } = usePlaces()
  const { id } = useParams({ from: '/the/trao/danh-sach/$id/in' })
  const { data, error, refetch } = useAsk(showList, { params: { id } })
  const mayHand = useMay('cards.hand-over')
  const list = data?.list
  const title = say('give-sheet-title', { code: list?.code ?? '' })
  const lines = list
    ? [
        say('give-sheet-school', { school: nameOf(list.schoolId) ?? say('school-unnamed') }),
        say('give-sheet-teacher', { name: list.teacherName }),
        say('give-sheet-count', { n: numberText(list.cards), day: dayText(list.givenOn) }),
      ]
    : []
  return (
    <PaperPage
      title={title}
      lines={lines}
      back={{ to: handOverListAt(id), text: say('list-back') }}
      also={
        mayHand &&
        list?.state === 'given' && (
          <PaperExit take={() => call(listSheet, { params: { id } })}>{say('give-sheet-paper')}</PaperExit>
        )
      }
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('list-reading')}
      signs={[say('give-sheet-officer'), say('give-sheet-of-teacher')]}
    >
      {data && (
        <>
          <div className="give-sheet-head">
            <p>{say('give-sheet-rule')}</p>
            <Qr text={data.list.code} />
          </div>
          <Sheet lines={data.lines} />
        </>
      )}
    </PaperPage>
  )
}

function Sheet({ lines }: { lines: readonly GivenLine[] }) {
  const say = useSay()
  return (
    <table className="plain-table session-sheet">
      <thead>
        <tr>
          <th scope="col" className="end">
            {say('row-number')}
          </th>
          <th scope="col">{say('full-name')}</th>
          <th scope="col">{say('card-serial')}</th>
          <th scope="col">{say('give-sheet-signed')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ cardId, name = '', serial }, at) => (
          <tr key={cardId}>
            <td className="end">{at + 1}</td>
            <th scope="row">
              <Name name={name} />
            </th>
            <td>{serial}</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
