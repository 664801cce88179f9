// What can be done with the draft that is open, or with those that are chosen: by key and by button alike.
import { type Desk, idsOf } from "./useDesk";

export type Acts = ReturnType<typeof actsOf>;

export function actsOf(desk: Desk) {
  const { detail, chosen, mayDecide, typing } = desk;
  const open = mayDecide && detail?.status === "in_approval" ? detail : undefined;
  const many = mayDecide ? idsOf(chosen) : [];
  const approve = (goesOn: boolean) => {
    if (many.length > 0) {
      desk.approveChosen();
    } else if (open !== undefined) {
      desk.approve({ id: open.id, text_hash: open.text_hash, ...typing.text }, open.contact.name);
      if (goesOn) desk.goOn([open.id]);
      else desk.show(open.id);
    }
  };
  const edit = () => {
    if (open === undefined) return;
    const { id, subject, text, text_hash } = open;
    desk.show(id);
    typing.put(id, { subject, text, text_hash });
  };
  const reject = () => {
    const ids = many.length > 0 ? many : open === undefined ? [] : [open.id];
    const [first] = many.length > 0 ? chosen : [open];
    if (first !== undefined) desk.ask({ about: "reject", ids, name: first.contact.name });
  };
  const regenerate = () => {
    if (open !== undefined) desk.ask({ about: "regenerate", detail: open });
  };
  return { isOpen: open !== undefined, approve, edit, reject, regenerate };
}
