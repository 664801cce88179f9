// What the settings room reads and changes: the workspace, its members and roles, keys, the audit log.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { Invitation, Key, Member, WorkspaceChange, WorkspaceSettings } from "./types";

const SETTINGS = ["workspace"] as const;
const MEMBERS = ["members"] as const;
const MEMBER_LIST = [...MEMBERS, "list"] as const;
const ROLES = ["roles"] as const;
const INVITATIONS = ["invitations"] as const;
const KEYS = ["keys"] as const;
const AUDIT = ["audit"] as const;
const SESSION = ["session"] as const;

export function useWorkspace() {
  return useQuery({ queryKey: SETTINGS, queryFn: () => answer(api.GET("/api/workspace")) });
}

export interface SettingChange {
  readonly to: WorkspaceChange;
  readonly from: WorkspaceChange;
}

/** Change settings at once; `said` is told with the way back. */
export function useChangeWorkspace(said: string) {
  const change = (body: WorkspaceChange) => answer(api.PATCH("/api/workspace", { body: body as never }));
  return useOptimistic({
    act: ({ to }: SettingChange) => change(to),
    keys: [SETTINGS],
    change: (cached: WorkspaceSettings, { to }): WorkspaceSettings => ({ ...cached, ...to }),
    refresh: [SESSION, AUDIT],
    said: () => said,
    undo: ({ from }) => change(from),
  });
}

/** The mailboxes that can be the workspace's default, by name. */
export function useSenderNames(enabled: boolean) {
  return useQuery({
    queryKey: ["senders", "names"],
    queryFn: async () => (await answer(api.GET("/api/senders"))).items,
    enabled,
  });
}

export function useMembers() {
  return useInfinite<Member>({
    key: MEMBER_LIST,
    read: (cursor = "") => answer(api.GET("/api/members", { params: { query: { cursor, limit: 100 } } })),
  });
}

export interface MemberChange {
  readonly id: number;
  readonly to: Partial<Pick<Member, "role" | "own_contacts_only" | "is_active">>;
  readonly from: Partial<Pick<Member, "role" | "own_contacts_only" | "is_active">>;
}

export function useChangeMember(said: (change: MemberChange) => string) {
  const change = (id: number, body: MemberChange["to"]) =>
    answer(api.PATCH("/api/members/{member_id}", { params: { path: { member_id: id } }, body }));
  return useOptimistic({
    act: ({ id, to }: MemberChange) => change(id, to),
    keys: [MEMBER_LIST],
    change: inPages((member: Member, { id, to }: MemberChange) =>
      member.id === id ? { ...member, ...to } : member,
    ),
    refresh: [MEMBERS, ROLES, SESSION, AUDIT],
    said,
    undo: ({ id, from }) => change(id, from),
  });
}

export function useRemoveMember(said: string) {
  return useOptimistic({
    act: (id: number) =>
      answer(api.DELETE("/api/members/{member_id}", { params: { path: { member_id: id } } })),
    keys: [MEMBER_LIST],
    change: inPages((member: Member, id: number) => (member.id === id ? undefined : member)),
    refresh: [MEMBERS, ROLES, KEYS, AUDIT],
    said: () => said,
  });
}

export function useMakeOwner(said: string) {
  return useOptimistic({
    act: (id: number) =>
      answer(api.POST("/api/members/{member_id}/owner", { params: { path: { member_id: id } } })),
    keys: [MEMBERS],
    refresh: [AUDIT],
    said: () => said,
  });
}

export function usePasswordLinkFor() {
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.POST("/api/members/{member_id}/password-link", { params: { path: { member_id: id } } })),
  });
}

export function useRoles(enabled = true) {
  return useQuery({ queryKey: ROLES, queryFn: () => answer(api.GET("/api/roles")), enabled });
}

export interface RoleDraft {
  /** undefined: a new one. */
  readonly id: number | undefined;
  readonly name: string;
  readonly rights: string[];
}

export function useSaveRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name, rights }: RoleDraft) =>
      id === undefined
        ? answer(api.POST("/api/roles", { body: { name, rights } }))
        : answer(api.PATCH("/api/roles/{role_id}", { params: { path: { role_id: id } }, body: { rights } })),
    onSuccess: () => Promise.all([ROLES, AUDIT].map((queryKey) => client.invalidateQueries({ queryKey }))),
    meta: { quiet: true },
  });
}

export function useRemoveRole(said: string) {
  return useOptimistic({
    act: (id: number) => answer(api.DELETE("/api/roles/{role_id}", { params: { path: { role_id: id } } })),
    keys: [ROLES],
    refresh: [AUDIT],
    said: () => said,
  });
}

export function useInvitations() {
  return useInfinite<Invitation>({
    key: INVITATIONS,
    read: (cursor = "") => answer(api.GET("/api/invitations", { params: { query: { cursor } } })),
  });
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; role: string }) => answer(api.POST("/api/invitations", { body })),
    onSuccess: () =>
      Promise.all([INVITATIONS, AUDIT].map((queryKey) => client.invalidateQueries({ queryKey }))),
    meta: { quiet: true },
  });
}

export function useWithdraw(said: string) {
  return useOptimistic({
    act: (id: number) =>
      answer(api.DELETE("/api/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })),
    keys: [INVITATIONS],
    change: inPages((invitation: Invitation, id: number) => (invitation.id === id ? undefined : invitation)),
    refresh: [AUDIT],
    said: () => said,
  });
}

export function useApiKeys() {
  return useInfinite<Key>({
    key: KEYS,
    read: (cursor = "") => answer(api.GET("/api/keys", { params: { query: { cursor } } })),
  });
}

export interface NewKey {
  readonly name: string;
  readonly role: string;
  readonly expires_at: string | null;
}

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewKey) => answer(api.POST("/api/keys", { body: { ...body, rights: [] } })),
    onSuccess: () => Promise.all([KEYS, AUDIT].map((queryKey) => client.invalidateQueries({ queryKey }))),
    meta: { quiet: true },
  });
}

export function useRevokeKey(said: string) {
  return useOptimistic({
    act: (id: number) => answer(api.DELETE("/api/keys/{key_id}", { params: { path: { key_id: id } } })),
    keys: [KEYS],
    change: inPages((key: Key, id: number) =>
      key.id === id ? { ...key, revoked_at: new Date().toISOString() } : key,
    ),
    refresh: [AUDIT],
    said: () => said,
  });
}

export interface AuditFilter {
  readonly kind: string;
  readonly member: string;
}

export function useAudit({ kind, member }: AuditFilter) {
  const chosen = {
    ...(kind === "" ? {} : { object_kind: kind }),
    ...(member === "" ? {} : { member_id: Number(member) }),
  };
  return useInfinite({
    key: [...AUDIT, kind, member],
    read: (cursor = "") => answer(api.GET("/api/audit", { params: { query: { cursor, ...chosen } } })),
  });
}
