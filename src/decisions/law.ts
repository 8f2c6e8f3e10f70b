import { policy } from '../platform/law.ts'

/**
 * Seconds in which an officer's decision may be undone; nothing of it leaves the installation before they are over. An
 * operator changes them in law.csv; with 0 a decision takes effect at once. Policy of this installation. Pure.
 */
export const undoSeconds = policy('decisions.undo-seconds', 120)

/** How late a decision is still carried out, in ms (a day); one that comes later, as of a backup, is decided again. */
export const lapsesAfterMilliseconds = 86_400_000

/** For how long what could not be carried out is shown to whoever decided it. */
export const shownForMilliseconds = 3_600_000

/** Decisions of one officer that are shown at once, the latest first. */
export const shownAtOnce = 20
