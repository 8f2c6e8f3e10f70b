import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { personNeeds } from '../../../src/campaign/contract.ts'
import { showPerson } from '../../../src/register/contract.ts'
import {
  acceptMerge,
  listMerges,
  refuseMerge,
  showMerge,
  undoMerge,
  withdrawMerge,
} from '../../../src/register/merging/contract.ts'
import { countedTables } from '../../../src/register/merging/merge.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useActor, useCodes, useFieldValue } from '../base/labels.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Comparison } from '../parts/comparison.tsx'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Accounts, Cards } from '../register/person-status.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession } from '../shell/session.tsx'
import { MergeChip } from './merges-page.tsx'

type Merge = Answer<typeof showMerge>
type Sides = NonNullable<Merge['sides']>

/** Two records side by side: what differs is marked, and a second officer decides. */
export function MergePage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/hop-nhat/$id' })
  const { data, error, refetch } = useAsk(showMerge, { params: { id } })
  if (data) return <OneMerge merge={data} />
  return (
    <Page title={say('merges-title')}>
      {error ? <Failed error={error} retry={() => void refetch()} /> : <Loading what={say('reading-list')} />}
    </Page>
  )
}

function Particulars({ merge }: { merge: Merge }) {
  const say = useSay()
  const actor = useActor()
  return (
    <section>
      <p>
        <MergeChip {...merge} />
      </p>
      <dl>
        <dt>{say('merge-received', { unit: merge.unit.name, day: dayText(merge.proposedOn) })}</dt>
        <dd>{actor(merge.proposedBy)}</dd>
        {merge.decidedBy && merge.decidedOn && (
          <>
            <dt>{say('merge-decided-by', { day: dayText(merge.decidedOn) })}</dt>
            <dd>{actor(merge.decidedBy)}</dd>
          </>
        )}
        {merge.undoneBy && merge.undoneOn && (
          <>
            <dt>{say('merge-undone-by', { day: dayText(merge.undoneOn) })}</dt>
            <dd>{actor(merge.undoneBy)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function OneMerge({ merge }: { merge: Merge }) {
  const say = useSay()
  const name = merge.personName ?? say('other-unit-somewhere')
  return (
    <Page
      title={say('merge-title')}
      standing={<p>{name}</p>}
      strip={[name, say('merges-title')]}
      margin={<Particulars merge={merge} />}
      foot={
        <Go className="exit" to={at('/dan-cu/hop-nhat')}>
          {say('merges-title')}
        </Go>
      }
    >
      {merge.state === 'accepted' && <Accepted merge={merge} />}
      {merge.sides ? (
        <SideBySide merge={merge} sides={merge.sides} />
      ) : (
        merge.state === 'proposed' && <p className="note waiting">{say('merge-unseen')}</p>
      )}
      <section className="part">
        <h2>{say('merge-why')}</h2>
        <p className="prose">{merge.reason}</p>
        <p className="small">{merge.papers}</p>
        {[merge.answer, merge.undoneFor].filter(Boolean).map(text => (
          <p key={text} className="prose">
            <b>{say('reason')}:</b> {text}
          </p>
        ))}
      </section>
      {merge.state === 'proposed' && <Decide merge={merge} />}
    </Page>
  )
}

function SideBySide({ merge, sides }: { merge: Merge; sides: Sides }) {
  const say = useSay()
  const shown = useFieldValue()
  const days = (field: string) => (field === 'birth_date' ? { kind: 'day' as const } : {})
  const digits = (field: string) => (field === 'number' ? { kind: 'number' as const } : {})
  const hanging = countedTables.flatMap(table => {
    const found = sides.hanging.find(one => one.table === table)
    return found && found.left + found.right > 0 ? [{ ...found, table }] : []
  })
  return (
    <>
      <section className="part">
        <Comparison
          caption={say('merge-title')}
          sources={[say('merge-left'), say('merge-right')]}
          fields={sides.fields.map(({ field, left, right }) => ({
            label: say(`field-${field}`),
            left: shown(field, left),
            right: shown(field, right),
            ...days(field),
            ...digits(field),
          }))}
        />
      </section>
      <section className="part">
        <h2>{say('merge-hangs')}</h2>
        <table className="plain-table">
          <thead>
            <tr>
              <td />
              <th scope="col">{say('merge-left')}</th>
              <th scope="col">{say('merge-right')}</th>
            </tr>
          </thead>
          <tbody>
            {hanging.map(({ table, left, right }) => (
              <tr key={table}>
                <th scope="row">{say(`merge-hangs-on-${table}`)}</th>
                <td className="figures">{numberText(left)}</td>
                <td className="figures">{numberText(right)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {merge.state === 'proposed' && (
        <div className="split">
          {[merge.personId, merge.otherId].map((id, place) => (
            <div key={id}>
              <p>
                <Go to={at(`/dan-cu/nguoi/${id}`)}>{say(place === 0 ? 'merge-left' : 'merge-right')}</Go>
              </p>
              <Cards id={id} />
              <Faces id={id} />
              <Accounts id={id} name={merge.personName ?? ''} />
            </div>
          ))}
        </div>
      )}
    </>
  )
}

/** The portrait on each card that was made, for who may see the card. */
function Faces({ id }: { id: string }) {
  const say = useSay()
  const may = [useMay('campaign.lists'), useMay('cards.read')].every(Boolean)
  const { data } = useAsk(personNeeds, { params: { id } }, { when: may })
  const made = data?.cards.filter(({ serial }) => serial) ?? []
  if (!may || made.length === 0) return null
  return (
    <ul className="rows">
      {made.map(card => (
        <li key={card.id}>
          <Go to={at(`/the/${card.id}`)}>{say('merge-face', { serial: card.serial ?? '' })}</Go>
        </li>
      ))}
    </ul>
  )
}

function Decide({ merge }: { merge: Merge }) {
  const say = useSay()
  const isMine = merge.proposedBy.id === useSession().id
  const mayDecide = useMay('register.decide') && !isMine && !!merge.sides
  const held = merge.sides?.fields.find(({ field }) => field === 'number')
  const [survivorId, setSurvivor] = useState<string>(merge.personId)
  const ownNumber = survivorId === merge.personId ? held?.left : held?.right
  const [chosen, setNumber] = useState<string>()
  const number = chosen ?? ownNumber ?? held?.left ?? held?.right
  const [answer, setAnswer] = useState('')
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState<'accept' | 'refuse'>()
  const after = [showMerge, listMerges, showPerson]
  const accept = useDo(acceptMerge, after)
  const refuse = useDo(refuseMerge, after)
  const withdraw = useDo(withdrawMerge, after)
  const params = { id: merge.id }
  const close = () => setAsking(undefined)
  const numbers = [...new Set([held?.left, held?.right])].filter(one => one !== undefined)
  return (
    <section className="part">
      <RefusedNote error={accept.error ?? refuse.error ?? withdraw.error} />
      {mayDecide && (
        <div className="form two">
          <Field
            label={say('merge-stays')}
            value={survivorId}
            onChange={setSurvivor}
            choices={[
              [merge.personId, say('merge-left')],
              [merge.otherId, say('merge-right')],
            ]}
          />
          {numbers.length > 0 && (
            <Field
              label={say('merge-number-stays')}
              value={number ?? ''}
              onChange={setNumber}
              choices={numbers.map(one => [one, one] as const)}
            />
          )}
          <NoteField
            draft={`merge ${merge.id} answer`}
            label={say('merge-answer')}
            value={answer}
            onChange={setAnswer}
            rows={2}
            maxLength={1000}
          />
        </div>
      )}
      <div className="buttons">
        {mayDecide && (
          <>
            <Button look="primary" onPress={() => setAsking('accept')}>
              {say('merge-accept')}
            </Button>
            <Button onPress={() => setAsking('refuse')}>{say('merge-refuse')}</Button>
          </>
        )}
        {isMine && (
          <Button look="text" onPress={() => withdraw.mutate({ params })}>
            {say('withdraw')}
          </Button>
        )}
      </div>
      {!mayDecide && <p className="quiet">{say('merge-another-decides')}</p>}
      <DeedDialog
        open={asking === 'accept'}
        title={say('merge-accept-asks', { name: merge.personName ?? '' })}
        deed={say('merge-accept')}
        onClose={close}
        busy={accept.isPending}
        onDo={() =>
          accept.mutate(
            {
              params,
              body: {
                survivorId: survivorId as Merge['personId'],
                ...(number && { number }),
                ...(answer.trim() && { answer }),
              },
            },
            { onSettled: close },
          )
        }
      >
        <p>{say('merge-accept-means')}</p>
      </DeedDialog>
      <ReasonDialog
        open={asking === 'refuse'}
        title={say('merge-refuse-asks')}
        deed={say('merge-refuse')}
        reason={reason}
        setReason={setReason}
        onClose={close}
        onDo={() => refuse.mutate({ params, body: { reason } }, { onSettled: close })}
      />
    </section>
  )
}

type ReasonDialogProps = {
  readonly open: boolean
  readonly title: string
  readonly deed: string
  readonly reason: string
  readonly setReason: (reason: string) => void
  readonly onClose: () => void
  readonly onDo: () => void
}

function ReasonDialog({ open, title, deed, reason, setReason, onClose, onDo }: ReasonDialogProps) {
  const say = useSay()
  return (
    <Dialog open={open} title={title} onClose={onClose}>
      <NoteField
        draft={`merge ${location.pathname} ${deed}`}
        label={say('reason')}
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={2000}
        autoFocus
      />
      <div className="buttons">
        <Button look="primary" {...(!reason.trim() && { disabled: true })} onPress={onDo}>
          {deed}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

/** Where all hangs now, until when it can be undone, and what stands in the way. */
function Accepted({ merge }: { merge: Merge }) {
  const say = useSay()
  const codes = useCodes()
  const { language } = useLanguage()
  const mayUndo = useMay('register.decide')
  const undo = useDo(undoMerge, [showMerge, listMerges, showPerson])
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const built = [...new Set(merge.builtOn.map(table => table.split('.')[0] ?? table))]
  const list = new Intl.ListFormat(language).format(built.map(context => codes('built-on', context)))
  return (
    <>
      <State
        so={say('merge-done', { number: merge.keptNumber ?? say('number-none-short') })}
        todo={say('merge-done-todo', { day: dayText(merge.undoUntil ?? '') })}
        buttons={
          <>
            <Button look="primary" href={at(`/dan-cu/nguoi/${merge.personId}`)}>
              {say('person-merged-go')}
            </Button>
            {mayUndo && built.length === 0 && <Button onPress={() => setAsking(true)}>{say('merge-undo')}</Button>}
          </>
        }
      />
      {built.length > 0 && (
        <p className="note waiting">
          {say('merge-built-on')} {list}.
        </p>
      )}
      <RefusedNote error={undo.error} />
      <ReasonDialog
        open={asking}
        title={say('merge-undo-asks')}
        deed={say('merge-undo')}
        reason={reason}
        setReason={setReason}
        onClose={() => setAsking(false)}
        onDo={() => undo.mutate({ params: { id: merge.id }, body: { reason } }, { onSettled: () => setAsking(false) })}
      />
    </>
  )
}
