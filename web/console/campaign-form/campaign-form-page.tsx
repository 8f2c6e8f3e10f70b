import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { campaignChange, campaignCount, campaignCreate, campaignList } from '../../../src/campaign/cohorts/contract.ts'
import type { Definition } from '../../../src/campaign/cohorts/contract-definition.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, Refusal, save } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DefinitionPreview } from '../campaign/definition-preview.tsx'
import { type Campaign, campaignAt } from '../campaign/search.ts'
import { examYears } from '../needs/filter.ts'
import { useSettled } from '../needs/list-rows.ts'
import { DayField } from '../parts/day-field.tsx'
import { Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { RefusedFaults } from '../targets/refused-faults.tsx'
import {
  type CampaignDraft,
  campaignKinds,
  definitionOf,
  draftOf,
  emptyCohort,
  emptyDraft,
  faultsOf,
  neededThings,
} from './campaign-draft.ts'
import { CohortFields } from './cohort-fields.tsx'

type Counted = Answer<typeof campaignCount>

/** A campaign made in a form, or changed before it begins: counted as one types, looked at, then kept. */
export function CampaignFormPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const mayManage = useMay('campaign.manage')
  const { cd } = useSearch({ from: '/chien-dich/moi' })
  const { data } = useAsk(campaignList, {}, { when: !!cd })
  const known = data?.campaigns.find(({ id }) => id === cd)
  return (
    <Page
      title={say(cd ? 'form-edit-title' : 'form-title')}
      standing={<p>{unit}</p>}
      strip={[unit]}
      foot={
        <>
          <Go to={at('/chien-dich/moi/tep')}>{say('form-from-file')}</Go>
          <Go to={at('/chien-dich')}>{say('people-back')}</Go>
        </>
      }
    >
      {!mayManage && <State so={say('campaign-none')} todo={say('campaign-none-wait')} />}
      {mayManage && cd && !data && <Loading what={say('campaign-reading')} />}
      {mayManage && known && known.startsOn <= today && <State so={say('form-begun')} />}
      {mayManage && !cd && <CampaignForm begun={emptyDraft(examYears(today).replaceAll(',', ', '))} />}
      {mayManage && known && known.startsOn > today && <CampaignForm begun={draftOf(known)} of={known} />}
    </Page>
  )
}

function CampaignForm({ begun: starting, of }: { begun: CampaignDraft; of?: Campaign }) {
  const say = useSay()
  // The list is read anew beside the form; what is being changed is what stood there when the form was opened.
  const [begun] = useState({ draft: starting, opened: of?.version })
  const [{ draft, opened }, keep] = useDraftState(`campaign ${of?.id ?? 'new'}`, begun)
  const setDraft = (next: CampaignDraft) => keep({ draft: next, opened })
  const [isReviewed, setReviewed] = useState(false)
  const [isTried, setTried] = useState(false)
  const faults = faultsOf(draft)
  const words = { card: say('form-card-deadline'), account: say('form-account-deadline') }
  const definition = definitionOf(draft, words, of?.name)
  const settled = useSettled(JSON.stringify(definition), 600)
  const counted = useAsk(
    campaignCount,
    { body: useMemo(() => JSON.parse(settled) as Definition, [settled]) },
    { when: faults.length === 0, keep: true },
  )
  const isCounted = counted.data && faults.length === 0
  const count = (
    <p className="form-count" aria-live="polite">
      {isCounted ? <CountText counted={counted.data} /> : <span className="quiet">{say('form-count-later')}</span>}
      {counted.isFetching && <span className="small"> {say('form-counting')}</span>}
    </p>
  )
  if (isReviewed)
    return (
      <Review
        definition={definition}
        of={of}
        opened={opened}
        present={of && definitionOf(draftOf(of), words, of.name)}
        count={count}
        onBack={() => setReviewed(false)}
      />
    )
  return (
    <form
      className="campaign-form"
      onSubmit={event => {
        event.preventDefault()
        setTried(true)
        if (faults.length === 0) setReviewed(true)
      }}
    >
      <DraftFields draft={draft} onChange={setDraft} faults={isTried ? faults : []} counted={counted.data} />
      {count}
      <RefusedNote error={counted.error} />
      {isTried && faults.length > 0 && (
        <ul className="faults">
          {faults.map(({ fault, cohort }) => (
            <li key={`${fault} ${cohort}`} className="late-text">
              {cohort !== undefined && `${say('form-cohort', { n: cohort + 1 })}: `}
              {say(`fault-${fault}`)}
            </li>
          ))}
        </ul>
      )}
      <div className="buttons">
        <Button look="primary" submits>
          {say('form-review')}
        </Button>
        {draft !== begun.draft && (
          <Button look="text" onPress={() => keep(begun)}>
            {say('form-begin-anew')}
          </Button>
        )}
      </div>
    </form>
  )
}

function CountText({ counted: { people, asOf, day } }: { counted: Counted }) {
  const say = useSay()
  return (
    <>
      <b className="figures">{say('form-count', { n: numberText(people) })}</b>{' '}
      <span className="small quiet">{say('form-count-of', { time: instantText(asOf).time, day: dayText(day) })}</span>
    </>
  )
}

