import { useState } from 'react'
import { listRolls, sendRoll } from '../../../src/rolls/contract.ts'
import { countWaitingRows } from '../../../src/rolls/review/contract.ts'
import { rollKinds } from '../../../src/rolls/roll.ts'
import { listSchools } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import type { FirstAsked } from '../base/prefetch.ts'
import { useRemembered } from '../base/remembered.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { followUpsAt } from '../follow-ups/follow-up.ts'
import { ledgerAt, schoolYears } from '../ledger/ledger.ts'
import { Figure } from '../parts/figure.tsx'
import { Failed, Loading, Progress, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { WorkbookDrop } from '../parts/workbook-drop.tsx'
import { queueAt } from '../review/queue.ts'
import type { Roll } from '../review/roll.ts'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { OutcomeBar } from './outcome-bar.tsx'
import { PasteRoll } from './paste-roll.tsx'

/** Every roll that one's schools sent, the latest first; here also a new one is taken in. */
export function RollsPage() {
  const say = useSay()
  const unit = useUnitName()
  const mayImport = useMay('rolls.import')
  const mayReview = useMay('rolls.review')
  const { data, error, refetch } = useAsk(listRolls, { query: {} })
  return (
    <Page title={say('rolls-title')} standing={unit} strip={[unit, say('rolls')]} margin={<ToFollowUps />}>
      {mayReview && <UnitQueue />}
      {mayImport && <SendRoll />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data &&
        (data.rolls.length ? (
          <Rolls rolls={data.rolls} />
        ) : (
          <State so={say('rolls-none')} todo={mayImport && say('rolls-none-todo')} />
        ))}
    </Page>
  )
}
RollsPage.first = (() => [{ door: listRolls, asked: { query: {} } }]) satisfies FirstAsked

/** What waits in all rolls together, and the way to it. */
function UnitQueue() {
  const say = useSay()
  const { data } = useAsk(countWaitingRows, {})
  if (!data || data.left + data.later + data.toMe === 0) return null
  return (
    <section className="part unit-queue">
      <p>
        <Said
          of={data.toMe ? 'queue-sentence' : 'queue-sentence-left'}
          parts={{
            left: <Figure value={data.left} to={queueAt({ nhom: 'left' })} label={say('progress-left')} />,
            toMe: <Figure value={data.toMe} to={queueAt({ nhom: 'to-me' })} label={say('progress-to-me')} />,
          }}
        />
      </p>
      <Button href={queueAt()}>{say('queue-go')}</Button>
    </section>
  )
}

/** What the rolls made somebody's: one list over all schools. */
function ToFollowUps() {
  const say = useSay()
  const mayReview = useMay('rolls.review')
  return (
    <section>
      <nav className="sections" aria-label={say('follow-ups')}>
        <Go to={followUpsAt()}>{say('follow-ups')}</Go>
        <Go to={ledgerAt()}>{say('ledger')}</Go>
        {mayReview && <Go to={at('/ra-soat/ho-gia-dinh')}>{say('households')}</Go>}
      </nav>
    </section>
  )
}

/** What is read: .xls and .ods as schools still send them, and text. */
const rollFiles = ['.xlsx', '.xls', '.ods', '.csv', '.tsv', '.txt'] as const

function SendRoll() {
  const say = useSay()
  const { post, today } = useSession()
  const years = schoolYears(today)
  const [filled, setFilled] = useRemembered('send-roll', { schoolId: '', schoolYear: years[0] ?? '', kind: 'pupils' })
  const kind = rollKinds.find(one => one === filled.kind) ?? 'pupils'
  const [file, setFile] = useState<File>()
  const schools = useAsk(listSchools, { params: { id: post?.unitId ?? '' }, query: {} }, { when: !!post })
  const ownSchool = post?.schoolId
  const choices = (schools.data?.schools ?? []).filter(({ id }) => !ownSchool || id === ownSchool)
  const schoolId = filled.schoolId || (ownSchool ?? '')
  const send = useDo(sendRoll, [listRolls])
  const take = (chosen: File) => {
    setFile(chosen)
    send.mutate(
      { body: { ...filled, schoolId, kind }, file: chosen },
      { onSuccess: ({ roll }) => goTo(at(`/ra-soat/${roll.id}`)) },
    )
  }
  return (
    <section className="part send-roll">
      <h2>{say('send-roll')}</h2>
      <div className="fields">
        <Field
          label={say('roll-school')}
          value={schoolId}
          onChange={schoolId => setFilled({ ...filled, schoolId })}
          choices={[['', ''], ...choices.map(({ id, name }) => [id, name] as const)]}
        />
        <Field
          label={say('roll-school-year')}
          value={filled.schoolYear}
          onChange={schoolYear => setFilled({ ...filled, schoolYear })}
          choices={years.map(year => [year, year] as const)}
        />
        <Field
          label={say('roll-kind')}
          value={kind}
          onChange={chosen => setFilled({ ...filled, kind: chosen })}
          choices={rollKinds.map(one => [one, say(`roll-kind-${one}`)] as const)}
        />
      </div>
      {send.isPending && file ? (
        <Progress what={say('roll-sending', { name: file.name })} />
      ) : schoolId ? (
        <>
          <WorkbookDrop label={say('roll-drop')} kinds={rollFiles} hint={say('roll-drop-hint')} onFile={take} />
          <PasteRoll onFile={take} />
        </>
      ) : (
        <p className="quiet">{say(schools.data && choices.length === 0 ? 'roll-no-school' : 'roll-choose-school')}</p>
      )}
      <RefusedNote error={send.error} />
    </section>
  )
}

const chipKinds = {
  draft: 'waiting',
  queued: 'moving',
  comparing: 'moving',
  held: 'waiting',
  reconciled: 'done',
  failed: 'late',
} as const satisfies Record<Roll['state'], ChipKind>

function StateChip({ roll: { state, counts, inForce, progress, heldFor } }: { roll: Roll }) {
  const say = useSay()
  if (heldFor === 'unlike' && state === 'held') return <Chip kind="waiting">{say('roll-held-unlike')}</Chip>
  if (state === 'reconciled' && !inForce) return <Chip kind="not-begun">{say('roll-replaced')}</Chip>
  if (state === 'reconciled' && counts.review > 0)
    return <Chip kind="waiting">{say('roll-to-review', { n: numberText(counts.review) })}</Chip>
  return (
    <Chip kind={chipKinds[state]}>
      {say(`roll-${state}`)}
      {state === 'comparing' && ` ${progress}%`}
    </Chip>
  )
}

function Rolls({ rolls }: { rolls: readonly Roll[] }) {
  const say = useSay()
  const columns: readonly Column<Roll>[] = [
    {
      id: 'school',
      head: say('roll-school'),
      width: 'minmax(180px, 2fr)',
      onPhone: true,
      sortBy: ({ school }) => school.name,
      show: ({ id, school }) => (
        <Go to={at(`/ra-soat/${id}`)} quietly>
          {school.name}
        </Go>
      ),
    },
    {
      id: 'year',
      head: say('roll-school-year'),
      width: '96px',
      sortBy: ({ schoolYear }) => schoolYear,
      show: ({ schoolYear }) => schoolYear,
    },
    {
      id: 'rows',
      head: say('roll-rows'),
      width: '72px',
      end: true,
      sortBy: ({ rows }) => rows,
      show: ({ rows }) => numberText(rows),
    },
    {
      id: 'bar',
      head: say('outcome-matched'),
      width: 'minmax(120px, 1.5fr)',
      show: roll => roll.state === 'reconciled' && <OutcomeBar roll={roll} />,
    },
    {
      id: 'sent',
      head: say('roll-sent'),
      width: '130px',
      sortBy: ({ sentAt }) => sentAt,
      show: ({ sentAt }) => {
        const { day, time } = instantText(sentAt)
        return (
          <span className="quiet">
            {dayText(day)} {time}
          </span>
        )
      },
    },
    {
      id: 'state',
      head: say('roll-state'),
      width: '190px',
      end: true,
      onPhone: true,
      show: roll => <StateChip roll={roll} />,
    },
  ]
  return (
    <Table
      label={say('rolls-title')}
      rows={rolls}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(at(`/ra-soat/${id}`))}
    />
  )
}
