// Where the app leads whoever is signed out while a page was open: the same page as signing in.
export { Component } from "./SignIn";
