import { hotline } from '../../../names/hotline.ts'
import type { Templates } from './template.ts'

/** What is said of somebody’s data: requests about them, consent at a counter, records that were joined or parted. */
export const recordTemplates = {
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
} as const satisfies Templates
