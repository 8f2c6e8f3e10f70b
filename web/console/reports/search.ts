import { at } from '../base/navigation.ts'
import { writeSearch } from '../base/search.ts'
import type { CampaignSearch } from '../campaign/search.ts'

/** The address of the quick statistics with the same choices as the campaign's board. */
export const reportsAt = (search: CampaignSearch, page = '/bao-cao') => at(`${page}${writeSearch(search)}`)
