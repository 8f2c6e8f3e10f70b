import { Printer } from 'lucide-react'
import { useState } from 'react'
import { instantText } from '../../parts/formats.ts'
import { packetName } from '../keep/packet-chain.ts'
import type { PaperContext } from '../paper/paper-context.tsx'
import { usePrint } from '../paper/print.tsx'
import { ReceiptAgainPaper } from '../paper/receipt-again-paper.tsx'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import type { DoneBefore } from './capture-course.ts'

type DoneProps = {
  readonly done: DoneBefore
  readonly desk: PaperContext
  readonly onAgain: (reason: string) => void
  readonly onBack: () => void
}

/** Somebody of whom a packet was sealed already: when, and what can still be done. */
export function DonePane({ done: { entry, someone, packet, receipt }, desk, onAgain, onBack }: DoneProps) {
  const say = useSay()
  const print = usePrint()
  const { station } = useRunning()
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  useKeys({ Escape: onBack })
  const name = someone.person.fullName
  const again = () => {
    setAsked(true)
    if (reason.trim().length >= 3) onAgain(reason.trim())
  }
  return (
    <section className="state narrow done-before">
      <h1>{say(entry.state === 'refused' ? 'refused-before' : 'done-before', { name })}</h1>
      {packet && (
        <p className="instruction">
          {say('done-before-when', {
            packet: packetName(station?.code ?? '', packet.counter),
            place: desk.place,
            ...instantText(packet.sealedAt),
          })}
        </p>
      )}
      {packet && <p>{say(`packet-is-${packet.state}`)}</p>}
      {receipt && (
        <>
          <p>{say('done-before-code', { code: receipt.code })}</p>
          <div className="buttons">
            <Button
              icon={Printer}
              onPress={() => print(<ReceiptAgainPaper person={someone.person} receipt={receipt} desk={desk} />)}
            >
              {say('print-receipt-again')}
            </Button>
          </div>
        </>
      )}
      <Field
        label={say('again-why')}
        hint={say('again-why-hint')}
        value={reason}
        onChange={setReason}
        error={asked && reason.trim().length < 3 ? say('again-why-needed') : undefined}
        input={{ maxLength: 200 }}
      />
      <div className="buttons">
        <Button onPress={again}>{say('capture-again')}</Button>
        <Button look="primary" cap="Esc" onPress={onBack}>
          {say('refuse-back')}
        </Button>
      </div>
    </section>
  )
}
