import { directiveDuties } from '../../../../src/campaign/directives/contract.ts'
import { countBreaches } from '../../../../src/data-protection/breaches/contract.ts'
import { countDataRequests } from '../../../../src/data-protection/requests/contract.ts'
import { exchangeCounts } from '../../../../src/exchange/contract.ts'
import { inspectionOverview, myQuestions } from '../../../../src/inspection/contract.ts'
import { partyCounts } from '../../../../src/parties/contract.ts'
import { countExpected } from '../../../../src/planning/appointments/contract.ts'
import { countProposals } from '../../../../src/staff/proposals/contract.ts'
import { figureFunnel, quickStatistics } from '../../../../src/statistics/contract.ts'
import { instantText } from '../../../parts/formats.ts'
import { appointmentsAt } from '../../appointments/search.ts'
import { at } from '../../base/navigation.ts'
import { peopleAt } from '../../campaign/search.ts'
import { breachesPath, requestsAt } from '../../data-protection/search.ts'
import { inspectionAt } from '../../inspection/inspection.ts'
import { reportsAt } from '../../reports/search.ts'
import { may, type QueueAsking, queue } from './queue.ts'

/** Units of which the row can name some. */
const named = 3

/** Steps of the campaign at which people stop, unless a queue of the officer has them already. */
const stops = [
  { step: 'card-handed-over', what: 'due-hand-over', unless: 'cards.hand-over' },
  { step: 'account-activated', what: 'due-activate', unless: 'accounts.phone' },
] as const

const ofCampaign = ({ campaign }: QueueAsking) => campaign && { params: { id: campaign.id }, query: {} }

