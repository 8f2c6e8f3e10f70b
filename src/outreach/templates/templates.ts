import { hotline } from '../../names/hotline.ts'
import type { FactKind } from './fact.ts'

/**
 * What a message says in one language. `{name}` stands for a fact; `{card}` for what a card is called on the day
 * (every-message.ts).
 */
export type Wording = {
  readonly subject: string
  /** Of an e-mail, by paragraphs; the link comes after them. */
  readonly text: readonly string[]
  /** Of a phone's text: written with marks here, sent without them. */
  readonly phone: string
}

/** What a template is besides its words. */
export type MessageTraits = {
  /** Somebody waits for it, as for a code: it goes before others, and at any hour. */
  readonly urgent?: true
  /** It may be refused (law.ts): nothing of a procedure depends on it. */
  readonly refusable?: true
  readonly facts: object
}

type Template = MessageTraits & {
  /** One that says `minutes` is worth nothing after them, and is not tried again. */
  readonly facts: Readonly<Record<string, FactKind>>
  readonly vi: Wording
  readonly en: Wording
}

/**
 * Every message that the installation sends by itself. It states facts (domain.md 8.14): what is so, who acts, by when,
 * where to look; law.ts lists what is never in it. Stored messages and counts refer to a template by name, so names are
 * never changed.
 */
