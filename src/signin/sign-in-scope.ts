import { asSystem, type OpenWork, type Work } from '../platform/work.ts'

/** A work at the door, that reads or writes what sign-in keeps. */
export const atTheDoor = <T>(openWork: OpenWork, requestId: string, step: (work: Work) => Promise<T>): Promise<T> =>
  openWork({ ...asSystem('sign-in', 'none'), requestId, opens: 'at_the_door' }, step)
