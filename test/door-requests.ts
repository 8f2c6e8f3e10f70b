import { aPdf } from './foreign-pdfs.ts'

/**
 * How each door of the API that may show people is asked for something that is there. A door that is not found here is
 * asked by its path alone, with the ids that `idsFor` knows and each choice of what it must be told; one that answers
 * nothing so needs a line here.
 */

export type DoorRequest = {
  /** Who asks, where it is not the first who may. */
  readonly as?: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly file?: { readonly name: string; readonly content: Buffer }
}

/** Finds what is in the demonstration, and asks other doors first where something must be made. */
export type Arranging = {
  /** The first value that a statement finds; fails where it finds none. */
  one(text: string): Promise<string>
  /** Asks a door and gives its answer. */
  ask(door: string, request?: DoorRequest): Promise<Record<string, unknown>>
}

type Maker = (arranging: Arranging) => Promise<DoorRequest>

const cardIn = (state: string, nth = 0) =>
  `select id from cards.card where state = '${state}' order by id offset ${nth} limit 1`
const unit193 = `select id from units.unit where code = '193' limit 1`
const school = 'select school_id from rolls.roll order by file_name limit 1'
const numberOf = (table: string) => `select n.number from ${table} t join register.number n using (person_id)
  where n.state = 'in-force' order by n.number limit 1`
const rowIn = (outcome: string) => `select place from rolls.row
  where roll_id = (select roll_id from rolls.row where outcome = '${outcome}' order by roll_id, place limit 1)
    and outcome = '${outcome}' order by place limit 1`
const rollOf = (outcome: string) =>
  `select roll_id from rolls.row where outcome = '${outcome}' order by roll_id, place limit 1`

/** What a parameter stands for, by the path up to it. */
export const idsFor: Readonly<Record<string, string>> = {
  '/accounts/:id': `select id from accounts.account where state = 'activated' order by id limit 1`,
  '/decisions/on/:id': `select id from accounts.account where state = 'requested' order by id limit 1`,
  '/persons/:id': 'select person_id from accounts.account order by person_id limit 1',
  '/register/persons/:id': `select m.person_id from register.household_member m
    join register.household_member o on o.household_id = m.household_id and o.person_id <> m.person_id
    where m.to_on is null and o.to_on is null order by m.person_id limit 1`,
  '/register/units/:id': 'select unit_id from register.residence where to_on is null limit 1',
  '/awareness/activities/:id': 'select id from awareness.activity order by held_on limit 1',
  '/cards/:id': cardIn('handed-over'),
  '/group-access/:id': 'select id from campaign.group_access limit 1',
  '/class-links/:id': `select id from access_links.link where kind = 'class' and ended_at is null order by id limit 1`,
  '/group-links/:id': `select id from access_links.link where kind = 'group' limit 1`,
  '/homerooms/:id': 'select id from classes.homeroom limit 1',
  '/campaigns/:id': 'select id from campaign.campaign order by name limit 1',
  '/rolls/:id': 'select roll_id from rolls.row where person_id is not null group by 1 order by count(*) desc limit 1',
  '/rolls/:id/rows/:place': 'select min(place) from rolls.row',
  '/units/:id': unit193,
  '/public-counters/:publicId': 'select public_id from planning.counter order by public_id limit 1',
  '/counters/:id': `select site_id from planning.booking b join planning.counter c on c.site_id = b.place_id
    where b.state = 'booked' order by c.public_id limit 1`,
  '/bookings/:id': `select id from planning.booking where state = 'booked' order by id limit 1`,
  '/sessions/:id': 'select session_id from planning.roster group by 1 order by count(*) desc limit 1',
  '/ledger/entries/:id': 'select id from rolls.row where person_id is not null order by id limit 1',
  '/hand-over-lists/:id': 'select id from cards.hand_over_list limit 1',
  '/card-boxes/:id': 'select id from cards.box order by opened_at desc limit 1',
  '/card-batches/:id': 'select id from cards.batch order by planned_at desc limit 1',
  '/outreach/messages/:id': 'select id from outreach.message where person_id is not null limit 1',
  '/register/corrections/:id': `select id from register.correction where state = 'proposed' limit 1`,
  '/data-requests/:id': `select id from data_protection.request where state = 'under-way' limit 1`,
  '/breaches/:id': 'select id from data_protection.breach limit 1',
  '/register/collections/:id': 'select id from register.collection limit 1',
  '/parties/:id': 'select id from parties.party limit 1',
  '/clients/:clientId': 'select client_id from parties.client limit 1',
  '/inspection/patterns/:id': 'select id from inspection.pattern order by rule limit 1',
  '/inspection/officers/:id': `select id from staff.officer where login = 'phuong2'`,
}

