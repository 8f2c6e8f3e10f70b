import { type FormEvent, useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import {
  type DoorNeed,
  doorNeeds,
  groupList,
  groupOpen,
  type Reach,
  reaches,
  visitListMake,
} from '../../../src/campaign/groups/contract.ts'
import { visitListDays } from '../../../src/campaign/law.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { visitListAt, type WholeGroup } from './group.ts'

type Props = { readonly group: WholeGroup; readonly onClose: () => void }

/** The terms that are offered: the usual one of today's rule, and others up to its longest. */
const termsInDays = () => {
  const { usual, longest } = inForceToday(visitListDays)
  return [...new Set([7, usual, 21, 30])].filter(days => days <= longest).sort((a, b) => a - b)
}
type Typed = {
  readonly lacking: readonly DoorNeed[]
  readonly campaign: string
  readonly within: Reach
  readonly days: string
  readonly why: string
}

/** To make a list: who lacks what, of which people, where, for how long and what for. */
export function MakeList({ group, onClose }: Props) {
  const say = useSay()
  const make = useDo(visitListMake, [groupOpen, groupList])
  const [typed, setTyped] = useState<Typed>({
    lacking: ['card', 'account', 'activation'],
    campaign: '',
    within: 'quarter',
    days: String(inForceToday(visitListDays).usual),
    why: '',
  })
  const isWhole = typed.lacking.length > 0 && typed.why.trim().length >= 3
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { campaign, within, days, why } = typed
    if (isWhole)
      make.mutate({
        params: { id: group.id },
        body: {
          lacking: [...typed.lacking],
          within,
          days: Number(days),
          why: why.trim(),
          ...(campaign && { campaign }),
        },
      })
  }
  if (make.data) return <Made {...make.data} onClose={onClose} />
  return (
    <Dialog open title={say('doors-make-title')} onClose={onClose}>
      <p className="quiet">{say('doors-make-about')}</p>
      <form className="form" onSubmit={submit}>
        <Lacking lacking={typed.lacking} onChange={lacking => setTyped({ ...typed, lacking })} />
        <Whom group={group} typed={typed} onChange={setTyped} />
        <Field
          label={say('doors-why')}
          value={typed.why}
          onChange={why => setTyped({ ...typed, why })}
          hint={say('doors-why-hint')}
          maxLength={300}
        />
        <RefusedNote error={make.error} />
        <div className="buttons">
          <Button look="primary" submits {...((make.isPending || !isWhole) && { disabled: true })}>
            {say('doors-make')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function Lacking({
  lacking,
  onChange,
}: {
  lacking: readonly DoorNeed[]
  onChange: (lacking: readonly DoorNeed[]) => void
}) {
  const say = useSay()
  const toggle = (need: DoorNeed) =>
    onChange(lacking.includes(need) ? lacking.filter(one => one !== need) : [...lacking, need])
  return (
    <fieldset className="needs-asked">
      <legend>{say('doors-lacking')}</legend>
      {doorNeeds.map(need => (
        <Checkbox key={need} className="tick" isSelected={lacking.includes(need)} onChange={() => toggle(need)}>
          <span className="box" aria-hidden />
          <span>{say(`lacks-${need}`)}</span>
        </Checkbox>
      ))}
    </fieldset>
  )
}

function Whom({ group, typed, onChange }: { group: WholeGroup; typed: Typed; onChange: (typed: Typed) => void }) {
  const say = useSay()
  const { data } = useAsk(campaignList, {})
  const campaigns = (data?.campaigns ?? []).filter(({ state }) => state === 'open')
  return (
    <>
      {campaigns.length > 0 && (
        <Field
          label={say('doors-of')}
          value={typed.campaign}
          onChange={campaign => onChange({ ...typed, campaign })}
          choices={[['', say('doors-of-all')], ...campaigns.map(({ id, title }) => [id, title] as const)]}
        />
      )}
      <Field
        label={say('doors-within')}
        value={typed.within}
        onChange={within => onChange({ ...typed, within: reaches.find(one => one === within) ?? 'quarter' })}
        choices={[
          ['quarter', say('doors-within-quarter', { quarter: group.quarter })],
          ['commune', say('doors-within-commune', { unit: group.unit.name })],
        ]}
      />
      <Field
        label={say('doors-days')}
        value={typed.days}
        onChange={days => onChange({ ...typed, days })}
        choices={termsInDays().map(n => [String(n), say('doors-days-n', { n })] as const)}
      />
    </>
  )
}

type MadeProps = {
  readonly list: { readonly id: string; readonly counts: { readonly people: number } }
  readonly elsewhere: number
  readonly listedAlready: number
  readonly away: number
  readonly onClose: () => void
}

/** How many are on it, and who is not: so that nobody is lost unseen. */
function Made({ list, elsewhere, listedAlready, away, onClose }: MadeProps) {
  const say = useSay()
  return (
    <Dialog open title={say('doors-made', { n: numberText(list.counts.people) })} onClose={onClose}>
      {elsewhere > 0 && <p>{say('doors-elsewhere', { n: numberText(elsewhere) })}</p>}
      {listedAlready > 0 && <p>{say('doors-already', { n: numberText(listedAlready) })}</p>}
      {away > 0 && <p>{say('doors-made-away', { n: numberText(away) })}</p>}
      <div className="buttons">
        <Button look="primary" href={visitListAt(list.id)}>
          {say('doors-open')}
        </Button>
        <Button onPress={onClose}>{say('close')}</Button>
      </div>
    </Dialog>
  )
}
