import * as campaign from '../../campaign/campaign.ts'
import * as outreach from '../../outreach/outreach.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { visitCode } from '../visit-code.ts'
import type { Booking } from './booking.ts'
import { getPlace } from './offers.ts'
import { ticketText } from './slot.ts'
import * as store from './store.ts'
import { sayOfAppointments } from './words.ts'

/**
 * What a person is told of an appointment, once each: by the phone of their family, as invitations are, else by
 * another way while the hour is still to come. No text has a
 * link. Whoever has no phone is called or visited by the unit, which has them on its list.
 */

type Notice = 'appointment-booked' | 'appointment-moved' | 'appointment-cancelled' | 'appointment-reminder'

async function recipientOf(work: Work, { personId }: Booking) {
  const [person] = await register.listSummaries(work, [personId])
  const ways = person && (await campaign.findFamilyWays(work, person.id))
  return person && ways ? { person: person.fullName, ways } : undefined
}

const aboutOf = ({ id, personId, unitId }: Booking) => ({ kind: 'booking', id, personId, unitId })
const both = (text: string) => ({ vi: text, en: text })

const declinesReminders = async (work: Work, { personId }: Booking): Promise<boolean> =>
  (await outreach.peopleWithoutReminders(work, [personId])).includes(personId)

/**
 * Tells a person of their hour; a second time under the same key sends nothing. An hour whose session goes to another
 * place is told once for each version of the session.
 */
export async function notifyOf(work: Work, template: Notice, booking: Booking, ofVersion?: number): Promise<void> {
  if (template === 'appointment-reminder' && (await declinesReminders(work, booking))) return
  const recipient = await recipientOf(work, booking)
  if (!recipient) return
  const { name } = await getPlace(work, booking)
  const content = {
    template,
    facts: {
      person: recipient.person,
      ticket: both(ticketText(booking.service, booking.number)),
      at: both(booking.startsAt),
      on: booking.day,
      site: name,
      ...(template !== 'appointment-cancelled' && { code: both(visitCode(booking.id)) }),
    },
  } as outreach.TemplateMessage
  await outreach.sendMessage(work, {
    ...content,
    language: 'vi',
    ...recipient.ways,
    usefulUntil: booking.day,
    about: aboutOf(booking),
    key: [template, booking.id, ...(ofVersion === undefined ? [] : [ofVersion])].join(':'),
  })
}

/**
 * Tells a person that the place is closed then, and which hour they have instead, or that they choose one; false where
 * their family has no phone.
 */
export async function notifyOfClosing(work: Work, before: Booking, next: Booking | undefined): Promise<boolean> {
  if (before.place === 'session' && (await store.toldOfSession(work, before))) return true
  const recipient = await recipientOf(work, before)
  if (!recipient) return false
  const { name } = await getPlace(work, before)
  const text = (language: 'vi' | 'en') => {
    const say = sayOfAppointments(language)
    if (!next) return say('choose-again')
    return say('next-hour', {
      time: next.startsAt,
      day: dayIn(next.day, language),
      ticket: ticketText(next.service, next.number),
    })
  }
  await outreach.sendMessage(work, {
    template: 'appointment-place-closed',
    facts: { person: recipient.person, on: before.day, site: name, next: { vi: text('vi'), en: text('en') } },
    language: 'vi',
    ...recipient.ways,
    usefulUntil: next?.day,
    about: aboutOf(before),
    key: `appointment-place-closed:${before.id}`,
  })
  return true
}
