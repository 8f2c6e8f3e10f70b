import type { Language } from '../../platform/pages/html.ts'
import type { MessageId } from '../message.ts'

/** A message as it goes out: whole, with its link. */
export type ChannelMessage = {
  /** The same at each attempt, so that a receiver knows a second copy. */
  readonly id: MessageId
  /** An e-mail address, or a phone in E.164. */
  readonly to: string
  readonly language: Language
  readonly subject: string
  readonly text: string
  /** When it was queued. */
  readonly at: Date
}

/**
 * What a channel met with. `deferred` may go better later, `refused` never will for this letter. `code` is short and of
 * nobody: a reply code ('451 4.7.1'), or what failed ('connection', 'timeout', 'sign-in', 'tls', 'folder'); never the
 * other side's words, which may name the address.
 */
export type DeliveryReply = { readonly outcome: 'accepted' | 'deferred' | 'refused'; readonly code?: string }

/**
 * A way by which letters go out: the one thing that a further one (an SMS gateway, a chat) has to be. It does not
 * throw.
 */
export type Channel = { readonly name: string; send(letter: ChannelMessage): Promise<DeliveryReply> }
