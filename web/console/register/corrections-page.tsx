import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { showPerson } from '../../../src/register/contract.ts'
import {
  approveCorrection,
  listCorrections,
  refuseCorrection,
  showCorrection,
  withdrawCorrection,
} from '../../../src/register/corrections/contract.ts'
import { isFromRoll } from '../../../src/register/corrections/correction.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { CasePapers, UnseenAsked, useUnseenPapers } from '../attachments/case-papers.tsx'
import { useActor, useCodes, useFieldValue } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Comparison } from '../parts/comparison.tsx'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { Attest } from './attest.tsx'
import { CorrectionChip } from './person-history.tsx'

type Correction = Answer<typeof showCorrection>

/** Corrections that wait: to be decided here, or proposed here; the soonest due first. */
export function CorrectionsPage() {
  const say = useSay()
  const unit = useUnitName()
  const which = useSearch({ from: '/dan-cu/dinh-chinh' }).cua === 'day' ? 'proposed-here' : 'to-decide'
  const { data, error, refetch } = useAsk(listCorrections, { query: { which } })
  return (
    <Page
      title={say('corrections-title')}
      standing={unit}
      strip={[unit, say(which)]}
      margin={<Which which={which} />}
      still={!!data?.corrections.length}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data &&
        (data.corrections.length ? (
          <Corrections rows={data.corrections} />
        ) : (
          <State so={say('corrections-none')} todo={say('corrections-none-todo')} />
        ))}
    </Page>
  )
}

function Which({ which }: { which: 'to-decide' | 'proposed-here' }) {
  const say = useSay()
  return (
    <section>
      <nav className="sections" aria-label={say('corrections-open')}>
        <Go to={at('/dan-cu/dinh-chinh')} current={which === 'to-decide'}>
          {say('to-decide')}
        </Go>
        <Go to={at('/dan-cu/dinh-chinh?cua=day')} current={which === 'proposed-here'}>
          {say('proposed-here')}
        </Go>
      </nav>
    </section>
  )
}

function Corrections({ rows }: { rows: readonly Correction[] }) {
  const say = useSay()
  const codes = useCodes()
  const columns: readonly Column<Correction>[] = [
    {
      id: 'person',
      head: say('full-name'),
      width: 'minmax(160px, 2fr)',
      onPhone: true,
      show: ({ id, personName }) => (
        <Go to={at(`/dan-cu/dinh-chinh/${id}`)} quietly>
          {personName ?? say('other-unit-somewhere')}
        </Go>
      ),
    },
    {
      id: 'fields',
      head: say('as-proposed'),
      width: 'minmax(140px, 2fr)',
      show: ({ changes }) => changes.map(({ field }) => codes('field', field)).join(', '),
    },
    {
      id: 'unit',
      head: say('unit'),
      width: 'minmax(140px, 1fr)',
      show: ({ unit }) => <span className="quiet">{unit.name}</span>,
    },
    {
      id: 'received',
      head: say('due-when'),
      width: '96px',
      isDay: true,
      show: ({ dueOn }) => dayText(dueOn),
      sortBy: ({ dueOn }) => dueOn,
    },
    {
      id: 'due',
      head: say('state'),
      width: '150px',
      end: true,
      onPhone: true,
      show: one => <CorrectionChip {...one} />,
    },
  ]
  return (
    <Table
      label={say('corrections-title')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(at(`/dan-cu/dinh-chinh/${id}`))}
    />
  )
}

/** One correction: what is on record beside what is proposed, with its evidence; a second officer decides. */
export function CorrectionPage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/dinh-chinh/$id' })
  const { data, error, refetch } = useAsk(showCorrection, { params: { id } })
  if (data) return <OneCorrection correction={data} />
  return (
    <Page title={say('corrections-open')}>
      {error ? <Failed error={error} retry={() => void refetch()} /> : <Loading what={say('reading-list')} />}
    </Page>
  )
}

function Particulars({ correction }: { correction: Correction }) {
  const say = useSay()
  const actor = useActor()
  return (
    <section>
      <dl>
        <dt>{say('received-at', { unit: correction.unit.name, day: dayText(correction.proposedOn) })}</dt>
        <dd>{actor(correction.proposedBy)}</dd>
        <dt>{say('decided-at', { unit: correction.decidesUnit.name })}</dt>
        <dd>
          <CorrectionChip {...correction} />
        </dd>
      </dl>
    </section>
  )
}

