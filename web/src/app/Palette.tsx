import "@mantine/spotlight/styles.css";
import { createSpotlight, Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { IconBolt, IconRoute, IconSearch, IconUser } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type Found, useSearch } from "@/api/search";
import { useSession } from "@/api/session";
import { paletteActions } from "@/ui/palette";
import { useEntries } from "@/ui/registry";
import { useWords } from "@/ui/words/useWords";
import { openHelp } from "./help";
import { closePalette } from "./palette";
import classes from "./Palette.module.css";
import { roomsFor } from "./rooms";

const [store, spotlight] = createSpotlight();
const ICONS = { contact: IconUser, sequence: IconRoute } as const;

/** The palette: acts of the room, rooms, people and sequences, all by typing. */
export default function Palette() {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const groups = useGroups(query);
  useEffect(() => {
    spotlight.open();
  }, []);
  return (
    <Spotlight
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={closePalette}
      actions={groups}
      filter={(text, all) => all.flatMap((group) => narrowed(group, text))}
      nothingFound={t("palette.nothing")}
      scrollable
      maxHeight={440}
      radius="xl"
      yOffset="14vh"
      overlayProps={{ color: "var(--db-scrim)", backgroundOpacity: 1, blur: 0 }}
      classNames={classes}
      attributes={{ content: { "aria-label": t("palette.label") } }}
      searchProps={{
        "aria-label": t("palette.label"),
        placeholder: t("palette.label"),
        leftSection: <IconSearch size={18} stroke={1.75} aria-hidden />,
      }}
    />
  );
}

interface Group {
  readonly group: string;
  readonly actions: SpotlightActionData[];
}

function useGroups(query: string): Group[] {
  const acts = useActs();
  const rooms = useRooms();
  const found = useFound(query);
  return [...acts, ...rooms, ...found].filter((group) => group.actions.length > 0);
}

function useActs(): Group[] {
  const { t } = useTranslation();
  const offered = useEntries(paletteActions).flat();
  const keys = { id: "keys", label: t("keys.help"), onClick: openHelp };
  const actions = offered.map(({ id, label, act }) => ({ id: `act:${id}`, label, onClick: act }));
  return [
    {
      group: t("palette.acts"),
      actions: [...actions, keys].map((action) => ({ ...action, leftSection: <Icon of={IconBolt} /> })),
    },
  ];
}

function useRooms(): Group[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: session } = useSession();
  const actions = roomsFor(session?.demo === true).map((room) => ({
    id: `room:${room.path}`,
    label: t(`room.${room.name}`),
    leftSection: <Icon of={room.icon} />,
    onClick: () => void navigate(`/${room.path}`),
  }));
  return [{ group: t("rooms"), actions }];
}

function useFound(query: string): Group[] {
  const { t } = useTranslation();
  const { word } = useWords();
  const navigate = useNavigate();
  const { data = [] } = useSearch(query);
  return useMemo(() => {
    const action = ({ kind, id, name, about }: Found): SpotlightActionData => ({
      id: `${kind}:${id}`,
      label: name,
      description: kind === "sequence" ? word("sequence", about) : about,
      leftSection: <Icon of={ICONS[kind]} />,
      onClick: () => void navigate(`/${kind}s/${id}`),
      // The server has looked: what it found need not hold the typed letters.
      keywords: query,
    });
    return [
      { group: t("room.contacts"), actions: data.filter(({ kind }) => kind === "contact").map(action) },
      { group: t("room.sequences"), actions: data.filter(({ kind }) => kind === "sequence").map(action) },
    ];
  }, [data, query, navigate, t, word]);
}

function Icon({ of: Of }: { readonly of: typeof IconBolt }) {
  return <Of size={16} stroke={1.75} aria-hidden />;
}

/** Keep what holds every typed word. */
function narrowed(group: object, text: string): Group[] {
  const { group: name, actions } = group as Group;
  const words = text.toLocaleLowerCase().split(/\s+/);
  const kept = actions.filter(({ label = "", keywords = "" }) => {
    const searched = `${label} ${String(keywords)}`.toLocaleLowerCase();
    return words.every((word) => searched.includes(word));
  });
  return kept.length > 0 ? [{ group: name, actions: kept }] : [];
}