const correction: Maker = async ({ one }) => ({
  as: 'pheduyet',
  params: {
    id: await one(`select person_id from accounts.account a where not exists
      (select from register.correction c where c.person_id = a.person_id) order by person_id limit 1`),
  },
  body: {
    form: { code: 'DC02', version: 'TT66/2015' },
    evidence: { kind: 'birth-certificate', number: '15/2005', issuer: 'UBND phường Hà Khánh, 02/03/2005' },
    values: { hometown: 'Xã Không Tên, Hà Nội' },
  },
})

/** Proposes a correction, to do something with it. */
const ofCorrection =
  (more: Omit<DoorRequest, 'params'>): Maker =>
  async arranging => {
    const made = await arranging.ask('POST /register/persons/:id/corrections')
    return { ...more, params: { id: String(made['id']) } }
  }

const aPaper = { name: 'scan.pdf', content: aPdf() }

/** Attaches a paper to a correction, or to a request about personal data that an officer has taken up. */
const attaching: Readonly<Record<'correction' | 'data-request', Maker>> = {
  correction: async arranging => {
    const { id } = await arranging.ask('POST /register/persons/:id/corrections')
    return { as: 'pheduyet', body: { paper: 'birth-certificate', caseId: String(id) }, file: aPaper }
  },
  'data-request': async ({ one }) => ({
    as: 'chihuy',
    body: { paper: 'form', caseId: await one(idsFor['/data-requests/:id'] ?? '') },
    file: aPaper,
  }),
}

/** Attaches one, to do something with it. */
const ofPaper =
  (kind: keyof typeof attaching, body?: unknown): Maker =>
  async arranging => {
    const attach = await attaching[kind](arranging)
    const made = await arranging.ask(`POST /${kind}-attachments`, attach)
    const { id } = made['attachment'] as { id: string }
    return { ...(attach.as && { as: attach.as }), params: { id }, ...(body !== undefined && { body }) }
  }

/** What somebody attached to a form about a person. */
const ofUnsentPaper =
  (kind: keyof typeof attaching): Maker =>
  async arranging => {
    const { as = '' } = await attaching[kind](arranging)
    const personId = await arranging.one('select person_id from accounts.account order by person_id limit 1')
    await arranging.ask(`POST /${kind}-attachments`, { as, body: { paper: 'other', personId }, file: aPaper })
    return { as, query: { personId } }
  }

/** Somebody of the district whom no proposal is about. */
const unmergedPerson = (place: number) => `select s.person_id from register.person_scope s
  join units.unit u on u.id = s.unit_id where u.parent_code = '193'
    and not exists (select from register.merge m where s.person_id in (m.person_id, m.other_id))
    and not exists (select from rolls.row r where r.person_id = s.person_id)
    and not exists (select from rolls.candidate c where c.person_id = s.person_id)
  order by s.person_id offset ${place} limit 1`

const merge: Maker = async ({ one }) => ({
  as: 'pheduyet',
  body: {
    personId: await one(unmergedPerson(20)),
    otherId: await one(unmergedPerson(21)),
    reason: 'Cùng giấy khai sinh',
    papers: 'Giấy khai sinh số 12/2005, UBND phường Hà Khánh',
  },
})

/** Proposes that two records are one person, to do something with it. */
const ofMerge =
  (more: Omit<DoorRequest, 'params'>): Maker =>
  async arranging => {
    const made = await arranging.ask('POST /register/merges')
    return { ...more, params: { id: String(made['id']) } }
  }

const acceptedMerge: Maker = async arranging => {
  const made = await arranging.ask('POST /register/merges')
  const survivorId = String(made['personId'])
  const number = await arranging.one(
    `select number from register.number where person_id = '${survivorId}' and state = 'in-force'`,
  )
  return { as: 'huyen', params: { id: String(made['id']) }, body: { survivorId, number } }
}

/** The doors about one row of a roll that waits for a decision. */
const ofRow =
  (outcome: string, more: (person: string) => DoorRequest): Maker =>
  async ({ one }) => {
    const [id, place] = [await one(rollOf(outcome)), await one(rowIn(outcome))]
    const person = await one(`select person_id from rolls.row where person_id is not null limit 1`)
    return { ...more(person), params: { id, place } }
  }

