import type { Batches } from '../../platform/coalesce.ts'

/** How the provider’s simultaneous requests share statements: one batch at a time, another beside it after 20 ms. */
export const batchesOfProvider: Batches = { most: 64, abreast: 4, patience: 20 }
