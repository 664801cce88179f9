import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { useListening } from "@/ui/keys";
import type { Language } from "@/ui/language";
import { startI18n } from "../i18n";
import { Providers } from "../Providers";
import { Toasts } from "../Toasts";

interface DrawOptions {
  readonly language?: Language;
  /** Where the component stands: "/contacts?search=ana". */
  readonly address?: string;
  /** The pattern of that address: "/contacts/:contactId". */
  readonly path?: string;
}

/** Draw one part with all that it may rely on: texts, look, server state, address, keys and toasts. */
export async function draw(
  part: ReactElement,
  { language = "en", address = "/", path = "*" }: DrawOptions = {},
) {
  await startI18n(language, { everything: true });
  const router = createMemoryRouter([{ path, element: <Frame>{part}</Frame> }], {
    initialEntries: [address],
  });
  const drawn = render(
    <Providers env="test">
      <RouterProvider router={router} />
    </Providers>,
  );
  return { ...drawn, router };
}

function Frame({ children }: { readonly children: ReactElement }) {
  useListening();
  return (
    <>
      {children}
      <Toasts />
    </>
  );
}
