/**
 * The front door of planning: teams at sites (sessions), the people invited and their outcomes (rosters), and officers'
 * overtime (overtime).
 */

export type { Hour } from './hour.ts'
export { type OfficerOvertime, signOvertime } from './overtime/overtime.ts'
export { close, type Seen } from './rosters/closing.ts'
export { followApplication } from './rosters/follow-application.ts'
export { takeHistory } from './rosters/history.ts'
export type { PastSeat, PastSession } from './rosters/past.ts'
export {
  type Added,
  type Asked,
  addToRoster,
  type Candidates,
  ownPlaces,
  removeFromRoster,
  rosterOf,
} from './rosters/rosters.ts'
export { addWalkIn, checkIn, markAbsent, open, type Served, serve } from './rosters/serving.ts'
export { sessionsFor, takeRoster } from './rosters/station.ts'
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
export { type Calendar, calendar, getSession, type Shown, type Trouble, type Whole } from './sessions/calendar.ts'
export type { Leave, Raised } from './sessions/checks.ts'
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
} from './sessions/places.ts'
export { cancel, type Moved, move, type Named, type NewSession, plan } from './sessions/sessions.ts'
export type { Kit, Member, Site, Team } from './sessions/site.ts'
export { usualHours, type WorkingHours } from './working-hours.ts'
