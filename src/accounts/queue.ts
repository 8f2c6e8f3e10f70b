/** The queues of the desk, in the order in which they are worked. Pure. */
export const queues = ['to-approve', 'needs-slip', 'lapsed', 'waiting', 'demands', 'locked', 'in-use'] as const
export type Queue = (typeof queues)[number]
