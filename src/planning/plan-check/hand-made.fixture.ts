import { instanceFormat, type PlanInstance, planFormat } from '../optimiser/instance.ts'
import type { Plan, PlanLeg } from '../optimiser/plan.ts'

/**
 * An instance and a plan of it, made by hand: two teams and two kits, an island with a boat, an exam on Friday, a
 * Saturday by order, a locked session. Each number of the plan was found with pencil and paper.
 */

const officer = (id: string, rest: Partial<PlanInstance['teams'][number]['officers'][number]> = {}) => ({
  id,
  name: `Officer ${id}`,
  away: [],
  overtimeBefore: {},
  restDaysBefore: {},
  ...rest,
})

const daytime = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
] as const
const noon = [['11:30', '13:30']] as const
const always = [{ from: '2026-10-08', to: '2026-10-12', hours: [['07:00', '21:00']] }] as const

export const handMadeInstance: PlanInstance = {
  format: instanceFormat,
  name: 'By hand',
  from: '2026-10-08',
  to: '2026-10-12',
  prices: { latePerson: 120, unservedPerson: 60, movedSession: 240 },
  caps: { monthMinutes: 700, yearMinutes: 2000, restDaysAMonth: 2 },
  leastOfficers: { capture: 2, activation: 1, raising: 1 },
  shifts: [
    { id: 'morning', from: '07:00', to: '12:00' },
    { id: 'afternoon', from: '13:00', to: '17:30' },
    { id: 'evening', from: '17:30', to: '21:00' },
  ],
  days: [
    { day: '2026-10-08', ordinary: daytime, breaks: noon },
    { day: '2026-10-09', ordinary: daytime, breaks: noon, overtime: { minutes: 90, from: '06:30', to: '19:00' } },
    { day: '2026-10-10', ordinary: [], breaks: noon, overtime: { minutes: 480, from: '06:30', to: '18:00' } },
    { day: '2026-10-11', ordinary: [], breaks: noon },
    // A short day, of which an hour is neither ordinary nor a break.
    {
      day: '2026-10-12',
      ordinary: [
        ['08:00', '11:00'],
        ['14:00', '16:00'],
      ],
      breaks: [['11:00', '13:00']],
    },
  ],
  places: [
    { id: 'town', name: 'Town' },
    { id: 'village', name: 'Village' },
    { id: 'depot', name: 'Depot' },
    { id: 'island', name: 'Island' },
  ],
  travel: {
    minutes: [
      [5, 30, 10, null],
      [30, 5, 25, null],
      [10, 25, 5, null],
      [null, null, null, 5],
    ],
    km: [
      [1, 15, 4, null],
      [15, 1, 12, null],
      [4, 12, 1, null],
      [null, null, null, 1],
    ],
  },
  crossings: [
    { from: 'town', to: 'island', days: ['2026-10-08', '2026-10-10'], departs: '08:00', minutes: 45, km: 20 },
    { from: 'island', to: 'town', days: ['2026-10-08', '2026-10-10'], departs: '15:30', minutes: 45, km: 20 },
  ],
  sites: [
    {
      id: 'school',
      name: 'School',
      kind: 'school',
      place: 'village',
      setUpMinutes: 25,
      packMinutes: 15,
      open: [{ from: '2026-10-08', to: '2026-10-12', weekdays: [1, 2, 3, 4, 5, 6], hours: daytime }],
      closed: [{ from: '2026-10-09', to: '2026-10-09', why: 'exams' }],
    },
    {
      id: 'hall',
      name: 'Hall',
      kind: 'hall',
      place: 'village',
      setUpMinutes: 15,
      packMinutes: 10,
      open: always,
      closed: [],
    },
    {
      id: 'hamlet',
      name: 'Hamlet',
      kind: 'hamlet',
      place: 'island',
      setUpMinutes: 20,
      packMinutes: 10,
      open: always,
      closed: [],
    },
    {
      id: 'counter',
      name: 'Counter',
      kind: 'counter',
      place: 'town',
      setUpMinutes: 0,
      packMinutes: 0,
      open: always,
      closed: [],
    },
  ],
  teams: [
    {
      id: 'north',
      name: 'North',
      base: 'town',
      officers: [
        officer('n1', { overtimeBefore: { '2026-10': 200 }, restDaysBefore: { '2026-10': 1 } }),
        officer('n2', { away: ['2026-10-10'] }),
        officer('n3'),
        officer('n4', { overtimeBefore: { '2026-10': 650 } }),
        officer('n5', { overtimeBefore: { '2026': 1900 } }),
        officer('n6', { restDaysBefore: { '2026-10': 2 } }),
      ],
    },
    {
      id: 'south',
      name: 'South',
      base: 'village',
      officers: [officer('s1', { overtimeBefore: { '2026': 1900 } }), officer('s2')],
    },
  ],
  kits: [
    { id: 'kit-a', name: 'Kit A', store: 'town', speedPercent: 100, officers: 1, away: ['2026-10-09'] },
    { id: 'kit-b', name: 'Kit B', store: 'depot', speedPercent: 125, officers: 1, away: [] },
  ],
  demands: [
    { id: 'school/capture', site: 'school', kind: 'capture', people: 30, minutesEach: 8, lastDay: '2026-10-09' },
    { id: 'hall/capture', site: 'hall', kind: 'capture', people: 10, minutesEach: 6, lastDay: '2026-10-11' },
    { id: 'hall/activation', site: 'hall', kind: 'activation', people: 15, minutesEach: 5, lastDay: '2026-10-11' },
    { id: 'hamlet/capture', site: 'hamlet', kind: 'capture', people: 20, minutesEach: 8, lastDay: '2026-10-10' },
    {
      id: 'counter/activation',
      site: 'counter',
      kind: 'activation',
      people: 100,
      minutesEach: 4,
      lastDay: '2026-10-08',
    },
  ],
  announced: [
    {
      id: 'at-school',
      site: 'school',
      day: '2026-10-08',
      shift: 'morning',
      team: 'north',
      officers: ['n1', 'n2'],
      kits: ['kit-b'],
      from: '08:30',
      to: '11:00',
      locked: true,
    },
    {
      id: 'at-counter',
      site: 'counter',
      day: '2026-10-09',
      shift: 'morning',
      team: 'south',
      officers: ['s1'],
      kits: [],
      from: '09:00',
      to: '11:00',
      locked: false,
    },
  ],
}

