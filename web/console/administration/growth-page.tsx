import { readGrowth } from '../../../src/operations/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText, shareText, tenthsText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { AdministrationNav } from './administration-nav.tsx'

type Growth = NonNullable<Answer<typeof readGrowth>['growth']>

/** What the largest tables hold, in the officials' words; of others the name alone stands. */
const heldBy = {
  'audit.access': 'growth-readings',
  'audit.reading_entry': 'growth-reading-entries',
  'audit.deed': 'growth-deeds',
  'outreach.message': 'growth-messages',
  'outreach.attempt': 'growth-messages',
  'register.person': 'growth-register',
  'register.history': 'growth-register',
  'register.residence': 'growth-register',
  'register.name_word': 'growth-register',
  'register.link_record': 'growth-register',
  'enrolment.packet_body': 'growth-packets',
  'rolls.row': 'growth-rolls',
  'rolls.ledger_event': 'growth-rolls',
  'signin.artifact': 'growth-sign-in',
  'signin.session': 'growth-sign-in',
  'signin.visit': 'growth-sign-in',
  'register.kinship': 'growth-register',
  'register.person_scope': 'growth-register',
  'cards.card': 'growth-cards',
  'accounts.account': 'growth-accounts',
  'campaign.kept_need': 'growth-needs',
  'campaign.former_member': 'growth-needs',
  'campaign.member': 'growth-needs',
  'statistics.milestone': 'growth-figures',
  'statistics.former_milestone': 'growth-figures',
} as const satisfies Readonly<Record<string, string>>

const isNamed = (table: string): table is keyof typeof heldBy => Object.hasOwn(heldBy, table)

/** In what an administrator compares with a disk: GB, MB, or kB of little. A number keeps its unit on its line. */
function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${tenthsText(bytes / 1e9)}\u00a0GB`
  if (bytes >= 1e7) return `${numberText(Math.round(bytes / 1e6))}\u00a0MB`
  if (bytes >= 1e6) return `${tenthsText(bytes / 1e6)}\u00a0MB`
  return `${numberText(Math.round(bytes / 1e3))}\u00a0kB`
}

/** Days beyond which nobody plans for a disk, and a rate of four weeks says nothing. */
const tenYears = 3650

/** How large the installation is, what grows in it, and until when its disk lasts. */
export function GrowthPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(readGrowth, {})
  const growth = data?.growth
  return (
    <Page
      title={say('growth-title')}
      standing={<p>{unit}</p>}
      strip={[unit, growth ? say('growth-measured', { day: dayText(growth.day) }) : say('growth')]}
      margin={<AdministrationNav current="growth" />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('growth-reading')} />}
      {data && !growth && <State so={say('growth-none')} todo={say('growth-none-todo')} />}
      {growth && <DiskPart growth={growth} />}
      {growth && <TablesPart growth={growth} />}
    </Page>
  )
}

function DiskPart({ growth }: { growth: Growth }) {
  const say = useSay()
  const { since, databaseBytes, databaseBytesADay, freeBytes, sizeBytes, hasDatabase, daysLeft } = growth
  const lasts =
    daysLeft === null
      ? say(since === null ? 'growth-too-early' : 'growth-does-not-fill')
      : daysLeft > tenYears
        ? say('growth-ten-years')
        : say('growth-days-left', { n: numberText(daysLeft) })
  const facts = [
    [
      say('growth-free'),
      say('growth-of', {
        free: sizeText(freeBytes),
        size: sizeText(sizeBytes),
        share: shareText(freeBytes, sizeBytes),
      }),
    ],
    [say('growth-database'), sizeText(databaseBytes)],
    ...(databaseBytesADay === null ? [] : ([[say('growth-a-day'), sizeText(Math.max(0, databaseBytesADay))]] as const)),
    ...(since === null ? [] : ([[say('growth-since'), say('growth-weeks', { day: dayText(since) })]] as const)),
  ]
  return (
    <section className="part">
      <h2>{lasts}</h2>
      <dl className="particulars party-facts">
        {facts.map(([said, value]) => (
          <div key={said}>
            <dt>{said}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!hasDatabase && <p>{say('growth-elsewhere')}</p>}
    </section>
  )
}

function TablesPart({ growth: { tables } }: { growth: Growth }) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('growth-tables')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('growth-table')}</th>
            <th scope="col" className="end">
              {say('growth-size')}
            </th>
            <th scope="col" className="end">
              {say('growth-a-day')}
            </th>
            <th scope="col" className="end">
              {say('growth-rows')}
            </th>
            <th scope="col" className="end">
              {say('growth-rows-a-day')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ name, bytes, rows, bytesADay, rowsADay }) => (
            <tr key={name}>
              <th scope="row">
                {isNamed(name) && <div>{say(heldBy[name])}</div>}
                <code>{name}</code>
              </th>
              <td className="end">{sizeText(bytes)}</td>
              <td className="end">{bytesADay === null ? '' : sizeText(Math.max(0, bytesADay))}</td>
              <td className="end">{numberText(rows)}</td>
              <td className="end">{rowsADay === null ? '' : numberText(Math.max(0, Math.round(rowsADay)))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
