import { type ChanceWorld, chancesOf, type InTimeChances, type PlannedChange, type PupilPosition } from './chance.ts'
import { type FasterStage, stagesByCourse } from './course.ts'

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

/**
 * A visit of 10 to 30 minutes, an account of 3 to 5 (domain.md 7.2); a session's journey and setting up is shared by
 * those who come; a home visit is a team of two on the road. The seat's day is the planned session's own.
 */
export const usualMeans: RescueMeans = {
  'fast-hand-over': { after: 1, chance: 0.97, minutes: 10 },
  'activation-desk': { after: 2, chance: 0.75, minutes: 6 },
  'seat-in-planned-session': { after: 0, chance: 0.92, minutes: 12 },
  'new-session': { after: 4, chance: 0.92, minutes: 30 },
  'home-visit': { after: 2, chance: 0.95, minutes: 90 },
}

/** From this chance on nobody need do anything more. */
const enough = 0.95
/** Less than this is not worth an officer's way. */
const worthwhile = 0.02
/** A rescue that gives this chance has done its work, whatever a dearer one would give. */
const saved = 0.7
/** Where none does, cost decides among those nearly as good as the best. */
const nearly = 0.05

/** The cheapest that saves the pupil, or of those that come near to the best where none does. */
export function rescueOf(
  stand: PupilPosition,
  world: ChanceWorld,
  usual: InTimeChances,
  means: RescueMeans,
): Rescue | null {
  if (usual.both >= enough || (world.left.card <= 0 && world.left.account <= 0)) return null

  const offers = rescueKinds.flatMap(kind => {
    const change = changes[kind](stand, means[kind])
    if (!change) return []
    return [{ kind, both: chancesOf(stand, world, change).both, officerMinutes: means[kind].minutes }]
  })
  const best = Math.max(...offers.map(({ both }) => both))
  const good = offers.filter(
    ({ both }) => both >= Math.min(best - nearly, Math.max(saved, usual.both)) && both >= usual.both + worthwhile,
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
