import { CalendarPlus, Download, MessageSquare, Printer } from 'lucide-react'
import { useState } from 'react'
import { mostChosen, needExportChosen } from '../../../src/campaign/contract.ts'
import { mostReminded } from '../../../src/campaign/law.ts'
import { mostSlipsTogether } from '../../../src/families/law.ts'
import { Button } from '../../parts/button.tsx'
import { call, save } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goToSlipsOf } from '../families/slips.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { ReminderDialog } from './reminder-dialog.tsx'
import { SessionDialog } from './session-dialog.tsx'

/** What can be done to the people who are chosen from any list; each says first what will happen to how many. */
export function ChosenActions({
  chosen,
  onChoose,
  everybody,
}: {
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
  /** Everybody of the filter, by id. */
  everybody: () => Promise<readonly string[]>
}) {
  const say = useSay()
  const mayPlace = useMay('planning.manage')
  const mayExport = useMay('campaign.export')
  const maySlips = useMay('families.slips')
  const [open, setOpen] = useState<'session' | 'reminder'>()
  const [error, setError] = useState<unknown>()
  const people = [...chosen]
  const isTooMany = people.length > mostChosen
  const isTooManyToRemind = people.length > mostReminded
  const take = () => {
    setError(undefined)
    call(needExportChosen, { body: { people } }).then(save, setError)
  }
  const chooseAll = () => {
    setError(undefined)
    everybody().then(ids => onChoose(new Set(ids)), setError)
  }
  return (
    <>
      {mayPlace && (
        <Button look="primary" icon={CalendarPlus} disabled={isTooMany} onPress={() => setOpen('session')}>
          {say('chosen-place')}
        </Button>
      )}
      <Button icon={MessageSquare} disabled={isTooManyToRemind} onPress={() => setOpen('reminder')}>
        {say('chosen-remind')}
      </Button>
      {maySlips && (
        <Button icon={Printer} disabled={people.length > mostSlipsTogether} onPress={() => goToSlipsOf(people)}>
          {say('chosen-slips')}
        </Button>
      )}
      {mayExport && (
        <Button icon={Download} disabled={isTooMany} onPress={take}>
          {say('chosen-export', { n: numberText(people.length) })}
        </Button>
      )}
      <Button look="text" onPress={chooseAll}>
        {say('chosen-everybody')}
      </Button>
      <Button look="text" onPress={() => onChoose(new Set())}>
        {say('chosen-clear')}
      </Button>
      {isTooManyToRemind && (
        <span className="small">{say('chosen-most', { n: numberText(isTooMany ? mostChosen : mostReminded) })}</span>
      )}
      <RefusedNote error={error} />
      {open === 'session' && <SessionDialog people={people} onClose={() => setOpen(undefined)} />}
      {open === 'reminder' && <ReminderDialog people={people} onClose={() => setOpen(undefined)} />}
    </>
  )
}
