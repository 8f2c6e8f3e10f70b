import { randomBytes } from 'node:crypto'
import { numberOfBytes } from '../keys/curves.ts'

/** Where random bytes come from: the kernel's source. Published worked examples bring their own. */
export type Chance = { bytes(count: number): Uint8Array /** From 1 to `order` - 1. */; secret(order: bigint): bigint }

export const kernelChance: Chance = {
  bytes: count => Uint8Array.from(randomBytes(count)),
  // Eight bytes more than the order has leave a bias of less than 2^-64.
  secret: order => (numberOfBytes(randomBytes(Math.ceil(order.toString(16).length / 2) + 8)) % (order - 1n)) + 1n,
}
