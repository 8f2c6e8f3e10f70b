import { hotline } from '../../../names/hotline.ts'
import type { Templates } from './template.ts'

/** What is said of electronic identity accounts: their approval, their codes, their locks. */
export const accountTemplates = {
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
} as const satisfies Templates
