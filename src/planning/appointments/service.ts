/** What is done at a counter, and how its tickets are read. Pure, and read in browsers. */

/** What is done at a counter: A cards, B accounts, C cards that are collected. The letter begins the ticket. */
export const services = ['A', 'B', 'C'] as const
export type Service = (typeof services)[number]

export const isService = (text: string): text is Service => services.some(one => one === text)

/** How a ticket is read: the letter and at least three digits. */
export const ticketText = (service: Service, number: number): string => `${service} ${String(number).padStart(3, '0')}`
