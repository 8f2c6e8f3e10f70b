import { createRequire } from 'node:module'
import { Transform, type TransformCallback } from 'node:stream'
import type { Channel, DeliveryReply } from './channel.ts'
import { isOwnMachine } from './own-machine.ts'

const require = createRequire(import.meta.url)
/** Loaded by an installation that has a mail server. */
const nodemailer = () => require('nodemailer') as typeof import('nodemailer')

const seconds = 1000

/**
 * A relay on the machine itself is reached without encryption; any other must offer it, since letters name people.
 * smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465; user and password percent-encoded.
 */
function optionsOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    ...(isOwnMachine(hostname) ? { ignoreTLS: true } : { requireTLS: !secure }),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  }
}

/** A failure from nodemailer; `message` and `response` may contain the address, so only their codes are read. */
type SmtpFailure = {
  readonly code?: string
  readonly command?: string
  readonly responseCode?: number
  readonly response?: string
}

const failures: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'timeout',
  EAUTH: 'sign-in',
  ENOAUTH: 'sign-in',
  ETLS: 'tls',
  EDNS: 'host-unknown',
}

/**
 * Only what a server says of this mailbox or of this text is for good: 5xx to RCPT or DATA, with an enhanced code (RFC
 * 3463) of address, mailbox or content, or none. That it refuses us, our sender or our relaying (5.7.1) is for an
 * operator to mend, and must not end a whole day's letters.
 */
const isPermanent = (responseCode: number, enhanced: string | undefined, command: string | undefined) =>
  responseCode >= 500 &&
  (command === 'RCPT TO' || command === 'DATA') &&
  (enhanced === undefined || /^5\.[126]\./.test(enhanced))

/** `isWhole`: all of the letter had been handed over, so that a server that says nothing may have taken it. */
function deliveryReplyOf({ code = '', command, responseCode, response }: SmtpFailure, isWhole: boolean): DeliveryReply {
  if (!responseCode) return { outcome: isWhole ? 'unknown' : 'deferred', code: failures[code] ?? 'connection' }
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1]
  const smtpCode = [responseCode, enhanced].filter(Boolean).join(' ')
  return { outcome: isPermanent(responseCode, enhanced, command) ? 'refused' : 'deferred', code: smtpCode }
}

/** Hands letters to a mail server. `from` is the house's own address. */
export function smtpChannel(url: string, from: string): Channel {
  const transport = nodemailer().createTransport({
    ...optionsOf(url),
    connectionTimeout: 15 * seconds,
    greetingTimeout: 15 * seconds,
    socketTimeout: 45 * seconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Marks the moment in which the last byte of a letter is handed to the server.
  const wholes = new Set<string>()
  transport.use('stream', (mail, done) => {
    const id = String(mail.data.messageId)
    mail.message.transform(
      () =>
        new Transform({
          // So that the end is reached once the server has let all of it be read, not before.
          readableHighWaterMark: 0,
          transform: (chunk, _encoding, next: TransformCallback) => next(null, chunk),
          flush: (next: TransformCallback) => {
            wholes.add(id)
            next()
          },
        }),
    )
    done()
  })
  const host = from.slice(from.lastIndexOf('@') + 1)
  return {
    name: 'smtp',
    window: 10,
    check: () =>
      transport.verify().then(
        () => 'yes',
        (error: SmtpFailure) => failures[error.code ?? ''] ?? 'connection',
      ),
    async send({ id, to, language, subject, text, at }) {
      const messageId = `<${id}@${host}>`
      wholes.delete(messageId)
      try {
        await transport.sendMail({
          from: { name: '', address: from },
          to: { name: '', address: to },
          subject,
          text,
          date: at,
          messageId,
          // RFC 3834: so that nobody's holiday notice answers it.
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        })
        return { outcome: 'accepted' }
      } catch (error) {
        return deliveryReplyOf(error as SmtpFailure, wholes.has(messageId))
      } finally {
        wholes.delete(messageId)
      }
    },
  }
}
