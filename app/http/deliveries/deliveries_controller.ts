import type { HttpContext } from '@adonisjs/core/http'
import Connection from '#domain/connections/connection'
import Channel from '#domain/deliveries/channel'
import Delivery from '#domain/deliveries/delivery'
import { allFollowers } from '#domain/deliveries/followers'
import PendingChange from '#domain/deliveries/pending_change'
import Service from '#domain/services/service'
import type Tenant from '#domain/tenants/tenant'
import { viewChannel } from '#http/deliveries/channel_view'
import { viewChange, viewDelivery } from '#http/deliveries/delivery_view'
import { paged } from '#http/paged'
import { runsOf } from '#http/runs/run_query'
import { viewRunRow } from '#http/runs/run_view'

const SHOWN = 10
const STATES = ['waiting', 'running', 'done', 'cancelled', 'deleted', 'echo']

export default class DeliveriesController {
  async index({ inertia, request, tenant }: HttpContext) {
    const { page, changes, state } = request.qs()
    const channels = await Channel.query().where('tenantId', tenant.id).orderBy('stream')
    const streams = new Map(channels.map(({ id, stream }) => [id, stream]))
    const names = await namesOf(tenant)
    const chosen = STATES.includes(state) ? String(state) : 'waiting'

    return inertia.render('deliveries/index', {
      channels: await viewChannels(tenant, channels),
      deliveries: await paged(
        Delivery.query().where('tenantId', tenant.id).orderBy('receivedAt', 'desc').orderBy('id'),
        page,
        (delivery) => viewDelivery(delivery, streams.get(delivery.channelId) ?? ''),
        SHOWN
      ),
      changes: await paged(
        PendingChange.query()
          .where('tenantId', tenant.id)
          .where('state', chosen)
          .orderBy('lastSeenAt', 'desc')
          .orderBy('id'),
        changes,
        (change) => viewChange(change, names.get(change.serviceId) ?? ''),
        SHOWN
      ),
      state: chosen,
      runs: await runsFor(tenant),
    })
  }
}

async function viewChannels(tenant: Tenant, channels: Channel[]) {
  const connections = await Connection.query().where('tenantId', tenant.id)
  const names = new Map(connections.map(({ id, name }) => [id, name]))
  const followers = channels.length > 0 ? await allFollowers() : []
  return channels.map((channel) =>
    viewChannel(channel, names.get(channel.connectionId) ?? '', followers)
  )
}

async function namesOf(tenant: Tenant): Promise<Map<string, string>> {
  const services = await Service.query().where('tenantId', tenant.id)
  return new Map(services.map(({ id, name }) => [id, name]))
}

async function runsFor(tenant: Tenant) {
  const runs = await runsOf(tenant).where('trigger', 'webhook').limit(SHOWN)
  return runs.map(viewRunRow)
}
