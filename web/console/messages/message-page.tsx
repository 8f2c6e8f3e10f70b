import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import {
  messageList,
  messageOpen,
  messageOptOut,
  messageReached,
  messageRetry,
  messageSendAgain,
  messageSendElsewhere,
} from '../../../src/outreach/contract.ts'
import { isLost, mayRetry, reachedHows } from '../../../src/outreach/message.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useDraft } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { messagesAt } from './search.ts'

type Opened = Answer<typeof messageOpen>

/** A message in its words, what each try came to, and what an officer may do about it. */
export function MessagePage() {
  const say = useSay()
  const { id } = useParams({ from: '/chien-dich/tin/$id' })
  const { data, error, refetch } = useAsk(messageOpen, { params: { id } })
  return (
    <Page
      title={say('message-page')}
      standing={
        data && <p>{`${say(`message-state-${data.state}`)}. ${say(`message-to-${data.to}`)}: ${data.address}`}</p>
      }
      strip={[say('messages')]}
      margin={data && <Deeds message={data} />}
      foot={
        <Go className="exit" to={messagesAt()}>
          {say('messages')}
        </Go>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data && (
        <>
          <section className="part">
            <h2 className="head">{data.subject}</h2>
            <p className="message-text">{data.text}</p>
          </section>
          <Tries message={data} />
        </>
      )}
    </Page>
  )
}

function Tries({ message: { tries, formerly } }: { message: Opened }) {
  const say = useSay()
  return (
    <section className="part">
      <h2 className="head">{say('message-tries')}</h2>
      {formerly.length > 0 && (
        <p>
          {say('message-formerly', {
            addresses: formerly.map(({ to, address }) => `${say(`message-to-${to}`)} ${address}`).join('; '),
          })}
        </p>
      )}
      {tries.length === 0 && <p className="quiet">{say('message-tries-none')}</p>}
      <ol>
        {tries.map(({ number, via, begunAt, begunOn, outcome, code, parts, price, receipt }) => {
          const { time } = instantText(begunAt)
          const day = dayText(begunOn)
          const said = [say(`message-outcome-${outcome ?? 'open'}`), code && `(${code})`].filter(Boolean).join(' ')
          return (
            <li key={number}>
              {say('message-try', { time, day, via, outcome: said })}
              {receipt && `, ${say(`message-receipt-${receipt}`)}`}
              {price > 0 && (
                <span className="quiet"> {say('message-try-cost', { parts, price: numberText(price) })}</span>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Deeds({ message: { id, state, formerly } }: { message: Opened }) {
  const say = useSay()
  const mayAct = useMay('outreach.retry')
  const [asked, setAsked] = useState<'again' | 'reached' | 'opt-out' | 'phone' | 'letter'>()
  const close = () => setAsked(undefined)
  const then = { onSuccess: close }
  const readAnew = [messageOpen, messageList]
  const retry = useDo(messageRetry, readAnew)
  const again = useDo(messageSendAgain, readAnew)
  const reached = useDo(messageReached, readAnew)
  const optOut = useDo(messageOptOut, readAnew)
  const elsewhere = useDo(messageSendElsewhere, readAnew)
  if (!mayAct) return null
  const params = { id }
  return (
    <section className="buttons">
      <RefusedNote error={retry.error ?? again.error ?? reached.error ?? optOut.error} />
      {mayRetry(state) && (
        <Button look="wide" disabled={retry.isPending} onPress={() => retry.mutate({ params })}>
          {say('message-retry')}
        </Button>
      )}
      {state === 'unknown' && (
        <Button look="wide" onPress={() => setAsked('again')}>
          {say('message-send-again')}
        </Button>
      )}
      {isLost(state) &&
        (['phone', 'letter'] as const).map(to => (
          <Button key={to} look="wide" onPress={() => setAsked(to)}>
            {say(`message-elsewhere-${to}`)}
          </Button>
        ))}
      {(isLost(state) || formerly.length > 0) && (
        <Button look="wide" onPress={() => setAsked('reached')}>
          {say('message-reached')}
        </Button>
      )}
      <Button look="wide" onPress={() => setAsked('opt-out')}>
        {say('message-opt-out')}
      </Button>
      <DeedDialog
        open={asked === 'again'}
        title={say('message-send-again')}
        deed={say('message-send-again')}
        busy={again.isPending}
        onClose={close}
        onDo={() => again.mutate({ params, body: { mayArriveTwice: true } }, then)}
      >
        <p>{say('message-send-again-why')}</p>
      </DeedDialog>
      <DeedDialog
        open={asked === 'opt-out'}
        title={say('message-opt-out')}
        deed={say('message-opt-out')}
        busy={optOut.isPending}
        onClose={close}
        onDo={() => optOut.mutate({ params }, then)}
      >
        <p>{say('message-opt-out-why')}</p>
      </DeedDialog>
      {(asked === 'phone' || asked === 'letter') && (
        <Elsewhere
          to={asked}
          message={{ id, state }}
          error={elsewhere.error}
          busy={elsewhere.isPending}
          onClose={close}
          onDo={body => elsewhere.mutate({ params, body }, then)}
        />
      )}
      <Dialog open={asked === 'reached'} title={say('message-reached')} onClose={close}>
        <div className="buttons">
          {reachedHows.map(how => (
            <Button
              key={how}
              disabled={reached.isPending}
              onPress={() => reached.mutate({ params, body: { how } }, then)}
            >
              {say(`message-reached-${how}`)}
            </Button>
          ))}
        </div>
      </Dialog>
    </section>
  )
}

type ElsewhereProps = {
  readonly to: 'phone' | 'letter'
  readonly message: Pick<Opened, 'id' | 'state'>
  readonly error: Error | null
  readonly busy: boolean
  readonly onClose: () => void
  readonly onDo: (body: { to: 'phone' | 'letter'; address: string; mayArriveTwice?: true }) => void
}

/** The phone that an officer learnt, or name and postal address of a letter. */
function Elsewhere({ to, message: { id, state }, error, busy, onClose, onDo }: ElsewhereProps) {
  const say = useSay()
  const [address, setAddress] = useState('')
  useDraft(`message ${id} ${to}`, address, setAddress)
  const title = say(`message-elsewhere-${to}`)
  const isUnknown = state === 'unknown'
  return (
    <Dialog open title={title} onClose={onClose}>
      <Field
        label={say(`message-elsewhere-${to}-field`)}
        value={address}
        onChange={setAddress}
        maxLength={to === 'phone' ? 20 : 300}
        autoFocus
        hint={say(`message-elsewhere-${to}-hint`)}
      />
      {isUnknown && <p>{say('message-send-again-why')}</p>}
      <RefusedNote error={error} />
      <div className="buttons">
        <Button
          look="primary"
          disabled={busy || address.trim() === ''}
          onPress={() => onDo({ to, address: address.trim(), ...(isUnknown && { mayArriveTwice: true as const }) })}
        >
          {say(`message-elsewhere-${to}-do`)}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
