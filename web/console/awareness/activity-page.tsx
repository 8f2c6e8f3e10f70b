import { useParams, useSearch } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { activityList, activityOpen, activityWithdraw } from '../../../src/awareness/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { ReasonDialog } from '../parties/reason-dialog.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { type Activity, activityAt, awarenessAt } from './activity.ts'
import { awarenessQuery, EffectChoices } from './awareness-page.tsx'
import { EffectLines } from './effect-lines.tsx'

/** One activity: what was done, and what moved in its places. */
export function ActivityPage() {
  const say = useSay()
  const { id } = useParams({ from: '/tuyen-truyen/$id' })
  const search = useSearch({ from: '/tuyen-truyen/$id' })
  const { metric, band } = awarenessQuery(search)
  const query = { ...(metric && { metric }), ...(band && { band }) }
  const { data, error, refetch } = useAsk(activityOpen, { params: { id }, query }, { keep: true })
  const [withdraws, setWithdraws] = useState(false)
  const withdraw = useDo(activityWithdraw, [activityList, activityOpen])
  const mayRecord = useMay('awareness.record')
  const one = data?.activity
  return (
    <Page
      title={one ? say(`activity-${one.kind}`) : say('awareness-title')}
      standing={one && <p>{`${dayText(one.heldOn)}. ${data.campaign.title}`}</p>}
      strip={[one?.unit ?? '', say('awareness-title')]}
      margin={
        data &&
        one && (
          <section className="stack">
            <EffectChoices
              metric={one.effect.metric}
              metrics={data.metrics}
              bands={data.bands}
              band={search.nhom}
              onChange={change => goTo(activityAt(id, { ...search, ...change }))}
            />
          </section>
        )
      }
      foot={
        <>
          {mayRecord && one && !one.withdrawn && (
            <Button look="wide" icon={Undo2} onPress={() => setWithdraws(true)}>
              {say('awareness-withdraw')}
            </Button>
          )}
          <Go className="exit" to={awarenessAt({ ...search, ...(data && { cd: data.campaign.id }) })}>
            {say('awareness-back')}
          </Go>
        </>
      }
      still={!!one}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('awareness-reading')} />}
      {one && <Facts one={one} />}
      {one && !one.withdrawn && <EffectLines effect={one.effect} />}
      {withdraws && (
        <ReasonDialog
          title={say('awareness-withdraw-title')}
          means={say('awareness-withdraw-means')}
          deed={say('awareness-withdraw')}
          error={withdraw.error}
          busy={withdraw.isPending}
          onDo={reason =>
            withdraw.mutate({ params: { id }, body: { reason } }, { onSuccess: () => setWithdraws(false) })
          }
          onClose={() => setWithdraws(false)}
        />
      )}
    </Page>
  )
}

function Facts({ one }: { one: Activity }) {
  const say = useSay()
  const facts: readonly (readonly [label: string, value: string])[] = [
    [
      say('awareness-place'),
      one.places.map(({ name, unit, ofSchool }) => (ofSchool ? `${name} (${unit})` : name)).join(', '),
    ],
    [say('awareness-audience'), one.audiences.map(who => say(`audience-${who}`)).join(', ')],
    [
      say('awareness-people'),
      `${numberText(one.people)} (${say(one.counted ? 'awareness-counted' : 'awareness-estimated')})`,
    ],
    [say('awareness-done-by'), one.doneBy.map(who => say(`teller-${who}`)).join(', ')],
    ...(one.content ? [[say('awareness-content'), one.content] as const] : []),
    [say('awareness-entered-by'), one.unit],
  ]
  return (
    <>
      {one.withdrawn && <p className="note late">{say('awareness-withdrawn', { why: one.withdrawn })}</p>}
      <dl className="particulars">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
