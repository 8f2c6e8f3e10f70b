import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  announceCorrection,
  confirmByPapers,
  confirmRegister,
  countFollowUps,
  listFollowUps,
} from '../../../src/rolls/errands/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useDo } from '../base/asking.ts'
import { useCodes, useFieldValue } from '../base/labels.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/places.ts'
import { Comparison } from '../parts/comparison.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/state.tsx'
import { rollAt } from '../review/roll.ts'
import { useMay } from '../shell/session.tsx'
import { type Errand, fieldNames, settlingMilliseconds } from './errand.ts'
import { ErrandChip } from './errand-chip.tsx'

type Props = { readonly errand: Errand; readonly onClose: () => void }

/** One errand: what both sides say, why this side acts, and what it can answer. */
export function ErrandDialog({ errand, onClose }: Props) {
  const { say, language } = useLanguage()
  const { school, class: inside, sheet, row, what, why, task, papers, correctedOn, owner, ownerUnit } = errand
  return (
    <Dialog open title={`${errand.name}: ${what[language].toLocaleLowerCase('vi')}`} onClose={onClose}>
      <p className="quiet">
        {[school.name, inside, row && say('errand-row', { sheet: sheet ?? '', row })].filter(Boolean).join(', ')}
      </p>
      <BothSides errand={errand} />
      <dl className="errand-facts">
        <dt>{say('errands-who')}</dt>
        <dd>{ownerUnit ? `${say('errand-ward')}, ${ownerUnit.name}` : say(`errand-${owner}`)}</dd>
        <dt>{say('errand-due')}</dt>
        <dd>
          {dayText(errand.dueOn)} {errand.due !== 'later' && <ErrandChip {...errand} />}
        </dd>
        <dt>{say('errand-why')}</dt>
        <dd>{why[language]}</dd>
        <dt>{say('errand-task')}</dt>
        <dd>{task[language]}</dd>
        {papers && <dt>{say('errand-papers')}</dt>}
        {papers && <dd>{papers}</dd>}
      </dl>
      {correctedOn && <p className="note">{say('errand-promised-on', { day: dayText(correctedOn) })}</p>}
      <Answers errand={errand} onClose={onClose} />
    </Dialog>
  )
}

function BothSides({ errand: { field, rollValue, registerValue, personId } }: { errand: Errand }) {
  const say = useSay()
  const codes = useCodes()
  const shown = useFieldValue()
  const name = field && fieldNames[field]
  if (!name) return null
  const label = name === 'number' ? say('number') : codes('field', name)
  return (
    <Comparison
      caption={label}
      sources={[say('errand-roll-side'), say('errand-register-side')]}
      fields={[
        {
          label,
          left: shown(name, rollValue),
          right: shown(name, registerValue) ?? (personId ? undefined : say('errand-unseen')),
          ...(field === 'birth' && { kind: 'day' as const }),
          ...(field === 'number' && { kind: 'number' as const }),
        },
      ]}
    />
  )
}

/** After an answer the errand is somebody else's, or waits; the house moves it a moment later. */
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

function Answers({ errand, onClose }: Props) {
  const say = useSay()
  const [mayImport, mayDecide, mayRead] = [useMay('rolls.import'), useMay('register.decide'), useMay('rolls.review')]
  const mayOpen = useMay('register.propose')
  const corrected = useDo(announceCorrection)
  const stands = useDo(confirmRegister)
  const [asking, setAsking] = useState(false)
  const after = useAfter(onClose)
  const params = { id: errand.id }
  if (asking) return <WhichPapers errand={errand} onClose={onClose} onLeave={() => setAsking(false)} />
  const isSchools = errand.owner === 'school' && mayImport
  const isWards = errand.owner === 'ward' && mayDecide
  return (
    <>
      <RefusedNote error={corrected.error ?? stands.error} />
      <div className="buttons">
        {errand.correctionId && mayOpen && (
          <Button look="primary" href={at(`/dan-cu/dinh-chinh/${errand.correctionId}`)}>
            {say('errand-open-correction')}
          </Button>
        )}
        {isSchools && !errand.correctedOn && (
          <Button
            look="primary"
            {...(corrected.isPending && { disabled: true })}
            onPress={() => corrected.mutate({ params }, after)}
          >
            {say('errand-corrected')}
          </Button>
        )}
        {isSchools && errand.papersDecide && (
          <Button onPress={() => setAsking(true)}>{say('errand-papers-say-so')}</Button>
        )}
        {isWards && !errand.correctionId && (
          <Button {...(stands.isPending && { disabled: true })} onPress={() => stands.mutate({ params }, after)}>
            {say('errand-register-stands')}
          </Button>
        )}
        {errand.row && mayRead && (
          <Button look="text" href={rollAt(errand.rollId, { loi: errand.defect })}>
            {say('errand-open-row')}
          </Button>
        )}
        <Button look="text" onPress={onClose}>
          {say('close')}
        </Button>
      </div>
    </>
  )
}

function WhichPapers({ errand, onClose, onLeave }: Props & { readonly onLeave: () => void }) {
  const say = useSay()
  const insist = useDo(confirmByPapers)
  const [papers, setPapers] = useState('')
  const after = useAfter(onClose)
  return (
    <div className="stack">
      <Field
        label={say('errand-which-papers')}
        value={papers}
        onChange={setPapers}
        rows={3}
        maxLength={2000}
        hint={say('errand-which-papers-hint')}
        autoFocus
      />
      <RefusedNote error={insist.error} />
      <div className="buttons">
        <Button
          look="primary"
          {...((insist.isPending || !papers.trim()) && { disabled: true })}
          onPress={() => insist.mutate({ params: { id: errand.id }, body: { papers } }, after)}
        >
          {say('errand-send-to-ward')}
        </Button>
        <Button onPress={onLeave}>{say('leave-it')}</Button>
      </div>
    </div>
  )
}
