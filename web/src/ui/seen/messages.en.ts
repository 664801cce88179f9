/** What is said of mails that were opened or clicked, and by whom. */
export const english = {
  human: { opened: "Opened", clicked: "Clicked" },
  machine: { opened: "Opened, by a machine", clicked: "Clicked, by a machine" },
  reason: {
    apple_proxy: "Apple's privacy proxy",
    gmail_proxy: "Gmail's image proxy",
    yahoo_proxy: "Yahoo's image proxy",
    image_proxy: "an image proxy",
    bot: "a program that says so",
    no_browser: "no browser",
    head: "asked for no content",
    prefetch: "fetched in advance",
    hidden_link: "followed a link that no person sees",
    too_soon: "seconds after delivery",
    all_links: "all links at once",
    burst: "several links within seconds",
    repeated: "again and again within seconds",
    no_open: "soon after delivery, without opening it",
    soon: "soon after delivery",
  },
};
