import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { foldMarks } from '../../../src/names/name.ts'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useSession } from '../shell/session.tsx'
import { alsoTo, type Typed, type UnitBelow } from './order.ts'

type Props = { readonly typed: Typed; readonly below: readonly UnitBelow[]; readonly onChange: (typed: Typed) => void }

/** To whom it goes: all communes of a unit, all districts, or single units that are ticked. */
export function OrderUnits({ typed, below, onChange }: Props) {
  const say = useSay()
  const { post } = useSession()
  const districts = below.filter(({ level }) => level === 'district')
  const wholes = [...(post ? [{ id: post.unitId, name: post.unitName }] : []), ...districts]
  const choices = [
    ...wholes.map(({ id, name }) => [`communes:${id}`, say('order-to-communes', { unit: name })] as const),
    ...(districts.length ? [['districts', say('order-to-districts')] as const] : []),
    ['chosen', say('order-to-chosen')] as const,
  ]
  return (
    <div className="order-units">
      <Field label={say('order-to')} value={typed.to} onChange={to => onChange({ ...typed, to })} choices={choices} />
      <Field
        label={say('order-also')}
        value={typed.also}
        onChange={also => onChange({ ...typed, also: alsoTo.find(one => one === also) ?? 'none' })}
        choices={alsoTo.map(one => [one, say(`order-also-${one}`)] as const)}
      />
      {typed.to === 'chosen' && <Chosen typed={typed} below={below} onChange={onChange} />}
    </div>
  )
}

function Chosen({ typed, below, onChange }: Props) {
  const say = useSay()
  const [part, setPart] = useState('')
  const names = new Map(below.map(({ id, name }) => [id, name]))
  const wanted = foldMarks(part)
  const shown = below.filter(({ name }) => foldMarks(name).includes(wanted))
  const toggle = (id: string) =>
    onChange({
      ...typed,
      units: typed.units.includes(id) ? typed.units.filter(one => one !== id) : [...typed.units, id],
    })
  return (
    <>
      <Field
        label={say('order-find-unit')}
        value={part}
        onChange={setPart}
        type="search"
        hint={say('order-units-chosen', { n: numberText(typed.units.length) })}
      />
      <fieldset className="unit-ticks">
        <legend className="unseen">{say('order-to-chosen')}</legend>
        {shown.map(({ id, name, parentId }) => (
          <Checkbox key={id} className="tick" isSelected={typed.units.includes(id)} onChange={() => toggle(id)}>
            <span className="box" aria-hidden />
            <span>
              {name}
              {parentId && names.has(parentId) && <span className="aside">{names.get(parentId)}</span>}
            </span>
          </Checkbox>
        ))}
      </fieldset>
    </>
  )
}
