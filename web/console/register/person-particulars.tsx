import { dayText, phoneText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Person } from './person.ts'

const kinds = ['permanent', 'temporary', 'current'] as const

/** Permanent, temporary and present residence, those in force first. */
export function Residences({ person }: { person: Person }) {
  const say = useSay()
  type Line = {
    readonly key: string
    readonly kind: (typeof kinds)[number]
    readonly one: Person['residences'][number] | undefined
    readonly first: boolean
  }
  const rows = kinds.flatMap((kind): Line[] => {
    const those = person.residences.filter(one => one.kind === kind)
    const sorted = [...those].sort((a, b) => (b.to ?? '9').localeCompare(a.to ?? '9'))
    return sorted.length
      ? sorted.map((one, at) => ({ key: one.id, kind, one, first: at === 0 }))
      : [{ key: kind, kind, one: undefined, first: true }]
  })
  return (
    <section id="noi-o" className="part">
      <h2>{say('residence')}</h2>
      <dl className="particulars">
        {rows.map(({ key, kind, one, first }) => (
          <div key={key} className={one?.to ? 'quiet' : undefined}>
            <dt>{first ? say(`residence-${kind}`) : say('residence-former')}</dt>
            <dd>{one ? [one.address, one.unit.name].filter(Boolean).join(', ') : say('residence-none')}</dd>
            <dd className="small">
              {one?.to ? say('until', { day: dayText(one.to) }) : one?.from && say('since', { day: dayText(one.from) })}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type Relative = {
  readonly key: string
  readonly relation: string
  readonly personId?: string
  readonly name: string
  readonly born?: string
  readonly number?: string
}

function relativesOf({ kin, children, household, id }: Person): Relative[] {
  const near: Relative[] = [
    ...kin.map(one => ({
      key: `${one.relation}-${one.personId ?? one.name}`,
      relation: one.relation,
      name: one.name ?? '',
      ...(one.personId && { personId: one.personId }),
      ...(one.birthYear && { born: String(one.birthYear) }),
      ...(one.number && { number: one.number }),
    })),
    ...children.map(child => ({
      key: child.personId,
      relation: 'child',
      personId: child.personId,
      name: child.fullName,
      born: dayText(child.birthDate),
    })),
  ]
  const known = new Set([id, ...near.map(({ personId }) => personId)])
  const others = (household?.members ?? []).filter(({ personId }) => !known.has(personId))
  return [
    ...near,
    ...others.map(one => ({ key: one.personId, relation: 'member', personId: one.personId, name: one.fullName })),
  ]
}

/** Parents, spouse, children, and who else lives in the household: families come together. */
export function Kin({ person }: { person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const relatives = relativesOf(person)
  return (
    <section id="than-nhan" className="part">
      <h2>
        {say('kin')}{' '}
        {person.household && <span className="aside">{say('household', { number: person.household.number })}</span>}
      </h2>
      {relatives.length === 0 && <p className="quiet">{say('kin-none')}</p>}
      <dl className="particulars">
        {relatives.map(({ key, relation, personId, name, born, number }) => (
          <div key={key}>
            <dt>{codes('kin', relation)}</dt>
            <dd>
              {personId ? <Go to={at(`/dan-cu/nguoi/${personId}`)}>{name}</Go> : name || say('not-recorded')}
              {born && `, ${born}`}
            </dd>
            <dd>{number && <PersonNumber number={number} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function Others({ person }: { person: Person }) {
  const say = useSay()
  const rows = [
    [say('field-birth_registration_code'), person.birthRegistrationCode],
    [say('field-ethnicity'), person.ethnicity],
    [say('field-religion'), person.religion],
    [say('field-nationality'), person.nationality],
    [say('field-hometown'), person.hometown],
    [say('contact'), person.phones.map(phoneText).join(', ')],
  ] as const
  return (
    <section id="khac" className="part">
      <h2>{say('other')}</h2>
      <dl className="particulars">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || <span className="quiet">{say('not-recorded')}</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
