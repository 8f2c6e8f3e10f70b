import { Printer } from 'lucide-react'
import { useState } from 'react'
import { setRehearsal, showInstallation } from '../../../src/installation/contract.ts'
import { me } from '../../../src/staff/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, weekdayText } from '../../parts/formats.ts'
import { AdministrationNav } from '../administration/administration-nav.tsx'
import { Said, useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { Sentence } from '../parts/figure.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import type { Beginning } from './beginning.ts'
import { ExtractPanel } from './extract-panel.tsx'
import { DutiesPanel, ServerPanel } from './panels.tsx'
import { nextText } from './step-text.ts'
import { StepsTable, type UploadStep } from './steps-table.tsx'
import { PostsDialog, SchoolsDialog } from './table-dialogs.tsx'
import { useBegins } from './use-begins.ts'

/** How far an installation has come: five steps, what is missing at each, and what to do next. */
export function BeginPage() {
  const { say, language } = useLanguage()
  const unit = useUnitName()
  const today = useToday()
  const begins = useBegins()
  const [upload, setUpload] = useState<UploadStep>()
  const { data, error, refetch, dataUpdatedAt } = useAsk(showInstallation, {})
  const day = `${weekdayText(today, language)}, ${dayText(today)}`
  return (
    <Page
      title={say('begin-title')}
      standing={<p>{day}</p>}
      strip={[unit, day]}
      margin={
        <>
          {!begins && <AdministrationNav current="begin" />}
          {data && <Standing told={data} />}
        </>
      }
      foot={
        <Go className="exit" to={at('/bat-dau/in')}>
          <Printer size={16} aria-hidden />
          {say('begin-print')}
        </Go>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-begin')} />}
      {data && (
        <>
          <Situation told={data} />
          <StepsTable told={data} onUpload={setUpload} />
          <ExtractPanel asked={upload === 'register'} />
          <div className="split begin-split">
            <DutiesPanel told={data} />
            <ServerPanel told={data} readAt={dataUpdatedAt} />
          </div>
        </>
      )}
      {upload === 'schools' && <SchoolsDialog onClose={() => setUpload(undefined)} />}
      {upload === 'officers' && <PostsDialog onClose={() => setUpload(undefined)} />}
    </Page>
  )
}

/** How many steps are done, and which one is next. */
export function Situation({ told }: { told: Beginning }) {
  const say = useSay()
  const done = told.steps.filter(({ state }) => state === 'done').length
  const next = told.steps.find(({ state }) => state === 'now')
  return (
    <Sentence>
      <Said
        of={next ? 'begin-sentence' : 'begin-sentence-done'}
        parts={{
          done: <b>{done}</b>,
          all: <b>{told.steps.length}</b>,
          next: next && nextText(say, told, next.step),
        }}
      />
    </Sentence>
  )
}

/** Of what the installation is, by which day it works, and the way to rehearse first. */
function Standing({ told }: { told: Beginning }) {
  const say = useSay()
  const { rehearsalDay, mayRehearse, unit } = told
  const [setting, setSetting] = useState(false)
  return (
    <>
      <section>
        <p className="small">{say('begin-unit')}</p>
        <p>
          <b>{unit.name}</b>
        </p>
        <p className="small">{say('begin-day')}</p>
        <p>
          <b>{rehearsalDay ? say('begin-day-rehearsal', { day: dayText(rehearsalDay) }) : say('begin-day-clock')}</b>
        </p>
      </section>
      {mayRehearse && (
        <section>
          <p className="small">{say('rehearsal')}</p>
          <p className="quiet">{say('rehearsal-why')}</p>
          <Button look="text" onPress={() => setSetting(true)}>
            {say('rehearsal-set')}
          </Button>
          {setting && <RehearsalDialog day={rehearsalDay ?? told.day} onClose={() => setSetting(false)} />}
        </section>
      )}
    </>
  )
}

function RehearsalDialog({ day: first, onClose }: { day: string; onClose: () => void }) {
  const say = useSay()
  const [day, setDay] = useState(first)
  const set = useDo(setRehearsal, [showInstallation, me])
  return (
    <DeedDialog
      open
      title={say('rehearsal-set')}
      deed={say('rehearsal-set')}
      onClose={onClose}
      busy={set.isPending || day === ''}
      onDo={() => set.mutate({ body: { day } }, { onSuccess: onClose })}
    >
      <DayField label={say('rehearsal-day')} value={day} onChange={setDay} />
      <p className="quiet">{say('rehearsal-means')}</p>
      <RefusedNote error={set.error} />
    </DeedDialog>
  )
}
