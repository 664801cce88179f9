import type { Session } from "@/api/types";

/** An admin of a demo workspace. */
export const SESSION: Session = {
  member_id: 1,
  name: "Robin Vale",
  email: "robin@demo.drumbeat.test",
  role: "admin",
  rights: [],
  own_contacts_only: false,
  phone: "",
  has_password: true,
  unread: 0,
  stop: null,
  workspaces: [{ id: 1, name: "Demo" }],
  workspace: { id: 1, name: "Demo", time_zone: "UTC" },
  demo: true,
};
