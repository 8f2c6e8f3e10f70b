import {
  CalendarPlus,
  FilePlus2,
  FileUp,
  Flag,
  HandCoins,
  ListChecks,
  type LucideIcon,
  Printer,
  Scale,
} from 'lucide-react'
import type { WordKey } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { giveAt, planAt } from '../cards/addresses.ts'
import { queueAt } from '../review/queue.ts'
import { weekAt } from '../sessions/week.ts'

type PaletteDeed = {
  readonly name: WordKey
  readonly icon: LucideIcon
  readonly right: string
  readonly to: string
  /** With Alt, as it stands beside the deed. */
  readonly letter?: string
}

/** What can be begun from anywhere, the likely first. Without the right a deed is absent. */
export const paletteDeeds = (): readonly PaletteDeed[] => [
  { name: 'palette-session', icon: CalendarPlus, right: 'planning.manage', to: weekAt({ xep: '1' }), letter: 'N' },
  { name: 'palette-roll', icon: FileUp, right: 'rolls.import', to: at('/ra-soat'), letter: 'U' },
  { name: 'palette-morning', icon: Printer, right: 'rolls.read', to: at('/hom-nay/in'), letter: 'P' },
  { name: 'palette-review', icon: ListChecks, right: 'rolls.review', to: queueAt(), letter: 'R' },
  { name: 'palette-hand-over', icon: HandCoins, right: 'cards.hand-over', to: giveAt, letter: 'T' },
  { name: 'palette-batch', icon: FilePlus2, right: 'cards.produce', to: planAt, letter: 'B' },
  { name: 'palette-collect', icon: FilePlus2, right: 'register.collect', to: at('/dan-cu/lap-so/moi') },
  { name: 'palette-directive', icon: Scale, right: 'directives.issue', to: at('/chien-dich/chi-dao/moi') },
  { name: 'palette-campaign', icon: Flag, right: 'campaign.manage', to: at('/chien-dich/moi') },
]

/** Pages below the places, each by the right that shows the way to it. */
export const palettePages = [
  { name: 'notices-short', right: 'units.read', to: at('/hom-nay/moi-den') },
  { name: 'palette-page-follow-ups', right: 'rolls.read', to: at('/ra-soat/viec') },
  { name: 'palette-page-households', right: 'rolls.review', to: at('/ra-soat/ho-gia-dinh') },
  { name: 'palette-page-out-of-school', right: 'rolls.attendance-figures', to: at('/danh-sach/pho-cap') },
  { name: 'palette-page-groups', right: 'groups.manage', to: at('/danh-sach/to-cong-nghe') },
  { name: 'palette-page-directives', right: 'directives.answer', to: at('/chien-dich/chi-dao') },
  { name: 'palette-page-targets', right: 'campaign.targets', to: at('/chien-dich/chi-tieu') },
  { name: 'palette-page-packets', right: 'enrolment.read', to: at('/thu-nhan/goi') },
  { name: 'palette-page-gaps', right: 'enrolment.read', to: at('/thu-nhan/khoang-trong') },
  { name: 'palette-page-stations', right: 'enrolment.read', to: at('/thu-nhan/tram') },
  { name: 'palette-page-batches', right: 'cards.produce', to: at('/the/dot') },
  { name: 'palette-page-blanks', right: 'cards.blanks', to: at('/the/phoi') },
  { name: 'palette-page-boxes', right: 'cards.ship', to: at('/the/thung') },
  { name: 'palette-page-corrections', right: 'register.propose', to: at('/dan-cu/dinh-chinh') },
  { name: 'palette-page-merges', right: 'register.propose', to: at('/dan-cu/hop-nhat') },
  { name: 'palette-page-collections', right: 'register.read', to: at('/dan-cu/lap-so') },
  { name: 'messages', right: 'outreach.read', to: at('/chien-dich/tin') },
  { name: 'palette-page-requests', right: 'protection.receive', to: at('/dan-cu/yeu-cau') },
  { name: 'palette-page-movements', right: 'register.movements', to: at('/dan-cu/bien-dong') },
  { name: 'palette-page-exchange', right: 'exchange.read', to: at('/trao-doi') },
  { name: 'palette-page-proposals', right: 'staff.accept', to: at('/quan-tri/de-nghi') },
  { name: 'palette-page-parties', right: 'parties.read', to: at('/quan-tri/ben-lien-ket') },
  { name: 'palette-page-breaches', right: 'protection.breaches', to: at('/quan-tri/vi-pham') },
] as const satisfies readonly { readonly name: WordKey; readonly right: string; readonly to: string }[]
