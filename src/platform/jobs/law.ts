/** Seconds between two words of a process that runs jobs that it lives, and after which a silent one has ended. */
export const livesEverySeconds = 5
export const abandonedAfterSeconds = 30

/** From so many seconds on a clock that goes on otherwise than time passes was set. */
export const clockJumpSeconds = 120

/** Seconds by which a moment that was written down may be ahead of a clock, since those of servers differ a little. */
export const aheadSeconds = 20

/** Seconds by which a job of the queue may have been queued ahead of the database's clock, which dated it itself. */
export const queuedAheadSeconds = 5

/** Rows that one work of a job deletes at most. */
export const deletedAtOnce = 5_000

/** Days by which the time may be ahead of the last that was believed: an office that is shut for a week is no doubt. */
export const believedDays = 7

/** Hours after which a job of each night was missed. */
export const missedAfterHours = 25
