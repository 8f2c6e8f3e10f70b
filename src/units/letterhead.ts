import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import * as store from './store.ts'
import type { Unit } from './unit.ts'

/** Whose paper it is, as it stands at its head and before its day. */
export type Letterhead = {
  /** The police above, in full. */
  readonly above?: string | undefined
  /** The police that serve the unit, in full: 'Công an phường Hà Khánh'. */
  readonly name: string
  /** 'Hà Khánh'. */
  readonly town: string
  /** 'phường Hà Khánh, thành phố Hạ Long, tỉnh Quảng Ninh'. */
  readonly seat: string
}

/** The lines at the head of a paper, from the top down, in capitals; the last one is set in bold. */
export const letterheadLines = ({
  above,
  name,
}: {
  readonly above?: string | undefined
  readonly name: string
}): readonly { readonly text: string; readonly isStrong?: true }[] => [
  ...(above ? [{ text: above.toUpperCase() }] : []),
  { text: name.toUpperCase(), isStrong: true },
]

const rank = /^(tỉnh|thành phố|thị xã|thị trấn|quận|huyện|phường|xã|đặc khu)\s+/i

/** A unit's name without what it is; one that is a number keeps it ('Phường 5'). */
const townIn = (name: string): string => {
  const bare = name.replace(rank, '')
  return /^\d/.test(bare) ? name : bare
}

/** Within a line the rank is written small: 'phường Hà Khánh'. */
const withinLine = (name: string): string => (rank.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name)

/** The units of a path as an address names them, from the smallest up. */
export const seatOf = (path: readonly Unit[]): string => path.map(({ name }) => withinLine(name)).join(', ')

/** The head of a paper of a unit on a day, from the unit and those above it. */
export async function letterheadFrom(work: Work, path: readonly Unit[], day: Day): Promise<Letterhead> {
  const [unit] = path
  if (!unit) return { name: '', town: '', seat: '' }
  const police = await store.policeFor(work, unit.id, day)
  const parent = police && path[path.findIndex(({ id }) => id === police.unitId) + 1]
  const above = parent && (await store.policeFor(work, parent.id, day))
  return {
    ...(above && { above: above.name }),
    name: police?.name ?? unit.name,
    town: townIn(unit.name),
    seat: seatOf(path),
  }
}
