import { policy } from '../platform/law.ts'

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
 * minutes was left by a process that was killed: its message is sent once more, under the same Message-ID; one that is
 * interrupted more often is given up, so that a kill makes one double at most, and a message that kills its sender does
 * not do so for ever.
 */
export const tryLimits = { longestSeconds: 120, interruptedAfterMinutes: 5, mostInterruptions: 1 } as const
