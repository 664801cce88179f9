export const english = {
  title: "You are signed out",
  hint: "drumbeat has no passwords here: a link signs you in, once, within a day.",
  how: "The demo prints one each time it starts:",
  ask: "Elsewhere, ask an admin of your workspace for one.",
  again: "I have signed in",
  signIn: { title: "Sign in", hint: "Open the sign-in link that drumbeat gave you." },
  welcome: { title: "Welcome to drumbeat", hint: "This link makes you the owner of a new workspace." },
  invitation: { title: "You are invited", hint: "This link makes you a member of the workspace." },
};
