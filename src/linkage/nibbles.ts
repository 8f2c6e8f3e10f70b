/** How many of the eight digits differ, of two numbers with four bits a digit. */
export function nibblesApart(a: number, b: number): number {
  let apart = a ^ b
  apart |= apart >>> 1
  apart |= apart >>> 2
  apart &= 0x11111111
  return Math.imul(apart, 0x11111111) >>> 28
}
