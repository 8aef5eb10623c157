import { hostname } from 'node:os'
import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { v7 as uuid } from 'uuid'
import { Identified } from '#domain/identified'
import { instant } from '#domain/instant'

const ALIVE_FOR = 10_000

/** A server that works runs. Commands leave the work to it while it lives. */
export default class ServerProcess extends Identified {
  @column()
  declare host: string

  @column()
  declare pid: number

  @instant()
  declare aliveAt: DateTime

  static register(): Promise<ServerProcess> {
    return this.create({ id: uuid(), host: hostname(), pid: process.pid, aliveAt: DateTime.utc() })
  }

  async beat(): Promise<void> {
    await ServerProcess.query().where('id', this.id).update({ aliveAt: Date.now() })
    await ServerProcess.query()
      .where('aliveAt', '<', Date.now() - 60 * ALIVE_FOR)
      .delete()
  }

  /** The servers that beat, and where this process stands among them: last, if it is none. */
  static async peers(): Promise<{ servers: number; rank: number }> {
    const beating = await this.query()
      .where('aliveAt', '>', Date.now() - ALIVE_FOR)
      .orderBy('id')
    const others = beating.filter(({ host, pid }) => host !== hostname() || exists(pid))
    const rank = others.findIndex(({ host, pid }) => host === hostname() && pid === process.pid)
    return rank === -1
      ? { servers: others.length + 1, rank: others.length }
      : { servers: others.length, rank }
  }

  /** A server that beats, and, where it is on this machine, whose process exists. */
  static async isAnyAlive(): Promise<boolean> {
    const beating = await this.query().where('aliveAt', '>', Date.now() - ALIVE_FOR)
    return beating.some(({ host, pid }) => host !== hostname() || exists(pid))
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
