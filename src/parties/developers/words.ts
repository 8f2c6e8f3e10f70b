import { inForceToday } from '../../platform/law-of-texts.ts'
import { words } from '../../platform/pages/html.ts'
import { developerSignIn, flightsKept } from '../law.ts'

const link = () => inForceToday(developerSignIn).linkMinutes

/** Text of the developer pages. */
export const developerText = words({
  'entrance-title': ['Trang dành cho lập trình viên', 'For developers'],
  'entrance-what': [
    'Phần mềm của cơ quan, tổ chức có thể cho người dân đăng nhập bằng tài khoản định danh, ' +
      'và nhận những thông tin mà họ đồng ý. Giao thức là OpenID Connect: thư viện chuẩn nào cũng dùng được.',
    'Software of a body or organisation can let people sign in with their identity account, ' +
      'and receive what they consent to. The protocol is OpenID Connect: any standard library will do.',
  ],
  'entrance-how': [
    'Client thử nghiệm dùng được ngay sau khi đăng ký, với những người thử nghiệm. ' +
      'Client chạy thật cần được duyệt: ai xin xem gì, để làm gì, theo căn cứ nào.',
    'A sandbox client works as soon as it is registered, with sandbox people. A live one is approved first: ' +
      'who asks for what, why, and by which legal basis.',
  ],
  'quick-start': ['Bắt đầu trong 20 phút', 'Start within 20 minutes'],
  'quick-start-hint': ['Từ chưa có gì đến lần đăng nhập đầu tiên', 'From nothing to the first sign-in'],
  checks: ['Vì sao đăng nhập không qua', 'Why a sign-in fails'],
  'checks-hint': ['Các bước kiểm tra và cách sửa từng lỗi', 'Every check, and how to mend what fails it'],
  discovery: ['Cấu hình OpenID', 'OpenID configuration'],
  'flight-look': ['Tra mã yêu cầu', 'Look a request up'],
  'flight-code': ['Mã yêu cầu (x-request-id)', 'Correlation id (x-request-id)'],
  'flight-code-hint': [
    'Ghi trên trang lỗi và trong tiêu đề của mọi câu trả lời.',
    'It stands on the error page, and in a header of every answer.',
  ],
  'flight-unknown': () => [
    'Không có gì được ghi dưới mã này ở các client của anh/chị. Chép trọn mã; ' +
      `ghi chép giữ ${inForceToday(flightsKept)} ngày, và yêu cầu qua mọi bước thì không để lại ghi chép.`,
    'Nothing is recorded under this code at your clients. Copy the whole code; ' +
      `notes are kept for ${inForceToday(flightsKept)} days, and a request that passed every check leaves none.`,
  ],
  'flight-passed': ['Qua mọi bước kiểm tra', 'It passed every check'],
  'flight-mend': ['Cách sửa', 'How to mend it'],
  'flight-at': ['Lúc', 'At'],
  'flight-endpoint': ['Endpoint', 'Endpoint'],
  'flight-error': ['Lỗi đã trả', 'Error answered'],
  'flight-detail': ['Tham số', 'Parameters'],
  'flight-client-none': ['client_id không phải của client nào đã đăng ký', 'the client_id is of no registered client'],
  'clock-ahead': ['Đồng hồ của anh/chị nhanh hơn của hệ thống (giây):', 'Your clock is ahead of ours by (seconds):'],
  'clock-behind': ['Đồng hồ của anh/chị chậm hơn của hệ thống (giây):', 'Your clock is behind ours by (seconds):'],

  'sign-in': ['Đăng nhập', 'Sign in'],
  'sign-in-how': [
    'Không có mật khẩu: chúng tôi gửi một đường liên kết đến hộp thư của anh/chị.',
    'There is no password: a link is sent to your mailbox.',
  ],
  email: ['Địa chỉ thư điện tử', 'E-mail address'],
  'send-link': ['Gửi đường liên kết', 'Send the link'],
  'link-sent': ['Đã gửi đường liên kết', 'The link is on its way'],
  'link-sent-todo': () => [
    `Mở hộp thư và bấm vào đường liên kết trong ${link()} phút, trên chính trình duyệt này. ` +
      'Không thấy thư thì xem mục thư rác.',
    `Open your mailbox and follow the link within ${link()} minutes, in this very browser. ` +
      'If there is no letter, look among the junk.',
  ],
  'link-demo': [
    'Hệ thống minh họa chưa nối máy chủ thư: thư nằm trong thư mục outbox của dữ liệu.',
    'This demonstration has no mail server: letters are files in the outbox folder of its data.',
  ],
  'link-slowed': [
    'Đã gửi nhiều đường liên kết trong một giờ qua. Dùng đường liên kết mới nhất, hoặc thử lại sau.',
    'Several links were sent within the last hour. Use the latest, or try again later.',
  ],
  'email-wrong': ['Ghi một địa chỉ thư điện tử, dạng ten@don-vi.vn.', 'Give an e-mail address, like name@example.vn.'],
  'come-in': ['Vào trang dành cho lập trình viên', 'Go to the developer pages'],
  'come-in-why': ['Bấm nút để đăng nhập trên trình duyệt này.', 'Press the button to sign in with this browser.'],
  'come-in-token': ['Mã trong đường liên kết, sau dấu #', 'The code of the link, behind #'],
  'link-gone': ['Đường liên kết này không mở được', 'This link opens nothing'],
  'link-gone-todo': () => [
    `Nó đã dùng, đã quá ${link()} phút, hoặc được xin ở trình duyệt khác. ` +
      'Xin một đường liên kết mới ngay tại trình duyệt này.',
    `It was used, is older than ${link()} minutes, or was asked for elsewhere. Ask for another in this browser.`,
  ],
  'signed-in-as': ['Đã đăng nhập:', 'Signed in:'],
  'sign-out': ['Đăng xuất', 'Sign out'],

  'own-parties': ['Bên liên kết của anh/chị', 'Your parties'],
  'own-none': ['Anh/chị chưa đăng ký bên liên kết nào.', 'You have registered no party yet.'],
  'party-new': ['Đăng ký bên liên kết', 'Register a party'],
  'party-edit': ['Sửa thông tin bên liên kết', 'Change the party'],
  'name-vi': ['Tên tiếng Việt', 'Name in Vietnamese'],
  'name-en': ['Tên tiếng Anh', 'Name in English'],
  'name-hint': [
    'Người dân đọc tên này trước khi đồng ý. Ghi tên đầy đủ của cơ quan, tổ chức.',
    'People read it before they consent. Give the full name of the body or organisation.',
  ],
  kind: ['Loại', 'Kind'],
  'kind-state-body': ['Cơ quan nhà nước', 'State body'],
  'kind-other': ['Tổ chức khác', 'Other organisation'],
  'basis-text': ['Căn cứ pháp lý: văn bản (tùy chọn)', 'Legal basis: the text (optional)'],
  'basis-article': ['Căn cứ pháp lý: điều, khoản (tùy chọn)', 'Legal basis: the article (optional)'],
  'basis-hint': [
    'Chỉ bên có căn cứ mới được xin số định danh, nơi cư trú và đối chiếu. Không có thì bỏ trống cả hai.',
    'Only a party with one may ask for the personal number, the residence, and verification. ' +
      'Leave both empty if there is none.',
  ],
  'contact-name': ['Kỹ sư chịu trách nhiệm', 'Engineer who answers for it'],
  'contact-email': ['Thư điện tử của kỹ sư đó', 'Their e-mail address'],
  'contact-hint': [
    'Người đọc hộp thư này cũng quản lý được bên liên kết.',
    'Whoever reads it can manage the party too.',
  ],
  save: ['Lưu', 'Save'],
  'state-draft': ['Bản nháp: chưa gửi duyệt', 'A draft, not submitted yet'],
  'state-submitted': ['Đang chờ duyệt', 'Waits for approval'],
  'state-approved': ['Đã duyệt', 'Approved'],
  'state-refused': ['Bị từ chối', 'Refused'],
  'state-suspended': ['Tạm dừng', 'Suspended'],
  reason: ['Lý do:', 'Reason:'],
  'party-submit': ['Gửi duyệt', 'Submit for approval'],
  'party-submit-hint': [
    'Client thử nghiệm không cần duyệt. Gửi duyệt khi anh/chị muốn chạy thật.',
    'Sandbox clients need no approval. Submit when you want to go live.',
  ],
  'party-take-back': ['Rút lại để sửa', 'Take it back to change it'],
  clients: ['Client', 'Clients'],
  'clients-none': [
    'Chưa có client nào. Bắt đầu bằng một client thử nghiệm.',
    'There is no client yet. Begin with a sandbox client.',
  ],
  'client-new-sandbox': ['Đăng ký client thử nghiệm', 'Register a sandbox client'],
  'client-new-live': ['Đăng ký client chạy thật', 'Register a live client'],
  'client-next': ['Viết phiên bản mới', 'Write the next version'],
  'client-next-live': [
    'Phiên bản đang có hiệu lực vẫn dùng cho đến khi phiên bản mới được duyệt.',
    'The version in force stays so until the next is approved.',
  ],
  'client-next-sandbox': [
    'Client thử nghiệm: có hiệu lực ngay khi lưu.',
    'A sandbox client: in force as soon as it is saved.',
  ],
  sandbox: ['thử nghiệm', 'sandbox'],
  live: ['chạy thật', 'live'],
  'client-name': ['Tên client, để anh/chị nhận ra', 'Name of the client, for yourself'],
  redirects: ['redirect_uri, mỗi dòng một địa chỉ', 'redirect_uris, one a line'],
  'redirects-hint-live': [
    'https, trùng từng ký tự với địa chỉ phần mềm gửi; cùng một tên miền.',
    'https, letter by letter as your software sends it; all on one host.',
  ],
  'redirects-hint-sandbox': [
    'https, hoặc http://localhost:cổng/… khi thử trên máy mình.',
    'https, or http://localhost:port/… to try on your own machine.',
  ],
  logouts: [
    'post_logout_redirect_uri, mỗi dòng một địa chỉ (tùy chọn)',
    'post_logout_redirect_uris, one a line (optional)',
  ],
  backchannel: ['backchannel_logout_uri (tùy chọn)', 'backchannel_logout_uri (optional)'],
  'backchannel-hint': [
    'Hệ thống gọi đến đây khi người dùng đăng xuất: https, tên miền công khai.',
    'The installation calls it when a person signs out: https, a public host name.',
  ],
  auth: ['Cách chứng minh client', 'Client authentication'],
  'auth-private_key_jwt': ['private_key_jwt: phần mềm có máy chủ', 'private_key_jwt: software with a server'],
  'auth-none': ['none: ứng dụng công khai, với PKCE', 'none: a public client, with PKCE'],
  algorithm: ['Thuật toán ký', 'Signing algorithm'],
  'jwks-uri': ['jwks_uri', 'jwks_uri'],
  'jwks-uri-hint': [
    'Nơi phần mềm công bố khóa công khai; đổi khóa không cần xin duyệt lại.',
    'Where your software publishes its public keys; keys change without review.',
  ],
  'called-hint-sandbox': [
    'Hệ thống chỉ gọi đến tên miền mà nơi vận hành đã mở cho client thử nghiệm; chưa mở thì để trống.',
    'The installation calls hosts alone that its operator opened for sandbox clients; leave it empty otherwise.',
  ],
  jwks: ['hoặc dán JWKS (chỉ khóa công khai)', 'or paste a JWKS (public keys only)'],
  grants: ['Dùng để', 'Used to'],
  'grant-code': ['cho người dân đăng nhập (authorization_code)', 'let people sign in (authorization_code)'],
  'grant-refresh': ['giữ phiên lâu hơn (refresh_token)', 'keep a session for longer (refresh_token)'],
  'grant-machine': [
    'tự gọi API, không ai đăng nhập (client_credentials)',
    'call the API with nobody signed in (client_credentials)',
  ],
  fapi: ['Theo FAPI 2.0: bắt buộc PAR và DPoP', 'By FAPI 2.0: PAR and DPoP are required'],
  'fapi-hint': [
    'Nên bật cho dịch vụ có dữ liệu nhạy cảm; máy chủ sẽ từ chối mọi yêu cầu kém hơn.',
    'Right for services with sensitive data; the server refuses anything less.',
  ],
  level: ['Mức độ tài khoản cần khi yêu cầu không ghi', 'Level wanted where a request does not say'],
  'level-any': ['mức nào cũng được', 'any'],
  purposes: ['Xin xem gì, để làm gì', 'What you ask for, and why'],
  'purposes-hint': [
    'Mỗi mục cần một câu mục đích bằng tiếng Việt và tiếng Anh, đúng như người dân sẽ đọc. ' +
      'Chỉ xin điều thật cần; mục tùy chọn để người dân bỏ qua được.',
    'Each needs a sentence in Vietnamese and English, as people will read it. Ask only for what you need; ' +
      'people may leave out what is optional.',
  ],
  'ask-no': ['không xin', 'not asked for'],
  'ask-required': ['bắt buộc', 'required'],
  'ask-optional': ['tùy chọn', 'optional'],
  'purpose-vi': ['Mục đích, tiếng Việt', 'Purpose, in Vietnamese'],
  'purpose-en': ['Mục đích, tiếng Anh', 'Purpose, in English'],
  'scope-profile': ['Họ tên, giới tính (profile)', 'Name, sex (profile)'],
  'scope-number': ['Số định danh cá nhân (number)', 'Personal number (number)'],
  'scope-birthdate': ['Ngày sinh (birthdate)', 'Birth date (birthdate)'],
  'scope-residence': ['Nơi cư trú (residence)', 'Residence (residence)'],
  'scope-phone': ['Số điện thoại (phone)', 'Phone (phone)'],
  'scope-verification': ['Đối chiếu có, không (verification)', 'Yes-or-no checks (verification)'],
  'wrong-some': ['Một số mục chưa đúng; xem chỗ ghi bên dưới.', 'Some fields need another look; see below.'],
  versions: ['Các phiên bản', 'Versions'],
  version: ['Phiên bản', 'Version'],
  'version-draft': ['bản nháp', 'a draft'],
  'version-submitted': ['đang chờ duyệt', 'waits for approval'],
  'version-in-force': ['đang có hiệu lực', 'in force'],
  'version-former': ['đã thay', 'replaced'],
  'version-refused': ['bị từ chối', 'refused'],
  'version-withdrawn': ['đã rút', 'withdrawn'],
  'version-submit': ['Gửi duyệt phiên bản này', 'Submit this version'],
  'version-withdraw': ['Rút phiên bản này', 'Withdraw this version'],
  settings: ['Thiết lập', 'Settings'],
  keys: ['Khóa', 'Keys'],
  'keys-none': ['không có (client công khai)', 'none (a public client)'],
  metadata: ['Như máy chủ hiểu (RFC 7591)', 'As the server reads it (RFC 7591)'],
  'checks-failed': ['Bước không qua, 24 giờ qua', 'Checks failed in the last 24 hours'],
  'checks-none': ['Không có bước nào không qua. Lượt trọn vẹn:', 'No check failed. Went through:'],
  check: ['Bước kiểm tra', 'Check'],
  times: ['Số lần', 'Times'],
  'by-hour': ['Theo giờ', 'By the hour'],
  recent: ['Yêu cầu gần đây không qua', 'Recent requests that failed'],
  means: ['Nghĩa là', 'What it means'],
  mend: ['Cách sửa', 'How to mend it'],
  back: ['Quay lại', 'Back'],
  quotas: ['Hạn mức', 'Quotas'],
  'quota-sign-in': ['Đăng nhập', 'Sign-ins'],
  'quota-verification': ['Đối chiếu', 'Verifications'],
  'quota-minute': ['mỗi phút', 'a minute'],
  'quota-day': ['mỗi ngày', 'a day'],
  'quota-used': ['đã dùng hôm nay', 'used today'],
})

export type DeveloperText = ReturnType<typeof developerText>
export type DeveloperTextKey = Parameters<DeveloperText>[0]
