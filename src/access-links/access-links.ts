/**
 * Links with a PIN, for whoever has no sign-in of their own: a teacher, a member of a community group, a family. In: an
 * order of the context whose page a link opens. Decided: whether a token with a PIN opens a session, and how long a
 * wrong one waits. Out: the session, whose works see what row-level security ties to the link (`linkAuthority`).
 * Deeds: access-link.issued, .opened, .pin-set, .ended.
 */
export {
  endLinkAgain,
  endRenewed,
  findLinkInForce,
  getLink,
  type IssuedLink,
  issuedShapeOf,
  issueLink,
  type LinkWithEnd,
  linkShapeOf,
  linksOf,
  linksOfAll,
  renewLink,
  revokeLink,
  setNewPin,
} from './issuing.ts'
export { actorOf, type LinkId, type LinkKind, type LinkSession, linkAuthority } from './link.ts'
export {
  findSession,
  isHelpersBrowser,
  type LinkOpening,
  type LinkSessionState,
  openWithPin,
  sessionStateOf,
} from './opening.ts'
export { type LinkDoor, openFromForm, sessionOfRequest } from './pages/door.ts'
export {
  changeOnce,
  inLink,
  inVisit,
  type LinkPages,
  type LinkVisit,
  linkRoutes,
  serveLinkAssets,
} from './pages/pages.ts'
export { pinPageBody, pinPageTitle, statusOfAnswer } from './pages/pin-page.ts'
export { type AccessLinkName, findLinkNames as namesOfLinks } from './store.ts'
