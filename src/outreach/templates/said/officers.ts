import type { Templates } from './template.ts'

/** What officers and developers of parties are told of their own sign-in. */
export const officerTemplates = {
  /** For a person who asks for access to a relying party's pages, sent to the address that they typed. */
  'developer-sign-in': {
    urgent: true,
    facts: { page: 'page', minutes: 'count' },
    vi: {
      subject: 'Đăng nhập trang dành cho lập trình viên',
      text: [
        'Có người, có lẽ là ông/bà, vừa xin đăng nhập trang dành cho lập trình viên của hệ thống định danh bằng ' +
          'địa chỉ thư này.',
        'Mở đường liên kết dưới đây trong {minutes} phút, trên chính trình duyệt đã xin; nó chỉ dùng được một lần.',
        'Nếu không phải ông/bà, xin bỏ qua thư này: không ai vào được nếu không mở đường liên kết.',
      ],
      phone:
        'Mở đường liên kết trong {minutes} phút, trên chính trình duyệt đã xin, để đăng nhập ' +
        'trang dành cho lập trình viên.',
    },
    en: {
      subject: 'Signing in to the developer pages',
      text: [
        'Somebody, most likely you, asked to sign in to the developer pages of the identity house with this address.',
        'Open the link below within {minutes} minutes, in the very browser that asked; it works once.',
        'If it was not you, please leave this letter alone: nobody gets in without the link.',
      ],
      phone:
        'Open the link within {minutes} minutes, in the very browser that asked, to sign in to the developer pages.',
    },
  },
  /** To an officer: the link by which they choose how they sign in themselves, good once. */
  'officer-link': {
    urgent: true,
    facts: { link: 'secret-page', minutes: 'count' },
    vi: {
      subject: 'Đặt lại cách đăng nhập của cán bộ',
      text: [
        'Mở {link} trong {minutes} phút để tự đặt lại cách đăng nhập; đường liên kết chỉ dùng được một lần.',
        'Hai cán bộ đã đồng ý việc này. Không chuyển tiếp thư: không ai được hỏi đường liên kết, kể cả quản trị.',
      ],
      phone:
        'Mở {link} trong {minutes} phút để tự đặt lại cách đăng nhập của cán bộ, dùng một lần. ' +
        'Không ai được hỏi đường liên kết này, kể cả quản trị.',
    },
    en: {
      subject: 'Choose how you sign in as an officer',
      text: [
        'Open {link} within {minutes} minutes to choose yourself how you sign in; the link works once.',
        'Two officers agreed to this. Do not pass it on: nobody may ask you for the link, not even an administrator.',
      ],
      phone:
        'Open {link} within {minutes} minutes to choose yourself how you sign in as an officer; it works once. ' +
        'Nobody may ask you for this link, not even an administrator.',
    },
  },
  /** To an officer who has no passkey or app yet: the code for the second step of a sign-in. */
  'officer-code': {
    urgent: true,
    facts: { code: 'secret', minutes: 'count' },
    vi: {
      subject: '{code} là số để cán bộ đăng nhập',
      text: [
        '{code} là số để cán bộ đăng nhập, dùng một lần trong {minutes} phút, trên đúng trình duyệt đã yêu cầu.',
        'Không ai được hỏi số này, kể cả quản trị. Nếu anh/chị không đăng nhập, hãy báo quản trị của đơn vị ngay.',
      ],
      phone:
        '{code} là số để cán bộ đăng nhập, dùng một lần trong {minutes} phút. Không ai được hỏi ' +
        'số này, kể cả quản trị.',
    },
    en: {
      subject: '{code} is your number to sign in as an officer',
      text: [
        '{code} is your number to sign in as an officer, good once, for {minutes} minutes, in ' +
          'the very browser that asked.',
        'Nobody may ask you for it, not even an administrator. If you are not signing in, tell the ' +
          'administrator of your unit at once.',
      ],
      phone:
        '{code} is your number to sign in as an officer, good once, for {minutes} minutes. ' +
        'Nobody may ask you for it, ' +
        'not even an administrator.',
    },
  },
  /** To an officer, at the phone or address on their record: what was changed by others. */
  'officer-changed': {
    facts: { on: 'day', what: 'words' },
    vi: {
      subject: 'Hồ sơ cán bộ vừa được thay đổi',
      text: ['Ngày {on}: {what}.', 'Nếu không được biết trước việc này, xin báo ngay cho lãnh đạo đơn vị để dừng lại.'],
      phone: 'Ngày {on}: {what}. Nếu không được biết trước, xin báo ngay cho lãnh đạo đơn vị.',
    },
    en: {
      subject: 'Your record as an officer was changed',
      text: ['On {on}: {what}.', 'If you did not know of this, tell the commander of your unit at once.'],
      phone: 'On {on}: {what}. If you did not know of this, tell the commander of your unit at once.',
    },
  },
} as const satisfies Templates
