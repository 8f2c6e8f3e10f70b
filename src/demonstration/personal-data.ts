import * as dataProtection from '../data-protection/data-protection.ts'
import type { House } from '../open-house.ts'
import type { Day } from '../platform/day.ts'
import type { Authority } from '../platform/work.ts'
import type { DemonstrationCitizen } from './citizens.ts'
import { actAs } from './standings.ts'

/** What people of the demonstration ask about their own data, and a breach whose notice went out in time. */

type Asked = readonly [who: DemonstrationCitizen['who'], kind: dataProtection.RequestKind, words: string]

const asked: readonly Asked[] = [
  ['parent', 'erase', 'Tôi đề nghị xóa số điện thoại cũ và ảnh chụp lần trước của tôi khỏi hệ thống.'],
  ['pupil', 'object', 'Em không muốn nhà trường nhận danh sách có ngày sinh đầy đủ của em.'],
  ['level-1', 'correct', 'Quê quán của tôi ghi thiếu tên xã, đề nghị ghi đúng theo giấy khai sinh.'],
  ['parent', 'complain', 'Có cán bộ xem dữ liệu của tôi vào buổi tối mà tôi không có hồ sơ nào đang giải quyết.'],
]

export async function askAboutData(house: House, day: Day): Promise<void> {
  const citizens = (house.record()['demonstrationCitizens'] ?? []) as readonly DemonstrationCitizen[]
  const { as } = await actAs(house.openWork, day, 'data-protection')
  const ids: dataProtection.DataRequestId[] = []
  for (const [who, kind, words] of asked) {
    const person = citizens.find(one => one.who === who)
    if (!person) continue
    const own: Authority = { by: { kind: 'citizen', id: person.personId }, scope: 'house', purpose: 'own-page' }
    const request = { personId: person.personId, kind, words, way: 'own-page' } as const
    ids.push((await house.openWork(own, work => dataProtection.fileRequest(work, request))).id)
  }
  const [first, second] = ids
  if (first)
    await as('chihuy', work =>
      dataProtection.answerRequest(work, first, {
        outcome: 'partly',
        ground: 'kept-by-law',
        answer: 'Số điện thoại cũ đã ngừng sử dụng. Ảnh trong hồ sơ cấp thẻ được lưu theo hồ sơ nên không xóa.',
      }),
    )
  if (second) await as('chihuy', work => dataProtection.takeUpRequest(work, second))
  await as('chihuy', recordLostPaper)
}

async function recordLostPaper(work: Parameters<typeof dataProtection.recordBreach>[0]): Promise<void> {
  if (!work.unitId) return
  const hoursAgo = (hours: number) => new Date(work.now.getTime() - hours * 3_600_000)
  const id = await dataProtection.recordBreach(work, work.unitId, {
    what: 'Danh sách ký nhận thẻ của một lớp bị để quên tại phòng chờ, nhà trường nhặt được và giao lại.',
    place: 'Trường THPT Hòn Gai, thành phố Hạ Long',
    happenedAt: hoursAgo(30),
    discoveredAt: hoursAgo(26),
    dataKinds: ['identity', 'card', 'school'],
    people: 42,
    peopleKnown: true,
    harm: 'Người khác có thể đã đọc họ tên, ngày sinh và số sê-ri thẻ của 42 học sinh.',
    measures: 'Đã thu hồi bản giấy, nhắc nhở tổ công tác, chuyển sang ký nhận trên máy trạm.',
  })
  await dataProtection.notifyAuthority(work, id, { number: '12/TB-PC06' })
}
