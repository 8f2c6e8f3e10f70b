import { useCallback, useEffect, useState } from 'react'
import { formsOn } from '../../../src/enrolment/application.ts'
import { Chip } from '../../console/parts/chip.tsx'
import { useSay } from '../language.tsx'
import { usePrint } from '../paper/print.tsx'
import { Sheet } from '../paper/sheet.tsx'
import { Button } from '../parts/button.tsx'
import { useRunning } from '../running.tsx'
import { useToday } from '../work/opened.ts'
import { type Check, checkMachine } from './fitness.ts'

const kinds = { good: 'done', poor: 'waiting', unknown: 'not-begun' } as const

/** Whether the machine is fit, asked while there is still time to do something about it. */
export function Checks({ people }: { people: number }) {
  const say = useSay()
  const print = usePrint()
  const today = useToday()
  const { clock, station } = useRunning()
  const ahead = clock?.ahead
  const [checks, setChecks] = useState<readonly Check[]>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock's row changes each minute; only its difference is asked for
  const look = useCallback(() => checkMachine({ people, clock, say }).then(setChecks), [people, ahead, say])
  useEffect(() => {
    void look()
    // The worker is there some seconds after the page.
    const later = setTimeout(() => void look(), 4000)
    return () => clearTimeout(later)
  }, [look])
  const trial = (
    <Sheet form={formsOn(today).capture} title={say('trial-sheet')} unit={station?.unit ?? ''} size="a4">
      <p>{station?.name}</p>
    </Sheet>
  )
  return (
    <section className="checks">
      <h2>{say('checks')}</h2>
      <ul className="rows">
        {checks?.map(({ name, verdict, found, todo }) => (
          <li key={name}>
            <div>
              <strong>{name}</strong>: {found}
              {verdict !== 'good' && todo && <p className="small">{todo}</p>}
            </div>
            <Chip kind={kinds[verdict]}>{say(`verdict-${verdict}`)}</Chip>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <Button onPress={() => void look()}>{say('check-again')}</Button>
        <Button onPress={() => print(trial)}>{say('print-trial')}</Button>
      </div>
      <p className="small">{say('disk-note')}</p>
    </section>
  )
}
