import { parsePhone } from '../names/numbers/phone.ts'
import { staffProblem } from './problems.ts'

/** Where an officer is reached: their own phone, in E.164, and their own e-mail address. */
export type Contact = { readonly phone?: string | undefined; readonly email?: string | undefined }

/** One mailbox and one host with a dot, in plain letters: nothing that could carry a second address. */
const isEmail = (text: string) => text.length <= 254 && /^[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(text)

/** Reads what was typed; what is empty is none. Throws contact-malformed. */
export function readContact({ phone: typed, email }: Contact): Contact {
  const phone = typed?.trim() ? parsePhone(typed) : undefined
  if (phone && phone.kind !== 'mobile') throw staffProblem('contact-malformed', { wrong: 'phone' })
  const address = email?.trim()
  if (address && !isEmail(address)) throw staffProblem('contact-malformed', { wrong: 'email' })
  return { ...(phone && { phone: phone.e164 }), ...(address && { email: address.toLowerCase() }) }
}

/** For screens of who does not decide on it: enough for its owner to know it by. */
export const maskedContact = ({ phone, email }: Contact): Contact => ({
  ...(phone && { phone: `•••${phone.slice(-3)}` }),
  ...(email && { email: `${email.slice(0, 1)}•••${email.slice(email.lastIndexOf('@'))}` }),
})

/** As it is stored, with null for none. */
export const contactIn = ({ phone, email }: { phone: string | null; email: string | null }): Contact => ({
  ...(phone !== null && { phone }),
  ...(email !== null && { email }),
})
