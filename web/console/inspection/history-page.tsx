import { useState } from 'react'
import { openHistory } from '../../../src/inspection/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { NumberEntry } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { inspectionAt } from './inspection.ts'
import { DeedTable } from './trail-page.tsx'

type History = Answer<typeof openHistory>

/** Who read one person, with a reason; the number stands in no address. */
export function HistoryPage() {
  const say = useSay()
  const unit = useUnitName()
  const open = useDo(openHistory)
  const [number, setNumber] = useState('')
  const [reason, setReason] = useState('')
  const [pages, setPages] = useState<readonly History[]>([])
  const ask = (after?: string) =>
    open.mutate(
      { body: { number, reason, ...(after && { after }) } },
      { onSuccess: found => setPages(known => (after ? [...known, found] : [found])) },
    )
  const next = pages.at(-1)?.next
  return (
    <Page
      title={say('inspection-history-title')}
      standing={<p>{say('inspection-history-about')}</p>}
      strip={[unit, say('inspection-person')]}
      foot={
        <Go className="exit" to={inspectionAt()}>
          {say('inspection-back')}
        </Go>
      }
    >
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          ask()
        }}
      >
        <NumberEntry label={say('number')} value={number} onChange={setNumber} />
        <NoteField
          draft={`history why`}
          label={say('inspection-reason')}
          value={reason}
          onChange={setReason}
          rows={2}
          maxLength={1000}
          hint={say('inspection-reason-hint')}
        />
        <RefusedNote error={open.error} />
        <div className="buttons">
          <Button look="primary" submits {...(open.isPending && { disabled: true })}>
            {say('inspection-history-do')}
          </Button>
        </div>
      </form>
      {pages[0] && <Found pages={pages} />}
      {next && (
        <Button look="row" onPress={() => ask(next)}>
          {say('readings-more')}
        </Button>
      )}
    </Page>
  )
}

function Found({ pages }: { pages: readonly History[] }) {
  const say = useSay()
  const codes = useCodes()
  const [first] = pages
  const readings = pages.flatMap(page => page.readings)
  return (
    <section className="part history-found">
      <h2>
        {say('inspection-history-of')} <Name name={first?.fullName ?? ''} />
      </h2>
      {readings.length === 0 && <p className="quiet">{say('history-readings-none')}</p>}
      {readings.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard too
        <section className="sideways" aria-label={say('history-readings')} tabIndex={0}>
          <table className="plain-table readings">
            <thead>
              <tr>
                <th scope="col">{say('reading-when')}</th>
                <th scope="col">{say('reading-by')}</th>
                <th scope="col">{say('inspection-see-by')}</th>
                <th scope="col">{say('reading-what')}</th>
                <th scope="col">{say('reading-why')}</th>
              </tr>
            </thead>
            <tbody>
              {readings.map(({ id, at: moment, officer, unit, fields, purpose }) => {
                const { day, time } = instantText(moment)
                return (
                  <tr key={id}>
                    <td>
                      <span className="small">{day}</span> {time}
                    </td>
                    <th scope="row">{officer.name}</th>
                    <td>{unit?.name}</td>
                    <td>{fields.map(field => codes('seen', field)).join(', ')}</td>
                    <td>{codes('purpose', purpose)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
      {(first?.deeds.length ?? 0) > 0 && (
        <>
          <h2>{say('history-deeds')}</h2>
          <DeedTable deeds={first?.deeds ?? []} />
        </>
      )}
    </section>
  )
}