type DraftFieldsProps = {
  readonly draft: CampaignDraft
  readonly onChange: (draft: CampaignDraft) => void
  readonly faults: ReturnType<typeof faultsOf>
  readonly counted: Counted | undefined
}

function DraftFields({ draft, onChange, faults, counted }: DraftFieldsProps) {
  const say = useSay()
  const change = (part: Partial<CampaignDraft>) => onChange({ ...draft, ...part })
  const has = (fault: (typeof faults)[number]['fault']) =>
    faults.some(one => one.fault === fault) ? say(`fault-${fault}`) : undefined
  return (
    <>
      <div className="form-row">
        <Field
          label={say('form-name')}
          value={draft.title}
          maxLength={200}
          error={has('title')}
          onChange={title => change({ title })}
        />
        <Field
          label={say('form-kind')}
          value={draft.kind}
          onChange={kind => change({ kind: campaignKinds.find(one => one === kind) ?? 'school' })}
          choices={campaignKinds.map(kind => [kind, say(`form-kind-${kind}`)] as const)}
        />
      </div>
      <Field
        label={say('form-purpose')}
        value={draft.purpose}
        maxLength={500}
        onChange={purpose => change({ purpose })}
      />
      <div className="form-row">
        <DayField label={say('form-starts')} value={draft.startsOn} onChange={startsOn => change({ startsOn })} />
        <DayField label={say('form-card-by')} value={draft.cardBy} onChange={cardBy => change({ cardBy })} />
        <DayField
          label={say('form-account-by')}
          value={draft.accountBy}
          onChange={accountBy => change({ accountBy })}
        />
        <Field
          label={say('form-school-year')}
          value={draft.schoolYear}
          error={has('school-year')}
          onChange={schoolYear => change({ schoolYear })}
        />
      </div>
      <fieldset className="ticks" aria-label={say('form-needed')}>
        <span className="quiet">{say('form-needed')}</span>
        {neededThings.map(need => (
          <Checkbox
            key={need}
            className="tick"
            isSelected={draft.needed.includes(need)}
            onChange={on =>
              change({ needed: on ? [...draft.needed, need] : draft.needed.filter(other => other !== need) })
            }
          >
            <span className="box" aria-hidden />
            <span>{say(`form-need-${need}`)}</span>
          </Checkbox>
        ))}
      </fieldset>
      {draft.cohorts.map((cohort, place) => (
        <CohortFields
          key={cohort.key}
          place={place}
          kind={draft.kind}
          cohort={cohort}
          count={counted?.cohorts[place]}
          faults={faults.filter(one => one.cohort === place).map(({ fault }) => fault)}
          onChange={next => change({ cohorts: draft.cohorts.map(one => (one.key === cohort.key ? next : one)) })}
          onDrop={
            draft.cohorts.length > 1
              ? () => change({ cohorts: draft.cohorts.filter(({ key }) => key !== cohort.key) })
              : undefined
          }
        />
      ))}
      <div>
        <Button look="row" onPress={() => change({ cohorts: [...draft.cohorts, emptyCohort()] })}>
          {say('form-add-cohort')}
        </Button>
      </div>
    </>
  )
}

type ReviewProps = {
  readonly definition: Definition
  readonly of: Campaign | undefined
  /** The version that was changed, and the campaign as it is now. */
  readonly opened: number | undefined
  readonly present: Definition | undefined
  readonly count: ReactNode
  readonly onBack: () => void
}

/** What will be kept, in the words of the campaign's pages; then it is kept, or typed on. */
function Review({ definition, of, opened, present, count, onBack }: ReviewProps) {
  const say = useSay()
  const create = useDo(campaignCreate, [campaignList])
  const change = useDo(campaignChange, [campaignList])
  const open = ({ id }: { id: string }) => goTo(campaignAt({ cd: id }))
  const isOvertaken = change.error instanceof Refusal && change.error.code === 'changed-meanwhile'
  const keep = () =>
    of
      ? change.mutate(
          { params: { id: of.id }, body: definition, seen: String(isOvertaken ? of.version : opened) },
          { onSuccess: open },
        )
      : create.mutate({ body: definition }, { onSuccess: open })
  const file = () =>
    save({
      name: `${definition.name}.json`,
      content: new Blob([JSON.stringify(definition, undefined, 2)], { type: 'application/json' }),
    })
  return (
    <section>
      <h2>{definition.title}</h2>
      {definition.purpose && <p className="prose">{definition.purpose}</p>}
      {count}
      <DefinitionPreview definition={definition} />
      <RefusedFaults error={create.error ?? change.error} />
      {isOvertaken && present && (
        <>
          <h3>{say('form-now')}</h3>
          <DefinitionPreview definition={present} />
        </>
      )}
      <div className="buttons">
        <Button look="primary" disabled={create.isPending || change.isPending} onPress={keep}>
          {say(of ? 'form-save' : 'form-create')}
        </Button>
        <Button onPress={onBack}>{say('form-back')}</Button>
        <Button look="text" onPress={file}>
          {say('form-file')}
        </Button>
      </div>
    </section>
  )
}