/** Who is asked something, by whom: auditors, people, the province, the centre, parties, other officers. */
export const otherQueues = [
  queue({
    name: 'inspection-questions',
    lists: ['/inspection/questions'],
    when: () => true,
    door: myQuestions,
    read({ questions }, { say }) {
      const waiting = questions.filter(({ answer }) => !answer)
      return [
        {
          key: 'inspection-questions',
          count: waiting.length,
          overdue: waiting.filter(({ due }) => due === 'overdue').length,
          nextOn: waiting[0]?.dueOn,
          what: say('due-inspection'),
          about: say('due-inspection-about'),
          to: at('/hom-nay/cau-hoi'),
          deed: say('due-inspection-do'),
        },
      ]
    },
  }),
  queue({
    name: 'inspection-patterns',
    lists: ['/inspection/patterns?state=open'],
    when: may('audit.ask'),
    door: inspectionOverview,
    asked: () => ({ query: {} }),
    read: ({ rules }, { say }) => [
      {
        key: 'inspection-patterns',
        count: rules.reduce((sum, { patterns }) => sum + patterns, 0),
        what: say('due-patterns'),
        about: say('due-patterns-about'),
        to: inspectionAt(),
        deed: say('due-patterns-do'),
      },
    ],
  }),
  queue({
    name: 'data-requests',
    lists: ['/data-requests?which=open'],
    when: may('protection.answer'),
    door: countDataRequests,
    read: ({ open, overdue, toAcknowledge, nextOn }, { say }) => [
      {
        key: 'data-requests',
        count: open,
        overdue,
        nextOn,
        what: say('due-data-requests'),
        about: toAcknowledge > 0 ? say('due-data-requests-about', { n: toAcknowledge }) : '',
        to: requestsAt(),
        deed: say('due-data-requests-do'),
      },
    ],
  }),
  queue({
    name: 'breaches',
    lists: ['/breaches'],
    when: may('protection.breaches'),
    door: countBreaches,
    read: ({ count, overdue, nextBy }, { say }) => [
      {
        key: 'breaches',
        count,
        overdue,
        when: 'today',
        what: say('due-breaches'),
        about: nextBy ? say('due-breaches-about', instantText(nextBy)) : '',
        to: breachesPath,
        deed: say('due-breaches-do'),
      },
    ],
  }),
  queue({
    name: 'directives',
    lists: ['/directives?box=to-me'],
    when: may('directives.answer'),
    door: directiveDuties,
    read: ({ mine: { toAcknowledge, toAnswer, unread, overdue, nextOn } }, { say }) => [
      {
        key: 'directives',
        count: toAcknowledge + toAnswer,
        overdue,
        nextOn,
        what: say('due-directives'),
        about: say('due-directives-about', { n: unread, answers: toAnswer }),
        to: at('/chien-dich/chi-dao'),
        deed: say('due-directives-do'),
      },
    ],
  }),
  queue({
    name: 'silent-units',
    lists: ['/units-not-reported'],
    when: may('campaign.figures'),
    door: quickStatistics,
    asked: ofCampaign,
    read({ below }, { say, campaign }) {
      const silent = below.filter(row => row.silent).map(({ unit }) => unit.name)
      const more = silent.length - named
      return [
        {
          key: 'silent',
          count: silent.length,
          when: 'today',
          what: say('due-silent'),
          about: [...silent.slice(0, named), ...(more > 0 ? [say('more-filters', { n: more })] : [])].join(', '),
          to: reportsAt({ cd: campaign?.id }),
          deed: say('due-silent-do'),
        },
      ]
    },
  }),
  queue({
    name: 'campaign-stops',
    lists: [],
    when: may('campaign.lists'),
    door: figureFunnel,
    asked: ofCampaign,
    read: ({ ways }, { say, campaign, may: has }) =>
      stops
        .filter(({ unless }) => !has(unless))
        .map(({ step, what }) => {
          const reached = ways.flatMap(({ steps }) => steps).find(({ metric }) => metric === step)
          return {
            key: step,
            count: reached?.listed ?? reached?.stopped ?? 0,
            what: say(what),
            about: say('due-campaign-about', { title: campaign?.title ?? '' }),
            to: peopleAt({ cd: campaign?.id, cs: step, kieu: 'stopped' }),
            deed: say('due-open-list'),
          }
        }),
  }),
  queue({
    name: 'appointments-today',
    lists: ['/counters-today'],
    when: may('planning.serve'),
    door: countExpected,
    read: ({ counters }, { say }) =>
      counters.map(({ id, name, expected, waiting, first }) => ({
        key: `appointments-${id}`,
        count: expected,
        when: 'today' as const,
        what: say('due-appointments', { name }),
        about:
          waiting > 0
            ? say('due-appointments-waiting', { time: first, n: waiting })
            : say('due-appointments-about', { time: first }),
        to: appointmentsAt({ noi: id, loc: 'cho' }),
        deed: say('due-appointments-do'),
      })),
  }),
  queue({
    name: 'staff-proposals',
    lists: ['/staff-proposals', '/staff-batches'],
    when: may('staff.accept'),
    door: countProposals,
    read: ({ toAccept }, { say }) => [
      {
        key: 'staff-proposals',
        count: toAccept,
        what: say('due-staff-proposals'),
        about: say('due-staff-proposals-about'),
        to: at('/quan-tri/de-nghi'),
        deed: say('due-staff-proposals-do'),
      },
    ],
  }),
  queue({
    name: 'parties',
    lists: ['/parties'],
    when: may('parties.approve'),
    door: partyCounts,
    read: ({ toApprove }, { say }) => [
      {
        key: 'parties',
        count: toApprove,
        what: say('due-parties'),
        about: say('due-parties-about'),
        to: at('/quan-tri/ben-lien-ket'),
        deed: say('due-parties-do'),
      },
    ],
  }),
  queue({
    name: 'exchange',
    lists: ['/exchange/overview'],
    when: may('exchange.read'),
    door: exchangeCounts,
    read: ({ quarantined, late, lateSince }, { say, may: has }) => [
      {
        key: 'exchange-quarantine',
        count: has('exchange.settle') ? quarantined : 0,
        what: say('due-exchange-quarantine'),
        about: say('due-exchange-quarantine-about'),
        to: at('/trao-doi'),
        deed: say('due-exchange-do'),
      },
      {
        key: 'exchange-late',
        count: late,
        overdue: late,
        nextOn: lateSince,
        what: say('due-exchange-late'),
        about: say('due-exchange-late-about'),
        to: at('/trao-doi'),
        deed: say('due-exchange-do'),
      },
    ],
  }),
]
