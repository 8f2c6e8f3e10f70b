import { useState } from 'react'
import { absences, showCalendar, showSession } from '../../../src/planning/contract.ts'
import { closeSession, markAbsent, showRoster } from '../../../src/planning/rosters/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { Line, WholeSession } from './week.ts'

type Props = { readonly session: Pick<WholeSession, 'id' | 'code'>; readonly onClose: () => void }

/**
 * Closing is possible only when the counts equal the list: they are counted here from the very lines, and sent along.
 */
export function CloseDialog({ session: { id, code }, onClose }: Props) {
  const say = useSay()
  const { data, error } = useAsk(showRoster, { params: { id } })
  return (
    <Dialog open title={say('session-close-title', { code })} onClose={onClose}>
      <RefusedNote error={error} />
      {data && <Counted id={id} lines={data.lines} onClose={onClose} />}
    </Dialog>
  )
}

function Counted({ id, lines, onClose }: { id: string; lines: readonly Line[]; onClose: () => void }) {
  const say = useSay()
  const close = useDo(closeSession, [showSession, showCalendar, showRoster])
  const left = lines.filter(({ outcome }) => !outcome)
  const asked = lines.filter(({ walkIn }) => !walkIn)
  const counts = {
    served: asked.filter(({ outcome }) => outcome === 'served').length,
    absent: asked.filter(({ outcome }) => outcome === 'absent').length,
    walkIns: lines.length - asked.length,
  }
  return (
    <>
      {left.length > 0 && <Rest id={id} left={left} />}
      <p>{say('session-close-about')}</p>
      <dl className="closing">
        {[
          ['count-all', asked.length],
          ['count-served', counts.served],
          ['count-absent', counts.absent],
          ['count-walk-in', counts.walkIns],
        ].map(([word, n]) => (
          <div key={word}>
            <dt>{say(word as 'count-all')}</dt>
            <dd className="figures">{numberText(n as number)}</dd>
          </div>
        ))}
      </dl>
      <RefusedNote error={close.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={() => close.mutate({ params: { id }, body: counts }, { onSuccess: onClose })}
          {...((left.length > 0 || close.isPending) && { disabled: true })}
        >
          {say('session-close-deed', { served: numberText(counts.served), absent: numberText(counts.absent) })}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </>
  )
}

/** Who has no outcome is marked absent together, for one reason. */
function Rest({ id, left }: { id: string; left: readonly Line[] }) {
  const say = useSay()
  const [reason, setReason] = useState<string>('other')
  const mark = useDo(markAbsent, [showRoster, showSession, showCalendar])
  const persons = left.map(({ personId }) => personId)
  return (
    <div className="note waiting">
      <div className="stack">
        <p>
          <b>{say('session-close-left', { n: numberText(left.length) })}</b>
        </p>
        <Field
          label={say('session-reason')}
          value={reason}
          onChange={setReason}
          choices={absences.map(one => [one, say(`absence-${one}`)] as const)}
        />
        <RefusedNote error={mark.error} />
        <Button
          onPress={() =>
            mark.mutate({ params: { id }, body: { persons, reason: reason as (typeof absences)[number] } })
          }
        >
          {say('session-close-mark', { n: numberText(left.length) })}
        </Button>
      </div>
    </div>
  )
}
