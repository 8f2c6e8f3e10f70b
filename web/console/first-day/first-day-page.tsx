import { Printer } from 'lucide-react'
import { showFirstDay } from '../../../src/inspection/first-day/contract.ts'
import { Said, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { useHelp } from '../help/help-state.tsx'
import { Sentence } from '../parts/figure.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useRoleName, useUnitName } from '../shell/session.tsx'
import { Duties } from './duties.tsx'
import { type FirstDay, nextOf } from './first-day.ts'
import { StepsList } from './steps-list.tsx'
import { WhomToAsk } from './whom-to-ask.tsx'

/** The first day of the role that one acts in: what to do in which place, and what one has really done. */
export function FirstDayPage() {
  const say = useSay()
  const unit = useUnitName()
  const role = useRoleName()
  const { open } = useHelp()
  const { data, error, refetch } = useAsk(showFirstDay, {})
  return (
    <Page
      title={say('first-day-title')}
      standing={<p>{unit}</p>}
      strip={[say('first-day'), role]}
      margin={
        <>
          <section>
            <p className="small">{say('first-day-role')}</p>
            <p>
              <b>{role}</b>
            </p>
          </section>
          <section>
            <p className="small">{say('first-day-known')}</p>
            <p className="quiet">{say('first-day-known-how')}</p>
          </section>
          <section>
            <p className="small">{say('first-day-ask')}</p>
            <WhomToAsk />
          </section>
        </>
      }
      foot={
        <Go className="exit" to={at('/ngay-dau/in')}>
          <Printer size={16} aria-hidden />
          {say('first-day-print')}
        </Go>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('first-day-reading')} />}
      {data && (
        <>
          <FirstDaySentence told={data} />
          <StepsList told={data} onHelp={open} />
          <Duties duties={data.duties} />
        </>
      )}
    </Page>
  )
}

/** How much is done, and what is next. */
export function FirstDaySentence({ told }: { told: FirstDay }) {
  const say = useSay()
  const next = nextOf(told)
  return (
    <Sentence>
      <Said
        of={next ? 'first-day-sentence' : 'first-day-sentence-done'}
        parts={{
          done: <b>{told.steps.filter(({ isDone }) => isDone).length}</b>,
          all: <b>{told.steps.length}</b>,
          next: next && <NextText of={say(`guide-${next.step}`)} />,
        }}
      />
    </Sentence>
  )
}

const NextText = ({ of }: { of: string }) => <>{of.charAt(0).toLowerCase() + of.slice(1)}</>