const ofCard =
  (state: string, body: unknown, as?: string): Maker =>
  async ({ one }) => ({ ...(as && { as }), params: { id: await one(cardIn(state, 1)) }, body })

const session: Maker = async ({ one }) => {
  const site = await one('select id from planning.site order by id limit 1')
  return {
    as: 'huyen',
    body: {
      kind: 'card-and-account',
      siteId: site,
      day: '2023-04-25',
      startsAt: '08:00',
      endsAt: '11:00',
      officers: [{ officerId: await one(`select id from staff.officer where login = 'huyen'`), role: 'lone' }],
      confirm: ['holiday', 'sunday', 'outside-hours', 'site-hours', 'capacity'],
    },
  }
}

/** Plans a session with a school's pupils on its roster, once. */
const ofSession =
  (more: DoorRequest = {}): Maker =>
  async arranging => {
    const known = await arranging.one('select coalesce((select session_id::text from planning.roster limit 1), $$$$)')
    if (known) return { as: 'huyen', ...more, params: { id: known } }
    await arranging.ask('POST /sites', {
      as: 'huyen',
      body: { kind: 'school', schoolId: await arranging.one(school), opensAt: '07:00', closesAt: '18:00' },
    })
    const { id } = (await arranging.ask('POST /sessions', await session(arranging))) as { id: string }
    await arranging.ask('POST /sessions/:id/roster', {
      as: 'huyen',
      params: { id },
      body: { schoolId: await arranging.one(school), confirm: ['capacity'] },
    })
    return { as: 'huyen', ...more, params: { id } }
  }

/** A card of somebody in the district, so that its officers see it. */
const cardOf193 = (
  state: string,
  nth = 0,
) => `select c.id from cards.card c join register.person_scope s using (person_id)
  join units.unit u on u.id = s.unit_id where u.parent_code = '193' and c.state = '${state}'
  order by c.id offset ${nth} limit 1`

/** What was made once is asked for again; `known` finds it. */
const once =
  (known: string, as: string, make: (arranging: Arranging) => Promise<unknown>): Maker =>
  async arranging => {
    const find = `select coalesce((${known}), '')`
    if ((await arranging.one(find)) === '') await make(arranging)
    return { as, params: { id: await arranging.one(find) } }
  }

/** A list by which a teacher collects cards. */
const ofHandOverList = once('select id::text from cards.hand_over_list limit 1', 'huyen', async ({ one, ask }) =>
  ask('POST /hand-over-lists', {
    as: 'huyen',
    body: {
      schoolId: await one(school),
      teacherName: 'Thạch Kim Bảo Ngân',
      cards: [{ cardId: await one(cardOf193('at-unit')) }],
    },
  }),
)

/** A box with a card in it, on its way from the district to a school. */
const ofBox = once('select id::text from cards.box limit 1', 'huyen', async ({ one, ask }) => {
  const box = await ask('POST /card-boxes', { as: 'huyen', body: { to: { id: await one(school), kind: 'school' } } })
  await ask('POST /card-boxes/:id/put-in', {
    as: 'huyen',
    params: { id: String(box['id']) },
    body: { cardId: await one(cardOf193('at-unit', 1)) },
  })
  return box
})

/** A community group, and the list with which it walks. */
const ofGroup = once('select id::text from campaign.community_group limit 1', 'phuong', async ({ ask }) =>
  ask('POST /community-groups', {
    as: 'phuong',
    body: {
      name: 'Tổ 1',
      quarter: 'Khu 1',
      members: [{ fullName: 'Trần Văn Nam Phương', role: 'leader', phone: '0912000111' }],
    },
  }),
)
const ofHouseList = once('select id::text from campaign.house_list limit 1', 'phuong', async arranging => {
  const { params } = await ofGroup(arranging)
  return arranging.ask('POST /community-groups/:id/house-lists', {
    as: 'phuong',
    ...(params && { params }),
    body: { lacking: ['card', 'account'], why: 'Vận động làm thẻ', within: 'commune', days: 7 },
  })
})

/** A report that is signed and kept. */
const ofReport = once('select id::text from statistics.report limit 1', 'chihuy', async ({ ask }) =>
  ask('POST /campaigns/:id/reports', { as: 'chihuy', body: { day: '2023-04-19' } }),
)

