import { beginOf, type Day, dayAfter, dayAt } from '../platform/day.ts'
import { type Asking, policy, ruleOn } from '../platform/law.ts'

/**
 * What no message of this house says (domain.md 8.14, 8.15): a threat, a link other than to the house's own
 * pages, a request for a one-time code or a password. People who call themselves police say just these. Registration is
 * nobody's duty under penalty (C06, May 2023).
 */
export const breaches = ['link', 'one-time-code', 'threat'] as const
export type Breach = (typeof breaches)[number]

/**
 * Ends of names that phones and mail programs make into links by themselves, and those that scams are known by. Small
 * letters: after the dot of an abbreviated place (P.Ga, X.Me) stands a capital.
 */
const domainEnds =
  'vn|com|net|org|edu|gov|info|biz|asia|io|me|cc|ly|gl|app|link|xyz|top|site|online|shop|club|vip|live|icu|work' +
  '|tk|ml|ga|cf|gq|cn|ru|VN|COM|NET|ORG'

const signs: Readonly<Record<Breach, readonly RegExp[]>> = {
  link: [
    /[a-zA-Z][0-9+.-]*:\/\//u,
    /(?<!\p{L})[wW]{3}\./u,
    new RegExp(String.raw`[\p{L}\p{N}-]\.(?:${domainEnds})(?![\p{L}\p{N}])`, 'u'),
    /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)/u,
  ],
  'one-time-code': [
    new RegExp(
      String.raw`(?<!\p{L})(?:otp|mã xác thực|mã xác nhận|mã một lần|mã bí mật|mật khẩu` +
        '|ma xac (?:thuc|nhan)|mat khau|one-time|verification code|security code|pass ?code' +
        String.raw`|pin code|password)(?!\p{L})`,
      'iu',
    ),
  ],
  threat: [
    new RegExp(
      String.raw`(?<!\p{L})(?:sẽ bị|bị phạt|phạt tiền|xử phạt|cưỡng chế|truy cứu|nếu không thì|se bi` +
        '|bi phat|phat tien|xu phat|cuong che|truy cuu|will be (?:fined|punished|prosecuted' +
        String.raw`|locked|penali[sz]ed|arrested)|penalty|legal action|or else)(?!\p{L})`,
      'iu',
    ),
    /(?<!\p{L})prosecut/iu,
  ],
}

/** What of this a text does. */
export function breachesOf(text: string): Breach[] {
  const composed = text.normalize('NFC')
  return breaches.filter(breach => signs[breach].some(sign => sign.test(composed)))
}

/**
 * Minutes to wait after each failed try: some 40 hours in all, so that a server that is down for a day and a night is
 * outlived. After the last the message is given up.
 */
export const retryPauses = policy<readonly number[]>(
  'outreach.retry-pauses-minutes',
  [1, 5, 15, 60, 180, 360, 720, 1440],
)

/** Segments in which a text to a phone is sent at most. */
export const mostSegments = 3

/**
 * A try to send a message takes no longer than so many seconds, whatever a channel does. An attempt that stands so many
 * minutes was left by a process that was killed: nobody knows whether its message went out, so it is `unknown`.
 */
export const tryLimits = { longestSeconds: 120, interruptedAfterMinutes: 5 } as const

/**
 * Hours of the day, in minutes, in which what rings goes out, but for what its recipient waits for. NĐ91/2020 Art. 13
 * has 7 to 22 o'clock for advertising alone, which these messages are not; the house keeps its own, shorter hours.
 */
export const quietHours = policy('outreach.quiet-hours', { fromMinute: 7 * 60, untilMinute: 20 * 60 })

/** When what rings may go out next, by the installation's hours or by some others; undefined for at once. */
export function quietUntil(
  work: { readonly now: Date; readonly today: Day } & Asking,
  hours = ruleOn(quietHours, work.today, work),
): Date | undefined {
  const { fromMinute, untilMinute } = hours
  // Instants are real, also where the day is a rehearsal's.
  const day = dayAt(work.now)
  const minuteOf = (on: Day, minute: number) => new Date(beginOf(on).getTime() + minute * 60_000)
  if (work.now < minuteOf(day, fromMinute)) return minuteOf(day, fromMinute)
  return work.now >= minuteOf(day, untilMinute) ? minuteOf(dayAfter(day), fromMinute) : undefined
}

/** Hours in which a gateway is expected to say what became of a message; after them its state is unknown. */
export const receiptHours = policy('outreach.receipt-hours', 72)

/**
 * A gateway that says nothing by itself is asked first so many minutes after it took a text, then each time when a
 * quarter of the time since has gone by again; so many texts a minute at most, and none whose receipt is awaited no
 * more.
 */
export const receiptAsking = { firstAfterMinutes: 2, mostAMinute: 60, atOnce: 5, longestSeconds: 20 } as const

/** Working days in which a ward finds another way to a family whose message did not arrive, or may not have. */
export const followUpDays = policy('outreach.follow-up-working-days', 5)

/** Days from the day on which a letter waits for paper to the one on which it is read: a ward prints and sends it. */
export const letterDays = policy('outreach.letter-days', 7)

/** Days for which a phone or a mailbox that received nothing gives way to another; after them it is tried again. */
export const bouncedDays = policy('outreach.bounced-days', 180)

/** Working days in which a ward finds the right phone of a family that was reached another way; nobody waits for it. */
export const wrongPhoneDays = policy('outreach.wrong-phone-working-days', 30)

/** Days for which a receipt whose message nobody knows is kept. */
export const strayReceiptDays = 7

/**
 * Words by which a phone refuses reminders and invitations; without marks, in capitals. What advertising must offer
 * (NĐ91/2020 Art. 13, 15 and 16: stop at once when asked) the house offers for what it may leave out: a notice of a
 * procedure that a person began, or a code, is owed and cannot be refused. That the decree binds senders of advertising
 * alone (Art. 3: but news and social policies) was read in reports of 2020 on 2026-11-30, not in its text: medium
 * confidence. Art. 16 has the words by which advertising is refused stand at its end, clear, with how it is done: so do
 * the house's reminders (templates/refusal-line.ts; lawnet.vn's summary, read 2026-11-30).
 */
export const optOutWords = {
  /** Alone, or first of a text. */
  first: ['TC', 'TU CHOI', 'TUCHOI', 'STOP'],
  /** Where the text is nothing else: who writes HUY LICH HEN wants another hour, and still their reminders. */
  alone: ['HUY'],
} as const satisfies Record<string, readonly string[]>
