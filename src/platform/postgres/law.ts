/** With less free disk than this a server takes no more work: what it has begun still finds room. */
export const leastFreeBytes = 128 * 2 ** 20
/** Seconds for which readiness waits for the database. */
export const probeSeconds = 2
