/** What of the package smpp 0.5.1 this house uses; it has no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'

  /** A protocol data unit: a command with its fields, and whatever optional parameters came with it. */
  export type Pdu = {
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    response(fields?: Readonly<Record<string, unknown>>): Pdu
    readonly [field: string]: unknown
  }
  export type Session = EventEmitter & {
    readonly socket: Socket
    /** False where the socket takes nothing any more; the answer is then never given. */
    submit_sm(fields: Readonly<Record<string, unknown>>, answered: (answer: Pdu) => void): boolean
    bind_transceiver(fields: Readonly<Record<string, unknown>>, answered: (answer: Pdu) => void): boolean
    enquire_link(fields: Readonly<Record<string, unknown>>, answered: (answer: Pdu) => void): boolean
    unbind(fields: Readonly<Record<string, unknown>>, answered: (answer: Pdu) => void): boolean
    send(pdu: Pdu, answered?: undefined, written?: () => void): boolean
    destroy(): void
  }
  export function connect(options: Readonly<Record<string, unknown>>): Session
}
