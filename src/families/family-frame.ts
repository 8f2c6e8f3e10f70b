import type { FastifyReply, FastifyRequest } from 'fastify'
import type * as planning from '../planning/planning.ts'
import type { Day } from '../platform/day.ts'
import { deviceOf } from '../platform/http/cookie-tokens.ts'
import { formToken } from '../platform/http/csrf.ts'
import type { LawRows } from '../platform/law.ts'
import type { Html } from '../platform/pages/html.ts'
import type { OpenWork } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import { familyText } from './words.ts'

/** What the pages of families are drawn with, and the answers that they have alike. They work without script. */

export type FamilyHouse = {
  readonly openWork: OpenWork
  readonly isDemonstration: () => boolean
  readonly today: () => Day
}

export type FamilyFrame = staff.StaffPageFrame & {
  readonly tell: ReturnType<typeof familyText>
  readonly today: Day
  /** What the page’s forms carry. */
  readonly form: string
  readonly size: 'usual' | 'large'
}

export function familyFrame(
  request: FastifyRequest,
  reply: FastifyReply,
  { isDemonstration, today }: Pick<FamilyHouse, 'isDemonstration' | 'today'>,
  { here = request.url, size = 'usual' as FamilyFrame['size'] } = {},
): FamilyFrame {
  const frame = staff.frameOf(request, isDemonstration())
  return {
    ...frame,
    here,
    tell: familyText(frame.language),
    today: today(),
    form: formToken(deviceOf(request, reply)),
    size,
  }
}

/** The frame in which planning draws the hours of somebody of the family. */
export const bookingFrame = (frame: FamilyFrame, lawRows: LawRows | undefined): planning.BookingFrame => ({
  language: frame.language,
  you: 'ông/bà',
  form: frame.form,
  today: frame.today,
  law: { lawRows },
})

export const framed = (frame: FamilyFrame, title: string, body: Html, above?: Html): string =>
  staff.framedPage(frame, title, body, {
    foot: frame.tell('foot'),
    sheet: `family${frame.size === 'large' ? ' large' : ''}`,
    style: '/assets/family.css',
    ...(above && { above }),
  })

export const fill = (text: string, facts: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
