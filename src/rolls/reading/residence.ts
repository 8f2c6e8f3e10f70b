import type { Id } from '../../platform/ids.ts'
import type { Unit } from '../../units/units.ts'
import { type AddressPiece, pieceOf, piecesOf, type Rank } from './place-words.ts'
import type { GivenResidence } from './pupil.ts'

/**
 * Finds the commune that a residence on a roll names (domain.md 5.6, 9.9): with or without its rank, abbreviated, small
 * to large. Names repeat within a province and across the country, so a name alone is not enough: a district or a
 * province must stand beside it, or it bears its rank and the school's own province has no second one, or the whole
 * roll writes communes by their name alone. What stays ambiguous is not resolved, and is no defect.
 */

export type ResidencePlace = {
  readonly communeId?: Id<'unit'> | undefined
  readonly districtId?: Id<'unit'> | undefined
}

type GazetteerEntry = AddressPiece & { readonly unit: Unit }

const gazetteerEntryOf = (unit: Unit): GazetteerEntry => ({ unit, ...pieceOf(unit.name) })

/** With marks first; without, where that is one only. */
function findByPiece(entries: readonly GazetteerEntry[], piece: AddressPiece): GazetteerEntry[] {
  const byMarks = entries.filter(entry => entry.marked === piece.marked)
  const found = byMarks.length > 0 ? byMarks : entries.filter(entry => entry.plain === piece.plain)
  const ranked = piece.rank ? found.filter(entry => entry.rank === piece.rank) : found
  // A ward that the roll still calls a commune is the same place, where there is no other of its name.
  return ranked.length > 0 ? ranked : found
}

export type Gazetteer = {
  readonly provinces: readonly GazetteerEntry[]
  readonly districts: readonly GazetteerEntry[]
  readonly communesOf: ReadonlyMap<string, readonly GazetteerEntry[]>
  /** Of all units: where each stands. */
  readonly parentOf: ReadonlyMap<string, string>
}

/** The units that stand on a day, arranged for finding. */
export function gazetteerOf(units: readonly Unit[]): Gazetteer {
  const parentOf = new Map(units.flatMap(({ id, parentId }) => (parentId ? [[id as string, parentId as string]] : [])))
  const communes = units.filter(({ level }) => level === 'commune').map(gazetteerEntryOf)
  const communesOf = new Map<string, GazetteerEntry[]>()
  const add = (id: string, entry: GazetteerEntry) => communesOf.set(id, [...(communesOf.get(id) ?? []), entry])
  for (const entry of communes)
    for (let above = entry.unit.parentId as string | undefined; above; above = parentOf.get(above)) add(above, entry)
  return {
    provinces: units.filter(({ level }) => level === 'province').map(gazetteerEntryOf),
    districts: units.filter(({ level }) => level === 'district').map(gazetteerEntryOf),
    communesOf,
    parentOf,
  }
}

const onlyOne = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

/** `school` is the place of the pupil's school: its province limits what a rank and a name can mean. */
export type SchoolPlace = {
  readonly communeId: Id<'unit'>
  readonly districtId?: Id<'unit'> | undefined
  readonly provinceId?: string | undefined
}

/** How a roll writes: communes by their name alone ("Hồng Hà"), or anything, where such a name may be a hamlet's. */
export type AddressHabit = 'communes' | 'anything'

export function findResidence(
  given: GivenResidence,
  gazetteer: Gazetteer,
  school: SchoolPlace,
  habit: AddressHabit = 'anything',
): ResidencePlace {
  const text = piecesOf(given.text)
  const own = given.commune ? [pieceOf(given.commune)] : []
  const all = [...text, ...own, ...piecesOf(given.district), ...piecesOf(given.province)]
  if (all.length === 0) return {}

  const province = provinceOf(given, text, gazetteer)
  if (namesFormerUnits(given, all, gazetteer, province)) return {}
  const alone = own.length > 0 || given.district ? undefined : unrankedName(text, gazetteer, school)
  if (alone && (habit === 'communes' || followsHamlet(text)))
    return { communeId: communeOfName(alone, gazetteer, school)?.unit.id }
  const district = districtOf(given, text, gazetteer, province)
  const candidates = own.length > 0 ? own : communePieces(text, district)
  const commune = communeOf(candidates, { gazetteer, province, district, school, isColumn: own.length > 0 })
  return {
    communeId: commune?.unit.id,
    districtId: district?.unit.id ?? (commune && districtAbove(commune, gazetteer)),
  }
}

/**
 * Since there are no districts, an address that has one names the units of before, whose names other units bear now.
 */
const namesFormerUnits = (
  given: GivenResidence,
  all: readonly AddressPiece[],
  { districts }: Gazetteer,
  province: GazetteerEntry | undefined,
) =>
  districts.length === 0 &&
  (given.district !== '' ||
    all.some(piece => districtRanks.includes(piece.rank) && piece.rank && piece.plain !== province?.plain))

/**
 * The last piece of an address without ranks, where it names neither a district nor a province: "Hồng Hà", "Tổ 5, Hồng
 * Hà".
 */
function unrankedName(
  text: readonly AddressPiece[],
  { provinces, districts, parentOf }: Gazetteer,
  { provinceId }: SchoolPlace,
): AddressPiece | undefined {
  const last = text.at(-1)
  if (!last || text.some(({ rank }) => rank)) return undefined
  const isAbove =
    provinces.some(({ plain }) => plain === last.plain) ||
    districts.some(({ unit, plain }) => plain === last.plain && parentOf.get(unit.id) === provinceId)
  return isAbove ? undefined : last
}

