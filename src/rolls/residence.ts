import { foldMarks, foldTone } from '../names/name.ts'
import type { Unit } from '../units/units.ts'
import type { GivenResidence } from './pupil.ts'

/**
 * Finds the commune that a residence on a roll names (domain.md 5.6, 9.9): with or without its rank, abbreviated (P., X., TT., TP., TX., H.),
 * small to large. Names repeat within a province and across the country, so a name alone is never enough: a district or a province must stand
 * beside it, or it bears its rank and the school's own province has no second one. What stays ambiguous is not resolved, and is no defect.
 */

export type Place = { readonly communeId?: string | undefined; readonly districtId?: string | undefined }

type Rank = 'phuong' | 'xa' | 'thi tran' | 'dac khu' | 'quan' | 'huyen' | 'thi xa' | 'thanh pho' | 'tinh'
const ranks: readonly Rank[] = ['phuong', 'xa', 'thi tran', 'dac khu', 'quan', 'huyen', 'thi xa', 'thanh pho', 'tinh']

type Entry = { readonly unit: Unit; readonly rank: Rank | undefined; readonly marked: string; readonly plain: string }

/** "Phường Hồng Hà" → its rank, and its name with marks and without. */
function entryOf(unit: Unit): Entry {
  const { rank, marked, plain } = cut(unit.name)
  return { unit, rank, marked, plain }
}

// biome-ignore format: a table is read as a table
const shortRanks: readonly (readonly [RegExp, Rank])[] = [
  [/^tt\s*[.\s]\s*|^t\.t\.?\s*/,  'thi tran'],
  [/^tx\s*[.\s]\s*|^t\.x\.?\s*/,  'thi xa'],
  [/^tp\s*[.\s]\s*|^t\.p\.?\s*/,  'thanh pho'],
  [/^p\s*\.\s*|^p\s+/,            'phuong'],
  [/^x\s*\.\s*|^x\s+/,            'xa'],
  [/^h\s*\.\s*|^h\s+/,            'huyen'],
  [/^q\s*\.\s*|^q\s+/,            'quan'],
  [/^t\s*\.\s*/,                  'tinh'],
]

function cut(text: string): { rank: Rank | undefined; marked: string; plain: string } {
  const marked = foldTone(text.replace(/^[\s.,:-]+/, ''))
  for (const rank of ranks) {
    const words = rank.split(' ').length
    const parts = marked.split(' ')
    if (parts.length > words && foldMarks(parts.slice(0, words).join(' ')) === rank) return named(rank, parts.slice(words).join(' '))
  }
  for (const [short, rank] of shortRanks)
    if (short.test(marked) && marked.replace(short, '') !== '') return named(rank, marked.replace(short, ''))
  return named(undefined, marked)
}

const named = (rank: Rank | undefined, marked: string) => ({ rank, marked: marked.trim(), plain: foldMarks(marked) })

/** Where a rank stands in the middle, something begins: "Tổ 5 phường Hà Khánh". */
const innerRank =
  /(?<=\S)\s+(?=(?:phường|thị trấn|thị xã|(?<!thị )xã|thành phố|huyện|quận|tỉnh|phuong|thi tran|thi xa|thanh pho|huyen)\s|(?:p|x|tt|tx|tp|h)\.\s*\p{L})/iu

const pieces = (text: string) =>
  text
    .normalize('NFC')
    .split(/[,;\n/|]|\s*[–—]+\s*|-(?=\s)|(?<=\s)-/)
    .flatMap(piece => piece.trim().split(innerRank))
    .map(piece => piece.trim())
    .filter(Boolean)

type Piece = ReturnType<typeof cut>

/** With marks first; without, where that is one only. */
function find(entries: readonly Entry[], piece: Piece): Entry[] {
  const byMarks = entries.filter(entry => entry.marked === piece.marked)
  const found = byMarks.length > 0 ? byMarks : entries.filter(entry => entry.plain === piece.plain)
  const ranked = piece.rank ? found.filter(entry => entry.rank === piece.rank) : found
  // A ward that the roll still calls a commune is the same place, where there is no other of its name.
  return ranked.length > 0 ? ranked : found
}

export type Gazetteer = {
  readonly provinces: readonly Entry[]
  readonly districts: readonly Entry[]
  readonly communesOf: ReadonlyMap<string, readonly Entry[]>
  /** Of all units: where each stands. */
  readonly parentOf: ReadonlyMap<string, string>
}

