import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

/**
 * The counter that is looked at, the day, and which of the booked are listed: all, or those not served yet (`cho`). The
 * first counter and today where they are left out.
 */
export type AppointmentSearch = {
  readonly noi?: string | undefined
  readonly ngay?: string | undefined
  readonly loc?: string | undefined
}
export const appointmentSearch = ({ noi, ngay, loc }: Search): AppointmentSearch => ({ noi, ngay, loc })
export const appointmentsAt = (search: AppointmentSearch = {}) => at(`/lich-luu-dong/lich-hen${writeSearch(search)}`)
export const lostPaperAt = (search: AppointmentSearch) => at(`/lich-luu-dong/lich-hen/in${writeSearch(search)}`)
