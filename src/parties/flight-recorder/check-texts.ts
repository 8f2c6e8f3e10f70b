/** The checks of the flight recorder: what each means, and how an engineer fixes it. Pure. */

type CheckText = {
  /** The check is about time: the view shows the difference between the two clocks, if known. */
  readonly clock?: boolean
  readonly means: readonly [vi: string, en: string]
  readonly mend: readonly [vi: string, en: string]
}

const checkTexts = {
  'client-unknown': {
    means: [
      'client_id không có trong danh sách đã đăng ký, hoặc chưa có phiên bản nào được duyệt.',
      'The client_id is not registered, or no version of it is in force yet.',
    ],
    mend: [
      'So client_id trong yêu cầu với trang của bên liên kết; chờ duyệt, hoặc dùng client thử nghiệm.',
      'Compare the client_id with the one on your page; wait for the approval, or use a sandbox client.',
    ],
  },
  'client-suspended': {
    means: ['Client hoặc bên liên kết đang bị tạm dừng.', 'The client, or its party, is suspended.'],
    mend: [
      'Lý do ghi trên trang của bên liên kết; liên hệ quản trị của hệ thống.',
      'The reason stands on your page; turn to the house’s administrator.',
    ],
  },
  'client-authentication': {
    means: ['Client chưa chứng minh được mình ở endpoint này.', 'The client did not authenticate at this endpoint.'],
    mend: [
      'Gửi client_assertion ký bằng khóa đã đăng ký (private_key_jwt, RFC 7523); không dùng client_secret.',
      'Send a client_assertion signed by a registered key (private_key_jwt, RFC 7523); there is no client_secret.',
    ],
  },
  'assertion-audience': {
    means: ['aud của client_assertion không phải hệ thống này.', 'The aud of the client_assertion is not this house.'],
    mend: [
      'Đặt aud đúng bằng issuer ghi trong openid-configuration, là một chuỗi, không phải mảng.',
      'Set aud to the issuer of openid-configuration, as one string and no array.',
    ],
  },
  'assertion-expired': {
    clock: true,
    means: ['client_assertion đã hết hạn khi đến nơi.', 'The client_assertion had expired when it arrived.'],
    mend: [
      'Tạo assertion mới cho mỗi yêu cầu, exp khoảng một phút sau; kiểm tra đồng hồ máy chủ.',
      'Make a new assertion for each request, its exp about a minute ahead; check the server’s clock.',
    ],
  },
  'assertion-replayed': {
    means: ['jti của client_assertion đã dùng một lần.', 'The jti of the client_assertion was used before.'],
    mend: [
      'Sinh jti ngẫu nhiên cho từng yêu cầu, kể cả khi gửi lại.',
      'Draw a random jti for each request, when you send again too.',
    ],
  },
  'assertion-key': {
    means: [
      'Không tìm thấy khóa công khai khớp với chữ ký của client_assertion.',
      'No public key fits the signature of the client_assertion.',
    ],
    mend: [
      'Kiểm tra kid và thuật toán; khóa mới phải có trong jwks_uri trước khi dùng để ký.',
      'Check kid and algorithm; a new key must stand at jwks_uri before anything is signed by it.',
    ],
  },
  'keys-unreached': {
    means: [
      'Hệ thống không đọc được khóa công khai ở jwks_uri. Khóa đã đọc còn dùng được mười phút kể từ lần đọc gần ' +
        'nhất, sau đó client bị từ chối.',
      'The house could not read the public keys at the jwks_uri. Keys that were read count for ten minutes from ' +
        'the last reading; after that the client is refused.',
    ],
    mend: [
      'Địa chỉ phải gọi được từ máy chủ của hệ thống, không chuyển hướng, ' +
        'trả lời 200 trong 2,5 giây bằng một JWKS không quá 256 KB. Hệ thống đọc lại mỗi nửa phút khi có yêu cầu.',
      'The address must be reachable from the house, must not redirect, ' +
        'and answers 200 within 2.5 seconds by a JWKS of at most 256 KB. ' +
        'The house tries again every half minute while requests come.',
    ],
  },
  'assertion-clock': {
    clock: true,
    means: [
      'iat hoặc nbf của client_assertion nằm ở tương lai so với giờ của hệ thống.',
      'The iat or nbf of the client_assertion lies in the future of this house’s clock.',
    ],
    mend: [
      'Đồng bộ giờ máy chủ (NTP); chênh lệch ghi bên cạnh.',
      'Set the server’s clock by NTP; the difference stands beside.',
    ],
  },
  'redirect-uri': {
    means: [
      'redirect_uri không trùng từng ký tự với địa chỉ đã đăng ký.',
      'The redirect_uri is not, letter by letter, one that is registered.',
    ],
    mend: [
      'So cả giao thức, cổng và dấu gạch chéo cuối; địa chỉ mới phải đăng ký và được duyệt trước.',
      'Compare scheme, port and the last slash too; a new address has to be registered and approved first.',
    ],
  },
  'response-type': {
    means: [
      'response_type hoặc response_mode không được phép; chỉ nhận code.',
      'The response_type or response_mode is not allowed; only code is.',
    ],
    mend: ['Gửi response_type=code; bỏ response_mode.', 'Send response_type=code, and no response_mode.'],
  },
  'response-mode': {
    means: ['response_mode không được phép với client này.', 'The response_mode is not allowed to this client.'],
    mend: ['Bỏ response_mode, hoặc gửi response_mode=query.', 'Leave response_mode out, or send response_mode=query.'],
  },
  scope: {
    means: [
      'Có scope không thuộc những gì client được duyệt, hoặc thiếu openid.',
      'A scope is not among those approved for the client, or openid is missing.',
    ],
    mend: [
      'Chỉ xin scope ghi trong phiên bản đang có hiệu lực; muốn thêm thì gửi phiên bản mới kèm mục đích.',
      'Ask only for scopes of the version in force; to have more, submit a version with their purposes.',
    ],
  },
  claims: {
    means: [
      'Tham số claims sai cấu trúc hoặc xin điều không có trong scope được duyệt.',
      'The claims parameter is malformed, or asks for what no approved scope opens.',
    ],
    mend: [
      'claims là JSON theo OpenID Connect Core 5.5; xin bằng scope là đủ cho hầu hết trường hợp.',
      'claims is JSON by OpenID Connect Core 5.5; scopes are enough in most cases.',
    ],
  },
  'pkce-missing': {
    means: [
      'Thiếu code_challenge: mọi client đều phải dùng PKCE.',
      'There is no code_challenge: every client uses PKCE.',
    ],
    mend: [
      'Gửi code_challenge và code_challenge_method=S256 (RFC 7636).',
      'Send code_challenge and code_challenge_method=S256 (RFC 7636).',
    ],
  },
  'pkce-wrong': {
    means: [
      'code_verifier không khớp với code_challenge của lần đăng nhập này.',
      'The code_verifier does not fit the code_challenge of this sign-in.',
    ],
    mend: [
      'Giữ code_verifier theo từng phiên trình duyệt; mở hai thẻ cùng lúc dễ ghi đè nhau.',
      'Keep the code_verifier by browser session; two tabs at once may overwrite each other’s.',
    ],
  },
  'pkce-plain': {
    means: ['code_challenge_method=plain không được nhận.', 'code_challenge_method=plain is not taken.'],
    mend: [
      'Dùng S256: băm SHA-256 của code_verifier, mã hóa base64url.',
      'Use S256: SHA-256 of the code_verifier, in base64url.',
    ],
  },
  'par-required': {
    means: [
      'Client này phải gửi tham số qua PAR, không đặt trên địa chỉ.',
      'This client must push its parameters (PAR) instead of sending them in the address.',
    ],
    mend: [
      'POST tham số đến pushed_authorization_request_endpoint, rồi chỉ đặt client_id và request_uri trên địa chỉ.',
      'POST them to the pushed_authorization_request_endpoint, then send only client_id and request_uri.',
    ],
  },
  'par-expired': {
    means: [
      'request_uri của PAR đã hết hạn hoặc đã dùng.',
      'The request_uri of the pushed request has expired, or was used.',
    ],
    mend: [
      'Gửi PAR ngay trước khi chuyển trình duyệt đi; mỗi lần đăng nhập một request_uri.',
      'Push right before you send the browser on; one request_uri for each sign-in.',
    ],
  },
  'par-of-another-client': {
    means: ['request_uri này do client khác gửi.', 'This request_uri was pushed by another client.'],
    mend: ['Dùng đúng client_id đã gửi PAR.', 'Use the client_id that pushed it.'],
  },
  'request-object': {
    means: [
      'Đối tượng request (JAR) sai chữ ký, sai nội dung, hoặc không được hỗ trợ.',
      'The request object (JAR) is badly signed, malformed, or not supported.',
    ],
    mend: ['Dùng PAR thay cho tham số request.', 'Use PAR instead of the request parameter.'],
  },
  'dpop-missing': {
    means: [
      'Thiếu tiêu đề DPoP ở endpoint cần bằng chứng giữ khóa.',
      'The DPoP header is missing where a proof of possession is needed.',
    ],
    mend: ['Gửi DPoP proof mới cho từng yêu cầu (RFC 9449).', 'Send a fresh DPoP proof with each request (RFC 9449).'],
  },
  'dpop-malformed': {
    means: [
      'DPoP proof sai cấu trúc, sai chữ ký hoặc thuật toán.',
      'The DPoP proof is malformed, badly signed, or of another algorithm.',
    ],
    mend: [
      'Tiêu đề gồm typ=dpop+jwt, alg, jwk (chỉ khóa công khai); ký đúng bằng khóa đó.',
      'Its header is typ=dpop+jwt, alg, and jwk (the public key only); sign by that key.',
    ],
  },
  'dpop-htu': {
    means: [
      'htu trong DPoP proof không phải địa chỉ đã gọi.',
      'The htu of the DPoP proof is not the address that was called.',
    ],
    mend: [
      'Lấy đúng địa chỉ endpoint, bỏ phần ? và #; phía sau proxy thì dùng địa chỉ công khai.',
      'Take the endpoint’s address without ? and #; behind a proxy, the public one.',
    ],
  },
  'dpop-htm': {
    means: [
      'htm trong DPoP proof không phải phương thức đã gọi.',
      'The htm of the DPoP proof is not the method that was used.',
    ],
    mend: ['POST cho token và PAR, GET cho userinfo.', 'POST for token and PAR, GET for userinfo.'],
  },
  'dpop-iat': {
    clock: true,
    means: [
      'iat (hoặc nbf) của DPoP proof lệch quá xa giờ của hệ thống.',
      'The iat (or nbf) of the DPoP proof is too far from this house’s clock.',
    ],
    mend: [
      'Đồng bộ giờ máy chủ (NTP); nếu giờ chậm thì dùng nonce mà hệ thống gửi cũng được.',
      'Set the server’s clock by NTP; where it is slow, the nonce that the house sends helps too.',
    ],
  },
  'dpop-nonce': {
    means: ['Thiếu nonce, hoặc nonce cũ, trong DPoP proof.', 'The nonce of the DPoP proof is missing or old.'],
    mend: [
      'Lấy nonce từ tiêu đề DPoP-Nonce của câu trả lời rồi gửi lại; thư viện thường tự làm.',
      'Take it from the DPoP-Nonce header of the answer and send again; libraries do so by themselves.',
    ],
  },
  'dpop-replayed': {
    means: ['jti của DPoP proof đã dùng một lần.', 'The jti of the DPoP proof was used before.'],
    mend: [
      'Tạo proof mới cho từng yêu cầu, kể cả khi gửi lại.',
      'Make a new proof for each request, when you send again too.',
    ],
  },
  'dpop-key': {
    means: [
      'Khóa của DPoP proof khác khóa mà mã hoặc token gắn với.',
      'The key of the DPoP proof is not the one that the code or token is bound to.',
    ],
    mend: [
      'Dùng một khóa DPoP từ PAR đến userinfo trong cùng phiên; không tạo lại khi tiến trình khởi động lại.',
      'Use one DPoP key from PAR to userinfo within a session; do not draw another when the process restarts.',
    ],
  },
  'code-unknown': {
    means: ['Không có mã này.', 'There is no such code.'],
    mend: [
      'Gửi nguyên giá trị code nhận ở redirect_uri, không cắt, không giải mã hai lần.',
      'Send the code as it came to the redirect_uri: not cut, not decoded twice.',
    ],
  },
  'code-used': {
    means: [
      'Mã đã đổi lấy token một lần; các token của lần đó đã bị thu hồi.',
      'The code was exchanged before; what it gave has been withdrawn.',
    ],
    mend: [
      'Đổi mã đúng một lần; người dùng tải lại trang nhận mã thì chuyển họ về trang đã đăng nhập.',
      'Exchange a code once; who reloads the page of the redirect_uri is led to where they were signed in.',
    ],
  },
  'code-expired': {
    means: ['Mã đã quá hạn một phút.', 'The code was older than a minute.'],
    mend: ['Đổi mã ngay khi trình duyệt quay về.', 'Exchange it as soon as the browser is back.'],
  },
  'code-of-another-client': {
    means: ['Mã này cấp cho client khác.', 'The code was given to another client.'],
    mend: [
      'Đổi mã bằng đúng client_id đã bắt đầu đăng nhập.',
      'Exchange it with the client_id that began the sign-in.',
    ],
  },
  'refresh-unknown': {
    means: ['Không có refresh token này.', 'There is no such refresh token.'],
    mend: [
      'Lưu nguyên giá trị mới nhất; mất thì để người dùng đăng nhập lại.',
      'Keep the latest one whole; if it is lost, let the person sign in again.',
    ],
  },
  'refresh-used': {
    means: [
      'Refresh token đã được đổi; cả chuỗi đã bị thu hồi.',
      'The refresh token was exchanged before; all of its line has been withdrawn.',
    ],
    mend: [
      'Lưu token mới trước khi dùng; hai tiến trình không dùng chung một token.',
      'Store the new one before you use it; two processes must not share one.',
    ],
  },
  'refresh-of-another-client': {
    means: ['Refresh token này cấp cho client khác.', 'The refresh token was given to another client.'],
    mend: ['Dùng đúng client_id đã nhận token.', 'Use the client_id that received it.'],
  },
  'grant-gone': {
    means: [
      'Sự cho phép mà token dựa vào không còn: người dùng rút lại, tài khoản bị khóa, hoặc đã đăng xuất.',
      'What the token rested on is gone: consent withdrawn, account locked, or signed out.',
    ],
    mend: [
      'Để người dùng đăng nhập lại; đây không phải lỗi của phần mềm.',
      'Let the person sign in again; this is no fault of your software.',
    ],
  },
  'acr-unmet': {
    means: [
      'Tài khoản của người dùng chưa đạt mức (acr) mà yêu cầu bắt buộc.',
      'The person’s account has not the level (acr) that the request insists on.',
    ],
    mend: [
      'Chỉ dẫn người dùng nâng mức; nếu mức thấp hơn là đủ thì đừng ghi essential.',
      'Tell the person how to raise it; do not mark it essential where less is enough.',
    ],
  },
  'consent-refused': {
    means: ['Người dùng không đồng ý cho xem thông tin.', 'The person refused to let you see the data.'],
    mend: [
      'Không phải lỗi; dẫn họ đến cách làm không cần đăng nhập.',
      'No fault; lead them to a way that needs no sign-in.',
    ],
  },
  'consent-missing': {
    means: [
      'prompt=none nhưng người dùng chưa từng đồng ý với những scope này.',
      'prompt=none, and the person has not consented to these scopes yet.',
    ],
    mend: ['Gửi lại không có prompt=none.', 'Send it again without prompt=none.'],
  },
  'login-required': {
    means: [
      'prompt=none hoặc max_age nhưng người dùng chưa đăng nhập, hoặc đăng nhập đã lâu.',
      'prompt=none or max_age, and the person is not signed in, or was so too long ago.',
    ],
    mend: ['Gửi lại không có prompt=none.', 'Send it again without prompt=none.'],
  },
  'interaction-left': {
    means: [
      'Người dùng rời trang đăng nhập, hoặc để quá lâu.',
      'The person left the sign-in page, or let it stand too long.',
    ],
    mend: ['Không phải lỗi; cho họ bắt đầu lại.', 'No fault; let them begin again.'],
  },
  'sign-in-refused': {
    means: [
      'Người dùng không đăng nhập được: sai passcode, sai mã, hoặc tài khoản không dùng được.',
      'The person could not sign in: wrong passcode, wrong code, or an account that cannot be used.',
    ],
    mend: [
      'Không phải lỗi của phần mềm; người dùng được chỉ dẫn trên trang.',
      'No fault of your software; the person is told on the page what to do.',
    ],
  },
  'sandbox-person': {
    means: [
      'Client thử nghiệm chỉ nhận người thử nghiệm, và người thử nghiệm chỉ vào client thử nghiệm.',
      'A sandbox client takes sandbox people only, and they take sandbox clients only.',
    ],
    mend: [
      'Dùng số định danh trong danh sách người thử nghiệm; khi chạy thật, dùng client đã duyệt.',
      'Use a number of the list of sandbox people; for real ones, an approved client.',
    ],
  },
  'login-hint': {
    means: [
      'login_hint có số định danh mà không gửi qua PAR.',
      'A login_hint with a personal number came outside PAR.',
    ],
    mend: [
      'Gửi login_hint qua PAR, hoặc bỏ đi: số định danh không được nằm trên địa chỉ.',
      'Push the login_hint, or leave it out: a personal number must not stand in an address.',
    ],
  },
  quota: {
    means: [
      'Client đã dùng hết hạn mức của phút hoặc của ngày.',
      'The client has used up its quota of the minute or the day.',
    ],
    mend: [
      'Chờ đến giờ ghi ở Retry-After; cần nhiều hơn thì đề nghị quản trị nâng hạn mức.',
      'Wait as Retry-After says; if you need more, ask the administrator for it.',
    ],
  },
  'too-much-wrong': {
    means: [
      'Hôm nay client hoặc bên liên kết gửi đối chiếu quá nhiều thông tin sai: đến mai mới được trả lời tiếp.',
      'Too much of what the client, or its party, sent to be checked today was wrong: ' +
        'it is not answered before tomorrow.',
    ],
    mend: [
      'Kiểm tra xem các trường dữ liệu có bị đặt nhầm chỗ không; ngày mai gửi lại những lượt chưa được trả lời.',
      'Look whether fields are in each other’s place; send again tomorrow what had no answer.',
    ],
  },
  'numbers-tried': {
    means: [
      'Cùng một họ tên, ngày sinh được gửi đối chiếu với quá nhiều số không phải của người đó trong ngày.',
      'The same name or birth date was sent to be checked with too many numbers that are not theirs in one day.',
    ],
    mend: [
      'Hỏi chính người đó số ghi trên thẻ; đến mai mới kiểm tra tiếp họ tên, ngày sinh này.',
      'Ask the person for the number on their card; this name and birth date are checked again tomorrow.',
    ],
  },
  clock: {
    clock: true,
    means: ['Đồng hồ của bên gọi lệch với đồng hồ của hệ thống.', 'The caller’s clock differs from this house’s.'],
    mend: ['Đồng bộ giờ máy chủ (NTP).', 'Set the server’s clock by NTP.'],
  },
  'token-expired': {
    means: ['Token đã hết hạn.', 'The token has expired.'],
    mend: [
      'Dùng refresh token để lấy token mới, hoặc để người dùng đăng nhập lại.',
      'Use the refresh token to get another, or let the person sign in again.',
    ],
  },
  'token-gone': {
    means: ['Không có token này, hoặc nó đã bị thu hồi.', 'There is no such token, or it was withdrawn.'],
    mend: [
      'Token bị thu hồi khi người dùng đăng xuất, rút đồng ý hoặc tài khoản bị khóa; để họ đăng nhập lại.',
      'Tokens end when the person signs out, withdraws consent, or the account is locked; let them sign in again.',
    ],
  },
  logout: {
    means: [
      'Yêu cầu đăng xuất có id_token_hint hoặc post_logout_redirect_uri không hợp lệ.',
      'The logout request has an id_token_hint or post_logout_redirect_uri that does not fit.',
    ],
    mend: [
      'Gửi id_token của chính client; địa chỉ quay về phải được đăng ký.',
      'Send an ID token of this very client; the address to return to must be registered.',
    ],
  },
  'backchannel-logout': {
    means: [
      'Hệ thống báo đăng xuất đến backchannel_logout_uri nhưng không được trả lời 200 hoặc 204; hệ thống sẽ báo lại.',
      'The house told a logout to the backchannel_logout_uri, and the answer was not 200 or 204; ' +
        'it will tell it again.',
    ],
    mend: [
      'Địa chỉ phải gọi được từ máy chủ của hệ thống, không chuyển hướng, và trả lời 200 khi đã kiểm tra logout_token.',
      'The address must be reachable from the house, must not redirect, ' +
        'and answers 200 once it has checked the logout_token.',
    ],
  },
  method: {
    means: [
      'Endpoint này không nhận phương thức HTTP hoặc kiểu nội dung đã gửi.',
      'This endpoint does not take the HTTP method or content type that was sent.',
    ],
    mend: [
      'Token và PAR nhận POST application/x-www-form-urlencoded.',
      'Token and PAR take POST with application/x-www-form-urlencoded.',
    ],
  },
  'grant-type': {
    means: [
      'grant_type không được hỗ trợ hoặc không thuộc client này.',
      'The grant_type is not supported, or not of this client.',
    ],
    mend: ['Chỉ dùng grant_type ghi trong phiên bản đang có hiệu lực.', 'Use the grant types of the version in force.'],
  },
  'parameter-missing': {
    means: ['Thiếu một tham số bắt buộc.', 'A required parameter is missing.'],
    mend: ['Tham số thiếu được ghi ở cột chi tiết.', 'The details name it.'],
  },
  'parameter-wrong': {
    means: ['Một tham số có giá trị không được nhận.', 'A parameter has a value that is not taken.'],
    mend: [
      'Tham số được ghi ở cột chi tiết; error_description trong câu trả lời nói rõ hơn.',
      'The details name it; error_description of the answer says more.',
    ],
  },
  'parameter-repeated': {
    means: ['Một tham số được gửi hơn một lần.', 'A parameter was sent more than once.'],
    mend: ['Gửi mỗi tham số một lần.', 'Send each parameter once.'],
  },
  other: {
    means: ['Một bước kiểm tra khác, không có mã riêng.', 'Another check, which has no code of its own.'],
    mend: [
      'Đọc error_description trong câu trả lời; gửi mã yêu cầu cho quản trị nếu chưa rõ.',
      'Read error_description in the answer; send the request’s code to the administrator if it does not tell.',
    ],
  },
} as const satisfies Readonly<Record<string, CheckText>>

export type FlightCheck = keyof typeof checkTexts

export const flightChecks = Object.keys(checkTexts) as FlightCheck[]

export const isFlightCheck = (text: string): text is FlightCheck => Object.hasOwn(checkTexts, text)

/** What a check means and how to fix it, in both languages. An unknown code of an older release reads as `other`. */
export function checkTextOf(check: string) {
  const { means, mend, clock = false }: CheckText = isFlightCheck(check) ? checkTexts[check] : checkTexts.other
  return { means: { vi: means[0], en: means[1] }, mend: { vi: mend[0], en: mend[1] }, clock }
}
