import { type HomeDifference, homeDifferences } from '../../../src/out-of-school/households/contract.ts'
import type { Search } from '../base/search.ts'

export type HouseholdSearch = { readonly khac?: HomeDifference | undefined }
export const householdSearch = ({ khac }: Search): HouseholdSearch => ({
  khac: homeDifferences.find(one => one === khac),
})