/** A plan of teams; a job seeks it meanwhile. */
const aPlan = async ({ one }: Arranging): Promise<DoorRequest> => ({
  as: 'chihuy',
  body: {
    campaignId: await one('select id from campaign.campaign order by name limit 1'),
    unit: await one(unit193),
    from: '2023-04-24',
    to: '2023-04-30',
    seconds: 1,
  },
})
const ofPlan = once('select id::text from planning.plan limit 1', 'chihuy', async arranging =>
  arranging.ask('POST /plans', await aPlan(arranging)),
)

const newborn = async ({ one }: Arranging): Promise<DoorRequest> => ({
  as: 'phuong',
  body: {
    given: {
      fullName: 'Hà Trúc Lam Khuê',
      birthDate: '2023-01-05',
      sex: 'F',
      birthRegistrationCode: '022',
      residenceUnitId: await one(`select a.unit_id from staff.appointment a join staff.officer o on o.id = a.officer_id
        where o.login = 'phuong'`),
      residenceKind: 'permanent',
    },
    papers: 'Giấy khai sinh số 15/2023',
    form: { code: 'DC01', version: 'TT66/2015' },
  },
})

/** A child of school age, whom the Department of Education follows. */
const ofChild =
  (body: unknown): Maker =>
  async ({ one }) => ({
    as: 'sogiaoduc',
    params: {
      id: await one(`select p.person_id from register.person p join register.residence d using (person_id)
        where d.to_on is null and p.life_status = 'alive' and p.birth_y between 2009 and 2016
        order by p.person_id limit 1`),
    },
    body,
  })

/** Somebody on a school's roll. */
const chosenPeople: Maker = async ({ one }) => ({
  body: {
    people: [await one('select person_id from rolls.row where person_id is not null order by person_id limit 1')],
  },
})

/** A counter of the district at which somebody is booked, on the day of the demonstration. */
const ofCounter =
  (more: DoorRequest = {}): Maker =>
  async ({ one }) => ({
    as: 'huyen',
    ...more,
    params: {
      id: await one(`select c.site_id from planning.counter c join units.unit u on u.id = c.unit_id
        where u.code = '193' and exists (select from planning.booking b where b.place_id = c.site_id) limit 1`),
      day: '2023-04-20',
      ...more.params,
    },
  })

/** An hour of the district's counter that is booked, and its person. */
const ofBooking =
  (more: object = {}): Maker =>
  async arranging => {
    const { params } = await ofCounter()(arranging)
    const at = `from planning.booking
      where place_id = '${params?.['id']}' and state = 'booked' order by id desc limit 1`
    return {
      as: 'huyen',
      params: { id: await arranging.one(`select id ${at}`) },
      body: {
        personId: await arranging.one(`select person_id ${at}`),
        slot: `counter_${params?.['id']}_2023-04-24_0730`,
        ...more,
      },
    }
  }

