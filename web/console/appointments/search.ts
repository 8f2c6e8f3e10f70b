import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

/** The counter that is looked at, and the day; the first counter and today where they are left out. */
export type AppointmentSearch = { readonly noi?: string | undefined; readonly ngay?: string | undefined }
export const appointmentSearch = ({ noi, ngay }: Search): AppointmentSearch => ({ noi, ngay })
export const appointmentsAt = (search: AppointmentSearch = {}) => at(`/lich-luu-dong/lich-hen${writeSearch(search)}`)
