import { showFirstDay } from '../../../src/inspection/first-day/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { useRoleName, useSession, useToday, useUnitName } from '../shell/session.tsx'
import { Duties } from './duties.tsx'
import { firstDayAt } from './first-day.ts'
import { FirstDaySentence } from './first-day-page.tsx'
import { StepsList } from './steps-list.tsx'

/** The first day as a checklist on A4: steps with their states, the duties, and room for a signature. */
export function FirstDayPaperPage() {
  const say = useSay()
  const { name } = useSession()
  const [role, unit, today] = [useRoleName(), useUnitName(), useToday()]
  const { data, error, refetch } = useAsk(showFirstDay, {})
  return (
    <PaperPage
      title={say('first-day')}
      lines={[name, [role, unit].filter(Boolean).join(', '), dayText(today)]}
      back={{ to: firstDayAt(), text: say('first-day-back') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('first-day-reading')}
      signs={[name, say('first-day-sign')]}
    >
      {data && (
        <div className="a4">
          <FirstDaySentence told={data} />
          <StepsList told={data} />
          <Duties duties={data.duties} paper />
        </div>
      )}
    </PaperPage>
  )
}
