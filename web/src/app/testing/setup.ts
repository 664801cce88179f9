// What jsdom lacks and Mantine asks for.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

afterEach(cleanup);
// What one test typed is not there in the next.
afterEach(() => {
  window.sessionStorage.clear();
});
// The first visit of a room loads its code.
configure({ asyncUtilTimeout: 5_000 });

window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }) as unknown as MediaQueryList;

window.HTMLElement.prototype.scrollIntoView = () => undefined;

window.ResizeObserver = class implements ResizeObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
};
