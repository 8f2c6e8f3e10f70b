import { parentPort, workerData } from 'node:worker_threads'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import { remediesOf, type UsualOrders } from '../plan-reasons/plan-reasons.ts'
import type { Remedies } from '../plan-reasons/reason.ts'

/** The thread that tries the remedies of one plan and ends. */

export type RemediesTask = { readonly instance: PlanInstance; readonly plan: Plan; readonly orders: UsualOrders }
export type RemediesMessage = { readonly share: number } | { readonly found: Remedies }

const { instance, plan, orders } = workerData as RemediesTask
const report = (said: RemediesMessage) => parentPort?.postMessage(said)
report({ found: remediesOf(instance, plan, { orders, onProgress: share => report({ share }) }) })
