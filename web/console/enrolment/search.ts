import {
  type ApplicationQueue,
  applicationQueues,
  type listApplications,
  type showApplication,
} from '../../../src/enrolment/adjudication/contract.ts'
import type { listGaps } from '../../../src/enrolment/gaps/contract.ts'
import { type GapKind, gapKinds } from '../../../src/enrolment/gaps/gap.ts'
import {
  type listQuarantined,
  type QuarantineState,
  quarantineStates,
} from '../../../src/enrolment/packets/contract-quarantine.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Row = Answer<typeof listApplications>['applications'][number]
export type Application = Answer<typeof showApplication>
export type Packet = Answer<typeof listQuarantined>['packets'][number]
export type Gap = Answer<typeof listGaps>['gaps'][number]

/** Which applications are gone through, as the address holds it: queue, unit, session. */
export type QueueSearch = {
  readonly hang?: string | undefined
  readonly donvi?: string | undefined
  readonly buoi?: string | undefined
}
export const queueSearch = ({ hang, donvi, buoi }: Search): QueueSearch => ({ hang, donvi, buoi })

export const queueOf = ({ hang }: QueueSearch): ApplicationQueue | undefined =>
  applicationQueues.find(one => one === hang)
export const applicationsAt = (search: QueueSearch = {}) => at(`/thu-nhan${writeSearch(search)}`)
export const applicationAt = (id: string, search: QueueSearch = {}) => at(`/thu-nhan/${id}${writeSearch(search)}`)

/** In which list one looks, and which packet is open: it is named by its station and hash. */
export type PacketSearch = {
  readonly xem?: string | undefined
  readonly tram?: string | undefined
  readonly goi?: string | undefined
}
export const packetSearch = ({ xem, tram, goi }: Search): PacketSearch => ({ xem, tram, goi })
const packetLists: Readonly<Record<QuarantineState, string | undefined>> = {
  held: undefined,
  refused: 'khong-nhan',
  'set-aside': 'de-rieng',
  'turned-away': 'tu-choi',
}
export const packetListOf = ({ xem }: PacketSearch): QuarantineState =>
  quarantineStates.find(state => packetLists[state] === xem) ?? 'held'
export const packetListAt = (state: QuarantineState, { tram, goi }: PacketSearch = {}) =>
  packetsAt({ xem: packetLists[state], tram, goi })
export const packetsAt = (search: PacketSearch = {}) => at(`/thu-nhan/goi${writeSearch(search)}`)

/** One kind of what is stuck, or only what is overdue. */
export type GapSearch = { readonly loai?: string | undefined; readonly han?: string | undefined }
export const gapSearch = ({ loai, han }: Search): GapSearch => ({ loai, han })
export const gapKindOf = ({ loai }: GapSearch): GapKind | undefined => gapKinds.find(one => one === loai)
export const gapsAt = (search: GapSearch = {}) => at(`/thu-nhan/khoang-trong${writeSearch(search)}`)

export const stationsAt = () => at('/thu-nhan/tram')
