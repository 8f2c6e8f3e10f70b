import { type Commune, communes } from '../people/place.ts'
import type { Random } from '../random.ts'
import type { Pupil } from '../schools/pupil.ts'
import { damageProfile, type Hazard, rateOf } from './damage.ts'
import { writtenBirth } from './written-birth.ts'
import type { WrittenCell } from './written-cell.ts'
import { writtenName } from './written-name.ts'
import { writtenNumber } from './written-number.ts'

/** A pupil as the roll tells it. */
export type DamagedRow = {
  name: string
  birth: WrittenCell | undefined
  number: WrittenCell | undefined
  sex: 'M' | 'F' | undefined
  /** Whole, only the district, or nothing. */
  residence: { commune: Commune; address: string; detail: 'whole' | 'vague' } | undefined
  damage: string[]
}

type Draw = (kind: string) => boolean

export function damagedRow(pupil: Pupil, whole: ReadonlySet<string>, hazard: Hazard, random: Random): DamagedRow {
  const damage: string[] = []
  // Every kind draws each time, so that a changed rate moves no other kind.
  const drawn = new Map(Object.keys(damageProfile.row).map(kind => [kind, random.next() < rateOf(kind, hazard)]))
  const draw: Draw = kind => {
    if (drawn.get(kind)) damage.push(kind)
    return drawn.get(kind) === true
  }
  if (pupil.nameAtSchool !== pupil.name) damage.push('register-name-wrong')
  if (pupil.bornOnAtSchool !== pupil.birthDate && pupil.number) damage.push('register-birth-date-swapped')

  const name = writtenName(pupil, whole, drawn, damage, random)
  const birth = writtenBirth(pupil.bornOnAtSchool, whole, draw, damage, random)
  const number = writtenNumber(pupil, whole, drawn, damage, random)
  const sex = draw('sex-missing') ? undefined : draw('sex-wrong') ? (pupil.sex === 'M' ? 'F' : 'M') : pupil.sex
  return { name, birth, number, sex, residence: writtenResidence(pupil, draw, random), damage }
}

function writtenResidence(pupil: Pupil, draw: Draw, random: Random): DamagedRow['residence'] {
  if (draw('residence-missing')) return undefined
  const neighbours = communes.filter(({ district }) => district === pupil.commune.district)
  const commune = draw('residence-other-commune') ? random.pick(neighbours) : pupil.commune
  return { commune, address: pupil.address, detail: draw('residence-vague') ? 'vague' : 'whole' }
}
