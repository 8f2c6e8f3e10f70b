import type { Random } from '../random.ts'
import { shares, sharesOf } from '../random.ts'

/**
 * One of a household before it has a name: who, born in which year, whose child. Indices point into the same household.
 */
export type Member = {
  relation: string
  sex: 'M' | 'F'
  year: number
  father?: number | undefined
  mother?: number | undefined
  /** Born on the same day as that one. */
  twinOf?: number
  /** Why a child's parent is not here. */
  absentFather?: 'dead' | 'elsewhere' | 'unknown'
  absentMother?: 'dead' | 'elsewhere'
}

type Kind = 'family' | 'couple' | 'elder' | 'workers' | 'newlyweds'

const kinds = shares<Kind>([
  ['family', 66],
  ['couple', 15],
  ['elder', 5],
  ['workers', 8],
  ['newlyweds', 6],
])

const childCount = sharesOf('1:24 2:53 3:18 4:5')
const parentsHere = sharesOf('both:86 mother:8 father:2 grandparents:4')
/**
 * How long ago the child was born by whom a family is drawn; tuned so that each year of 2004–2008 has about 1.5 % of
 * the people.
 */
const childhood = shares(
  Array.from({ length: 31 }, (_, ago) => [ago, ago < 13 ? 1.05 : ago < 20 ? 1.12 : ago < 24 ? 0.85 : 0.4] as const),
)
const twinShare = 0.011
const leavesHomeAt = 31

/** Two dice: most first-time parents stand in the middle. */
const bell = (random: Random, from: number, to: number) =>
  Math.round((random.between(from * 2, to * 2) + random.between(from * 2, to * 2)) / 4)

export function household(random: Random, thisYear: number): Member[] {
  return compose[kinds.draw(random)](random, thisYear)
}

const compose: Record<Kind, (random: Random, thisYear: number) => Member[]> = {
  family,
  couple: (random, thisYear) => pair(random, thisYear - bell(random, 46, 82)),
  newlyweds: (random, thisYear) => pair(random, thisYear - bell(random, 20, 34)),
  elder: (random, thisYear) => [
    { relation: 'Chủ hộ', sex: random.chance(0.7) ? 'F' : 'M', year: thisYear - random.between(62, 94) },
  ],
  workers: (random, thisYear) =>
    Array.from({ length: random.between(1, 4) }, (_, i) => ({
      relation: i === 0 ? 'Chủ hộ' : 'Ở nhờ',
      sex: random.chance(0.6) ? ('M' as const) : ('F' as const),
      year: thisYear - bell(random, 18, 44),
    })),
}

function pair(random: Random, year: number): Member[] {
  return [
    { relation: 'Chủ hộ', sex: 'M', year },
    { relation: 'Vợ', sex: 'F', year: year + bell(random, -2, 6) },
  ]
}

function family(random: Random, thisYear: number): Member[] {
  const children = childYears(random, thisYear)
  const first = Math.min(...children)
  const motherYear = first - bell(random, 18, 34)
  const fatherYear = motherYear - bell(random, -2, 8)
  const here = parentsHere.draw(random)

  const members: Member[] = []
  if (here === 'both' || here === 'father') members.push({ relation: 'Chủ hộ', sex: 'M', year: fatherYear })
  if (here === 'both' || here === 'mother')
    members.push({ relation: here === 'both' ? 'Vợ' : 'Chủ hộ', sex: 'F', year: motherYear })
  const father = members.findIndex(({ sex }) => sex === 'M')
  const mother = members.findIndex(({ sex }) => sex === 'F')

  const withElders = here === 'grandparents' || random.chance(0.23)
  if (withElders)
    addElders(random, members, {
      childOf: father >= 0 ? father : mother,
      before: Math.min(fatherYear, motherYear),
      thisYear,
    })

  addChildren(random, members, children, { father, mother, asGrandchildren: here === 'grandparents' })
  return members
}

function childYears(random: Random, thisYear: number): number[] {
  const count = Number(childCount.draw(random))
  const drawn = thisYear - childhood.draw(random)
  const years = [drawn]
  const older = random.below(count)
  for (let i = 0; i < older; i++) years.unshift(years[0]! - bell(random, 1, 8))
  for (let i = older + 1; i < count; i++) years.push(years.at(-1)! + bell(random, 1, 8))
  const living = years.filter(year => year <= thisYear && year > thisYear - leavesHomeAt)
  return living.length > 0 ? living : [drawn]
}

function addElders(
  random: Random,
  members: Member[],
  { childOf, before, thisYear }: { childOf: number; before: number; thisYear: number },
) {
  const year = Math.max(before - bell(random, 20, 36), thisYear - 98)
  const isHead = members.length === 0
  const both = random.chance(0.5)
  const grandmother = members.push({ relation: isHead ? 'Chủ hộ' : 'Mẹ', sex: 'F', year: year + 2 }) - 1
  const grandfather = both ? members.push({ relation: isHead ? 'Chồng' : 'Bố', sex: 'M', year }) - 1 : undefined

  const child = members[childOf]
  if (!child || child.year - year < 18) return
  child.mother = grandmother
  child.father = grandfather
}

function addChildren(
  random: Random,
  members: Member[],
  years: readonly number[],
  { father, mother, asGrandchildren }: { father: number; mother: number; asGrandchildren: boolean },
) {
  const absentFather = random.chance(0.35) ? 'dead' : random.chance(0.75) || mother < 0 ? 'elsewhere' : 'unknown'
  const absentMother = random.chance(0.3) ? 'dead' : 'elsewhere'
  for (const year of years) {
    const child: Member = {
      relation: asGrandchildren ? 'Cháu' : 'Con',
      sex: random.chance(0.527) ? 'M' : 'F',
      year,
      ...(father >= 0 ? { father } : { absentFather }),
      ...(mother >= 0 ? { mother } : { absentMother }),
    }
    const index = members.push(child) - 1
    if (random.chance(twinShare))
      members.push({ ...child, sex: random.chance(0.6) ? child.sex : random.chance(0.5) ? 'M' : 'F', twinOf: index })
  }
}
