// Names for the answers of the API, so that no feature spells `components["schemas"]`.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Board = Schemas["BoardOut"];
export type Figures = Schemas["FiguresOut"];
export type BoardLine = Schemas["LineOut"];
export type BoardStep = Schemas["StepOut"];
export type BoardPerson = Schemas["PersonOut"];
export type Said = Schemas["SaidOut"];
export type Next = Schemas["NextOut"];
export type EmergencyStop = Schemas["StopOut"];
export type Session = Schemas["SessionOut"];
export type Letter = Schemas["LetterOut"];
export type OpenedLetter = Schemas["OpenedOut"];
export type Invited = Schemas["InvitationShownOut"];
export type Member = Schemas["MemberOut"];
export type Role = Schemas["RoleOut"];
export type Invitation = Schemas["InvitationOut"];
export type Key = Schemas["KeyOut"];
export type AuditEntry = Schemas["AuditEntryOut"];
export type WorkspaceSettings = Schemas["WorkspaceSettingsOut"];
export type WorkspaceChange = Partial<Schemas["WorkspaceChangeIn"]>;
