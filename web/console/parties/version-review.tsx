import { useState } from 'react'
import { partyList, partyOne, versionApprove, versionRefuse } from '../../../src/parties/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { type Say, useLanguage, useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Comparison } from '../parts/comparison.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { Client, Party, Settings, Version } from './party.ts'
import { ReasonDialog } from './reason-dialog.tsx'

type Reviewed = {
  readonly client: Client
  readonly party: Party
  readonly inForce: Version | undefined
  readonly submitted: Version | undefined
}

/** Settings as lines that can be compared. */
const linesOf = (say: Say, settings: Settings | undefined): readonly (readonly [label: string, value: string])[] => {
  const kids = settings?.jwks?.keys.map(({ kid }) => kid ?? '').join(', ')
  const keys = settings?.jwksUri ?? (kids === undefined ? '' : say('setting-keys-pasted', { kids }))
  const so = (is: boolean | undefined) => (is === undefined ? '' : say(is ? 'is-so' : 'is-not-so'))
  return [
    [say('setting-redirects'), settings?.redirectUris.join(' ') ?? ''],
    [say('setting-logouts'), settings?.postLogoutRedirectUris.join(' ') ?? ''],
    [say('setting-backchannel'), settings?.backchannelLogoutUri ?? ''],
    [say('setting-auth'), [settings?.authMethod, settings?.signingAlgorithm].filter(Boolean).join(', ')],
    [say('setting-keys'), keys],
    [say('setting-grants'), settings?.grants.join(', ') ?? ''],
    [say('setting-fapi'), so(settings?.fapi)],
    [say('setting-level'), settings?.level === undefined ? '' : String(settings.level)],
  ]
}

/** What is proposed beside what is in force; without a proposal, what is in force. */
export function VersionReview({ client, party, inForce, submitted }: Reviewed) {
  const say = useSay()
  const [before, after] = [linesOf(say, inForce?.settings), linesOf(say, submitted?.settings)]
  if (!submitted)
    return (
      <>
        <dl className="particulars party-facts">
          {before
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="whole">{value}</dd>
              </div>
            ))}
        </dl>
        {inForce && <Purposes version={inForce} before={inForce} />}
      </>
    )
  return (
    <>
      <Comparison
        caption={say('version-review', { n: submitted.number })}
        sources={[
          inForce ? say('version-in-force') : say('version-none'),
          say('version-proposed', { n: submitted.number }),
        ]}
        fields={after
          .map(([label, right], place) => ({ label, left: before[place]?.[1] || undefined, right: right || undefined }))
          .filter(({ left, right }) => left !== undefined || right !== undefined)
          .map(field =>
            inForce ? field : { ...field, verdict: { kind: 'moving' as const, said: say('purpose-new') } },
          )}
      />
      <Decision client={client} party={party} inForce={inForce} submitted={submitted} />
    </>
  )
}

type PurposesProps = {
  readonly version: Version
  readonly before: Version | undefined
  readonly seen?: ReadonlySet<string>
  readonly onSee?: (scope: string, seen: boolean) => void
}

function Purposes({ version, before, seen, onSee }: PurposesProps) {
  const { language, say } = useLanguage()
  const { purposes } = version.settings
  const known = before?.settings.purposes ?? []
  const gone = known.filter(({ scope }) => !purposes.some(one => one.scope === scope))
  const isNew = (purpose: (typeof purposes)[number]) =>
    !known.some(
      one =>
        one.scope === purpose.scope &&
        one.vi === purpose.vi &&
        one.en === purpose.en &&
        one.optional === purpose.optional,
    )
  return (
    <>
      <h3>{say('version-purposes')}</h3>
      {purposes.length === 0 && <p className="quiet">{say('version-purposes-none')}</p>}
      <ul className="rows purposes">
        {purposes.map(purpose => {
          const text = (
            <span>
              <b>{say(`scope-${purpose.scope}`)}</b> <span className="aside">{purpose.scope}</span>
              {purpose.optional && <span className="aside">{say('purpose-optional')}</span>}
              <br />
              {language === 'vi' ? purpose.vi : purpose.en}
              <br />
              <span className="small" lang={language === 'vi' ? 'en' : 'vi'}>
                {language === 'vi' ? purpose.en : purpose.vi}
              </span>
            </span>
          )
          return (
            <li key={purpose.scope}>
              {onSee ? (
                <label className="tick">
                  <input
                    type="checkbox"
                    checked={seen?.has(purpose.scope) ?? false}
                    onChange={({ target }) => onSee(purpose.scope, target.checked)}
                  />
                  {text}
                </label>
              ) : (
                text
              )}
              {isNew(purpose) && <Chip kind="moving">{say('purpose-new')}</Chip>}
            </li>
          )
        })}
      </ul>
      {gone.length > 0 && (
        <p className="quiet">
          {say('purpose-gone', { what: gone.map(({ scope }) => say(`scope-${scope}`)).join(', ') })}
        </p>
      )}
    </>
  )
}

function Decision({ client: { clientId }, party, inForce, submitted }: Reviewed & { readonly submitted: Version }) {
  const say = useSay()
  const mayApprove = useMay('parties.approve')
  const then = [partyOne, partyList]
  const [approve, refuse] = [useDo(versionApprove, then), useDo(versionRefuse, then)]
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [refusing, setRefusing] = useState(false)
  const { number } = submitted
  const left = submitted.settings.purposes.filter(({ scope }) => !seen.has(scope)).length
  const decides = mayApprove && !submitted.own
  const see = (scope: string, is: boolean) =>
    setSeen(new Set(is ? [...seen, scope] : [...seen].filter(one => one !== scope)))
  const params = { clientId, number }
  return (
    <>
      <Purposes
        version={submitted}
        before={inForce}
        seen={seen}
        {...(decides && party.state === 'approved' && { onSee: see })}
      />
      {mayApprove && submitted.own && <p className="quiet">{say('party-own')}</p>}
      {decides && party.state !== 'approved' && <p className="quiet">{say('version-party-first')}</p>}
      {decides && party.state === 'approved' && (
        <>
          {left > 0 && <p className="quiet">{say('version-tick', { n: left })}</p>}
          <RefusedNote error={approve.error} />
          <div className="buttons">
            <Button
              look="primary"
              {...((left > 0 || approve.isPending) && { disabled: true })}
              onPress={() => approve.mutate({ params, body: { scopes: [...seen] } })}
            >
              {say('version-approve', { n: number })}
            </Button>
            <Button onPress={() => setRefusing(true)}>{say('version-refuse', { n: number })}</Button>
          </div>
        </>
      )}
      {refusing && (
        <ReasonDialog
          title={say('version-refuse-asks', { n: number })}
          deed={say('version-refuse', { n: number })}
          error={refuse.error}
          busy={refuse.isPending}
          onDo={reason => refuse.mutate({ params, body: { reason } }, { onSuccess: () => setRefusing(false) })}
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  )
}
