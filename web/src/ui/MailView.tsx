import { Group, SegmentedControl, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { framed, type MailShown } from "./mailPage";

export interface MailWords {
  readonly title: string;
  readonly width: string;
  readonly desktop: string;
  readonly phone: string;
  readonly dark: string;
  readonly images: string;
}

interface MailViewProps {
  readonly html: string;
  readonly words: MailWords;
  readonly height?: number;
}

const WIDTHS = { desktop: "100%", phone: 375 } as const;

/** A written mail in a frame of its own that runs and fetches nothing; as wide, dark and bare as a reader may see it. */
export function MailView({ html, words, height = 460 }: MailViewProps) {
  const [width, setWidth] = useState<keyof typeof WIDTHS>("desktop");
  const [shown, setShown] = useState<MailShown>({ dark: false, images: true });
  return (
    <Stack gap="sm">
      <Group gap="md">
        <SegmentedControl
          size="xs"
          aria-label={words.width}
          data={[
            { value: "desktop", label: words.desktop },
            { value: "phone", label: words.phone },
          ]}
          value={width}
          onChange={setWidth}
        />
        <Switch
          size="xs"
          label={words.dark}
          checked={shown.dark}
          onChange={(event) => {
            setShown({ ...shown, dark: event.currentTarget.checked });
          }}
        />
        <Switch
          size="xs"
          label={words.images}
          checked={shown.images}
          onChange={(event) => {
            setShown({ ...shown, images: event.currentTarget.checked });
          }}
        />
      </Group>
      <iframe
        title={words.title}
        sandbox=""
        srcDoc={framed(html, shown)}
        style={{
          width: WIDTHS[width],
          maxWidth: "100%",
          height,
          margin: "0 auto",
          border: "1px solid var(--db-line)",
          borderRadius: 8,
          background: shown.dark ? "#121212" : "#fff",
        }}
      />
    </Stack>
  );
}
