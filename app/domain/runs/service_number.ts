import db from '@adonisjs/lucid/services/db'
import { isTaken } from '#domain/is_taken'

/** Numbers never change, and there is one per service. */
const numbers = new Map<string, number>()

/** The number that stands for a service in its record links; given out when it is first asked for. */
export async function serviceNumber(serviceId: string): Promise<number> {
  const known = numbers.get(serviceId) ?? (await find(serviceId)) ?? (await give(serviceId))
  numbers.set(serviceId, known)
  return known
}

async function find(serviceId: string): Promise<number | null> {
  const row = await db.from('service_numbers').where('service_id', serviceId).first()
  return row ? Number(row.number) : null
}

async function give(serviceId: string): Promise<number> {
  try {
    await db.table('service_numbers').insert({ service_id: serviceId })
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  const given = await find(serviceId)
  if (given === null) throw new Error(`The service ${serviceId} got no number`)
  return given
}
