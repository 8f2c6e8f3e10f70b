import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import * as contract from './contract.ts'
import { listDuties } from './duties.ts'

export const dutyRoutes = (doors: Doors): void => serve(doors, contract.listDuties, listDuties)
