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
  twice: "The answer came twice",
  why: {
    access_denied:
      "It was not allowed at the provider. Nothing was connected; begin again if that was a slip.",
    consent_needed:
      "The provider wants somebody to allow drumbeat first: you, when you sign in anew, or an administrator of your organisation. Then begin again.",
    registration_refused:
      "The provider does not take drumbeat as it is registered there. Only the operator can mend that; the log of the web process names the reason.",
    provider_silent:
      "The provider did not answer, or has trouble of its own. Nothing was connected; try again in a while.",
    answer_empty:
      "The provider sent you back with neither a permission nor a reason. Begin again; if that does not help, tell the operator.",
    answer_late:
      "The answer came more than a quarter of an hour after the question and was not taken. Begin again.",
    answer_twice:
      "The answer came again while the first was still being dealt with. Load this page in a moment: the account stands here if it was connected.",
    answer_unknown:
      "This browser did not ask for the answer: it was begun in another browser, or before you signed out. Begin again here.",
    scope_missing:
      "Mail was not allowed: not everything that the provider asked about was ticked. Begin again and tick it all.",
    refresh_missing:
      "The provider gave access for an hour only. Remove drumbeat from the connected apps of the account there, then begin again.",
    grant_denied:
      "The provider refused. Begin again; if that does not help, tell the operator: the log of the web process names the reason.",
    provider_unknown: "The operator is not registered with this provider any more.",
    sender_exists:
      "A sender with this address sends in another way already. Change that sender, or connect another account.",
    not_permitted: "Your role no longer allows you to connect accounts. Ask an administrator.",
    other: "Something else went wrong; the log of the web process names it.",
  },
};
