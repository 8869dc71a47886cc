import type { settings as en } from '../en/settings';

export const settings: typeof en = {
  account: '您的账户',
  signedInUntil: '登录有效期至',
  look: '此浏览器',
  lookAbout: '仅保存在此浏览器中。',
  password: '密码',
  passwordAbout: '更改密码后，其他地方的登录都会失效。',
  currentPassword: '当前密码',
  changePassword: '更改密码',
  passwordChanged: '密码已更改，其他地方的登录均已失效。',
  signOutAbout: '“所有设备”指您用密码登录的所有浏览器和程序。API 密钥不受影响。',
  signOutHere: '退出此处登录',
  signOutEverywhere: '退出所有登录',
  everywhereAbout: '您的所有登录将在 5 秒内失效，包括当前登录。',
  server: '服务器',
  state: '状态',
  ready: '就绪',
  failing: '故障：{{parts}}',
  address: '地址',
  providers: '提供商',
};
