// A conversation, and an answer to it that an agent drafted, for tests.
import type { AnswerDraft } from "@/api/answerDrafts";
import type { Thread } from "@/api/inbox";
import type { TextWay } from "@/api/texting";

export const THREAD: Thread = {
  contact: {
    id: 11,
    name: "Ines Moreau",
    email: "ines@cobalt.test",
    company: "Cobalt Dairy",
    title: "",
    phone: "",
    time_zone: "",
    owner: "",
    stage: "",
    owner_id: null,
  },
  enrollments: [],
  has_thread: true,
  kind: "reply",
  messages: [],
  needs_answer: true,
  older: null,
  outgoing: [],
  question: "",
  sender: { id: 1, name: "Mira Castell", address: "mira@castell.test" },
  sentiment: "",
  subject: "A second line",
  unreachable: "",
  unread: false,
};

export const DRAFT: AnswerDraft = {
  id: 5,
  status: "waiting",
  contact: { id: 11, name: "Ines Moreau", email: "ines@cobalt.test", company: "", time_zone: "" },
  agent: { id: 2, name: "Scout" },
  channel: "email",
  asked: "What does it cost?",
  asked_at: "2026-11-20T10:00:00Z",
  text: "It depends on the line.",
  text_hash: "abc",
  risk: "none",
  concerns: [],
  because: "",
  fault: "",
  note: "",
  model: "writer",
  outdated: [],
  written_at: "2026-11-20T10:01:00Z",
};

export const SMS: TextWay = {
  channel: "sms",
  number: "+12125550159",
  unreachable: "",
  sender_id: 4,
  from_number: "+12025550198",
  free_until: null,
};
