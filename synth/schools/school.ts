import { familyName, nameFor, written } from '../people/name.ts'
import { type Commune, communes, type Emphasis, sizeOf } from '../people/place.ts'
import { hash32, type Random, shuffle, stream } from '../random.ts'
import type { Pupil } from './pupil.ts'

type SchoolKind = 'primary' | 'lower-secondary' | 'upper-secondary' | 'multi-level' | 'continuing-education'
export type Entry = { pupil: Pupil; damage: string[] }
export type SchoolClass = { name: string; grade: number; teacher: string; entries: Entry[] }
export type School = {
  code: string
  name: string
  kind: SchoolKind
  commune: Commune
  principal: string
  classes: SchoolClass[]
}

export const schoolColumns = ['code', 'name', 'kind', 'unit'] as const
export const schoolRow = (school: School): string[] => [school.code, school.name, school.kind, school.commune.code]

/** Primary schools have no roll here: nobody there is near an examination or a card. */
export const hasRoll = (school: School) => school.kind !== 'primary'

const digits: Record<SchoolKind, number> = {
  primary: 1,
  'lower-secondary': 2,
  'upper-secondary': 3,
  'continuing-education': 4,
  'multi-level': 5,
}
const titles: Record<SchoolKind, string> = {
  primary: 'Trường Tiểu học',
  'lower-secondary': 'Trường THCS',
  'upper-secondary': 'Trường THPT',
  'multi-level': 'Trường TH&THCS',
  'continuing-education': 'Trung tâm GDNN-GDTX',
}

/** How many a school takes before the place needs another, and how few are too few to have one. */
const sizes = { primary: 1100, lower: 950, upper: 1150, multiLevel: 260, catchment: 60, pooled: 20 } as const

const gradesOf = (pupils: readonly Pupil[], from: number, to: number) =>
  pupils.filter(({ grade }) => grade >= from && grade <= to)
const shortName = (name: string) => name.replace(/^(Phường|Xã|Thị trấn|Thành phố|Thị xã|Huyện) /, '')

/** The schools of the province, each with its classes; pupils go to school near home, mostly. */
export function openSchools(pupils: readonly Pupil[], seed: number, emphasis: Emphasis): School[] {
  const byCommune = Map.groupBy(pupils, ({ commune }) => commune.code)
  const districts = [...Map.groupBy(communes, ({ district }) => district)].toSorted(
    ([a], [b]) => Number(a === '193') - Number(b === '193'),
  )
  const schools: School[] = []
  const open = foundry(schools, seed)

  // Who finds too few of their kind in the district goes to the capital, which comes last.
  const pooled = { upper: [] as Pupil[], continuing: [] as Pupil[] }
  for (const [district, places] of districts) {
    const isCapital = district === '193'
    for (const group of catchments(places, byCommune)) openNearHome(group, byCommune, open)

    const older = places.flatMap(({ code }) => gradesOf(byCommune.get(code) ?? [], 10, 12))
    const continuing = older.filter(goesToContinuing)
    const upper = older.filter(pupil => !goesToContinuing(pupil))
    for (const [kind, list] of [
      ['upper', upper],
      ['continuing', continuing],
    ] as const) {
      const all = isCapital ? [...list, ...pooled[kind]] : list
      if (all.length < sizes.pooled && !isCapital) pooled[kind].push(...all)
      else if (kind === 'continuing')
        open('continuing-education', largest(places, byCommune), all, shortName(places[0]!.districtName))
      else openUpper(places, all, open, { emphasis, random: stream(seed, 'upper-school', district) })
    }
  }
  return schools.filter(({ classes }) => classes.length > 0)
}

/** One in nine, and all who are past the age. Decided by the number, so that it never depends on the order. */
const goesToContinuing = (pupil: Pupil) => pupil.bornOnAtSchool < '2003' || hash32(pupil.number) % 9 === 0

type Open = (kind: SchoolKind, commune: Commune, pupils: readonly Pupil[], place?: string) => void

function foundry(schools: School[], seed: number): Open {
  const counts = new Map<string, number>()
  const names = new Map<string, number>()
  return (kind, commune, pupils, place = shortName(commune.name)) => {
    if (pupils.length === 0) return
    const head = `22${commune.district}${digits[kind]}`
    const nth = (counts.get(head) ?? 0) + 1
    counts.set(head, nth)
    const code = head + String(nth).padStart(2, '0')
    const title = `${titles[kind]} ${place}`
    const same = (names.get(commune.district + title) ?? 0) + 1
    names.set(commune.district + title, same)
    const random = stream(seed, 'school', code)
    const name = same === 1 ? title : `${title} ${same}`
    schools.push({ code, name, kind, commune, principal: adult(random), classes: classesOf(pupils, kind, random) })
  }
}

