import { render } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import type { Language } from "@/ui/language";
import { startI18n } from "../i18n";
import { Providers } from "../Providers";
import { routes } from "../routes";

/** Open the whole app at an address, as a person would. */
export async function visit(address: string, language: Language = "en") {
  await startI18n(language, { everything: true });
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  const drawn = render(
    <Providers env="test">
      <RouterProvider router={router} />
    </Providers>,
  );
  return { ...drawn, router };
}
