import { metrics } from '../../../src/campaign/cohorts/contract.ts'
import type { directiveList, directiveOpen } from '../../../src/campaign/directives/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Directive = Answer<typeof directiveList>['directives'][number]
export type WholeDirective = Answer<typeof directiveOpen>
export type Addressee = WholeDirective['addressees'][number]
export type Version = WholeDirective['versions'][number]
export type Step = Addressee['step']
export type MetricName = (typeof metrics)[number]

/** Which directives: to our unit, issued by it, or to the units below. */
export const boxes = { den: 'to-me', 'ban-hanh': 'issued', 'theo-doi': 'below' } as const
export type Box = keyof typeof boxes

const isBox = (text: string | undefined): text is Box => text !== undefined && Object.hasOwn(boxes, text)

export type DirectivesSearch = { readonly hop?: Box | undefined }
export const directivesSearch = ({ hop }: Search): DirectivesSearch => ({ hop: isBox(hop) ? hop : undefined })

/** One directive: the version shown, and which of its units. */
export const groupsOfUnits = ['unread', 'to-acknowledge', 'to-answer', 'done'] as const
export type UnitGroup = (typeof groupsOfUnits)[number]
export type DirectiveSearch = { readonly ban?: string | undefined; readonly nhom?: UnitGroup | undefined }
export const directiveSearch = ({ ban, nhom }: Search): DirectiveSearch => ({
  ban: ban && /^[1-9]\d{0,3}$/.test(ban) ? ban : undefined,
  nhom: groupsOfUnits.find(one => one === nhom),
})

/** A new order, or with `sua` a later version of one. */
export type OrderSearch = { readonly sua?: string | undefined }
export const orderSearch = ({ sua }: Search): OrderSearch => ({ sua })

export const directivesAt = (search: DirectivesSearch = {}) => at(`/chien-dich/chi-dao${writeSearch(search)}`)
export const directiveAt = (id: string, search: DirectiveSearch = {}) =>
  at(`/chien-dich/chi-dao/${id}${writeSearch(search)}`)
export const orderAt = (search: OrderSearch = {}) => at(`/chien-dich/chi-dao/moi${writeSearch(search)}`)

/** Where nothing was entered, on which day. */
export type SilentSearch = { readonly ngay?: string | undefined }
export const silentSearch = ({ ngay }: Search): SilentSearch => ({
  ngay: ngay && /^\d{4}-\d{2}-\d{2}$/.test(ngay) ? ngay : undefined,
})
export const silentAt = (search: SilentSearch = {}) => at(`/chien-dich/chua-nhap${writeSearch(search)}`)

/** What a unit still owes on a version, by how far it has come. */
export function groupOf({ step, due }: Pick<Addressee, 'step' | 'due'>): UnitGroup {
  if (due === 'done') return 'done'
  return step === 'unread' ? 'unread' : step === 'read' ? 'to-acknowledge' : 'to-answer'
}

export const asMetric = (text: string): MetricName | undefined => metrics.find(metric => metric === text)
export { metrics }
