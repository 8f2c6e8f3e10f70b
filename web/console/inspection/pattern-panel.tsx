import { useState } from 'react'
import { patternReadings, showPattern } from '../../../src/inspection/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'
import { type InspectionSearch, inspectionAt, type OfficerRow, type Pattern, trailAt } from './inspection.ts'
import { AskDialog, ExplainDialog, OpenNamesDialog } from './pattern-dialogs.tsx'
import { PatternSaid, PeerRuler, ReasonNote } from './pattern-said.tsx'
import { ReadingsTable } from './readings-table.tsx'

type Props = { readonly row: OfficerRow; readonly search: InspectionSearch }

/** What stands out of one officer: the question, peers beside it, the first readings, what may explain it. */
export function PatternPanel({ row, search }: Props) {
  const say = useSay()
  const codes = useCodes()
  const chosen = row.patterns.find(({ id }) => id === search.nep) ?? row.patterns[0]
  const { officer, unit, role } = row
  return (
    <aside className="companion inspection-panel" aria-label={officer.name}>
      <p className="quiet">
        <b>{say(chosen ? 'inspection-no-finding' : 'inspection-no-pattern')}</b>
      </p>
      <h2>{officer.name}</h2>
      <p className="small">
        {role ? say('inspection-of-post', { role: codes('officer-role', role), unit: unit.name }) : unit.name}
      </p>
      {row.patterns.length > 1 && (
        <nav className="panel-patterns" aria-label={say('inspection-of-officer')}>
          {row.patterns.map(({ id, rule }) => (
            <Go key={id} to={inspectionAt({ ...search, nep: id })} current={id === chosen?.id}>
              {say(`rule-${rule}`)}
            </Go>
          ))}
        </nav>
      )}
      {chosen ? (
        <Chosen key={chosen.id} id={chosen.id} row={row} />
      ) : (
        <p>
          <Go to={trailAt({ cb: officer.id, loai: 'khong-gan', tu: search.tu, den: search.den })}>
            {say('readings-more')}
          </Go>
        </p>
      )}
      <p className="small panel-own">{say('inspection-own')}</p>
    </aside>
  )
}

const shownReadings = 5

function Chosen({ id, row }: { id: string; row: OfficerRow }) {
  const say = useSay()
  const mayAsk = useMay('audit.ask')
  const { data, error, refetch } = useAsk(showPattern, { params: { id } })
  const { data: read } = useAsk(patternReadings, { params: { id }, query: { limit: shownReadings } })
  const [open, setOpen] = useState<'ask' | 'explain' | 'names'>()
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const pattern = data
  const isOpen = mayAsk && pattern !== undefined && pattern.state !== 'explained'
  useKeys(
    isOpen
      ? [
          { key: 'e', said: say('inspection-ask'), run: () => setOpen('ask'), decides: true },
          { key: 'r', said: say('inspection-explain'), run: () => setOpen('explain'), decides: true },
        ]
      : [],
  )
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!pattern) return <Loading what={say('inspection-reading')} />
  const readings = read?.readings ?? []
  const of = pattern.officers[0]?.id ?? row.officer.id
  return (
    <>
      <PatternSaid pattern={pattern} />
      <PeerRuler evidence={pattern.evidence} />
      {readings.length > 0 && (
        <>
          <ReadingsTable readings={readings} names={names} withOfficer={pattern.isOfPerson} />
          <p className="panel-more">
            {read?.next && <Go to={trailAt({ nep: pattern.id, cb: of, loai: 'nep' })}>{say('readings-more')}</Go>}
            {mayAsk && (
              <Button look="text" onPress={() => setOpen('names')}>
                {say('inspection-open-names')}
              </Button>
            )}
          </p>
        </>
      )}
      <ReasonNote reasons={pattern.evidence.reasons} />
      <Questions pattern={pattern} />
      {isOpen && (
        <div className="buttons">
          <Button look="primary" cap="E" onPress={() => setOpen('ask')}>
            {say('inspection-ask')}
          </Button>
          <Button cap="R" onPress={() => setOpen('explain')}>
            {say('inspection-explain')}
          </Button>
        </div>
      )}
      {open === 'ask' && <AskDialog pattern={pattern} onClose={() => setOpen(undefined)} />}
      {open === 'explain' && <ExplainDialog pattern={pattern} onClose={() => setOpen(undefined)} />}
      {open === 'names' && (
        <OpenNamesDialog
          officer={of}
          pattern={pattern.id}
          readings={readings.filter(one => one.officer.id === of)}
          onOpened={setNames}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}

/** What was asked about a pattern, and what was answered. */
function Questions({ pattern: { questions, reason, settledBy } }: { pattern: Pattern }) {
  const say = useSay()
  return (
    <>
      {questions.map(({ id, to, text, askedBy, askedAt, dueOn, isOverdue, answer }) => (
        <div key={id} className="panel-question">
          <p className="small">
            {say('question-asked-by', { by: askedBy, to: to.name, day: instantText(askedAt).day })}{' '}
            <Chip kind={answer ? 'done' : isOverdue ? 'late' : 'waiting'}>
              {answer
                ? say('question-answered')
                : say(isOverdue ? 'question-late' : 'question-waits', { day: dayText(dueOn) })}
            </Chip>
          </p>
          <p>{text}</p>
          {answer && <blockquote>{answer}</blockquote>}
        </div>
      ))}
      {reason && (
        <p className="small">
          {say('pattern-explained')}: {reason} ({settledBy})
        </p>
      )}
    </>
  )
}
