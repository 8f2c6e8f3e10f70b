import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as contract from './contract.ts'
import { followDifferences, listDifferences } from './households.ts'

export function householdRoutes(doors: Doors): void {
  serve(doors, contract.householdDifferences, (work, { query: { offset, limit, ...filter } }) =>
    listDifferences(work, filter, { offset, limit }),
  )
  serve(doors, contract.followHouseholds, (work, { body }) => followDifferences(work, body.unit))
}
