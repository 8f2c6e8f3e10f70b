import { problems } from '../../platform/problem.ts'

/** Refusals of API tokens. WWW-Authenticate and `error` have the standard's code, `check` the failed check. */
export const tokenProblem = problems({
  'token-missing': {
    status: 401,
    title: 'This door is for relying parties with an access token',
    vi: 'Cửa này dành cho bên liên kết có access token',
    fix:
      'Take a token at /oidc/token (client_credentials, scope verification, ' +
      'resource <origin>/api) and send it as "Authorization: Bearer …" or "DPoP …".',
    fixVi:
      'Lấy token ở /oidc/token (client_credentials, scope verification, ' +
      'resource <origin>/api) rồi gửi trong "Authorization: Bearer …" hoặc "DPoP …".',
  },
  'token-malformed': {
    status: 400,
    title: 'The Authorization header cannot be read',
    vi: 'Không đọc được tiêu đề Authorization',
    fix: 'Send one Authorization header: the scheme Bearer or DPoP, a blank, the token.',
    fixVi: 'Gửi một tiêu đề Authorization: Bearer hoặc DPoP, khoảng trắng, rồi token.',
  },
  'token-invalid': {
    status: 401,
    title: 'The access token does not count: it has ended, was withdrawn, or is bound to another key',
    vi: 'Access token không có giá trị: đã hết hạn, bị thu hồi, hoặc gắn với khóa khác',
    fix: 'Take a new token. One that is bound to a key goes with the scheme DPoP and a proof by that key.',
    fixVi: 'Lấy token mới. Token gắn với khóa phải gửi theo DPoP kèm bằng chứng của đúng khóa đó.',
  },
  'token-proof-wrong': {
    status: 401,
    title: 'The DPoP proof does not fit this request',
    vi: 'Bằng chứng DPoP không khớp với yêu cầu này',
    fix:
      'Make a new proof for each request: htm and htu of this request, iat now, a fresh jti, ath of the token. ' +
      '"check" names what failed.',
    fixVi:
      'Tạo bằng chứng mới cho từng yêu cầu: htm và htu đúng, iat hiện tại, jti mới, ath của token. ' +
      '"check" ghi bước không đạt.',
  },
  'token-scope-missing': {
    status: 403,
    title: 'The access token does not open this door',
    vi: 'Access token không mở được cửa này',
    fix:
      'Ask for the scope named in WWW-Authenticate; a scope is asked for with a purpose on your page, ' +
      'and approved there.',
    fixVi:
      'Xin scope ghi ở WWW-Authenticate; scope được đề nghị kèm mục đích trên trang của bên liên kết và được ' +
      'duyệt ở đó.',
  },
})
