import { rescueChoice, safeChance } from '../law.ts'
import { type ChanceWorld, chancesOf, type InTimeChances, type PlannedChange, type PupilPosition } from './chance.ts'
import { type FasterStage, stagesByCourse } from './stages-ahead.ts'

export type RescueKind = 'fast-hand-over' | 'activation-desk' | 'seat-in-planned-session' | 'new-session' | 'home-visit'

/**
 * `both` is the chance of card and account in time that it would give; the cost is officers' minutes for this pupil.
 */
export type Rescue = { readonly kind: RescueKind; readonly both: number; readonly officerMinutes: number }

/**
 * The effort and effect of a rescue decided today: working days until it happens, the chance that it does, officers'
 * minutes a pupil.
 */
export type RescueEffort = { readonly after: number; readonly chance: number; readonly minutes: number }
export type RescueMeans = Readonly<Record<RescueKind, RescueEffort>>

/** The cheapest that saves the pupil, or of those that come near to the best where none does. */
export function rescueOf(
  stand: PupilPosition,
  world: ChanceWorld,
  usual: InTimeChances,
  means: RescueMeans,
): Rescue | null {
  if (usual.both >= safeChance || (world.left.card <= 0 && world.left.account <= 0)) return null

  const offers = rescueKinds.flatMap(kind => {
    const change = changes[kind](stand, means[kind])
    if (!change) return []
    return [{ kind, both: chancesOf(stand, world, change).both, officerMinutes: means[kind].minutes }]
  })
  const best = Math.max(...offers.map(({ both }) => both))
  const good = offers.filter(
    ({ both }) =>
      both >= Math.min(best - rescueChoice.nearly, Math.max(rescueChoice.saved, usual.both)) &&
      both >= usual.both + rescueChoice.worthwhile,
  )
  return good.toSorted((a, b) => a.officerMinutes - b.officerMinutes)[0] ?? null
}

const rescueKinds: readonly RescueKind[] = [
  'fast-hand-over',
  'activation-desk',
  'seat-in-planned-session',
  'new-session',
  'home-visit',
]

const isUncaptured = (stand: PupilPosition) => stand.card.at < 0 || stand.account.at < 0
const lacksCourse = (course: 'card' | 'account', stand: PupilPosition) =>
  stand[course].at < stagesByCourse[course].length

/** From now on a stage under way, or from its beginning one that is still to come. */
const stageDone = (
  course: 'card' | 'account',
  stage: FasterStage['stage'],
  stand: PupilPosition,
  { after, chance }: Omit<RescueEffort, 'minutes'>,
): FasterStage => ({
  stage,
  chance,
  after: stand[course].at >= 0 && stagesByCourse[course][stand[course].at] === stage ? Math.max(1, after) : after,
})

/** What each rescue changes; undefined where it has nothing to change. */
const changes: Record<RescueKind, (stand: PupilPosition, means: RescueEffort) => PlannedChange | undefined> = {
  'fast-hand-over': (stand, means) =>
    stand.card.at >= 0 && lacksCourse('card', stand)
      ? { card: stageDone('card', 'hand-over', stand, means) }
      : undefined,
  'activation-desk': (stand, means) =>
    stand.account.at >= 0 && lacksCourse('account', stand)
      ? { account: stageDone('account', 'activation', stand, means) }
      : undefined,
  'seat-in-planned-session': (stand, { chance }) =>
    isUncaptured(stand) && stand.free > 0 ? { capture: { after: stand.free, chance } } : undefined,
  'new-session': (stand, { after, chance }) => (isUncaptured(stand) ? { capture: { after, chance } } : undefined),
  'home-visit': (stand, means) => ({
    ...(isUncaptured(stand) && { capture: means }),
    ...(stand.card.at >= 0 && lacksCourse('card', stand) && { card: stageDone('card', 'hand-over', stand, means) }),
    ...(stand.account.at >= 0 &&
      lacksCourse('account', stand) && { account: stageDone('account', 'activation', stand, means) }),
  }),
}
