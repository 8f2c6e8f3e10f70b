import { useState } from 'react'
import {
  breachPaper,
  endBreach,
  listBreaches,
  notePeopleTold,
  notifyAuthority,
} from '../../../src/data-protection/breaches/contract.ts'
import { sayOfBreaches } from '../../../src/data-protection/breaches/words.ts'
import { basisText } from '../../../src/platform/pages/law-mark.ts'
import { Button } from '../../parts/button.tsx'
import { save } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { AdministrationNav } from '../administration/administration-nav.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { LawMark } from '../law/law-mark.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import type { Breach } from './breach.ts'
import { BreachDialog } from './breach-dialog.tsx'

const stale = [listBreaches]

/** Breaches of personal data, whose notice is due first. */
export function BreachesPage() {
  const { say, language } = useLanguage()
  const unit = useUnitName()
  const [recording, setRecording] = useState(false)
  const { data, error, refetch } = useAsk(listBreaches, {}, { every: 60_000 })
  return (
    <Page
      title={say('breaches-title')}
      standing={
        data && (
          <p>
            {data.law.source !== 'house' && say('breaches-law', { law: basisText(data.law, language) })}{' '}
            <LawMark law={data.law} />
          </p>
        )
      }
      strip={[unit, say('breaches')]}
      margin={<AdministrationNav current="breaches" />}
      foot={
        <Button look={['primary', 'wide']} onPress={() => setRecording(true)}>
          {say('breach-record')}
        </Button>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data?.breaches.length === 0 && <State so={say('breaches-none')} todo={say('breaches-none-todo')} />}
      <ul className="cases">
        {data?.breaches.map(breach => (
          <OneBreach key={breach.id} breach={breach} onlyIfHarmful={data.onlyIfHarmful} />
        ))}
      </ul>
      {recording && data && <BreachDialog onlyIfHarmful={data.onlyIfHarmful} onClose={() => setRecording(false)} />}
    </Page>
  )
}

const kinds: Record<Breach['notice'], ChipKind> = {
  'not-needed': 'not-begun',
  running: 'moving',
  'running-out': 'waiting',
  overdue: 'late',
  notified: 'done',
  'notified-late': 'done',
}

type Step = 'amend' | 'notice' | 'tell' | 'end'

function OneBreach({ breach, onlyIfHarmful }: { breach: Breach; onlyIfHarmful: boolean }) {
  const { say, language } = useLanguage()
  const words = sayOfBreaches(language)
  const [step, setStep] = useState<Step>()
  const paper = useDo(breachPaper)
  const { what, place, notice, notifyBy, people, peopleKnown, dataKinds, harm, measures } = breach
  const n = numberText(people)
  const waits = notice === 'running' || notice === 'running-out' || notice === 'overdue'
  const close = () => setStep(undefined)
  return (
    <li>
      <div>
        <p>
          <b>{place}</b> <Chip kind={kinds[notice]}>{say(`breach-state-${notice}`)}</Chip>{' '}
          {breach.endedAt && <Chip kind="done">{say('breach-ended')}</Chip>}
        </p>
        {waits && (
          <p className={notice === 'overdue' ? 'late-text' : ''}>
            {say('breach-notify-by')} {say('data-request-hours', instantText(notifyBy))}
          </p>
        )}
        <p className="prose">{what}</p>
        <p className="small">
          {say(peopleKnown ? 'breach-people-known' : 'breach-people-about', { n })}:{' '}
          {dataKinds.map(kind => words(`data-${kind}`)).join('; ')}
        </p>
        <p className="prose">{harm}</p>
        <p className="prose quiet">{measures}</p>
        <Done breach={breach} />
        <RefusedNote error={paper.error} />
      </div>
      <div className="buttons">
        {waits && (
          <Button look="primary" onPress={() => setStep('notice')}>
            {say('breach-notice')}
          </Button>
        )}
        {notice !== 'not-needed' && (
          <Button onPress={() => paper.mutate({ params: { id: breach.id } }, { onSuccess: save })}>
            {say('breach-paper')}
          </Button>
        )}
        {!breach.endedAt && (
          <>
            {!breach.peopleToldAt && <Button onPress={() => setStep('tell')}>{say('breach-tell')}</Button>}
            {breach.peopleToldAt && !waits && <Button onPress={() => setStep('end')}>{say('breach-end')}</Button>}
            <Button look="text" onPress={() => setStep('amend')}>
              {say('breach-amend')}
            </Button>
          </>
        )}
      </div>
      {step === 'amend' && <BreachDialog breach={breach} onlyIfHarmful={onlyIfHarmful} onClose={close} />}
      {step === 'notice' && <NoticeDialog breach={breach} onClose={close} />}
      {(step === 'tell' || step === 'end') && <HowDialog breach={breach} step={step} onClose={close} />}
    </li>
  )
}

/** What was done so far, and by whom. */
function Done({ breach }: { breach: Breach }) {
  const say = useSay()
  const {
    recordedAt,
    recordedBy = '',
    notifiedAt,
    noticeNumber = '',
    lateReason,
    peopleToldHow,
    endedHow,
    whyNot,
  } = breach
  return (
    <p className="small">
      {say('breach-recorded', { ...instantText(recordedAt), name: recordedBy })}. {whyNot && `${whyNot}. `}
      {notifiedAt && `${say('breach-noticed', { ...instantText(notifiedAt), number: noticeNumber })}. `}
      {lateReason && `${say('breach-late')}: ${lateReason}. `}
      {peopleToldHow && `${say('breach-told')}: ${peopleToldHow}. `}
      {endedHow && `${say('breach-ended')}: ${endedHow}.`}
    </p>
  )
}

type DialogProps = { readonly breach: Breach; readonly onClose: () => void }

function NoticeDialog({ breach: { id, notice }, onClose }: DialogProps) {
  const say = useSay()
  const isLate = notice === 'overdue'
  const [number, setNumber] = useState('')
  const [late, setLate] = useState('')
  const notify = useDo(notifyAuthority, stale)
  const body = { number, ...(isLate && { lateReason: late }) }
  return (
    <Dialog open title={say('breach-notice')} onClose={onClose}>
      <Field label={say('breach-number')} value={number} onChange={setNumber} maxLength={60} autoFocus />
      {isLate && (
        <NoteField
          draft={`breach ${id} late`}
          label={say('breach-late')}
          value={late}
          onChange={setLate}
          rows={3}
          maxLength={2000}
        />
      )}
      <RefusedNote error={notify.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={() => notify.mutate({ params: { id }, body }, { onSuccess: onClose })}
          {...((!number.trim() || (isLate && !late.trim()) || notify.isPending) && { disabled: true })}
        >
          {say('breach-save')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

/** One sentence: how people were told, or what came of it. */
function HowDialog({ breach: { id }, step, onClose }: DialogProps & { readonly step: 'tell' | 'end' }) {
  const say = useSay()
  const [how, setHow] = useState('')
  const tell = useDo(notePeopleTold, stale)
  const end = useDo(endBreach, stale)
  const done = step === 'tell' ? tell : end
  return (
    <Dialog open title={say(`breach-${step}`)} onClose={onClose}>
      <NoteField
        draft={`breach ${id} ${step}`}
        label={say(`breach-${step}-how`)}
        value={how}
        onChange={setHow}
        rows={3}
        maxLength={4000}
        autoFocus
      />
      <RefusedNote error={done.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={() => done.mutate({ params: { id }, body: { how } }, { onSuccess: onClose })}
          {...((!how.trim() || done.isPending) && { disabled: true })}
        >
          {say('breach-save')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
