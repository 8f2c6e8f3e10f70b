import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { showList } from '../../../src/cards/hand-over/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { giveSheetAt, lifeAt, listsAt } from '../cards/addresses.ts'
import type { GivenLine, GivenList } from '../cards/card-types.ts'
import { usePlaces } from '../cards/place-names.ts'
import { Sentence } from '../parts/figure.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { ListReturn } from './list-return.tsx'

/**
 * One list: while it is out, what came back is entered line by line with the signed sheet; then what came of each card.
 */
export function GivenListPage() {
  const say = useSay()
  const unit = useUnitName()
  const { nameOf } = usePlaces()
  const { id } = useParams({ from: '/the/trao/danh-sach/$id' })
  const { data, error, refetch } = useAsk(showList, { params: { id } })
  const list = data?.list
  const school = list && (nameOf(list.schoolId) ?? say('school-unnamed'))
  return (
    <Page
      title={say('list-title', { code: list?.code ?? '' })}
      standing={
        list && (
          <>
            <p>{school}</p>
            <p>{list.teacherName}</p>
            <p>
              {say('list-given-on')} {dayText(list.givenOn)}
            </p>
          </>
        )
      }
      strip={[list?.code ?? unit, school ?? unit]}
      foot={
        <>
          <Button look="wide" icon={Printer} href={giveSheetAt(id)}>
            {say('list-print')}
          </Button>
          <Go className="exit" to={listsAt}>
            {say('cards-nav-lists')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('list-reading')} />}
      {data && (
        <>
          <Standing list={data.list} />
          {data.list.state === 'given' ? (
            <ListReturn list={data.list} lines={data.lines} />
          ) : (
            <Returned lines={data.lines} />
          )}
        </>
      )}
    </Page>
  )
}

function Standing({
  list: { state, returnedAt, handedOver, cameBack, cards, teacherName, givenOn },
}: {
  list: GivenList
}) {
  const say = useSay()
  return (
    <Sentence>
      {state === 'returned' && returnedAt
        ? say('list-returned-sentence', {
            day: instantText(returnedAt).day,
            signed: numberText(handedOver),
            back: numberText(cameBack),
          })
        : say('list-out-sentence', { n: numberText(cards), teacher: teacherName, day: dayText(givenOn) })}
    </Sentence>
  )
}

function Returned({ lines }: { lines: readonly GivenLine[] }) {
  const say = useSay()
  return (
    <ol className="list-lines">
      {lines.map(({ cardId, name = '', serial, outcome }) => (
        <li key={cardId}>
          <Go to={lifeAt(cardId)}>
            <Name name={name} />
          </Go>
          <span className="figures quiet">{serial}</span>
          <span className={outcome === 'handed-over' ? 'done-text' : 'waiting-text'}>
            {say(
              outcome === 'handed-over'
                ? 'list-mark-signed'
                : outcome === 'came-back'
                  ? 'list-mark-back'
                  : 'list-line-open',
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
