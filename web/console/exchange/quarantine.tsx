import { useState } from 'react'
import { exchangeOverview, settleQuarantined } from '../../../src/exchange/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { instantText, numberText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'

type Message = Answer<typeof exchangeOverview>['quarantined'][number]

/** What came and cannot be used: why, and what becomes of it. */
export function Quarantine({ messages }: { messages: readonly Message[] }) {
  const say = useSay()
  return (
    <section className="part">
      <h2>
        {say('exchange-quarantine')} <span className="figures">{numberText(messages.length)}</span>
      </h2>
      {messages.length === 0 && <p className="quiet">{say('exchange-quarantine-none')}</p>}
      <ul className="cases">
        {messages.map(message => (
          <One key={message.id} message={message} />
        ))}
      </ul>
    </section>
  )
}

function One({ message: { id, reason, via, cameAt, again, hash, isTriedAgain } }: { message: Message }) {
  const say = useSay()
  const codes = useCodes()
  const maySettle = useMay('exchange.settle')
  const settle = useDo(settleQuarantined, [exchangeOverview])
  const [isAside, setAside] = useState(false)
  const [why, setWhy] = useState('')
  const { day, time } = instantText(cameAt)
  const params = { id }
  return (
    <li>
      <p>
        <b>{codes('quarantine', reason)}</b>
      </p>
      <p className="small">
        {say(`exchange-via-${via}`, { time, day })} · {say('exchange-hash', { hash })}
        {again > 0 && ` · ${say('exchange-again', { n: again })}`}
        {isTriedAgain && ` · ${say('exchange-trying')}`}
      </p>
      <RefusedNote error={settle.error} />
      {maySettle && (
        <div className="buttons">
          <Button look="row" onPress={() => settle.mutate({ params, body: { as: 'again' } })}>
            {say('exchange-try-again')}
          </Button>
          <Button look={['row', 'text']} onPress={() => setAside(true)}>
            {say('exchange-set-aside')}
          </Button>
        </div>
      )}
      <Dialog open={isAside} title={say('exchange-set-aside-asks')} onClose={() => setAside(false)}>
        <NoteField
          draft={`message ${id} why`}
          label={say('reason')}
          value={why}
          onChange={setWhy}
          rows={2}
          maxLength={1000}
          autoFocus
        />
        <RefusedNote error={settle.error} />
        <div className="buttons">
          <Button
            look="primary"
            {...((settle.isPending || !why.trim()) && { disabled: true })}
            onPress={() =>
              settle.mutate({ params, body: { as: 'set-aside', reason: why } }, { onSuccess: () => setAside(false) })
            }
          >
            {say('exchange-set-aside')}
          </Button>
          <Button onPress={() => setAside(false)}>{say('leave-it')}</Button>
        </div>
      </Dialog>
    </li>
  )
}
