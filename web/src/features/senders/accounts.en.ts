// What is said about accounts that people connected, and about what came back of a sender's mail.
export const accounts = {
  connect: {
    open: "Connect an account",
    title: "Connect an account",
    intro:
      "You sign in at the provider and allow drumbeat to use the mailbox. No password is typed here, and you can take it back at any time.",
    address: "Address of the account",
    name: "From name",
    uses: "Use it to",
    sender: "send mail",
    mailbox: "read replies and bounces",
    signIn: "Sign in with {{name}}",
    none: "drumbeat is not registered with a provider",
    noneText:
      "The operator registers it once with Google or Microsoft: docs/how-to/connect-google-or-microsoft.md. Until then a sender needs the password of its mailbox.",
    again: "Connect again",
    cancel: "Cancel",
  },
  accounts: {
    title: "Connected accounts",
    state: { ok: "Connected", revoked: "Connect it again", error: "Is tried again" },
    sends: "sends",
    reads: "is read",
    idle: "not used",
    by: "{{provider}}, by {{name}}",
    remove: "Disconnect",
    removeTitle: "Disconnect {{address}}?",
    removeText:
      "The access is taken back at {{provider}} and forgotten here. What used it waits until the account is connected again, or a password is given.",
    removed: "{{address}} is disconnected",
    removedHere: "{{address}} is disconnected here. End it in the account, too: the provider was not told.",
  },
  record: {
    title: "The last {{days}} days",
    consumers:
      "Within 24 hours the domain wrote to people's own addresses: {{numbers}}; from {{most}} on it counts as bulk.",
    near: "About what mailbox providers call bulk",
    uncounted: "Counted every five minutes, for the first time in a moment.",
    counted: "Counted every five minutes.",
    sent: "Sent",
    bounced: "Bounced",
    complained: "Reported as spam",
    deferred: "Put off",
    quiet: "Too little was sent to tell how the mail is taken.",
    good: "Nothing speaks against it.",
    warning: "Near a hold",
    hold: "Held for what came back",
    limits: "Held from {{hold}} on",
    release: "Release",
    released: "{{name}} is released and counted anew",
    since: "Counted since its release",
  },
};
