import type { RepresentativeReply } from '../../../src/accounts/representatives/contract.ts'
import { Field } from '../../parts/field.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'

/** Who represents a child, as it is sent: chosen from the register's kin, or by number. */
export type Chosen = { readonly representativeId?: string; readonly representativeNumber?: string }

type Props = {
  readonly kin: readonly RepresentativeReply[]
  readonly chosen: Chosen
  readonly onChange: (chosen: Chosen) => void
}

export const isChosen = ({ representativeId, representativeNumber }: Chosen): boolean =>
  representativeId !== undefined || (representativeNumber ?? '').trim() !== ''

/** Asks who represents a child: whoever can is offered, and of the others it is said what stands against them. */
export function Representatives({ kin, chosen, onChange }: Props) {
  const say = useSay()
  const codes = useCodes()
  const named = ({ relation, name }: RepresentativeReply) =>
    say('representative-is', { relation: codes('kin', relation), name })
  const fit = kin.flatMap(one => (one.personId && !one.unfit ? [[one.personId, named(one)] as const] : []))
  const isByNumber = chosen.representativeNumber !== undefined
  return (
    <>
      <Field
        label={say('representative-who')}
        value={isByNumber ? 'number' : (chosen.representativeId ?? '')}
        onChange={value =>
          onChange(value === 'number' ? { representativeNumber: '' } : value ? { representativeId: value } : {})
        }
        choices={[['', say('representative-choose')], ...fit, ['number', say('representative-by-number')]]}
      />
      {isByNumber && (
        <Field
          label={say('representative-number')}
          value={chosen.representativeNumber ?? ''}
          onChange={representativeNumber => onChange({ representativeNumber })}
          inputMode="numeric"
          maxLength={20}
        />
      )}
      {fit.length === 0 && <p className="note late">{say('representative-none-fit')}</p>}
      {kin.map(
        one =>
          one.unfit && (
            <p key={`${one.relation} ${one.name}`} className="small">
              {say('representative-unfit', { who: named(one), why: say(`unfit-${one.unfit}`) })}
            </p>
          ),
      )}
    </>
  )
}
