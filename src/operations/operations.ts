/** The front door: what an operator watches, for whoever joins the contexts. */

export { findGrowth, type InstallationGrowth } from './growth.ts'
export { type MeasuredHouse, measureHouse } from './house-metrics.ts'
export { makeOperatorPort } from './operator-port.ts'
