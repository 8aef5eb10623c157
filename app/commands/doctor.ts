import { Command } from '#commands/command'
import { checkup } from '#commands/doctor_parts/checkup'

export default class Doctor extends Command {
  static override commandName = 'doctor'
  static override description = 'Look whether everything that Crossdock stands on is sound'

  override readonly needsDatabase = false

  override async perform() {
    const findings = await checkup()
    const sick = findings.filter(({ ok }) => !ok)
    this.exitCode = sick.length === 0 ? 0 : 1
    const verdict =
      sick.length === 0
        ? 'All is well.'
        : `${sick.length} of ${findings.length} need a person: ${sick.map(({ name }) => name).join(', ')}.`
    this.answer({ ok: sick.length === 0, findings, verdict }, [
      ...findings.map(({ ok, name, message }) => `${ok ? '✔' : '✖'} ${name}: ${message}`),
      verdict,
    ])
  }
}