const hamlets = /^(?:thon|xom|ban|khu|to|ap)\b/

/** After "Thôn 5" or "Tổ 3" comes the commune; after a house's number, a street as well. */
const followsHamlet = (text: readonly AddressPiece[]) => hamlets.test(text.at(-2)?.plain ?? '')

const communeOfName = (
  piece: AddressPiece,
  { communesOf }: Gazetteer,
  { provinceId }: SchoolPlace,
): GazetteerEntry | undefined =>
  provinceId ? onlyOne(findByPiece(communesOf.get(provinceId) ?? [], piece)) : undefined

/** Names alone that are hamlets' hit a commune's name now and then; where four in five do, they are communes. */
export function addressHabitOf(
  all: readonly GivenResidence[],
  gazetteer: Gazetteer,
  school: SchoolPlace,
): AddressHabit {
  const alone = all
    .filter(({ commune, district }) => !commune && !district)
    .flatMap(({ text }) => unrankedName(piecesOf(text), gazetteer, school) ?? [])
  const communes = (school.provinceId && gazetteer.communesOf.get(school.provinceId)) || []
  const hits = alone.filter(piece => findByPiece(communes, piece).length > 0).length
  return hits >= 3 && hits >= alone.length * 0.8 ? 'communes' : 'anything'
}

const districtAbove = ({ unit }: GazetteerEntry, { districts }: Gazetteer) =>
  districts.some(({ unit: district }) => district.id === unit.parentId) ? unit.parentId : undefined

/**
 * A province in its own column, by its rank, or as the last word of the text: Bình Dương is a province, and a ward of
 * Đông Triều.
 */
function provinceOf(
  given: GivenResidence,
  text: readonly AddressPiece[],
  { provinces }: Gazetteer,
): GazetteerEntry | undefined {
  const atHome = text.filter(({ plain }) => plain !== 'viet nam' && plain !== 'vn')
  const said = [...piecesOf(given.province), ...text.filter(({ rank }) => rank === 'tinh'), ...atHome.slice(-1)]
  for (const piece of said) {
    if (piece.rank && piece.rank !== 'tinh' && piece.rank !== 'thanh pho') continue
    const found = onlyOne(provinces.filter(entry => entry.plain === piece.plain))
    if (found) return found
  }
  return undefined
}

const districtRanks: readonly (Rank | undefined)[] = ['quan', 'huyen', 'thi xa', 'thanh pho']

/** The last piece that names a district; one that bears the rank of a commune is none. */
function districtOf(
  given: GivenResidence,
  text: readonly AddressPiece[],
  { districts, parentOf }: Gazetteer,
  province: GazetteerEntry | undefined,
): GazetteerEntry | undefined {
  const within = province ? districts.filter(({ unit }) => parentOf.get(unit.id) === province.unit.id) : districts
  if (given.district) return onlyOne(findByPiece(within, pieceOf(given.district)))
  for (const [i, piece] of [...text].reverse().entries()) {
    if (piece.rank && !districtRanks.includes(piece.rank)) continue
    // A bare name that is also the first piece is a commune or a hamlet as likely as a district.
    const found = onlyOne(findByPiece(within, piece).filter(entry => !piece.rank || districtRanks.includes(entry.rank)))
    if (found && (piece.rank || i < text.length - 1 || text.length === 1)) return found
  }
  return undefined
}

/** The pieces that may be the commune: before the district, the nearest to it first. */
function communePieces(text: readonly AddressPiece[], district: GazetteerEntry | undefined): AddressPiece[] {
  const at = district
    ? text.findLastIndex(
        piece => piece.plain === district.plain && !(piece.rank && !districtRanks.includes(piece.rank)),
      )
    : -1
  return (at >= 0 ? text.slice(0, at) : [...text])
    .reverse()
    .filter(piece => !piece.rank || !['quan', 'huyen', 'tinh'].includes(piece.rank))
}

type CommuneSearch = {
  readonly gazetteer: Gazetteer
  readonly province: GazetteerEntry | undefined
  readonly district: GazetteerEntry | undefined
  readonly school: SchoolPlace
  readonly isColumn: boolean
}

const communeRanks: readonly (Rank | undefined)[] = ['phuong', 'xa', 'thi tran', 'dac khu']

function communeOf(
  candidates: readonly AddressPiece[],
  { gazetteer, province, district, school, isColumn }: CommuneSearch,
): GazetteerEntry | undefined {
  const inUnit = (id: string | undefined) => (id ? (gazetteer.communesOf.get(id) ?? []) : [])
  for (const piece of candidates) {
    const bearsRank = communeRanks.includes(piece.rank)
    if (district) {
      const found = onlyOne(findByPiece(inUnit(district.unit.id), piece))
      if (found) return found
      continue
    }
    const above = province?.unit.id ?? (bearsRank || isColumn ? school.provinceId : undefined)
    if (!above) continue
    // Without a district the rank, or a column of its own, must distinguish it from a hamlet or a namesake.
    if (!bearsRank && !isColumn) continue
    const found = findByPiece(inUnit(above), piece)
    const exact = bearsRank ? found.filter(entry => entry.rank === piece.rank) : found
    const one = onlyOne(exact)
    if (one) return one
  }
  return undefined
}