const adult = (random: Random) =>
  written(
    nameFor(random, {
      sex: random.chance(0.75) ? 'F' : 'M',
      year: random.between(1966, 1989),
      people: 'kinh',
      family: familyName(random, 'kinh'),
    }),
  )

type ByCommune = ReadonlyMap<string, readonly Pupil[]>
const largest = (places: readonly Commune[], byCommune: ByCommune) =>
  places.reduce((a, b) => ((byCommune.get(b.code)?.length ?? 0) > (byCommune.get(a.code)?.length ?? 0) ? b : a))

/** Neighbouring communes together until there are enough for a lower-secondary school. */
function catchments(places: readonly Commune[], byCommune: ByCommune): Commune[][] {
  const groups: Commune[][] = []
  let [group, count]: [Commune[], number] = [[], 0]
  for (const place of places) {
    group.push(place)
    count += gradesOf(byCommune.get(place.code) ?? [], 6, 9).length
    if (count < sizes.catchment) continue
    groups.push(group)
    group = []
    count = 0
  }
  const last = groups.at(-1)
  if (group.length > 0 && last) last.push(...group)
  else if (group.length > 0) groups.push(group)
  return groups
}

function openNearHome(group: readonly Commune[], byCommune: ByCommune, open: Open) {
  const home = largest(group, byCommune)
  const all = group.flatMap(({ code }) => byCommune.get(code) ?? [])
  const [primary, lower] = [gradesOf(all, 1, 5), gradesOf(all, 6, 9)]
  if (lower.length < sizes.multiLevel) return open('multi-level', home, [...primary, ...lower])

  for (const part of parts(primary, sizes.primary)) open('primary', home, part)
  for (const part of parts(lower, sizes.lower)) open('lower-secondary', home, part)
}

/** Streets on this side go to one school, streets on that side to another: brothers and sisters stay together. */
function parts(pupils: readonly Pupil[], size: number): Pupil[][] {
  const count = Math.ceil(pupils.length / size)
  const made: Pupil[][] = Array.from({ length: count }, () => [])
  for (const pupil of pupils) made[hash32(pupil.address + pupil.motherName) % count]!.push(pupil)
  return made
}

function openUpper(
  places: readonly Commune[],
  pupils: readonly Pupil[],
  open: Open,
  { emphasis, random }: { emphasis: Emphasis; random: Random },
) {
  const count = Math.max(1, Math.round(pupils.length / sizes.upper))
  const taken: Pupil[][] = Array.from({ length: count }, () => [])
  const sites = places.toSorted((a, b) => sizeOf(b, emphasis) - sizeOf(a, emphasis)).slice(0, count)
  for (const pupil of pupils) {
    const at = places.indexOf(pupil.commune)
    const near = at < 0 ? 0 : Math.floor((at / places.length) * count)
    taken[random.chance(0.8) ? near : random.below(count)]!.push(pupil)
  }
  for (const [i, list] of taken.entries()) open('upper-secondary', sites[i % sites.length]!, list)
}

const collator = new Intl.Collator('vi')
const givenFirst = (name: string) => name.split(' ').toReversed().join(' ')

function classesOf(pupils: readonly Pupil[], kind: SchoolKind, random: Random): SchoolClass[] {
  const size = random.between(33, 44)
  const withDigit = kind === 'upper-secondary' || random.chance(0.25)
  const byGrade = [...Map.groupBy(pupils, ({ grade }) => grade)].toSorted(([a], [b]) => a - b)
  return byGrade.flatMap(([grade, all]) => {
    const count = Math.ceil(all.length / size)
    const mixed = shuffle([...all], random)
    return Array.from({ length: count }, (_, i) => ({
      name: withDigit ? `${grade}A${i + 1}` : `${grade}${i < 26 ? String.fromCharCode(65 + i) : `A${i + 1}`}`,
      grade,
      teacher: adult(random),
      entries: mixed
        .filter((_, at) => at % count === i)
        .map(pupil => ({ pupil, key: givenFirst(pupil.nameAtSchool) }))
        .sort((a, b) => collator.compare(a.key, b.key))
        .map(({ pupil }) => ({ pupil, damage: [] })),
    }))
  })
}
