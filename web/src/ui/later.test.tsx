import { render, screen } from "@testing-library/react";
import { Component, type ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { later } from "./later";

function Name({ name }: { readonly name: string }) {
  return <p>{name}</p>;
}

class Caught extends Component<{ readonly children: ReactNode }, { readonly fault?: Error }> {
  override state: { readonly fault?: Error } = {};

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    return this.state.fault?.message ?? this.props.children;
  }
}

describe("a part whose code comes later", () => {
  it("is drawn once its code is here", async () => {
    const load = vi.fn(() => Promise.resolve(Name));
    const part = later(load);
    render(<part.Part name="Robin" />);
    expect(screen.queryByText("Robin")).toBeNull();
    expect(await screen.findByText("Robin")).toBeInTheDocument();
    expect(load).toHaveBeenCalledOnce();
  });

  it("is drawn at once where the code came before", async () => {
    const load = vi.fn(() => Promise.resolve(Name));
    const part = later(load);
    part.fetch();
    await load.mock.results[0]?.value;
    render(<part.Part name="Robin" />);
    expect(screen.getByText("Robin")).toBeInTheDocument();
    expect(load).toHaveBeenCalledOnce();
  });

  it("says what kept its code from coming", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const part = later(() => Promise.reject(new Error("gone")));
    part.fetch();
    await Promise.resolve();
    await Promise.resolve();
    expect(() => render(<part.Part />)).toThrow("gone");
  });

  it("is asked for again after its code could not come", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const load = vi.fn(() => Promise.resolve(Name)).mockRejectedValueOnce(new Error("offline"));
    const part = later(load);
    const draw = (key: string) => (
      <Caught key={key}>
        <part.Part name="Robin" />
      </Caught>
    );
    const { rerender } = render(draw("first"));
    expect(await screen.findByText("offline")).toBeInTheDocument();
    rerender(draw("second"));
    expect(await screen.findByText("Robin")).toBeInTheDocument();
  });
});
