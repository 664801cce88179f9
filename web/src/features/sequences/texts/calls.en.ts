// A webhook step called as a test, and what messages cost.
export const calls = {
  call: {
    title: "Call it now",
    now: "Nobody moves",
    who: "With the data of",
    call: "Make 1 test call",
    again: "Call again",
    hint: "Calls the address once, signed as in a run. The endpoint cannot tell it from a run but by its id, which begins with msg_test_.",
    outcome: {
      delivered: "It was taken: people would go on.",
      tried_again: "It was not taken: a run would call again later.",
      failed: "It was refused: the step would fail.",
    },
    status: "Status {{code}} after {{seconds}} s",
    noAnswer: "No answer, after {{seconds}} s",
    answer: "Beginning of the answer",
    empty: "(empty)",
    why: "Why",
    asked: "The request",
  },
  cost: {
    one: "about {{amount}} for a person",
    span: "{{least}} to {{most}} for a person, by country",
    unknown: "No price is set for the country of this number.",
    unset: "What it costs is not shown: no price is set.",
    where: "Set prices with the account",
  },
};
