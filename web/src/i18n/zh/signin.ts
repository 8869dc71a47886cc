import type { signin as en } from '../en/signin';

export const signin: typeof en = {
  title: '登录',
  tagline: '您的 AI 视频与图像工作室。',
  username: '用户名',
  password: '密码',
  passwordHint: '首次登录：以 “admin” 和服务器显示的一次性密钥登录。',
  submit: '登录',
  show: '显示密码',
  hide: '隐藏密码',
  ended: '登录已失效。重新登录即可继续。',
  chooseTitle: '设置密码',
  chooseAbout: '您使用一次性密钥登录。今后请使用此密码。',
  newPassword: '新密码',
  newPasswordHint: '8 至 128 个字符。常用词、键盘序列和用户名会被拒绝。',
  repeat: '再次输入',
  differs: '两次输入不一致。',
  tooShort: '至少 8 个字符。',
  required: '此项必填。',
  choose: '设置密码',
  welcome: '欢迎，{{name}}。',
};
