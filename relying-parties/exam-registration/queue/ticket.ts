import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A place in the queue of an exam. It is signed and lies with the browser, so it outlives a reload, another tab, and
 * the server. `letInAt` is when its holder may enter, by the pace at which people are let in, as reckoned when it was
 * given out.
 */
export type Ticket = {
  readonly id: string
  readonly examId: string
  readonly place: number
  readonly issuedAt: number
  readonly letInAt: number
}

export type TicketSigner = {
  sign(ticket: Ticket): string
  read(text: string | undefined, examId: string): Ticket | undefined
}

export const newTicketId = () => randomBytes(12).toString('base64url')

/**
 * Signs and reads tickets with the site's own key (HMAC-SHA-256). A ticket that was changed, is another exam's or
 * another site's, is none.
 */
export function ticketSigner(key: Buffer): TicketSigner {
  const mac = (body: string) => createHmac('sha256', key).update(`ticket ${body}`).digest()
  return {
    sign({ id, examId, place, issuedAt, letInAt }) {
      const body = [examId, id, place, issuedAt, letInAt].join('.')
      return `${body}.${mac(body).toString('base64url')}`
    },
    read(text, examId) {
      const found = /^(([a-z0-9-]+)\.([\w-]{16})\.(\d{1,9})\.(\d{1,15})\.(\d{1,15}))\.([\w-]{43})$/.exec(text ?? '')
      if (!found) return undefined
      const [, body = '', exam, id = '', place, issuedAt, letInAt, signed = ''] = found
      if (exam !== examId) return undefined
      const given = Buffer.from(signed, 'base64url')
      const own = mac(body)
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined
      return { id, examId, place: Number(place), issuedAt: Number(issuedAt), letInAt: Number(letInAt) }
    },
  }
}
