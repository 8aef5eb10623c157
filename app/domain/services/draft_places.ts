import type { Problem } from '#engine/problem'

/** Sentences such as "mapping.3.to: …" taken apart. One without a place is about the whole service. */
export function placed(sentences: string[]): Problem[] {
  return sentences.map((sentence) => {
    const [, place, message] =
      /^((?:schedule|[a-z]+(?=[.:[]))[\w.[\]]*):? ([^]*)$/i.exec(sentence) ?? []
    if (place === undefined || message === undefined) return { where: '', message: sentence }
    return { where: place.replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]'), message }
  })
}
