import { policy } from '../../platform/law.ts'

/** Working days in which a ward looks at homes of a household that differ. */
export const householdDays = policy('out-of-school.household-working-days', 10)
