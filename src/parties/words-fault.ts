import { words } from '../platform/pages/html.ts'

/** Faults of what an engineer typed, by field, and what to do about each. */

export const faultSentences = {
  'name-missing': [
    'Ghi tên đầy đủ, không quá 200 ký tự: người dân đọc tên này trước khi đồng ý.',
    'Give the full name, of at most 200 signs: people read it before they consent.',
  ],
  'kind-unknown': ['Chọn cơ quan nhà nước hoặc tổ chức khác.', 'Choose a state body or another organisation.'],
  'basis-halved': [
    'Căn cứ pháp lý gồm cả văn bản và điều khoản; ghi đủ hai mục, hoặc để trống cả hai.',
    'A legal basis is a text and its article: give both, or neither.',
  ],
  'contact-missing': ['Ghi tên kỹ sư chịu trách nhiệm.', 'Name the engineer who answers for it.'],
  'email-wrong': [
    'Ghi một địa chỉ thư điện tử mà kỹ sư đọc được, dạng ten@don-vi.vn.',
    'Give an e-mail address that the engineer reads, like name@example.vn.',
  ],
  'client-id-wrong': [
    'client_id gồm 3 đến 64 chữ thường, chữ số và gạch nối.',
    'A client_id has 3 to 64 small letters, digits and hyphens.',
  ],
  'client-id-taken': ['client_id này đã có; chọn tên khác.', 'This client_id is taken; choose another.'],
  'client-name-missing': [
    'Đặt cho client một tên, không quá 100 ký tự.',
    'Give the client a name, of at most 100 signs.',
  ],
  'redirect-missing': [
    'Cần ít nhất một redirect_uri: nơi trình duyệt quay về sau khi đăng nhập.',
    'At least one redirect_uri is needed: where the browser comes back to.',
  ],
  'redirect-needless': [
    'Client không đăng nhập cho người dùng thì không có redirect_uri; bỏ đi, hoặc thêm authorization_code.',
    'A client that signs nobody in has no redirect_uri; remove it, or add authorization_code.',
  ],
  'too-many': ['Nhiều nhất 10 địa chỉ.', 'At most ten addresses.'],
  twice: ['Mục này ghi hai lần.', 'This is given twice.'],
  'url-malformed': [
    'Ghi địa chỉ đầy đủ, dạng https://cong.example.vn/dang-nhap, không có khoảng trắng.',
    'Give a whole address, like https://portal.example.vn/sign-in, without blanks.',
  ],
  'url-wildcard': [
    'Không dùng dấu *: địa chỉ được so từng ký tự; ghi từng địa chỉ một.',
    'No * here: addresses are compared letter by letter; give each of them.',
  ],
  'url-fragment': ['Bỏ phần sau dấu #.', 'Remove what comes after #.'],
  'url-user': ['Bỏ tên và mật khẩu trong địa chỉ.', 'Remove the name and password from the address.'],
  'url-not-https': ['Phải là https.', 'It must be https.'],
  'url-not-https-nor-loopback': [
    'Phải là https, hoặc http://localhost khi thử trên máy mình.',
    'It must be https, or http://localhost to try on your own machine.',
  ],
  'url-host-private': [
    'Hệ thống gọi đến địa chỉ này, nên nó phải là tên miền công khai, không phải địa chỉ IP hay tên trong mạng nội bộ.',
    'The house calls this address, so it must be a public host name: no IP address, and no name of a private network.',
  ],
  'url-host-not-open': [
    'Hệ thống gọi đến địa chỉ này, mà client thử nghiệm thì không ai duyệt: dán khóa công khai, ' +
      'bỏ địa chỉ báo đăng xuất, hoặc nhờ nơi vận hành mở tên miền này (sandboxHosts).',
    'The house calls this address, and nobody approves a sandbox client: paste the public keys and leave the logout ' +
      'address out, or have the operator open this host (sandboxHosts).',
  ],
  'hosts-differ': [
    'Mọi redirect_uri của một client phải cùng một tên miền; tên miền khác thì đăng ký thêm một client.',
    'All redirect_uris of a client are of one host; for another host, register another client.',
  ],
  'auth-method-unknown': [
    'Chọn private_key_jwt (có máy chủ) hoặc none (ứng dụng công khai với PKCE). Không có client_secret.',
    'Choose private_key_jwt (there is a server) or none (a public client with PKCE). There is no client_secret.',
  ],
  'algorithm-unknown': ['Chọn ES256 hoặc PS256.', 'Choose ES256 or PS256.'],
  'keys-missing': [
    'private_key_jwt cần khóa công khai: ghi jwks_uri, hoặc dán JWKS.',
    'private_key_jwt needs public keys: give a jwks_uri, or paste a JWKS.',
  ],
  'keys-doubled': ['Chỉ ghi một trong hai: jwks_uri hoặc JWKS.', 'Give either a jwks_uri or a JWKS, not both.'],
  'keys-needless': [
    'Client công khai (none) không có khóa; bỏ mục này.',
    'A public client (none) has no keys; remove them.',
  ],
  'keys-malformed': ['Dán một JWKS dạng {"keys": [ … ]}, hoặc một JWK.', 'Paste a JWKS, {"keys": [ … ]}, or one JWK.'],
  'key-private': [
    'Đây là khóa bí mật, và nó vừa rời khỏi máy của anh/chị: chúng tôi không giữ lại. ' +
      'Hãy bỏ khóa này, tạo khóa mới, và chỉ dán phần công khai.',
    'This is a private key, and it has just left your machine; we have not kept it. ' +
      'Throw it away, make another, and paste its public part only.',
  ],
  'key-kind': [
    'Khóa phải là EC P-256 (ES256) hoặc RSA từ 2048 bit (PS256).',
    'A key is EC P-256 (ES256), or RSA of 2048 bits or more (PS256).',
  ],
  'key-unreadable': [
    'Một khóa không đọc được; xuất lại phần công khai dạng JWK.',
    'A key cannot be read; export its public part as a JWK again.',
  ],
  'key-kid': ['Mỗi khóa cần một kid riêng.', 'Each key needs a kid of its own.'],
  'key-use': [
    'Khóa phải để ký: "use" là "sig" hoặc bỏ trống, "alg" khớp với thuật toán đã chọn.',
    'Keys are for signing: "use" is "sig" or absent, and "alg" is the algorithm that was chosen.',
  ],
  'key-none-fits': [
    'Không khóa nào dùng được với thuật toán đã chọn.',
    'None of the keys fits the algorithm that was chosen.',
  ],
  'grants-wrong': [
    'Chọn authorization_code (đăng nhập cho người dùng) hoặc client_credentials (tự gọi API), hoặc cả hai.',
    'Choose authorization_code (people sign in), client_credentials (calls of its own), or both.',
  ],
  'grant-refresh-alone': [
    'refresh_token chỉ đi cùng authorization_code.',
    'refresh_token goes with authorization_code only.',
  ],
  'grant-public': [
    'Client công khai không dùng được client_credentials.',
    'A public client cannot use client_credentials.',
  ],
  'scope-unknown': ['Không có scope này.', 'There is no such scope.'],
  'scope-needs-basis': [
    'number, residence và verification chỉ dành cho bên có căn cứ pháp lý: ' +
      'ghi văn bản và điều khoản ở trang của bên liên kết.',
    'number, residence and verification are for parties with a legal basis: give text and article on the party’s page.',
  ],
  'scope-needs-code': [
    'Scope này do người dùng cho phép, nên cần authorization_code.',
    'A person allows this scope, so it needs authorization_code.',
  ],
  'scope-needs-credentials': [
    'verification do chính client gọi, nên cần client_credentials.',
    'The client itself asks for verification, so it needs client_credentials.',
  ],
  'scope-not-optional': [
    'verification không có ai để chọn, nên không thể là tùy chọn.',
    'Nobody chooses verification, so it cannot be optional.',
  ],
  'purpose-short': [
    'Ghi mục đích bằng một câu từ 10 đến 300 ký tự, cả tiếng Việt và tiếng Anh: ' +
      'người dân đọc câu này trước khi đồng ý.',
    'Give the purpose in a sentence of 10 to 300 signs, in Vietnamese and English: people read it before they consent.',
  ],
  'fapi-auth': ['FAPI 2.0 cần private_key_jwt.', 'FAPI 2.0 needs private_key_jwt.'],
  'level-unknown': ['Mức là 1 hoặc 2.', 'The level is 1 or 2.'],
} as const satisfies Readonly<Record<string, readonly [vi: string, en: string]>>

export type FaultCode = keyof typeof faultSentences

/** `field` is the path of the value: 'redirectUris.1'. */
export type Fault = { readonly field: string; readonly code: FaultCode }

const faultText = words(faultSentences)

/** Faults as a refusal carries them: in both languages, without any value. */
export const faultReplies = (faults: readonly Fault[]) =>
  faults.map(({ field, code }) => ({ field, code, should: faultText('en')(code), should_vi: faultText('vi')(code) }))
