import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { listStations, revokeStation } from '../../../src/enrolment/stations/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Elsewhere, Queues } from '../enrolment/queue-nav.tsx'
import { gapsAt, packetsAt } from '../enrolment/search.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Figure } from '../parts/figure.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'

type Station = Answer<typeof listStations>['stations'][number]

/** The stations of one's units: when each was last heard of, what came, what it still owes. */
export function StationsPage() {
  const say = useSay()
  const unit = useUnitName()
  const mayCapture = useMay('enrolment.capture')
  const [revoking, setRevoking] = useState<Station>()
  const { data, error, refetch } = useAsk(listStations, {})
  return (
    <Page
      title={say('stations-title')}
      standing={<p>{unit}</p>}
      strip={[say('stations-short'), unit]}
      margin={
        <>
          <Queues search={{}} />
          <Elsewhere current="stations" />
        </>
      }
      foot={mayCapture && <OpenStation />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data?.stations.length === 0 && (
        <State
          so={say('stations-none')}
          todo={mayCapture && say('stations-none-todo')}
          buttons={mayCapture && <OpenStation />}
        />
      )}
      {data && data.stations.length > 0 && <Stations stations={data.stations} onRevoke={setRevoking} />}
      {revoking && <RevokeDialog station={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  )
}

/** The station is an application of its own: it is opened whole, and not within the console. */
function OpenStation() {
  const say = useSay()
  return (
    <a className="button primary wide" href="/station/">
      <ExternalLink size={16} aria-hidden />
      {say('stations-open')}
    </a>
  )
}

function Stations({ stations, onRevoke }: { stations: readonly Station[]; onRevoke: (station: Station) => void }) {
  const say = useSay()
  const mayRevoke = useMay('enrolment.stations')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('stations-short')} tabIndex={0}>
      <table className="plain-table in-blocks">
        <thead>
          <tr>
            <th scope="col">{say('station-code')}</th>
            <th scope="col">{say('station-name')}</th>
            <th scope="col">{say('unit')}</th>
            <th scope="col">{say('station-seen')}</th>
            <th scope="col" className="end">
              {say('station-received')}
            </th>
            <th scope="col" className="end">
              {say('station-missing')}
            </th>
            <th scope="col" className="end">
              {say('station-held')}
            </th>
            <th scope="col">{say('application-state')}</th>
            {mayRevoke && (
              <th scope="col">
                <span className="unseen">{say('station-revoke')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {stations.map(station => (
            <tr key={station.id}>
              <th scope="row" className="figures">
                <b>{station.code}</b>
              </th>
              <td data-said={say('station-name')}>{station.name}</td>
              <td data-said={say('unit')}>{station.unit.name}</td>
              <td className="figures" data-said={say('station-seen')}>
                <Seen at={station.seenAt} />
              </td>
              <td className="end" data-said={say('station-received')}>
                {numberText(station.received)}
              </td>
              <td className="end" data-said={say('station-missing')}>
                <Count
                  value={station.missing}
                  to={gapsAt({ loai: 'captured-not-received' })}
                  label={say('station-missing')}
                />
              </td>
              <td className="end" data-said={say('station-held')}>
                <Count value={station.held} to={packetsAt()} label={say('station-held')} />
              </td>
              <td data-said={say('application-state')}>
                {station.revokedAt ? (
                  <Chip kind="late">{say('station-revoked-on', { day: instantText(station.revokedAt).day })}</Chip>
                ) : (
                  say('station-works')
                )}
              </td>
              {mayRevoke && (
                <td className="end">
                  {!station.revokedAt && (
                    <Button look="row" onPress={() => onRevoke(station)}>
                      {say('station-revoke')} <span className="unseen">{station.code}</span>
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Seen({ at }: { at: string | undefined }) {
  const say = useSay()
  if (!at) return <span className="quiet">{say('station-never')}</span>
  const { day, time } = instantText(at)
  return `${day} ${time}`
}

const Count = ({ value, to, label }: { value: number; to: string; label: string }) =>
  value > 0 ? <Figure value={value} to={to} label={label} /> : '0'

const leastReason = 3

function RevokeDialog({ station, onClose }: { station: Station; onClose: () => void }) {
  const say = useSay()
  const revoke = useDo(revokeStation, [listStations])
  const [reason, setReason] = useState('')
  return (
    <Dialog open title={say('station-revoke-asks', { code: station.code })} onClose={onClose} grave>
      <p className="quiet">{say('station-revoke-means')}</p>
      <NoteField
        draft={`station ${station.id} revoked`}
        label={say('station-revoke-reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={200}
        autoFocus
      />
      <RefusedNote error={revoke.error} />
      <div className="buttons">
        <Button
          look="grave"
          {...((revoke.isPending || reason.trim().length < leastReason) && { disabled: true })}
          onPress={() =>
            revoke.mutate({ params: { id: station.id }, body: { reason: reason.trim() } }, { onSuccess: onClose })
          }
        >
          {say('station-revoke')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
