import { type CompiledDay, overtimeOn } from '../solving/compile.ts'

/** Minutes of two days: a route that returns after midnight is refused by its hours. */
const minutesKept = 2 * 24 * 60

/** By minute of a day: minutes before it that are overtime. */
export const overtimeBefore = (day: CompiledDay | undefined): Int32Array =>
  Int32Array.from({ length: minutesKept }, (_, minute) => (day ? overtimeOn(day, 0, minute) : 0))

/** What it has for a minute, also for one that is not whole or lies beyond. */
export const minutesUntil = (before: Int32Array, minute: number): number =>
  before[Math.max(0, Math.min(before.length - 1, Math.round(minute)))] as number
