/** The front door: what an operator watches, for whoever joins the contexts. */

export { findGrowth, type InstallationGrowth } from './growth.ts'
export { type MeasuredHouse, measureHouse } from './house-metrics.ts'
export { proxyKeepsSeconds } from './law.ts'
export { listen, refusePlainNetwork } from './listen.ts'
export { openOperatorPort } from './operator-port.ts'
export { httpsBy, keepCertificate, openOwnCertificate } from './own-certificate.ts'
export { stopListening } from './stop-listening.ts'
