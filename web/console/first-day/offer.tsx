import { dismissFirstDay, showFirstDay } from '../../../src/inspection/first-day/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { addressNow } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { firstDayAt } from './first-day.ts'

/** First pages of the roles: a newcomer comes to one of them. */
const firstPages = ['/hom-nay', '/lop-hoc', '/di-tung-nha', '/bat-dau'].map(at)

/** Offers the guide above a first page, to whoever has not put it away; nothing waits for an answer. */
export function FirstDayOffer() {
  const say = useSay()
  const isFirstPage = firstPages.includes(addressNow().split('?')[0] ?? '')
  const { data } = useAsk(showFirstDay, {}, { when: isFirstPage })
  const dismiss = useDo(dismissFirstDay, [showFirstDay])
  if (!isFirstPage || !data?.offered || dismiss.isSuccess) return null
  return (
    <section className="note first-day-offer" aria-label={say('first-day')}>
      <p>
        {say('first-day-offer', { n: data.steps.length })} <span className="quiet">{say('first-day-later')}</span>
      </p>
      <div className="buttons">
        <Button look="row" href={firstDayAt()}>
          {say('first-day-offer-open')}
        </Button>
        <Button look={['row', 'text']} disabled={dismiss.isPending} onPress={() => dismiss.mutate({ body: {} })}>
          {say('first-day-offer-no')}
        </Button>
      </div>
    </section>
  )
}
