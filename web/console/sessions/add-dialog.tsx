import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { showCalendar, showSession } from '../../../src/planning/contract.ts'
import { addToRoster, rosterCandidates, showRoster } from '../../../src/planning/rosters/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Refusal } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Warnings } from './plan-dialog.tsx'
import type { WholeSession } from './week.ts'

/** Adds whole classes of the site's school, or everyone of the unit, as far as they lack what the session gives. */
export function AddDialog({ session, onClose }: { session: WholeSession; onClose: () => void }) {
  const say = useSay()
  const { id, code, site, unitId } = session
  const { data } = useAsk(rosterCandidates, { params: { id } })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [whole, setWhole] = useState<'ward'>()
  const [confirm, setConfirm] = useState<readonly 'capacity'[]>([])
  const add = useDo(addToRoster, [showRoster, showSession, showCalendar])
  const raised =
    add.error instanceof Refusal && add.error.code === 'session-needs-confirmation'
      ? (add.error.facts['warnings'] as never)
      : undefined
  const classes = data?.classes ?? []
  const ofClasses = classes.filter(({ name }) => chosen.includes(name)).reduce((sum, { lacking }) => sum + lacking, 0)
  const n = whole ? (data?.unit.lacking ?? 0) : ofClasses
  const toggle = (name: string) => {
    setWhole(undefined)
    setChosen(chosen.includes(name) ? chosen.filter(one => one !== name) : [...chosen, name])
  }
  const send = () => {
    const asked = whole ? { unitId } : { schoolId: site.schoolId ?? '', classes: [...chosen] }
    add.mutate({ params: { id }, body: { ...asked, confirm: [...confirm] } })
  }
  return (
    <Dialog open title={say('roster-add-title', { code })} onClose={onClose}>
      {site.schoolId && (
        <fieldset className="choices">
          <legend>{say('roster-add-class')}</legend>
          {classes.map(({ name, lacking }) => (
            <Checkbox
              key={name}
              className="tick"
              isSelected={!whole && chosen.includes(name)}
              onChange={() => toggle(name)}
            >
              <span className="box" aria-hidden />
              <span className="own-figures">{name}</span>
              <span className="count">{numberText(lacking)}</span>
            </Checkbox>
          ))}
          {data && classes.length === 0 && <p className="quiet">{say('roster-add-none')}</p>}
        </fieldset>
      )}
      {data && data.unit.lacking > 0 && (
        <Checkbox className="tick" isSelected={whole === 'ward'} onChange={() => setWhole(whole ? undefined : 'ward')}>
          <span className="box" aria-hidden />
          <span>{say('roster-add-ward', { unit: data.unit.name, n: numberText(data.unit.lacking) })}</span>
        </Checkbox>
      )}
      {raised ? (
        <Warnings raised={raised} confirm={confirm} onConfirm={codes => setConfirm(codes as readonly 'capacity'[])} />
      ) : (
        <RefusedNote error={add.error} />
      )}
      {add.data && (
        <p className="note" role="status">
          {say('roster-added', {
            added: numberText(add.data.added),
            already: numberText(add.data.already),
            elsewhere: numberText(add.data.elsewhere),
          })}
        </p>
      )}
      <div className="buttons">
        {!add.data && (
          <Button
            look="primary"
            onPress={send}
            {...((n === 0 || add.isPending || (raised && confirm.length === 0)) && { disabled: true })}
          >
            {say('roster-add-deed', { n: numberText(n) })}
          </Button>
        )}
        <Button onPress={onClose}>{say(add.data ? 'close' : 'leave-it')}</Button>
      </div>
    </Dialog>
  )
}
