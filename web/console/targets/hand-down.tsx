import { type FormEvent, useState } from 'react'
import { splitWays, targetIssue, targetSplit, targetTree } from '../../../src/campaign/targets/contract.ts'
import { figureCourse, figureMap, quickStatistics } from '../../../src/statistics/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field, FieldError } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import type { Campaign, Metric } from '../campaign/search.ts'
import { DayField } from '../parts/day-field.tsx'
import { useSession } from '../shell/session.tsx'
import { AbovePeopleDialog, abovePeople } from './above-people.tsx'
import { RefusedFaults } from './refused-faults.tsx'
import type { TargetsOfUnit } from './target-table.tsx'
import { amountOf, sumOf } from './typed-amount.ts'

/** What the page showed of some units' targets of a batch: versions only rise, so their sum tells of a change. */
const versionOf = (
  units: readonly { readonly batches: readonly { batch: string; version: number }[] }[],
  batch: string,
) => String(units.reduce((sum, { batches }) => sum + (batches.find(one => one.batch === batch)?.version ?? 0), 0))

/** What is read anew once targets have been issued. */
const changed = [targetTree, quickStatistics, figureCourse, figureMap]

type SplitWay = (typeof splitWays)[number]
type HandDownProps = {
  readonly campaign: Campaign
  readonly metric: Metric
  readonly whole: TargetsOfUnit
  readonly below: readonly TargetsOfUnit[]
}

/** One batch handed down to the units right below: by hand, or as a rule proposes and the officer then changes. */
export function HandDown(props: HandDownProps) {
  const say = useSay()
  const { whole } = props
  const [batch, setBatch] = useState(whole.batches[0]?.batch ?? '')
  const chosen = whole.batches.find(one => one.batch === batch)
  return (
    <section className="hand-down">
      <h2>{say('hand-title')}</h2>
      <Field
        label={say('hand-batch')}
        value={batch}
        onChange={setBatch}
        choices={whole.batches.map(one => [one.batch, `${one.batch}: ${numberText(one.value)}`] as const)}
      />
      {chosen && <Shares key={batch} {...props} batch={chosen} />}
    </section>
  )
}

type Batch = TargetsOfUnit['batches'][number]

type Drafted = {
  readonly splitBy: SplitWay | 'hand'
  readonly weights: ReadonlyMap<string, number>
  readonly values: ReadonlyMap<string, string>
}

/** What is about to be handed down, as it was given before, as a rule proposes it, and as the officer changes it. */
function useDraft({ campaign, metric, whole, below }: HandDownProps, batch: Batch) {
  const [{ splitBy, weights, values }, setDraft] = useState<Drafted>(() => ({
    splitBy: 'hand',
    weights: new Map(),
    values: givenAlready(below, batch.batch),
  }))
  const propose = useDo(targetSplit)
  const split = (by: SplitWay) =>
    propose.mutate(
      { params: { id: campaign.id }, body: { unit: whole.unit.id, metric, batch: batch.batch, by } },
      {
        onSuccess: ({ shares }) =>
          setDraft({
            splitBy: by,
            weights: new Map(shares.map(({ unit, weight }) => [unit.id, weight])),
            values: new Map(shares.map(({ unit, value }) => [unit.id, String(value)])),
          }),
      },
    )
  const change = (id: string, text: string) => setDraft({ splitBy, weights, values: new Map(values).set(id, text) })
  const rows = below.map(({ unit }) => ({
    unit,
    text: values.get(unit.id) ?? '',
    amount: amountOf(values.get(unit.id) ?? ''),
  }))
  return {
    splitBy,
    weights,
    rows,
    split,
    change,
    propose,
    sum: sumOf(rows.map(({ amount }) => amount)),
    targets: rows.flatMap(({ unit, amount }) => (typeof amount === 'number' ? [{ unit: unit.id, value: amount }] : [])),
    isReadable: !rows.some(({ amount }) => amount === 'unreadable'),
  }
}