function OneCorrection({ correction }: { correction: Correction }) {
  const say = useSay()
  const codes = useCodes()
  const shown = useFieldValue()
  return (
    <Page
      title={say('correction-of', { n: correction.changes.length })}
      standing={<p>{correction.personName}</p>}
      strip={[correction.personName ?? '', say('corrections-open')]}
      margin={<Particulars correction={correction} />}
      foot={
        <>
          <Go className="exit" to={at(`/dan-cu/dinh-chinh/${correction.id}/in`)}>
            {say('correction-paper-open')}
          </Go>
          <Go className="exit" to={at(`/dan-cu/nguoi/${correction.personId}`)}>
            {say('open-record')}
          </Go>
        </>
      }
    >
      <Comparison
        caption={say('corrections-open')}
        sources={[say('as-recorded'), say('as-proposed')]}
        fields={correction.changes.map(({ field, old, new: value }) => ({
          label: codes('field', field),
          left: shown(field, old),
          right: shown(field, value),
          ...(field === 'birth_date' && { kind: 'day' as const }),
        }))}
      />
      <section className="part">
        <h2>{say('evidence')}</h2>
        <p className="prose">{correction.evidence}</p>
        <p className="small">
          {isFromRoll(correction) ? say('from-roll') : `${correction.form.code}, ${correction.form.version}`}
        </p>
        {correction.reason && (
          <p className="prose">
            <b>{say('reason')}:</b> {correction.reason}
          </p>
        )}
      </section>
      <CasePapers kind="correction" caseId={correction.id} isOpen={correction.due !== 'closed'} />
      {correction.due !== 'closed' && isFromRoll(correction) && <Attest correction={correction} />}
      {correction.due !== 'closed' && <Decide correction={correction} />}
    </Page>
  )
}

function Decide({ correction }: { correction: Correction }) {
  const say = useSay()
  const isMine = correction.proposedBy.id === useSession().id
  const mayDecide = useMay('register.decide') && !isMine
  const unseen = isFromRoll(correction)
  const [asking, setAsking] = useState<'approve' | 'refuse' | 'withdraw'>()
  const [reason, setReason] = useState('')
  const unseenPapers = useUnseenPapers('correction', correction.id)
  const [agreed, setAgreed] = useState(false)
  const mustAgree = unseenPapers > 0 && !agreed
  const after = [showCorrection, listCorrections, showPerson]
  const approve = useDo(approveCorrection, after)
  const refuse = useDo(refuseCorrection, after)
  const withdraw = useDo(withdrawCorrection, after)
  const close = () => setAsking(undefined)
  const params = { id: correction.id }
  const name = correction.personName ?? ''
  const closing = asking === 'refuse' ? refuse : withdraw
  return (
    <section className="part">
      <RefusedNote error={approve.error ?? refuse.error ?? withdraw.error} />
      <div className="buttons">
        {mayDecide && (
          <>
            {!unseen && (
              <Button look="primary" onPress={() => setAsking('approve')}>
                {say('approve')}
              </Button>
            )}
            <Button onPress={() => setAsking('refuse')}>{say('refuse')}</Button>
          </>
        )}
        {isMine && (
          <Button look="text" onPress={() => setAsking('withdraw')}>
            {say('withdraw')}
          </Button>
        )}
      </div>
      {!mayDecide && <p className="quiet">{say('another-decides', { unit: correction.decidesUnit.name })}</p>}
      <DeedDialog
        open={asking === 'approve'}
        title={say('approve-asks', { name })}
        deed={say('approve')}
        onClose={close}
        busy={approve.isPending || mustAgree}
        onDo={() => approve.mutate({ params, seen: correction.version }, { onSettled: close })}
      >
        <p>{say('approve-means')}</p>
        <UnseenAsked count={unseenPapers} agreed={agreed} onChange={setAgreed} />
      </DeedDialog>
      <Dialog
        open={asking === 'refuse' || asking === 'withdraw'}
        title={say(asking === 'withdraw' ? 'withdraw-asks' : 'refuse-asks')}
        onClose={close}
      >
        <NoteField
          draft={`correction ${correction.id} answer`}
          label={say('reason')}
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={2000}
          hint={say('reason-hint')}
          autoFocus
        />
        {asking === 'refuse' && <UnseenAsked count={unseenPapers} agreed={agreed} onChange={setAgreed} />}
        <div className="buttons">
          <Button
            look="primary"
            {...((closing.isPending || !reason.trim() || (asking === 'refuse' && mustAgree)) && { disabled: true })}
            onPress={() => closing.mutate({ params, body: { reason }, seen: correction.version }, { onSettled: close })}
          >
            {say(asking === 'withdraw' ? 'withdraw' : 'refuse')}
          </Button>
          <Button onPress={close}>{say('leave-it')}</Button>
        </div>
      </Dialog>
    </section>
  )
}
