import { policy } from '../platform/law.ts'

/** The code of the installation's own province: what is meant where an operator names no unit. */
export const homeProvince = policy('units.home-province', '22')