export const requests: Readonly<Record<string, Maker>> = {
  'GET /awareness/materials': async ({ one }) => ({
    query: {
      campaign: await one('select id from campaign.campaign order by name limit 1'),
      kind: 'leaflet',
      audience: 'parents',
    },
  }),
  'GET /calendar/days-ahead': async () => ({ query: { from: '2023-04-17', to: '2023-04-23' } }),
  'GET /answers-together': async () => ({ query: { of: '/accounts/counts' } }),
  'GET /counters/:id/days/:day': ofCounter(),
  'GET /public-counters/:publicId/slots': async ({ one }) => ({
    params: { publicId: await one('select public_id from planning.counter order by public_id limit 1') },
    query: { service: 'A' },
  }),
  'POST /counters/:id/check-ins': async arranging => {
    const { params, ...rest } = await ofCounter()(arranging)
    const today = `place_id = '${params?.['id']}' and state = 'booked' and day = '2023-04-20'`
    const booking = await arranging.one(`select id from planning.booking where ${today} order by id limit 1`)
    return { ...rest, params: { id: params?.['id'] ?? '' }, body: { booking } }
  },
  'POST /bookings': async arranging => {
    const { body, ...rest } = await ofBooking({ service: 'B' })(arranging)
    return { as: rest.as, body }
  },
  'GET /booking-places': async () => ({ as: 'huyen', query: { service: 'A' } }),
  'GET /booking-places/:key': async arranging => {
    const { params } = await ofCounter()(arranging)
    return { as: 'huyen', params: { key: `counter_${params?.['id']}` }, query: { service: 'A' } }
  },
  'GET /persons/:id/bookings': async arranging => {
    const { body } = await ofBooking()(arranging)
    return { as: 'huyen', params: { id: (body as { readonly personId: string }).personId } }
  },
  'POST /bookings/:id/move': ofBooking(),
  'POST /bookings/:id/cancel': async arranging => {
    const { body, ...rest } = await ofBooking()(arranging)
    return { ...rest, body: { personId: (body as { readonly personId: string }).personId } }
  },
  'GET /sessions/:id': ofSession(),
  'GET /sessions/:id/candidates': ofSession(),
  'GET /sessions/:id/roster': ofSession(),
  'POST /campaigns/:id/list/search': async () => ({ body: { limit: 5 } }),
  'POST /campaigns/:id/list/choice': async () => ({ body: {} }),
  'POST /needs/search': async () => ({ body: { basis: 'permanent', limit: 5 } }),
  'POST /needs/choice': async ({ one }) => ({ body: { basis: 'permanent', schools: [await one(school)] } }),
  'POST /needs/export-chosen': chosenPeople,
  'POST /needs/reminders/preview': chosenPeople,
  'POST /needs/reminders': chosenPeople,
  'POST /sessions/offers': chosenPeople,
  'POST /sessions/:id/roster/chosen': async arranging => ({
    ...(await chosenPeople(arranging)),
    params: { id: await arranging.one(`select id from planning.session where state = 'planned' order by id limit 1`) },
  }),
  'POST /campaigns/:id/risk/of': async arranging => ({
    body: { people: [await arranging.one('select person_id from campaign.member order by person_id limit 1')] },
  }),
  'GET /hand-over-lists/:id': ofHandOverList,
  'GET /card-boxes/:id': ofBox,
  'GET /universal-education/:list': async () => ({ as: 'giaoduc', params: { list: 'primary' } }),
  'GET /universal-education/:list/export': async () => ({ as: 'giaoduc', params: { list: 'primary' } }),
  'POST /universal-education/children/:id/assign': ofChild({ assignedTo: 'Trường Tiểu học' }),
  'POST /universal-education/children/:id/outcome': async arranging => {
    const child = await ofChild({ assignedTo: 'Trường Tiểu học' })(arranging)
    await arranging.ask('POST /universal-education/children/:id/assign', child)
    return { ...child, body: { outcome: 'at-school' } }
  },
  'GET /own-visits': async () => ({ as: 'tocongnghe' }),
  'GET /community-groups/:id/access': ofGroup,
  'GET /community-groups/:id/links': ofGroup,
  'GET /class-links': async () => ({ as: 'nhatruong' }),
  // Something is said behind a link first, since a list of nothing shows nobody.
  'GET /class-links/:id/done': async ({ one }) => ({
    as: 'nhatruong',
    params: {
      id: await one(`insert into classes.result (row_id, id, school_id, school_year, class, outcome, on_day, by_id, at)
        select r.id, gen_random_uuid(), c.school_id, c.school_year, c.class, 'told-parents', '2023-04-20', l.id, now()
        from access_links.link l join classes.linked_class c on c.id = l.subject_id
        join rolls.row r on r.school_id = c.school_id and r.class = c.class and r.person_id is not null
        where l.kind = 'class' and l.ended_at is null order by l.id limit 1 returning by_id`),
    },
  }),
  'POST /own-visits/:id/doors/:person': async ({ one }) => ({
    as: 'tocongnghe',
    params: {
      id: await one(`select l.id from campaign.house_list l join campaign.group_access a on a.group_id = l.group_id`),
      person:
        await one(`select e.person_id from campaign.house_list_entry e join campaign.house_list l on l.id = e.list_id
        join campaign.group_access a on a.group_id = l.group_id order by e.place limit 1`),
    },
    body: { outcome: 'visited' },
  }),
  'GET /class-sheets': async () => ({ as: 'chunhiem' }),
  'GET /school-classes': async () => ({ as: 'nhatruong' }),
  'POST /class-sheets/:id/pupils/:row': async ({ one }) => ({
    as: 'chunhiem',
    params: {
      id: await one('select id from classes.homeroom where ended_on is null'),
      row: await one(`select r.id from rolls.row r join classes.homeroom h on h.school_id = r.school_id
        and h.class = r.class where r.person_id is not null order by r.id limit 1`),
    },
    body: { outcome: 'told-parents' },
  }),
  'GET /community-groups/:id': ofGroup,
  'GET /house-lists/:id': ofHouseList,
  'GET /plans/:id': ofPlan,
  'GET /plans/:id/week': ofPlan,
  'GET /plans/:id/difference': ofPlan,
  'GET /plans/:id/reasons': async arranging => ({ ...(await ofPlan(arranging)), query: { session: 'any' } }),
  'GET /plans/:id/unserved': ofPlan,
  'GET /plans/:id/order': ofPlan,
  'GET /plans/:id/day-sheet': async arranging => ({
    ...(await ofPlan(arranging)),
    query: { team: 'any', day: '2023-04-24' },
  }),
  'POST /plans/:id/tried-changes': async arranging => ({
    ...(await ofPlan(arranging)),
    body: { change: { kind: 'lock', session: 'any' } },
  }),
  'GET /reports/:id': ofReport,
  'GET /reports/:id/paper': ofReport,
  'POST /register/collections': newborn,
  'GET /hand-over-lists/:id/sheet': ofHandOverList,
  'POST /accounts/find': async ({ one }) => ({ body: { number: await one(numberOf('accounts.account')) } }),
  'POST /accounts/slips': async ({ one }) => ({
    as: 'huyen',
    body: {
      accounts: [
        await one(`select a.id from accounts.account a join register.person_scope s using (person_id)
          join units.unit u on u.id = s.unit_id where u.parent_code = '193' and a.state = 'approved'
          order by a.id limit 1`),
      ],
    },
  }),
  'POST /applications/find': async ({ one }) => ({
    body: {
      code: await one(
        `select code from enrolment.receipt_lookup where application_id is not null order by given_at limit 1`,
      ),
    },
  }),
  'POST /cards/find': async ({ one }) => ({
    body: { serial: await one('select serial from cards.card where serial is not null order by id limit 1') },
  }),
  'POST /cards/:id/block': ofCard('handed-over', { code: 'lost' }),
  'POST /cards/:id/unblock': async ({ one }) => ({ params: { id: await one(cardIn('blocked')) } }),
  'POST /cards/:id/revoke': ofCard('handed-over', { code: 'damaged' }),
  'POST /cards/:id/lost': ofCard('at-unit', {}),
  'GET /cards/:id/printed-faces': async ({ one }) => ({
    params: { id: await one(cardIn('handed-over')) },
    query: { as: 'pdf' },
  }),
  'GET /application-fees': async () => ({ query: { from: '2023-04-01', to: '2023-04-30' } }),
  'GET /sessions/readiness': async () => ({
    query: { kind: 'card-and-account', day: '2023-04-26', startsAt: '08:00', endsAt: '11:00' },
  }),
  'GET /calendar': async () => ({ query: { from: '2023-04-01', to: '2023-04-30' } }),
  'GET /register/units/:id/movements': async ({ one }) => ({
    as: 'huyenkhac',
    params: { id: await one('select unit_id from register.absence order by id limit 1') },
    query: { way: 'went', from: '2023-03-01', to: '2023-04-20' },
  }),
  'POST /register/look-up': async ({ one }) => ({ body: { number: await one(numberOf('accounts.account')) } }),
  'POST /register/search': async ({ one }) => ({
    body: { name: await one('select full_name from register.person order by person_id limit 1') },
  }),
  'POST /register/persons/:id/corrections': correction,
  'GET /register/corrections/:id': ofCorrection({}),
  'GET /register/corrections/:id/attachments': ofCorrection({}),
  'POST /correction-attachments': attaching.correction,
  'GET /correction-attachments': ofUnsentPaper('correction'),
  'GET /correction-attachments/:id/content': ofPaper('correction'),
  'POST /correction-attachments/:id/remove': ofPaper('correction', { reason: 'nhầm trang khác' }),
  'POST /data-request-attachments': attaching['data-request'],
  'GET /data-request-attachments': ofUnsentPaper('data-request'),
  'GET /data-request-attachments/:id/content': ofPaper('data-request'),
  'POST /data-request-attachments/:id/remove': ofPaper('data-request', { reason: 'nhầm trang khác' }),
  'POST /register/merges': merge,
  'GET /register/merges/:id': ofMerge({}),
  'GET /register/merges': async ({ ask }) => {
    await ask('POST /register/merges')
    return { query: { state: 'all' } }
  },
  'POST /register/merges/:id/accept': acceptedMerge,
  'POST /register/merges/:id/undo': async ({ ask }) => {
    const made = await ask('POST /register/merges/:id/accept')
    return { as: 'huyen', params: { id: String(made['id']) }, body: { reason: 'Là hai anh em sinh đôi' } }
  },
  'POST /register/merges/:id/refuse': ofMerge({ as: 'huyen', body: { reason: 'Là hai người' } }),
  'POST /register/merges/:id/withdraw': ofMerge({ as: 'pheduyet' }),
  'GET /register/corrections': async ({ ask }) => {
    await ask('POST /register/persons/:id/corrections')
    return { query: { which: 'to-decide', state: 'all' } }
  },
  'POST /register/corrections/:id/refuse': ofCorrection({ as: 'huyen', body: { reason: 'Chưa đủ giấy tờ' } }),
  'POST /register/corrections/:id/approve': ofCorrection({ as: 'huyen' }),
  'POST /register/corrections/:id/withdraw': ofCorrection({ as: 'pheduyet', body: { reason: 'Nhầm' } }),
  'PUT /rolls/:id/rows/:place/decision': ofRow('review', () => ({ body: { decision: 'different' } })),
  'GET /campaigns/:id/why': async () => ({ query: { since: '1' } }),
  'GET /campaigns/:id/why/list': async () => ({ query: { since: '1' } }),
  'GET /campaigns/:id/targets': async () => ({ query: { metric: 'card-handed-over' } }),
  'POST /rolls': async ({ one }) => {
    const somebody = 'from register.person where birth_d is not null order by person_id limit 1'
    const name = await one(`select full_name ${somebody}`)
    const born = await one(`select concat_ws('/', birth_d, birth_m, birth_y) ${somebody}`)
    return {
      body: { schoolId: await one(school), schoolYear: '2022-2023', asOf: '2023-04-20' },
      file: { name: 'lop.csv', content: Buffer.from(`STT,Họ và tên,Ngày sinh,Lớp\n1,${name},${born},9A\n`) },
    }
  },
  'POST /inspection/names': async ({ one }) => {
    const officer = await one(`select id from staff.officer where login = 'phuong2'`)
    const reading = await one(`select id from audit.access where by_id = '${officer}' order by at limit 1`)
    return { as: 'kiemtra', body: { officer, readings: [reading], reason: 'Đối chiếu với sổ trực của phường' } }
  },
  'POST /inspection/people': async ({ one }) => ({
    as: 'kiemtra',
    body: { number: await one(numberOf('accounts.account')), reason: 'Công dân hỏi ai đã xem hồ sơ' },
  }),
  'POST /inspection/exports': async ({ one }) => ({
    as: 'kiemtra',
    body: {
      what: 'readings',
      officer: await one(`select id from staff.officer where login = 'phuong2'`),
      reason: 'Đối chiếu với sổ trực của phường',
    },
  }),
  'GET /out-of-school/export': async ({ one }) => ({ query: { unit: await one(unit193) } }),
  'GET /out-of-school': async ({ one }) => ({ query: { unit: await one(unit193) } }),
  'GET /out-of-school/figures': async ({ one }) => ({ query: { unit: await one(unit193) } }),
}