function Shares({ batch, ...props }: HandDownProps & { batch: Batch }) {
  const say = useSay()
  const { campaign, metric, whole, below } = props
  const { name } = useSession()
  const [dueOn, setDueOn] = useState<string>(batch.dueOn)
  const [issuedBy, setIssuedBy] = useState(name)
  const { splitBy, weights, rows, split, change, propose, sum, targets, isReadable } = useDraft(props, batch)
  const issue = useDo(targetIssue, changed)
  const isReady = targets.length > 0 && isReadable && dueOn !== '' && issuedBy.trim() !== ''
  const [asksReason, setAsksReason] = useState(false)
  const amounts = new Map(targets.map(({ unit, value }) => [unit as string, value]))
  const above = abovePeople(below, batch.batch, id => amounts.get(id))
  const give = (aboveReason?: string) =>
    issue.mutate(
      {
        params: { id: campaign.id },
        body: {
          metric,
          batch: batch.batch,
          dueOn,
          issuedBy: issuedBy.trim(),
          splitBy,
          targets,
          ...(aboveReason && { aboveReason }),
        },
        seen: versionOf(
          below.filter(({ unit }) => targets.some(target => target.unit === unit.id)),
          batch.batch,
        ),
      },
      { onSuccess: () => setAsksReason(false) },
    )
  const askReason = () => {
    issue.reset()
    setAsksReason(true)
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    // More than the whole is refused anyway, so nobody is asked for a reason first.
    if (above.length > 0 && sum <= batch.value) askReason()
    else give()
  }
  const nameOf = (code: string) =>
    [whole, ...below].find(({ unit }) => unit.code === code || unit.id === code)?.unit.name ?? code
  return (
    <form className="stack" onSubmit={send}>
      <div className="fields">
        <DayField label={say('hand-due')} value={dueOn} onChange={setDueOn} />
        <Field label={say('hand-by')} value={issuedBy} onChange={setIssuedBy} maxLength={200} />
      </div>
      <SplitChoice splitBy={splitBy} onSplit={split} isBusy={propose.isPending} />
      <RefusedFaults error={propose.error} />
      <ShareTable
        rows={rows}
        weights={weights}
        splitBy={splitBy}
        onChange={change}
        below={below}
        over={new Map(above.map(({ unit, value, people }) => [unit.id as string, value - people]))}
      />
      <SumLine sum={sum} whole={batch.value} />
      <RefusedFaults error={issue.error} nameOf={nameOf} />
      {issue.data && <p role="status">{say('hand-issued', { n: issue.data.issued, same: issue.data.unchanged })}</p>}
      <div className="buttons">
        <Button look="primary" submits disabled={!isReady || issue.isPending}>
          {say('hand-issue', { n: numberText(sum), units: targets.length })}
        </Button>
        {dueOn === '' && <FieldError>{say('hand-need-due')}</FieldError>}
        {issuedBy.trim() === '' && <FieldError>{say('hand-need-by')}</FieldError>}
      </div>
      {asksReason && (
        <AbovePeopleDialog
          above={above}
          onClose={() => setAsksReason(false)}
          of={`${campaign.id} ${metric} ${batch.batch}`}
          busy={issue.isPending}
          refusal={<RefusedFaults error={issue.error} nameOf={nameOf} />}
          onIssue={give}
        />
      )}
    </form>
  )
}

function SplitChoice({
  splitBy,
  onSplit,
  isBusy,
}: {
  splitBy: SplitWay | 'hand'
  onSplit: (by: SplitWay) => void
  isBusy: boolean
}) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons that fill the table below
    <div className="buttons" role="group" aria-label={say('hand-split')}>
      <span>{say('hand-split')}</span>
      {splitWays.map(by => (
        <Button key={by} look="row" pressed={splitBy === by} disabled={isBusy} onPress={() => onSplit(by)}>
          {say(`split-${by}`)}
        </Button>
      ))}
    </div>
  )
}

const givenAlready = (below: readonly TargetsOfUnit[], batch: string) =>
  new Map(
    below.flatMap(({ unit, batches }) =>
      batches.filter(one => one.batch === batch).map(one => [unit.id, String(one.value)] as const),
    ),
  )

type Share = {
  readonly unit: TargetsOfUnit['unit']
  readonly text: string
  readonly amount: ReturnType<typeof amountOf>
}

type ShareTableProps = {
  readonly rows: readonly Share[]
  readonly weights: ReadonlyMap<string, number>
  readonly splitBy: SplitWay | 'hand'
  readonly onChange: (id: string, text: string) => void
  readonly below: readonly TargetsOfUnit[]
  /** By how many the whole target of a unit would be above its people. */
  readonly over: ReadonlyMap<string, number>
}

