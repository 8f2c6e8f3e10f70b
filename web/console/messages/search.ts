import { type MessageState, messageStates } from '../../../src/outreach/message.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

/** Addresses of the pages of messages; what stands in them names nobody. */

export type MessageSearch = { readonly trangthai?: MessageState | undefined; readonly sau?: string | undefined }
export const messageSearch = ({ trangthai, sau }: Search): MessageSearch => ({
  trangthai: messageStates.find(one => one === trangthai),
  sau,
})
export const messagesAt = (search: MessageSearch = {}) => `${at('/chien-dich/tin')}${writeSearch(search)}`
export const messageAt = (id: string) => at(`/chien-dich/tin/${id}`)
export const lettersPath = at('/chien-dich/tin/in')
