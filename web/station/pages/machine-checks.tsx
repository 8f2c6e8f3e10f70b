import { useCallback, useEffect, useRef, useState } from 'react'
import { formsOn } from '../../../src/enrolment/law.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { Chip } from '../../parts/chip.tsx'
import { usePrint } from '../paper/print.tsx'
import { Sheet } from '../paper/sheet.tsx'
import { Button } from '../parts/button.tsx'
import { useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import { useToday } from '../work/officer-at-work.ts'
import { type Check, checkMachine } from './check-machine.ts'

const kinds = { good: 'done', poor: 'waiting', unknown: 'not-begun' } as const

/** Whether the machine is fit, asked while there is still time to do something about it. */
export function Checks({ people }: { people: number }) {
  const say = useSay()
  const print = usePrint()
  const today = useToday()
  const { keep, clock, station } = useRunning()
  const ahead = clock?.ahead
  const [checks, setChecks] = useState<Readonly<Record<number, Check | undefined>>>({})
  const looks = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the difference of the clock counts
  const look = useCallback(() => {
    looks.current += 1
    const mine = looks.current
    checkMachine({ keep, people, clock, say }, (at, check) => {
      // An earlier look may end after a later one, and knows less.
      if (mine === looks.current) setChecks(known => ({ ...known, [at]: check }))
    })
  }, [keep, people, ahead, say])
  const found = Object.values(checks).filter(check => check !== undefined)
  useEffect(() => {
    look()
    // The worker takes the page over some seconds after it was opened.
    navigator.serviceWorker?.addEventListener('controllerchange', look)
    return () => navigator.serviceWorker?.removeEventListener('controllerchange', look)
  }, [look])
  const trial = (
    <Sheet form={formsOn(today, builtInLaw).capture} title={say('trial-sheet')} unit={station?.unit ?? ''} size="a4">
      <p>{station?.name}</p>
    </Sheet>
  )
  return (
    <section className="checks">
      <h2>{say('checks')}</h2>
      <ul className="rows">
        {found.map(({ name, verdict, found: so, todo }) => (
          <li key={name}>
            <div>
              <strong>{name}</strong>: {so}
              {verdict !== 'good' && todo && <p className="small">{todo}</p>}
            </div>
            <Chip kind={kinds[verdict]}>{say(`verdict-${verdict}`)}</Chip>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <Button onPress={look}>{say('check-again')}</Button>
        <Button onPress={() => print(trial)}>{say('print-trial')}</Button>
      </div>
      <p className="small">{say('disk-note')}</p>
    </section>
  )
}