/** The units that stand on a day, arranged for finding. */
export function gazetteerOf(units: readonly Unit[]): Gazetteer {
  const parentOf = new Map(units.flatMap(({ id, parentId }) => (parentId ? [[id as string, parentId as string]] : [])))
  const communes = units.filter(({ level }) => level === 'commune').map(entryOf)
  const communesOf = new Map<string, Entry[]>()
  const add = (id: string, entry: Entry) => communesOf.set(id, [...(communesOf.get(id) ?? []), entry])
  for (const entry of communes)
    for (let above = entry.unit.parentId as string | undefined; above; above = parentOf.get(above)) add(above, entry)
  return {
    provinces: units.filter(({ level }) => level === 'province').map(entryOf),
    districts: units.filter(({ level }) => level === 'district').map(entryOf),
    communesOf,
    parentOf,
  }
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

/** `school` is where the pupil's school lies: its province bounds what a rank and a name can mean. */
export type SchoolPlace = { readonly communeId: string; readonly districtId?: string | undefined; readonly provinceId?: string | undefined }

export function findPlace(given: GivenResidence, gazetteer: Gazetteer, school: SchoolPlace): Place {
  const text = pieces(given.text).map(cut)
  const own = given.commune ? [cut(given.commune)] : []
  const all = [...text, ...own, ...pieces(given.district).map(cut), ...pieces(given.province).map(cut)]
  if (all.length === 0) return {}

  const province = provinceOf(all, gazetteer)
  const district = districtOf(given, text, gazetteer, province)
  const candidates = own.length > 0 ? own : communePieces(text, district)
  const commune = communeOf(candidates, { gazetteer, province, district, school, isColumn: own.length > 0 })
  return { communeId: commune?.unit.id, districtId: district?.unit.id ?? (commune && districtAbove(commune, gazetteer)) }
}

const districtAbove = ({ unit }: Entry, { districts }: Gazetteer) =>
  districts.some(({ unit: district }) => district.id === unit.parentId) ? unit.parentId : undefined

function provinceOf(all: readonly Piece[], { provinces }: Gazetteer): Entry | undefined {
  for (const piece of [...all].reverse()) {
    if (piece.rank && piece.rank !== 'tinh' && piece.rank !== 'thanh pho') continue
    const found = only(provinces.filter(entry => entry.plain === piece.plain))
    if (found) return found
  }
  return undefined
}

const districtRanks: readonly (Rank | undefined)[] = ['quan', 'huyen', 'thi xa', 'thanh pho']

/** The last piece that names a district; one that bears the rank of a commune is none. */
function districtOf(
  given: GivenResidence,
  text: readonly Piece[],
  { districts, parentOf }: Gazetteer,
  province: Entry | undefined,
): Entry | undefined {
  const within = province ? districts.filter(({ unit }) => parentOf.get(unit.id) === province.unit.id) : districts
  if (given.district) return only(find(within, cut(given.district)))
  for (const [i, piece] of [...text].reverse().entries()) {
    if (piece.rank && !districtRanks.includes(piece.rank)) continue
    // A bare name that is also the first piece is a commune or a hamlet as likely as a district.
    const found = only(find(within, piece).filter(entry => !piece.rank || districtRanks.includes(entry.rank)))
    if (found && (piece.rank || i < text.length - 1 || text.length === 1)) return found
  }
  return undefined
}

/** The pieces that may be the commune: before the district, the nearest to it first. */
function communePieces(text: readonly Piece[], district: Entry | undefined): Piece[] {
  const at = district
    ? text.findLastIndex(piece => piece.plain === district.plain && !(piece.rank && !districtRanks.includes(piece.rank)))
    : -1
  return (at >= 0 ? text.slice(0, at) : [...text]).reverse().filter(piece => !piece.rank || !['quan', 'huyen', 'tinh'].includes(piece.rank))
}

type Context = {
  readonly gazetteer: Gazetteer
  readonly province: Entry | undefined
  readonly district: Entry | undefined
  readonly school: SchoolPlace
  readonly isColumn: boolean
}

const communeRanks: readonly (Rank | undefined)[] = ['phuong', 'xa', 'thi tran', 'dac khu']

function communeOf(candidates: readonly Piece[], { gazetteer, province, district, school, isColumn }: Context): Entry | undefined {
  const inUnit = (id: string | undefined) => (id ? (gazetteer.communesOf.get(id) ?? []) : [])
  for (const piece of candidates) {
    const bearsRank = communeRanks.includes(piece.rank)
    if (district) {
      const found = only(find(inUnit(district.unit.id), piece))
      if (found) return found
      continue
    }
    const above = province?.unit.id ?? (bearsRank || isColumn ? school.provinceId : undefined)
    if (!above) continue
    // Without a district the rank must tell it from a hamlet or a namesake, or a column of its own does.
    if (!bearsRank && !isColumn) continue
    const found = find(inUnit(above), piece)
    const exact = bearsRank ? found.filter(entry => entry.rank === piece.rank) : found
    const one = only(exact)
    if (one) return one
  }
  return undefined
}
