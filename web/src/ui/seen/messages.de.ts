import type { Translated } from "@/ui/catalog";
import type { english } from "./messages.en";

export const german: Translated<typeof english> = {
  human: { opened: "Geöffnet", clicked: "Geklickt" },
  machine: { opened: "Geöffnet, von einer Maschine", clicked: "Geklickt, von einer Maschine" },
  reason: {
    apple_proxy: "Apples Datenschutz-Proxy",
    gmail_proxy: "Gmails Bild-Proxy",
    yahoo_proxy: "Yahoos Bild-Proxy",
    image_proxy: "ein Bild-Proxy",
    bot: "ein Programm, das es selbst sagt",
    no_browser: "kein Browser",
    head: "fragte nach keinem Inhalt",
    prefetch: "im Voraus geladen",
    hidden_link: "folgte einem Link, den niemand sieht",
    too_soon: "Sekunden nach der Zustellung",
    all_links: "alle Links auf einmal",
    burst: "mehrere Links binnen Sekunden",
    repeated: "immer wieder binnen Sekunden",
    no_open: "bald nach der Zustellung, ohne zu öffnen",
    soon: "bald nach der Zustellung",
  },
};
