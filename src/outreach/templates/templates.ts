import { accountTemplates } from './said/accounts.ts'
import { applicationTemplates } from './said/applications.ts'
import { appointmentTemplates } from './said/appointments.ts'
import { cardTemplates } from './said/cards.ts'
import { officerTemplates } from './said/officers.ts'
import { recordTemplates } from './said/records.ts'
import { sessionTemplates } from './said/sessions.ts'

/**
 * What is said to people, by subject in `said/`. In: facts of a template. Out: its words. Deeds: none.
 *
 * Every message that the installation sends by itself. It states facts (domain.md 8.14): what is so, who acts, by when,
 * where to look; law.ts lists what is never in it. Stored messages and counts refer to a template by name, so names are
 * never changed.
 */
export const templates = {
  ...applicationTemplates,
  ...cardTemplates,
  ...accountTemplates,
  ...officerTemplates,
  ...recordTemplates,
  ...sessionTemplates,
  ...appointmentTemplates,
} as const

export type TemplateName = keyof typeof templates

export type { MessageTraits, Wording } from './said/template.ts'
