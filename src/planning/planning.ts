/**
 * The front door of planning: teams at sites, who is asked, what came of it, and the overtime that it took. The verbs stand in files of their own and are
 * called through here.
 */

export { type Calendar, calendar, getSession, type Shown, type Trouble, type Whole } from './calendar.ts'
export type { Leave, Raised } from './checks.ts'
export { close, type Seen } from './closing.ts'
export { followApplication } from './follow-application.ts'
export { takeHistory } from './history.ts'
export type { Hour } from './hour.ts'
export { type OfficerOvertime, signOvertime } from './overtimes.ts'
export type { PastSeat, PastSession } from './past.ts'
export {
  closeSiteOn,
  createKit,
  createSite,
  createTeam,
  endTeam,
  hoursOf,
  type NewSite,
  type NewTeam,
  openSiteOn,
  setHours,
  setKitState,
  setTeamMembers,
} from './places.ts'
export { type Added, type Asked, addToRoster, type Candidates, ownPlaces, removeFromRoster, rosterOf } from './roster.ts'
export { cancel, type Moved, move, type Named, type NewSession, plan } from './schedule.ts'
export { addWalkIn, checkIn, markAbsent, open, type Served, serve } from './serving.ts'
export type {
  Absence,
  Closing,
  KitId,
  Serving,
  Session,
  SessionId,
  SessionKind,
  SessionState,
  SiteId,
  TeamId,
  TeamRole,
  Warning,
} from './session.ts'
export type { Kit, Member, Site, Team } from './site.ts'
export { sessionsFor, takeRoster } from './station-roster.ts'
export { usualHours, type WorkingHours } from './working-hours.ts'
