import type { Counter } from './counters.ts'

/** A counter as its doors show it. */
export const counterBody = ({
  siteId: id,
  publicId,
  name,
  address,
  slotMinutes,
  walkInPercent,
  desks,
  minutes,
}: Counter) => ({
  id,
  publicId,
  name,
  ...(address && { address }),
  slotMinutes,
  walkInPercent,
  desks: desks.map(desk => ({ ...desk, services: [...desk.services] })),
  minutes: { ...minutes },
})
