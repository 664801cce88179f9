"""Portuguese."""

from drumbeat.core.keywords.words import Words

WORDS = Words(
    code="pt",
    stop=(
        "stop",
        "parar",
        "pare",
        "para",
        "sair",
        "cancelar",
        "cancela",
        "remover",
        "descadastrar",
        "fim",
        "encerrar",
        "chega",
        "não quero",
        "não enviar",
        "sem mensagens",
    ),
    start=(
        "start",
        "iniciar",
        "começar",
        "voltar",
        "retomar",
        "ativar",
    ),
    help=(
        "ajuda",
        "info",
        "informação",
    ),
    polite=(
        "por favor",
        "pf",
        "obrigado",
        "obrigada",
        "agora",
        "olá",
        "já",
    ),
    weak=(
        r"\bpar\w+ de (?:\w+ )?(?:enviar|mandar|escrever|ligar|incomodar|contatar|contactar)\w*",
        r"\bnao (?:me )?(?:\w+ )?(?:envi|mand|escrev|lig|contat|contact|incomod)\w* mais\b",
        r"\b(?:chega de|sem mais) (?:mensagens|sms)\b",
        r"\bnao quero (?:mais )?(?:receber|mensagens|sms)\b",
        r"\b(?:remov|apag|exclu|delet)\w+ (?:o )?meu numero\b",
        r"\bme (?:remov|tir|descadastr)\w+",
        r"\bdeixe?[- ]me em paz\b",
    ),
    stopped="{sender}: as nossas mensagens terminam aqui. Responda START para receber de novo.",
    started="{sender}: voltou a receber as nossas mensagens. Responda STOP para terminar.",
    helped="{sender}: STOP termina as nossas mensagens, START retoma. Uma pessoa vai ler o que escrever.",
)
