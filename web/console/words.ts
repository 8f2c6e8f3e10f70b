import type { Texts } from './language.tsx'
import { accountDeedWords } from './words-account-deeds.ts'
import { accountWords } from './words-accounts.ts'
import { attendanceWords } from './words-attendance.ts'
import { boxWords } from './words-boxes.ts'
import { campaignWords } from './words-campaign.ts'
import { campaignWorkWords } from './words-campaign-work.ts'
import { cardWords } from './words-cards.ts'
import { childAccountWords } from './words-child-account.ts'
import { directiveWords } from './words-directives.ts'
import { enrolmentWords } from './words-enrolment.ts'
import { enrolmentWorkWords } from './words-enrolment-work.ts'
import { errandWords } from './words-errands.ts'
import { handOverWords } from './words-hand-over.ts'
import { ledgerWords } from './words-ledger.ts'
import { packetWords } from './words-packets.ts'
import { partyWords } from './words-parties.ts'
import { partWords } from './words-parts.ts'
import { productionWords } from './words-production.ts'
import { registerWords } from './words-register.ts'
import { reportWords } from './words-reports.ts'
import { reviewWords } from './words-review.ts'
import { rollWords } from './words-rolls.ts'
import { sessionWords } from './words-sessions.ts'
import { shellWords } from './words-shell.ts'
import { workWords } from './words-work.ts'

/** Every text of the console, Vietnamese first. {places} are filled in. main.tsx gives it to the pages. */
export const texts: Texts = {
  ...shellWords,
  ...partWords,
  ...workWords,
  ...rollWords,
  ...attendanceWords,
  ...directiveWords,
  ...errandWords,
  ...ledgerWords,
  ...reviewWords,
  ...registerWords,
  ...sessionWords,
  ...enrolmentWords,
  ...enrolmentWorkWords,
  ...packetWords,
  ...campaignWords,
  ...campaignWorkWords,
  ...reportWords,
  ...cardWords,
  ...productionWords,
  ...boxWords,
  ...handOverWords,
  ...partyWords,
  ...accountWords,
  ...accountDeedWords,
  ...childAccountWords,
}