/** Doors that show nobody of the register, or of which a demonstration has nothing; and why. */
export const withoutPeople: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'POST /plans/:id/tried-changes',
      'GET /plans/:id/difference',
      'GET /plans/:id/reasons',
      'GET /plans/:id/unserved',
      'GET /plans/:id/order',
      'GET /plans/:id/day-sheet',
    ].map(door => [
      door,
      'a plan is found by a job, which no test of all doors waits for; it counts people and names officers alone',
    ]),
  ),
  ...Object.fromEntries(
    [
      'GET /applications/:id',
      'GET /applications/:id/pictures/:part',
      'GET /applications/:id/faces/:face',
      'GET /applications/:id/papers/:paper',
      'GET /packets/:station/:hash',
      'GET /accounts/:id/portraits/:which',
      'POST /sessions/:id/station-roster',
      'POST /sessions/:id/walk-ins',
    ].map(door => [
      door,
      'a demonstration has no station, so nothing that one captured; src/enrolment tries its readings',
    ]),
  ),
  ...Object.fromEntries(
    [
      'POST /card-attempts/:id/check',
      'GET /card-batches/:id',
      'GET /card-batches/:id/printed-faces',
      'POST /card-batches/:id/hand-up',
      'POST /card-batches/:id/order-file',
      'GET /cards/:id/printed-faces',
      'GET /chip-readings/:id/pictures',
      'POST /cards/:id/cancel',
      'POST /cards/:id/give-back',
      'POST /cards/:id/withhold',
      'POST /cards/hand-over',
      'POST /cards/found',
      'POST /cards/:id/lost',
      'POST /card-boxes/:id/take-out',
      'POST /card-boxes/:id/put-in',
    ].map(door => [
      door,
      'needs a card at another place than any of a demonstration; src/cards tries its readings and deeds',
    ]),
  ),
  ...Object.fromEntries(
    [
      'GET /verifications/batches/:id',
      'GET /verifications/batches/:id/errors',
      'GET /verifications/batches/:id/result',
      'POST /verifications/batch',
    ].map(door => [
      door,
      'answers a party, by yes and no about what it said itself; src/verification counts its readings',
    ]),
  ),
  ...Object.fromEntries(
    ['PUT /community-groups/:id', 'POST /community-groups'].map(door => [
      door,
      'names the members of a group, who are volunteers and no people of the register',
    ]),
  ),
  'GET /installation/extract/:id/rejected':
    'rows of a file that are in no register yet; a demonstration has no extract, src/installation tries its door',
  'GET /card-boxes/:id/label': 'has the box, its seal and its place',
  'GET /directives/:id': 'an order to units, which names nobody',
  'POST /staff-proposals/:id/paper': 'has the name of an officer, whose password it is for',
  'GET /flights/:id': 'a request of a party, step by step, without what it was about',
  'GET /outreach/messages/:id': 'no message was written in a demonstration; src/outreach tries its reading',
  'PUT /rolls/:id/mapping': 'answers as POST /rolls does, by the same verb',
  'DELETE /rolls/:id/rows/:place/decision': 'takes a decision back that a demonstration has none of',
  'PUT /rolls/:id/rows/:place/decision':
    'a demonstration of this size has no doubtful row; it answers as the review does',
  'POST /register/persons/:id/new-number':
    'answers with the proposal that the officer wrote, by the verb of collections',
  'POST /register/collections/:id/establish': 'answers as POST /register/collections does',
  'POST /register/collections/:id/mend': 'answers as POST /register/collections does',
  'POST /register/collections/:id/refuse': 'answers as POST /register/collections does',
}

