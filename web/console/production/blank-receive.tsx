import { useState } from 'react'
import { blankStock, receiveBlanks } from '../../../src/cards/production/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

/** Takes a lot in as its delivery note says: by the first and the last serial, or by count where blanks bear none. */
export function ReceiveBlanks({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const [by, setBy] = useState<'range' | 'count'>('range')
  const [filled, setFilled] = useState({ code: '', firstSerial: '', lastSerial: '', count: '' })
  const set = (more: Partial<typeof filled>) => setFilled({ ...filled, ...more })
  const receive = useDo(receiveBlanks, [blankStock])
  const { code, firstSerial, lastSerial, count } = filled
  const whole =
    code.trim() !== '' && (by === 'range' ? firstSerial.trim() !== '' && lastSerial.trim() !== '' : Number(count) >= 1)
  const body = by === 'range' ? { code, firstSerial, lastSerial } : { code, count: Number(count) }
  return (
    <Dialog open title={say('blank-receive')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (whole) receive.mutate({ body })
        }}
      >
        <Field label={say('blank-code')} value={code} onChange={text => set({ code: text })} maxLength={60} autoFocus />
        <Field
          label={say('blank-by')}
          value={by}
          onChange={chosen => setBy(chosen === 'count' ? 'count' : 'range')}
          choices={[
            ['range', say('blank-by-range')],
            ['count', say('blank-by-count')],
          ]}
        />
        {by === 'range' ? (
          <>
            <Field
              label={say('blank-first')}
              value={firstSerial}
              onChange={text => set({ firstSerial: text })}
              maxLength={40}
            />
            <Field
              label={say('blank-last')}
              value={lastSerial}
              onChange={text => set({ lastSerial: text })}
              maxLength={40}
            />
          </>
        ) : (
          <Field
            label={say('blank-count')}
            value={count}
            onChange={text => set({ count: text.replace(/\D/g, '') })}
            inputMode="numeric"
            maxLength={5}
          />
        )}
        <RefusedNote error={receive.error} />
        {receive.data && (
          <p className="note" role="status">
            {say('blank-received-done', { n: numberText(receive.data.size) })}
          </p>
        )}
        <div className="buttons">
          {receive.data ? (
            <Button look="primary" onPress={onClose}>
              {say('close')}
            </Button>
          ) : (
            <>
              <Button look="primary" submits {...((!whole || receive.isPending) && { disabled: true })}>
                {say('blank-receive-deed')}
              </Button>
              <Button onPress={onClose}>{say('leave-it')}</Button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  )
}
