import type * as accounts from '../../accounts/accounts.ts'

/** Why a person with valid factors cannot sign in; nobody else learns it. A raised account is activated anew. */
export const accountRefusal = ({ state }: accounts.Holder) =>
  state === 'locked' ? 'locked' : state === 'approved' ? 'not-activated' : 'wrong'
