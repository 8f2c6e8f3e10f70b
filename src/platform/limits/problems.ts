import { Problem, problems } from '../problem.ts'
import { retrySeconds } from './law.ts'

/** Refusals by a row of the table of limits, whatever the request asks. */
export const limitProblem = problems({
  'too-many-requests': {
    status: 429,
    title: 'Too many requests came from here in a short time',
    vi: 'Có quá nhiều yêu cầu từ nơi này trong thời gian ngắn',
    fix: 'Wait as Retry-After says, a minute at most, then try again.',
    fixVi: 'Đợi theo Retry-After, nhiều nhất một phút, rồi thử lại.',
  },
  'too-many-at-once': {
    status: 429,
    title: 'Too many of your requests wait at the same time',
    vi: 'Đang có quá nhiều yêu cầu của bạn chờ cùng lúc',
    fix: 'Wait for answers before you ask more, as Retry-After says; nothing was changed.',
    fixVi: 'Đợi có câu trả lời rồi hãy gửi tiếp, theo Retry-After; chưa có gì bị thay đổi.',
  },
  'house-busy': {
    status: 503,
    title: 'The installation is doing as much as it can right now',
    vi: 'Hệ thống đang xử lý hết khả năng',
    fix: 'Try again in a minute; nothing was changed.',
    fixVi: 'Thử lại sau một phút; chưa có gì bị thay đổi.',
  },
  'sign-in-busy': {
    status: 503,
    title: 'Too many people are signing in at this moment',
    vi: 'Đang có quá nhiều người đăng nhập cùng lúc',
    fix: 'Wait half a minute, then sign in again.',
    fixVi: 'Đợi nửa phút rồi đăng nhập lại.',
  },
})

/** The refusal of whoever asked too often; its texts and its head say when to come again. */
export function tooManyRequests(seconds: number): Problem {
  const { code, kind } = limitProblem('too-many-requests')
  const told = {
    ...kind,
    title: `${kind.title}: come again in ${seconds} s`,
    vi: `${kind.vi}: thử lại sau ${seconds} giây`,
  }
  return new Problem(code, told, { seconds }, { 'retry-after': String(seconds) })
}

/** The refusal of whoever has most waiting, or under way. */
export const tooManyAtOnce = (): Problem =>
  limitProblem('too-many-at-once', {}, { 'retry-after': String(retrySeconds.turns) })
