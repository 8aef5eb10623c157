import type { AuthOptions } from './auth_options.js'

const texts = {
  en: {
    error_description:
      'You have made too many requests continuously. Please try again after some time.',
    error: 'Access Denied',
  },
  zh: { error_description: '您的请求过于频繁，请稍后再试。', error: '拒绝访问' },
}

/** Who asks too often; only `status` is the same in every language. */
export const throttled = ({ throttleLanguage }: AuthOptions) => ({
  ...texts[throttleLanguage],
  status: 'failure',
})
