import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import type { Sequence } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import type { FlowDocument, Step } from "@/flow/document";
import type { InspectorProps } from "../Inspector";
import { CallTrial } from "./CallTrial";

const STEP: Step = { key: "crm", kind: "webhook", url: "https://crm.test/people", body: "", next: null };
const CALLED = {
  url: "https://crm.test/people",
  headers: [{ name: "webhook-id", value: "msg_test_1" }],
  body: '{"who": "Kim"}',
  outcome: "delivered",
  code: "201",
  text: "welcome",
  milliseconds: 1234,
};

async function called(answered: Partial<typeof CALLED>) {
  const asked = serve({ "POST /api/sequences/7/test-call": { ...CALLED, ...answered } });
  const document: FlowDocument = { format: 1, start: "crm", steps: [STEP] };
  const props = { document, sequence: { id: 7 } as Sequence, readOnly: false };
  let drawAs: (step: Step) => void = () => undefined;
  const Edited = () => {
    const [step, edit] = useState<Step>(STEP);
    drawAs = (other) => {
      act(() => {
        edit(other);
      });
    };
    return <CallTrial {...({ ...props, step } as InspectorProps)} />;
  };
  await draw(<Edited />);
  await userEvent.click(screen.getByRole("button", { name: /Call it now/ }));
  await userEvent.click(screen.getByText("Make 1 test call"));
  expect(await screen.findByText("Call again")).toBeVisible();
  expect(asked).toContain("POST /api/sequences/7/test-call");
  return { drawAs };
}

it("shows what was sent, the status, the time and the beginning of the answer", async () => {
  await called({});
  expect(screen.getByText("It was taken: people would go on.")).toBeVisible();
  expect(screen.getByText("Status 201 after 1.23 s")).toBeVisible();
  expect(screen.getByLabelText("Beginning of the answer")).toHaveTextContent("welcome");
  const sent = screen.getByLabelText("The request").textContent;
  expect(sent).toBe('POST https://crm.test/people\nwebhook-id: msg_test_1\n\n{\n  "who": "Kim"\n}');
});

it("says no more what came of the call once the step is another", async () => {
  const { drawAs } = await called({});
  drawAs({ ...STEP, url: "https://crm.test/others" });
  expect(screen.queryByText("It was taken: people would go on.")).toBeNull();
  expect(screen.getByText(/Call it now/)).toBeVisible();
  drawAs({ ...STEP });
  expect(screen.getByText("It was taken: people would go on.")).toBeVisible();
});

it("says that nobody answered, and what a run would do", async () => {
  await called({ outcome: "tried_again", code: "", text: "crm.test does not answer", milliseconds: 5000 });
  expect(screen.getByText("It was not taken: a run would call again later.")).toBeVisible();
  expect(screen.getByText("No answer, after 5 s")).toBeVisible();
  expect(screen.getByLabelText("Why")).toHaveTextContent("crm.test does not answer");
});

it("is not offered to who only reads", async () => {
  serve({});
  const props = { step: STEP, sequence: { id: 7 } as Sequence, readOnly: true };
  await draw(<CallTrial {...(props as InspectorProps)} />);
  expect(screen.queryByText(/Call it now/)).toBeNull();
});
