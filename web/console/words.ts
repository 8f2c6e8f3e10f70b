import { approvalWords } from './account-approval/words.ts'
import { accountWords } from './accounts/words.ts'
import { childAccountWords } from './accounts/words-child.ts'
import { accountDeedWords } from './accounts/words-deeds.ts'
import { administrationWords } from './administration/words.ts'
import { appointmentWords } from './appointments/words.ts'
import { attachmentWords } from './attachments/words.ts'
import { awarenessWords } from './awareness/words.ts'
import type { Texts } from './base/language.tsx'
import { beginningWords } from './beginning/words.ts'
import { campaignWords } from './campaign/words.ts'
import { campaignFormWords } from './campaign-form/words.ts'
import { campaignPeopleWords } from './campaign-people/words.ts'
import { cardWords } from './cards/words.ts'
import { chipWords } from './chip/words.ts'
import { chosenWords } from './chosen/words.ts'
import { classLinkWords } from './classes/link-words.ts'
import { classWords } from './classes/words.ts'
import { dataProtectionWords } from './data-protection/words.ts'
import { directiveWords } from './directives/words.ts'
import { enrolmentWords } from './enrolment/words.ts'
import { enrolmentWorkWords } from './enrolment/words-work.ts'
import { exchangeWords } from './exchange/words.ts'
import { familySlipWords } from './families/words.ts'
import { firstDayWords } from './first-day/words.ts'
import { followUpWords } from './follow-ups/words.ts'
import { groupWords } from './groups/words.ts'
import { handOverWords } from './hand-over/words.ts'
import { helpWords } from './help/words.ts'
import { termWords } from './help/words-terms.ts'
import { householdWords } from './households/words.ts'
import { inspectionWords } from './inspection/words.ts'
import { lawWords } from './law/words.ts'
import { ledgerWords } from './ledger/words.ts'
import { mergeWords } from './merging/words.ts'
import { messageWords } from './messages/words.ts'
import { messageTemplateWords } from './messages/words-template.ts'
import { movementWords } from './movements/words.ts'
import { listWords } from './needs/words.ts'
import { noticeWords } from './notices/words.ts'
import { attendanceWords } from './out-of-school/words.ts'
import { packetWords } from './packets/words.ts'
import { paletteWords } from './palette/words.ts'
import { paperWords } from './papers/words.ts'
import { partyWords } from './parties/words.ts'
import { partWords } from './parts/words.ts'
import { planWords } from './plans/words.ts'
import { productionWords } from './production/words.ts'
import { registerWords } from './register/words.ts'
import { counterWords } from './register/words-counter.ts'
import { guardianshipWords } from './register/words-guardianship.ts'
import { residenceWords } from './register/words-residence.ts'
import { reportWords } from './reports/words.ts'
import { reviewWords } from './review/words.ts'
import { riskWords } from './risk/words.ts'
import { rollWords } from './rolls/words.ts'
import { sessionWords } from './sessions/words.ts'
import { shellWords } from './shell/words.ts'
import { boxWords } from './shipping/words.ts'
import { targetWords } from './targets/words.ts'
import { todayWords } from './today/words.ts'
import { universalWords } from './universal/words.ts'

/** Every text of the console, Vietnamese first. {places} are filled in. main.tsx gives it to the pages. */
export const texts: Texts = {
  ...shellWords,
  ...firstDayWords,
  ...familySlipWords,
  ...helpWords,
  ...termWords,
  ...paletteWords,
  ...noticeWords,
  ...partWords,
  ...attachmentWords,
  ...paperWords,
  ...todayWords,
  ...campaignFormWords,
  ...chosenWords,
  ...listWords,
  ...administrationWords,
  ...awarenessWords,
  ...beginningWords,
  ...rollWords,
  ...attendanceWords,
  ...dataProtectionWords,
  ...messageWords,
  ...messageTemplateWords,
  ...directiveWords,
  ...groupWords,
  ...classWords,
  ...classLinkWords,
  ...householdWords,
  ...universalWords,
  ...followUpWords,
  ...exchangeWords,
  ...inspectionWords,
  ...lawWords,
  ...ledgerWords,
  ...reviewWords,
  ...registerWords,
  ...counterWords,
  ...mergeWords,
  ...residenceWords,
  ...guardianshipWords,
  ...movementWords,
  ...sessionWords,
  ...planWords,
  ...appointmentWords,
  ...enrolmentWords,
  ...enrolmentWorkWords,
  ...packetWords,
  ...campaignWords,
  ...campaignPeopleWords,
  ...targetWords,
  ...riskWords,
  ...reportWords,
  ...cardWords,
  ...chipWords,
  ...productionWords,
  ...boxWords,
  ...handOverWords,
  ...partyWords,
  ...accountWords,
  ...approvalWords,
  ...accountDeedWords,
  ...childAccountWords,
}
