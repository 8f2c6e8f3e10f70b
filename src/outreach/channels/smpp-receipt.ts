import type { Pdu } from 'smpp'
import { type GatewayReceipt, type InboundText, isGatewayId } from './channel.ts'

/** What a deliver_sm says: what became of a part (SMPP 3.4, 5.2.12 and Appendix B), or what a phone wrote. */

/** Final states, by their number in an optional parameter (5.2.28) and by their word in a text. */
const states: Readonly<Record<string, GatewayReceipt['receipt']>> = {
  '2': 'delivered',
  '3': 'failed',
  '4': 'failed',
  '5': 'failed',
  '8': 'failed',
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
}

/** Bits 5 to 2 of esm_class: a receipt of the centre, or word that it is still under way. */
const isReceipt = (esmClass: number) => (esmClass & 0x3c) === 0x04
const isNotice = (esmClass: number) => (esmClass & 0x3c) !== 0

/** A text of the package: a string, or an object around one where the letters were known. */
function pduText(pdu: Pdu): string {
  for (const field of [pdu['short_message'], pdu['message_payload']]) {
    const inner: unknown = typeof field === 'object' && field !== null && 'message' in field ? field.message : field
    const text = Buffer.isBuffer(inner) ? inner.toString('latin1') : typeof inner === 'string' ? inner : ''
    if (text !== '') return text
  }
  return ''
}

/** Phones are written 84…, +84… or 0…. */
const phoneOf = (address: unknown): string | undefined => {
  const digits = String(address ?? '').replace(/^\+/, '')
  if (/^84\d{8,10}$/.test(digits)) return `+${digits}`
  return /^0\d{8,10}$/.test(digits) ? `+84${digits.slice(1)}` : undefined
}

/** The words of a receipt in a text, by their names. */
const words = {
  id: /(?:^|\s)id:(\S{1,100})/i,
  stat: /(?:^|\s)stat:(\S{1,100})/i,
  err: /(?:^|\s)err:(\S{1,100})/i,
} as const
const wordIn = (text: string, name: keyof typeof words) => words[name].exec(text)?.[1]

/** A receipt that is final; undefined of one that says that the message is under way, or says nothing. */
export function receiptOf(pdu: Pdu): GatewayReceipt | undefined {
  if (!isReceipt(Number(pdu['esm_class'] ?? 0))) return undefined
  const text = pduText(pdu)
  const gatewayId = String(pdu['receipted_message_id'] ?? wordIn(text, 'id') ?? '').trim()
  const state = String(pdu['message_state'] ?? wordIn(text, 'stat') ?? '').toUpperCase()
  const receipt = states[state]
  if (!isGatewayId(gatewayId) || !receipt) return undefined
  const error = wordIn(text, 'err')
  const address = phoneOf(pdu['source_addr'])
  const code = [state, error].filter(Boolean).join(' ')
  return {
    gatewayId,
    receipt,
    ...(receipt === 'failed' && { code: code.replace(/[^A-Za-z0-9 -]/g, '').slice(0, 40) || 'failed' }),
    ...(address && { address }),
  }
}

/** What a phone wrote; undefined of anything else. */
export function inboundOf(pdu: Pdu): InboundText | undefined {
  if (isNotice(Number(pdu['esm_class'] ?? 0))) return undefined
  const from = phoneOf(pdu['source_addr'])
  return from ? { from, text: pduText(pdu).slice(0, 1000) } : undefined
}
