import { type Commune, communes } from '../people/place.ts'
import type { Random } from '../random.ts'
import type { Pupil } from '../schools/pupil.ts'
import { damageProfile, type Hazard, rateOf } from './damage.ts'
import { givenBirth } from './given-birth.ts'
import type { GivenCell } from './given-cell.ts'
import { givenName } from './given-name.ts'
import { givenNumber } from './given-number.ts'

/** A pupil as the roll tells it. */
export type Given = {
  name: string
  birth: GivenCell | undefined
  number: GivenCell | undefined
  sex: 'M' | 'F' | undefined
  /** Whole, only the district, or nothing. */
  residence: { commune: Commune; address: string; detail: 'whole' | 'vague' } | undefined
  damage: string[]
}

type Draw = (kind: string) => boolean

export function given(pupil: Pupil, whole: ReadonlySet<string>, hazard: Hazard, random: Random): Given {
  const damage: string[] = []
  // Every kind draws each time, so that a changed rate moves no other kind.
  const drawn = new Map(Object.keys(damageProfile.row).map(kind => [kind, random.next() < rateOf(kind, hazard)]))
  const draw: Draw = kind => {
    if (drawn.get(kind)) damage.push(kind)
    return drawn.get(kind) === true
  }
  if (pupil.nameAtSchool !== pupil.name) damage.push('register-name-wrong')
  if (pupil.bornOnAtSchool !== pupil.birthDate && pupil.number) damage.push('register-birth-date-swapped')

  const name = givenName(pupil, whole, drawn, damage, random)
  const birth = givenBirth(pupil.bornOnAtSchool, whole, draw, damage, random)
  const number = givenNumber(pupil, whole, drawn, damage, random)
  const sex = draw('sex-missing') ? undefined : draw('sex-wrong') ? (pupil.sex === 'M' ? 'F' : 'M') : pupil.sex
  return { name, birth, number, sex, residence: givenResidence(pupil, draw, random), damage }
}

function givenResidence(pupil: Pupil, draw: Draw, random: Random): Given['residence'] {
  if (draw('residence-missing')) return undefined
  const neighbours = communes.filter(({ district }) => district === pupil.commune.district)
  const commune = draw('residence-other-commune') ? random.pick(neighbours) : pupil.commune
  return { commune, address: pupil.address, detail: draw('residence-vague') ? 'vague' : 'whole' }
}
