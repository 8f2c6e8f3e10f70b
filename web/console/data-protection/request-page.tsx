import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type RequestOutcome, requestOutcomes } from '../../../src/data-protection/request.ts'
import {
  answerDataRequest,
  assignDataRequest,
  countDataRequests,
  extendDataRequest,
  listDataRequests,
  showDataRequest,
  takeUpDataRequest,
} from '../../../src/data-protection/requests/contract.ts'
import { sayOfRequests } from '../../../src/data-protection/requests/words.ts'
import { basisText } from '../../../src/platform/pages/law-mark.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { CasePapers, UnseenAsked, useUnseenPapers } from '../attachments/case-papers.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { LawMark } from '../law/law-mark.tsx'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { By, RequestChip } from './requests-page.tsx'
import { requestsAt } from './search.ts'

type Request = Answer<typeof showDataRequest>
const stale = [showDataRequest, listDataRequests, countDataRequests]

/** One request: what is asked, until when by which law, and the answer. */
export function DataRequestPage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/yeu-cau/$id' })
  const { data, error, refetch } = useAsk(showDataRequest, { params: { id } })
  if (data) return <OneRequest request={data} />
  return (
    <Page title={say('data-requests')}>
      {error ? <Failed error={error} retry={() => void refetch()} /> : <Loading what={say('reading-list')} />}
    </Page>
  )
}

function OneRequest({ request }: { request: Request }) {
  const { say, language } = useLanguage()
  const unit = useUnitName()
  const mayAnswer = useMay('protection.answer')
  const title = sayOfRequests(language)(`kind-${request.kind}`)
  const isOpen = request.state === 'received' || request.state === 'under-way'
  return (
    <Page
      title={title}
      standing={<RequestChip one={request} />}
      strip={[unit, title]}
      margin={<Particulars request={request} />}
      foot={
        <Go className="exit" to={requestsAt()}>
          {say('data-request-back')}
        </Go>
      }
    >
      <section className="part">
        <h2>{say('data-request-words')}</h2>
        <p className="prose">{request.words}</p>
        {request.extensionReason && (
          <p className="quiet prose">{say('data-request-extended', { reason: request.extensionReason })}</p>
        )}
      </section>
      <CasePapers kind="data-request" caseId={request.id} isOpen={isOpen} />
      {isOpen && mayAnswer && <Work request={request} />}
      {request.answer && <Answered request={request} />}
    </Page>
  )
}

function Particulars({ request }: { request: Request }) {
  const { say, language } = useLanguage()
  const { name, personId, unit, way, receivedOn, acknowledgeBy, state, assignedTo, term } = request
  return (
    <section>
      <dl>
        <dt>{say('data-request-person')}</dt>
        <dd>{name ? <Go to={at(`/dan-cu/nguoi/${personId}`)}>{name}</Go> : say('data-request-hidden')}</dd>
        <dt>{say('data-request-received')}</dt>
        <dd>
          {dayText(receivedOn)}, {say(`data-request-${way}`)}
        </dd>
        <dt>{say('unit')}</dt>
        <dd>{unit.name}</dd>
        {state === 'received' && (
          <>
            <dt>{say('data-request-acknowledge')}</dt>
            <dd>{dayText(acknowledgeBy)}</dd>
          </>
        )}
        <dt>{say('data-request-by')}</dt>
        <dd>
          <By one={request} />
          {term.source !== 'house' && <p className="small">{basisText(term, language)}</p>} <LawMark law={term} />
        </dd>
        <dt>{say('data-request-officer')}</dt>
        <dd>{assignedTo?.name ?? say('data-request-nobody')}</dd>
      </dl>
    </section>
  )
}

function Answered({ request: { answer, outcome, ground, endedOn, answeredBy } }: { request: Request }) {
  const { say, language } = useLanguage()
  const words = sayOfRequests(language)
  return (
    <section className="part">
      <h2>{outcome && words(`outcome-${outcome}`)}</h2>
      <p className="prose">{answer}</p>
      {ground && <p className="quiet prose">{words(`ground-${ground}`)}</p>}
      <p className="small">
        {endedOn && say('data-request-answered', { day: dayText(endedOn) })}
        {answeredBy?.name && `, ${answeredBy.name}`}
      </p>
    </section>
  )
}

/** What each kind means for whoever answers it. */
const means = {
  correct: 'data-request-correct-first',
  withdraw: 'data-request-withdraw-means',
  copy: 'data-request-copy-means',
  see: 'data-request-copy-means',
} as const

