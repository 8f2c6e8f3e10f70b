import { Check, Circle, CircleDot } from 'lucide-react'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import type { Roll } from '../review/roll.ts'

const steps = ['step-read', 'step-columns', 'step-compare', 'step-review', 'step-close'] as const

/** How far the roll has come, and what file it is. */
export function RollProgress({ roll, step }: { roll: Roll; step: number }) {
  const say = useSay()
  return (
    <>
      <p className="quiet">
        {say('as-of', { day: dayText(roll.asOf) })}
        <br />
        {say('school-year', { year: roll.schoolYear })}
      </p>
      <section>
        <ol className="stages" aria-label={say('steps')}>
          {steps.map((name, at) => {
            const Icon = at < step ? Check : at === step ? CircleDot : Circle
            return (
              <li key={name} {...(at === step && { 'aria-current': 'step' as const })}>
                <Icon
                  size={14}
                  aria-label={at < step ? say('step-done') : undefined}
                  aria-hidden={at < step ? undefined : true}
                />
                {say(name, { n: numberText(roll.rows) })}
              </li>
            )
          })}
        </ol>
      </section>
      <FileFacts roll={roll} />
    </>
  )
}

function FileFacts({ roll }: { roll: Roll }) {
  const say = useSay()
  const codes = useCodes()
  const sent = instantText(roll.sentAt)
  return (
    <section>
      <dl>
        <dt>{say('roll-file')}</dt>
        <dd>{roll.fileName}</dd>
        <dd className="plain">
          {say('roll-sheets', { n: roll.sheets })}
          {roll.hiddenSheets > 0 && `, ${say('roll-hidden', { n: roll.hiddenSheets })}`}
        </dd>
        <dt>{say('roll-sender')}</dt>
        <dd>{roll.sentUnit?.name ?? codes('by', roll.sentBy.kind)}</dd>
        <dd className="plain">
          {sent.day} {sent.time}
        </dd>
        <dt>{say('roll-left-out')}</dt>
        <dd>{say('roll-left-out-rows', { n: numberText(roll.notPupils) })}</dd>
      </dl>
    </section>
  )
}
