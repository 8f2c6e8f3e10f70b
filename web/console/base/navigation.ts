import {
  CalendarDays,
  ChartColumn,
  CreditCard,
  DoorOpen,
  Flag,
  Footprints,
  GraduationCap,
  KeyRound,
  LayoutList,
  ListChecks,
  type LucideIcon,
  ScanFace,
  School,
  ScrollText,
  Settings,
  Sun,
  Users,
} from 'lucide-react'
import type { WordKey } from './language.tsx'

export type Place = {
  readonly name: WordKey
  readonly path: string
  readonly icon: LucideIcon
  /** One of these rights opens it; none listed: everyone signed in. */
  readonly rights: readonly string[]
}

/** The places in their fixed order. One that nobody has built yet is not listed, and one without right is absent. */
const places: readonly Place[] = [
  { name: 'today', path: '/hom-nay', icon: Sun, rights: [] },
  { name: 'campaign', path: '/chien-dich', icon: Flag, rights: ['campaign.figures'] },
  { name: 'lists', path: '/danh-sach', icon: LayoutList, rights: ['campaign.lists', 'campaign.figures'] },
  { name: 'rolls', path: '/ra-soat', icon: ListChecks, rights: ['rolls.read', 'rolls.import'] },
  {
    name: 'school-classes',
    path: '/lop-hoc',
    icon: GraduationCap,
    rights: ['classes.manage', 'classes.links', 'classes.teach'],
  },
  { name: 'visits', path: '/di-tung-nha', icon: DoorOpen, rights: ['groups.visit'] },
  { name: 'universal', path: '/pho-cap', icon: School, rights: ['education.lists'] },
  { name: 'sessions', path: '/lich-luu-dong', icon: CalendarDays, rights: ['planning.read'] },
  { name: 'capture', path: '/thu-nhan', icon: ScanFace, rights: ['enrolment.read'] },
  { name: 'cards', path: '/the', icon: CreditCard, rights: ['cards.read'] },
  { name: 'accounts', path: '/tai-khoan', icon: KeyRound, rights: ['accounts.read'] },
  { name: 'register', path: '/dan-cu', icon: Users, rights: ['register.search', 'register.look-up'] },
  { name: 'reports', path: '/bao-cao', icon: ChartColumn, rights: ['campaign.figures'] },
  { name: 'inspection', path: '/kiem-toan', icon: ScrollText, rights: ['audit.ask'] },
  { name: 'administration', path: '/quan-tri', icon: Settings, rights: ['staff.read', 'staff.manage', 'parties.read'] },
]

/** The first place while an installation begins; later its page is a tab of administration. */
const beginning: Place = { name: 'begin', path: '/bat-dau', icon: Footprints, rights: [] }

export const placesFor = (rights: readonly string[], begins = false) => [
  ...(begins ? [beginning] : []),
  ...places.filter(place => !place.rights.length || place.rights.some(right => rights.includes(right))),
]

/** Places whose page is today's work of who has no other: a teacher's class, a group's visits. */
const wholeWork = ['/lop-hoc', '/di-tung-nha']

/** The one place of who works in a single place, beside today's page; undefined of everyone else. */
export function onlyPlace(rights: readonly string[]): Place | undefined {
  const [only, another] = placesFor(rights).filter(({ path }) => path !== '/hom-nay')
  return another || !wholeWork.includes(only?.path ?? '') ? undefined : only
}

/** Pages that several places lead to, and those places: the first that an officer has is marked as theirs. */
const placesAbove: readonly (readonly [page: string, places: readonly string[]])[] = [
  // Once an installation works, its beginning is a tab of administration.
  ['/bat-dau', ['/bat-dau', '/quan-tri']],
  ['/tuyen-truyen', ['/chien-dich', '/lop-hoc', '/pho-cap']],
  ['/trao-doi', ['/dan-cu', '/tai-khoan', '/the', '/quan-tri']],
]

/** The place that is marked while a page is open that is not under any place's own address. */
export function placeAbove(current: string, shown: readonly Place[]): string | undefined {
  const [, above = []] = placesAbove.find(([page]) => current.startsWith(page)) ?? []
  return above.find(path => shown.some(place => place.path === path))
}

/** Addresses of the console are written whole, as they stand in the browser. */
export const base = '/console'
export const at = (path: string) => `${base}${path}`
