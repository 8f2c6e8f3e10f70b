/**
 * The front door of planning: teams at sites (sessions), the people invited and their outcomes (rosters), and officers'
 * overtime (overtime).
 */

export {
  type BookingRequest,
  type BookingResult,
  book,
  bookingsOf,
  cancel,
  confirm,
  followMergedBookings,
  move,
} from './appointments/appointments.ts'
export type { BookedBy, Booking, BookingId } from './appointments/booking.ts'
export {
  type BookingFrame,
  type BookingNotes,
  type BookingUrls,
  backToBooking,
  bookingBody,
  ticketPaper,
} from './appointments/booking-page.ts'
export {
  type BookingCard,
  type BookingQuery,
  bookingSteps,
  readBookingView,
  readCard,
  takeBookingForm,
} from './appointments/booking-view.ts'
export { type Counter, type CounterSetting, getCounter, setCounter } from './appointments/counters.ts'
export { cancelWithDeath, keepWithApplication, keepWithRoster, ownBookings } from './appointments/kept.ts'
export { missedAppointmentFollowUps } from './appointments/missed.ts'
export {
  type BookingPlace,
  type Offer,
  type OfferedDay,
  type OfferedSlot,
  type OfferRequest,
  offerOf,
  serviceAt,
} from './appointments/offers.ts'
export {
  followCancelledSession,
  followClosedSite,
  followMovedSession,
  settleNoShows,
} from './appointments/place-closed.ts'
export { parseSlotKey, type Service, type Slot, slotKey, ticketText } from './appointments/slot.ts'
export { sayOfAppointments } from './appointments/words.ts'
export { asHour, type Hour } from './hour.ts'
export {
  inviteFamilies,
  notifyCancelled,
  notifyMissed,
  notifyMoved,
  openingHoursText,
} from './invitations/invitations.ts'
export { longestSolving } from './law.ts'
export { replan as makePlanAgain } from './optimiser/replanning/replan.ts'
export { type OfficerOvertime, signOvertime } from './overtime/overtime.ts'
export type { PlanWarning } from './plan-warnings.ts'
export { type AcceptedPlan, acceptPlan } from './plans/accept-plan.ts'
export {
  type BuiltInstance,
  buildInstance,
  buildInstanceWithNotes,
  type InstanceNotes,
  type PlanRequest,
} from './plans/build-instance.ts'
export { noOvertime, type OvertimeOrder } from './plans/plan-days.ts'
export {
  beginPlan,
  cancelPlan,
  getPlan,
  type KeptPlan,
  listPlans,
  type NewPlan,
  type PlanId,
  runPlan,
} from './plans/plans.ts'
export { beginReplan, comparePlans, getPlanInForce, type ReplanOrder, readReplan } from './plans/replan-plan.ts'
export { type SolveOptions, type SolvePlan, solveInThread } from './plans/solving.ts'
export { crossingColumns, importCrossings, importTravel, travelColumns } from './plans/travel-import.ts'
export * as queue from './queue/queue.ts'
export { offerSessions, placeChosenPeople } from './rosters/chosen.ts'
export { type SessionPlace, sessionsOfPupils } from './rosters/class-sessions.ts'
export { closeTeamSession, type SeenCounts } from './rosters/closing.ts'
export { followApplication } from './rosters/follow-application.ts'
export { takeHistory } from './rosters/import-history.ts'
export type { PastSeat, PastSession } from './rosters/imported-session.ts'
export {
  addToRoster,
  type CandidateCounts,
  type OwnPlace,
  ownPlaces,
  type RosterAddition,
  type RosterRequest,
  readRoster,
  removeFromRoster,
  sayOwnComing,
} from './rosters/rosters.ts'
export {
  addWalkIn,
  checkIn,
  markAbsent,
  openTeamSession,
  type ServiceInput,
  servePersonAt,
  versionOfLine,
} from './rosters/session-run.ts'
export { sessionsFor, takeRoster } from './rosters/station-roster.ts'
export { takeBackLine } from './rosters/take-back.ts'
export type {
  Absence,
  KitId,
  ServiceDone,
  SessionClosing,
  SessionKind,
  SessionState,
  SiteId,
  TeamId,
  TeamRole,
  TeamSession,
  TeamSessionId,
} from './session.ts'
export {
  getSession,
  nextDayAtSchool,
  readCalendar,
  type SessionCalendar,
  type SessionDetail,
  type SessionView,
} from './sessions/calendar.ts'
export type { PlanningConsent, RaisedWarning } from './sessions/checks.ts'
export { type CrewQuestion, readCrewReadiness } from './sessions/crew.ts'
export { changeKitState, createKit } from './sessions/kits.ts'
export { type PublicSession, publicSessionsIn } from './sessions/public-sessions.ts'
export {
  cancelTeamSession,
  moveTeamSession,
  type NamedOfficer,
  type NewTeamSession,
  planTeamSession,
  type SessionChange,
} from './sessions/sessions.ts'
export type { Kit, Site, Team, TeamMember } from './sessions/site.ts'
export { closeSiteForDay, createSite, reopenSiteForDay, type SiteInput } from './sessions/sites.ts'
export { createTeam, dissolveTeam, listTeams, setTeamMembers, type TeamInput } from './sessions/teams.ts'
export type { SessionTrouble } from './sessions/troubles.ts'
export { getWorkingHours, setWorkingHoursOf } from './sessions/unit-hours.ts'
export { findVisitOfCode } from './visit-code.ts'
export type { WorkingHours } from './working-hours.ts'
