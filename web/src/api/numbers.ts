// Accounts at Twilio, their numbers, WhatsApp templates, and what a text weighs.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import { useOptimistic } from "./query";
import type { components } from "./schema";
import { wholeList } from "./whole";

type Schemas = components["schemas"];
export type PhoneAccount = Schemas["PhoneAccountOut"];
export type PhoneAccountIn = Schemas["PhoneAccountIn"];
export type PhoneAccountForm = Schemas["AccountFormIn"];
export type OwnNumber = Schemas["OwnNumberOut"];
export type PhoneNumber = Schemas["NumberOut"];
export type NumberIn = Schemas["NumberIn"];
export type NumberForm = Schemas["NumberFormIn"];
export type NumberChannel = PhoneNumber["channel"];
export type WhatsAppTemplate = Schemas["WhatsAppTemplateOut"];
export type TextWeight = Schemas["WeightOut"];

const ACCOUNTS = ["phone-accounts"] as const;
const NUMBERS = ["numbers"] as const;
const TEMPLATES = ["whatsapp-templates"] as const;
const WEIGHTS = ["texts", "weight"] as const;
/** What changes with an account: prices are told with the weight of a text. */
const AFFECTED = [ACCOUNTS, NUMBERS, TEMPLATES, WEIGHTS, ["step-kinds"]] as const;
const LIVE = 15_000;
const MOST = 100;

const account = (id: number) => ({ path: { account_id: id } });
const number = (id: number) => ({ path: { number_id: id } });

export function usePhoneAccounts() {
  return useQuery({
    queryKey: ACCOUNTS,
    queryFn: () => answer(api.GET("/api/phone-accounts")),
    retry: false,
  });
}

function useRenewal() {
  const client = useQueryClient();
  return () => Promise.all(AFFECTED.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Twilio is asked first; what it refuses is not kept. */
export function useAddPhoneAccount(said: string) {
  return useMutation({
    mutationFn: (body: PhoneAccountIn) => answer(api.POST("/api/phone-accounts", { body })),
    onSuccess: useRenewal(),
    meta: { quiet: true, said: () => said },
  });
}

export function useChangePhoneAccount(id: number, said: string) {
  return useMutation({
    mutationFn: (body: PhoneAccountForm) =>
      answer(api.PATCH("/api/phone-accounts/{account_id}", { params: account(id), body })),
    onSuccess: useRenewal(),
    meta: { quiet: true, said: () => said },
  });
}

export function useRemovePhoneAccount(said: string) {
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.DELETE("/api/phone-accounts/{account_id}", { params: account(id) })),
    onSuccess: useRenewal(),
    meta: { said: () => said },
  });
}

/** Nothing is sent. `fault` of the answer says what is wrong. */
export function useTryPhoneAccount(said: (tried: PhoneAccount) => string) {
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.POST("/api/phone-accounts/{account_id}/try", { params: account(id) })),
    onSuccess: useRenewal(),
    meta: { said: (_: unknown, tried: unknown) => said(tried as PhoneAccount) },
  });
}

/** What the account has at Twilio. */
export function useOwnNumbers(id: number | undefined) {
  return useQuery({
    queryKey: [...ACCOUNTS, id, "numbers"],
    queryFn: () => answer(api.GET("/api/phone-accounts/{account_id}/numbers", { params: account(id ?? 0) })),
    enabled: id !== undefined,
    retry: false,
    meta: { quiet: true },
  });
}

export function useNumbers() {
  return useQuery({
    queryKey: NUMBERS,
    queryFn: () =>
      wholeList((cursor) => answer(api.GET("/api/numbers", { params: { query: { cursor, limit: MOST } } }))),
    select: ({ items }) => items,
    refetchInterval: LIVE,
    retry: false,
  });
}

export function useAddNumber(said: string) {
  return useMutation({
    mutationFn: (body: NumberIn) => answer(api.POST("/api/numbers", { body })),
    onSuccess: useRenewal(),
    meta: { quiet: true, said: () => said },
  });
}

export function useChangeNumber(id: number, said: string) {
  return useMutation({
    mutationFn: (body: NumberForm) =>
      answer(api.PATCH("/api/numbers/{number_id}", { params: number(id), body })),
    onSuccess: useRenewal(),
    meta: { quiet: true, said: () => said },
  });
}

export function useRemoveNumber(said: string) {
  return useMutation({
    mutationFn: (id: number) => answer(api.DELETE("/api/numbers/{number_id}", { params: number(id) })),
    onSuccess: useRenewal(),
    meta: { said: () => said },
  });
}

interface Switched {
  readonly id: number;
  readonly on: boolean;
}

const turn = ({ id, on }: Switched) =>
  on
    ? answer(api.POST("/api/numbers/{number_id}/enable", { params: number(id) }))
    : answer(api.POST("/api/numbers/{number_id}/disable", { params: number(id) }));

export function useSwitchNumber(said: (switched: Switched) => string) {
  return useOptimistic({
    act: turn,
    keys: AFFECTED,
    said,
    undo: ({ id, on }: Switched) => turn({ id, on: !on }),
  });
}

/** Let the number write to a number of one's own; `useTestMail` tells what became of it. */
export function useTestText(id: number) {
  return useMutation({
    mutationFn: (to: string) => {
      const key = idempotencyKey();
      return answer(
        api.POST("/api/numbers/{number_id}/test-text", {
          params: { ...number(id), header: { "Idempotency-Key": key } },
          body: { to, client_id: key },
        }),
      );
    },
    meta: { quiet: true },
  });
}

/** The templates of all accounts as Twilio told them last. */
export function useTemplates(enabled = true) {
  return useQuery({
    queryKey: TEMPLATES,
    queryFn: () => answer(api.GET("/api/whatsapp-templates", { params: { query: { anew: false } } })),
    enabled,
    staleTime: 60_000,
    retry: false,
  });
}

/** Ask Twilio anew. */
export function useRenewTemplates() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.GET("/api/whatsapp-templates", { params: { query: { anew: true } } })),
    onSuccess: (told) => {
      client.setQueryData(TEMPLATES, told);
    },
  });
}

interface Weighed {
  readonly channel?: NumberChannel;
  /** Whose number it goes to; left out: it costs from the least to the most. */
  readonly contact?: number | undefined;
}

/** How many segments a text takes, and what it costs. */
export function useWeight(text: string, { channel = "sms", contact }: Weighed = {}) {
  return useQuery({
    queryKey: [...WEIGHTS, channel, contact, text],
    queryFn: () =>
      answer(
        api.POST("/api/texts/weigh", { body: { text, number: "", channel, contact_id: contact ?? null } }),
      ),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
    meta: { quiet: true },
  });
}
