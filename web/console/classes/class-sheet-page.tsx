import { useState } from 'react'
import { classSheets, pupilOutcomes, recordPupilResult } from '../../../src/classes/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayInYearText, dayText, numberText } from '../../parts/formats.ts'
import { type Say, useLanguage, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { OutcomeButtons } from '../visits/outcome-buttons.tsx'

type Sheet = Answer<typeof classSheets>['sheets'][number]
type Pupil = Sheet['pupils'][number]
type Outcome = (typeof pupilOutcomes)[number]

/** A homeroom teacher's own class: who still lacks what, when the team comes, and what came of each. */
export function ClassSheetPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(classSheets, {})
  const [chosen, setChosen] = useState<string>()
  const sheets = data?.sheets ?? []
  const sheet = sheets.find(({ id }) => id === chosen) ?? sheets[0]
  const visit = sheet?.visitOn ? say('class-visit', { day: dayText(sheet.visitOn) }) : say('class-visit-none')
  return (
    <Page
      title={sheet ? say('class-sheet-title', { class: sheet.class }) : say('school-classes')}
      standing={
        <>
          <p>{[unit, sheet?.schoolYear].filter(Boolean).join(', ')}</p>
          {sheet && <p>{visit}</p>}
        </>
      }
      strip={[unit, sheet ? visit : '']}
      {...(sheets.length > 1 && {
        margin: (
          <section>
            <nav className="sections" aria-label={say('school-classes')}>
              {sheets.map(one => (
                <Button key={one.id} look={one.id === sheet?.id ? 'chosen' : 'text'} onPress={() => setChosen(one.id)}>
                  {say('class-name')} {one.class}
                </Button>
              ))}
            </nav>
          </section>
        ),
      })}
      still={!!sheet}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('classes-reading')} />}
      {data && !sheet && <State so={say('class-sheet-none')} todo={say('class-sheet-none-todo')} />}
      {sheet && <Pupils key={sheet.id} sheet={sheet} />}
    </Page>
  )
}

const lacksSomething = ({ lacking, asked, unknown }: Pupil) => lacking.length + asked.length > 0 || unknown

function Pupils({ sheet }: { sheet: Sheet }) {
  const { say, language } = useLanguage()
  const narrow = useNarrow()
  const [everyone, setEveryone] = useState(false)
  const [recording, setRecording] = useState<Pupil>()
  const inNeed = sheet.pupils.filter(lacksSomething)
  const shown = everyone ? sheet.pupils : inNeed
  return (
    <>
      <nav className="counts" aria-label={say('class-lacks')}>
        {[
          { of: inNeed, all: false, word: say('class-only-lacking') },
          { of: sheet.pupils, all: true, word: say('class-everyone') },
        ].map(({ of, all, word }) => (
          <button key={word} type="button" aria-pressed={everyone === all} onClick={() => setEveryone(all)}>
            <span className="count open">{numberText(of.length)}</span>
            {word}
          </button>
        ))}
      </nav>
      {shown.length === 0 ? (
        <State so={say('class-all-done')} />
      ) : (
        <Table
          label={say('class-sheet-title', { class: sheet.class })}
          rows={shown}
          columns={columnsOf(say, language, narrow, setRecording)}
          idOf={({ row }) => row}
          onOpen={setRecording}
        />
      )}
      {recording && <Recording sheet={sheet} pupil={recording} onClose={() => setRecording(undefined)} />}
    </>
  )
}

const kinds: Record<Outcome, ChipKind> = {
  'told-parents': 'moving',
  'will-come': 'moving',
  done: 'done',
  absent: 'waiting',
  moved: 'not-begun',
  'wrong-phone': 'late',
  other: 'waiting',
}

function lacksText(say: Say, { lacking, unknown }: Pupil) {
  if (unknown) return <span className="quiet">{say('class-unknown')}</span>
  if (lacking.length === 0) return <span className="quiet">{say('class-complete')}</span>
  return lacking.map(need => say(`lacks-${need}`)).join(' · ')
}

const columnsOf = (
  say: Say,
  language: 'vi' | 'en',
  narrow: boolean,
  onRecord: (pupil: Pupil) => void,
): readonly Column<Pupil>[] => [
  {
    id: 'name',
    head: say('full-name'),
    width: 'minmax(150px, 1.3fr)',
    onPhone: true,
    show: pupil => (
      <button type="button" className="linklike door" tabIndex={-1} onClick={() => onRecord(pupil)}>
        <span>
          <Name name={pupil.name} />
        </span>
        {narrow && <span className="small">{lacksText(say, pupil)}</span>}
      </button>
    ),
  },
  { id: 'lacks', head: say('class-lacks'), width: 'minmax(140px, 1fr)', show: pupil => lacksText(say, pupil) },
  {
    id: 'asked',
    head: say('class-asked'),
    width: 'minmax(180px, 1.6fr)',
    show: ({ asked }) =>
      asked
        .map(({ what, owner, dueOn }) =>
          [what[language], say(owner === 'family' ? 'class-asked-family' : 'class-asked-school'), dayText(dueOn)].join(
            ', ',
          ),
        )
        .join(' · '),
  },
  {
    id: 'result',
    head: say('class-result'),
    width: narrow ? '132px' : '200px',
    end: true,
    onPhone: true,
    show: pupil =>
      pupil.result ? (
        <Chip kind={kinds[pupil.result.outcome]}>
          {say(`class-${pupil.result.outcome}`)}
          {!narrow && ` ${dayInYearText(pupil.result.willComeOn ?? pupil.result.onDay)}`}
        </Chip>
      ) : (
        <Button look="row" onPress={() => onRecord(pupil)}>
          {say('class-record')}
        </Button>
      ),
  },
]

function Recording({ sheet, pupil, onClose }: { sheet: Sheet; pupil: Pupil; onClose: () => void }) {
  const say = useSay()
  const record = useDo(recordPupilResult, [classSheets])
  const [willComeOn, setWillComeOn] = useState<string>(pupil.result?.willComeOn ?? sheet.visitOn ?? '')
  const [note, setNote] = useState(pupil.result?.note ?? '')
  const params = { id: sheet.id, row: pupil.row }
  const send = (outcome: Outcome) =>
    record.mutate(
      {
        params,
        body: {
          outcome,
          ...(outcome === 'will-come' && willComeOn && { willComeOn }),
          ...(note.trim() && { note: note.trim() }),
        },
      },
      { onSuccess: onClose },
    )
  return (
    <Dialog open title={say('class-record-title', { name: pupil.name })} onClose={onClose}>
      <p className="quiet">{lacksText(say, pupil)}</p>
      <DayField label={say('class-will-come-on')} value={willComeOn} onChange={setWillComeOn} />
      <Field label={say('class-note')} value={note} onChange={setNote} hint={say('class-note-hint')} maxLength={300} />
      <RefusedNote error={record.error} />
      <OutcomeButtons
        outcomes={pupilOutcomes}
        current={pupil.result?.outcome}
        labelOf={outcome => say(`class-${outcome}`)}
        onChoose={send}
        onTakeBack={() => record.mutate({ params, body: {} }, { onSuccess: onClose })}
        takeBack={say('class-take-back')}
        onClose={onClose}
        busy={record.isPending}
      />
    </Dialog>
  )
}
