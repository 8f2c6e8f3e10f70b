import { laneTurns } from './law.ts'
import { type Limit, limitRows } from './limits.ts'
import { requestsAMinuteOf } from './own-rates.ts'

/** The table of limits as people read it: on a terminal, and as the page docs/limits.md. */

/** A rule's value in words, where an installation has one of its own too. */
export type RuleValue = (rule: string) => unknown

const plain = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, one]) => (typeof one === 'object' ? `${name} (${plain(one)})` : `${name} ${one}`))
        .join(', ')
    : String(value)

function howMuch({ measure }: Limit, ruleValue: RuleValue): string {
  if (measure.by === 'turns') {
    const { share, most, ofOne, line } = laneTurns[measure.of]
    return `${share} to ${most} turns, ${ofOne} of one; ${line} wait`
  }
  if (measure.by === 'requests a minute') {
    const ofNetwork = measure.ofNetwork ? `; ${requestsAMinuteOf(measure.ofNetwork)} of a network` : ''
    return `${requestsAMinuteOf(measure.of)} a minute${ofNetwork}`
  }
  if (measure.by === 'requests at once') {
    const parts = [measure.ofOne && `${measure.ofOne} of one`, measure.all && `${measure.all} of all`]
    return `${parts.filter(Boolean).join(', ')} at once`
  }
  if (measure.by === 'line') return `${measure.number} wait`
  if (measure.by === 'rule') return `${measure.rule}: ${plain(ruleValue(measure.rule))}`
  return measure.where
}

const whatIsAnswered = ({ status, code, retry }: Limit) =>
  [`${status}${code ? ` ${code}` : ', the page says it'}`, retry && `after ${retry} s`].filter(Boolean).join(', ')

export type LimitLine = {
  readonly limit: string
  readonly doors: string
  readonly who: string
  readonly much: string
  readonly answer: string
}

/** Every row, in the order of the table. */
export const limitLines = (ruleValue: RuleValue): readonly LimitLine[] =>
  limitRows.map(([limit, row]) => ({
    limit,
    doors: row.doors,
    who: row.who,
    much: howMuch(row, ruleValue),
    answer: whatIsAnswered(row),
  }))

const head = `# Limits
Whoever asks something of the server is counted, and told to come again when it is too much. This is the table that the
program reads (\`src/platform/limits/limits.ts\`); \`npx dinhdanh limits\` prints it with an installation's own rows of
\`law.csv\` and its own requests a minute (setting \`requestsAMinute\`), and \`test/limits.test.ts\` holds this page to
it. Why it is so: [ADR 19](adr/0019-limits-in-one-table.md).

*Turns*: works at the database at once. A lane has the first number for itself and, while others leave some, the second;
within a lane those who are counted take turns, however many requests of one wait. Where a line is full, the last
request of whoever has most waiting is refused. *Rules* are those of the law files, by their ids: tries that cost
nothing (\`free\`), the first wait in seconds, which doubles, and the longest. A *caller* is whoever a session or token
was found to be, and else whoever has signed in from that browser (its cookie \`dinhdanh-counted\`, which the
installation alone can make, and which is the same in all browsers of one officer or citizen).

`

/** The page docs/limits.md. */
export const limitsPage = (ruleValue: RuleValue): string =>
  [
    `${head}| limit | doors | who is counted | how much | answer |`,
    '|---|---|---|---|---|',
    ...limitLines(ruleValue).map(
      ({ limit, doors, who, much, answer }) => `| ${limit} | ${doors} | ${who} | ${much} | ${answer} |`,
    ),
  ].join('\n')
