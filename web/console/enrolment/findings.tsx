import { Button } from '../../parts/button.tsx'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { useMay } from '../shell/session.tsx'
import { unsettled } from './deeds-offered.ts'
import { useFound } from './finding-text.ts'
import type { Application } from './search.ts'

type Finding = Application['findings'][number]

const kinds: Readonly<Record<Finding['verdict'], ChipKind>> = {
  good: 'done',
  doubtful: 'waiting',
  bad: 'late',
  'not-done': 'not-begun',
}

/** Check by check: what came of it. What was not done says so, and never looks passed. */
export function Findings({ application, onSettle }: { application: Application; onSettle: (kind: string) => void }) {
  const say = useSay()
  const codes = useCodes()
  const found = useFound()
  const maySettle = useMay('enrolment.check') && !application.capturedByMe
  const open = unsettled(application)
  const first = open[0]
  return (
    <section className="part">
      <h2>{say('findings-title')}</h2>
      {application.findings.length === 0 && <p className="quiet">{say('findings-none')}</p>}
      <ul className="findings">
        {application.findings.map(finding => (
          <li key={finding.kind}>
            <span className="quiet">{codes('check', finding.kind)}</span>
            <div>
              {found(finding)}
              {finding.settledBy && (
                <p className="small">{say('settled-by', { who: finding.settledBy, note: finding.note ?? '' })}</p>
              )}
            </div>
            <span className="verdict">
              {maySettle && open.includes(finding) && (
                <Button look="row" onPress={() => onSettle(finding.kind)} {...(finding === first && { cap: '4' })}>
                  {say('settle')}
                </Button>
              )}
              <Verdict finding={finding} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One that an officer settled keeps what was found in words beside it. */
function Verdict({ finding: { verdict, settledBy } }: { finding: Finding }) {
  const say = useSay()
  if (settledBy && verdict !== 'good' && verdict !== 'not-done')
    return (
      <Chip kind="done">
        {say('verdict-settled')}
        <span className="unseen">, {say(`verdict-${verdict}`)}</span>
      </Chip>
    )
  return <Chip kind={kinds[verdict]}>{say(`verdict-${verdict}`)}</Chip>
}
