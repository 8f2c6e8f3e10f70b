import type { FastifyRequest } from 'fastify'
import { hostOf } from '../platform/pages/host.ts'
import { type Html, type Language, languageOf } from '../platform/pages/html.ts'
import * as staff from '../staff/staff.ts'
import { type SignInText, signInText } from './words.ts'

/** The frame of a sign-in page. */
export type SignInFrame = {
  readonly language: Language
  readonly text: SignInText
  readonly demonstration: boolean
  readonly address: string
  readonly here: string
}

/** `ui_locales` of a relying party counts if the person has chosen no language (OpenID Connect Core 3.1.2.1). */
export function languageFor(headers: FastifyRequest['headers'], wanted?: unknown): Language {
  const chosen = /(?:^|;\s*)language=(vi|en)\b/.test(headers.cookie ?? '')
  const first = typeof wanted === 'string' ? wanted.split(' ').find(tag => /^(vi|en)\b/i.test(tag)) : undefined
  return !chosen && first ? (first.toLowerCase().startsWith('en') ? 'en' : 'vi') : languageOf(headers)
}

export const signInFrameOf = (
  { headers, url, server }: Pick<FastifyRequest, 'headers' | 'url'> & { readonly server: { readonly origin: string } },
  { demonstration, wanted }: { demonstration: boolean; wanted?: unknown },
): SignInFrame => {
  const language = languageFor(headers, wanted)
  return { language, text: signInText(language), demonstration, address: hostOf({ server }), here: url }
}

/** A page with the requesting party above its title, and at the foot what nobody ever asks a person for. */
export const framedPage = (
  frame: SignInFrame,
  title: string,
  body: Html,
  { above }: { above?: Html | false | undefined } = {},
): string => staff.framedPage(frame, title, body, { above, foot: frame.text('nobody-asks') })
