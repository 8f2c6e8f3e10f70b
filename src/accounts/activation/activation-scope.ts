import { asSystem } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'

/** Whoever activates is nobody yet: it is the house that acts, on behalf of the person once it knows who that is. */
export const activationScope = (personId?: register.PersonId) => asSystem('activation', 'house', personId)