function Work({ request }: { request: Request }) {
  const say = useSay()
  const { id, state, kind, personId, extendableDays, colleagues } = request
  const params = { id }
  const takeUp = useDo(takeUpDataRequest, stale)
  const assign = useDo(assignDataRequest, stale)
  const [to, setTo] = useState('')
  const [extending, setExtending] = useState(false)
  const whom = to || (colleagues[0]?.id ?? '')
  const hint = kind in means ? means[kind as keyof typeof means] : undefined
  return (
    <>
      <section className="part stack">
        {hint && (
          <p className="note waiting">
            {say(hint)}{' '}
            {kind === 'correct' && <Go to={at(`/dan-cu/nguoi/${personId}/dinh-chinh`)}>{say('propose-correction')}</Go>}
          </p>
        )}
        <div className="buttons">
          {state === 'received' && (
            <Button
              look="primary"
              onPress={() => takeUp.mutate({ params })}
              {...(takeUp.isPending && { disabled: true })}
            >
              {say('data-request-take-up')}
            </Button>
          )}
          {extendableDays > 0 && (
            <Button onPress={() => setExtending(true)}>{say('data-request-extend', { n: extendableDays })}</Button>
          )}
        </div>
        {colleagues.length > 0 && (
          <>
            <Field
              label={say('data-request-assign')}
              value={whom}
              onChange={setTo}
              choices={colleagues.map(({ id: officer, name }) => [officer, name ?? officer])}
            />
            <div className="buttons">
              <Button
                onPress={() => assign.mutate({ params, body: { to: whom } })}
                {...((!whom || assign.isPending) && { disabled: true })}
              >
                {say('data-request-assign-do')}
              </Button>
            </div>
          </>
        )}
        <RefusedNote error={takeUp.error ?? assign.error} />
      </section>
      <AnswerForm request={request} />
      {extending && <ExtendDialog request={request} onClose={() => setExtending(false)} />}
    </>
  )
}

function ExtendDialog({ request: { id, extendableDays }, onClose }: { request: Request; onClose: () => void }) {
  const say = useSay()
  const [reason, setReason] = useState('')
  const extend = useDo(extendDataRequest, stale)
  const title = say('data-request-extend', { n: extendableDays })
  return (
    <Dialog open title={title} onClose={onClose}>
      <NoteField
        draft={`request ${id} extended`}
        label={say('data-request-extend-why')}
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={2000}
        autoFocus
      />
      <RefusedNote error={extend.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={() => extend.mutate({ params: { id }, body: { reason } }, { onSuccess: onClose })}
          {...((!reason.trim() || extend.isPending) && { disabled: true })}
        >
          {title}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

function AnswerForm({ request: { id, grounds } }: { request: Request }) {
  const { say, language } = useLanguage()
  const words = sayOfRequests(language)
  const [outcome, setOutcome] = useState<RequestOutcome>('granted')
  const [ground, setGround] = useState('')
  const [text, setText] = useState('')
  const [asks, setAsks] = useState(false)
  const unseenPapers = useUnseenPapers('data-request', id)
  const [agreed, setAgreed] = useState(false)
  const answer = useDo(answerDataRequest, stale)
  const chosen = grounds.find(one => one === ground) ?? grounds[0]
  const send = () =>
    answer.mutate(
      {
        params: { id },
        body: { outcome, answer: text, ...(outcome !== 'granted' && chosen && { ground: chosen }) },
      },
      { onSettled: () => setAsks(false) },
    )
  return (
    <section className="part stack">
      <h2>{say('data-request-answer')}</h2>
      <Field
        label={say('data-request-outcome')}
        value={outcome}
        onChange={value => setOutcome(requestOutcomes.find(one => one === value) ?? 'granted')}
        choices={requestOutcomes.map(one => [one, words(`outcome-${one}`)])}
      />
      {outcome !== 'granted' && (
        <Field
          label={say('data-request-ground')}
          value={chosen ?? ''}
          onChange={setGround}
          choices={grounds.map(one => [one, words(`ground-${one}`)])}
          {...(chosen && { hint: words(`ground-${chosen}`) })}
        />
      )}
      <NoteField
        draft={`request ${id} answer`}
        label={say('data-request-text')}
        value={text}
        onChange={setText}
        rows={5}
        maxLength={4000}
        hint={say('data-request-text-hint')}
      />
      <RefusedNote error={answer.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={() => setAsks(true)}
          {...((!text.trim() || answer.isPending) && { disabled: true })}
        >
          {say('data-request-answer')}
        </Button>
      </div>
      <DeedDialog
        open={asks}
        title={words(`outcome-${outcome}`)}
        deed={say('data-request-answer')}
        onDo={send}
        onClose={() => setAsks(false)}
        busy={answer.isPending || (unseenPapers > 0 && !agreed)}
      >
        <p className="prose">{text}</p>
        <p className="quiet">{say('data-request-final')}</p>
        <UnseenAsked count={unseenPapers} agreed={agreed} onChange={setAgreed} />
      </DeedDialog>
    </section>
  )
}
