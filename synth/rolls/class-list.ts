import { dayOf, daysInMonth } from '../../src/platform/day.ts'
import { type Hazard, rateOf } from '../damage/damage.ts'
import { familyName, nameFor, written } from '../people/name.ts'
import type { Numbers } from '../people/number.ts'
import { mobile } from '../people/phone.ts'
import { communes } from '../people/place.ts'
import { type Random, stream } from '../random.ts'
import type { Pupil } from '../schools/pupil.ts'
import type { School, SchoolClass } from '../schools/school.ts'

type World = { seed: number; start: number; numbers: Numbers }

/** Before any roll is written: who is listed twice, here or in another school, and who is in no register. */
export function spoilLists(schools: readonly School[], hazardOf: (school: School) => Hazard, world: World) {
  const byDistrict = Map.groupBy(schools, ({ commune }) => commune.district)
  for (const school of schools) {
    const random = stream(world.seed, 'lists', school.code)
    const others = byDistrict.get(school.commune.district)!.filter(other => other !== school)
    for (const one of school.classes) spoilClass(one, school, others, hazardOf(school), world, random)
  }
}

function spoilClass(
  one: SchoolClass,
  school: School,
  others: readonly School[],
  hazard: Hazard,
  world: World,
  random: Random,
) {
  const sameGrade = (classes: readonly SchoolClass[]) => classes.filter(({ grade }) => grade === one.grade)
  for (const { pupil } of [...one.entries]) {
    if (random.chance(rateOf('not-in-register', hazard)))
      insert(one, outsider(school, one, world, random), 'not-in-register', random)
    if (!pupil.number) continue
    if (random.chance(rateOf('duplicate-in-roll', hazard)))
      insert(random.pick(sameGrade(school.classes)), pupil, 'duplicate-in-roll', random)
    if (!random.chance(rateOf('duplicate-across-schools', hazard))) continue
    const elsewhere = sameGrade(others.flatMap(({ classes }) => classes))
    if (elsewhere.length > 0) insert(random.pick(elsewhere), pupil, 'duplicate-across-schools', random)
  }
}

function insert(one: SchoolClass, pupil: Pupil, kind: string, random: Random) {
  const place = random.chance(0.4) ? one.entries.length : random.below(one.entries.length + 1)
  one.entries.splice(place, 0, { pupil, damage: [kind] })
}

/** A pupil whom the register does not have: just moved in from another province, or never registered. */
function outsider(school: School, { grade }: SchoolClass, { numbers, start }: World, random: Random): Pupil {
  const sex = random.chance(0.52) ? 'M' : 'F'
  const year = start - 5 - grade
  const month = random.between(1, 12)
  const family = familyName(random, 'kinh')
  const name = written(nameFor(random, { sex, year, people: 'kinh', family }))
  const bornOn = dayOf(year, month, random.between(1, daysInMonth(year, month)))
  const parent = (of: 'M' | 'F') =>
    written(
      nameFor(random, {
        sex: of,
        year: year - 28,
        people: 'kinh',
        family: of === 'M' ? family : familyName(random, 'kinh'),
      }),
    )
  return {
    number: '',
    numberAtSchool: random.chance(0.4)
      ? ''
      : numbers.giveOutside(random.pick(['022', '031', '030', '034', '001', '036']), sex, year),
    name,
    nameAtSchool: name,
    birthDate: bornOn,
    bornOnAtSchool: bornOn,
    sex,
    people: 'kinh',
    commune: random.pick(communes.filter(({ district }) => district === school.commune.district)),
    address: `Thôn ${random.between(1, 12)}`,
    fatherName: parent('M'),
    fatherYear: String(year - 29),
    motherName: parent('F'),
    motherYear: String(year - 26),
    phone: mobile(random),
    siblingNumbers: [],
    parentNumbers: [],
    oldNumbers: [],
    cancelled: [],
    isDead: false,
    contradictsRecord: false,
    needs: [],
    grade,
  }
}
