import type { Language } from '../../platform/pages/html.ts'
import type { MessageId } from '../message.ts'

/** A message as it goes out: whole, with its link where it has one. */
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
  /** Its template and facts, for a channel that fills a form of its own. */
  readonly template: string
  readonly facts: Readonly<Record<string, string>>
}

/**
 * What a channel met with. `deferred`: certainly not taken, and may go better later; `refused`: certainly not taken,
 * and never will be; `unknown`: handed over, and nobody said whether it was taken. `code` is short and of nobody: a
 * reply code ('451 4.7.1'), or what failed ('connection', 'timeout', 'sign-in', 'tls', 'folder'); never the other
 * side's words, which may name the address.
 */
export type DeliveryReply = {
  readonly outcome: 'accepted' | 'deferred' | 'refused' | 'unknown'
  readonly code?: string
  /** What the gateway calls each part; where there is one, it says later what became of it. */
  readonly gatewayIds?: readonly string[]
  /** The gateway asked for a pause; the try does not count. */
  readonly pauseSeconds?: number
}

/** What a gateway said later of a part, by its own name for it, or of a message by ours. */
export type GatewayReceipt = {
  readonly gatewayId: string
  readonly messageId?: string
  readonly receipt: 'delivered' | 'failed'
  readonly code?: string
  /** The phone that it names, in E.164. */
  readonly address?: string
}

/** A request by which a gateway says what became of texts. */
export type ReceiptRequest = {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** Somebody began or ended to follow the account of a channel, or gave it their phone. */
export type FollowChange = {
  /** SHA-256 of what the channel calls them. */
  readonly follower: Buffer
  readonly follows?: boolean
  /** As they gave it. */
  readonly givenPhone?: string
  readonly at: Date
}

/** A text that a phone sent to us. */
export type InboundText = { readonly from: string; readonly text: string }

/** Who keeps what gateways say; each promise is kept once it is written down, so that a gateway is answered then. */
export type ChannelListener = {
  readonly receipts: (channel: string, receipts: readonly GatewayReceipt[]) => Promise<void>
  readonly inbound: (text: InboundText) => Promise<void>
}

/** In how many parts a text goes out, and what that costs, in đồng. */
export type Fare = { readonly parts: number; readonly price: number }

/**
 * A way by which letters go out: the one thing that a further one has to be. `send` does not throw.
 */
export type Channel = {
  readonly name: string
  /** Whether it rings: then it rests in quiet hours. */
  readonly rings?: boolean
  /** The number to which a phone writes that it refuses reminders, where the channel hears that. */
  readonly refuseTo?: string
  /** How many may be on their way at once. */
  readonly window?: number
  readonly fareOf?: (message: ChannelMessage) => Fare
  send(letter: ChannelMessage): Promise<DeliveryReply>
  /** Begins to listen for receipts, where the gateway keeps a line open. */
  readonly listen?: (listener: ChannelListener) => void
  /** Reads receipts that come by HTTP; undefined where the request is not the gateway's. */
  readonly readReceipts?: (request: ReceiptRequest) => GatewayReceipt[] | undefined
  /** Reads of such a request who follows the channel's account. */
  readonly readFollows?: (request: ReceiptRequest) => FollowChange[]
  /** Asks what became of a part, where the gateway does not say so by itself; undefined where it does not know yet. */
  readonly askReceipt?: (gatewayId: string) => Promise<GatewayReceipt | undefined>
  /** Whether the other side answers: 'yes', or a code of what failed. */
  readonly check?: () => Promise<string>
  readonly close?: () => Promise<void>
}

/** Whether a text can be the name that a gateway gave: signs without spaces, which a database takes. */
export const isGatewayId = (text: string | undefined): text is string => /^[\x21-\x7e]{1,200}$/.test(text ?? '')
