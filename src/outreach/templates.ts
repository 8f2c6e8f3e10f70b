import type { FactKind } from './fact.ts'

/** What a message says in one language. `{name}` stands for a fact; `{card}` for what a card is called on the day (render.ts). */
export type Wording = {
  readonly subject: string
  /** Of an e-mail, by paragraphs; the link comes after them. */
  readonly text: readonly string[]
  /** Of a phone's text: written with marks here, sent without them. */
  readonly phone: string
}

type Template = {
  readonly facts: Readonly<Record<string, FactKind>>
  /** After so many minutes it is worth nothing, and is not tried again. */
  readonly minutes?: number
  readonly vi: Wording
  readonly en: Wording
}

/**
 * Everything that this house tells people by itself. Plain truth (domain.md 8.14): what is so, who acts, by when, where to look; law.ts says what is
 * never in it. A template's name is what stored messages and counts know it by: it is not renamed.
 */
export const templates = {
  'application-received': {
    facts: { person: 'person', receipt: 'code', unit: 'place', page: 'page' },
    vi: {
      subject: 'Đã tiếp nhận hồ sơ {receipt}',
      text: [
        '{unit} đã tiếp nhận hồ sơ cấp {card} của công dân {person}.',
        'Mã biên nhận: {receipt}',
        'Ông/bà xem được hồ sơ đang ở bước nào vào bất cứ lúc nào, không cần đến trụ sở để hỏi.',
      ],
      phone: '{unit} đã tiếp nhận hồ sơ {receipt} cấp {card} của công dân {person}.',
    },
    en: {
      subject: 'Application {receipt} has been received',
      text: [
        '{unit} has received the application for the {card} of {person}.',
        'Receipt: {receipt}',
        'You can see at any time how far it has come; there is no need to come and ask.',
      ],
      phone: '{unit} has received application {receipt} for the {card} of {person}.',
    },
  },
  'application-returned': {
    facts: { person: 'person', receipt: 'code', reason: 'words', unit: 'place', by: 'day', page: 'page' },
    vi: {
      subject: 'Hồ sơ {receipt} cần được hoàn thiện',
      text: [
        'Hồ sơ {receipt} cấp {card} của công dân {person} được trả lại để hoàn thiện.',
        'Lý do: {reason}',
        'Đơn vị xử lý tiếp: {unit}',
        'Hạn xử lý: ngày {by}',
        'Hồ sơ vẫn được lưu; ông/bà không phải nộp lại từ đầu.',
      ],
      phone: 'Hồ sơ {receipt} của công dân {person} được trả lại để hoàn thiện. Lý do: {reason}. {unit} xử lý tiếp, hạn {by}. Không phải nộp lại từ đầu.',
    },
    en: {
      subject: 'Application {receipt} has to be completed',
      text: [
        'Application {receipt} for the {card} of {person} was returned to be completed.',
        'Reason: {reason}',
        'Who acts: {unit}',
        'By: {by}',
        'The application is kept; you do not have to begin again.',
      ],
      phone: 'Application {receipt} of {person} was returned to be completed. Reason: {reason}. {unit} acts by {by}. You need not begin again.',
    },
  },
  'application-refused': {
    facts: { person: 'person', receipt: 'code', reason: 'words', form: 'code', unit: 'place', page: 'page' },
    vi: {
      subject: 'Kết quả giải quyết hồ sơ {receipt}',
      text: [
        'Hồ sơ {receipt} cấp {card} của công dân {person} không được giải quyết.',
        'Lý do: {reason}',
        'Ông/bà nhận văn bản thông báo (mẫu {form}) tại {unit}.',
        'Nếu thấy chưa đúng, ông/bà có quyền đề nghị đơn vị này giải thích, hoặc khiếu nại. Khi đủ điều kiện, ông/bà nộp hồ sơ mới bất cứ lúc nào.',
      ],
      phone: 'Hồ sơ {receipt} của công dân {person} không được giải quyết. Lý do: {reason}. Nhận thông báo (mẫu {form}) và hỏi thêm tại {unit}.',
    },
    en: {
      subject: 'The outcome of application {receipt}',
      text: [
        'Application {receipt} for the {card} of {person} could not be granted.',
        'Reason: {reason}',
        'The written notice (form {form}) is handed out at {unit}.',
        'If you think that this is not right, you may ask this unit to explain it, or complain. Once the conditions are met, you may apply anew at any time.',
      ],
      phone: 'Application {receipt} of {person} could not be granted. Reason: {reason}. The notice (form {form}) and more are at {unit}.',
    },
  },
  'card-at-unit': {
    facts: { person: 'person', receipt: 'code', place: 'place', from: 'day', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} đã về, mời đến nhận',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) đã về {place}.',
        'Nhận được từ ngày {from}, trong giờ làm việc. Khi đến, ông/bà mang theo giấy hẹn.',
      ],
      phone: '{card!} của công dân {person} (hồ sơ {receipt}) đã về {place}, nhận được từ ngày {from}. Mang theo giấy hẹn.',
    },
    en: {
      subject: 'The card of application {receipt} is ready',
      text: [
        'The {card} of {person} (application {receipt}) has come to {place}.',
        'It can be collected from {from} on, in working hours. Please bring the appointment slip.',
      ],
      phone: 'The {card} of {person} (application {receipt}) can be collected at {place} from {from} on. Bring the appointment slip.',
    },
  },
  'card-dispatched-to-school': {
    facts: { person: 'person', receipt: 'code', school: 'place', from: 'day', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} được trao tại trường',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) được chuyển đến {school}.',
        'Thẻ được trao tận tay tại trường từ ngày {from}; gia đình không cần đến trụ sở công an.',
      ],
      phone: '{card!} của công dân {person} (hồ sơ {receipt}) được chuyển đến {school}, trao tận tay tại trường từ ngày {from}.',
    },
    en: {
      subject: 'The card of application {receipt} is handed over at school',
      text: [
        'The {card} of {person} (application {receipt}) is on its way to {school}.',
        'It is handed over in person at the school from {from} on; the family need not come to the police.',
      ],
      phone: 'The {card} of {person} (application {receipt}) is handed over in person at {school} from {from} on.',
    },
  },
  'card-handed-over': {
    facts: { person: 'person', receipt: 'code', on: 'day', unit: 'place', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} đã được trao',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) đã được trao ngày {on}.',
        'Nếu chưa ai trong gia đình nhận thẻ, ông/bà báo ngay cho {unit}.',
      ],
      phone: '{card!} của công dân {person} (hồ sơ {receipt}) đã được trao ngày {on}. Nếu chưa nhận, báo ngay cho {unit}.',
    },
    en: {
      subject: 'The card of application {receipt} has been handed over',
      text: [
        'The {card} of {person} (application {receipt}) was handed over on {on}.',
        'If nobody of the family has it, please tell {unit} at once.',
      ],
      phone: 'The {card} of {person} (application {receipt}) was handed over on {on}. If you do not have it, tell {unit} at once.',
    },
  },
  /** Seven days from the notice of the result: NĐ59/2022 Art. 18, NĐ69/2024 Art. 14; after them by the hotline. */
  'account-approved': {
    facts: { person: 'person', by: 'day', page: 'page' },
    vi: {
      subject: 'Tài khoản định danh điện tử đã được phê duyệt',
      text: [
        'Tài khoản định danh điện tử của công dân {person} đã được phê duyệt.',
        'Ông/bà kích hoạt trong 7 ngày, đến hết ngày {by}, trên thiết bị của chính mình; không để người khác kích hoạt hộ.',
        'Sau ngày này vẫn kích hoạt được, qua tổng đài 1900.0368.',
      ],
      phone: 'Tài khoản định danh điện tử của công dân {person} đã được phê duyệt. Đề nghị kích hoạt trong 7 ngày, đến hết ngày {by}, trên thiết bị của chính mình. Sau đó kích hoạt qua tổng đài 1900.0368.',
    },
    en: {
      subject: 'The electronic identity account has been approved',
      text: [
        'The electronic identity account of {person} has been approved.',
        'Please activate it within 7 days, until the end of {by}, on your own device; do not let anybody else do it for you.',
        'After that it can still be activated, by calling 1900.0368.',
      ],
      phone: 'The electronic identity account of {person} has been approved. Please activate it within 7 days, until {by}, on your own device; after that by calling 1900.0368.',
    },
  },
  'account-not-possible': {
    facts: { person: 'person', reason: 'words', remedy: 'words', unit: 'place', page: 'page' },
    vi: {
      subject: 'Chưa lập được tài khoản định danh điện tử',
      text: [
        'Chưa lập được tài khoản định danh điện tử cho công dân {person}.',
        'Lý do: {reason}',
        'Cách làm tiếp: {remedy}',
        'Cần hỏi thêm, ông/bà liên hệ {unit}.',
      ],
      phone: 'Chưa lập được tài khoản định danh điện tử cho công dân {person}. Lý do: {reason}. Cách làm tiếp: {remedy}. Hỏi thêm: {unit}.',
    },
    en: {
      subject: 'The electronic identity account could not be opened yet',
      text: [
        'The electronic identity account of {person} could not be opened yet.',
        'Reason: {reason}',
        'What to do: {remedy}',
        'For questions, please turn to {unit}.',
      ],
      phone: 'The electronic identity account of {person} could not be opened yet. Reason: {reason}. What to do: {remedy}. Questions: {unit}.',
    },
  },
  /** To whoever asks to work on a relying party's pages, at the address that they typed. */
  'developer-sign-in': {
    facts: { page: 'page' },
    vi: {
      subject: 'Đăng nhập trang dành cho lập trình viên',
      text: [
        'Có người, có lẽ là ông/bà, vừa xin đăng nhập trang dành cho lập trình viên của hệ thống định danh bằng địa chỉ thư này.',
        'Mở đường liên kết dưới đây trong 15 phút, trên chính trình duyệt đã xin; nó chỉ dùng được một lần.',
        'Nếu không phải ông/bà, xin bỏ qua thư này: không ai vào được nếu không mở đường liên kết.',
      ],
      phone: 'Mở đường liên kết trong 15 phút, trên chính trình duyệt đã xin, để đăng nhập trang dành cho lập trình viên.',
    },
    en: {
      subject: 'Signing in to the developer pages',
      text: [
        'Somebody, most likely you, asked to sign in to the developer pages of the identity house with this address.',
        'Open the link below within 15 minutes, in the very browser that asked; it works once.',
        'If it was not you, please leave this letter alone: nobody gets in without the link.',
      ],
      phone: 'Open the link within 15 minutes, in the very browser that asked, to sign in to the developer pages.',
    },
  },
  /** No link, and what scams never say: that nobody may ask for it (domain.md 8.15). */
  'account-code': {
    facts: { code: 'secret', purpose: 'words' },
    minutes: 5,
    vi: {
      subject: '{code} là số để {purpose}',
      text: [
        '{code} là số để {purpose}. Số này dùng một lần, trong 5 phút.',
        'Không ai được hỏi ông/bà số này, kể cả công an. Nếu ông/bà không làm việc này thì bỏ qua thư.',
      ],
      phone: '{code} là số để {purpose}, dùng một lần trong 5 phút. Không ai được hỏi ông/bà số này, kể cả công an. Nếu ông/bà không làm việc này thì bỏ qua tin.',
    },
    en: {
      subject: '{code} is the number to {purpose}',
      text: [
        '{code} is the number to {purpose}. It is good once, for 5 minutes.',
        'Nobody may ask you for it, not even the police. If this was not you, ignore this letter.',
      ],
      phone: '{code} is the number to {purpose}, good once, for 5 minutes. Nobody may ask you for it, not even the police. If this was not you, ignore this text.',
    },
  },
  'account-changed': {
    facts: { what: 'words', on: 'day' },
    vi: {
      subject: 'Tài khoản định danh điện tử vừa có thay đổi',
      text: [
        'Tài khoản định danh điện tử của ông/bà, ngày {on}: {what}.',
        'Nếu không phải ông/bà làm, gọi ngay tổng đài 1900.0368 hoặc báo công an xã, phường gần nhất để khóa tài khoản.',
      ],
      phone: 'Tài khoản định danh điện tử của ông/bà, ngày {on}: {what}. Nếu không phải ông/bà làm, gọi ngay 1900.0368 hoặc báo công an xã, phường gần nhất để khóa tài khoản.',
    },
    en: {
      subject: 'Your electronic identity account has changed',
      text: [
        'Your electronic identity account, on {on}: {what}.',
        'If this was not you, call 1900.0368 at once, or tell any commune or ward police, to have the account locked.',
      ],
      phone: 'Your electronic identity account, on {on}: {what}. If this was not you, call 1900.0368 at once, or tell any commune police, to have the account locked.',
    },
  },
} as const satisfies Readonly<Record<string, Template>> // biome-ignore format: sentences are read whole

export type TemplateName = keyof typeof templates

export const minutesOf = (name: TemplateName): number | undefined => (templates[name] as Template).minutes
