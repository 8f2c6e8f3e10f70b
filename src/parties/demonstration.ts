import { type Authority, asSystem, type OpenWork } from '../platform/work.ts'
import type { ClientSettings, Purpose } from './client.ts'
import * as clients from './clients/clients.ts'
import { approveParty, type PartyInput, registerParty, submitPartyForReview } from './registry.ts'
import { markSandboxPeople } from './sandbox/sandbox.ts'
import { findClientInForce } from './store-serving.ts'

/**
 * The two reference relying parties of a demonstration, which run beside it; and its people, who are all invented, for
 * sandbox clients.
 */

type ReferenceParty = {
  readonly clientId: string
  readonly name: string
  readonly party: PartyInput
  readonly settings: ClientSettings
}

/** Addresses as the reference applications serve them. */
const addressesAt = (origin: string) => ({
  redirectUris: [`${origin}/sign-in/callback`],
  postLogoutRedirectUris: [`${origin}/`],
  backchannelLogoutUri: `${origin}/sign-in/logout`,
  authMethod: 'private_key_jwt' as const,
  jwksUri: `${origin}/jwks.json`,
})

const purpose = (
  scope: Purpose['scope'],
  vi: string,
  en: string,
  kind: 'required' | 'optional' = 'required',
): Purpose => ({
  scope,
  vi,
  en,
  optional: kind === 'optional',
})

const examRegistration = (origin: string): ReferenceParty => ({
  clientId: 'exam-registration',
  name: 'Trang đăng ký dự thi',
  party: {
    nameVi: 'Hệ thống đăng ký dự thi, Sở Giáo dục và Đào tạo Quảng Ninh',
    nameEn: 'Exam registration, Quảng Ninh Department of Education and Training',
    kind: 'state-body',
    basis: { text: 'Thông tư 15/2020/TT-BGDĐT (sửa đổi bởi Thông tư 06/2023/TT-BGDĐT)', article: 'Điều 13' },
    contact: { name: 'Bùi Hải Ninh', email: 'dang-ky-thi@sogddt.example.vn' },
  },
  settings: {
    ...addressesAt(origin),
    grants: ['authorization_code', 'refresh_token'],
    fapi: true,
    level: 2,
    purposes: [
      purpose(
        'profile',
        'Ghi họ tên và giới tính của thí sinh vào phiếu đăng ký dự thi',
        'To put the candidate’s name and sex on the registration',
      ),
      purpose(
        'number',
        'Nhận đúng thí sinh và tránh đăng ký trùng',
        'To know the candidate for sure, and to prevent registering twice',
      ),
      purpose(
        'birthdate',
        'Kiểm tra thí sinh thuộc lứa dự thi',
        'To check that the candidate is of the year that sits the exam',
      ),
      purpose(
        'residence',
        'Xác định khu vực ưu tiên và gợi ý điểm thi gần nhà',
        'To tell the priority area, and to suggest a venue nearby',
      ),
      purpose(
        'phone',
        'Báo cho thí sinh khi phiếu đăng ký cần sửa',
        'To tell the candidate when the registration needs mending',
        'optional',
      ),
    ],
  },
})

const publicServicePortal = (origin: string): ReferenceParty => ({
  clientId: 'public-service-portal',
  name: 'Cổng dịch vụ công',
  party: {
    nameVi: 'Cổng dịch vụ công tỉnh Quảng Ninh',
    nameEn: 'Public service portal of Quảng Ninh province',
    kind: 'state-body',
    basis: { text: 'Nghị định 45/2020/NĐ-CP', article: 'Điều 7' },
    contact: { name: 'Lương Thu Trà', email: 'ky-thuat@dichvucong.example.vn' },
  },
  settings: {
    ...addressesAt(origin),
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    fapi: false,
    purposes: [
      purpose(
        'profile',
        'Điền sẵn họ tên vào hồ sơ, không phải gõ lại',
        'To fill your name into the file, so that you need not type it',
      ),
      purpose('number', 'Gắn hồ sơ với đúng người nộp', 'To keep the file under the right person'),
      purpose('birthdate', 'Điền sẵn ngày sinh vào tờ khai', 'To fill your birth date into the form'),
      purpose('residence', 'Chuyển hồ sơ đến đúng nơi giải quyết', 'To send the file to the office that decides on it'),
      purpose('phone', 'Nhắn tin khi hồ sơ có kết quả', 'To send a message when there is a result', 'optional'),
      purpose(
        'verification',
        'Đối chiếu thông tin của người thân mà người nộp khai trong hồ sơ',
        'To check what an applicant says of their relatives in a file',
      ),
    ],
  },
})

async function enterReferenceParty(
  openWork: OpenWork,
  { clientId, name, party, settings }: ReferenceParty,
  by: DemonstrationOfficers,
): Promise<void> {
  const isThere = await openWork(asSystem('demonstration', 'none'), work => findClientInForce(work, clientId))
  if (isThere) return
  const partyId = await openWork(by.registrar, async work => {
    const { id } = await registerParty(work, party)
    await submitPartyForReview(work, id)
    await clients.addClient(
      work,
      id,
      { name, sandbox: false, clientId, settings },
      { demonstration: true, sandboxHosts: [] },
    )
    await clients.submitClientVersion(work, clientId, 1)
    return id
  })
  await openWork(by.approver, async work => {
    await approveParty(work, partyId)
    await clients.approveVersion(work, clientId, 1, { scopes: settings.purposes.map(({ scope }) => scope) })
  })
}

type DemonstrationOfficers = { readonly registrar: Authority; readonly approver: Authority }

/**
 * Registers and approves the reference parties, by two officers as the rule requires. Existing ones stay as they are.
 */
export async function makeDemonstrationParties(
  openWork: OpenWork,
  by: DemonstrationOfficers,
  { examOrigin = 'http://localhost:8090', portalOrigin = 'http://localhost:8091' } = {},
): Promise<void> {
  for (const reference of [examRegistration(examOrigin), publicServicePortal(portalOrigin)])
    await enterReferenceParty(openWork, reference, by)
  await openWork(asSystem('demonstration'), work => markSandboxPeople(work, 'everyone'))
}
