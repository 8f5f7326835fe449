/* A numbered list that begins where it says and counts as it says: 1, a, A, i or I. Nothing else is offered, because
nothing else is stored. */
import { OrderedList as PlainList } from "django-prose-editor/editor"

export const OrderedList = PlainList.extend({
  addOptions() {
    const given = this.parent?.()
    return { ...given, listTypes: given.listTypes.filter(({ type }) => type !== "disc") }
  },
  addAttributes() {
    const given = this.parent?.()
    return {
      ...given,
      type: {
        ...given.type,
        renderHTML: (attributes) => {
          const { type } = given.type.renderHTML(attributes)
          return type && type !== "1" ? { type } : {}
        },
      },
    }
  },
})
