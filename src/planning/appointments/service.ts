/** What is done at a counter, and how its tickets are read. Pure, and read in browsers. */

/** What is done at a counter: A cards, B accounts, C cards that are collected. The letter begins the ticket. */
export const services = ['A', 'B', 'C'] as const
export type Service = (typeof services)[number]

export const isService = (text: string): text is Service => services.some(one => one === text)

export type SlotSetting = { readonly slotMinutes: number; readonly walkInPercent: number }

/** More slots in sequence than this are joined for nobody: the slots are too short for the service. */
export const mostJoinedSlots = 6

/**
 * How many slots in sequence one person takes for a service of so many minutes, of which so many desks do it; what is
 * kept for people without a booking is taken off each. Undefined where even the most would not do, or no desk does it.
 */
export function slotsEach(
  minutes: number,
  desks: number,
  { slotMinutes, walkInPercent }: SlotSetting,
): number | undefined {
  const room = Math.min(slotMinutes, Math.floor((desks * slotMinutes * (100 - walkInPercent)) / 100))
  if (room <= 0 || minutes <= 0) return undefined
  const joined = Math.ceil(minutes / room)
  return joined <= mostJoinedSlots ? joined : undefined
}

/** How a ticket is read: the letter and at least three digits. */
export const ticketText = (service: Service, number: number): string => `${service} ${String(number).padStart(3, '0')}`
