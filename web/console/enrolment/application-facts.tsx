import { dayText, instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import type { Application } from './search.ts'
import { StateChip } from './state-chip.tsx'

/** In the margin: what the application is worth: who took it, when and how it was signed, its codes. */
export function ApplicationFacts({ application }: { application: Application }) {
  const say = useSay()
  const codes = useCodes()
  const { state, due, source, capture, capturedBy, capturedAt, begunOn, submittedOn, account, form, receiptCode } =
    application
  const taken = capturedAt && instantText(capturedAt)
  return (
    <>
      <section>
        <StateChip state={state} due={due} />
      </section>
      <section>
        <dl>
          <dt>{say('application-taken')}</dt>
          <dd>
            {taken ? say('application-taken-by', { who: capturedBy ?? '', ...taken }) : codes('capture', capture)}
          </dd>
          <dd className="plain">
            {say(`source-${source}`)}
            {capture === 'elsewhere' && `, ${say('capture-elsewhere')}`}
          </dd>
          <Signer application={application} />
          {application.delivery && (
            <>
              <dt>{say('application-delivery')}</dt>
              <dd>
                {say(`delivery-${application.delivery}`)}
                {application.deliveryAddress && `, ${application.deliveryAddress}`}
              </dd>
            </>
          )}
          <dt>{say(submittedOn ? 'application-submitted' : 'application-begun')}</dt>
          <dd className="figures">{dayText(submittedOn ?? begunOn)}</dd>
          <dt>{say('application-account')}</dt>
          <dd>
            {account?.problem
              ? `${say('account-trouble')}: ${codes('trouble', account.problem)}`
              : account?.state
                ? codes('account', account.state)
                : say('account-not-asked')}
          </dd>
          <dt>{say('application-form')}</dt>
          <dd>
            {form.code}, {form.version}
          </dd>
          {receiptCode && (
            <>
              <dt>{say('application-receipt')}</dt>
              <dd className="figures">{receiptCode}</dd>
            </>
          )}
        </dl>
      </section>
    </>
  )
}

function Signer({ application: { signer } }: { application: Application }) {
  const say = useSay()
  const codes = useCodes()
  if (!signer) return null
  return (
    <>
      <dt>{say('application-signer')}</dt>
      <dd>
        {signer.kind === 'self'
          ? say('signer-self')
          : [
              say('signer-representative', { name: signer.name ?? '' }),
              signer.relation && codes('relation', signer.relation),
            ]
              .filter(Boolean)
              .join(', ')}
      </dd>
      {signer.evidence && <dd className="plain">{signer.evidence}</dd>}
      {signer.unable && <dd className="plain">{say('signer-unable', { why: signer.unable })}</dd>}
    </>
  )
}
