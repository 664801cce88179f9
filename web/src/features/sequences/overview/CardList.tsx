import { useTranslation } from "react-i18next";
import { useSwitchSequence, type SequenceCard } from "@/api/sequences";
import { interval } from "@/flow/rate";
import { useKeys } from "@/ui/keys";
import { useSequenceActs } from "../useSequenceActs";
import { Card } from "./Card";
import classes from "./Card.module.css";

interface CardListProps {
  readonly cards: readonly SequenceCard[];
  readonly rights: readonly string[];
}

/** The cards and what can be done with each. */
export function CardList({ cards, rights }: CardListProps) {
  const { t } = useTranslation("sequences");
  const switching = useSwitchSequence(({ name, on }) => t(on ? "card.resumed" : "card.paused", { name }));
  const acts = useSequenceActs();
  useWalking();
  const mostRate = Math.max(0.1, ...cards.map(({ reach }) => interval(reach.replied, reach.sent)?.high ?? 0));
  return (
    <section className={classes.grid}>
      {cards.map((card) => (
        <Card
          key={card.id}
          card={card}
          mostRate={mostRate}
          rights={rights}
          onSwitch={(on) => {
            switching.mutate({ id: card.id, name: card.name, on });
          }}
          onAct={(act) => {
            acts.begin(card, act);
          }}
        />
      ))}
      {acts.dialog}
    </section>
  );
}

/** j and k walk from card to card; Enter opens the one that has the focus, as links do. */
function useWalking() {
  const { t } = useTranslation("sequences");
  const walk = (by: number) => () => {
    const links = [...document.querySelectorAll<HTMLElement>("[data-card-link]")];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  useKeys(t("title"), [
    { keys: "j", label: t("keys.nextCard"), act: walk(1), repeats: true },
    { keys: "k", label: t("keys.cardBefore"), act: walk(-1), repeats: true },
    {
      keys: "/",
      label: t("filter.search"),
      act: () => {
        document.querySelector<HTMLInputElement>("input[data-search]")?.focus();
      },
    },
  ]);
}
