import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  announceCorrection,
  confirmByPapers,
  confirmRegister,
  countFollowUps,
  listFollowUps,
} from '../../../src/follow-ups/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useCodes, useFieldValue } from '../base/labels.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { messageAt } from '../messages/search.ts'
import { Comparison } from '../parts/comparison.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { rollAt } from '../review/roll.ts'
import { useMay } from '../shell/session.tsx'
import { type FollowUp, fieldNames, settlingMilliseconds } from './follow-up.ts'
import { FollowUpChip } from './follow-up-chip.tsx'

type Props = { readonly followUp: FollowUp; readonly onClose: () => void }

/** One follow-up: what both sides say, why this side acts, and what it can answer. */
export function FollowUpDialog({ followUp, onClose }: Props) {
  const { say, language } = useLanguage()
  const { scope, part, sheet, row, what, why, task, papers, announcedOn, owner, ownerUnit } = followUp
  return (
    <Dialog open title={`${followUp.name}: ${what[language].toLocaleLowerCase('vi')}`} onClose={onClose}>
      <p className="quiet">
        {[scope.name, part, row && say('follow-up-row', { sheet: sheet ?? '', row })].filter(Boolean).join(', ')}
      </p>
      <BothSides followUp={followUp} />
      <dl className="follow-up-facts">
        <dt>{say('follow-ups-who')}</dt>
        <dd>{ownerUnit ? `${say('follow-up-ward')}, ${ownerUnit.name}` : say(`follow-up-${owner}`)}</dd>
        <dt>{say('follow-up-due')}</dt>
        <dd>
          {dayText(followUp.dueOn)} {followUp.due !== 'later' && <FollowUpChip {...followUp} />}
        </dd>
        <dt>{say('follow-up-why')}</dt>
        <dd>{why[language]}</dd>
        <dt>{say('follow-up-task')}</dt>
        <dd>{task[language]}</dd>
        {papers && <dt>{say('follow-up-papers')}</dt>}
        {papers && <dd>{papers}</dd>}
      </dl>
      {announcedOn && <p className="note">{say('follow-up-promised-on', { day: dayText(announcedOn) })}</p>}
      <Answers followUp={followUp} onClose={onClose} />
    </Dialog>
  )
}

function BothSides({ followUp: { field, sourceValue, registerValue, personId } }: { followUp: FollowUp }) {
  const say = useSay()
  const codes = useCodes()
  const shown = useFieldValue()
  const name = field && fieldNames[field]
  if (!name) return null
  const label = name === 'number' ? say('number') : codes('field', name)
  return (
    <Comparison
      caption={label}
      sources={[say('follow-up-roll-side'), say('follow-up-register-side')]}
      fields={[
        {
          label,
          left: shown(name, sourceValue),
          right: shown(name, registerValue) ?? (personId ? undefined : say('follow-up-unseen')),
          ...(field === 'birth' && { kind: 'day' as const }),
          ...(field === 'number' && { kind: 'number' as const }),
        },
      ]}
    />
  )
}

/** After an answer the follow-up is somebody else's, or waits; the house moves it a moment later. */
function useAfter(onClose: () => void) {
  const client = useQueryClient()
  return {
    onSuccess: () => {
      onClose()
      const readAgain = () => {
        for (const door of [listFollowUps, countFollowUps]) void client.invalidateQueries({ queryKey: [door.path] })
      }
      readAgain()
      setTimeout(readAgain, settlingMilliseconds)
    },
  }
}

function Answers({ followUp, onClose }: Props) {
  const say = useSay()
  const [mayImport, mayDecide, mayRead] = [useMay('rolls.import'), useMay('register.decide'), useMay('rolls.review')]
  const mayOpen = useMay('register.propose')
  const corrected = useDo(announceCorrection)
  const stands = useDo(confirmRegister)
  const [asking, setAsking] = useState(false)
  const after = useAfter(onClose)
  const params = { id: followUp.id }
  if (asking) return <WhichPapers followUp={followUp} onClose={onClose} onLeave={() => setAsking(false)} />
  const isSchools = followUp.owner === 'school' && mayImport
  const isWards = followUp.owner === 'ward' && mayDecide
  const isResidence = followUp.reason === 'residence-differs'
  const settles =
    followUp.kind === 'pupil-unreached'
      ? 'follow-up-family-reached'
      : isResidence
        ? 'follow-up-nobody-acts'
        : 'follow-up-register-stands'
  return (
    <>
      <RefusedNote error={corrected.error ?? stands.error} />
      {isWards && isResidence && <p className="quiet">{say('follow-up-nobody-acts-about')}</p>}
      <div className="buttons">
        {followUp.correctionId && mayOpen && (
          <Button look="primary" href={at(`/dan-cu/dinh-chinh/${followUp.correctionId}`)}>
            {say('follow-up-open-correction')}
          </Button>
        )}
        {isSchools && !followUp.announcedOn && (
          <Button
            look="primary"
            {...(corrected.isPending && { disabled: true })}
            onPress={() => corrected.mutate({ params, seen: followUp.version }, after)}
          >
            {say('follow-up-corrected')}
          </Button>
        )}
        {isSchools && followUp.papersDecide && (
          <Button onPress={() => setAsking(true)}>{say('follow-up-papers-say-so')}</Button>
        )}
        {isWards && isResidence && followUp.personId && (
          <Button look="primary" href={at(`/dan-cu/nguoi/${followUp.personId}/cu-tru`)}>
            {say('follow-up-residence')}
          </Button>
        )}
        {followUp.kind === 'message' && (
          <Button look="primary" href={messageAt(followUp.sourceId)}>
            {say('follow-up-open-message')}
          </Button>
        )}
        {isWards && followUp.kind !== 'message' && !followUp.correctionId && (
          <Button
            {...(stands.isPending && { disabled: true })}
            onPress={() => stands.mutate({ params, seen: followUp.version }, after)}
          >
            {say(settles)}
          </Button>
        )}
        {followUp.row && mayRead && (
          <Button look="text" href={rollAt(followUp.sourceId, { loi: followUp.reason })}>
            {say('follow-up-open-row')}
          </Button>
        )}
        <Button look="text" onPress={onClose}>
          {say('close')}
        </Button>
      </div>
    </>
  )
}

function WhichPapers({ followUp, onClose, onLeave }: Props & { readonly onLeave: () => void }) {
  const say = useSay()
  const insist = useDo(confirmByPapers)
  const [papers, setPapers] = useState('')
  const after = useAfter(onClose)
  return (
    <div className="stack">
      <NoteField
        draft={`follow-up ${followUp.id} papers`}
        label={say('follow-up-which-papers')}
        value={papers}
        onChange={setPapers}
        rows={3}
        maxLength={2000}
        hint={say('follow-up-which-papers-hint')}
        autoFocus
      />
      <RefusedNote error={insist.error} />
      <div className="buttons">
        <Button
          look="primary"
          {...((insist.isPending || !papers.trim()) && { disabled: true })}
          onPress={() =>
            insist.mutate({ params: { id: followUp.id }, body: { papers }, seen: followUp.version }, after)
          }
        >
          {say('follow-up-send-to-ward')}
        </Button>
        <Button onPress={onLeave}>{say('leave-it')}</Button>
      </div>
    </div>
  )
}
