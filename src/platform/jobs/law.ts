/** Seconds between two words of a process that runs jobs that it lives, and after which a silent one has ended. */
export const livesEverySeconds = 5
export const abandonedAfterSeconds = 30

/** Rows that one work of a job deletes at most. */
export const deletedAtOnce = 5_000
