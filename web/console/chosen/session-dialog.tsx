import { useState } from 'react'
import { placeChosen, sessionOffers } from '../../../src/planning/rosters/contract-chosen.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { countNotDone, NotDoneList } from './not-done.tsx'

type Offer = Answer<typeof sessionOffers>['offers'][number]

/** Which session takes the chosen people, and what happens to how many, before it is done. */
export function SessionDialog({ people, onClose }: { people: readonly string[]; onClose: () => void }) {
  const say = useSay()
  const { data, error, refetch } = useAsk(sessionOffers, { body: { people: [...people] } })
  const place = useDo(placeChosen, [sessionOffers])
  const [chosen, setChosen] = useState<string>()
  const offer = data?.offers.find(({ id }) => id === (chosen ?? data.offers[0]?.id))
  return (
    <Dialog open title={say('offers-title', { n: numberText(people.length) })} onClose={onClose}>
      {place.data ? (
        <>
          <p>{say('placed-done', { n: numberText(place.data.placed) })}</p>
          <NotDoneList refused={countNotDone(place.data, 'placed')} />
          <div className="buttons">
            <Button onPress={onClose}>{say('chosen-close')}</Button>
          </div>
        </>
      ) : (
        <>
          {error && <Failed error={error} retry={() => void refetch()} />}
          {!data && !error && <Loading what={say('offers-reading')} />}
          {data && data.offers.length === 0 && (
            <State
              so={say('offers-none')}
              todo={say('offers-none-todo')}
              buttons={<Button href={at('/lich-luu-dong')}>{say('offers-plan')}</Button>}
            />
          )}
          {data && offer && (
            <>
              <fieldset className="offers">
                <legend className="unseen">{say('chosen-place')}</legend>
                {data.offers.map(one => (
                  <OfferLine key={one.id} offer={one} on={one.id === offer.id} onChoose={() => setChosen(one.id)} />
                ))}
              </fieldset>
              <NotDoneList refused={offer.refused} />
              <RefusedNote error={place.error} />
              <div className="buttons">
                <Button
                  look="primary"
                  disabled={offer.placed === 0 || place.isPending}
                  onPress={() => place.mutate({ params: { id: offer.id }, body: { people: [...people] } })}
                >
                  {say('offer-do', { n: numberText(offer.placed), day: dayText(offer.day) })}
                </Button>
                <Button onPress={onClose}>{say('leave-it')}</Button>
              </div>
            </>
          )}
        </>
      )}
    </Dialog>
  )
}

function OfferLine({ offer, on, onChoose }: { offer: Offer; on: boolean; onChoose: () => void }) {
  const say = useSay()
  const { day, startsAt, endsAt, site, unit, free, near, placed, lastSafeOn } = offer
  const isLate = lastSafeOn !== undefined && day > lastSafeOn
  const facts = [
    free === undefined ? say('offer-free-unknown') : say('offer-free', { n: numberText(free) }),
    near > 0 && say('offer-near', { n: numberText(near) }),
    say('offer-placed', { n: numberText(placed) }),
  ].filter(Boolean)
  return (
    <label className="offer">
      <input type="radio" name="offer" checked={on} onChange={onChoose} />
      <span>
        <b className="figures">
          {dayText(day)}, {startsAt}–{endsAt}
        </b>{' '}
        {site}, {unit}
        <span className="small quiet">{facts.join(' · ')}</span>
        {lastSafeOn && (
          <span className={isLate ? 'small late-text' : 'small quiet'}>
            {say(isLate ? 'offer-late' : 'offer-in-time', { day: dayText(lastSafeOn) })}
          </span>
        )}
      </span>
    </label>
  )
}
