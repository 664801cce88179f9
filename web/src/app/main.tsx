import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "./global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import { startI18n } from "./i18n";
import { printInLight } from "./printing";
import { Providers } from "./Providers";
import { routes } from "./routes";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

printInLight();
await startI18n();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={createBrowserRouter(routes)} />
    </Providers>
  </StrictMode>,
);
