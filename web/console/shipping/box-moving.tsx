import { useState } from 'react'
import { listBoxes, receiveBox, sendBox, showBox } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import type { Box } from '../cards/card-types.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession } from '../shell/session.tsx'
import { useBoxWay } from './boxes-page.tsx'

const readAnew = [showBox, listBoxes, cardPipeline, listCards] as const

/** A sealed box is sent by whoever packed it, and taken in where it goes to, after a look at its seal. */
export function BoxMoving({ box }: { box: Box }) {
  const say = useSay()
  const { post } = useSession()
  const { to } = useBoxWay()(box)
  if (box.state === 'sealed') return <Send box={box} />
  if (post?.unitId === box.fromId) return <p className="at-hand">{say('box-there', { place: to })}</p>
  return <Receive box={box} />
}

function Send({ box: { id } }: { box: Box }) {
  const say = useSay()
  const send = useDo(sendBox, readAnew)
  return (
    <section className="at-hand stack">
      <p>{say('box-send-about')}</p>
      <RefusedNote error={send.error} />
      <div className="buttons">
        <Button
          look={['primary', 'large']}
          autoFocus
          onPress={() => send.mutate({ params: { id } })}
          {...(send.isPending && { disabled: true })}
        >
          {say('box-send-deed')}
        </Button>
      </div>
    </section>
  )
}

function Receive({ box: { id, seal } }: { box: Box }) {
  const say = useSay()
  const [broken, setBroken] = useState(false)
  const [remark, setRemark] = useState('')
  const receive = useDo(receiveBox, readAnew)
  return (
    <form
      className="at-hand stack"
      onSubmit={event => {
        event.preventDefault()
        if (remark.trim()) receive.mutate({ params: { id }, body: { seal: 'broken', remark: remark.trim() } })
      }}
    >
      <h2>{say('box-receive-title')}</h2>
      <p>{say('box-receive-about', { seal: seal ?? '–' })}</p>
      {broken && (
        <NoteField
          draft={`box ${id} remark`}
          label={say('box-remark')}
          value={remark}
          onChange={setRemark}
          rows={2}
          maxLength={500}
          autoFocus
        />
      )}
      <RefusedNote error={receive.error} />
      <div className="buttons">
        {broken ? (
          <>
            <Button look="primary" submits {...((remark.trim() === '' || receive.isPending) && { disabled: true })}>
              {say('box-receive-broken-deed')}
            </Button>
            <Button onPress={() => setBroken(false)}>{say('leave-it')}</Button>
          </>
        ) : (
          <>
            <Button
              look={['primary', 'large']}
              onPress={() => receive.mutate({ params: { id }, body: { seal: 'intact' } })}
              {...(receive.isPending && { disabled: true })}
            >
              {say('box-receive-intact')}
            </Button>
            <Button look="large" onPress={() => setBroken(true)}>
              {say('box-receive-broken')}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}
