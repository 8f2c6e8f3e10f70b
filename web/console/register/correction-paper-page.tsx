import { useParams } from '@tanstack/react-router'
import { showCorrection } from '../../../src/register/corrections/contract.ts'
import { isFromRoll } from '../../../src/register/corrections/correction.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { useActor, useCodes, useFieldValue } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'

type Correction = Answer<typeof showCorrection>

/**
 * The sheet of a correction, of a value or a residence, for its file: what is on record, what is proposed, by which
 * paper.
 */
export function CorrectionPaperPage() {
  const say = useSay()
  const codes = useCodes()
  const { id } = useParams({ from: '/dan-cu/dinh-chinh/$id/in' })
  const { data, error, refetch } = useAsk(showCorrection, { params: { id } })
  return (
    <PaperPage
      title={say('correction-paper')}
      lines={
        data
          ? [
              data.personName ?? say('other-unit-somewhere'),
              `${say('received-at', { unit: data.unit.name, day: dayText(data.proposedOn) })}. ` +
                `${say('due-when')}: ${dayText(data.dueOn)}`,
              `${say('state')}: ${codes('state', data.state)}`,
            ]
          : []
      }
      back={{ to: at(`/dan-cu/dinh-chinh/${id}`), text: say('correction-paper-back') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('reading-list')}
      signs={[say('correction-paper-proposer'), say('correction-paper-decider')]}
      className="on-letter"
    >
      {data && <Sheet correction={data} />}
    </PaperPage>
  )
}

function Sheet({ correction }: { readonly correction: Correction }) {
  const say = useSay()
  const codes = useCodes()
  const shown = useFieldValue()
  const actor = useActor()
  const { changes, evidence, form, reason, proposedBy, decidesUnit } = correction
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('correction-paper-field')}</th>
            <th scope="col">{say('as-recorded')}</th>
            <th scope="col">{say('as-proposed')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, old, new: value }) => (
            <tr key={field}>
              <th scope="row">{codes('field', field)}</th>
              <td>{shown(field, old) ?? say('not-recorded')}</td>
              <td>
                <b>{shown(field, value) ?? say('left-empty')}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="plain-table sheet-part">
        <tbody>
          <tr>
            <th scope="row">{say('evidence')}</th>
            <td>{evidence}</td>
          </tr>
          <tr>
            <th scope="row">{say('correction-paper-form')}</th>
            <td>{isFromRoll(correction) ? say('from-roll') : `${form.code}, ${form.version}`}</td>
          </tr>
          <tr>
            <th scope="row">{say('correction-paper-proposer')}</th>
            <td>{actor(proposedBy)}</td>
          </tr>
          <tr>
            <th scope="row">{say('correction-paper-decider')}</th>
            <td>{decidesUnit.name}</td>
          </tr>
          {reason && (
            <tr>
              <th scope="row">{say('reason')}</th>
              <td>{reason}</td>
            </tr>
          )}
        </tbody>
      </table>
    </>
  )
}
