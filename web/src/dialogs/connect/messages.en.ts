export const english = {
  without: "Without a password",
  senderHint: "You sign in at the provider. Everything else of the sender is set afterwards, on its page.",
  mailboxHint:
    "You sign in at the provider. Only mail of contacts is kept then: the mailbox is somebody's own.",
  alsoRead: "Read replies and bounces there, too",
  signIn: "Sign in with {{name}}",
  orPassword: "or with its password",
  close: "Close",
  other: {
    title: "You signed in at {{provider}} as {{address}}",
    text: "You had typed {{address}}. Which of the two is meant? Keep the typed one if it is another mailbox that this account may use.",
    use: "Use {{address}}",
    useTyped: "Keep {{address}}",
    giveUp: "Connect nothing",
  },
  done: "{{address}} is connected",
  failed: "The account is not connected",
  why: {
    access_denied: "It was not allowed at the provider.",
    answer_unknown: "The answer came too late, or twice. Begin again.",
    grant_denied:
      "The provider refused. Begin again; if that does not help, the operator's registration is at fault.",
    provider_silent: "The provider did not answer. Try again in a while.",
    provider_unknown: "The operator is not registered with this provider any more.",
    sender_exists: "A sender with this address sends in another way already.",
    other: "Something else went wrong; the log of the web process names it.",
  },
};