export const templates = {
  'application-received': {
    facts: { person: 'person', receipt: 'code', unit: 'place', page: 'page' },
    vi: {
      subject: 'Đã tiếp nhận hồ sơ {receipt}',
      text: [
        '{unit} đã tiếp nhận hồ sơ cấp {card} của công dân {person}.',
        'Mã giấy hẹn: {receipt}',
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
      phone:
        'Hồ sơ {receipt} của công dân {person} được trả lại để hoàn thiện. Lý do: {reason}. ' +
        '{unit} xử lý tiếp, hạn {by}. Không phải nộp lại từ đầu.',
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
      phone:
        'Application {receipt} of {person} was returned to be completed. Reason: {reason}. {unit} acts by {by}. ' +
        'You need not begin again.',
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
        'Nếu thấy chưa đúng, ông/bà có quyền đề nghị đơn vị này giải thích, hoặc khiếu nại. ' +
          'Khi đủ điều kiện, ông/bà nộp hồ sơ mới bất cứ lúc nào.',
      ],
      phone:
        'Hồ sơ {receipt} của công dân {person} không được giải quyết. Lý do: {reason}. ' +
        'Nhận thông báo (mẫu {form}) và hỏi thêm tại {unit}.',
    },
    en: {
      subject: 'The outcome of application {receipt}',
      text: [
        'Application {receipt} for the {card} of {person} could not be granted.',
        'Reason: {reason}',
        'The written notice (form {form}) is handed out at {unit}.',
        'If you think that this is not right, you may ask this unit to explain it, or complain. ' +
          'Once the conditions are met, you may apply anew at any time.',
      ],
      phone:
        'Application {receipt} of {person} could not be granted. Reason: {reason}. ' +
        'The notice (form {form}) and more are at {unit}.',
    },
  },
  'card-at-unit': {
    facts: { person: 'person', receipt: 'code', place: 'place', from: 'day', hours: 'words', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} đã về, mời đến nhận',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) đã về {place}.',
        'Nhận được từ ngày {from}: {hours}. Khi đến, ông/bà mang theo giấy hẹn.',
      ],
      phone:
        '{card!} của công dân {person} (hồ sơ {receipt}) đã về {place}, nhận từ ngày {from}: {hours}. ' +
        'Mang theo giấy hẹn.',
    },
    en: {
      subject: 'The card of application {receipt} is ready',
      text: [
        'The {card} of {person} (application {receipt}) has come to {place}.',
        'It can be collected from {from} on: {hours}. Please bring the appointment slip.',
      ],
      phone:
        'The {card} of {person} (application {receipt}) can be collected at {place} from {from} on: {hours}. ' +
        'Bring the appointment slip.',
    },
  },
  'card-dispatched-to-school': {
    facts: { person: 'person', receipt: 'code', school: 'place', from: 'day', page: 'page' },
    vi: {
      subject: 'Thẻ của hồ sơ {receipt} được trả tại trường',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) được chuyển đến {school}.',
        'Thẻ được trao tận tay tại trường từ ngày {from}; gia đình không cần đến trụ sở công an.',
      ],
      phone:
        '{card!} của công dân {person} (hồ sơ {receipt}) được chuyển đến {school}, ' +
        'trao tận tay tại trường từ ngày {from}.',
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
      subject: 'Thẻ của hồ sơ {receipt} đã được trả',
      text: [
        '{card!} của công dân {person} (hồ sơ {receipt}) đã được trả ngày {on}.',
        'Nếu chưa ai trong gia đình nhận thẻ, ông/bà báo ngay cho {unit}.',
      ],
      phone:
        '{card!} của công dân {person} (hồ sơ {receipt}) đã được trả ngày {on}. Nếu chưa nhận, báo ngay cho {unit}.',
    },
    en: {
      subject: 'The card of application {receipt} has been handed over',
      text: [
        'The {card} of {person} (application {receipt}) was handed over on {on}.',
        'If nobody of the family has it, please tell {unit} at once.',
      ],
      phone:
        'The {card} of {person} (application {receipt}) was handed over on {on}. ' +
        'If you do not have it, tell {unit} at once.',
    },
  },
  /** The days of the law from the notice of the result (accounts/law.ts); after them by the hotline. */
  'account-approved': {
    facts: { person: 'person', by: 'day', days: 'count', page: 'page' },
    vi: {
      subject: 'Tài khoản định danh điện tử đã được phê duyệt',
      text: [
        'Tài khoản định danh điện tử của công dân {person} đã được phê duyệt.',
        'Ông/bà kích hoạt trong {days} ngày, đến hết ngày {by}, trên thiết bị của chính mình; ' +
          'không để người khác kích hoạt hộ.',
        `Sau ngày này vẫn kích hoạt được, qua tổng đài ${hotline}.`,
      ],
      phone:
        'Tài khoản định danh điện tử của công dân {person} đã được phê duyệt. ' +
        'Đề nghị kích hoạt trong {days} ngày, đến hết ngày {by}, trên thiết bị của chính mình. ' +
        `Sau đó kích hoạt qua tổng đài ${hotline}.`,
    },
    en: {
      subject: 'The electronic identity account has been approved',
      text: [
        'The electronic identity account of {person} has been approved.',
        'Please activate it within {days} days, until the end of {by}, on your own device; ' +
          'do not let anybody else do it for you.',
        `After that it can still be activated, by calling ${hotline}.`,
      ],
      phone:
        'The electronic identity account of {person} has been approved. ' +
        `Please activate it within {days} days, until {by}, on your own device; after that by calling ${hotline}.`,
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
      phone:
        'Chưa lập được tài khoản định danh điện tử cho công dân {person}. Lý do: {reason}. Cách làm tiếp: ' +
        '{remedy}. Hỏi thêm: {unit}.',
    },
    en: {
      subject: 'The electronic identity account could not be opened yet',
      text: [
        'The electronic identity account of {person} could not be opened yet.',
        'Reason: {reason}',
        'What to do: {remedy}',
        'For questions, please turn to {unit}.',
      ],
      phone:
        'The electronic identity account of {person} could not be opened yet. Reason: {reason}. What to do: ' +
        '{remedy}. Questions: {unit}.',
    },
  },
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
  /** No link, and what scams never say: that nobody may ask for it (domain.md 8.15). */
  /** To whoever stands at a counter that is not of their own unit. */
  'data-request-acknowledged': {
    facts: { what: 'words', unit: 'place', by: 'day', page: 'page' },
    vi: {
      subject: 'Đã tiếp nhận yêu cầu về dữ liệu cá nhân',
      text: [
        '{unit} đang giải quyết yêu cầu của ông/bà: {what}.',
        'Hạn trả lời: ngày {by}',
        'Ông/bà xem được yêu cầu trên trang của mình.',
      ],
      phone: '{unit} đang giải quyết yêu cầu của ông/bà: {what}. Hạn trả lời: {by}.',
    },
    en: {
      subject: 'Your request about personal data was taken up',
      text: [
        '{unit} has taken up your request: {what}.',
        'It is answered by: {by}',
        'You can follow it on your own page.',
      ],
      phone: '{unit} has taken up your request: {what}. It is answered by {by}.',
    },
  },
  'data-request-extended': {
    facts: { what: 'words', unit: 'place', by: 'day', page: 'page' },
    vi: {
      subject: 'Gia hạn trả lời yêu cầu về dữ liệu cá nhân',
      text: [
        '{unit} cần thêm thời gian giải quyết yêu cầu của ông/bà: {what}.',
        'Hạn mới: ngày {by}',
        'Lý do được ghi trên trang của ông/bà.',
      ],
      phone: '{unit} cần thêm thời gian giải quyết yêu cầu: {what}. Hạn mới: {by}. Lý do ghi trên trang của ông/bà.',
    },
    en: {
      subject: 'Your request about personal data takes longer',
      text: ['{unit} needs more time for your request: {what}.', 'Until: {by}', 'Why stands on your own page.'],
      phone: '{unit} needs more time for your request: {what}, until {by}. Why stands on your own page.',
    },
  },
  'data-request-answered': {
    facts: { what: 'words', unit: 'place', page: 'page' },
    vi: {
      subject: 'Đã trả lời yêu cầu về dữ liệu cá nhân',
      text: [
        '{unit} đã trả lời yêu cầu của ông/bà: {what}.',
        'Nội dung trả lời có trên trang của ông/bà. Nếu không đồng ý, ông/bà có quyền khiếu nại.',
      ],
      phone: '{unit} đã trả lời yêu cầu của ông/bà: {what}. Nội dung có trên trang của ông/bà.',
    },
    en: {
      subject: 'Your request about personal data was answered',
      text: [
        '{unit} has answered your request: {what}.',
        'The answer stands on your own page. If you do not agree, you may complain.',
      ],
      phone: '{unit} has answered your request: {what}. The answer stands on your own page.',
    },
  },
  'counter-consent': {
    urgent: true,
    facts: { code: 'secret', unit: 'place', minutes: 'count' },
    vi: {
      subject: '{code} là mã đồng ý cho xem hồ sơ',
      text: [
        '{code} là mã đồng ý để {unit} xem hồ sơ dân cư của ông/bà và làm việc ông/bà đề nghị.',
        'Mã dùng một lần trong {minutes} phút. Chỉ đọc mã cho cán bộ khi ông/bà đang có mặt tại nơi tiếp nhận.',
      ],
      phone:
        '{code} là mã đồng ý để {unit} xem hồ sơ dân cư của ông/bà, dùng một lần trong {minutes} phút. ' +
        'Chỉ đọc mã khi đang có mặt tại đó.',
    },
    en: {
      subject: '{code} is the code by which you let your record be seen',
      text: [
        '{code} lets {unit} see your record in the register, for what you came for.',
        'It is good once, for {minutes} minutes. Say it to the officer only while you stand at the counter.',
      ],
      phone: '{code} lets {unit} see your record, good once, for {minutes} minutes. Say it only while you stand there.',
    },
  },
  'account-code': {
    urgent: true,
    facts: { code: 'secret', purpose: 'words', minutes: 'count' },
    vi: {
      subject: '{code} là số để {purpose}',
      text: [
        '{code} là số để {purpose}. Số này dùng một lần, trong {minutes} phút.',
        'Không ai được hỏi ông/bà số này, kể cả công an. Nếu ông/bà không làm việc này thì bỏ qua thư.',
      ],
      phone:
        '{code} là số để {purpose}, dùng một lần trong {minutes} phút. Không ai được hỏi ông/bà ' +
        'số này, kể cả công an. ' +
        'Nếu ông/bà không làm việc này thì bỏ qua tin.',
    },
    en: {
      subject: '{code} is the number to {purpose}',
      text: [
        '{code} is the number to {purpose}. It is good once, for {minutes} minutes.',
        'Nobody may ask you for it, not even the police. If this was not you, ignore this letter.',
      ],
      phone:
        '{code} is the number to {purpose}, good once, for {minutes} minutes. ' +
        'Nobody may ask you for it, not even the police. If this was not you, ignore this text.',
    },
  },
  'account-changed': {
    facts: { what: 'words', on: 'day' },
    vi: {
      subject: 'Tài khoản định danh điện tử vừa có thay đổi',
      text: [
        'Tài khoản định danh điện tử của ông/bà, ngày {on}: {what}.',
        `Nếu không phải ông/bà làm, gọi ngay tổng đài ${hotline} hoặc báo công an xã, ` +
          'phường gần nhất để khóa tài khoản.',
      ],
      phone:
        'Tài khoản định danh điện tử của ông/bà, ngày {on}: {what}. Nếu không phải ông/bà làm, ' +
        `gọi ngay ${hotline} hoặc báo công an xã, phường gần nhất để khóa tài khoản.`,
    },
    en: {
      subject: 'Your electronic identity account has changed',
      text: [
        'Your electronic identity account, on {on}: {what}.',
        `If this was not you, call ${hotline} at once, or tell any commune or ward police, to have the account locked.`,
      ],
      phone:
        `Your electronic identity account, on {on}: {what}. If this was not you, call ${hotline} at once, ` +
        'or tell any commune police, to have the account locked.',
    },
  },
  /** On each phone that the house knows: whoever reads it may stop the slip on the page, or by the hotline. */
  'account-slip': {
    facts: { what: 'words', on: 'day', page: 'page' },
    vi: {
      subject: 'Phiếu giấy mở tài khoản định danh điện tử',
      text: [
        'Tài khoản định danh điện tử của ông/bà, ngày {on}: {what}.',
        'Nếu không phải ông/bà yêu cầu: dừng phiếu ở trang dưới đây, không cần đăng nhập, ' +
          `hoặc gọi tổng đài ${hotline}.`,
      ],
      phone:
        'Tài khoản định danh điện tử của ông/bà, ngày {on}: {what}. ' +
        `Nếu không phải ông/bà yêu cầu, gọi ${hotline} hoặc vào mục Dừng phiếu.`,
    },
    en: {
      subject: 'A slip of paper for your electronic identity account',
      text: [
        'Your electronic identity account, on {on}: {what}.',
        `If you did not ask for it: stop the slip on the page below, without signing in, or call ${hotline}.`,
      ],
      phone:
        'Your electronic identity account, on {on}: {what}. ' +
        `If you did not ask for it, call ${hotline} or stop the slip.`,
    },
  },
  'guesses-stopped': {
    facts: { party: 'words', on: 'day', page: 'page' },
    vi: {
      subject: 'Có nơi hỏi dồn thông tin của ông/bà và đã bị chặn',
      text: [
        'Ngày {on}, {party} nhiều lần nói sai về ông/bà khi kiểm tra thông tin, nên hệ thống không trả lời nơi đó nữa.',
        'Nơi đó chỉ được trả lời đúng hay sai, không được xem thông tin. ' +
          'Ông/bà xem ai đã hỏi về mình ở trang sau khi đăng nhập.',
      ],
      phone:
        'Ngày {on}, {party} nhiều lần nói sai về ông/bà khi kiểm tra thông tin và đã bị chặn. Xem ai đã hỏi về mình:',
    },
    en: {
      subject: 'Somebody tried out facts about you, and was stopped',
      text: [
        'On {on}, {party} said wrong things about you again and again when checking your data, ' +
          'so it is answered no more.',
        'It was told yes or no, and saw nothing. After signing in you see there who asked about you.',
      ],
      phone:
        'On {on}, {party} said wrong things about you again and again when checking your data, and was stopped. ' +
        'See who asked about you:',
    },
  },
  'account-raised': {
    facts: { person: 'person', by: 'day', days: 'count', page: 'page' },
    vi: {
      subject: 'Tài khoản định danh điện tử đã được nâng lên [[level-2]]',
      text: [
        'Tài khoản định danh điện tử của công dân {person} đã được phê duyệt ở [[level-2]].',
        'Ông/bà kích hoạt [[level-2]] trong {days} ngày, đến hết ngày {by}, trên thiết bị của chính mình; ' +
          'không để người khác kích hoạt hộ.',
        `Sau ngày này vẫn kích hoạt được, qua tổng đài ${hotline}.`,
      ],
      phone:
        'Tài khoản định danh điện tử của công dân {person} đã được phê duyệt ở [[level-2]]. ' +
        'Đề nghị kích hoạt trong {days} ngày, đến hết ngày {by}, trên thiết bị của chính mình. ' +
        `Sau đó kích hoạt qua tổng đài ${hotline}.`,
    },
    en: {
      subject: 'The electronic identity account has been raised to level 2',
      text: [
        'The electronic identity account of {person} has been approved at level 2.',
        'Please activate level 2 within {days} days, until the end of {by}, on your own device; ' +
          'do not let anybody else do it for you.',
        `After that it can still be activated, by calling ${hotline}.`,
      ],
      phone:
        'The electronic identity account of {person} has been approved at level 2. ' +
        `Please activate it within {days} days, until {by}, on your own device; after that by calling ${hotline}.`,
    },
  },
  'account-activation-lapsed': {
    facts: { person: 'person', days: 'count', page: 'page' },
    vi: {
      subject: 'Tài khoản định danh điện tử đã duyệt, chưa kích hoạt',
      text: [
        'Tài khoản định danh điện tử của công dân {person} đã được phê duyệt quá {days} ngày mà chưa được kích hoạt.',
        `Tài khoản vẫn còn. Ông/bà gọi tổng đài ${hotline}, hoặc đến công an nơi gần nhất, để mở lại việc kích hoạt.`,
      ],
      phone:
        'Tài khoản định danh điện tử của công dân {person} đã duyệt quá {days} ngày, chưa kích hoạt. ' +
        `Tài khoản vẫn còn: gọi tổng đài ${hotline} hoặc đến công an nơi gần nhất để mở lại việc kích hoạt.`,
    },
    en: {
      subject: 'The electronic identity account is approved and not activated',
      text: [
        'The electronic identity account of {person} was approved more than {days} days ago and has not been ' +
          'activated.',
        `The account is still there. Call ${hotline}, or come to the nearest police office, ` +
          'to have its activation opened anew.',
      ],
      phone:
        'The account of {person} was approved more than {days} days ago and is not activated. It is still there: ' +
        `call ${hotline} or come to the nearest police office to open its activation anew.`,
    },
  },
  'need-reminder': {
    refusable: true,
    facts: { person: 'person', what: 'words', when: 'words', unit: 'place', page: 'page' },
    vi: {
      subject: 'Việc còn phải làm về thẻ và tài khoản định danh điện tử',
      text: [
        'Theo dữ liệu của cơ quan công an, công dân {person} còn phải: {what}.',
        'Đề nghị đến công an {unit} {when}. Nếu đã làm rồi, ông/bà không cần làm gì thêm.',
      ],
      phone:
        'Công dân {person} còn phải: {what}. Đề nghị đến công an {unit} {when}. ' +
        'Nếu đã làm rồi, không cần làm gì thêm.',
    },
    en: {
      subject: 'What remains to be done for the card and the electronic identity account',
      text: [
        'By the records of the police, {person} has yet to: {what}.',
        'Please come to the police of {unit} {when}. If it is done already, nothing more is needed.',
      ],
      phone:
        '{person} has yet to: {what}. Please come to the police of {unit} {when}. ' +
        'If it is done already, nothing more is needed.',
    },
  },
  /** Of a session that somebody is on the roster of: that they are asked to come. */
  'session-invitation': {
    refusable: true,
    facts: {
      code: 'words',
      person: 'person',
      what: 'words',
      hours: 'words',
      day: 'day',
      place: 'place',
      bring: 'words',
      unit: 'place',
    },
    vi: {
      subject: 'Mời {person}: {what}',
      text: [
        '{unit} mời công dân {person} đến {what}.',
        'Thời gian: {hours}, ngày {day}',
        'Địa điểm: {place}',
        'Mang theo: {bring}',
        'Không mất phí. Không đến được thì báo giáo viên chủ nhiệm hoặc {unit} để đổi buổi khác.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        '{unit} mời công dân {person} đến {what}: {hours} ngày {day}, tại {place}. Mang theo {bring}. ' +
        'Không đến được thì báo giáo viên hoặc công an để đổi buổi. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'Invitation of {person}: {what}',
      text: [
        '{unit} asks {person} to come: {what}.',
        'When: {hours} on {day}',
        'Where: {place}',
        'Please bring: {bring}',
        'It is free. If you cannot come, tell the homeroom teacher or {unit}, and another hour is found.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        '{unit} asks {person} to come: {what}, {hours} on {day}, at {place}. Bring {bring}. ' +
        'If you cannot, tell the teacher or the police. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'session-moved': {
    facts: { person: 'person', what: 'words', hours: 'words', day: 'day', place: 'place', unit: 'place' },
    vi: {
      subject: 'Đổi lịch: {what}',
      text: [
        'Buổi {what} của công dân {person} đã đổi lịch.',
        'Thời gian mới: {hours}, ngày {day}',
        'Địa điểm: {place}',
        'Lịch đã báo trước đây không còn đúng. Cần hỏi thêm, xin liên hệ {unit}.',
      ],
      phone: 'Đổi lịch: buổi {what} của công dân {person} chuyển sang {hours} ngày {day}, tại {place}. {unit}.',
    },
    en: {
      subject: 'Another hour: {what}',
      text: [
        'The session for {person} ({what}) was moved.',
        'New time: {hours} on {day}',
        'Where: {place}',
        'What you were told before no longer holds. For questions, please turn to {unit}.',
      ],
      phone: 'Moved: the session for {person} ({what}) is now {hours} on {day}, at {place}. {unit}.',
    },
  },
  'session-cancelled': {
    facts: { person: 'person', what: 'words', day: 'day', next: 'words', unit: 'place' },
    vi: {
      subject: 'Không tổ chức buổi ngày {day}',
      text: [
        'Buổi {what} ngày {day} của công dân {person} không tổ chức.',
        'Làm ở đâu: {next}',
        'Cần hỏi thêm, xin liên hệ {unit}.',
      ],
      phone: 'Buổi {what} ngày {day} của công dân {person} không tổ chức. {next}. {unit}.',
    },
    en: {
      subject: 'The session on {day} is not held',
      text: [
        'The session on {day} for {person} ({what}) is not held.',
        'Where else: {next}',
        'For questions, please turn to {unit}.',
      ],
      phone: 'The session on {day} for {person} ({what}) is not held. {next}. {unit}.',
    },
  },
  'session-tomorrow': {
    refusable: true,
    facts: {
      person: 'person',
      code: 'words',
      what: 'words',
      hours: 'words',
      day: 'day',
      place: 'place',
      bring: 'words',
    },
    vi: {
      subject: 'Nhắc lịch ngày mai, {day}: {what}',
      text: [
        'Ngày mai, {day}, công dân {person} đến {what}.',
        'Thời gian: {hours}',
        'Địa điểm: {place}',
        'Mang theo: {bring}',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Ngày mai, {day}: công dân {person} đến {what}, {hours}, tại {place}. Mang theo {bring}. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'Tomorrow, {day}: {what}',
      text: [
        'Tomorrow, {day}, {person} is expected: {what}.',
        'When: {hours}',
        'Where: {place}',
        'Please bring: {bring}',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        'Tomorrow, {day}: {person} is expected ({what}), {hours}, at {place}. Bring {bring}. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'session-missed': {
    refusable: true,
    facts: { person: 'person', what: 'words', day: 'day', next: 'words', unit: 'place' },
    vi: {
      subject: 'Chưa làm được ngày {day}: {what}',
      text: [
        'Ngày {day}, công dân {person} chưa {what}.',
        'Làm ở đâu tiếp theo: {next}',
        'Nếu đã làm rồi, ông/bà không cần làm gì thêm. Cần hỏi, xin liên hệ {unit}.',
      ],
      phone: 'Ngày {day}, công dân {person} chưa {what}. {next}. Nếu đã làm rồi thì không cần làm gì thêm. {unit}.',
    },
    en: {
      subject: 'Not done on {day}: {what}',
      text: [
        'On {day} {person} was not served: {what}.',
        'Where to come next: {next}',
        'If it is done already, nothing more is needed. For questions, please turn to {unit}.',
      ],
      phone: 'On {day} {person} was not served: {what}. {next}. If done already, nothing more is needed. {unit}.',
    },
  },
  'account-supplement': {
    facts: { person: 'person', missing: 'words', by: 'day', unit: 'place', page: 'page' },
    vi: {
      subject: 'Yêu cầu về tài khoản định danh điện tử cần bổ sung',
      text: [
        'Yêu cầu về tài khoản định danh điện tử của công dân {person} cần bổ sung trước khi được duyệt.',
        'Cần bổ sung: {missing}',
        'Nơi nhận: {unit}',
        'Hạn bổ sung: ngày {by}',
        'Yêu cầu vẫn được giữ; ông/bà không phải đăng ký lại từ đầu.',
      ],
      phone:
        'Yêu cầu về tài khoản định danh điện tử của công dân {person} cần bổ sung: {missing}. ' +
        'Nơi nhận: {unit}, hạn {by}. Không phải đăng ký lại từ đầu.',
    },
    en: {
      subject: 'The request about the electronic identity account has to be completed',
      text: [
        'The request about the electronic identity account of {person} has to be completed before it can be approved.',
        'What is missing: {missing}',
        'Where to bring it: {unit}',
        'By: {by}',
        'The request is kept; you do not have to begin again.',
      ],
      phone:
        'The request about the electronic identity account of {person} has to be completed: {missing}. ' +
        'Bring it to {unit} by {by}. You need not begin again.',
    },
  },
  'account-refused': {
    facts: { person: 'person', reason: 'words', remedy: 'words', unit: 'place', page: 'page' },
    vi: {
      subject: 'Yêu cầu về tài khoản định danh điện tử không được duyệt',
      text: [
        'Yêu cầu về tài khoản định danh điện tử của công dân {person} không được duyệt.',
        'Lý do: {reason}',
        'Cách làm tiếp: {remedy}',
        'Nếu thấy chưa đúng, ông/bà có quyền đề nghị {unit} giải thích, hoặc khiếu nại.',
      ],
      phone:
        'Yêu cầu về tài khoản định danh điện tử của công dân {person} không được duyệt. Lý do: {reason}. ' +
        'Cách làm tiếp: {remedy}. Hỏi thêm: {unit}.',
    },
    en: {
      subject: 'The request about the electronic identity account was not granted',
      text: [
        'The request about the electronic identity account of {person} was not granted.',
        'Reason: {reason}',
        'What to do: {remedy}',
        'If you think that this is not right, you may ask {unit} to explain it, or complain.',
      ],
      phone:
        'The request about the electronic identity account of {person} was not granted. Reason: {reason}. ' +
        'What to do: {remedy}. Questions: {unit}.',
    },
  },
  'account-lowered': {
    facts: { person: 'person', reason: 'words', unit: 'place', page: 'page' },
    vi: {
      subject: 'Tài khoản định danh điện tử được chuyển về [[level-1]]',
      text: [
        'Tài khoản định danh điện tử của công dân {person} đã được chuyển từ [[level-2]] về [[level-1]].',
        'Lý do: {reason}',
        'Ông/bà vẫn dùng được tài khoản ở [[level-1]], và nâng lên [[level-2]] khi đủ điều kiện. ' +
          'Cần hỏi thêm, ông/bà liên hệ {unit}.',
      ],
      phone:
        'Tài khoản định danh điện tử của công dân {person} đã được chuyển về [[level-1]]. ' +
        'Lý do: {reason}. Hỏi thêm: {unit}.',
    },
    en: {
      subject: 'The electronic identity account was lowered to level 1',
      text: [
        'The electronic identity account of {person} was lowered from level 2 to level 1.',
        'Reason: {reason}',
        'It can still be used at level 1, and raised again once the conditions are met. ' +
          'For questions, please turn to {unit}.',
      ],
      phone: 'The electronic identity account of {person} was lowered to level 1. Reason: {reason}. Questions: {unit}.',
    },
  },
  'account-locked': {
    facts: { person: 'person', reason: 'words', on: 'day', answerDays: 'count', page: 'page' },
    vi: {
      subject: 'Tài khoản định danh điện tử đã khóa',
      text: [
        'Tài khoản định danh điện tử của công dân {person} đã khóa ngày {on}.',
        'Lý do: {reason}',
        `Nếu đây không phải yêu cầu của ông/bà, hoặc muốn mở khóa, ông/bà gọi tổng đài ${hotline} hoặc đến công ` +
          'an nơi gần nhất. Đề nghị mở khóa được trả lời trong {answerDays} ngày làm việc.',
      ],
      phone:
        'Tài khoản định danh điện tử của công dân {person} đã khóa ngày {on}. Lý do: {reason}. ' +
        `Hỏi hoặc đề nghị mở khóa: ${hotline}, hoặc công an nơi gần nhất; trả lời trong {answerDays} ngày làm việc.`,
    },
    en: {
      subject: 'The electronic identity account is locked',
      text: [
        'The electronic identity account of {person} was locked on {on}.',
        'Reason: {reason}',
        `If you did not ask for this, or want it unlocked, call ${hotline} or come to the nearest police office. ` +
          'A request to unlock is answered within {answerDays} working days.',
      ],
      phone:
        'The electronic identity account of {person} was locked on {on}. Reason: {reason}. ' +
        `To ask, or to have it unlocked: ${hotline}, or the nearest police office; answered in ` +
        `{answerDays} working days.`,
    },
  },
  'account-unlocked': {
    facts: { person: 'person', on: 'day', page: 'page' },
    vi: {
      subject: 'Tài khoản định danh điện tử đã được mở khóa',
      text: [
        'Tài khoản định danh điện tử của công dân {person} đã được mở khóa ngày {on}.',
        `Nếu đây không phải yêu cầu của ông/bà, ông/bà gọi ngay tổng đài ${hotline}.`,
      ],
      phone:
        'Tài khoản định danh điện tử của công dân {person} đã được mở khóa ngày {on}. ' +
        `Nếu không phải yêu cầu của ông/bà, gọi ngay ${hotline}.`,
    },
    en: {
      subject: 'The electronic identity account is unlocked',
      text: [
        'The electronic identity account of {person} was unlocked on {on}.',
        `If you did not ask for this, call ${hotline} at once.`,
      ],
      phone:
        'The electronic identity account of {person} was unlocked on {on}. ' +
        `If you did not ask for this, call ${hotline} at once.`,
    },
  },
  'account-unlock-refused': {
    facts: { person: 'person', reason: 'words', unit: 'place', page: 'page' },
    vi: {
      subject: 'Đề nghị mở khóa tài khoản định danh điện tử chưa được chấp nhận',
      text: [
        'Đề nghị mở khóa tài khoản định danh điện tử của công dân {person} chưa được chấp nhận.',
        'Lý do: {reason}',
        'Ông/bà nhận văn bản trả lời tại {unit}. Nếu thấy chưa đúng, ông/bà có quyền khiếu nại.',
      ],
      phone:
        'Đề nghị mở khóa tài khoản định danh điện tử của công dân {person} chưa được chấp nhận. Lý do: {reason}. ' +
        'Nhận văn bản trả lời tại {unit}.',
    },
    en: {
      subject: 'The request to unlock the electronic identity account was not granted',
      text: [
        'The request to unlock the electronic identity account of {person} was not granted.',
        'Reason: {reason}',
        'The written answer is handed out at {unit}. If you think that this is not right, you may complain.',
      ],
      phone:
        'The request to unlock the electronic identity account of {person} was not granted. Reason: {reason}. ' +
        'The written answer is at {unit}.',
    },
  },
  'account-phone-changed': {
    facts: { person: 'person', on: 'day', unit: 'place', page: 'page' },
    vi: {
      subject: 'Số điện thoại của tài khoản định danh điện tử đã đổi',
      text: [
        'Số điện thoại của tài khoản định danh điện tử của công dân {person} đã được đổi ngày {on} tại {unit}.',
        `Nếu đây không phải yêu cầu của ông/bà, ông/bà gọi ngay tổng đài ${hotline}.`,
      ],
      phone:
        'Số điện thoại của tài khoản định danh điện tử của công dân {person} đã đổi ngày {on} tại {unit}. ' +
        `Nếu không phải yêu cầu của ông/bà, gọi ngay ${hotline}.`,
    },
    en: {
      subject: 'The phone of the electronic identity account was changed',
      text: [
        'The phone of the electronic identity account of {person} was changed on {on} at {unit}.',
        `If you did not ask for this, call ${hotline} at once.`,
      ],
      phone:
        'The phone of the electronic identity account of {person} was changed on {on} at {unit}. ' +
        `If you did not ask for this, call ${hotline} at once.`,
    },
  },
  'records-merged': {
    facts: { person: 'person', on: 'day', unit: 'place', page: 'page' },
    vi: {
      subject: 'Hai bản ghi dân cư được hợp nhất',
      text: [
        'Ngày {on}, {unit} xác định hai bản ghi trong Cơ sở dữ liệu quốc gia về dân cư là của cùng một công dân ' +
          '{person} và hợp nhất thành một.',
        'Nếu có hai tài khoản định danh điện tử thì chỉ một tài khoản còn lại. Tài khoản còn lại ở [[level-1]]; ' +
          'cách đăng nhập, thiết bị và các phiên đăng nhập cũ không còn dùng được.',
        `Nếu ông/bà không biết việc này hoặc đây là hai người khác nhau, ông/bà gọi ngay tổng đài ${hotline}.`,
      ],
      phone:
        '{on}: {unit} hợp nhất hai bản ghi dân cư của công dân {person}. Tài khoản còn lại ở [[level-1]], ' +
        'cách đăng nhập cũ ' +
        `không còn dùng được. Nếu không đúng, gọi ngay ${hotline}.`,
    },
    en: {
      subject: 'Two records of the population database were merged',
      text: [
        'On {on} {unit} found that two records of the population database are of one citizen, {person}, ' +
          'and merged them.',
        'Of two electronic identity accounts one remains. It is at level 1; the former ways to sign in, ' +
          'devices and sessions ' +
          'are no longer good.',
        `If you know nothing of this, or these are two people, call ${hotline} at once.`,
      ],
      phone:
        '{on}: {unit} merged two population records of {person}. The account that remains is at level 1, and former ' +
        `ways to sign in have ended. If this is wrong, call ${hotline} at once.`,
    },
  },
  'records-parted': {
    facts: { person: 'person', on: 'day', unit: 'place', page: 'page' },
    vi: {
      subject: 'Hai bản ghi dân cư được tách lại',
      text: [
        'Ngày {on}, {unit} tách lại hai bản ghi dân cư đã hợp nhất, trong đó có bản ghi của công dân {person}. ' +
          'Dữ liệu, thẻ và tài khoản trở lại như trước khi hợp nhất.',
        `Nếu ông/bà thấy chưa đúng, ông/bà gọi tổng đài ${hotline}.`,
      ],
      phone:
        '{on}: {unit} tách lại hai bản ghi dân cư đã hợp nhất của công dân {person}. Tài khoản trở lại như trước. ' +
        `Nếu không đúng, gọi ${hotline}.`,
    },
    en: {
      subject: 'Two records of the population database were parted again',
      text: [
        'On {on} {unit} parted two records that had been merged, one of them of {person}. ' +
          'Data, cards and accounts are ' +
          'again as they were before.',
        `If you think that this is not right, call ${hotline}.`,
      ],
      phone:
        '{on}: {unit} parted two merged population records, one of them of {person}. Accounts are as before. ' +
        `If this is wrong, call ${hotline}.`,
    },
  },
  'appointment-booked': {
    facts: { person: 'person', code: 'words', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Đã giữ chỗ ngày {on}',
      text: [
        'Công dân {person} có lịch hẹn lúc {at} ngày {on}, số thứ tự {ticket}, tại {site}.',
        'Ông/bà đến trước 10 phút và báo số ở bàn hướng dẫn. Đến trễ thì số được gọi sau người đang chờ, ' +
          'không mất chỗ.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Công dân {person} có lịch hẹn lúc {at} ngày {on}, số {ticket}, tại {site}. Đến trước 10 phút. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'An appointment on {on}',
      text: [
        '{person} has an appointment at {at} on {on}, ticket {ticket}, at {site}.',
        'Please come 10 minutes early and give the ticket at the guidance desk. Late tickets are called after those ' +
          'who are waiting; they are not lost.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        '{person} has an appointment at {at} on {on}, ticket {ticket}, at {site}. Come 10 minutes early. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'appointment-moved': {
    facts: { person: 'person', code: 'words', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Lịch hẹn đã đổi sang ngày {on}',
      text: [
        'Lịch hẹn của công dân {person} đã đổi sang {at} ngày {on}, số thứ tự {ticket}, tại {site}.',
        'Lịch hẹn trước không còn. Nếu giờ mới không tiện, ông/bà đổi lại bất cứ lúc nào.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Lịch hẹn của công dân {person} đã đổi sang {at} ngày {on}, số {ticket}, tại {site}. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'The appointment was moved to {on}',
      text: [
        'The appointment of {person} was moved to {at} on {on}, ticket {ticket}, at {site}.',
        'The former hour is free again. If the new one does not suit, it can be changed at any time.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        'The appointment of {person} was moved to {at} on {on}, ticket {ticket}, at {site}. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
  'appointment-cancelled': {
    facts: { person: 'person', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Đã hủy lịch hẹn ngày {on}',
      text: [
        'Lịch hẹn {ticket} của công dân {person}, {at} ngày {on}, tại {site}, đã hủy theo đề nghị của ông/bà.',
        'Nếu ông/bà không đề nghị, báo cho nơi hẹn để giữ lại giờ.',
      ],
      phone:
        'Lịch hẹn {ticket} của công dân {person}, {at} ngày {on}, tại {site}, đã hủy. Không đề nghị thì báo nơi hẹn.',
    },
    en: {
      subject: 'The appointment on {on} was cancelled',
      text: [
        'The appointment {ticket} of {person} at {at} on {on}, at {site}, was cancelled at your request.',
        'If you did not ask for this, tell the place of the appointment, so that you keep an hour.',
      ],
      phone:
        'The appointment {ticket} of {person} at {at} on {on}, {site}, was cancelled. If you did not ask, tell them.',
    },
  },
  'appointment-place-closed': {
    facts: { person: 'person', on: 'day', site: 'place', next: 'words' },
    vi: {
      subject: 'Nơi hẹn ngày {on} không làm việc',
      text: ['{site} không làm việc ngày {on}, nên lịch hẹn của công dân {person} không giữ được.', '{next}'],
      phone: '{site} không làm việc ngày {on}. Lịch hẹn của công dân {person}: {next}',
    },
    en: {
      subject: 'The place of the appointment on {on} is closed',
      text: ['{site} is closed on {on}, so the appointment of {person} cannot be kept.', '{next}'],
      phone: '{site} is closed on {on}. The appointment of {person}: {next}',
    },
  },
  'appointment-reminder': {
    refusable: true,
    facts: { person: 'person', code: 'words', ticket: 'words', at: 'words', on: 'day', site: 'place' },
    vi: {
      subject: 'Nhắc lịch hẹn ngày {on}',
      text: [
        'Công dân {person} có lịch hẹn lúc {at} ngày {on}, số thứ tự {ticket}, tại {site}.',
        'Nếu không đến được, ông/bà đổi hoặc hủy để nhường chỗ cho người khác.',
        'Xem, đổi giờ không cần tài khoản: trang Công dân, bằng số định danh, ngày sinh và mã {code}.',
      ],
      phone:
        'Nhắc: công dân {person} có lịch hẹn lúc {at} ngày {on}, số {ticket}, tại {site}. ' +
        'Xem, đổi giờ: trang Công dân, mã {code}.',
    },
    en: {
      subject: 'A reminder of the appointment on {on}',
      text: [
        '{person} has an appointment at {at} on {on}, ticket {ticket}, at {site}.',
        'If you cannot come, please move or cancel it, so that somebody else can have the hour.',
        'To see or change it without an account: the citizens’ page, with the number, the birth date and the ' +
          'code {code}.',
      ],
      phone:
        'Reminder: {person} has an appointment at {at} on {on}, ticket {ticket}, at {site}. ' +
        'To see or change it: the citizens’ page, code {code}.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>

export type TemplateName = keyof typeof templates