function ShareTable({ rows, weights, splitBy, onChange, below, over }: ShareTableProps) {
  const say = useSay()
  const of = new Map(below.map(one => [one.unit.id as string, one]))
  const figureOf = (n: number | null | undefined) => (n === null || n === undefined ? '' : numberText(n))
  return (
    <table className="plain-table share-table">
      <thead>
        <tr>
          <th scope="col">{say('unit')}</th>
          <th scope="col" className="end">
            {say('targets-people')}
          </th>
          <th scope="col" className="end">
            {say('targets-done')}
          </th>
          {weights.size > 0 && (
            <th scope="col" className="end">
              {say('hand-weight')}: {say(`split-${splitBy}`)}
            </th>
          )}
          <th scope="col" className="end">
            {say('hand-share')}
          </th>
          <th scope="col" className="end">
            {say('targets-over')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ unit, text, amount }) => (
          <tr key={unit.id}>
            <th scope="row">{unit.name}</th>
            <td className="end">{figureOf(of.get(unit.id)?.people)}</td>
            <td className="end">{figureOf(of.get(unit.id)?.done)}</td>
            {weights.size > 0 && <td className="end">{numberText(weights.get(unit.id) ?? 0)}</td>}
            <td className="end">
              <input
                className="share-input"
                inputMode="numeric"
                value={text}
                aria-label={`${say('hand-share')}, ${unit.name}`}
                aria-invalid={amount === 'unreadable' ? true : undefined}
                onChange={event => onChange(unit.id, event.target.value)}
              />
            </td>
            <td className="end late-text">{figureOf(over.get(unit.id))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The sum against the whole: less is allowed and said, more is marked. */
function SumLine({ sum, whole }: { sum: number; whole: number }) {
  const say = useSay()
  const rest = whole - sum
  const word =
    rest === 0
      ? say('hand-sum-equal')
      : say(rest > 0 ? 'hand-sum-less' : 'hand-sum-more', { n: numberText(Math.abs(rest)) })
  return (
    <p className={rest < 0 ? 'sum-line wrong figures' : 'sum-line figures'} aria-live="polite">
      <b>{say('hand-sum', { sum: numberText(sum), whole: numberText(whole) })}</b>: {word}.
    </p>
  )
}

/** The campaign's own unit is given its target here; everyone else's comes from above. */
export function OwnTarget({ campaign, metric, whole }: Omit<HandDownProps, 'below'>) {
  const say = useSay()
  const { name } = useSession()
  const [batch, setBatch] = useState('')
  const [text, setText] = useState('')
  const [dueOn, setDueOn] = useState('')
  const [issuedBy, setIssuedBy] = useState(name)
  const issue = useDo(targetIssue, changed)
  const amount = amountOf(text)
  const ready = typeof amount === 'number' && batch.trim() !== '' && dueOn !== '' && issuedBy.trim() !== ''
  const [asksReason, setAsksReason] = useState(false)
  const above = abovePeople([whole], batch.trim(), () => (typeof amount === 'number' ? amount : undefined))
  const give = (aboveReason?: string) => {
    if (!ready) return
    issue.mutate(
      {
        params: { id: campaign.id },
        body: {
          metric,
          batch: batch.trim(),
          dueOn,
          issuedBy: issuedBy.trim(),
          targets: [{ unit: whole.unit.id, value: amount }],
          ...(aboveReason && { aboveReason }),
        },
        seen: versionOf([whole], batch.trim()),
      },
      { onSuccess: () => setAsksReason(false) },
    )
  }
  const askReason = () => {
    issue.reset()
    setAsksReason(true)
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (ready && above.length > 0) askReason()
    else give()
  }
  return (
    <details className="own-target" open={whole.value === null}>
      <summary>{say('hand-own', { unit: whole.unit.name })}</summary>
      <form className="stack" onSubmit={send}>
        <div className="fields">
          <Field
            label={say('hand-batch')}
            value={batch}
            onChange={setBatch}
            hint={say('hand-batch-hint')}
            maxLength={40}
          />
          <Field
            label={say('hand-share')}
            value={text}
            onChange={setText}
            inputMode="numeric"
            error={amount === 'unreadable' ? say('hand-not-whole') : undefined}
          />
          <DayField label={say('hand-due')} value={dueOn} onChange={setDueOn} />
          <Field label={say('hand-by')} value={issuedBy} onChange={setIssuedBy} maxLength={200} />
        </div>
        <RefusedFaults error={issue.error} nameOf={() => whole.unit.name} />
        {issue.data && <p role="status">{say('hand-issued', { n: issue.data.issued, same: issue.data.unchanged })}</p>}
        <div className="buttons">
          <Button look="primary" submits disabled={!ready || issue.isPending}>
            {say('hand-own', { unit: whole.unit.name })}
          </Button>
        </div>
        {asksReason && (
          <AbovePeopleDialog
            above={above}
            onClose={() => setAsksReason(false)}
            of={`${campaign.id} ${metric} own`}
            busy={issue.isPending}
            refusal={<RefusedFaults error={issue.error} nameOf={() => whole.unit.name} />}
            onIssue={give}
          />
        )}
      </form>
    </details>
  )
}
