import * as decisions from '../src/decisions/decisions.ts'
import type { TestHouse } from './house.ts'

/** Says that so many seconds have gone by since every decision that is held: the one way in which tests wait. */
export const passUndoTime = (house: Pick<TestHouse, 'owner'>, seconds = 121): Promise<unknown> =>
  house.owner(
    `update decisions.held_decision set decided_at = decided_at - make_interval(secs => $1),
       takes_effect_at = takes_effect_at - make_interval(secs => $1) where state = 'held'`,
    [seconds],
  )

/** The time to undo is over, and the job has run. Gives how many decisions were due. */
export async function endUndoTime(house: TestHouse, kinds: decisions.DecisionKinds): Promise<number> {
  await passUndoTime(house)
  return decisions.carryOutDue(house.openWork, kinds)
}
