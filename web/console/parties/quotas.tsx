import { type FormEvent, useState } from 'react'
import { partyOne, quotaSet } from '../../../src/parties/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { Client } from './party.ts'

type Quota = Client['quotas'][number]

/** How often the client may ask, and how much of today's it has used. */
export function Quotas({ client: { clientId, name, quotas } }: { client: Client }) {
  const say = useSay()
  const mayManage = useMay('parties.manage')
  const [changing, setChanging] = useState<Quota>()
  return (
    <>
      <h3>{say('quota-title')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must do so by keyboard too */}
      <section className="sideways" aria-label={`${say('quota-title')}, ${name} ${clientId}`} tabIndex={0}>
        <table className="plain-table in-blocks narrow-table">
          <thead>
            <tr>
              <th scope="col">{say('quota-title')}</th>
              <th scope="col" className="end">
                {say('quota-minute')}
              </th>
              <th scope="col" className="end">
                {say('quota-day')}
              </th>
              <th scope="col" className="end">
                {say('quota-used')}
              </th>
              {mayManage && (
                <th scope="col">
                  <span className="unseen">{say('quota-change')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {quotas.map(quota => (
              <tr key={quota.what}>
                <th scope="row">{say(`quota-${quota.what}`)}</th>
                <td className="end" data-said={say('quota-minute')}>
                  {numberText(quota.perMinute)}
                </td>
                <td className="end" data-said={say('quota-day')}>
                  {numberText(quota.perDay)}
                </td>
                <td className="end" data-said={say('quota-used')}>
                  {numberText(quota.usedToday)}
                </td>
                {mayManage && (
                  <td className="end">
                    <Button look="row" onPress={() => setChanging(quota)}>
                      {say('quota-change')}
                      <span className="unseen"> {say(`quota-${quota.what}`)}</span>
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {changing && <QuotaDialog clientId={clientId} quota={changing} onClose={() => setChanging(undefined)} />}
    </>
  )
}

const counted = (text: string) => Number(text.replace(/[.\s]/g, '') || Number.NaN)

function QuotaDialog({ clientId, quota, onClose }: { clientId: string; quota: Quota; onClose: () => void }) {
  const say = useSay()
  const set = useDo(quotaSet, [partyOne])
  const [minute, setMinute] = useState(numberText(quota.perMinute))
  const [day, setDay] = useState(numberText(quota.perDay))
  const [perMinute, perDay] = [counted(minute), counted(day)]
  const isWhole = Number.isInteger(perMinute) && Number.isInteger(perDay)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole)
      set.mutate({ params: { clientId }, body: { what: quota.what, perMinute, perDay } }, { onSuccess: onClose })
  }
  return (
    <Dialog open title={say('quota-change-of', { what: say(`quota-${quota.what}`), id: clientId })} onClose={onClose}>
      <form className="form" onSubmit={send}>
        <Field
          label={say('quota-minute')}
          value={minute}
          onChange={setMinute}
          inputMode="numeric"
          maxLength={12}
          autoFocus
        />
        <Field label={say('quota-day')} value={day} onChange={setDay} inputMode="numeric" maxLength={12} />
        <RefusedNote error={set.error} />
        <div className="buttons">
          <Button look="primary" submits {...((!isWhole || set.isPending) && { disabled: true })}>
            {say('quota-change')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