/** Pages with something in their path: the path as it is asked for. */
export const pages: Readonly<Record<string, (arranging: Pick<Arranging, 'one'>) => Promise<string>>> = {
  '/account/sign-in/:uid': async () => '/account/sign-in/nothing',
  '/activate/slip/:secret': async () => '/activate/slip/nothing',
  '/developers/clients/:clientId': async ({ one }) =>
    `/developers/clients/${await one('select client_id from parties.client limit 1')}`,
  '/developers/clients/:clientId/next': async ({ one }) =>
    `/developers/clients/${await one('select client_id from parties.client limit 1')}/next`,
  '/developers/in/:token': async () => '/developers/in/nothing',
  '/developers/parties/:id': async ({ one }) =>
    `/developers/parties/${await one('select id from parties.party limit 1')}`,
  '/developers/parties/:id/clients/new': async ({ one }) =>
    `/developers/parties/${await one('select id from parties.party limit 1')}/clients/new`,
  '/developers/parties/:id/edit': async ({ one }) =>
    `/developers/parties/${await one('select id from parties.party limit 1')}/edit`,
  '/class/:token': async () => '/class/nothing',
  '/class/:token/row/:row': async () => '/class/nothing/row/nothing',
  '/class/:token/state': async () => '/class/nothing/state',
  '/abis/references/:token': async () => `/abis/references/${'a'.repeat(43)}`,
  '/gateways/:channel/receipts': async () => '/gateways/nothing/receipts',
  '/group/:token': async () => '/group/nothing',
  '/group/:token/row/:row': async () => '/group/nothing/row/nothing',
  '/group/:token/state': async () => '/group/nothing/state',
  '/family/:token': async () => '/family/nothing',
  '/family/:token/hours/:place': async () => '/family/nothing/hours/1',
  '/family/:token/hours/:place/:booking': async () => '/family/nothing/hours/1/nothing',
  '/family/:token/looked': async () => '/family/nothing/looked',
  '/language/:language': async () => '/language/vi',
  '/new-password/:secret': async () => '/new-password/nothing',
  '/problems/:code': async () => '/problems/roll-unknown',
  '/citizen/appointments/:id': async ({ one }) =>
    `/citizen/appointments/${await one('select id from planning.booking order by id limit 1')}`,
  '/kiosk/:token': async () => '/kiosk/nothing',
  '/queue/:id': async ({ one }) => `/queue/${await one('select public_id from planning.counter limit 1')}`,
  '/receipt/:token': async () => '/receipt/nothing',
}

/** Pages that name people on purpose: the invented ones of a demonstration, for whoever tries it out. */
export const pagesOfInvented = ['/demonstration/messages', '/demonstration/people', '/developers/quick-start']
