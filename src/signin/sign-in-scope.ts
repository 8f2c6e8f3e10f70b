import { asSystem, type OpenWork, type Work } from '../platform/work.ts'

/** Opens a work in the sign-in scope, which reads and writes the tables of sign-in. */
export const inSignInScope = <T>(openWork: OpenWork, requestId: string, step: (work: Work) => Promise<T>): Promise<T> =>
  openWork({ ...asSystem('sign-in', 'none'), requestId, opens: 'in_sign_in_scope' }, step)
