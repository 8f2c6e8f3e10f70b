import { useParams } from '@tanstack/react-router'
import { showCard } from '../../../src/cards/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Term } from '../help/term.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { batchAt, boxAt, cardsAt, handOverListAt, personAt } from './addresses.ts'
import { CardChip } from './card-chip.tsx'
import { CardDeeds } from './card-deeds.tsx'
import { Attempts, Deeds, Ends, Path } from './card-history.tsx'
import { FaceExit } from './card-printed-face.tsx'
import type { Life } from './card-types.ts'
import { CardsNav } from './cards-nav.tsx'
import { usePlaces } from './place-names.ts'

/** One card: where it is now, how it came there and by whom, and what may be done with it. */
export function CardPage() {
  const say = useSay()
  const unit = useUnitName()
  const { id } = useParams({ from: '/the/$id' })
  const { data, error, refetch } = useAsk(showCard, { params: { id } })
  const serial = data?.card.serial
  const title = serial ? say('life-title', { serial }) : say(data ? 'life-title-unmade' : 'cards')
  return (
    <Page
      title={title}
      standing={data && <CardChip state={data.card.state} />}
      strip={[title, unit]}
      margin={<CardsNav />}
      foot={
        <>
          {data && <FaceExit life={data} />}
          <Go className="exit" to={cardsAt}>
            {say('cards-nav-way')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('life-reading')} />}
      {data && <Whole life={data} />}
    </Page>
  )
}

function Whole({ life }: { life: Life }) {
  return (
    <div className="split">
      <div>
        <Head life={life} />
        <Path life={life} />
        <Attempts life={life} />
        <Ends life={life} />
      </div>
      <div className="companion">
        <CardDeeds life={life} />
        <Deeds life={life} />
      </div>
    </div>
  )
}

/** Where it is, as a link to the box, batch or list that holds it. */
function Where({ place: { at, since, placeId, batchId, box } }: { place: Life['place'] }) {
  const say = useSay()
  const { nameOf } = usePlaces()
  const [mayShip, mayProduce, mayHand] = [useMay('cards.ship'), useMay('cards.produce'), useMay('cards.hand-over')]
  const name = at === 'at-unit' || at === 'at-school' ? nameOf(placeId) : undefined
  const place = [say(`place-${at}`), box && `${box.code}, ${say(`box-state-${box.state}` as 'box-state-open')}`, name]
    .filter(Boolean)
    .join(': ')
  const to =
    box && mayShip
      ? boxAt(box.id)
      : batchId && mayProduce
        ? batchAt(batchId)
        : at === 'on-list' && placeId && mayHand
          ? handOverListAt(placeId)
          : undefined
  const said = say('life-since', { place, day: dayText(since) })
  return to ? <Go to={to}>{said}</Go> : said
}

function Head({ life: { card, name, place, order } }: { life: Life }) {
  const say = useSay()
  const today = useToday()
  const mayPerson = useMay('register.read')
  const { nameOf } = usePlaces()
  const isLate = order && order.dueOn < today && (card.state === 'approved' || card.state === 'produced')
  return (
    <dl className="particulars part">
      <div>
        <dt>{say('life-holder')}</dt>
        <dd className="big-name">
          {mayPerson ? (
            <Go to={personAt(card.personId)}>
              <Name name={name} />
            </Go>
          ) : (
            <Name name={name} />
          )}
        </dd>
      </div>
      {card.chipId && (
        <div>
          <dt>{say('card-chip-id')}</dt>
          <dd className="figures">{card.chipId}</dd>
        </div>
      )}
      <div>
        <dt>{say('life-now')}</dt>
        <dd>
          <Where place={place} />
        </dd>
      </div>
      {order && (
        <div>
          <dt>
            <Term of="life-due" />
          </dt>
          <dd>
            <b className={isLate ? 'late-text figures' : 'figures'}>{dayText(order.dueOn)}</b>
            {isLate && <span className="late-text">, {say('cards-late')}</span>}
            {nameOf(order.unitId) && `, ${nameOf(order.unitId)}`}
            {order.schoolId && `, ${nameOf(order.schoolId) ?? say('school-unnamed')}`}
          </dd>
        </div>
      )}
      {order?.reprintOf && (
        <div>
          <dt>{say('life-approved')}</dt>
          <dd>{say('life-reprint')}</dd>
        </div>
      )}
      {card.issuedOn && (
        <div>
          <dt>{say('life-term')}</dt>
          <dd className="figures">
            {dayText(card.issuedOn)} – {card.expiresOn ? dayText(card.expiresOn) : say('card-without-term')}
          </dd>
        </div>
      )}
    </dl>
  )
}
