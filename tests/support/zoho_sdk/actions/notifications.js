import { describeResponse } from '../describe_object.js'
import { fill, fillMap } from '../build_request.js'

const operations = (sdk) => {
  const { NotificationsOperations } = sdk.api('notifications/notifications_operations')
  return new NotificationsOperations()
}

function bodyOf(sdk, { channel, events, url, token, expiry, values, drops }) {
  const { BodyWrapper } = sdk.api('notifications/body_wrapper')
  const { Notification } = sdk.api('notifications/notification')
  const watch = fill(new Notification(), {
    ChannelId: channel,
    Events: events,
    NotifyUrl: url,
    Token: token,
    ChannelExpiry: expiry,
    ReturnAffectedFieldValues: values,
    DeleteEvents: drops,
  })
  return fill(new BodyWrapper(), { Watch: [watch] })
}

const params = (sdk, kind, values) => {
  const constants = sdk.api('notifications/notifications_operations')[kind]
  return fillMap(new sdk.ParameterMap(), constants, values)
}

export const notifications = {
  async enableNotifications(sdk, watch) {
    return describeResponse(await operations(sdk).enableNotifications(bodyOf(sdk, watch)))
  },

  async getNotifications(sdk, { channel, module }) {
    const values = { CHANNEL_ID: channel && BigInt(channel), MODULE: module }
    const asked = await params(sdk, 'GetNotificationsParam', values)
    return describeResponse(await operations(sdk).getNotifications(asked))
  },

  /** Puts the whole channel. */
  async updateNotifications(sdk, watch) {
    return describeResponse(await operations(sdk).updateNotifications(bodyOf(sdk, watch)))
  },

  /** Patches the given keys of the channel. */
  async updateNotification(sdk, watch) {
    return describeResponse(await operations(sdk).updateNotification(bodyOf(sdk, watch)))
  },

  async disableEvents(sdk, watch) {
    const body = bodyOf(sdk, { ...watch, drops: true })
    return describeResponse(await operations(sdk).disableNotification(body))
  },

  async deleteNotification(sdk, { channels }) {
    const values = { CHANNEL_IDS: channels.join(',') }
    const asked = await params(sdk, 'DeleteNotificationParam', values)
    return describeResponse(await operations(sdk).deleteNotification(asked))
  },
}