export const byRoad = (from: string, to: string, departs: string, arrives: string, km: number): PlanLeg => ({
  from,
  to,
  by: 'road',
  departs,
  arrives,
  km,
})

const byBoat = (from: string, to: string, departs: string, arrives: string): PlanLeg => ({
  from,
  to,
  by: 'boat',
  departs,
  arrives,
  km: 20,
})

export const handMadePlan: Plan = {
  format: planFormat,
  instance: { name: 'By hand', sha256: '3a70ebcedf5ab1ebdb9436aadcc334b39a669c4d3d68a6816e1df1c811f6b0e3' },
  made: { seed: 1, seconds: 0, stopped: false },
  // 390 + 840 + 120 × 102 + 60 × 58 + 240 × 1
  objective: {
    total: 17_190,
    travelMinutes: 390,
    overtimeMinutes: 840,
    latePeople: 102,
    unservedPeople: 58,
    movedSessions: 1,
    km: 103,
  },
  bound: { total: 15_000, latePeople: 50, minutes: 300, rounds: 1, closed: false },
  gap: 0.1274,
  routes: [
    {
      team: 'north',
      day: '2026-10-08',
      officers: ['n1', 'n2'],
      kits: ['kit-b'],
      departs: '07:30',
      returns: '16:45',
      travelMinutes: 75,
      overtimeMinutes: 0,
      legs: [
        byRoad('town', 'depot', '07:30', '07:40', 4),
        byRoad('depot', 'village', '07:40', '08:05', 12),
        byRoad('village', 'village', '11:45', '11:50', 1),
        byRoad('village', 'depot', '16:10', '16:35', 12),
        byRoad('depot', 'town', '16:35', '16:45', 4),
      ],
      sessions: [
        {
          id: 'school-morning',
          site: 'school',
          shift: 'morning',
          from: '08:30',
          to: '11:30',
          kits: ['kit-b'],
          kinds: ['capture'],
          // 28 × 8 = 224 of 180 × 125 %
          serves: [{ demand: 'school/capture', kind: 'capture', people: 28, lastDay: '2026-10-09', inTime: true }],
          keeps: 'at-school',
        },
        {
          id: 'hall-accounts',
          site: 'hall',
          shift: 'afternoon',
          from: '13:30',
          to: '15:00',
          kits: [],
          kinds: ['activation'],
          serves: [{ demand: 'hall/activation', kind: 'activation', people: 15, lastDay: '2026-10-11', inTime: true }],
        },
        {
          id: 'hall-cards',
          site: 'hall',
          shift: 'afternoon',
          from: '15:00',
          to: '16:00',
          kits: ['kit-b'],
          kinds: ['capture'],
          serves: [{ demand: 'hall/capture', kind: 'capture', people: 10, lastDay: '2026-10-11', inTime: true }],
        },
      ],
    },
    {
      team: 'south',
      day: '2026-10-09',
      officers: ['s1'],
      kits: [],
      departs: '14:00',
      returns: '18:30',
      travelMinutes: 60,
      overtimeMinutes: 90,
      legs: [byRoad('village', 'town', '14:00', '14:30', 15), byRoad('town', 'village', '18:00', '18:30', 15)],
      sessions: [
        {
          id: 'counter-afternoon',
          site: 'counter',
          shift: 'afternoon',
          from: '14:30',
          to: '17:00',
          kits: [],
          kinds: ['activation'],
          serves: [
            { demand: 'counter/activation', kind: 'activation', people: 37, lastDay: '2026-10-08', inTime: false },
          ],
        },
        {
          id: 'counter-evening',
          site: 'counter',
          shift: 'evening',
          from: '17:30',
          to: '18:00',
          kits: [],
          kinds: ['activation'],
          serves: [
            { demand: 'counter/activation', kind: 'activation', people: 7, lastDay: '2026-10-08', inTime: false },
          ],
        },
      ],
    },
    {
      team: 'north',
      day: '2026-10-10',
      officers: ['n1', 'n3'],
      kits: ['kit-a'],
      departs: '08:00',
      returns: '16:15',
      travelMinutes: 90,
      // 08:00 to 16:15 without the two hours at noon.
      overtimeMinutes: 375,
      legs: [byBoat('town', 'island', '08:00', '08:45'), byBoat('island', 'town', '15:30', '16:15')],
      sessions: [
        {
          id: 'hamlet-morning',
          site: 'hamlet',
          shift: 'morning',
          from: '09:05',
          to: '11:30',
          kits: ['kit-a'],
          kinds: ['capture'],
          serves: [{ demand: 'hamlet/capture', kind: 'capture', people: 18, lastDay: '2026-10-10', inTime: true }],
        },
        {
          id: 'hamlet-afternoon',
          site: 'hamlet',
          shift: 'afternoon',
          from: '13:30',
          to: '13:46',
          kits: ['kit-a'],
          kinds: ['capture'],
          serves: [{ demand: 'hamlet/capture', kind: 'capture', people: 2, lastDay: '2026-10-10', inTime: true }],
        },
      ],
    },
  ],
  late: [
    {
      demand: 'school/capture',
      site: 'school',
      kind: 'capture',
      lastDay: '2026-10-09',
      late: 2,
      unserved: 2,
      why: 'not-worth',
    },
    {
      demand: 'counter/activation',
      site: 'counter',
      kind: 'activation',
      lastDay: '2026-10-08',
      late: 100,
      unserved: 56,
      why: 'no-officers',
    },
  ],
}
