import * as accessLinks from '../../access-links/access-links.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'

/** Why no citizen’s account is put on a browser: whoever holds it would hold the account (domain.md 3C). */
export type ForeignBrowser = 'officer-device' | 'helper-device'

/**
 * Whose browser this is, where it is not the holder’s: an officer’s, or a neighbour’s who has the visit list of their
 * group open. `device` and `officerSession` are the tokens of its cookies.
 */
export const foreignBrowserOf = (
  work: Work,
  { device, officerSession }: { readonly device: string; readonly officerSession?: string | undefined },
): Promise<ForeignBrowser | undefined> =>
  withHouseScope(work, async house => {
    if (await staff.isOfficersBrowser(house, { device, session: officerSession })) return 'officer-device'
    return (await accessLinks.isHelpersBrowser(house, device)) ? 'helper-device' : undefined
  })
