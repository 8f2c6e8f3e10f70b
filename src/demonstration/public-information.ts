import { recordActivity } from '../awareness/awareness.ts'
import type { ActivityInput } from '../awareness/contract.ts'
import * as campaign from '../campaign/campaign.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { actAs } from './standings.ts'

type Acting = Awaited<ReturnType<typeof actAs>>
type PublicActivity = Omit<ActivityInput, 'campaign' | 'units' | 'schools'> & { readonly at: 'schools' | 'ward' }

/** What a ward did in April 2023 to urge teachers, parents and pupils, from an assembly to visits of its groups. */
const activities: readonly PublicActivity[] = [
  {
    at: 'schools',
    kind: 'assembly',
    audiences: ['pupils', 'teachers'],
    heldOn: '2023-04-03',
    people: 640,
    counted: true,
    doneBy: ['police', 'school'],
    content: 'Sinh hoạt dưới cờ: vì sao cần thẻ và tài khoản trước ngày đăng ký dự thi, làm ở đâu, mang theo gì',
  },
  {
    at: 'schools',
    kind: 'letter',
    audiences: ['parents', 'teachers'],
    heldOn: '2023-04-06',
    people: 580,
    counted: true,
    doneBy: ['school', 'association'],
    content: 'Thư gửi gia đình qua giáo viên chủ nhiệm; đề nghị thầy cô, cha mẹ cũng làm thẻ và kích hoạt tài khoản',
  },
  {
    at: 'ward',
    kind: 'loudspeaker',
    audiences: ['residents'],
    heldOn: '2023-04-10',
    people: 5000,
    counted: false,
    doneBy: ['committee', 'police'],
    content: 'Bài phát loa hai lần một ngày trong ba ngày',
  },
  {
    at: 'ward',
    kind: 'group-visit',
    audiences: ['parents', 'residents'],
    heldOn: '2023-04-15',
    people: 46,
    counted: true,
    doneBy: ['group'],
    content: 'Tổ công nghệ số khu 3 đến từng nhà, hướng dẫn kích hoạt trên điện thoại của người dân',
  },
]

async function enterTold(work: Work): Promise<void> {
  const one = (await campaign.listCampaigns(work)).find(({ state }) => state === 'open')
  if (!one || !work.unitId) return
  const schools = (await units.schoolsIn(work, [work.unitId])).map(({ id }) => id)
  for (const { at, ...activity } of activities) {
    if (at === 'schools' && schools.length === 0) continue
    await recordActivity(work, {
      ...activity,
      campaign: one.id,
      ...(at === 'schools' ? { schools } : { units: [work.unitId] }),
    })
  }
}

/** The ward's officer enters it, as on the page. */
export const enterPublicInformation = ({ as }: Acting): Promise<void> => as('phuong', enterTold)
