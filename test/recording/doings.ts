import { asked } from './schema.ts'
import type { Visitor } from './server.ts'

/**
 * What officers do in the demonstration, one thing after another, and what they are answered: requests that write,
 * details behind an id, papers. Things are found in the database by what no run draws anew: numbers, names, codes.
 */

type Officers = ReadonlyMap<string, Visitor>

const bySortKey = 'p.sort_key, p.birth_y, p.birth_m, p.birth_d'

/** The first of each state, in the order of their holders' names. */
const ofEachState = (table: string, least: string) => `
  select id, person_id as person, state from (
    select t.id, t.person_id, t.state, row_number() over (partition by t.state order by ${bySortKey}, ${least}) as nth
    from ${table} t join register.person p on p.person_id = t.person_id
  ) one where nth <= 40 order by state, nth`

type Thing = { readonly id: string; readonly person: string; readonly state: string }

export class Doings {
  readonly answers: Record<string, unknown> = {}
  readonly #officers: Officers
  readonly #url: string
  /** Waits until what follows by itself has followed. */
  readonly #settle: () => Promise<void>

  constructor(officers: Officers, url: string, settle: () => Promise<void>) {
    this.#officers = officers
    this.#url = url
    this.#settle = settle
  }

  #ids = async (text: string) => (await asked<{ id: string }>(this.#url, text)).map(({ id }) => id)

  /** Of each state the first things that the officer of the district may see. */
  async #things(table: string, least: string, most: number): Promise<ReadonlyMap<string, readonly Thing[]>> {
    const found = new Map<string, Thing[]>()
    for (const thing of await asked<Thing>(this.#url, ofEachState(table, least))) {
      const those = found.get(thing.state) ?? []
      found.set(thing.state, those)
      if (those.length >= most) continue
      const { status } = await this.#visitor('huyen').ask(`/api/register/persons/${thing.person}`)
      if (status === 200) those.push(thing)
    }
    return found
  }

