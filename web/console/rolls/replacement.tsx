import { ArrowRight, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { deleteDraft, listRolls, showRoll } from '../../../src/rolls/contract.ts'
import { confirmRoll, restoreRoll } from '../../../src/rolls/replacing/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Roll, rollAt } from '../review/roll.ts'
import { useMay } from '../shell/session.tsx'
import type { Replacement } from './preview.ts'

/** What the present roll is, and what this draft changes of it, before it is taken in. */
export function WouldReplace({ replacement, rows }: { replacement: Replacement; rows: number }) {
  const { id, fileName, sentOn, staying, leaving, coming } = replacement
  return (
    <p className={leaving > staying ? 'note late' : 'note waiting'}>
      <span>
        <Said
          of="would-replace"
          parts={{
            file: <Go to={rollAt(id)}>{fileName}</Go>,
            day: dayText(sentOn),
            before: numberText(replacement.rows),
            after: numberText(rows),
            staying: <strong>{numberText(staying)}</strong>,
            leaving: <strong>{numberText(leaving)}</strong>,
            coming: <strong>{numberText(coming)}</strong>,
          }}
        />
      </span>
    </p>
  )
}

/** A compared roll that is unlike the one in force: its counts, and the two ways on. */
export function HeldAsUnlike({ roll }: { roll: Roll }) {
  const say = useSay()
  const mayImport = useMay('rolls.import')
  const confirm = useDo(confirmRoll, [showRoll, listRolls])
  const drop = useDo(deleteDraft, [listRolls])
  const params = { id: roll.id }
  return (
    <>
      <State
        so={say('unlike-so', {
          rows: numberText(roll.rows),
          unknown: numberText(roll.unknownRows ?? 0),
          leaving: numberText(roll.leavingRows ?? 0),
        })}
        todo={say('unlike-todo')}
        buttons={
          mayImport && (
            <>
              <Button
                look="primary"
                onPress={() => drop.mutate({ params }, { onSuccess: () => goTo(at('/ra-soat')) })}
                {...(drop.isPending && { disabled: true })}
              >
                {say('unlike-drop')}
              </Button>
              <Button onPress={() => confirm.mutate({ params })} {...(confirm.isPending && { disabled: true })}>
                {say('unlike-confirm', { n: numberText(roll.leavingRows ?? 0) })}
              </Button>
            </>
          )
        }
      />
      <RefusedNote error={confirm.error ?? drop.error} />
    </>
  )
}

/** On a former roll: which one counts now, and the step back. On the roll in force: which one it replaced. */
export function NeighbouringRolls({ roll }: { roll: Roll }) {
  const say = useSay()
  const mayImport = useMay('rolls.import')
  const [asking, setAsking] = useState(false)
  if (roll.replacedBy)
    return (
      <div className="note waiting neighbouring-roll">
        <p>
          <Said
            of="replaced-by"
            parts={{
              file: <Go to={rollAt(roll.replacedBy.id)}>{roll.replacedBy.fileName}</Go>,
              day: dayText(roll.replacedBy.sentOn),
              n: numberText(roll.replacedBy.rows),
            }}
          />
        </p>
        {mayImport && !roll.inForce && (
          <Button icon={Undo2} onPress={() => setAsking(true)}>
            {say('restore-this')}
          </Button>
        )}
        {asking && <AskRestore former={roll} present={roll.replacedBy} onClose={() => setAsking(false)} />}
      </div>
    )
  if (!roll.replaces) return null
  return (
    <div className="small neighbouring-roll">
      <p>
        <Said
          of="replaces"
          parts={{
            file: <Go to={rollAt(roll.replaces.id)}>{roll.replaces.fileName}</Go>,
            day: dayText(roll.replaces.sentOn),
            before: numberText(roll.replaces.rows),
            after: numberText(roll.rows),
          }}
        />
      </p>
      {mayImport && (
        <button type="button" className="exit" onClick={() => setAsking(true)}>
          <Undo2 size={14} aria-hidden />
          {say('restore-former')}
        </button>
      )}
      {asking && <AskRestore former={roll.replaces} present={roll} onClose={() => setAsking(false)} />}
    </div>
  )
}

type Named = Pick<Roll, 'id' | 'fileName' | 'rows'>

function AskRestore({ former, present, onClose }: { former: Named; present: Named; onClose: () => void }) {
  const say = useSay()
  const restore = useDo(restoreRoll, [showRoll, listRolls])
  const rows = numberText(former.rows)
  return (
    <Dialog open title={say('restore-title', { n: rows })} onClose={onClose}>
      <p>
        {present.fileName}: {say('n-rows', { n: numberText(present.rows) })} <ArrowRight size={14} aria-hidden />{' '}
        {former.fileName}: {say('n-rows', { n: rows })}
      </p>
      <p className="quiet">{say('restore-about')}</p>
      <RefusedNote error={restore.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={() =>
            restore.mutate(
              { params: { id: former.id } },
              {
                onSuccess: again => {
                  onClose()
                  goTo(rollAt(again.id))
                },
              },
            )
          }
          {...(restore.isPending && { disabled: true })}
        >
          {say('restore-do', { n: rows })}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
