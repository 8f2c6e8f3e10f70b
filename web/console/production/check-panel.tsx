import { useState } from 'react'
import { blankStock, checkCard, listBatches, showBatch } from '../../../src/cards/production/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import type { BatchLine } from '../cards/card-types.ts'
import { type Heard, ScanField } from '../cards/scan-field.tsx'
import { useRefusalWords } from '../cards/use-refusal-words.ts'
import { Name } from '../parts/person-name.tsx'

/** Another officer looks at each card that was made: it is scanned, then 1 or 2 is typed into the same field. */
export function CheckPanel({ lines }: { lines: readonly BatchLine[] }) {
  const say = useSay()
  const toldOf = useRefusalWords()
  const [heard, setHeard] = useState<Heard>()
  const [attemptId, setAttemptId] = useState<string>()
  const [rejecting, setRejecting] = useState(false)
  const check = useDo(checkCard, [showBatch, listBatches, blankStock, cardPipeline, listCards])
  const line = lines.find(one => one.attemptId === attemptId)
  const bad = (error: unknown) => setHeard({ kind: 'bad', ...toldOf(error) })

  const pass = ({ attemptId: id, name, serial = '' }: BatchLine) => {
    if (!id || check.isPending) return
    check.mutate(
      { params: { id }, body: { quality: 'passed' } },
      { onSuccess: () => done(id, { kind: 'good', so: say('check-passed', { name, serial }) }), onError: bad },
    )
  }
  const reject = ({ attemptId: id, name }: BatchLine, fault: string) => {
    if (!id) return
    check.mutate(
      { params: { id }, body: { quality: 'rejected', fault } },
      { onSuccess: () => done(id, { kind: 'good', so: say('check-rejected', { name }) }), onError: bad },
    )
  }
  /** The next card may have been scanned while the house was still answering. */
  const done = (id: string, what: Heard) => {
    setAttemptId(current => (current === id ? undefined : current))
    setRejecting(false)
    setHeard(what)
  }
  const onScan = (text: string) => {
    if (text === '1' || text === '2') {
      if (!line) return setHeard({ kind: 'bad', so: say('check-first') })
      return text === '1' ? pass(line) : setRejecting(true)
    }
    setRejecting(false)
    const found = lines.find(({ serial }) => serial === text)
    setAttemptId(found?.attemptId)
    setHeard(found ? undefined : { kind: 'bad', so: say('check-unknown', { serial: text }) })
  }

  return (
    <>
      <ScanField label={say('check-scan')} hint={say('check-scan-hint')} onScan={onScan} heard={heard} />
      {lines.length === 0 && <p className="quiet">{say('check-none')}</p>}
      {lines.length > 0 && !line && <p className="quiet">{say('check-left', { n: numberText(lines.length) })}</p>}
      {line && (
        <section className="at-hand" aria-live="polite">
          <p className="big-name">
            <Name name={line.name} />
          </p>
          <p className="quiet figures">
            {line.serial}, {say('card-due').toLowerCase()} {dayText(line.dueOn)}
          </p>
          {rejecting ? (
            <Fault onReject={fault => reject(line, fault)} onLeave={() => setRejecting(false)} busy={check.isPending} />
          ) : (
            <>
              <p>{say('check-look')}</p>
              <div className="buttons">
                <Button
                  look={['primary', 'large']}
                  cap="1"
                  onPress={() => pass(line)}
                  {...(check.isPending && { disabled: true })}
                >
                  {say('check-pass')}
                </Button>
                <Button look="large" cap="2" onPress={() => setRejecting(true)}>
                  {say('check-reject')}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
    </>
  )
}

function Fault({ onReject, onLeave, busy }: { onReject: (fault: string) => void; onLeave: () => void; busy: boolean }) {
  const say = useSay()
  const [fault, setFault] = useState('')
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (fault.trim()) onReject(fault.trim())
      }}
    >
      <Field
        label={say('check-fault')}
        hint={say('check-fault-hint')}
        value={fault}
        onChange={setFault}
        maxLength={200}
        autoFocus
      />
      <div className="buttons">
        <Button look="primary" submits {...((fault.trim() === '' || busy) && { disabled: true })}>
          {say('check-reject-deed')}
        </Button>
        <Button onPress={onLeave}>{say('leave-it')}</Button>
      </div>
    </form>
  )
}
