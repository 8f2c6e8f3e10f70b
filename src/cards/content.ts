import type { Day, PartialDay } from '../platform/day.ts'
import type { Asking } from '../platform/law.ts'
import { type CardLayout, layoutOn } from './law.ts'

/** What a card says of its holder, frozen when it is ordered. Dates in words as printed are made by who prints. */
export type CardContent = {
  readonly number: string // 12 digits
  readonly fullName: string // as in the register, legal form
  readonly birthDate: PartialDay // platform/day.ts
  readonly sex: 'M' | 'F'
  readonly nationality: string // 'Việt Nam'
  readonly hometown?: string | undefined // 2021 card: quê quán
  readonly birthPlace?: string | undefined // 2024 card: nơi đăng ký khai sinh
  readonly residence: string // 2021: nơi thường trú; 2024: nơi cư trú
  readonly features?: string | undefined // 2021 back: đặc điểm nhận dạng
  readonly oldNumber?: string | undefined // 9 digits
  readonly cancelledNumber?: string | undefined // 2024 QR
  readonly parents?: readonly string[] | undefined // 2024 QR of children below six
}

/** What each layout prints of every holder, and refuses to be without. */
const requiredFields: Record<
  CardLayout,
  readonly ('number' | 'fullName' | 'nationality' | 'hometown' | 'birthPlace' | 'residence')[]
> = {
  '2021': ['number', 'fullName', 'nationality', 'hometown', 'residence'],
  '2024': ['number', 'fullName', 'nationality', 'birthPlace', 'residence'],
}

/** The fields that a card issued on a day would lack. */
export const missingFields = (content: CardContent, day: Day, work: Asking): readonly string[] =>
  requiredFields[layoutOn(day, work)].filter(field => !content[field]?.trim())
