import { type ReactNode, useState } from 'react'
import { Value } from 'typebox/value'
import { campaignCreate, campaignList } from '../../../src/campaign/cohorts/contract.ts'
import { Definition } from '../../../src/campaign/cohorts/contract-definition.ts'
import { Button } from '../../parts/button.tsx'
import { FieldError } from '../../parts/field.tsx'
import { type Say, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { DefinitionDrop } from '../parts/definition-drop.tsx'
import { State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { RefusedFaults } from '../targets/refused-faults.tsx'
import { DefinitionPreview } from './definition-preview.tsx'
import { among, campaignAt } from './search.ts'

type Read = { readonly name: string; readonly given: unknown }

/** A campaign from the file that describes it: shown in words first, created by a button. */
export function NewCampaignPage() {
  const say = useSay()
  const unit = useUnitName()
  const mayManage = useMay('campaign.manage')
  const [read, setRead] = useState<Read>()
  return (
    <Page
      title={say('new-title')}
      standing={<p>{unit}</p>}
      strip={[unit]}
      foot={<Go to={at('/chien-dich')}>{say('people-back')}</Go>}
    >
      {!mayManage && <State so={say('campaign-none')} todo={say('campaign-none-wait')} />}
      {mayManage && !read && (
        <DefinitionDrop
          label={say('new-drop')}
          hint={say('new-drop-hint')}
          onRead={(given, name) => setRead({ given, name })}
        />
      )}
      {mayManage && read && <Preview read={read} onAnother={() => setRead(undefined)} />}
    </Page>
  )
}

const mostFaults = 12

const shapes = [
  'required',
  'additionalProperties',
  'enum',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'type',
] as const

/** What a file lacks, place by place, in words. */
function faultsOf(say: Say, given: unknown): string[] {
  const said = [...Value.Errors(Definition, given)].map(({ instancePath, keyword, message, params }) => {
    const word = among(shapes, keyword)
    const of =
      'requiredProperties' in params
        ? params.requiredProperties
        : 'additionalProperties' in params
          ? params.additionalProperties
          : []
    return say('new-fault-at', {
      at: [instancePath || '/', ...of].join(' '),
      what: word ? say(`shape-${word}`) : message,
    })
  })
  return [...new Set(said)]
}

function Preview({ read: { given, name }, onAnother }: { read: Read; onAnother: () => void }) {
  const say = useSay()
  const another = <Button onPress={onAnother}>{say('new-another')}</Button>
  if (!Value.Check(Definition, given)) {
    const faults = faultsOf(say, given)
    return (
      <section className="state">
        <h2>{say('new-faults')}</h2>
        <p className="quiet">{name}</p>
        <ul className="faults">
          {faults.slice(0, mostFaults).map(fault => (
            <li key={fault}>
              <FieldError>{fault}</FieldError>
            </li>
          ))}
        </ul>
        <div className="buttons">{another}</div>
      </section>
    )
  }
  return <Creatable definition={given} another={another} />
}

function Creatable({ definition, another }: { definition: Definition; another: ReactNode }) {
  const say = useSay()
  const create = useDo(campaignCreate, [campaignList])
  return (
    <section>
      <h2>{definition.title}</h2>
      {definition.purpose && <p className="prose">{definition.purpose}</p>}
      <DefinitionPreview definition={definition} />
      <RefusedFaults error={create.error} />
      <div className="buttons">
        <Button
          look="primary"
          disabled={create.isPending}
          onPress={() => create.mutate({ body: definition }, { onSuccess: ({ id }) => goTo(campaignAt({ cd: id })) })}
        >
          {say('new-create', { name: definition.name })}
        </Button>
        {another}
      </div>
    </section>
  )
}