  #visitor(login: string): Visitor {
    const visitor = this.#officers.get(login)
    if (!visitor) throw new Error(`nobody is called ${login}`)
    return visitor
  }

  /** Asks and keeps what is answered under `name`; answers with the id in it, where there is one. */
  async #ask(name: string, login: string, path: string, init: RequestInit = {}): Promise<string> {
    let id = ''
    const visitor = this.#visitor(login)
    this.answers[`${name} (${login})`] = await visitor.see(`/api${path}`, init, bytes => {
      id = /"(?:id|lotId)":"([^"]+)"/.exec(bytes.toString('utf8', 0, 4000))?.[1] ?? ''
    })
    return id
  }

  async #read(name: string, path: string, ...logins: string[]) {
    for (const login of logins) await this.#ask(name, login, path)
  }

  #send(name: string, login: string, path: string, body: unknown = {}, method = 'POST') {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
    return this.#ask(`do: ${name}`, login, path, { method, headers, body: JSON.stringify(body) })
  }

  async details() {
    const cards = [...(await this.#things('cards.card', 't.state_on', 2)).values()].flat()
    for (const [i, { id, state }] of cards.entries()) {
      await this.#read(`card ${i} ${state}`, `/cards/${id}`, 'chihuy', 'huyen', 'phuong', 'giaoduc')
      await this.#read(`faces of card ${i} ${state}`, `/cards/${id}/faces?as=pdf`, 'chihuy', 'trungtamthe')
    }
    const accounts = [...(await this.#things('accounts.account', 't.state_on', 3)).values()].flat()
    for (const [i, { id, state, person }] of accounts.entries()) {
      await this.#read(`account ${i} ${state}`, `/accounts/${id}`, 'chihuy', 'huyen', 'phuong', 'kiemtra')
      await this.#read(`person of account ${i}`, `/register/persons/${person}`, 'chihuy', 'huyen', 'phuong')
      await this.#read(`needs ${i}`, `/persons/${person}/needs`, 'chihuy', 'huyen')
      await this.#read(`who may act ${i}`, `/persons/${person}/account-representatives`, 'huyen')
    }
    const rows = await asked<{ roll: string; place: number }>(
      this.#url,
      `select roll_id as roll, place from rolls.row order by outcome desc, defects = '{}', name, sheet_row limit 8`,
    )
    for (const [i, { roll, place }] of rows.entries()) {
      await this.#read(`row ${i}`, `/rolls/${roll}/rows/${place}/review`, 'chihuy', 'huyen')
      await this.#read(`receivers of row ${i}`, `/rolls/${roll}/rows/${place}/receivers`, 'huyen')
      await this.#send(`refer row ${i}`, 'huyen', `/rolls/${roll}/rows/${place}/hand-on`, {
        note: 'Nhờ xem giúp',
        unitId: await this.#unit('193'),
      })
      await this.#send(`return row ${i}`, 'huyen', `/rolls/${roll}/rows/${place}/hand-back`, { note: 'Thôi' })
    }
    for (const roll of await this.#ids('select id from rolls.roll order by file_name, as_of limit 3')) {
      const nth = Object.keys(this.answers).length
      await this.#read(`pages of roll ${nth}`, `/rolls/${roll}/review.html`, 'huyen', 'giaoduc')
      await this.#read(`workbook of roll ${nth}`, `/rolls/${roll}/review.xlsx`, 'huyen')
    }
    for (const which of ['to-decide', 'proposed-here'])
      await this.#read(`corrections ${which}`, `/register/corrections?which=${which}&state=all`, 'huyen', 'phuong')
  }

  async #unit(code: string) {
    return (await this.#ids(`select id from units.unit where code = '${code}' order by id limit 1`))[0] ?? ''
  }

  async accounts() {
    const things = await this.#things('accounts.account', 't.state_on', 12)
    const of = (state: string) => (things.get(state) ?? []).map(({ id }) => id)
    const requested = of('requested')
    const approved = of('approved')
    const activated = of('activated')
    for (const login of ['huyen', 'phuong']) {
      await this.#send('slips', login, '/accounts/slips', { accounts: approved.slice(0, 5) })
      await this.#send('a slip', login, '/accounts/slips', { accounts: activated.slice(0, 1) })
    }
    for (const [i, id] of requested.slice(0, 3).entries())
      await this.#send(`approve ${i}`, 'huyen', `/accounts/${id}/approve`)
    await this.#send('approve several', 'huyen', '/accounts/approve', { ids: requested.slice(3, 6) })
    for (const [i, code] of ['phone-not-theirs', 'data-differ', 'not-of-age', 'card-missing'].entries())
      await this.#send(`refuse ${i}`, 'huyen', `/accounts/${requested[6 + i]}/refuse`, {
        code,
        note: 'Đã hỏi tại quầy',
      })
    for (const [i, id] of activated.slice(0, 6).entries()) {
      await this.#send(`lock ${i}`, i % 2 ? 'huyen' : 'phuong', `/accounts/${id}/lock`, {
        for: 'holder',
        reason: 'Mất máy',
      })
    }
    await this.#send('demand', 'huyen', `/accounts/${activated[0]}/demands`, {
      kind: 'unlock',
      askedBy: 'holder',
      reason: 'Đã tìm thấy máy',
    })
    await this.#send('raise', 'huyen', `/accounts/${activated[7]}/raise`, { serial: '000000000' })
    await this.#send('lower', 'huyen', `/accounts/${activated[8]}/lower`, { reason: 'Theo đề nghị' })
    await this.#send('phone', 'huyen', `/accounts/${activated[9]}/phone`, {
      phone: '0912345678',
      again: '0912345678',
      proof: 'card',
    })
    await this.#send('phone twice', 'huyen', `/accounts/${activated[9]}/phone`, {
      phone: '0912345678',
      again: '0912345679',
      proof: 'card',
    })
    for (const [i, id] of approved.slice(0, 3).entries())
      await this.#send(`reopen ${i}`, 'huyen', `/accounts/${id}/reopen`, { how: 'counter' })
    await this.#send('cancel', 'huyen', `/accounts/${activated[10]}/cancel`, {
      reason: 'Theo đề nghị của chủ tài khoản',
    })
    await this.#settle()
    for (const [i, id] of [...requested, ...approved, ...activated].entries())
      await this.#read(`account after ${i}`, `/accounts/${id}`, 'huyen')
  }

  async cards() {
    const things = await this.#things('cards.card', 't.state_on, t.serial', 8)
    const of = (state: string) => (things.get(state) ?? []).map(({ id }) => id)
    const [held, atUnit, approved] = [of('handed-over'), of('at-unit'), of('approved')]
    await this.#send('block', 'huyen', `/cards/${held[0]}/block`, { code: 'lost' })
    await this.#send('block for nothing', 'huyen', `/cards/${held[0]}/block`, { code: 'no-such-reason' })
    await this.#send('unblock', 'huyen', `/cards/${held[0]}/unblock`)
    await this.#send('revoke', 'huyen', `/cards/${held[1]}/revoke`, { code: 'damaged' })
    await this.#send('withhold', 'huyen', `/cards/${held[2]}/withhold`, {
      code: 'custody',
      authority: 'Trại tạm giam',
    })
    await this.#send('give back', 'huyen', `/cards/${held[2]}/give-back`)
    await this.#send('lost', 'huyen', `/cards/${held[3]}/lost`)
    await this.#send('cancel card', 'chihuy', `/cards/${approved[0]}/cancel`, { code: 'withdrawn' })
    const school = (await this.#ids('select id from units.school order by code limit 1'))[0]
    const list = await this.#send('hand-over list', 'huyen', '/hand-over-lists', {
      schoolId: school,
      teacherName: 'Nguyễn Thị Hoa',
      cards: atUnit.slice(0, 2).map(cardId => ({ cardId })),
    })
    await this.#read('list', `/hand-over-lists/${list}`, 'huyen')
    await this.#read('sheet of the list', `/hand-over-lists/${list}/sheet`, 'huyen')
    const unit = (await this.#ids("select id from units.unit where code = '193' order by id limit 1"))[0]
    const to = { id: school, kind: 'school' }
    for (const login of ['huyen', 'trungtamthe', 'chihuy']) {
      const box = await this.#send(
        'box',
        login,
        '/card-boxes',
        login === 'huyen' ? { to } : { to: { id: unit, kind: 'unit' } },
      )
      for (const [i, cardId] of atUnit.slice(2).entries())
        await this.#send(`put in ${i}`, login, `/card-boxes/${box}/put-in`, { cardId })
      await this.#send('seal', login, `/card-boxes/${box}/seal`, { seal: 'NP-0001' })
      await this.#read('label', `/card-boxes/${box}/label`, login)
      await this.#send('send', login, `/card-boxes/${box}/send`)
      await this.#send('receive', 'huyen', `/card-boxes/${box}/receive`, { seal: 'intact' })
      await this.#send('count', 'huyen', `/card-boxes/${box}/count`, { serials: ['022000000000'] })
      await this.#read('box', `/card-boxes/${box}`, login, 'huyen')
    }
    const batch = await this.#send('batch', 'trungtamthe', '/card-batches', { maker: 'house', most: 10 })
    await this.#read('batch', `/card-batches/${batch}`, 'trungtamthe')
    await this.#read('faces of the batch', `/card-batches/${batch}/faces`, 'trungtamthe')
    const lot = await this.#send('blanks', 'trungtamthe', '/blanks', { code: 'L-1', count: 50 })
    await this.#read('who counts with', '/blanks/witnesses', 'trungtamthe')
    const [second] = await this.#ids(`select id from staff.officer where login = 'trungtamthe2'`)
    const counted = { lotId: lot, counted: 49, reason: 'Một phôi rách' }
    await this.#send('stock-take alone', 'trungtamthe', '/blanks/stock-takes', counted)
    await this.#send('stock-take', 'trungtamthe', '/blanks/stock-takes', { ...counted, witness: second })
    await this.#send('spoil', 'trungtamthe', '/blanks/spoil', { lotId: lot, count: 1, reason: 'rách' })
    await this.#settle()
    for (const [i, id] of [...held.slice(0, 4), ...atUnit, ...approved].entries())
      await this.#read(`card after ${i}`, `/cards/${id}`, 'huyen', 'chihuy')
    await this.#read('pipeline after', '/cards/pipeline', 'huyen', 'chihuy')
  }

  /** Before anything is done: each count that follows is an edition more. */
  async report() {
    const [campaign] = await this.#ids('select id from campaign.campaign order by name limit 1')
    const report = await this.#send('report', 'chihuy', `/campaigns/${campaign}/reports`, { day: '2023-04-19' })
    await this.#read('report', `/reports/${report}`, 'chihuy', 'huyen', 'kiemtra')
    await this.#read('paper of the report', `/reports/${report}/paper`, 'chihuy')
  }

  async others() {
    const [campaign] = await this.#ids('select id from campaign.campaign order by name limit 1')
    const [school] = await this.#ids('select id from units.school order by code limit 1')
    const site = await this.#send('site', 'huyen', '/sites', {
      kind: 'school',
      schoolId: school,
      opensAt: '07:00',
      closesAt: '18:00',
    })
    const [officer] = await this.#ids("select id from staff.officer where login = 'huyen'")
    const session = await this.#send('session', 'huyen', '/sessions', {
      kind: 'card-and-account',
      siteId: site,
      day: '2023-04-25',
      startsAt: '08:00',
      endsAt: '11:00',
      campaignId: campaign,
      officers: [{ officerId: officer, role: 'lone' }],
      confirm: ['holiday', 'sunday', 'outside-hours', 'site-hours', 'capacity'],
    })
    await this.#send('roster', 'huyen', `/sessions/${session}/roster`, { schoolId: school, confirm: ['capacity'] })
    await this.#read('session', `/sessions/${session}`, 'huyen', 'chihuy', 'phuong')
    await this.#read('candidates', `/sessions/${session}/candidates`, 'huyen')
    await this.#read('roster', `/sessions/${session}/roster`, 'huyen')
    await this.#send('open', 'huyen', `/sessions/${session}/open`)
    await this.#send('cancel session', 'huyen', `/sessions/${session}/cancel`, { reason: 'Mưa bão' })
    const district = await this.#unit('193')
    const directive = await this.#send('directive', 'chihuy', '/directives', {
      title: 'Đẩy nhanh cấp thẻ',
      body: 'Hoàn thành trước ngày 30/4.',
      dueOn: '2023-04-30',
      units: [district],
      issuedBy: 'Giám đốc Công an tỉnh',
      campaign,
      question: { label: 'Đã cấp bao nhiêu?', metric: 'card-handed-over' },
    })
    await this.#send('acknowledge', 'huyen', `/directives/${directive}/acknowledge`, { version: 1 })
    await this.#send('answer', 'huyen', `/directives/${directive}/answer`, { version: 1, figure: 12, words: 'Đã xong' })
    await this.#read('directive', `/directives/${directive}`, 'chihuy', 'huyen')
    const group = await this.#send('group', 'phuong', '/community-groups', {
      name: 'Tổ 1',
      quarter: 'Khu 1',
      members: [{ fullName: 'Trần Văn Nam', role: 'leader', phone: '0912000111' }],
    })
    const house = await this.#send('house list', 'phuong', `/community-groups/${group}/house-lists`, {
      lacking: ['card', 'account'],
      why: 'Vận động làm thẻ',
      within: 'commune',
      days: 7,
    })
    await this.#read('group', `/community-groups/${group}`, 'phuong')
    await this.#read('house list', `/house-lists/${house}`, 'phuong')
    const holders = (await this.#things('accounts.account', 't.state_on', 4)).get('activated') ?? []
    for (const [i, { person }] of holders.entries()) {
      const correction = await this.#send(`correction ${i}`, 'pheduyet', `/register/persons/${person}/corrections`, {
        form: { code: 'DC02', version: 'TT66/2015' },
        evidence: 'Giấy khai sinh số 15/2005',
        values: i % 2 ? { hometown: 'Hà Nội' } : { ethnicity: 'Tày' },
      })
      await this.#read(`correction ${i}`, `/register/corrections/${correction}`, 'pheduyet', 'huyen')
      const does = i < 2 ? 'approve' : 'refuse'
      await this.#send(`${does} correction ${i}`, 'huyen', `/register/corrections/${correction}/${does}`, {
        reason: 'Chưa đủ',
      })
      await this.#send(`${does} own correction ${i}`, 'pheduyet', `/register/corrections/${correction}/${does}`, {
        reason: 'Tự quyết',
      })
    }
  }

  async followUps() {
    const listed = await (await this.#visitor('giaoduc').ask('/api/rolls/errands')).json()
    const said = (one: Record<string, unknown>) => JSON.stringify([one['name'], one['defect'], one['row']])
    const owed = (listed as { errands: (Record<string, unknown> & { id: string })[] }).errands
      .toSorted((a, b) => (said(a) < said(b) ? -1 : 1))
      .slice(0, 6)
    for (const [i, { id }] of owed.entries()) {
      await this.#send(`papers ${i}`, 'giaoduc', `/rolls/errands/${id}/papers`, { papers: 'Giấy khai sinh số 15/2005' })
      await this.#send(`corrected ${i}`, 'giaoduc', `/rolls/errands/${id}/corrected`)
      await this.#send(`register stands ${i}`, 'huyen', `/rolls/errands/${id}/register-stands`)
    }
    await this.#read('follow-ups after', '/rolls/errands', 'giaoduc', 'huyen', 'phuong')
    await this.#read('counts after', '/rolls/errands/counts', 'giaoduc', 'huyen', 'phuong')
  }
}
