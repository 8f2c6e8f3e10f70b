import { accountWords } from './accounts/words.ts'
import { childAccountWords } from './accounts/words-child.ts'
import { accountDeedWords } from './accounts/words-deeds.ts'
import type { Texts } from './base/language.tsx'
import { shellWords } from './base/words.ts'
import { campaignWords } from './campaign/words.ts'
import { campaignWorkWords } from './campaign/words-work.ts'
import { cardWords } from './cards/words.ts'
import { directiveWords } from './directives/words.ts'
import { enrolmentWords } from './enrolment/words.ts'
import { enrolmentWorkWords } from './enrolment/words-work.ts'
import { followUpWords } from './follow-ups/words.ts'
import { handOverWords } from './hand-over/words.ts'
import { ledgerWords } from './ledger/words.ts'
import { attendanceWords } from './out-of-school/words.ts'
import { packetWords } from './packets/words.ts'
import { partyWords } from './parties/words.ts'
import { partWords } from './parts/words.ts'
import { productionWords } from './production/words.ts'
import { registerWords } from './register/words.ts'
import { reportWords } from './reports/words.ts'
import { reviewWords } from './review/words.ts'
import { rollWords } from './rolls/words.ts'
import { sessionWords } from './sessions/words.ts'
import { workWords } from './shell/words-work.ts'
import { boxWords } from './shipping/words.ts'

/** Every text of the console, Vietnamese first. {places} are filled in. main.tsx gives it to the pages. */
export const texts: Texts = {
  ...shellWords,
  ...partWords,
  ...workWords,
  ...rollWords,
  ...attendanceWords,
  ...directiveWords,
  ...followUpWords,
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
