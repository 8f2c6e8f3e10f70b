import { showInstallation } from '../../../src/installation/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { Situation } from './begin-page.tsx'
import { DutiesPanel, ServerPanel } from './panels.tsx'
import { StepsTable } from './steps-table.tsx'

/** The checklist of a beginning on A4: steps, duties, server, and room for two signatures. */
export function BeginPaperPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const { data, error, refetch, dataUpdatedAt } = useAsk(showInstallation, {})
  return (
    <PaperPage
      title={say('begin-checklist')}
      lines={[`${unit}. ${say('as-of', { day: dayText(today) })}`]}
      back={{ to: at('/bat-dau'), text: say('begin-back') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('reading-begin')}
      signs={[say('begin-sign-first'), say('begin-sign-second')]}
    >
      {data && (
        <div className="a4">
          <Situation told={data} />
          <StepsTable told={data} />
          <DutiesPanel told={data} />
          <ServerPanel told={data} readAt={dataUpdatedAt} />
        </div>
      )}
    </PaperPage>
  )
}
